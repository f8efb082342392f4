"""What a page says after a form was taken: a word in the address that leads there chooses one of these sentences.

So the message needs no session, and a visitor without an account gets no cookie for it. The address ends in '#said',
where the message stands, and browsers give it the focus.
"""

from __future__ import annotations

from urllib.parse import urlsplit, urlunsplit

from django.utils.translation import gettext

NAME = "said"


def at(address: str, word: str) -> str:
    """`address` with the word of a message, in the place of an earlier one."""
    parts = urlsplit(address)
    query = [one for one in parts.query.split("&") if one and not one.startswith(f"{NAME}=")]
    return urlunsplit(("", "", parts.path, "&".join([*query, f"{NAME}={word}"]), NAME))


def sentence(request) -> str:
    """What the page says at its top; empty where the address holds no word, or none of these."""
    word = request.GET.get(NAME)
    if word is None:
        return ""
    return {
        "used": gettext("From now on “For you” uses what you read."),
        "unused": gettext("What you read is no longer used. What was kept stays until you forget it."),
        "wished": gettext("Your choices are saved."),
        "forgotten": gettext("All forgotten. “For you” begins again with what you read from now on."),
        "forgotten-one": gettext("That article is forgotten."),
        "less": gettext("Less like that is suggested from now on."),
        "hide": gettext("That article is no longer suggested."),
        "older": gettext("These and older articles are marked as read."),
        "followed": gettext("Your lists now hold the outlets you follow."),
    }.get(word, "")
