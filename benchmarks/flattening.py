"""Ways in which pages lose their markup: other people's programs where they are installed, and two of our own that
behave like copy and paste. Each takes the page's HTML and gives text; what is read from it is not known here."""

from __future__ import annotations

import importlib.util
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from selectolax.lexbor import LexborHTMLParser, LexborNode

SECONDS = 20
"""What one page may take a program; past that the page is left out for it."""

COMMANDS = {
    "lynx": "lynx -dump -stdin -force_html -nomore -width=80 -assume_charset=UTF-8 -display_charset=UTF-8",
    "lynx, no links": "lynx -dump -nolist -stdin -force_html -nomore -width=100 -assume_charset=UTF-8 "
    "-display_charset=UTF-8",
    "w3m": "w3m -dump -T text/html -cols 80 -I UTF-8 -O UTF-8",
    "elinks": "elinks -dump -force-html -dump-charset UTF-8 -no-connect -dump-width 80",
    "links": "links -dump -codepage UTF-8 -width 90",
    "html2text, Debian": "html2text -utf8 -nobs -width 79",
    "pandoc, plain": "pandoc -f html -t plain",
    "pandoc, markdown": "pandoc -f html -t gfm-raw_html --wrap=none",
}
MODULES = {
    "html2text": "html2text", "html2text, unwrapped": "html2text", "markdownify": "markdownify",
    "inscriptis": "inscriptis", "soup": "bs4", "soup, lines": "bs4", "html_text": "html_text",
}  # fmt: skip
OURS = ("pasted", "pasted, tight")
BROWSER = "chromium"

_CHARSET = re.compile(r"""(<meta[^>]{0,200}?)charset\s*=\s*["']?[\w-]+["']?""", re.I)
_BLOCKS = frozenset(
    "address article aside blockquote body center dd details dialog div dl dt fieldset figcaption figure footer form h1"
    " h2 h3 h4 h5 h6 header hr li main nav ol p pre section summary table tbody tfoot thead tr ul".split()
)
_SPACED = frozenset("p h1 h2 h3 h4 h5 h6 ul ol dl blockquote pre figure".split())
_UNSEEN = frozenset(
    "script style noscript template head svg select textarea iframe object video audio canvas -comment".split()
)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)


def missing() -> dict[str, str]:
    """The engines that cannot be had here, with what would bring them."""
    found = {
        name: f"Debian package {command.split()[0]}"
        for name, command in COMMANDS.items()
        if not shutil.which(command.split()[0])
    }
    found |= {
        name: f"Python package {'beautifulsoup4' if module == 'bs4' else module.replace('_', '-')}"
        for name, module in MODULES.items()
        if importlib.util.find_spec(module) is None
    }
    if importlib.util.find_spec("playwright") is None or not shutil.which("chromium"):
        found[BROWSER] = "Python package playwright and Debian package chromium"
    return found


def names() -> list[str]:
    """Every engine, installed or not."""
    return [*COMMANDS, *MODULES, BROWSER, *OURS]


@contextmanager
def engine(name: str, scratch: Path) -> Iterator[Callable[[str], str]]:
    """The engine `name` as a function from a page to text. `scratch` is a folder for programs that want a file."""
    if name == BROWSER:
        with _browser() as flatten:
            yield flatten
    elif name in COMMANDS:
        yield lambda html: _command(name, html, scratch)
    elif name in OURS:
        yield lambda html: pasted(html, tight=name.endswith("tight"))
    else:
        yield _module(name)


def _command(name: str, html: str, scratch: Path) -> str:
    words = COMMANDS[name].split()
    data = _CHARSET.sub(r'\1charset="utf-8"', html).encode("utf-8", "replace")
    given = subprocess.PIPE
    if words[0] == "links":
        (scratch / "page.html").write_bytes(data)
        words.append(str(scratch / "page.html"))
        data, given = b"", subprocess.DEVNULL
    quiet = subprocess.DEVNULL
    with subprocess.Popen(words, stdin=given, stdout=subprocess.PIPE, stderr=quiet, cwd=scratch) as process:
        try:
            text, _ = process.communicate(data or None, timeout=SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()
            return ""
    return text.decode("utf-8", "replace")


def _module(name: str) -> Callable[[str], str]:
    if name.startswith("html2text"):
        import html2text

        def flatten(html: str) -> str:
            writer = html2text.HTML2Text(bodywidth=0 if name.endswith("unwrapped") else 78)
            writer.unicode_snob = True
            return writer.handle(html)

        return flatten
    if name == "markdownify":
        from markdownify import markdownify

        return lambda html: markdownify(re.sub(r"(?is)<(script|style)\b.*?</\1\s*>", "", html))
    if name == "inscriptis":
        from inscriptis import get_text

        return get_text
    if name == "html_text":
        from html_text import extract_text

        return extract_text
    from bs4 import BeautifulSoup

    if name == "soup":
        return lambda html: BeautifulSoup(html, "lxml").get_text()
    return lambda html: BeautifulSoup(html, "lxml").get_text("\n", strip=True)


@contextmanager
def _browser() -> Iterator[Callable[[str], str]]:
    """What a real browser would copy (innerText), without scripts and without the network."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"))
        tab = browser.new_context(java_script_enabled=False, offline=True).new_page()
        tab.route("**/*", lambda route: route.abort())

        def flatten(html: str) -> str:
            tab.set_content(html, wait_until="commit", timeout=SECONDS * 1000)
            return tab.inner_text("body", timeout=SECONDS * 1000)

        try:
            yield flatten
        finally:
            browser.close()


def pasted(html: str, tight: bool = False) -> str:
    """A page as a browser copies it: blocks on lines, paragraphs apart by an empty line (by none where `tight`, as
    in mail programs and forms), cells by tabs, what is hidden left out."""
    tree = LexborHTMLParser(html)
    if tree.body is None:
        return ""
    pieces: list[str] = []
    _paste(tree.body, pieces)
    lines: list[str] = []
    for line in "".join(pieces).split("\n"):
        line = " ".join(line.replace("\t", "\x00").split()).replace("\x00", "\t").strip()
        if line or (lines and lines[-1] and not tight):
            lines.append(line)
    return "\n".join(lines)


def _paste(node: LexborNode, pieces: list[str]) -> None:
    child = node.child
    while child is not None:
        tag = child.tag
        if tag == "-text":
            pieces.append(" ".join(f"x{child.text_content or ''}x".split())[1:-1])
        elif tag == "br":
            pieces.append("\n")
        elif tag not in _UNSEEN and not _HIDDEN.search(child.attributes.get("style") or ""):
            edge = "\n\n" if tag in _SPACED else "\n" if tag in _BLOCKS else ""
            pieces.append(edge)
            _paste(child, pieces)
            pieces.append(edge or ("\t" if tag in ("td", "th") else ""))
        child = child.next
