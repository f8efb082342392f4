"""In a language made for the purpose no word of ours stays as it is in the source."""

from __future__ import annotations

import re
import string

import pytest
from django.template import engines
from django.test import override_settings
from django.utils import translation
from fixtures import World
from selectolax.lexbor import LexborHTMLParser
from test_site_pages import PAGES

from coranto.web import messages

LATIN = string.ascii_letters
ACCENTED = "áƀćđéƒğħíĵķłḿńóṕɋŕśŧúṽŵẋýźÁɃĆĐÉƑĞĦÍĴĶŁḾŃÓṔɊŔŚŦÚṼŴẊÝŹ"
CYRILLIC = "абцдефгхийклмнопярстувшжызАБЦДЕФГХИЙКЛМНОПЯРСТУВШЖЫЗ"
KEPT = re.compile(r"(%\([a-z_]+\)[sd]|%[%sd]|\{[a-z_]+\}|<[^>]+>)")
WORD = re.compile(r"[A-Za-z]{2,}")
ALLOWED = re.compile(
    r"https?://[^\s]+?(?=\.?\s)|news\.example/a/\d+|[a-z]+\.example|UTC|coranto|kerrin|bridge|Enter|valley|^[xyz]$|2026-\S+"
)


def transformed(message: str) -> str:
    """`message` in the invented language: every letter accented, placeholders and markup as they are."""
    parts = KEPT.split(message)
    return "".join(part if i % 2 else part.translate(str.maketrans(LATIN, ACCENTED)) for i, part in enumerate(parts))


def outlets_words(text: str) -> str:
    """Words of an outlet, in letters that are neither the source's nor the invented language's."""
    return text.translate(str.maketrans(LATIN, CYRILLIC))


@pytest.fixture
def invented(monkeypatch):
    """Puts the invented language in the place of the source's."""
    says = translation._trans
    monkeypatch.setattr(says, "gettext", transformed, raising=False)
    monkeypatch.setattr(says, "ngettext", lambda one, many, n: transformed(one if n == 1 else many), raising=False)
    monkeypatch.setattr(says, "pgettext", lambda context, text: transformed(text), raising=False)
    monkeypatch.setattr(
        says, "npgettext", lambda context, one, many, n: transformed(one if n == 1 else many), raising=False
    )


def words_left(html: str) -> list[str]:
    """Latin words in text and in attributes that are read out or shown."""
    page = LexborHTMLParser(html)
    said = [node.text_content or "" for node in page.root.traverse(include_text=True) if node.tag == "-text"
            and node.parent.tag not in ("script", "style")]  # fmt: skip
    for name in ("aria-label", "title", "placeholder", "alt", "data-l", "data-done", "data-minutes", "data-hours"):
        said += [node.attributes.get(name) or "" for node in page.css(f"[{name}]")]
    return [text.strip() for text in said if WORD.search(ALLOWED.sub("", text))]


@pytest.mark.parametrize("address", [address for address in PAGES if not address.startswith("/search?")])
def test_no_word_stays_untranslated(store, client, settings_in_cyrillic, invented, address):
    body = f"<p>{outlets_words('The bridge was closed.')}</p><table><tr><td>1</td></tr></table>"
    store(World(outlets_words, body=body))
    assert words_left(client.get(address).content.decode()) == []


def test_no_word_of_a_search_stays_untranslated(store, client, settings_in_cyrillic, invented):
    store(World(outlets_words))
    assert words_left(client.get("/search?q=мост&time=week&own=1&since=2026-01-01").content.decode()) == []


@pytest.fixture
def settings_in_cyrillic(monkeypatch):
    """A site whose own name is in the outlets' letters."""
    with override_settings(SITE_NAME="Коранто"):
        monkeypatch.setitem(engines["pages"].env.globals, "site_name", "Коранто")
        yield


def test_the_list_for_translators_is_complete():
    assert messages.TARGET.read_text(encoding="utf-8") == messages.template(), "run python -m coranto.web.messages"


def test_messages_can_be_translated():
    plurals: dict[tuple, tuple] = {}
    for function, strings in messages.messages():
        context, forms = (strings[:1], strings[1:]) if "p" in function.removesuffix("gettext") else ((), strings)
        assert plurals.setdefault((context, forms[0]), forms) == forms, f"{forms[0]!r} has two plurals"
        for form in forms:
            unnamed = re.sub(r"%\(\w+\)s|%%|\{\w+\}", "", form)
            assert "%s" not in unnamed and "%d" not in unnamed and "{" not in unnamed, form
            assert set(re.findall(r"%\((\w+)\)", form)) == set(re.findall(r"%\((\w+)\)", forms[0])), form
