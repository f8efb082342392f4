"""`settings.env` changed by the site: nothing else in it moves."""

from __future__ import annotations

import stat

import pytest

from coranto.settings import FILE, SettingError, load, template
from coranto.settings_file import change

WRITTEN = """# My own words
SITE_NAME=First   # a remark
UNUSED_LINE
DATABASE_URL='postgresql://a:b#c@localhost/news'
export TIME_ZONE=UTC

PICTURES=on
PICTURES=off
"""


def test_only_the_named_options_change(tmp_path):
    (tmp_path / FILE).write_text(WRITTEN)
    (tmp_path / FILE).chmod(0o664)
    change(tmp_path, {"SITE_NAME": "The Lamp", "CONTACT": "desk@lamp.example", "PICTURES": "on", "TIME_ZONE": ""})
    written = (tmp_path / FILE).read_text()
    assert written.startswith("# My own words\nSITE_NAME='The Lamp'\nUNUSED_LINE\n")
    assert "DATABASE_URL='postgresql://a:b#c@localhost/news'\n" in written
    found = load(tmp_path)
    assert (found.site_name, found.contact, found.pictures) == ("The Lamp", "desk@lamp.example", "on")
    assert stat.S_IMODE((tmp_path / FILE).stat().st_mode) == 0o664
    assert [path.name for path in tmp_path.iterdir()] == [FILE]


def test_a_line_that_was_commented_out_is_used(tmp_path):
    (tmp_path / FILE).write_text(template())
    change(tmp_path, {"ORIGINALS_DAYS": "30"})
    assert (tmp_path / FILE).read_text() == template().replace("# ORIGINALS_DAYS=60", "ORIGINALS_DAYS=30")
    change(tmp_path, {"ORIGINALS_DAYS": ""})
    assert load(tmp_path).originals_days == 60


@pytest.mark.parametrize(
    "name", ["Lamp & Wick", "It's here", 'The "Lamp"', "# Lamp", "$HOME", "Lamp = Light", "Ланпа", "C:\\lamp", "  x"]
)
def test_every_value_reads_back_as_it_was_given_or_is_refused(tmp_path, name):
    before = template()
    (tmp_path / FILE).write_text(before)
    try:
        change(tmp_path, {"SITE_NAME": name})
    except SettingError:
        assert (tmp_path / FILE).read_text() == before and name in ("$HOME", "C:\\lamp")
    else:
        assert load(tmp_path).site_name == name.strip()


@pytest.mark.parametrize(
    "values",
    [{"PICTURES": "perhaps"}, {"TIME_ZONE": "Nowhere"}, {"SITE_NAME": "a\nSECRET_KEY=b"}, {"NO_SUCH": "1"},
     {"DISK_LIMIT_GB": "-1"}],
)  # fmt: skip
def test_what_an_option_does_not_take_changes_nothing(tmp_path, values):
    (tmp_path / FILE).write_text("SITE_NAME=First\n")
    with pytest.raises(SettingError):
        change(tmp_path, {"CONTACT": "me", **values})
    assert (tmp_path / FILE).read_text() == "SITE_NAME=First\n"
