"""What floor 4 needs from outside (pictures, facts of the policy year) and what it gives back (paths)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Protocol

from pipeline.model import Box, clamp_box

REPORT_JSON = "report.json"
REPORT_HTML = "report.html"
NOTICE_DOCX = "补正通知书.docx"
CHECK_XLSX = "核查表.xlsx"
RECONCILE_JSON = "reconcile.json"
RECONCILE_HTML = "reconcile.html"
RECONCILE_XLSX = "核对结果.xlsx"

WHOLE_PAGE: Box = (0.0, 0.0, 1.0, 1.0)
_LEAST_WIDTH, _LEAST_HEIGHT = 0.56, 0.16
_MARGIN_X, _MARGIN_Y = 0.03, 0.025


class Pictures(Protocol):
    """Cuts pictures out of pages; flows implement it, tests fake it."""

    def crop(self, file: str, page: int, box: Box | None, *, width_px: int = 900) -> bytes | None:
        """A JPEG of the upright page, cut to exactly ``crop_window(box)`` and about ``width_px`` pixels wide.

        Args:
            file: id of the file.
            page: index of the page, from 0.
            box: what the finding points at, fractions of the upright page; None = the whole page.
            width_px: wished width in pixels.

        Returns:
            JPEG bytes, or None when no picture can be made. The box itself is not drawn in: the report draws it.
        """
        ...


class NoPictures:
    """For runs without pictures."""

    def crop(self, file: str, page: int, box: Box | None, *, width_px: int = 900) -> bytes | None:
        return None


def crop_window(box: Box | None) -> Box:
    """The part of the page shown around ``box``: enough paper around it to know the place again, never the bare box.

    Fractions of the upright page. Both sides, the one that cuts and the one that draws the frame, must use this.
    """
    if box is None:
        return WHOLE_PAGE
    x0, y0, x1, y1 = clamp_box(*box)
    x0, x1 = _widen(x0, x1, _MARGIN_X, _LEAST_WIDTH)
    y0, y1 = _widen(y0, y1, _MARGIN_Y, _LEAST_HEIGHT)
    return (x0, y0, x1, y1)


def _widen(low: float, high: float, margin: float, least: float) -> tuple[float, float]:
    """Widen a span by the margin to at least ``least``, shifted (not cut) where it would leave the page."""
    size = min(1.0, max(high - low + 2 * margin, least))
    start = min(max(0.0, (low + high - size) / 2), 1.0 - size)
    return (start, start + size)


@dataclass(frozen=True)
class NoticeFacts:
    """Facts of the policy year that stand in papers; flows fill it from the policy, no number of the guide is here.

    Attributes:
        office: who accepts, e.g. 深圳市工业和信息化局.
        programme: e.g. 深圳市企业技术改造扶持计划.
        guide_title: full title of the guide, without 《》.
        deadline: last day on which mended papers are taken.
        place: where they are handed in.
        phones: of the office, for questions about the substance.
        support_phones: of the system's technical support.
        appointment: how to make an appointment, one sentence, or "".
        deadline_clause: clause of deadline and place.
        seal_clause: clause that asks for seals, page numbers and binding.
        seal_sentence: that demand in one sentence, or "" to leave it out.
        category_titles: category id → title.
        clauses: clause → the guide's own words.
    """

    office: str
    programme: str
    guide_title: str
    deadline: date
    place: str
    phones: tuple[str, ...]
    support_phones: tuple[str, ...] = ()
    appointment: str = ""
    deadline_clause: str = ""
    seal_clause: str = ""
    seal_sentence: str = ""
    category_titles: Mapping[str, str] = field(default_factory=dict)
    clauses: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class ReportSet:
    """Where the papers of a check were written."""

    json: Path
    html: Path
    notice: Path
    workbook: Path

    @property
    def paths(self) -> tuple[Path, ...]:
        return (self.json, self.html, self.notice, self.workbook)


@dataclass(frozen=True)
class ReconciliationSet:
    """Where the papers of a reconciliation were written."""

    json: Path
    html: Path
    workbook: Path

    @property
    def paths(self) -> tuple[Path, ...]:
        return (self.json, self.html, self.workbook)
