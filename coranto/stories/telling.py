"""A report on a page as English sentences: for a terminal, and for programs that read it as JSON."""

from __future__ import annotations

from coranto.stories.evidence import contradicted, explained, supports
from coranto.stories.findings import Finding
from coranto.stories.remarks import Evidence, day_words, month_words
from coranto.stories.report import Match, Report, Written

_WITNESSES = {"text": "its visible text", "time": "its visible date", "address": "its address", "feed": "its feed"}
MARKUP = "its markup"


def contradiction_words(report: Report) -> list[str]:
    """What differs within the page, in the order of the report."""
    return [contradicted(found).says for found in report.contradictions]


def clue_words(written: Written) -> list[tuple[str, str]]:
    """(sentence, what it supports) of each clue, those of the text first."""
    return [(clue.quote, f"{supports(clue)}.") for clue in (*written.clues, *written.beside)]


def written_words(written: Written) -> list[str]:
    """When the text was written, as far as that can be said."""
    told = [_interval(written)]
    if written.together:
        told.append(
            f"What stands beside it shows that the page was put together on {day_words(written.together)} or later."
        )
    if written.supported is False:
        told.append(f"None of the clues supports {month_words(written.claimed)}; {witness_words(written)}.")
    if not written.month_known and (written.supported is False or written.claimed is None):
        told.append("The month in which it was written cannot be known from the page alone.")
    return told


def _interval(written: Written) -> str:
    earliest, latest = written.earliest, written.latest
    if earliest and latest:
        return f"By its own clues the text was written between {day_words(earliest)} and {day_words(latest)}."
    if earliest:
        return f"By its own clues the text was written after {day_words(earliest)}; how long after, none says."
    if latest:
        return f"By its own clues the text was written before {day_words(latest)}; how long before, none says."
    return "Nothing in the text says when it was written."


def witness_words(written: Written) -> str:
    """What the date of the page rests on."""
    places = list(dict.fromkeys(_WITNESSES.get(one, MARKUP) for one in written.witnesses))
    if len(places) > 1:
        return f"that date is given by {' and '.join(places)}"
    return f"that date rests on {''.join(places) or 'the page'} alone"


def match_words(match: Match) -> list[str]:
    """How much of its text the page shares with a stored article, and what differs there."""
    article, share = match.article, int(match.share * 100)
    seen = f", seen on {day_words(article.seen)}" if article.seen else ""
    if not match.same_text:
        return [f"{share} % of the shorter text stands in {article.outlet} too{seen}."]
    signed = f", signed {' and '.join(article.authors)}" if article.authors else ""
    dated = f", dated {day_words(article.published)}" if article.published else ""
    if match.itself:
        return [f"The page itself is stored{seen}{signed}{dated}."]
    stands = f"{share} % of this text stands in {article.outlet}{seen}{signed}{dated}."
    return [stands, *map(finding_words, match.findings)]


def finding_words(finding: Finding) -> str:
    """What the page shows otherwise than a stored article."""
    here, there = finding.here, finding.earlier
    if finding.kind == "date_differs":
        return f"Dated {day_words(here)} here, {day_words(there)} there."
    if finding.kind == "name_differs":
        return f"Signed {' and '.join(here)} here, {' and '.join(there)} there."
    if finding.kind == "headline_differs":
        return "The headline there is another."
    return explained((finding,))[0].says


def order_words(report: Report) -> str | None:
    """That who had the text first is open, where it is."""
    if report.sure:
        return None
    return "Which of these had the text first is not sure: what is known speaks for more than one."


def to_record(report: Report) -> dict:
    """The report as a JSON object, without the article itself."""
    written = report.written
    return {
        "named": [_evidence(one) for one in report.named],
        "contradictions": [_evidence(contradicted(one)) for one in report.contradictions],
        "written": {
            "earliest": written.earliest,
            "latest": written.latest,
            "page_put_together": written.together,
            "date": written.claimed,
            "date_supported": written.supported,
            "date_given_by": list(written.witnesses),
            "month_known": written.month_known,
            "clues": [
                {"kind": clue.kind, "quote": clue.quote, "earliest": clue.earliest, "latest": clue.latest,
                 "says": f"{supports(clue)}."}
                for clue in (*written.clues, *written.beside)
            ],
            "says": written_words(written),
        },
        "too_short": report.too_short,
        "first_is_sure": report.sure,
        "matches": None if report.matches is None else [_match(one) for one in report.matches],
    }  # fmt: skip


def _evidence(one: Evidence) -> dict:
    return {"kind": one.kind, "where": one.where, "quote": one.quote, "says": one.says, "name": one.name}


def _match(match: Match) -> dict:
    article = match.article
    return {
        "id": article.id, "url": article.url, "outlet": article.outlet, "title": article.title,
        "authors": list(article.authors), "published": article.published, "seen": article.seen,
        "share": round(match.share, 3), "same_text": match.same_text, "itself": match.itself,
        "differs": [
            {**_evidence(one), "says": finding_words(finding)}
            for one, finding in zip(explained(match.findings), match.findings, strict=True)
        ],
    }  # fmt: skip
