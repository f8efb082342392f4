"""The invented outlets on loopback: one port each, kept in the data folder together with day zero.

`ensure` makes the state of a first start, `serve` answers until it is stopped. Reading the outlets is the pipeline's
business: it gets their doors from `doors` and treats them like any other.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import os
import signal
import socket
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from coranto.demo.world import description, load, outlets, zero_day, zone_of

HOST = "127.0.0.1"
STATE = "demo.json"
SECONDS_BETWEEN_REQUESTS = 0.0


class DemoError(Exception):
    """The demo cannot do what was asked: `message` says why, `remedy` what to do."""

    def __init__(self, message: str, remedy: str):
        super().__init__(f"{message} {remedy}")
        self.message, self.remedy = message, remedy


@dataclass(frozen=True, slots=True)
class State:
    """What a first start decided: the day the texts are dated from, and each outlet's port."""

    day_zero: date
    ports: dict[str, int]

    @property
    def bases(self) -> dict[str, str]:
        return {name: f"http://{HOST}:{port}" for name, port in self.ports.items()}


@dataclass(frozen=True, slots=True)
class Door:
    """Where the pipeline finds an invented outlet's articles: `kind` is 'feed', 'sitemap' or 'listing'."""

    outlet: str
    language: str
    tagline: str
    kind: str
    url: str
    home_url: str
    spacing: float
    section: str | None = None


def state(data: Path) -> State | None:
    """The state kept in the data folder, or None before the first start."""
    path = data / STATE
    try:
        kept = json.loads(path.read_text(encoding="utf-8"))
        return State(date.fromisoformat(kept["day_zero"]), {name: int(port) for name, port in kept["ports"].items()})
    except FileNotFoundError:
        return None
    except (ValueError, KeyError, TypeError) as error:
        raise DemoError(f"{path} cannot be read: {error}.", "Remove the demo with: coranto demo --remove") from error


def ensure(data: Path, now: datetime | None = None) -> State:
    """The kept state, made on the first call: day zero from `now`, and free ports."""
    if kept := state(data):
        return kept
    world = description()
    made = State(zero_day(now or datetime.now(UTC), zone_of(world)), _free_ports(list(outlets(world))))
    written = json.dumps({"day_zero": made.day_zero.isoformat(), "ports": made.ports}, indent=1)
    temporary = data / f"{STATE}.new"
    temporary.write_text(written, encoding="utf-8")
    os.replace(temporary, data / STATE)
    return made


def forget(data: Path) -> None:
    """Drops the state; the store's part of removing the demo is the pipeline's."""
    (data / STATE).unlink(missing_ok=True)


def doors(kept: State) -> list[Door]:
    """Every invented outlet's door, honest ones and the farm alike."""
    found = []
    for outlet in outlets(description()).values():
        base = kept.bases[outlet.id]
        kind = "feed" if outlet.door.startswith("feed") else outlet.door
        url = {"feed": f"{base}/feed.xml", "sitemap": f"{base}/sitemap.xml", "listing": f"{base}/"}[kind]
        found.append(
            Door(
                outlet.name,
                outlet.language,
                outlet.tagline,
                kind,
                url,
                f"{base}/",
                SECONDS_BETWEEN_REQUESTS,
                outlet.section,
            )
        )
    return found


def serve(data: Path, ready: Callable[[State], None] | None = None) -> None:
    """Serves every outlet until SIGINT or SIGTERM. `ready` is called once all ports listen. Raises DemoError where a
    kept port is in use."""
    kept = ensure(data)
    asyncio.run(_serve(kept, ready))


async def _serve(kept: State, ready: Callable[[State], None] | None) -> None:
    from aiohttp import web

    from coranto.demo.site import Site

    world = load(kept.day_zero)
    runners = []
    try:
        for outlet in world.outlets.values():
            site = Site(world, outlet, kept.bases)
            app = web.Application()
            app.router.add_get("/{path:.*}", _handler(site))
            runner = web.AppRunner(app, access_log=None)
            await runner.setup()
            runners.append(runner)
            try:
                await web.TCPSite(runner, HOST, kept.ports[outlet.id]).start()
            except OSError as error:
                raise DemoError(
                    f"Port {kept.ports[outlet.id]}, which {outlet.name} keeps in this data folder, is in use.",
                    "Stop that program, or remove the demo with: coranto demo --remove",
                ) from error
        if ready:
            ready(kept)
        stopped = asyncio.Event()
        for name in (signal.SIGINT, signal.SIGTERM):
            asyncio.get_running_loop().add_signal_handler(name, stopped.set)
        await stopped.wait()
    finally:
        for runner in runners:
            await runner.cleanup()


def _handler(site):
    from aiohttp import web

    rendered: dict[str, tuple[str, bytes, str]] = {}

    async def answer(request: web.Request) -> web.Response:
        path = request.rel_url.raw_path
        if path not in rendered:
            found = site.answer(path)
            if found is None:
                return web.Response(status=404, text="There is no such page here.\n")
            # Pictures are large and asked for once; pages are kept for conditional requests.
            kind, body = found
            tag = f'"{hashlib.blake2b(body, digest_size=12).hexdigest()}"'
            if kind.startswith("image/"):
                return web.Response(body=body, headers={"Content-Type": kind, "ETag": tag})
            rendered[path] = kind, body, tag
        kind, body, tag = rendered[path]
        if request.headers.get("If-None-Match") == tag:
            return web.Response(status=304, headers={"ETag": tag})
        return web.Response(body=body, headers={"Content-Type": kind, "ETag": tag})

    return answer


def _free_ports(names: list[str]) -> dict[str, int]:
    """A free port for each name, all different."""
    held = []
    try:
        for _ in names:
            door = socket.socket()
            door.bind((HOST, 0))
            held.append(door)
        return {name: door.getsockname()[1] for name, door in zip(names, held, strict=True)}
    finally:
        for door in held:
            door.close()
