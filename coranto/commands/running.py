"""Commands that set Coranto up and keep it running: init, run, serve, work.

`run` only starts and stops processes: the site (`serve`), the background work (`work`) and, where the data folder has
a demo, its outlets. Each is a process of its own, so that a long reading never holds up a page.
"""

from __future__ import annotations

import argparse
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

from coranto.commands import OK, Command, CommandError, data_words, opened, say, settings_of
from coranto.settings import FILE, SettingError, Settings, load, make_key, template

ALLOCATOR = {"MALLOC_ARENA_MAX": "1", "MALLOC_MMAP_THRESHOLD_": "131072"}
"""The C library keeps one heap, for a process runs one thread of Python at a time, and gives large pieces back at once:
some 15 MB less after a load."""
STOP_WITHIN = 15.0
"""Seconds that a process gets to stop by itself."""


def init_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--no-user", action="store_true", help="make no first account")


def init(options: argparse.Namespace) -> int:
    settings = set_up(options)
    say(f"Coranto lives in {settings.data}", f"Options: {settings.data / FILE}")
    if not options.no_user:
        from coranto.store import accounts

        password = accounts.first_user("owner")
        if password is not None:
            say(
                "",
                f"Your account: owner, password {password}",
                "It is shown this once; change it: coranto user passwd owner",
            )
    words = data_words(options)
    say("", f"Next: coranto add URL{words}, then: coranto run{words}")
    return OK


def set_up(options: argparse.Namespace) -> Settings:
    """The data folder with its options, key and database brought up to this version; what is there already stays."""
    settings = settings_of(options)
    settings.data.mkdir(parents=True, exist_ok=True, mode=0o700)
    make_key(settings.data)
    if not (settings.data / FILE).exists():
        (settings.data / FILE).write_text(template(), encoding="utf-8")
    settings = opened(options, web=True, must_exist=False)
    from coranto import store

    store.migrate()
    store.ready()
    return settings


def serve_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--host", help="address to listen on (setting HOST)")
    parser.add_argument("--port", type=port_number, help="port to listen on (setting PORT)")
    parser.add_argument("--while-open", action="store_true", help=argparse.SUPPRESS)


def port_number(given: str) -> int:
    from coranto.settings import port

    try:
        return port(given)
    except ValueError as expected:
        raise argparse.ArgumentTypeError(f"{given!r} is not {expected}") from None


def serve(options: argparse.Namespace) -> int:
    take_places(options)
    settings = opened(options)
    must_be_free(settings)
    stop_when_closed(options)
    run_site(settings)
    return OK


def take_places(options: argparse.Namespace) -> None:
    """Host and port of the command line become settings, for this process and those it starts."""
    for name in ("host", "port"):
        if getattr(options, name):
            os.environ[name.upper()] = str(getattr(options, name))


def run_site(settings: Settings) -> None:
    """Answer readers until told to stop. Granian starts the workers; each opens the store for itself."""
    try:
        from granian import Granian
    except ModuleNotFoundError as missing:
        from coranto.commands import needs_site

        raise needs_site(missing) from None
    # In a process of its own: what cuts and draws would stay in memory as long as the site runs.
    subprocess.run([sys.executable, "-m", "coranto.web.made_once", str(settings.data), settings.fonts], check=False)
    os.environ["CORANTO_DATA"] = str(settings.data)
    os.environ["DJANGO_SETTINGS_MODULE"] = "coranto.web.config"
    Granian(
        "coranto.web.wsgi:application",
        address=settings.host,
        port=settings.port,
        interface="wsgi",
        workers=settings.site_workers,
        blocking_threads=4,
        websockets=False,
        log_level="warning",
        respawn_failed_workers=True,
        workers_kill_timeout=10,
    ).serve()


