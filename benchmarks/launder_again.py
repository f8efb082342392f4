"""Launderings of other kinds than `launder.py`'s, of the same originals: what text mills make, and honest ways that
look like theirs. `copies.py` scores both sets.

  mill    headlines decorated or cut; contractions, numbers and spelling written otherwise, or a connective before every
          third sentence; a summary of its own sentences on top, questions and answers below; the first page of several
          alone. The outlet that was told something is "reporters", or its sentence is gone. Dates: the first of the
          month, two days later (no flag), the day of the import, a year before. Names: a farm's beside the writer's (no
          flag), family name first (no flag), without accents (no flag), a desk (no flag), a farm's. A third of the
          copies is made of another copy of the mill, as it stands there.
  honest  credit in twelve more languages and forms; an agency's text in three houses, cut to three lengths, its mark at
          the head, in the byline and at the end, nobody's original; two reports of their own that give the same
          statement in full, two fifths of each; the same outlet's own text again a year later; an article that an
          archive had before anybody was seen to print it.

All follows from the seed.
"""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

from launder import IMPORT, REPRINTERS, originals, row_of

MILLS = ("Insight Relay", "dailyscope", "Metro Pulse Wire", "Kurier-Magazin24", "actu-monde", "Panorama Digital")
SIGNING = ("Nadia Frost", "Emil Torres", "Greta Moll", "Oscar Lund", "Yara Quinn")
WITH = {
    "en": ("The decision was confirmed to {} by two people who know the matter but may not speak of it.",
           "Documents seen by {} show that the work began much earlier than was announced at the time.",
           "“Nobody ever asked us about it,” she said in an interview with {} on the same day."),
    "de": ("Das bestätigten zwei mit der Sache vertraute Personen auf Anfrage von {} am selben Abend.",
           "Unterlagen, die {} vorliegen, zeigen einen viel früheren Beginn der Arbeiten."),
    "fr": ("La décision a été confirmée à {} par deux personnes qui connaissent bien le dossier.",
           "Des documents consultés par {} montrent que les travaux ont commencé bien plus tôt."),
    "es": ("La decisión fue confirmada a {} por dos personas que conocen bien el asunto.",
           "Documentos a los que tuvo acceso {} muestran que las obras empezaron mucho antes."),
    "it": ("La decisione è stata confermata a {} da due persone che conoscono bene la vicenda.",),
    "nl": ("Dat bevestigden twee mensen die de zaak goed kennen tegenover {} op dezelfde avond.",),
}  # fmt: skip
NOBODY = {"en": "reporters", "de": "Reportern", "fr": "des journalistes", "es": "la prensa", "it": "giornalisti",
          "nl": "verslaggevers"}  # fmt: skip
LINKS = {
    "en": ("Notably, ", "In addition, ", "According to reports, ", "Meanwhile, "),
    "de": ("Zudem gilt: ", "Berichten zufolge: ", "Unterdessen: "), "fr": ("Par ailleurs, ", "À noter : "),
    "es": ("Además, ", "Cabe señalar: "), "it": ("Inoltre, ", "Da notare: "), "nl": ("Bovendien: ", "Let wel: "),
    "nb": ("I tillegg: ",),
}  # fmt: skip
WRITTEN = {"don't": "do not", "don’t": "do not", "isn't": "is not", "isn’t": "is not", "can't": "cannot",
           "can’t": "cannot", "it's": "it is", "it’s": "it is", "percent": "per cent", "two": "2", "three": "3",
           "four": "4", "five": "5", "six": "6", "color": "colour", "center": "centre", "police": "law enforcement",
           "government": "administration", "people": "persons", "last": "past", "also": "as well"}  # fmt: skip
