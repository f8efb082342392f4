"""`coranto run` heeds that settings.env was written: the site's workers and the background work begin anew."""

from __future__ import annotations

import os
import signal
import subprocess
import time

import pytest

from coranto.commands.running import Children
from coranto.settings import FILE

SITE = "trap 'echo anew >> told' HUP; echo ready > told; while :; do sleep 0.02; done"


@pytest.fixture
def children(tmp_path, monkeypatch):
    """Two processes in the place of the site and the work; `started` are those begun since."""
    (tmp_path / FILE).write_text("SITE_NAME=First\n")
    made = Children(tmp_path)
    made.started = []
    monkeypatch.setattr(made, "start", lambda name, *command: made.started.append((name, *command)))
    made.running["site"] = subprocess.Popen(["sh", "-c", SITE], cwd=tmp_path, preexec_fn=hears_hang_ups)
    made.running["work"] = subprocess.Popen(["sleep", "600"])
    waits_for(tmp_path, "ready")
    yield made
    made.stop()


def hears_hang_ups() -> None:
    """A shell cannot trap a signal that whoever ran the tests (nohup) had ignored."""
    signal.signal(signal.SIGHUP, signal.SIG_DFL)


def waits_for(folder, word: str) -> None:
    for _ in range(500):
        if (folder / "told").exists() and word in (folder / "told").read_text():
            return
        time.sleep(0.02)
    raise AssertionError(f"nobody said {word}")


def test_processes_begin_anew_once_for_each_change(children, tmp_path):
    children.heed_options()
    assert children.started == []
    (tmp_path / FILE).write_text("SITE_NAME=The Lamp\n")
    children.heed_options()
    waits_for(tmp_path, "anew")
    assert children.started == [("work", "work", "--while-open")] and children.running["work"].poll() is not None
    children.heed_options()
    assert len(children.started) == 1


def test_a_file_that_cannot_be_read_changes_nothing(children, tmp_path, capsys):
    (tmp_path / FILE).write_text("TIME_ZONE=Nowhere\n")
    os.utime(tmp_path / FILE, (1, 1))
    children.heed_options()
    assert children.started == [] and children.running["work"].poll() is None
    assert "TIME_ZONE is 'Nowhere'" in capsys.readouterr().out
