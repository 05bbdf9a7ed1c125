"""Floor 4: how people see a finished report. Nothing here decides anything."""

from reports.base import NoPictures, NoticeFacts, Pictures, ReconciliationSet, ReportSet, crop_window
from reports.ordering import anchor_of, applicant_findings, undecided
from reports.writing import ReportWriteError

__all__ = [
    "NoPictures", "NoticeFacts", "Pictures", "ReconciliationSet", "ReportSet", "ReportWriteError", "anchor_of", "applicant_findings",
    "crop_window", "undecided",
]  # fmt: skip