QUESTIONS = (
    "Frequently asked questions\nWhat is this about? It is about a matter that many people follow with great interest "
    "these days.\nWhy does it matter? Because it may change how all of us live, work and spend our money.\nWhere can I "
    "read more? We keep this page up to date whenever something happens."
)
CREDITS = (
    "Read the original at {}.", "Text: {}", "Original article: {}", "Ursprungligen publicerad i {}.",
    "Artykuł ukazał się pierwotnie w {}.", "Źródło: {}", "Kaynak: {}", "Lähde: {}", "Zdroj: {}", "Forrás: {}",
    "Publicado primeiro em {}.", "Con información de {}.", "D’après {}.", "Read the full story on {}.",
    "Published under licence from {}.", "Distributed by {}.", "Ce texte est paru dans {}.",
    "Dieser Text stammt von {}.",
)  # fmt: skip
WIRES = ("Reuters", "AFP", "dpa", "EFE", "ANSA", "AP")
HANDS = ("Ida Brandt", "Sam Okafor", "Lea Ferrand", "Tom Aalto")


def laundered_again(folder: Path, seed: int = 1) -> tuple[list[dict], list[dict]]:
    """Coverages in the order of sighting, and the gold for each."""
    draw = random.Random(f"again {seed}")
    found = list({article["text"][:80]: article for article in originals(folder)}.values())
    draw.shuffle(found)
    made = [pair for number, article in enumerate(found) for pair in group(article, number, found, draw)]
    made.sort(key=lambda pair: (pair[0]["seen"], pair[0]["id"]))
    return [row for row, _ in made], [gold for _, gold in made]


def group(article: dict, number: int, others: list[dict], draw: random.Random) -> Iterator[tuple[dict, dict]]:
    kind = draw.choices((copied, wired, stated), (80, 10, 10))[0]
    imported = draw.random() < 0.15
    for row, gold in kind(article, number, others, draw):
        if imported:
            row["seen"] = (IMPORT + timedelta(minutes=draw.randrange(1200))).isoformat()
            row.pop("captured", None)
        yield row, {"group": f"a{number}", "copy_of": None, "flags": [], "true_date": article["date"],
                    "id": row["id"], **gold}  # fmt: skip


def start(article: dict, draw: random.Random) -> datetime:
    return datetime.fromisoformat(f"{article['date']}T00:00:00+00:00") + timedelta(minutes=draw.randrange(1380))


