"""One submission on its way through the floors: what was asked for, what came in, what was read, what came out."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from flows.ledgers import Ledgers
from pipeline.intake import Intake
from pipeline.model import Category, PageReading, Report, Stage
from pipeline.policy import Policy
from reports import ReportSet


@dataclass(frozen=True)
class CheckOptions:
    """What a person asked for."""

    paths: tuple[Path, ...]
    categories: tuple[Category, ...] = ()
    renewal: bool = False
    applicant: str | None = None
    uscc: str | None = None
    policy: str = "2020"
    stage: Stage = "window"
    second_copies: tuple[Path, ...] = ()
    ledgers: Path | None = None
    out: Path | None = None
    today: date | None = None


@dataclass(frozen=True)
class CheckOutcome:
    report: Report
    papers: ReportSet | None


@dataclass
class Case:
    """One submission on its way through the floors."""

    options: CheckOptions
    policy: Policy
    intake: Intake
    started: float
    ledgers: Ledgers = field(default_factory=Ledgers)
    readings: dict[str, PageReading] = field(default_factory=dict)
    pages_read: int = 0
    pages_from_cache: int = 0

    @property
    def originals(self) -> dict[str, Path]:
        """File id → where it lies on the user's disk, for links; members of archives have no such place."""
        places = self.intake.places
        return {f.id: places[f.id] for f in self.intake.files if f.parent is None and f.id in places}
