"""How fast feeds are read: 300 feeds of 50 entries with about 400 words each, half RSS and half Atom, on one core.

    python benchmarks/feeds.py [--feeds 300] [--entries 50] [--words 400]

Prints one line for each reader: ElementTree (parsing alone, the floor), Coranto, and feedparser where it is installed.
The right values are measured elsewhere: see docs/benchmarks.md.
"""

from __future__ import annotations

import argparse
import html
import random
import time
import xml.etree.ElementTree as ElementTree
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

SYLLABLES = "an be ca do el fa gi ho in ju ka lo mi no or pe qua re si ta um ve xi ya zo".split()


def invented_feeds(count: int, entries: int, words: int, seed: int = 4) -> list[bytes]:
    """`count` feeds as bytes, RSS and Atom in turn."""
    chance = random.Random(seed)
    vocabulary = ["".join(chance.choices(SYLLABLES, k=chance.choice((1, 2, 2, 3)))) for _ in range(4000)]
    start = datetime(2026, 3, 1, 8, tzinfo=UTC)
    feeds = []
    for number in range(count):
        items = [_item(chance, vocabulary, words, number, k, start + timedelta(hours=k)) for k in range(entries)]
        feeds.append((_atom if number % 2 else _rss)(number, items).encode())
    return feeds


def _item(chance: random.Random, vocabulary: list[str], words: int, number: int, k: int, when: datetime) -> dict:
    text = chance.choices(vocabulary, k=words)
    paragraphs = [f"<p>{' '.join(text[at : at + 60]).capitalize()}.</p>" for at in range(0, words, 60)]
    paragraphs.append(f'<p>See <a href="https://outlet{number}.example/a/{k - 1}">the <em>earlier</em> report</a>.</p>')
    return {
        "title": " ".join(chance.choices(vocabulary, k=8)).capitalize(),
        "link": f"https://outlet{number}.example/a/{k}",
        "author": " ".join(chance.choices(vocabulary, k=2)).title(),
        "tag": chance.choice(vocabulary),
        "text": "\n".join(paragraphs),
        "when": when,
    }


def _rss(number: int, items: list[dict]) -> str:
    body = "".join(
        f'<item><title>{one["title"]}</title><link>{one["link"]}</link><guid isPermaLink="false">{one["link"]}</guid>'
        f"<pubDate>{format_datetime(one['when'])}</pubDate><dc:creator>{one['author']}</dc:creator>"
        f"<category>{one['tag']}</category><content:encoded><![CDATA[{one['text']}]]></content:encoded></item>\n"
        for one in items
    )
    return (
        '<?xml version="1.0" encoding="utf-8"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>'
        f"<title>Outlet {number}</title><link>https://outlet{number}.example/</link>{body}</channel></rss>"
    )


def _atom(number: int, items: list[dict]) -> str:
    body = "".join(
        f'<entry><title>{one["title"]}</title><link href="{one["link"]}"/><id>{one["link"]}</id>'
        f"<published>{one['when'].isoformat()}</published><updated>{one['when'].isoformat()}</updated>"
        f'<author><name>{one["author"]}</name></author><category term="{one["tag"]}"/>'
        f'<content type="html">{html.escape(one["text"])}</content></entry>\n'
        for one in items
    )
    return (
        '<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom">'
        f"<title>Outlet {number}</title><id>https://outlet{number}.example/</id>{body}</feed>"
    )


def _readers() -> dict:
    from coranto.sources.feeds import parse_feed

    readers = {"ElementTree (tree only)": ElementTree.fromstring, "coranto": parse_feed}
    try:
        import feedparser
    except ImportError:
        return readers
    return {**readers, "feedparser": feedparser.parse}


def _round_trip(feeds: list[bytes]) -> None:
    from coranto.sources.entrydocument import entry_document, entry_from_document
    from coranto.sources.feeds import parse_feed

    read = [parse_feed(data) for data in feeds]
    start = time.process_time()
    stored = [entry_document(entry, feed) for feed in read for entry in feed.entries]
    middle = time.process_time()
    for data in stored:
        entry_from_document(data)
    print(
        f"{len(stored)} entries as documents: written {middle - start:.2f} s, read {time.process_time() - middle:.2f} s"
    )


def main() -> None:
    """Read the command line, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--feeds", type=int, default=300)
    parser.add_argument("--entries", type=int, default=50)
    parser.add_argument("--words", type=int, default=400)
    chosen = parser.parse_args()
    feeds = invented_feeds(chosen.feeds, chosen.entries, chosen.words)
    print(f"{len(feeds)} feeds, {sum(map(len, feeds)) / 1e6:.0f} MB")
    for name, read in _readers().items():
        start = time.process_time()
        for data in feeds:
            read(data)
        spent = time.process_time() - start
        print(f"{name}: {spent:.2f} s CPU, {chosen.feeds * chosen.entries / spent:,.0f} entries/s")
    _round_trip(feeds)


if __name__ == "__main__":
    main()
