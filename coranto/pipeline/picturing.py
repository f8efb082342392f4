"""Fetching the pictures that wait, and having them made ready for pages by one process beside this one.

A picture is asked for as politely and as guarded as a page. What its bytes are is for `resizing` to say, in a process
that is started with the first picture, killed when it takes too long, and ended when no more wait.
"""

from __future__ import annotations

import asyncio
import json
import sys
from contextlib import suppress

from coranto.pictures import MOST_BYTES, SLOTS
from coranto.pipeline.fetching import Fetching
from coranto.pipeline.visiting import MOST_TRIES, PASSING, same_place
from coranto.sources.answers import FetchError, Request
from coranto.store import originals, pictures
from coranto.store.claims import worker_name
from coranto.store.pictures import PictureWork

AT_ONCE = 12
"""Pictures under way: each may hold `LARGEST` bytes, and one host's wait for their turns."""
LEASE = 1800.0
LARGEST = 10 * 1024 * 1024
LONGEST = 20.0
"""Seconds that one picture may take to be made ready."""
FIRST_WAIT = 600.0
ACCEPT = "image/avif, image/webp, image/png, image/jpeg, image/gif;q=0.8"


class Broken(Exception):
    """The process that makes pictures ready died of one, or was too long at it."""


class Resizer:
    """The process that makes pictures ready, one at a time, as an async context manager."""

    def __init__(self) -> None:
        self.process: asyncio.subprocess.Process | None = None
        self.turn = asyncio.Lock()

    async def __aenter__(self) -> Resizer:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.end()

    async def resize(self, body: bytes) -> tuple[int, int, dict[int, bytes]] | str:
        """Width and height of the original and WebP by slot; a sentence where it is refused. Raises `Broken`."""
        async with self.turn:
            try:
                async with asyncio.timeout(LONGEST):
                    return await self.asked(body)
            except (OSError, EOFError, ValueError, KeyError, asyncio.IncompleteReadError) as fault:
                await self.end()
                raise Broken("It was too much for what makes pictures ready.") from fault
            except asyncio.CancelledError:
                await self.end()
                raise

    async def asked(self, body: bytes) -> tuple[int, int, dict[int, bytes]] | str:
        if self.process is None:
            self.process = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "coranto.pipeline.resizing",
                stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, start_new_session=True,
            )  # fmt: skip
        self.process.stdin.write(b"%d\n" % len(body) + body)
        await self.process.stdin.drain()
        answer = json.loads(await self.process.stdout.readuntil(b"\n"))
        if "refused" in answer:
            return str(answer["refused"])
        sizes = {int(slot): int(size) for slot, size in answer["sizes"].items()}
        if not sizes.keys() <= set(SLOTS) or max(sizes.values()) > MOST_BYTES:
            raise ValueError("an answer that is none")
        files = {slot: await self.process.stdout.readexactly(size) for slot, size in sizes.items()}
        return int(answer["width"]), int(answer["height"]), files

    async def end(self) -> None:
        process, self.process = self.process, None
        if process is not None:
            with suppress(ProcessLookupError):
                process.kill()
            await process.wait()


async def fetch_pictures(fetching: Fetching) -> bool:
    """Fetch all pictures that wait now, the newest first; whether there were any. None are fetched while the disk is
    full."""
    if not await fetching.store(originals.keeping):
        return False
    found, under_way = False, set()
    async with Resizer() as resizer, asyncio.TaskGroup() as tasks:
        while True:
            works = []
            if len(under_way) <= AT_ONCE // 2:
                works = await fetching.store(pictures.claim, worker_name(), AT_ONCE // 2, LEASE)
            for work in works:
                task = tasks.create_task(fetch_picture(fetching, resizer, work))
                under_way.add(task)
                task.add_done_callback(under_way.discard)
            if not under_way:
                return found
            found = True
            await asyncio.wait(under_way, return_when=asyncio.FIRST_COMPLETED)


async def fetch_picture(fetching: Fetching, resizer: Resizer, work: PictureWork) -> None:
    """Fetch one picture and keep it, or say why it is not kept and when it is to be tried again."""
    try:
        answer = await fetching.fetcher.fetch(picture_request(work))
        made = "It is gone for good." if answer.gone else await resizer.resize(answer.body)
    except FetchError as failure:
        told = f"{failure.message} {failure.remedy}".strip()
        if (failure.kind in PASSING or (failure.status or 0) >= 500) and work.attempts < MOST_TRIES:
            wait = max(failure.retry_after or 0, FIRST_WAIT * 4 ** (work.attempts - 1))
            await fetching.store(pictures.later, work, told, wait)
        else:
            await fetching.store(pictures.refuse, work, told)
    except Broken as failure:
        await fetching.store(pictures.refuse, work, str(failure))
    else:
        if isinstance(made, str):
            await fetching.store(pictures.refuse, work, made)
        else:
            await fetching.store(pictures.keep, work, *made)


def picture_request(work: PictureWork) -> Request:
    """How to ask for a picture. What was allowed to a source goes to pictures of its own host and port alone, and a
    password to none: a picture is shown to more people than the one who has it."""
    source = next((one for one in work.sources if same_place(one, work.url)), None)
    if source is None:
        return Request(work.url, accept=ACCEPT, max_bytes=LARGEST)
    return Request(
        work.url,
        allow_private=source.allow_private,
        spacing=source.spacing,
        user_agent=source.user_agent,
        accept=ACCEPT,
        max_bytes=LARGEST,
    )
