"""A loopback outlet, and the command line as a process of its own on the same store."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from outlet_server import OutletServer


@pytest.fixture
def outlet():
    server = OutletServer()
    yield server
    server.close()


@pytest.fixture
def coranto(stored):
    """Starts `coranto ARGUMENTS` on the test's store; gives the process."""
    started: list[subprocess.Popen] = []

    def start(*arguments: str) -> subprocess.Popen:
        address = stored.settings.database_url
        environment = {
            **os.environ,
            "CORANTO_DATA": str(stored.data),
            "SECRET_KEY": "for tests",
            "DATABASE_URL": address,
        }
        process = subprocess.Popen(
            [sys.executable, "-m", "coranto", *arguments],
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        started.append(process)
        return process

    yield start
    for process in started:
        if process.poll() is None:
            process.kill()
        process.communicate()