def must_be_free(settings: Settings) -> None:
    """Raise `CommandError` where the site's address cannot be listened on."""
    place = f"{settings.host} port {settings.port}"
    try:
        family, kind, *_, where = socket.getaddrinfo(settings.host, settings.port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(where)
    except socket.gaierror:
        raise CommandError(
            f"There is no host {settings.host} to listen on.", "Correct HOST; 127.0.0.1 is this machine"
        ) from None
    except PermissionError:
        raise CommandError(
            f"You may not listen on {place}.", "Ports below 1024 are the system's; set PORT=8600 or so"
        ) from None
    except OSError as error:
        if error.errno == 99:
            raise CommandError(
                f"This machine has no address {settings.host}.", "Correct HOST; 127.0.0.1 is this machine"
            ) from None
        raise CommandError(
            f"{place} is in use by another program.", "Stop that, or name another port: PORT=8601, or --port 8601"
        ) from None


def work_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--until-idle", action="store_true", help="stop when nothing is due any more")
    parser.add_argument("--while-open", action="store_true", help=argparse.SUPPRESS)


def work(options: argparse.Namespace) -> int:
    settings = opened(options)
    stop_when_closed(options)
    from coranto.pipeline import worker

    worker.work(settings, until_idle=options.until_idle)
    return OK


def stop_when_closed(options: argparse.Namespace) -> None:
    """With `--while-open`: stop as if told to when standard input ends, so that no process outlives the one that
    started it, even where that was killed."""
    if not options.while_open:
        return

    def watch() -> None:
        while os.read(0, 4096):
            pass
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=watch, daemon=True).start()


def run_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--host", help="address to listen on (setting HOST)")
    parser.add_argument("--port", type=port_number, help="port to listen on (setting PORT)")
    parser.add_argument(
        "--demo-if-new", action="store_true", help="set a new data folder up and fill it with the demo's news"
    )


def run(options: argparse.Namespace) -> int:
    take_places(options)
    settings = settings_of(options)
    must_be_free(settings)
    has_demo = prepare(options, settings)
    children = Children(settings.data)
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        if has_demo:
            children.start("demo", "demo", "--while-open")
            # The work must not ask before the outlets answer: a refusal would put them off for minutes.
            for place in demo_places(settings.data):
                wait_for(*place, children)
        children.start("site", "serve", "--while-open")
        children.start("work", "work", "--while-open")
        wait_for(settings.host, settings.port, children)
        say(f"Coranto is at {settings.site_url}/ (Ctrl-C stops it)")
        children.watch()
    except KeyboardInterrupt:
        say("Stopping ...")
    finally:
        children.stop()
    return OK


def prepare(options: argparse.Namespace, settings: Settings) -> bool:
    """Bring the data folder up to this version, in processes of their own so that this one stays small. Whether the
    folder has a demo afterwards.

    With `--demo-if-new` a store that nobody uses yet gets the demo and then its first account: a first start that was
    cut short is done again, and a folder or database that was there but empty counts as new.
    """
    missing = not settings.database_url and not settings.data.exists()
    if missing and not options.demo_if_new:
        raise CommandError(
            f"There is no data folder {settings.data}.", f"Make it with: coranto init{data_words(options)}"
        )
    if missing or not up_to_date(options):
        step(settings, "init", "--no-user", quiet=True)
    if options.demo_if_new and not in_use(options):
        step(settings, "demo", "--add", quiet=True)
        step(settings, "init")
    from coranto import demo

    return demo.state(settings.data) is not None


def step(settings: Settings, *command: str, quiet: bool = False) -> None:
    """Run one command of our own on this data folder to its end; it says itself what went wrong."""
    done = subprocess.run(
        [sys.executable, "-m", "coranto", "--data", str(settings.data), *command],
        stdout=subprocess.DEVNULL if quiet else None,
    )
    if done.returncode:
        raise CommandError("The data folder could not be prepared.", "The line above says why", done.returncode)


def in_use(options: argparse.Namespace) -> bool:
    """Whether somebody has an account here or reads an outlet of their own."""
    from coranto.store import close, schema

    opened(options)
    try:
        return schema.in_use()
    finally:
        close()


