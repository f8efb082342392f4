"""Articles made of sentences of the corpora, put together anew: a year of events, their reports, and true copies.

`Sentences` holds what the corpora's bodies are made of, by language; `plan` decides who reports what and when; `Writer`
writes an article down. All of it follows from the seed. Storing it is left to `large_store`.
"""

from __future__ import annotations

import gzip
import itertools
import json
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from pathlib import Path

BODIES = ("articles/naeb/gold.jsonl", "articles/wcxb/gold.jsonl", "articles/daniel/gold.jsonl")
STORIES = "stories/*.jsonl.gz"
LANGUAGES = {"Greek": "el", "Chinese": "zh", "Polish": "pl", "Russian": "ru", "English": "en"}
END = re.compile(r"(?<=[.!?…])\s+(?=[^\W\d_a-zа-яα-ω])|(?<=[。！？])")
SECTIONS = ("World", "Politics", "Business", "Technology", "Science", "Health", "Culture", "Sport", "Weather", "Travel")
FIRST = "Ada Bela Caro Dario Elin Faro Gesa Hilde Ivo Jana Karel Lena Mirko Nora Odo Petra Rosa Sven Tilda".split()
LAST = "al an as ber bro dan dor el en fal gar hol ing jar kel lun mor nes ost pol rad sen tor und var wick yl".split()
EVENT_SIZES = ((1, 1, 60), (2, 3, 25), (4, 8, 10), (9, 30, 5))
"""How many reports an event gets: from, to, and how often in a hundred."""
COPIES = 0.1


class Sentences:
    """The sentences and words of the corpora under `folder` (`../shared/corpora`), by language."""

    def __init__(self, folder: Path):
        self.by_language: dict[str, list[str]] = {}
        for language, text in bodies(folder):
            kept = [s for s in END.split(" ".join(text.split())) if 30 <= len(s) <= 600]
            self.by_language.setdefault(language, []).extend(kept)
        for language, found in self.by_language.items():
            self.by_language[language] = list(dict.fromkeys(found))
        if len(self.by_language.get("en", ())) < 1000:
            raise SystemExit(f"{folder} holds too few texts to recombine; it should be the folder of the corpora.")

    @cached_property
    def topics(self) -> list[str]:
        """Words that sentences write with a capital in mid-sentence: names and subjects, the most frequent first."""
        counts: dict[str, int] = {}
        for sentence in self.by_language["en"]:
            for word in re.findall(r"(?<=[a-z,] )[A-Z][a-z]{3,}\b", sentence):
                counts[word] = counts.get(word, 0) + 1
        return [word for word, count in sorted(counts.items(), key=lambda one: (-one[1], one[0])) if count > 2]


def bodies(folder: Path) -> Iterator[tuple[str, str]]:
    for name in BODIES:
        with (folder / name).open(encoding="utf-8") as lines:
            for found in map(json.loads, lines):
                yield LANGUAGES.get(found.get("lang", "English"), "en"), found.get("body") or ""
    for file in sorted(folder.glob(STORIES)):
        with gzip.open(file, "rt", encoding="utf-8") as lines:
            for found in map(json.loads, lines):
                if found["lang"] == "en":
                    yield "en", found["text"]


@dataclass(frozen=True, slots=True)
class Paper:
    """An invented outlet. `authors` sign its articles."""

    number: int
    name: str
    language: str
    section: str
    authors: tuple[str, ...]

    @property
    def home(self) -> str:
        return f"https://outlet{self.number}.example/"


def papers(count: int, seed: int, languages: list[str]) -> list[Paper]:
    """Nine in ten write English, the others the other languages of the corpora in turn."""
    chance = random.Random(f"{seed} papers")
    others = itertools.cycle(sorted(set(languages) - {"en"}) or ["en"])
    made = []
    for number in range(count):
        names = tuple(f"{chance.choice(FIRST)} {''.join(chance.choices(LAST, k=2)).capitalize()}" for _ in range(20))
        place = "".join(chance.choices(LAST, k=2)).capitalize()
        kind = chance.choice(("Courier", "Herald", "Post", "Mercury", "Gazette", "Observer", "Chronicle", "Times"))
        language = next(others) if number % 10 == 9 else "en"
        made.append(Paper(number, f"{place} {kind} {number}", language, chance.choice(SECTIONS), names))
    return made


