"""Folder, zip, PDF, image, OFD, XML, workbook → files and pages. All limits live here; nothing here knows how to read."""

from pipeline.intake.limits import Limits
from pipeline.intake.taking import Intake, take_in
from pipeline.intake.workbook import read_workbook

__all__ = ["Intake", "Limits", "read_workbook", "take_in"]
