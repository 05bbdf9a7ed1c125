"""Scores of ``check`` against the truth of made-up submissions: the ruler for reading and for the rules."""

from flows.score.result import Score
from flows.score.run import READINGS, Reading, score_folders

__all__ = ["READINGS", "Reading", "Score", "score_folders"]
