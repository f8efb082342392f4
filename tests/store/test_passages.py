"""Stored texts that share phrases with one that is not stored, also where hundreds print it."""

from __future__ import annotations

from newsroom import entry

from coranto.store import passages

STAYS = ("nine crews of the Kerrin ferry", "went back to work on Monday morning")
RARE = "the harbour master of Low Quay"
NOTICE = "we value your privacy and cookies"


def found(*phrases: str) -> list[int]:
    return [one.article_id for one in passages.sharing(phrases)]


def test_who_prints_what_many_print_is_found_by_two_phrases_and_with_the_original(newsroom, monkeypatch):
    monkeypatch.setattr(passages, "BUSY", 3)
    copies = [" ".join((*STAYS, NOTICE)) for _ in range(6)]
    texts = (*copies, f"{NOTICE} but {RARE} said no", NOTICE)
    first, *others = newsroom.take(
        newsroom.source(), *(entry(n, text=text) for n, text in enumerate(texts))
    ).article_ids  # fmt: skip
    newsroom.read()
    newsroom.group((first,))
    newsroom.group(tuple(others[:5]), copy_of=first, share=1.0, role="uncredited_copy")
    assert found(*STAYS)[0] == first and set(found(*STAYS)) < {first, *others[:5]}
    assert found(STAYS[0]) == [] == found(NOTICE)
    assert found(*STAYS, RARE)[-1] == others[5]
