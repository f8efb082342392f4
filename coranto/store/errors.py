"""What may go wrong with a database, as one message that names the place and the remedy."""

from __future__ import annotations


class StoreError(Exception):
    """The store cannot do what was asked: `message` says what is wrong, `remedy` what to do about it."""

    def __init__(self, message: str, remedy: str = "") -> None:
        super().__init__(f"{message} {remedy}".strip())
        self.message = message
        self.remedy = remedy


SQLITE_FAULTS = (
    (
        "database is locked",
        "The database {place} is locked by another program.",
        "Stop the program that holds it (another copy of coranto, a database browser), then try again.",
    ),
    (
        "database table is locked",
        "The database {place} is locked by another program.",
        "Stop the program that holds it (another copy of coranto, a database browser), then try again.",
    ),
    (
        "database or disk is full",
        "The disk that holds {place} is full.",
        "Free some space or lower ORIGINALS_DAYS, then try again; nothing was half done.",
    ),
    (
        "disk i/o error",
        "The disk that holds {place} does not answer as it should.",
        "Look at the system's log for disk errors; restore a backup if the file is damaged.",
    ),
    (
        "readonly database",
        "The database {place} cannot be written to.",
        "Give the user that runs coranto write permission on the file and its folder.",
    ),
    (
        "unable to open database file",
        "The database {place} cannot be opened.",
        "See that its folder exists and that the user that runs coranto may write to it.",
    ),
    (
        "file is not a database",
        "The file {place} is not a database of Coranto.",
        "Move it away and run 'coranto init', or restore a backup.",
    ),
    ("malformed", "The database {place} is damaged.", "Restore the last backup: coranto restore FILE."),
    ("no such table", "The database {place} has not been set up.", "Run 'coranto init'."),
)

POSTGRESQL_FAULTS = (
    (
        "does not exist",
        "The PostgreSQL database {place} is not set up: {fault}",
        "Create the database and the role that DATABASE_URL names, then run 'coranto init'.",
    ),
    (
        "authentication failed",
        "PostgreSQL refuses the user of {place}.",
        "Correct the user and password in DATABASE_URL.",
    ),
    (
        "connection",
        "PostgreSQL at {place} cannot be reached: {fault}",
        "See that the server runs and that DATABASE_URL names its host and port.",
    ),
    (
        "no space left",
        "The disk of the PostgreSQL server of {place} is full.",
        "Free some space there, then try again.",
    ),
    (
        "too many clients",
        "PostgreSQL at {place} has no connection left.",
        "Raise max_connections or run fewer workers.",
    ),
    (
        "violates foreign key constraint",
        "What this belongs to in {place} was taken away at the same time: {fault}",
        "Try again; nothing was half done.",
    ),
    (
        "deadlock detected",
        "Two changes in {place} waited for each other.",
        "Try again; nothing was half done.",
    ),
)


def explained(fault: Exception, postgresql: bool, place: str) -> StoreError | None:
    """The plain words for a database driver's error, or None where it is no known trouble of the place."""
    text = str(fault).strip()
    for sign, message, remedy in POSTGRESQL_FAULTS if postgresql else SQLITE_FAULTS:
        if sign in text.lower():
            first = text.splitlines()[0] if text else ""
            return StoreError(message.format(place=place, fault=first), remedy)
    return None
