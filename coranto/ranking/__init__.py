"""Reads and articles -> lists: Related, Most read, Rising, For you, each entry with its reason.

Values in, values out; no database, no clock, no web.
"""

from coranto.ranking.heat import together
from coranto.ranking.index import Index
from coranto.ranking.items import Impression, Item, Listed, Read
from coranto.ranking.learned import CannotTrain, Model
from coranto.ranking.recommend import Balance, Scored, ranked, recommend, score_candidates, spread, train
from coranto.ranking.related import related, related_many
from coranto.ranking.rising import Counted, rising

__all__ = [
    "Balance", "CannotTrain", "Counted", "Impression", "Index", "Item", "Listed", "Model", "Read", "Scored", "ranked",
    "recommend", "related", "related_many", "rising", "score_candidates", "spread", "together", "train",
]  # fmt: skip
