"""The tables, for migrations and for the few places that need no speed. Nobody outside this room imports them.

Every time is a whole number of microseconds since 1970 (`coranto.store.database`). The full-text index stands beside
these tables and is made by the first migration, each database having its own way.
"""

from coranto.store.models.articles import (
    Address,
    Article,
    ArticleAuthor,
    ArticleText,
    ArticleTopic,
    Author,
    CachedPicture,
    Picture,
    RecordNote,
    Related,
    Story,
    Topic,
    Trace,
)
from coranto.store.models.documents import Document, Original, Reading
from coranto.store.models.outlets import Outlet, OutletProfile, OutletRule, RobotsFile, Section, Source
from coranto.store.models.readers import (
    Access,
    Event,
    Follow,
    Invitation,
    Mark,
    Reaction,
    Read,
    Reader,
    ReadTo,
    Showing,
    SignInLimit,
    Tally,
    Visitors,
)
from coranto.store.models.works import Change, Counter, Lease, Run

__all__ = [
    "Access",
    "Address",
    "Article",
    "ArticleAuthor",
    "ArticleText",
    "ArticleTopic",
    "Author",
    "CachedPicture",
    "Change",
    "Counter",
    "Document",
    "Event",
    "Follow",
    "Invitation",
    "Lease",
    "Mark",
    "Original",
    "Outlet",
    "OutletProfile",
    "OutletRule",
    "Picture",
    "Reaction",
    "Read",
    "ReadTo",
    "Reader",
    "Reading",
    "RecordNote",
    "Related",
    "RobotsFile",
    "Run",
    "Section",
    "Showing",
    "SignInLimit",
    "Source",
    "Story",
    "Tally",
    "Topic",
    "Trace",
    "Visitors",
]
