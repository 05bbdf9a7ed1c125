"""What a score says. Counts are kept, shares are computed, so that scores of several runs can be added."""

from __future__ import annotations

from typing import Literal

from pipeline.model import Category, Severity, Stage
from pipeline.model.base import Model

FieldWord = Literal["right_proved", "right_read", "doubtful_right", "doubtful_wrong", "missing", "silent_wrong"]
"""right_*: true and sure; doubtful_*: a person is asked; missing: nothing read; silent_wrong: sure and not true (the worst)."""

FIELD_WORDS: tuple[FieldWord, ...] = ("right_proved", "right_read", "doubtful_right", "doubtful_wrong", "missing", "silent_wrong")


class DefectScore(Model):
    """How one planted defect fared: ``found`` where it lies, ``elsewhere`` an answering rule spoke of another place."""

    name: str
    innocent: bool = False
    planted: int = 0
    found: int = 0
    elsewhere: int = 0
    severities: dict[str, int] = {}
    """Worst severity of the answer → how often."""
    accused: int = 0
    """Innocent look-alikes that got a demand (correct or reject) of a rule that watches for them."""

    @property
    def recall(self) -> float:
        return self.found / self.planted if self.planted else 0.0


class Accusation(Model):
    """A demand (correct or reject) that answers nothing planted."""

    sample: str
    rule: str
    severity: Severity
    message: str
    stage: Stage


class FieldScore(Model):
    """Values of one kind of paper: ``words`` counts each outcome."""

    kind: str
    field: str
    type: str = "text"
    words: dict[str, int] = {}

    @property
    def total(self) -> int:
        return sum(self.words.values())

    def share(self, *words: FieldWord) -> float:
        return sum(self.words.get(word, 0) for word in words) / self.total if self.total else 0.0


class SealScore(Model):
    """Seals by role in truth (``role`` ``any`` = all but the printed ones): found, missed, and seals that are none."""

    role: str
    truth: int = 0
    found: int = 0
    role_right: int = 0
    invented: int = 0


class PageScore(Model):
    """Page facts: printed labels, volume numbers, rotation, blank pages, and documents' kinds by page."""

    fact: Literal["label", "volume_label", "rotation", "blank", "kind"]
    truth: int = 0
    right: int = 0
    wrong: int = 0
    """A value, but another one; for ``truth`` pages without the fact: one was invented."""
    none: int = 0


class SampleScore(Model):
    """One submission."""

    sample: str
    seed: int
    categories: tuple[Category, ...]
    clean: bool
    reviews: int
    demands: int
    verdict: str
    pages: int
    seconds: float


class Score(Model):
    """Everything together."""

    reading: str
    stages: tuple[Stage, ...]
    samples: tuple[SampleScore, ...] = ()
    defects: tuple[DefectScore, ...] = ()
    accusations_on_clean: tuple[Accusation, ...] = ()
    accusations_beside: tuple[Accusation, ...] = ()
    """Demands in defective submissions that answer no planted defect."""
    fields: tuple[FieldScore, ...] = ()
    seals: tuple[SealScore, ...] = ()
    pages: tuple[PageScore, ...] = ()

    @property
    def recall(self) -> float:
        planted = sum(d.planted for d in self.defects if not d.innocent)
        return sum(d.found for d in self.defects if not d.innocent) / planted if planted else 0.0

    @property
    def median_reviews_on_clean(self) -> float | None:
        counts = sorted(s.reviews for s in self.samples if s.clean)
        if not counts:
            return None
        middle = len(counts) // 2
        return float(counts[middle]) if len(counts) % 2 else (counts[middle - 1] + counts[middle]) / 2
