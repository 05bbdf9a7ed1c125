"""Folder, zip, PDF, image, OFD, XML, workbook → files and pages. All limits live here.

``take_in`` and ``Intake`` are loaded on first use: reading imports the limits from here and intake imports the page
identity from reading, so loading both at once would go round in a circle.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pipeline.intake.limits import Limits

if TYPE_CHECKING:
    from pipeline.intake.taking import Intake, take_in
    from pipeline.intake.workbook import read_workbook

__all__ = ["Intake", "Limits", "read_workbook", "take_in"]


def __getattr__(name: str) -> Any:
    if name in ("Intake", "take_in"):
        from pipeline.intake import taking

        return getattr(taking, name)
    if name == "read_workbook":
        from pipeline.intake.workbook import read_workbook

        return read_workbook
    raise AttributeError(name)
