"""What is shipped for serving others: files that name only what there is, and an installation that is whole."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from coranto.settings import BY_NAME

ROOT = Path(__file__).parent.parent
PIN = re.compile(r"(?m)^([A-Za-z0-9._-]+)==(\S+)")


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def test_what_is_served_is_what_is_tested_with_the_driver_of_postgresql():
    served, tested = (dict(PIN.findall(read(f"requirements/{name}.txt"))) for name in ("served", "dev"))
    assert {"psycopg", "psycopg-binary", "setuptools"} <= served.keys() and "pytest" not in served
    assert served.items() <= tested.items()
    assert served.items() >= dict(PIN.findall(read("requirements/run.txt"))).items()
    assert read("requirements/served.txt").count("--hash=sha256:") > len(served)


@pytest.mark.parametrize(
    ("name", "option"),
    [("Dockerfile", r"\b([A-Z_]+)=\S"), ("deploy/compose.yaml", r"(?m)^ {6}([A-Z_]+):"),
     ("deploy/coranto.service", r"(?m)^Environment=([A-Z_]+)=")],
)  # fmt: skip
def test_every_setting_that_a_file_gives_is_one(name, option):
    foreign = {"PATH", "PYTHONDONTWRITEBYTECODE", "POSTGRES_USER", "POSTGRES_DB", "POSTGRES_PASSWORD"}
    given = set(re.findall(option, read(name))) - foreign
    assert given and given <= BY_NAME.keys(), given - BY_NAME.keys()


def test_the_container_has_no_rights_and_its_packages_are_checked():
    file = read("Dockerfile")
    assert "--require-hashes -r requirements/served.txt" in file
    assert file.index("USER 10001") < file.index('CMD ["coranto')
    copied = re.findall(r"(?m)^COPY (?!--from)(.+) \S+$", file)
    assert all((ROOT / name).exists() for line in copied for name in line.split())
    for line in read(".dockerignore").splitlines():
        assert not line.startswith("!") or (ROOT / line[1:]).exists(), line


def test_commands_of_the_document_are_commands():
    from coranto.cli import COMMANDS

    named = set(re.findall(r"(?m)\bcoranto (init|backup|restore|add|user|run|[a-z]+) ", read("docs/deployment.md")))
    assert {"init", "backup", "restore", "user"} <= named
    lines = re.findall(r"(?m)^coranto (\w+)", read("docs/deployment.md"))
    assert set(lines) <= {command.name for command in COMMANDS}


def test_the_unit_is_one(tmp_path):
    """systemd itself reads the unit, where there is systemd; the program it names is put where the test has it."""
    verify = shutil.which("systemd-analyze")
    if verify is None:
        pytest.skip("there is no systemd-analyze")
    unit = tmp_path / "coranto.service"
    unit.write_text(read("deploy/coranto.service").replace("/opt/coranto/bin/coranto", sys.executable))
    done = subprocess.run([verify, "verify", "--man=no", str(unit)], capture_output=True, text=True)
    assert done.returncode == 0 and "coranto.service" not in done.stderr, done.stderr


def test_an_installation_holds_every_page_style_and_script(tmp_path):
    """Built as the Dockerfile does: without network, from the files it copies."""
    source = tmp_path / "source"
    shutil.copytree(ROOT / "coranto", source / "coranto", ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md", "LICENSE", "NOTICE"):
        shutil.copy(ROOT / name, source / name)
    program = "from setuptools.build_meta import build_wheel; print(build_wheel('.'))"
    done = subprocess.run([sys.executable, "-c", program], cwd=source, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    with zipfile.ZipFile(source / done.stdout.splitlines()[-1]) as wheel:
        packed = {name for name in wheel.namelist() if name.startswith("coranto/")}
    wanted = {path.relative_to(ROOT).as_posix() for path in (ROOT / "coranto").rglob("*") if path.is_file()}
    missing = {name for name in wanted - packed if "__pycache__" not in name}
    assert not missing