def copied(article: dict, number: int, others: list[dict], draw: random.Random) -> list[tuple[dict, dict]]:
    """An original and its copies by mills, with credit, or by itself a year later."""
    language, naming = article["language"], ""
    if language in WITH and draw.random() < 0.6:
        naming = draw.choice(WITH[language]).format(article["outlet"])
        parts = article["text"].split("\n")
        parts.insert(max(1, len(parts) // 3), naming)
        article = {**article, "text": "\n".join(parts)}
    at = start(article, draw)
    original = row_of(article, f"a{number}", article["outlet"], at, draw)
    made = [(original, {"role": "original", "roles_ok": ["original"]})]
    for step in range(draw.choice((0, 1, 2, 3, 4))):
        kind = draw.choices(("mill", "credit", "again"), (62, 30, 8))[0]
        if kind == "mill":
            before = [pair for pair in made if pair[1]["role"] == "uncredited_copy"]
            row, gold = mill(original, draw.choice(before) if before and draw.random() < 0.33 else None, naming, draw)
        else:
            row, gold = credited(original, draw) if kind == "credit" else again(original, draw)
        row["id"] = f"a{number}-{step}"
        made.append((row, {**gold, "copy_of": original["id"]}))
    if len(made) == 1:
        made[0][1]["roles_ok"] = ["original", "own_report"]
    elif draw.random() < 0.08:
        original["captured"] = (at + timedelta(hours=3)).isoformat()
        original["seen"] = (at + timedelta(days=40)).isoformat()
    return made


def mill(original: dict, before: tuple[dict, dict] | None, naming: str, draw: random.Random) -> tuple[dict, dict]:
    """A copy of the original, or of a copy of it that bears its marks further."""
    at, flags = datetime.fromisoformat(original["published"]), set()
    source, seen = original, at
    if before is not None:
        source, seen = before[0], datetime.fromisoformat(before[0]["seen"])
        flags |= set(before[1]["flags"]) & {"source_stripped", "body_altered", "headline_changed"}
    copy = row_of({**source, "authors": original["authors"]}, "", draw.choice(MILLS),
                  seen + timedelta(hours=draw.randrange(3, 60)), draw)  # fmt: skip
    shown, redated = dated(at, draw)
    copy["published"] = shown.isoformat()
    if shown > datetime.fromisoformat(copy["seen"]):
        copy["seen"] = (shown + timedelta(hours=draw.randrange(1, 30))).isoformat()
    copy["authors"], resigned = signed(original["authors"], draw)
    copy["title"], headed = headline(copy["title"], draw)
    text, altered = (rewritten(copy["text"], copy["language"], naming, draw) if draw.random() < 0.6
                     else (copy["text"], False))  # fmt: skip
    if naming and naming in text and draw.random() < 0.7:
        told = naming.replace(original["outlet"], NOBODY[copy["language"]])
        text = text.replace(naming, told if draw.random() < 0.5 else "")
        flags.add("source_stripped")
    copy["text"] = text
    marks = {"redated": redated, "resigned": resigned, "headline_changed": headed, "body_altered": altered}
    flags |= {flag for flag, holds in marks.items() if holds}
    return copy, {"role": "uncredited_copy", "roles_ok": ["uncredited_copy"], "flags": sorted(flags)}


def dated(at: datetime, draw: random.Random) -> tuple[datetime, bool]:
    way = draw.randrange(6)
    shown = (
        at.replace(day=1), at + timedelta(days=2), IMPORT - timedelta(days=draw.randrange(5)),
        at.replace(year=at.year - 1, day=min(at.day, 28)), at + timedelta(hours=draw.randrange(2, 30)), at,
    )[way]  # fmt: skip
    return shown, abs(shown - at) > timedelta(days=2)


def signed(authors: list[str], draw: random.Random) -> tuple[list[str], bool]:
    if not authors:
        return ([draw.choice(SIGNING)], False) if draw.random() < 0.5 else ([], False)
    way, name = draw.randrange(6), authors[0]
    if way == 0:
        return [draw.choice(SIGNING), name], False
    if way == 1:
        first, _, last = name.rpartition(" ")
        return [f"{last} {first}"], False
    if way == 2:
        return ["".join(c for c in unicodedata.normalize("NFD", name) if not unicodedata.combining(c))], False
    return (["Staff Reporter"], False) if way == 3 else ([draw.choice(SIGNING)], True)


def headline(title: str, draw: random.Random) -> tuple[str, bool]:
    ways: tuple[tuple[Callable[[str], str], bool], ...] = (
        (lambda t: f"“{t}”", False), (lambda t: t.replace("-", "–").replace("'", "’"), False),
        (lambda t: f"WATCH: {t}", True), (lambda t: f"{t} – here is what we know", True),
        (lambda t: f"🔥 {t} 🔥", False), (lambda t: t, False), (lambda t: t, False),
    )  # fmt: skip
    way, changed = draw.choice(ways)
    return way(title), changed


def rewritten(text: str, language: str, naming: str, draw: random.Random) -> tuple[str, bool]:
    """The text of a mill, and whether so much differs that it is to be said."""
    parts = [part for part in text.split("\n") if part.strip()]
    way = draw.randrange(5)
    if way == 0 and language == "en":
        swapped = re.sub(r"[\w'’]+", lambda word: WRITTEN.get(word[0], word[0]), text)
        if sum(word in WRITTEN for word in text.split()) > 0.02 * len(text.split()) + 6:
            return swapped, True
    if way == 1 and language in LINKS:
        lines = [re.split(r"(?<=[.!?])\s+", part) for part in parts]
        count = 0
        for line in lines:
            for place, sentence in enumerate(line):
                if len(sentence.split()) > 6 and sentence != naming:
                    count += 1
                    if count % 3 == 0:
                        line[place] = draw.choice(LINKS[language]) + sentence
        if count >= 24:
            return "\n".join(" ".join(line) for line in lines), True
    if way == 2:
        top = [re.split(r"(?<=[.!?])\s+", part)[0] for part in parts if len(part.split()) > 15][:3]
        if sum(len(line.split()) for line in top) > 30:
            return "\n".join(("At a glance", *top, *parts)), True
    if way == 3 and len(parts) > 6:
        return "\n".join(parts[: max(4, int(0.65 * len(parts)))]), True
    return "\n".join((*parts, QUESTIONS)), True


def credited(original: dict, draw: random.Random) -> tuple[dict, dict]:
    at = datetime.fromisoformat(original["published"]) + timedelta(hours=draw.randrange(3, 150))
    copy = row_of(original, "", draw.choice(REPRINTERS), at, draw)
    line = draw.choice(CREDITS).format(original["outlet"])
    copy["text"] = f"{line}\n{copy['text']}" if draw.random() < 0.25 else f"{copy['text']}\n{line}"
    if draw.random() < 0.3:
        copy["authors"] = [draw.choice(HANDS)]
    return copy, {"role": "credited_copy", "roles_ok": ["credited_copy"]}


def again(original: dict, draw: random.Random) -> tuple[dict, dict]:
    """The same outlet prints its text again, a year later, under another writer's name."""
    at = datetime.fromisoformat(original["published"]) + timedelta(days=365)
    copy = row_of(original, "", original["outlet"], at, draw)
    copy["authors"] = [draw.choice(HANDS)]
    return copy, {"role": "credited_copy", "roles_ok": ["credited_copy", "original"]}


def wired(article: dict, number: int, others: list[dict], draw: random.Random) -> list[tuple[dict, dict]]:
    """An agency's text in three houses, cut to three lengths; the agency's own page is not among them."""
    wire, at, made = draw.choice(WIRES), start(article, draw), []
    parts = [part for part in article["text"].split("\n") if part.strip()]
    for step, outlet in enumerate(draw.sample(REPRINTERS, 3)):
        kept = "\n".join(parts[: max(3, int(len(parts) * (1.0, 0.85, 0.7)[step]))])
        hours = timedelta(hours=step * 5)
        row = row_of({**article, "text": kept, "authors": []}, f"a{number}-w{step}", outlet, at + hours, draw)
        if step == 0:
            row["text"] = f"BERN ({wire}) - {kept}"
        elif step == 1:
            row["authors"] = [wire]
        else:
            row["text"] = f"{kept} ({wire})"
        roles = ["original", "credited_copy"] if step == 0 else ["credited_copy"]
        made.append((row, {"role": roles[0], "roles_ok": roles, "copy_of": f"a{number}-w0" if step else None}))
    draw.shuffle(made)
    return made


def stated(article: dict, number: int, others: list[dict], draw: random.Random) -> list[tuple[dict, dict]]:
    """Two reports of their own with one statement in full: two fifths of each, between words in another order."""
    at, made = start(article, draw), []
    words = article["text"].split()
    statement = " ".join(words[: min(160, int(0.4 * len(words)))])
    rest = [one for one in others if one["language"] == article["language"]]
    for step, outlet in enumerate(draw.sample(REPRINTERS, 2)):
        own = draw.choice(rest)["text"].split()
        draw.shuffle(own)
        half = max(int(0.75 * len(statement.split())), 60)
        text = f"{' '.join(own[:half])}.\n“{statement}”\n{' '.join(own[-half:])}."
        like = {**article, "title": " ".join(own[:9]), "text": text, "authors": [HANDS[step]]}
        row = row_of(like, f"a{number}-s{step}", outlet, at + timedelta(hours=step * 7), draw)
        made.append((row, {"role": "own_report", "roles_ok": ["own_report", "original"]}))
    return made