def up_to_date(options: argparse.Namespace) -> bool:
    """Whether the database is there and of this version. What else is wrong with it is told by its own message."""
    from coranto.store import StoreError, close

    try:
        opened(options)
    except StoreError:
        return False
    finally:
        close()
    return True


class Children:
    """The processes that `run` started, by name. They stop when this one stops, however it ends."""

    def __init__(self, data: Path):
        self.data = data
        self.running: dict[str, subprocess.Popen] = {}
        self.written = self.options_file()

    def options_file(self) -> tuple[int, int] | None:
        """What tells that `settings.env` was written: its time and size."""
        try:
            found = (self.data / FILE).stat()
        except OSError:
            return None
        return found.st_mtime_ns, found.st_size

    def heed_options(self) -> None:
        """Start the site's workers and the background work anew where `settings.env` has changed and can be read."""
        written = self.options_file()
        if written == self.written:
            return
        self.written = written
        try:
            load(self.data)
        except SettingError as fault:
            say(f"{fault} Until then the settings stay as they were.")
            return
        self.running["site"].send_signal(signal.SIGHUP)
        work = self.running["work"]
        work.terminate()
        try:
            work.wait(STOP_WITHIN)
        except subprocess.TimeoutExpired:
            work.kill()
            work.wait()
        self.start("work", "work", "--while-open")

    def start(self, name: str, *command: str) -> None:
        # A session of its own: Ctrl-C reaches this process alone, which then stops the others in order.
        self.running[name] = subprocess.Popen(
            [sys.executable, "-m", "coranto", "--data", str(self.data), *command],
            stdin=subprocess.PIPE,
            start_new_session=True,
            env={**ALLOCATOR, **os.environ},
        )

    def ended(self) -> str | None:
        return next((name for name, child in self.running.items() if child.poll() is not None), None)

    def watch(self) -> None:
        """Return only by an exception: an interrupt, or `CommandError` when a process ended by itself."""
        while (name := self.ended()) is None:
            time.sleep(0.5)
            self.heed_options()
        code = self.running[name].returncode
        raise CommandError(
            f"The process for {name} ended by itself (exit code {code}).", "Its last lines above say why"
        )

    def stop(self) -> None:
        for child in self.running.values():
            if child.poll() is None:
                child.terminate()
        limit = time.monotonic() + STOP_WITHIN
        for child in self.running.values():
            try:
                child.wait(max(0.1, limit - time.monotonic()))
            except subprocess.TimeoutExpired:
                child.kill()
                child.wait()


def demo_places(data: Path) -> list[tuple[str, int]]:
    """Where the invented outlets of this data folder listen."""
    from coranto import demo

    kept = demo.state(data)
    return [(demo.HOST, port) for port in kept.ports.values()] if kept else []


def wait_for(host: str, port: int, children: Children) -> None:
    """Return when `host` takes connections at `port`, or when a process has ended by itself."""
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 - to be replaced
    while children.ended() is None:
        try:
            socket.create_connection((host, port), 1).close()
            return
        except OSError:
            time.sleep(0.05)


COMMANDS = (
    Command(
        "init",
        "Make a data folder: options, secret key, database, first account.",
        (
            "coranto init",
            "coranto init --data /srv/news --no-user",
            "DATABASE_URL=postgresql://coranto:secret@localhost/news coranto init",
        ),
        init_arguments,
        init,
    ),
    Command(
        "run",
        "Run everything: the site, fetching and background work.",
        (
            "coranto run",
            "PORT=8601 coranto run --data /srv/news",
            "coranto run --host 0.0.0.0",
        ),
        run_arguments,
        run,
    ),
    Command(
        "serve",
        "Answer readers only; the background work runs elsewhere.",
        ("coranto serve --port 8601",),
        serve_arguments,
        serve,
    ),
    Command(
        "work",
        "Do the background work only: fetch, read, group, tidy up. More than one may run, on other hosts too.",
        (
            "coranto work",
            "coranto work --until-idle",
        ),
        work_arguments,
        work,
    ),
)
