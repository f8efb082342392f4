"""Bad input: one line that names the input and the remedy, an exit code, and nothing half done."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys

import pytest

from coranto.cli import main


@pytest.fixture(autouse=True)
def environment():
    """Commands hand settings on to the processes they start by the environment; here it is put back."""
    before = dict(os.environ)
    yield
    os.environ.clear()
    os.environ.update(before)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture
def data(tmp_path, sqlite_template, monkeypatch):
    """A data folder that is set up, and no setting from outside."""
    folder = tmp_path / "data"
    folder.mkdir()
    shutil.copy(sqlite_template, folder / "coranto.sqlite3")
    (folder / "secret_key").write_text("for tests")
    monkeypatch.chdir(tmp_path)
    for name in ("DATABASE_URL", "PORT", "HOST", "CORANTO_DATA"):
        monkeypatch.delenv(name, raising=False)
    yield folder
    from coranto import store

    store.close()


def run(capsys, *arguments: str) -> tuple[int, str, str]:
    try:
        code = main([str(argument) for argument in arguments])
    except SystemExit as left:
        code = left.code
    said = capsys.readouterr()
    return code, said.out, said.err


CASES = [
    # (command line without --data, exit code, words of the message)
    (["add", "nowhere.invalid"], 1, ["nowhere.invalid", "is not known"]),
    (["add", "https://nowhere.invalid/feed"], 1, ["nowhere.invalid", "Check its spelling"]),
    (["add", "http://127.0.0.1:9/feed"], 1, ["http://127.0.0.1:9/feed", "--allow-private if it is yours"]),
    (["add", "http://[::ffff:10.0.0.1]/"], 1, ["[::ffff:a00:1]", "--allow-private"]),
    (["add", "http://169.254.169.254/latest"], 1, ["169.254.169.254", "--allow-private"]),
    (["add", "ftp://news.example/feed"], 1, ["ftp://news.example/feed"]),
    (["add", "https://ada:secret@news.example/"], 1, ["https://news.example/ holds a password", "--login"]),
    (["add", "missing.opml"], 1, ["missing.opml"]),
    (["add", "notes.txt"], 1, ["notes.txt", "not a feed", "OPML"]),
    (["add", "page.html"], 1, ["page.html is a saved page", "coranto import page.html"]),
    (["add", "--trust-feed", "--fetch-pages", "x.example"], 2, ["--trust-feed and --fetch-pages"]),
    (["add", "--spacing", "soon", "x.example"], 2, ["'soon' is no number of seconds"]),
    (["add", "--header", "nothing", "x.example"], 2, ["'nothing' is no header"]),
    (["sources", "pause", "99"], 1, ["There is no source '99'", "coranto sources"]),
    (["sources", "set", "1"], 1, ["There is no source '1'"]),
    (["fetch", "The Lantern"], 1, ["There is no source 'The Lantern'"]),
    (["fetch"], 3, []),
    (["import", "nowhere"], 1, ["no file or folder nowhere"]),
    (["import", "notes.bin"], 1, ["notes.bin", "this kind of file is not read"]),
    (["extract", "nowhere.html"], 1, ["nowhere.html"]),
    (["extract", "empty.html"], 1, ["empty.html", "empty"]),
    (["extract", "notes.bin"], 1, ["notes.bin is neither a page nor text"]),
    (["extract", "notes.txt", "--explain"], 1, ["notes.txt is text without markup", "Leave --explain out"]),
    (["extract", "."], 1, ["is a folder", "coranto import"]),
    (["extract", "http://10.1.2.3/page"], 1, ["10.1.2.3"]),
    (["search", "zzzz"], 3, []),
    (["search", "--since", "yesterday", "x"], 2, ["'yesterday' is no day"]),
    (["withdraw", "77", "--reason", "asked"], 1, ["There is no article 77"]),
    (["withdraw", "https://news.example/1", "--reason", "asked"], 1, ["There is no article https://news.example/1"]),
    (["restore", "nowhere.coranto"], 1, ["There is no file nowhere.coranto"]),
    (["restore", "notes.txt"], 1, ["notes.txt"]),
    (["export", "notes.txt"], 1, ["notes.txt is already there"]),
    (["reread"], 3, []),
    (["frob"], 2, ["frob"]),
    (["user", "add"], 2, ["user add wants a name"]),
    (["user", "remove", "nobody"], 1, ["There is no account nobody"]),
    (["serve", "--port", "99999"], 2, ["'99999' is not a port number"]),
    (["serve", "--host", "no.such.host.invalid"], 1, ["no host no.such.host.invalid", "127.0.0.1"]),
    (["serve", "--host", "192.0.2.1"], 1, ["no address 192.0.2.1"]),
]


@pytest.mark.parametrize(("arguments", "code", "words"), CASES, ids=[" ".join(case[0]) for case in CASES])
def test_bad_input_is_told_in_one_line_with_an_exit_code(data, capsys, arguments, code, words):
    (data.parent / "notes.txt").write_text("only some words\n")
    (data.parent / "notes.bin").write_bytes(b"\0\1\2\3")
    (data.parent / "empty.html").write_bytes(b"")
    (data.parent / "page.html").write_text("<html><title>A page</title><body><p>Hello there.</p></body></html>")
    left, _, told = run(capsys, arguments[0], "--data", str(data), *arguments[1:])
    assert left == code, told
    assert all(word in told for word in words), told
    assert "Traceback" not in told
    assert told.count("\n") <= 1


def test_a_port_in_use_is_one_message(data, capsys):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        for command in ("serve", "run"):
            code, _, told = run(capsys, command, "--data", data, "--port", port)
            assert code == 1
            assert f"127.0.0.1 port {port} is in use" in told
            assert "PORT=" in told


@pytest.mark.parametrize("command", ["run", "fetch", "sources", "search x", "import .", "check"])
def test_a_missing_data_folder_is_named_with_the_way_to_make_one(tmp_path, capsys, command, monkeypatch):
    monkeypatch.setenv("PORT", str(free_port()))
    name, *rest = command.split()
    code, _, told = run(capsys, name, "--data", tmp_path / "none", *rest)
    assert (code, told.count("\n")) == (1, 1)
    assert f"no data folder {tmp_path / 'none'}" in told
    assert "coranto init" in told
    assert not (tmp_path / "none").exists()


def test_a_wrong_setting_stops_every_command(data, capsys):
    (data / "settings.env").write_text("PORT=many\n")
    for command in ("fetch", "sources", "check", "run"):
        code, _, told = run(capsys, command, "--data", data)
        assert code == 1
        assert "PORT is 'many'" in told
        assert "1 to 65535" in told


def test_a_file_that_is_no_database_is_named(data, capsys):
    (data / "coranto.sqlite3").write_bytes(b"this is no database, only some words of a text" * 50)
    code, _, told = run(capsys, "sources", "--data", data)
    assert (code, told.count("\n")) == (1, 1)
    assert str(data / "coranto.sqlite3") in told


def test_a_newer_database_is_named(data, capsys):
    import sqlite3

    with sqlite3.connect(data / "coranto.sqlite3") as opened:
        opened.execute(
            "INSERT INTO django_migrations (app, name, applied) VALUES ('store', '9999_later', '2030-01-01')"
        )
    code, _, told = run(capsys, "fetch", "--data", data)
    assert code == 1
    assert "newer Coranto" in told
    assert "9999_later" in told


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read and write everything")
def test_a_folder_without_permission_is_named(data, capsys):
    data.chmod(0o500)
    code, _, told = run(capsys, "sources", "--data", data)
    data.chmod(0o700)
    assert code == 1
    assert str(data) in told


def without(*modules: str) -> str:
    hide = f"import sys; sys.modules.update(dict.fromkeys({modules!r}, None))"
    return f"{hide}; from coranto.cli import main; sys.exit(main())"


def test_extract_works_from_the_base_installation(tmp_path):
    page = tmp_path / "page.html"
    page.write_text("<html><title>Ferry is back</title><article><h1>Ferry is back</h1><p>" + "The ferry is back. " * 40)
    bare = without("django", "environ", "granian", "jinja2")
    done = subprocess.run(
        [sys.executable, "-c", bare, "extract", str(page), "--json"], capture_output=True, text=True, cwd=tmp_path
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert '"title": "Ferry is back"' in done.stdout


@pytest.mark.parametrize("command", ["init", "user list"])
def test_what_needs_the_site_says_how_to_install_it(data, command):
    bare = without("django")
    done = subprocess.run(
        [sys.executable, "-c", bare, *command.split(), "--data", str(data)], capture_output=True, text=True
    )
    assert done.returncode == 1
    assert "pip install 'coranto[site]'" in done.stderr
    assert done.stderr.count("\n") == 1