@dataclass(slots=True)
class Report:
    """One article to be written: `seen` is when it reaches the site, `published` what it claims. A copy names the
    report it takes its text from, and `disguise`: 'credited', 'plain', or 'changed' (date and byline are others)."""

    number: int
    event: int
    paper: Paper
    seen: datetime
    published: datetime
    original: Report | None = None
    disguise: str = ""
    article_id: int = 0
    first: Report | None = None


def plan(count: int, outlets: list[Paper], until: datetime, seed: int, days: int = 365) -> list[Report]:
    """`count` reports in the order in which they are seen, a tenth of them copies of an event's first report."""
    chance = random.Random(f"{seed} plan")
    made: list[Report] = []
    followers: list[Report] = []
    by_language: dict[str, list[Paper]] = {}
    for paper in outlets:
        by_language.setdefault(paper.language, []).append(paper)
    start, seconds = until - timedelta(days=days), days * 86400
    for event in itertools.count():
        if len(made) >= count:
            break
        least, most, _ = chance.choices(EVENT_SIZES, [share for *_, share in EVENT_SIZES])[0]
        at = start + timedelta(seconds=chance.random() * seconds)
        first_paper = chance.choice(outlets)
        house = by_language[first_paper.language]
        first = None
        for _ in range(min(chance.randint(least, most), count - len(made))):
            paper = chance.choice(house) if first else first_paper
            wait = min(chance.expovariate(1 / 36000), 72 * 3600) if first else 0
            published = min(at + timedelta(seconds=wait), until - timedelta(minutes=30))
            report = Report(len(made), event, paper, published + timedelta(seconds=chance.randint(60, 1800)), published)
            report.first = first
            first = first or report
            made.append(report)
            if report.first and paper != first.paper:
                followers.append(report)
    for report in chance.sample(followers, min(len(followers), round(count * COPIES))):
        report.original, report.disguise = report.first, chance.choice(("credited", "plain", "changed"))
        if report.disguise == "changed":
            report.published = report.original.published - timedelta(hours=chance.randint(1, 90))
    return sorted(made, key=lambda report: (report.seen, report.number))


@dataclass(frozen=True, slots=True)
class Written:
    """A report as its outlet gives it. `paragraphs` are plain text."""

    title: str
    authors: tuple[str, ...]
    topics: tuple[str, ...]
    paragraphs: tuple[str, ...]

    @property
    def text(self) -> str:
        return "\n\n".join(self.paragraphs)

    @property
    def html(self) -> str:
        return "".join(f"<p>{part.replace('&', '&amp;').replace('<', '&lt;')}</p>" for part in self.paragraphs)


class Writer:
    """Writes reports: the same report is the same text every time."""

    def __init__(self, sentences: Sentences, seed: int):
        self.sentences, self.seed = sentences, seed
        self.weights = list(itertools.accumulate(1 / (rank + 5) for rank in range(len(sentences.topics))))

    def write(self, report: Report) -> Written:
        chance = random.Random(f"{self.seed} report {report.number}")
        own = chance.sample(report.paper.authors, chance.choice((1, 1, 1, 2)))
        if report.original is None:
            return Written(self.title(report, chance), tuple(own), self.topics(report.event), self.body(report, chance))
        taken = self.write(report.original)
        paragraphs = taken.paragraphs
        if report.disguise == "credited":
            paragraphs += (f"This report first appeared in {report.original.paper.name}.",)
        authors = tuple(own) if report.disguise == "changed" else taken.authors
        return Written(taken.title, authors, taken.topics, paragraphs)

    def title(self, report: Report, chance: random.Random) -> str:
        pool = self.sentences.by_language[report.paper.language]
        words = chance.choice(pool).split()
        start = chance.randint(0, max(0, len(words) - 8))
        phrase = " ".join(words[start : start + chance.randint(5, 9)])[:120].strip(" ,;:.-—\"“”()'")
        return f"{self.topics(report.event)[0]}: {phrase}"

    def topics(self, event: int) -> tuple[str, ...]:
        chance = random.Random(f"{self.seed} event {event}")
        found = chance.choices(self.sentences.topics, cum_weights=self.weights, k=chance.randint(2, 5))
        return tuple(dict.fromkeys(found))

    def body(self, report: Report, chance: random.Random) -> tuple[str, ...]:
        pool = self.sentences.by_language[report.paper.language]
        count = max(5, min(60, round(chance.lognormvariate(2.9, 0.45))))
        drawn = chance.choices(pool, k=count)
        return tuple(" ".join(drawn[at : at + 3]) for at in range(0, count, 3))
