"""Floor 4: how people see a finished report. Nothing here decides anything."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from pipeline.model import Report
from reports.base import (
    CHECK_XLSX,
    NOTICE_DOCX,
    REPORT_HTML,
    REPORT_JSON,
    NoPictures,
    NoticeFacts,
    Pictures,
    ReconciliationSet,
    ReportSet,
    crop_window,
)
from reports.html import render_html
from reports.ordering import anchor_of, applicant_findings, undecided
from reports.reconciliation import write_reconciliation
from reports.word import render_notice
from reports.workbook import render_workbook
from reports.writing import ReportWriteError, write_atomic

__all__ = [
    "NoPictures", "NoticeFacts", "Pictures", "ReconciliationSet", "ReportSet", "ReportWriteError", "anchor_of", "applicant_findings", "crop_window",
    "render_html", "render_notice", "render_workbook", "undecided", "write_reconciliation", "write_report_set",
]  # fmt: skip


def write_report_set(
    report: Report, out: Path, pictures: Pictures, *, notice: NoticeFacts, sources: Mapping[str, Path] | None = None
) -> ReportSet:
    """Write the papers of one check into ``out``: ``report.json``, ``report.html``, ``补正通知书.docx``, ``核查表.xlsx``.

    Our own files are replaced in one step each, whatever else lies in ``out`` is left alone. ``report.json`` comes first, so
    that nothing people decided by is lost when an Office file is open and cannot be replaced.

    Args:
        report: the finished report.
        out: folder, made when missing.
        pictures: cuts the pictures of findings (``NoPictures()`` for none).
        notice: facts of the policy year.
        sources: file id → path on disk, for links into the originals; only what exists is linked.

    Raises:
        ReportWriteError: when a paper cannot be written.
    """
    paths = ReportSet(json=out / REPORT_JSON, html=out / REPORT_HTML, notice=out / NOTICE_DOCX, workbook=out / CHECK_XLSX)
    write_atomic(paths.json, (report.model_dump_json(by_alias=True, indent=1) + "\n").encode())
    write_atomic(paths.html, render_html(report, pictures, notice=notice, out=out, sources=sources).encode())
    write_atomic(paths.notice, render_notice(report, notice))
    write_atomic(paths.workbook, render_workbook(report, notice, out=out, sources=sources))
    return paths
