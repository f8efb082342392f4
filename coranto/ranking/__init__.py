"""Reads and articles -> lists: Related, Most read, Rising, For you, each entry with its reason.

Values in, values out; no database, no clock, no web.
"""

from coranto.ranking.heat import apart, left, together
from coranto.ranking.index import Index
from coranto.ranking.interleaving import share, team_draft, verdict
from coranto.ranking.items import Impression, Item, Read, Recommended
from coranto.ranking.learned import CannotTrain, Model, NoModel
from coranto.ranking.most_read import Warm, decayed_hours, most_counted, most_read
from coranto.ranking.recommend import Balance, Scored, ranked, recommend, score_candidates, spread, train
from coranto.ranking.related import related, related_many
from coranto.ranking.rising import Counted, rising

__all__ = [
    "Balance", "CannotTrain", "Counted", "Impression", "Index", "Item", "Model", "NoModel", "Read", "Recommended",
    "Scored", "Warm", "apart", "decayed_hours", "left", "most_counted", "most_read", "ranked", "recommend", "related",
    "related_many", "rising", "score_candidates", "share", "spread", "team_draft", "together", "train", "verdict",
]  # fmt: skip
