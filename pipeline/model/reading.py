"""What was seen on one page, before anybody asks what it means. A reading holds no file and no page index, so equal
pages share it."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from pipeline.model.base import Box, Model, Quad

LineSource = Literal["text_layer", "ocr", "ocr_careful", "second_engine", "xml"]
SealShape = Literal["round", "oval", "square", "partial"]
SealRole = Literal[
    "company", "invoice", "finance", "contract", "legal_person", "firm", "authority", "printed", "seam", "unknown"
]
InkColour = Literal["red", "blue", "black"]
ScanColour = Literal["colour", "grey", "bilevel", "digital"]
"""``digital``: drawn by a program (text layer, OFD), not scanned."""


class Line(Model):
    """One run of text.

    ``marks`` holds the centre of every character as a fraction of the line's width (``len(marks) == len(text)``), or is
    empty when unknown. ``confidence`` is the engine's mean (1.0 for text layers); it orders readings, it proves nothing.
    """

    text: str
    box: Box
    confidence: float = 1.0
    source: LineSource = "ocr"
    marks: tuple[float, ...] = ()
    quad: Quad | None = None

    def part(self, start: int, end: int) -> Box:
        """The box of ``text[start:end]``, from the marks where known, else by equal shares."""
        x0, y0, x1, y1 = self.box
        n = max(1, len(self.text))
        if len(self.marks) == len(self.text) and self.text:
            half = 0.5 / n
            left = max(0.0, self.marks[start] - half)
            right = min(1.0, self.marks[max(start, end - 1)] + half)
        else:
            left, right = start / n, end / n
        return (x0 + (x1 - x0) * left, y0, x0 + (x1 - x0) * right, y1)


class Code(Model):
    """A machine-readable code; ``type`` is ``qr`` or a barcode name in lower case (``code128``, ``datamatrix`` …)."""

    type: str
    text: str
    box: Box


class SealMark(Model):
    """A seal as seen on the page; whose it is gets decided later, among the parties of the file."""

    box: Box
    shape: SealShape
    role: SealRole = "unknown"
    colour: InkColour = "red"
    text: str = ""
    level: Literal["sure", "possible"] = "possible"
    electronic: bool = False
    confidence: float = 0.0
    angle: float = 0.0
    """Degrees clockwise that the impression is turned; 0 when unknown."""


class PageLabel(Model):
    """A page number printed or stamped on the page: ``第5页 共20页`` gives number 5, total 20."""

    number: int
    total: int | None = None
    text: str
    box: Box


class PageReading(Model):
    """Everything seen on one page. Boxes are fractions of the page turned upright.

    ``width`` and ``height`` are pixels of the upright raster (for pages without a raster: points). ``rotation`` is the
    clockwise turn, in degrees, that made the page stand upright after /Rotate and EXIF.
    """

    content: str
    reader: str
    width: int
    height: int
    mm: tuple[float, float] | None = None
    dpi: float | None = None
    rotation: Literal[0, 90, 180, 270] = 0
    blank: bool = False
    colour: ScanColour = "colour"
    source: Literal["text", "ocr", "none"] = "none"
    lines: tuple[Line, ...] = ()
    codes: tuple[Code, ...] = ()
    seals: tuple[SealMark, ...] = ()
    label: PageLabel | None = None
    volume_label: PageLabel | None = None
    notes: tuple[str, ...] = Field(default=(), description="clerk's sentences about the reading itself, e.g. a layer that disagrees with the pixels")
    error: str | None = None
    error_code: str | None = None
    """Stable and English, as in :class:`~pipeline.model.submission.Problem`; set whenever ``error`` is."""

    @property
    def text(self) -> str:
        """All lines in reading order, one a row."""
        return "\n".join(line.text for line in self.lines)
