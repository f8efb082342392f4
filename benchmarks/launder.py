"""Launderings of the corpora's articles: honest and dishonest reprints made by rules, with what was done to each.

    python benchmarks/launder.py FOLDER [--seed 1] [--shared ../shared]

Writes coverages.jsonl.gz and gold.jsonl.gz as the judges' corpus of copies has them (`copies.py` beside this scores
both). The originals are articles of `naeb` and `fundus` (many languages) with title, date and at least 150 words that
do not name their outlet; nearly half of those in four languages get a sentence in which somebody told the outlet
something. What is done to copies is other than in the judges' corpus, where words are swapped from one table, sentences
cut, headlines decorated and dates drawn:

  date      a year later to the day, day and month exchanged, weeks before, years later, hours later (no flag)
  name      a farm's, the writer's shortened to an initial (no flag), none (no flag)
  headline  its words in capitals or with the site's name (no flag), the text's first sentence, a question
  text      paragraphs shuffled, a part of it from the middle, quotations cut out, words of seven languages swapped,
            the farm's own promotion between the paragraphs
  source    "told X" made "said", or the farm's own name put in the place of the outlet's
  credit    lines in seven languages, canonical address, feed source, notice, byline, dateline mark
  honest    the same house's second address, two outlets with one press release, a report that quotes three sentences,
            an original that is read weeks after its copy because its outlet was added late
  import    in a quarter of the groups everything is first seen within one day

All follows from the seed.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

from instruments import existing, shared

SETS = ("naeb", "fundus")
LEAST_WORDS = 150
IMPORT = datetime.fromisoformat("2026-10-20T06:00:00+00:00")
FARMS = ("Global Brief Now", "worldupdatehub", "Ticker-Zentrale", "infoplus24", "Evening Ledger Online", "noticiasya")
MARK = re.compile(r"^[^\n(]{0,60}\([^()\n]{2,40}\)\s*[-–—:]")
REPRINTERS = ("Millbrook Chronicle", "Der Talbote", "Le Courrier du Val", "El Faro del Norte", "Il Corriere di Valle",
              "Fjordavisen", "De Poldercourant", "Hartwell Star")  # fmt: skip
FARM_NAMES = ("Priya Vance", "Leon Hartung", "Mona Castell", "Viktor Aare", "Jules Morrow")
TOLD = {
    "en": " “We are looking into every part of it,” a spokesperson told {}.",
    "de": " „Wir prüfen das in jeder Hinsicht“, sagte eine Sprecherin gegenüber {}.",
    "fr": " « Nous examinons tout cela », a déclaré une porte-parole à {}.",
    "es": " «Estamos examinando todo eso», dijo una portavoz a {}.",
}
UNTOLD = {"en": (" told {}", " said"), "de": (" gegenüber {}", ""), "fr": (" à {}", ""), "es": (" a {}", "")}
COMMON = {
    "en": "the and of that with for", "de": "der und die nicht mit das", "fr": "les des une est dans pour",
    "es": "los las una que con por", "it": "che della con per sono gli", "nl": "het een van niet voor zijn",
    "nb": "og det som ikke til av",
}  # fmt: skip
SWAPS = {
    "en": "large:sizeable many:countless big:huge help:aid began:started often:frequently since:because but:yet "
          "while:whereas found:discovered made:produced year:season used:employed need:require small:little "
          "about:regarding could:might between:amid such:similar first:initial",
    "de": "auch:ebenfalls aber:jedoch viele:zahlreiche weil:da sehr:äußerst jetzt:nun noch:weiterhin etwa:rund "
          "schon:bereits nur:lediglich immer:stets wurde:ward",
    "fr": "mais:cependant aussi:également beaucoup:nombre maintenant:désormais très:fort encore:toujours selon:d'après "
          "plus:davantage ainsi:donc",
    "es": "pero:aunque también:asimismo muchos:numerosos ahora:actualmente muy:sumamente según:conforme después:luego "
          "más:mayormente",
    "it": "ma:però anche:pure molti:numerosi ora:adesso più:maggiormente sempre:ognora secondo:stando",
    "nl": "maar:echter ook:eveneens veel:talrijke nu:thans zeer:heel nog:alsnog",
    "nb": "men:likevel også:dessuten mange:tallrike nå:nåtildags veldig:svært",
}  # fmt: skip
CREDITS = (
    "This article first ran in {}.", "Reprinted by arrangement with {}.", "By {}, courtesy of the publisher.",
    "Übernommen von {}.", "Zuerst veröffentlicht bei {}.", "Mit freundlicher Genehmigung von {}.",
    "Article publié à l’origine par {}.", "Avec l’autorisation de {}.", "Publicado originalmente en {}.", "Fuente: {}",
    "Pubblicato originariamente su {}.", "Overgenomen van {}.", "Først publisert i {}.", "via {}",
    "(c) {}. Used with permission.", "With reporting from {}.",
)  # fmt: skip
PROMOTION = (
    "Our readers trust us for the stories that matter most to them every single day of the week.",
    "Bookmark this page and come back tomorrow for more of what everybody is talking about right now.",
    "Sign up below and never miss what others do not dare to tell you about this and other matters.",
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--shared", type=Path, default=shared())
    asked = parser.parse_args()
    coverages, gold = laundered(existing(asked.shared, "folder of corpora") / "corpora" / "articles", asked.seed)
    asked.folder.mkdir(parents=True, exist_ok=True)
    for name, rows in (("coverages", coverages), ("gold", gold)):
        with gzip.open(asked.folder / f"{name}.jsonl.gz", "wt", encoding="utf-8") as lines:
            lines.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    print(f"{len(coverages)} articles in {asked.folder}")


def laundered(folder: Path, seed: int = 1) -> tuple[list[dict], list[dict]]:
    """Coverages in the order of sighting, and the gold for each."""
    draw = random.Random(seed)
    found = list({article["text"][:80]: article for article in originals(folder)}.values())
    draw.shuffle(found)
    made = [pair for number, article in enumerate(found) for pair in group(article, number, found, draw)]
    made.sort(key=lambda pair: (pair[0]["seen"], pair[0]["id"]))
    return [row for row, _ in made], [gold for _, gold in made]


def originals(folder: Path) -> Iterator[dict]:
    for name in SETS:
        with (folder / name / "gold.jsonl").open(encoding="utf-8") as lines:
            for row in map(json.loads, lines):
                body, host = row.get("body") or "", urlsplit(row.get("url") or "").hostname or ""
                labels = host.removeprefix("www.").split(".")
                outlet = max(labels[:-1], key=len, default="").capitalize()
                fit = len(body.split()) >= LEAST_WORDS and MARK.match(body) is None
                named = outlet.casefold() in re.sub(r"\W", "", body).casefold()
                if fit and not named and row.get("title") and row.get("date"):
                    authors = [name for name in row.get("authors") or () if len(name.split()) in (2, 3)]
                    yield {"title": row["title"], "text": body, "date": row["date"][:10], "outlet": outlet,
                           "authors": authors, "language": tongue(body)}  # fmt: skip


def tongue(text: str) -> str:
    words = text.casefold().split()
    return max(COMMON, key=lambda language: sum(words.count(word) for word in COMMON[language].split()))


def group(article: dict, number: int, others: list[dict], draw: random.Random) -> Iterator[tuple[dict, dict]]:
    """An original, what was made of it, and the gold of each."""
    original = first(article, number, draw)
    imported, late = draw.random() < 0.25, draw.random() < 0.06
    made = [(original, {"role": "original", "roles_ok": ["original"]})]
    for step in range(draw.choice((0, 1, 1, 2, 3, 4, 5))):
        kind = draw.choices((launder, credit, second_address, quote), (58, 27, 6, 9))[0]
        made.append(kind(original, others, draw) if kind is quote else kind(original, draw))
        made[-1][0]["id"] = f"{original['id']}-{step}"
    if draw.random() < 0.1:
        release(original, made, draw)
    if not any(gold["role"].endswith("copy") for _, gold in made):
        made[0][1]["roles_ok"] = ["original", "own_report"]
    for row, gold in made:
        if imported:
            row["seen"] = (IMPORT + timedelta(minutes=draw.randrange(1200))).isoformat()
        elif late and row is original and len(made) > 2:
            row["seen"] = (datetime.fromisoformat(row["seen"]) + timedelta(days=25)).isoformat()
        copied = gold["role"].endswith("copy")
        yield row, {"id": row["id"], "group": f"g{number}", "copy_of": original["id"] if copied else None, "flags": [],
                    "true_date": article["date"], **gold}  # fmt: skip


def first(article: dict, number: int, draw: random.Random) -> dict:
    language, text = article["language"], article["text"]
    if language in TOLD and draw.random() < 0.45:
        parts = text.split("\n")
        parts[len(parts) // 2] += TOLD[language].format(article["outlet"])
        text = "\n".join(parts)
    at = datetime.fromisoformat(f"{article['date']}T00:00:00+00:00") + timedelta(minutes=draw.randrange(1380))
    return row_of({**article, "text": text}, f"o{number}", article["outlet"], at, draw)


def row_of(like: dict, ident: str, outlet: str, at: datetime, draw: random.Random, **more) -> dict:
    seen = at + timedelta(minutes=draw.randrange(20, 600))
    host = re.sub(r"\W+", "", outlet.casefold())
    return {"id": ident, "title": like["title"], "text": like["text"], "published": at.isoformat(), "outlet": outlet,
            "language": like["language"], "seen": seen.isoformat(), "authors": list(like["authors"]),
            "url": f"https://{host}.example/{draw.randrange(10**6)}", **more}  # fmt: skip


def launder(original: dict, draw: random.Random) -> tuple[dict, dict]:
    at = datetime.fromisoformat(original["published"])
    farm, flags = draw.choice(FARMS), set()
    copy = row_of(original, "", farm, at + timedelta(hours=draw.randrange(2, 40)), draw)
    shown = dated(at, draw)
    if shown is not None:
        copy["published"] = shown.isoformat()
        if shown > datetime.fromisoformat(copy["seen"]):
            copy["seen"] = (shown + timedelta(hours=draw.randrange(1, 30))).isoformat()
        flags |= {"redated"} if abs(shown - at) > timedelta(days=2) else set()
    copy["authors"], renamed = signed(original["authors"], draw)
    flags |= {"resigned"} if renamed else set()
    copy["title"], changed = headed(original, farm, draw)
    flags |= {"headline_changed"} if changed else set()
    copy["text"] = unsourced(original, farm, draw)
    if draw.random() < 0.5:
        copy["text"] = altered(copy["text"], original["language"], draw)
        flags |= {"body_altered"}
    told = TOLD.get(original["language"], "").format(original["outlet"])
    if told and told in original["text"] and original["outlet"].casefold() not in copy["text"].casefold():
        flags |= {"source_stripped"}
    return copy, {"role": "uncredited_copy", "roles_ok": ["uncredited_copy"], "flags": sorted(flags)}


def dated(at: datetime, draw: random.Random) -> datetime | None:
    way = draw.randrange(6)
    if way == 0:
        return at + timedelta(days=365 + (at.month == 2 and at.day == 29))
    if way == 1 and at.day <= 12 and at.day != at.month:
        return at.replace(month=at.day, day=at.month)
    if way == 2:
        return at - timedelta(days=draw.randrange(8, 60))
    return at + timedelta(days=draw.randrange(300, 1200)) if way == 3 else None


def signed(authors: list[str], draw: random.Random) -> tuple[list[str], bool]:
    way = draw.randrange(4)
    if way == 0 and authors:
        return [f"{authors[0].split()[0][0]}. {authors[0].split()[-1]}"], False
    if way == 1:
        return [], False
    return (list(authors), False) if way == 2 else ([draw.choice(FARM_NAMES)], bool(authors))


def headed(original: dict, farm: str, draw: random.Random) -> tuple[str, bool]:
    title = original["title"]
    opening = re.split(r"(?<=[.!?…])\s", original["text"].strip().split("\n")[0])[0]
    half = " ".join(title.split()[: max(3, len(title.split()) // 2)])
    way = draw.randrange(6)
    if way == 0:
        return title.upper(), False
    if way == 1:
        return f"{title} | {farm}", False
    if way == 2 and opening.split() != title.split() and len(opening) < 200:
        return opening, True
    return (f"{half}: What does it mean?", True) if way == 3 else (title, False)


def unsourced(original: dict, farm: str, draw: random.Random) -> str:
    """The text, in two of three copies with nobody or the farm in the place of the outlet that was told something."""
    text, outlet, language = original["text"], original["outlet"], original["language"]
    told = TOLD.get(language, "").format(outlet)
    if not told or told not in text or draw.random() < 0.3:
        return text
    old, new = UNTOLD[language]
    other = told.replace(old.format(outlet), new) if draw.random() < 0.5 else told.replace(outlet, farm)
    return text.replace(told, other)


def altered(text: str, language: str, draw: random.Random) -> str:
    parts = [part for part in text.split("\n") if part.strip()]
    way = draw.randrange(5)
    if way == 0 and len(parts) > 3:
        middle = parts[1:-1]
        draw.shuffle(middle)
        if middle != parts[1:-1]:
            return "\n".join([parts[0], *middle, parts[-1]])
    if way == 1 and len(parts) > 5:
        cut = max(1, len(parts) // 5)
        return "\n".join(parts[cut:-cut])
    if way == 2:
        unquoted = re.sub(r"[“„«\"][^“”„«»\"\n]{30,400}[”“»\"]\S?", "", text)
        if len(unquoted) < 0.95 * len(text) and len(unquoted.split()) > 0.6 * len(text.split()):
            return unquoted
    swapped = swap(text, language)
    if way == 3 and sum(a != b for a, b in zip(text.split(), swapped.split(), strict=False)) > 0.02 * len(text.split()):
        return swapped
    for line in PROMOTION:
        parts.insert(draw.randrange(1, len(parts) + 1), line)
    return "\n".join(parts)


def swap(text: str, language: str) -> str:
    table = dict(pair.split(":") for pair in SWAPS[language].split())
    return re.sub(r"[^\W\d_]+", lambda word: table.get(word[0], word[0]), text)


def credit(original: dict, draw: random.Random) -> tuple[dict, dict]:
    at = datetime.fromisoformat(original["published"]) + timedelta(hours=draw.randrange(2, 200))
    copy = row_of(original, "", draw.choice(REPRINTERS), at, draw)
    outlet, way = original["outlet"], draw.randrange(9)
    if way == 0:
        copy["canonical"] = original["url"]
    elif way == 1:
        copy["syndicated_from"] = draw.choice((outlet, original["url"]))
    elif way == 2:
        copy["notices"] = [f"© {at.year} {outlet}"]
    elif way == 3:
        copy["authors"] = [outlet] if draw.random() < 0.5 else [*original["authors"], outlet]
    elif way == 4:
        copy["text"] = f"HARTWELL ({outlet}) — " + copy["text"]
    else:
        line = draw.choice(CREDITS).format(outlet)
        copy["text"] = f"{copy['text']}\n{line}" if draw.random() < 0.8 else f"{line}\n{copy['text']}"
    return copy, {"role": "credited_copy", "roles_ok": ["credited_copy"]}


def second_address(original: dict, draw: random.Random) -> tuple[dict, dict]:
    """The same house has the text at another address, with a line more, another headline and date."""
    at = datetime.fromisoformat(original["published"]) + timedelta(days=draw.randrange(1, 9))
    copy = row_of(original, "", original["outlet"] + " Weekend", at, draw, publisher=original["outlet"])
    copy["title"] = "From our pages: " + copy["title"]
    return copy, {"role": "credited_copy", "roles_ok": ["credited_copy", "original"]}


def quote(original: dict, others: list[dict], draw: random.Random) -> tuple[dict, dict]:
    """A report of another outlet's own, its words those of another article in another order, that quotes three
    sentences in its middle."""
    other = draw.choice([one for one in others if one["language"] == original["language"]])
    lines = [line for line in re.split(r"(?<=[.!?])\s+|\n", original["text"]) if 40 < len(line) < 300][:3]
    words = other["text"].split()
    draw.shuffle(words)
    half = len(words) // 2
    said = f"In {original['outlet']} one could read: “{' '.join(lines)}”"
    at = datetime.fromisoformat(original["published"]) + timedelta(hours=draw.randrange(5, 90))
    own = {**other, "title": " ".join(words[:8]), "authors": [draw.choice(("Ida Brandt", "Sam Okafor", "Lea Ferrand"))],
           "text": "\n".join((" ".join(words[:half]), said, " ".join(words[half:])))}  # fmt: skip
    report = row_of(own, "", draw.choice(REPRINTERS), at, draw)
    return report, {"role": "own_report", "roles_ok": ["own_report", "original"]}


def release(original: dict, made: list[tuple[dict, dict]], draw: random.Random) -> None:
    """Make the original a press release: its mark at the head of every copy, and another outlet that prints it too."""
    mark = f"{draw.choice(('HARTWELL', 'BERN', 'LYON'))} ({draw.choice(('PressWire', 'MediaDesk'))}) — "
    at = datetime.fromisoformat(original["published"]) + timedelta(hours=draw.randrange(1, 30))
    made[:] = made[:1]
    original["text"] = mark + original["text"]
    second = row_of(original, f"{original['id']}-r", draw.choice(REPRINTERS), at, draw)
    second["authors"] = []
    made.append((second, {"role": "credited_copy", "roles_ok": ["credited_copy"]}))


if __name__ == "__main__":
    main()
