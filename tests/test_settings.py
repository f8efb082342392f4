"""Settings: where a value comes from, what a wrong one says, and that every option is documented."""

from __future__ import annotations

import os
import re
import stat
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from coranto import settings

DOCUMENT = Path(__file__).parent.parent / "docs" / "settings.md"


@pytest.fixture(autouse=True)
def bare_environment(monkeypatch):
    for option in settings.OPTIONS:
        monkeypatch.delenv(option.name, raising=False)


@pytest.mark.parametrize("option", settings.OPTIONS, ids=lambda option: option.name)
def test_every_option_is_documented_with_its_default_and_meaning(option):
    default = f"`{option.default}`" if option.default else "empty"
    assert f"| `{option.name}` | {default} | {option.meaning} |" in DOCUMENT.read_text(encoding="utf-8")


def test_every_option_is_a_field_and_a_line_of_the_template(tmp_path):
    loaded = settings.load(tmp_path)
    assert {option.field for option in settings.OPTIONS} == set(loaded.__slots__)
    for option in settings.OPTIONS[1:]:
        assert f"\n# {option.name}={option.default}\n" in settings.template()


def test_the_environment_goes_before_the_file_and_the_file_before_the_default(tmp_path, monkeypatch):
    (tmp_path / "settings.env").write_text('PORT=8700\nSITE_NAME="The Lantern"\nHOST=0.0.0.0  # all\n')
    monkeypatch.setenv("PORT", "8800")
    loaded = settings.load(tmp_path)
    assert (loaded.port, loaded.host, loaded.time_zone) == (8800, "0.0.0.0", "UTC")
    assert loaded.site_name == "The Lantern"
    assert "0.0.0.0" not in loaded.allowed_hosts
    assert loaded.data == tmp_path


def test_the_template_reads_as_the_defaults(tmp_path):
    (tmp_path / "settings.env").write_text(re.sub("(?m)^# ([A-Z_]+=.+)", r"\1", settings.template()))
    written = settings.load(tmp_path)
    default = settings.load(tmp_path / "elsewhere")
    assert replace(written, data=default.data) == default


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("PORT=eighty", ("PORT is 'eighty'", "settings.env", "1 to 65535")),
        ("PORT=70000", ("PORT is '70000'", "1 to 65535")),
        ("TIME_ZONE=Mars/Base", ("TIME_ZONE is 'Mars/Base'", "Europe/Paris")),
        ("TIME_ZONE=../../etc/passwd", ("TIME_ZONE", "time zone")),
        ("DATABASE_URL=mysql://a/b", ("DATABASE_URL", "postgresql://")),
        ("SITE_URL=news.example.org", ("SITE_URL", "https://")),
        ("ORIGINALS_DAYS=-3", ("ORIGINALS_DAYS is '-3'", "0 or more")),
        ("ORIGINALS_DAYS=nan", ("ORIGINALS_DAYS is 'nan'", "0 or more")),
        ("FETCH_CONCURRENCY=0", ("FETCH_CONCURRENCY is '0'", "1 or more")),
        ("SITE_LANGUAGE=english please", ("SITE_LANGUAGE", "language tag")),
        ("PRT=80", ("unknown option PRT", "docs/settings.md")),
    ],
)
def test_a_wrong_value_is_named_with_what_is_expected(tmp_path, line, words):
    (tmp_path / "settings.env").write_text(line + "\n")
    with pytest.raises(settings.SettingError) as caught:
        settings.load(tmp_path)
    assert all(word in str(caught.value) for word in words)
    assert caught.value.message and caught.value.remedy


def test_a_file_that_is_not_text_is_named(tmp_path):
    (tmp_path / "settings.env").write_bytes(b"PORT=\xff\xfe\n")
    with pytest.raises(settings.SettingError, match="UTF-8"):
        settings.load(tmp_path)


def test_the_secret_key_is_made_once_for_its_owner_alone(tmp_path):
    settings.make_key(tmp_path)
    first = settings.load(tmp_path).secret_key
    settings.make_key(tmp_path)
    assert len(first) >= 50
    assert settings.load(tmp_path).secret_key == first
    assert stat.S_IMODE(os.stat(tmp_path / "secret_key").st_mode) == 0o600


def test_settings_load_without_django(tmp_path):
    program = (
        "import sys; sys.modules['environ'] = None; sys.modules['django'] = None\n"
        f"from coranto.settings import load; print(load({str(tmp_path)!r}).port)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, env={"PATH": ""})
    assert done.stdout == "8600\n", done.stderr
