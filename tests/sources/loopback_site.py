"""A site on loopback for the fetcher's tests: answers raw bytes, as slowly and as wrongly as a test wants."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from http import HTTPStatus

Route = bytes | Callable[["Asked", asyncio.StreamWriter], Awaitable[bytes | None]]

PUBLIC, PRIVATE = "127.0.0.1", "127.0.0.2"
"""Both are loopback; the tests' guard takes the first for a public address."""


def public_only(address) -> bool:
    return str(address) == PUBLIC


@dataclass
class Asked:
    """A request as it arrived."""

    path: str
    headers: dict[str, str]


@dataclass
class Site:
    """Routes by path ('*' for the rest) and what was asked of them."""

    routes: dict[str, Route] = field(default_factory=dict)
    asked: list[Asked] = field(default_factory=list)
    port: int = 0

    def url(self, path: str = "/", host: str = PUBLIC) -> str:
        return f"http://{host}:{self.port}{path}"

    def paths(self) -> list[str]:
        return [asked.path for asked in self.asked]

    @asynccontextmanager
    async def open(self, host: str = PUBLIC):
        server = await asyncio.start_server(self._serve, host, self.port)
        self.port = server.sockets[0].getsockname()[1]
        try:
            yield self
        finally:
            server.close()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while True:
                head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
                first, *lines = head.strip().split("\r\n")
                headers = {n.lower(): v.strip() for n, _, v in (line.partition(":") for line in lines)}
                asked = Asked(first.split(" ")[1], headers)
                self.asked.append(asked)
                route = self.routes.get(asked.path, self.routes.get("*", answer(404)))
                reply = route if isinstance(route, bytes) else await route(asked, writer)
                if reply is None:
                    return
                writer.write(reply)
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()


def answer(status: int = 200, body: bytes = b"", **headers: str) -> bytes:
    """A whole answer; header names are written with underscores for dashes."""
    lines = [f"HTTP/1.1 {status} {HTTPStatus(status).phrase}"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    if status != 304:
        lines.append(f"Content-Length: {len(body)}")
    return "\r\n".join([*lines, "", ""]).encode() + body


def redirect(to: str, status: int = 302) -> bytes:
    return answer(status, Location=to)
