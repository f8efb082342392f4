"""Articles -> stories: what is about the same event, which texts are copies, who had them first, what differs.

Values in, values out; no database, no clock, no web. `StoryStream` groups articles as they come, `examine` says of the
articles of one story where each comes from, `descent` which copy was taken from which, `independent_origins` how many
sources they go back to, `compare` sets one article beside the earliest of its text, `evidence_in` says what an article
gives away by itself, `check_page` says all that of one page and whose text it has.
"""

from coranto.stories.alignment import Passage
from coranto.stories.attribution import source_of
from coranto.stories.context import Context
from coranto.stories.copies import Copy, CopyGroup, near_copies
from coranto.stories.coverage import Assignment, Coverage, Kept, Story
from coranto.stories.descent import Taken, descent
from coranto.stories.evidence import evidence_in
from coranto.stories.findings import Estimate, Finding, Provenance
from coranto.stories.fingerprints import share, signature
from coranto.stories.headline import Candidate, headline_of
from coranto.stories.independence import Origin, Telling, independent_origins, telling_of
from coranto.stories.looking_up import phrases
from coranto.stories.origins import Choice, first_of
from coranto.stories.parts import parts
from coranto.stories.provenance import compare, examine
from coranto.stories.remarks import Evidence
from coranto.stories.report import Match, Report, Written, check_page
from coranto.stories.stream import StoryStream
from coranto.stories.traces import outline_in, same_words, trace, vector_of

__all__ = [
    "Assignment", "Candidate", "Choice", "Context", "Copy", "CopyGroup", "Coverage", "Estimate", "Evidence",
    "Finding", "Kept", "Match", "Origin", "Passage", "Provenance", "Report", "Story", "StoryStream", "Taken",
    "Telling", "Written", "check_page", "compare", "descent", "evidence_in", "examine", "first_of", "headline_of",
    "independent_origins", "near_copies", "outline_in", "parts", "phrases", "same_words", "share", "signature",
    "source_of", "telling_of", "trace", "vector_of",
]  # fmt: skip
