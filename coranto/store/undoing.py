"""Undoing what the people who run the site did, as far as it can be undone. The undoing is an act of its own."""

from __future__ import annotations

from coranto.articles import Rule
from coranto.store import changes, deciding, editing, joins, notes, outlets, sources, ways
from coranto.store.changes import ChangeRow
from coranto.store.database import writing


def undo(change_id: int, by: str) -> ChangeRow | None:
    """Bring back what was there before an act; the act, or None where it is not there, was undone already, cannot be
    undone, or what it changed is gone."""
    with writing():
        change = changes.get(change_id)
        if change is None or not change.undoable or not UNDO[change.what](change, by):
            return None
        changes.mark_undone(change, by)
        return change


def undo_note(change: ChangeRow, by: str) -> bool:
    if not notes.may_stand(change.article_id):
        return False
    hidden, note = change.details["before"]
    notes.put(change.article_id, change.details["finding"], hidden, note, by)
    return True


def undo_pause(change: ChangeRow, by: str) -> bool:
    known = sources.get(change.details["source"])
    if known is not None and known.state == "paused":
        sources.resume(known.id)
    return known is not None


def undo_resume(change: ChangeRow, by: str) -> bool:
    known = sources.get(change.details["source"])
    if known is not None:
        sources.pause(known.id)
    return known is not None


def undo_outlet(change: ChangeRow, by: str) -> bool:
    if outlets.outlet_of(change.details["outlet"]) is None:
        return False
    editing.put_outlet(change.details["outlet"], change.details["before"])
    return True


def undo_source(change: ChangeRow, by: str) -> bool:
    before = change.details["before"]
    if not before or sources.get(change.details["source"]) is None:
        return False
    if "url" in before:
        try:
            editing.refuse_known(change.details["source"], change.details["outlet"], before["url"])
        except ValueError:
            return False
    editing.put_source(change.details["source"], before)
    return True


def undo_join(change: ChangeRow, by: str) -> bool:
    joins.restore(change.details["before"])
    return True


def undo_merge(change: ChangeRow, by: str) -> bool:
    return deciding.restore(change.details["story"], change.details["before"])


def undo_split(change: ChangeRow, by: str) -> bool:
    return deciding.restore(change.details["other"], change.details["before"])


def undo_added_rule(change: ChangeRow, by: str) -> bool:
    return ways.take_rule(change.details["outlet"], Rule(change.details["kind"], change.details["value"]))


def undo_removed_rule(change: ChangeRow, by: str) -> bool:
    outlet, rule = change.details["outlet"], Rule(change.details["kind"], change.details["value"])
    if outlets.outlet_of(outlet) is None or not ways.may_have(outlet, rule):
        return False
    ways.put_rule(outlet, rule, by)
    return True


UNDO = {
    "note": undo_note,
    "pause": undo_pause,
    "resume": undo_resume,
    "edit outlet": undo_outlet,
    "edit source": undo_source,
    "join": undo_join,
    "part": undo_join,
    "add rule": undo_added_rule,
    "remove rule": undo_removed_rule,
    "merge stories": undo_merge,
    "split story": undo_split,
}
