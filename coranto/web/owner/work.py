"""What waits, what failed and why, and what ran last."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext, ngettext

from coranto.store import editing, pictures, runs, sources, steps
from coranto.web import addresses, times
from coranto.web.asking import account_id
from coranto.web.owner.only import by, done, given, owners_act, owners_page, shown

SHOWN = 50
LATE = timedelta(minutes=15)


@owners_page
def page(request):
    """The queue, step by step, the failures with a button for each, and the last runs."""
    user, now = account_id(request), timezone.now()
    failures, queues = steps.failed(SHOWN, user), steps.queues()
    total = len(steps.all_failed())
    context = {
        "here": "work",
        "queues": queues,
        "pictures": pictures.counts(),
        "names": step_names(),
        "failures": failures,
        "total": total,
        "summary": summary(queues, total),
        "stands_still": stands_still(user, now),
        "runs": [(run, run_words(run)) for run in runs.latest(12)],
        "run_names": run_names(),
    }
    return shown(request, "owner_work.html", **context)


def step_names() -> dict[str, str]:
    return {
        "fetch": gettext("Fetch pages"),
        "read": gettext("Read documents"),
        "group": gettext("Compare texts"),
    }


def run_names() -> dict[str, str]:
    return {"fetch": gettext("Ask the outlets"), "retention": gettext("Tidy up"), "import": gettext("Import")}


def summary(queues: list[steps.Queue], failed: int) -> str:
    """'212 articles wait for something; 3 failed.'"""
    waiting = sum(queue.waiting for queue in queues)
    told = [
        ngettext("%(num)s article waits.", "%(num)s articles wait.", waiting) % {"num": waiting}
        if waiting
        else gettext("Nothing waits.")
    ]
    if failed:
        told.append(ngettext("%(num)s failed.", "%(num)s failed.", failed) % {"num": failed})
    return " ".join(told)


def stands_still(user: int | None, now) -> str:
    """A sentence where sources are long due and nobody asks them; empty where all goes on."""
    active = [row for row in sources.listed(user) if row.state == "active" and row.due is not None]
    late = [row for row in active if now - row.due > LATE]
    asked = max((row.health.fetched for row in active if row.health.fetched), default=None)
    if not late or (asked and now - asked < LATE):
        return ""
    if asked is None:
        return gettext("No outlet was asked yet.")
    return gettext("No outlet was asked since %(time)s.") % {"time": times.when(asked, now)}


def run_words(run: runs.RunRow) -> str:
    """How a run went."""
    if run.ok is None:
        return gettext("not ended")
    if not run.ok:
        return run.message or gettext("failed")
    new, failed = run.counts.get("new", 0), run.counts.get("failed", 0)
    told = []
    if "sources" in run.counts:
        asked = run.counts["sources"]
        told.append(ngettext("%(num)s source asked", "%(num)s sources asked", asked) % {"num": asked})
        told.append(ngettext("%(num)s new article", "%(num)s new articles", new) % {"num": new})
    if failed:
        told.append(ngettext("%(num)s failed", "%(num)s failed", failed) % {"num": failed})
    return ", ".join([*told, run.message] if run.message else told) or gettext("done")


def chosen(request) -> list[int]:
    """The article that a button names; all that failed where it names none."""
    number = given(request, "article", 20)
    return [int(number)] if number.isdecimal() and len(number) < 19 else steps.all_failed()


@owners_act
def retry(request):
    """Try again what failed, one or all."""
    ids = chosen(request)
    count = steps.retry(ids)
    editing.written_down("retry", by(request), articles=count)
    told = ngettext("%(num)s article is tried again.", "%(num)s articles are tried again.", count)
    return done(request, told % {"num": count}, addresses.WORK)


@owners_act
def let_go(request):
    """Leave what failed as it is."""
    count = steps.let_go(chosen(request))
    editing.written_down("let go", by(request), articles=count)
    told = ngettext("%(num)s article stays as it is.", "%(num)s articles stay as they are.", count)
    return done(request, told % {"num": count}, addresses.WORK)
