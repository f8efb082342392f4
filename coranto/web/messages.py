"""The list of the site's sentences for translators: `python -m coranto.web.messages` writes `locale/coranto.pot`.

It reads gettext calls from Python files, Jinja2 pages and account templates of this room. A translation goes to
`locale/LANGUAGE/LC_MESSAGES/django.po`, compiled beside it with `msgfmt`.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from jinja2 import Environment

HERE = Path(__file__).parent
TARGET = HERE / "locale" / "coranto.pot"
FORMS = {"gettext": 1, "_": 1, "ngettext": 2, "pgettext": 2, "npgettext": 3}
DJANGO_TAG = re.compile(
    r"""\{%\s*trans(?:late)?\s+(?:"([^"]+)"|'([^']+)')|\{%\s*blocktrans(?:late)?\s*%\}(.*?)\{%\s*endblocktrans""",
    re.S,
)
HEAD = """# Sentences of Coranto's pages.
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=INTEGER; plural=EXPRESSION;\\n"
"""

Message = tuple[str, tuple[str, ...]]
"""The function called and its strings: ('ngettext', ('one', 'many'))."""


def messages() -> dict[Message, list[str]]:
    """Every message with the files it stands in."""
    found: dict[Message, list[str]] = {}
    pages = [*(HERE / "pages").rglob("*"), *(HERE / "account_templates").rglob("*.html")]
    for path in sorted([*HERE.rglob("*.py"), *pages]):
        read = in_python if path.suffix == ".py" else in_page if "pages" in path.parts else in_account_template
        if path.is_file():
            for message in read(path.read_text(encoding="utf-8")):
                places = found.setdefault(message, [])
                if (place := path.relative_to(HERE).as_posix()) not in places:
                    places.append(place)
    return found


def in_python(source: str) -> Iterator[Message]:
    """The messages of a Python file."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and getattr(node.func, "id", None) in FORMS:
            strings = node.args[: FORMS[node.func.id]]
            if all(isinstance(one, ast.Constant) and isinstance(one.value, str) for one in strings):
                yield node.func.id, tuple(one.value for one in strings)


def in_page(source: str) -> Iterator[Message]:
    """The messages of a Jinja2 template."""
    environment = Environment(extensions=["jinja2.ext.i18n", "jinja2.ext.do"], autoescape=True)
    for _, function, given in environment.extract_translations(source, gettext_functions=tuple(FORMS)):
        strings = (given,) if isinstance(given, str) else given
        yield ("gettext" if function == "_" else function), tuple(one for one in strings if isinstance(one, str))


def in_account_template(source: str) -> Iterator[Message]:
    """The messages of a Django template; a value inside a block becomes a named placeholder."""
    for double, single, block in DJANGO_TAG.findall(source):
        yield "gettext", (double or single or re.sub(r"\{\{\s*(\w+)\s*\}\}", r"%(\1)s", block),)


def template() -> str:
    """The whole file, in the order of files and lines."""
    parts = [HEAD]
    for (function, strings), places in messages().items():
        entry = ["", f"#: {' '.join(places)}"]
        if "%(" in "".join(strings):
            entry.append("#, python-format")
        words = list(strings)
        if "p" in function.removesuffix("gettext"):
            entry.append(f"msgctxt {quoted(words.pop(0))}")
        entry.append(f"msgid {quoted(words[0])}")
        if len(words) > 1:
            entry += [f"msgid_plural {quoted(words[1])}", 'msgstr[0] ""', 'msgstr[1] ""']
        else:
            entry.append('msgstr ""')
        parts.append("\n".join(entry))
    return "\n".join(parts) + "\n"


def quoted(text: str) -> str:
    """A string as message catalogues write it."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")
    return f'"{escaped}"'


if __name__ == "__main__":
    TARGET.write_text(template(), encoding="utf-8")
    print(f"{len(messages())} messages in {TARGET}")
