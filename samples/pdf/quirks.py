"""How the programs that write electronic papers differ: fonts, order of the text, where the seal hangs, what they say of themselves."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from samples.pdf.metrics import FontKind

Turn = Literal[0, 90, 180, 270]


@dataclass(frozen=True)
class Quirks:
    """Habits of one producer. Lengths are millimetres.

    Every choice keeps the page that a reader sees: ``rotate`` turns the content and says so in /Rotate, ``margin`` hides room
    outside the crop box. Times are those of Beijing.
    """

    fonts: FontKind = "embedded"
    order: Literal["drawn", "labels_first", "values_first"] = "drawn"
    """values_first: what was filled in stands in the content stream before the form's own words, as the tax service's stamping
    libraries leave it."""
    split: bool = False
    """Every character is shown on its own."""
    ghosts: bool = False
    """Blank runs squeezed to nothing, which form editors leave behind."""
    seal: Literal["image", "form", "annotation"] = "image"
    """annotation: the seal is the appearance of a signature field, not part of the page's content."""
    signed: bool = False
    """A signature dictionary over the file's bytes (its value is made up)."""
    rotate: Turn = 0
    margin: tuple[float, float, float, float] = (0.0, 0.0, 0.0, 0.0)
    """Left, top, right, bottom outside the crop box."""
    version: Literal["1.3", "1.4", "1.5", "1.7"] = "1.5"
    packed: bool = True
    """Object streams and a cross-reference stream."""
    producer: str = "Office document writer (made-up sample)"
    creator: str = ""
    author: str = ""
    title: str = ""
    created: datetime | None = None
    modified: datetime | None = None


PLAIN = Quirks()


def pdf_date(moment: datetime) -> str:
    return f"D:{moment:%Y%m%d%H%M%S}+08'00'"
