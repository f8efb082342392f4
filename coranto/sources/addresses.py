"""Web addresses: made absolute, cleaned of tracking, and folded to the key by which one article is one.

It only compares and rewrites strings. Whether an address may be connected to is decided by the guard of the fetcher.
"""

from __future__ import annotations

import re
from functools import lru_cache

import ada_url

_WEB = re.compile(r"https?://", re.IGNORECASE)
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:")
_HOST_LIKE = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9\-]*\.)+[A-Za-z]{2,}(?::\d+)?(?:[/?#]|\Z)")
_CONTROL = re.compile(r"[\t\r\n]+")
_TRACKING = re.compile(
    r"(?:utm_\w+|mtm_\w+|pk_(?:campaign|kwd|source|medium|content)|piwik_\w+|matomo_\w+|hsa_\w+|stm_\w+|itm_\w+"
    r"|at_(?:medium|campaign|custom\d|link_\w+|format|bbc_team|ptr_\w+)"
    r"|fbclid|gclid|gclsrc|dclid|gbraid|wbraid|msclkid|twclid|ttclid|yclid|ysclid|igshid|igsh|li_fat_id|epik|srsltid"
    r"|mc_[ce]id|mkt_tok|_hs(?:enc|mi)|hsctatracking|vero_(?:conv|id)|oly_(?:anon|enc)_id|ml_subscriber(?:_hash)?"
    r"|_ga|_gl|_openstat|wickedid|ncid|cmpid|s_cid|icid|ito|smid|smtyp|xtor|ns_(?:campaign|mchannel|source|linkname|fee)"
    r"|wt\.?(?:mc|zmc|rss)(?:_\w+|\.\w+)?|trk(?:campaign)?|ocid|rss|feed(?:type|name)?|ref_?(?:src|url)|guccounter"
    r"|guce_referr(?:er|er_sig)|__twitter_impression|amp_(?:js_v|gsa)|_branch_match_id|spm)",
    re.IGNORECASE,
)
_PLAIN_VALUES = {"rss": {"", "1", "yes", "true"}, "feed": {"", "rss", "atom"}}
_INDEX = re.compile(r"/(?:index|default)\.(?:html?|php\d?|aspx?|jsp|shtml|cfm)\Z", re.IGNORECASE)


def absolute(url: str | None, base: str | None = None) -> str | None:
    """`url` made absolute against `base`; None for nothing, and the words as they stand where no address results.

    An address that is already absolute is returned as it stands, but for surrounding space and line breaks.
    """
    if not url:
        return None
    url = url.strip()
    if not url:
        return None
    if "\n" in url or "\t" in url or "\r" in url:
        url = _CONTROL.sub("", url)
    if url.startswith(("http://", "https://")):
        return url
    if url.startswith("//"):
        return _joined(url, base) if base else "https:" + url
    if base is None or _SCHEME.match(url):
        return url
    return _joined(url, base)


def _joined(url: str, base: str) -> str:
    try:
        return ada_url.join_url(base, url)
    except ValueError:
        return url


def canonical_address(url: str | None) -> str | None:
    """The address an article is kept under: normalised as browsers do it, without fragment and tracking parameters.

    None for what is no http(s) address. The order of the remaining parameters is the address's own. `#!` fragments
    stay, since they name pages.
    """
    if not url:
        return None
    url = url.strip()
    if not _WEB.match(url):
        return None
    head, mark, fragment = url.partition("#")
    try:
        head = ada_url.normalize_url(head)
    except ValueError:
        return None
    if "?" in head:
        path, _, query = head.partition("?")
        query = _without_tracking(query)
        head = f"{path}?{query}" if query else path
    return f"{head}#{fragment}" if mark and fragment.startswith("!") else head


def _without_tracking(query: str) -> str:
    kept = []
    for part in query.split("&"):
        name, _, value = part.partition("=")
        if not part or (_TRACKING.fullmatch(name) and _only_tracks(name.lower(), value)):
            continue
        kept.append(part)
    return "&".join(kept)


def _only_tracks(name: str, value: str) -> bool:
    """A few names also choose a page elsewhere (`?feed=42`): they go only with a value that marks a reader's origin."""
    plain = _PLAIN_VALUES.get(name)
    return plain is None or value.lower() in plain


@lru_cache(maxsize=4096)
def _host_key(host: str) -> str:
    host = host.rsplit("@", 1)[-1]
    for port in (":80", ":443"):
        host = host.removesuffix(port)
    return host.removeprefix("www.").rstrip(".")


def address_key(url: str | None) -> str | None:
    """The key by which the same article from feed, sitemap and page is one; None for what is no http(s) address.

    Like `canonical_address`, with the scheme, a leading `www.`, index files and the trailing slash folded away. It is
    for comparing only and is no address: 'example.org/2026/flood'.
    """
    address = canonical_address(url)
    if address is None:
        return None
    rest = address[address.index("//") + 2 :]
    host, slash, path = rest.partition("/")
    tail = ""
    for mark in ("#", "?"):
        if mark in path:
            path, _, after = path.partition(mark)
            tail = f"{mark}{after}{tail}"
    if path:
        path = _INDEX.sub("/", slash + path).rstrip("/")
    return _host_key(host) + path + tail


def looks_like_host(text: str) -> bool:
    """Whether `text` is an address that somebody typed without its scheme ('example.org/news')."""
    return bool(_HOST_LIKE.match(text.strip()))
