"""A sheet of paper on which documents are drawn, in millimetres, and which remembers what stands where."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from pipeline.model import SealRole, SealShape
from samples.fonts import Face, font

MmBox = tuple[float, float, float, float]
Rgb = tuple[int, int, int]
BLACK: Rgb = (24, 24, 26)
RED: Rgb = (200, 32, 40)
Align = Literal["l", "c", "r"]

_RESOLUTION: ContextVar[int] = ContextVar("resolution", default=200)


@contextmanager
def resolution(dpi: int) -> Iterator[None]:
    """Papers made inside are drawn and scanned at ``dpi``."""
    token = _RESOLUTION.set(dpi)
    try:
        yield
    finally:
        _RESOLUTION.reset(token)


_BLUEPRINT: ContextVar[bool] = ContextVar("blueprint", default=False)


@contextmanager
def blueprint() -> Iterator[None]:
    """Papers made inside are measured, not drawn: texts, boxes, rows and seals are noted, pixels are not made.

    It tells how many pages a paper has and what stands where, a hundred times cheaper than drawing.
    """
    token = _BLUEPRINT.set(True)
    try:
        yield
    finally:
        _BLUEPRINT.reset(token)


_CLOSERS = "，。；：、）》」』”’！？%"


@dataclass
class Noted:
    """A value written on the sheet; ``box`` in millimetres."""

    value: str
    box: MmBox


@dataclass
class StampedSeal:
    box: MmBox
    shape: SealShape
    role: SealRole
    text: str


@dataclass
class Paper:
    """One side of one sheet. Lengths are millimetres, sizes are points, the origin is the top left corner.

    ``look`` tells the scanner what it needs: colour where a red seal stands, else grey is enough.
    """

    width: float = 210.0
    height: float = 297.0
    dpi: int = field(default_factory=lambda: _RESOLUTION.get())
    ground: Rgb = (255, 255, 255)
    label: int | None = None
    volume_label: int | None = None
    blank: bool = False
    coloured: bool = False
    fields: dict[str, Noted] = field(default_factory=dict)
    rows: dict[str, list[tuple[int, str, Noted]]] = field(default_factory=dict)
    """table → (row index within the document's table, column, noted)."""
    seals: list[StampedSeal] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.drawn = not _BLUEPRINT.get()
        size = (self.px(self.width), self.px(self.height)) if self.drawn else (1, 1)
        self.image = Image.new("RGB", size, self.ground)
        self.pen = ImageDraw.Draw(self.image)

    def px(self, mm: float) -> int:
        """Millimetres as whole pixels."""
        return round(mm * self.dpi / 25.4)

    def size_px(self, points: float) -> int:
        return round(points * self.dpi / 72)

    def text_width(self, text: str, size: float, face: Face = "serif") -> float:
        """How wide ``text`` runs, in millimetres."""
        return font(face, self.size_px(size)).getlength(text) * 25.4 / self.dpi

    def text(
        self, x: float, y: float, text: str, size: float = 10.5, *, face: Face = "serif", bold: bool = False,
        align: Align = "l", ink: Rgb = BLACK, spread: float = 0.0,
    ) -> MmBox:  # fmt: skip
        """Writes one line with its middle at height ``y``; ``spread`` adds millimetres between characters."""
        face_font = font(face, self.size_px(size))
        width = self.text_width(text, size, face) + spread * max(0, len(text) - 1)
        left = x - (width / 2 if align == "c" else width if align == "r" else 0.0)
        stroke = max(1, self.size_px(size) // 28) if bold else 0
        if not self.drawn:
            pass
        elif spread:
            at = left
            for char in text:
                self.pen.text((self.px(at), self.px(y)), char, font=face_font, fill=ink, anchor="lm", stroke_width=stroke)
                at += self.text_width(char, size, face) + spread
        else:
            self.pen.text((self.px(left), self.px(y)), text, font=face_font, fill=ink, anchor="lm", stroke_width=stroke)
        half = size * 0.3528 * 0.52
        return (left, y - half, left + width, y + half)

    def put(
        self, name: str, value: str, x: float, y: float, text: str, size: float = 10.5, *, face: Face = "serif",
        bold: bool = False, align: Align = "l", ink: Rgb = BLACK, spread: float = 0.0,
    ) -> MmBox:  # fmt: skip
        """Writes a line and notes it as the field ``name``."""
        box = self.text(x, y, text, size, face=face, bold=bold, align=align, ink=ink, spread=spread)
        self.fields[name] = Noted(value, box)
        return box

    def note(self, name: str, value: str, box: MmBox) -> None:
        self.fields[name] = Noted(value, box)

    def note_row(self, table: str, row: int, column: str, value: str, box: MmBox) -> None:
        self.rows.setdefault(table, []).append((row, column, Noted(value, box)))

    def line(self, x0: float, y0: float, x1: float, y1: float, width: float = 0.2, ink: Rgb = BLACK) -> None:
        if self.drawn:
            self.pen.line((self.px(x0), self.px(y0), self.px(x1), self.px(y1)), fill=ink, width=max(1, self.px(width)))

    def frame(self, box: MmBox, width: float = 0.2, ink: Rgb = BLACK) -> None:
        if self.drawn:
            self.pen.rectangle([self.px(v) for v in box], outline=ink, width=max(1, self.px(width)))

    def picture(self, image: Image.Image, x: float, y: float) -> None:
        """Lays ``image`` (already at this paper's resolution) with its top left corner at ``(x, y)``."""
        if self.drawn:
            self.image.paste(image.convert("RGB"), (self.px(x), self.px(y)))

    def lay_ink(self, alpha: NDArray[np.float32], x: float, y: float, colour: Rgb) -> None:
        """Multiplies ink of ``colour`` into the paper, centred at ``(x, y)``; what hangs over the edge is lost."""
        self.coloured = True
        if not self.drawn:
            return
        h, w = alpha.shape
        x0, y0 = round(x * self.dpi / 25.4 - w / 2), round(y * self.dpi / 25.4 - h / 2)
        xa, ya, xb, yb = max(0, x0), max(0, y0), min(self.image.width, x0 + w), min(self.image.height, y0 + h)
        if xa >= xb or ya >= yb:
            return
        under = np.asarray(self.image.crop((xa, ya, xb, yb)), np.float32)
        weight = alpha[ya - y0 : yb - y0, xa - x0 : xb - x0, None]
        mixed = under * (1 - weight * (1 - np.array(colour, np.float32) / 255))
        self.image.paste(Image.fromarray(mixed.round().astype(np.uint8)), (xa, ya))

    def wrap(self, text: str, width: float, size: float, face: Face = "serif") -> list[str]:
        """``text`` cut into lines no wider than ``width``; no line starts with a closing mark."""
        lines, line = [], ""
        for char in text:
            if line and self.text_width(line + char, size, face) > width and char not in _CLOSERS:
                lines.append(line)
                line = ""
            line += char
        return [*lines, line] if line else lines

    def paragraph(
        self, x: float, y: float, width: float, text: str, size: float = 10.5, *, leading: float = 7.0,
        indent: bool = True, face: Face = "serif", bold: bool = False,
    ) -> float:  # fmt: skip
        """Sets running text from the line at ``y`` on and returns the height of the next line."""
        for line in self.wrap(("　　" if indent else "") + text, width, size, face):
            self.text(x, y, line, size, face=face, bold=bold)
            y += leading
        return y

    def fitted(self, text: str, box: MmBox, size: float, face: Face) -> tuple[list[str], float]:
        """Lines and size with which ``text`` fits into ``box``: first wrapped, then made smaller."""
        room, tall = box[2] - box[0] - 1.2, box[3] - box[1]
        while True:
            lines = self.wrap(text, room, size, face)
            if size <= 4.5 or (len(lines) * size * 0.3528 * 1.18 <= tall and self._whole(lines, text)):
                return lines, size
            size -= 0.25

    @staticmethod
    def _whole(lines: Sequence[str], text: str) -> bool:
        """Numbers and codes must not be broken across lines."""
        return len(lines) <= 1 or any("\u4e00" <= c <= "\u9fff" for c in text)

    def cell(
        self, box: MmBox, text: str, size: float = 9.0, *, face: Face = "serif", bold: bool = False, align: Align = "c",
        ink: Rgb = BLACK, border: float = 0.2, border_ink: Rgb = BLACK,
    ) -> MmBox:  # fmt: skip
        """Draws a table cell and returns the box of its text (the cell itself when there is none)."""
        if border:
            self.frame(box, border, border_ink)
        if not text:
            return box
        lines, size = self.fitted(text, box, size, face)
        step = size * 0.3528 * 1.22
        y = (box[1] + box[3]) / 2 - step * (len(lines) - 1) / 2
        x = {"l": box[0] + 0.8, "c": (box[0] + box[2]) / 2, "r": box[2] - 0.8}[align]
        seen: list[MmBox] = []
        for line in lines:
            seen.append(self.text(x, y, line, size, face=face, bold=bold, align=align, ink=ink))
            y += step
        return (min(b[0] for b in seen), seen[0][1], max(b[2] for b in seen), seen[-1][3])

    def field_cell(self, name: str, value: str, box: MmBox, text: str, size: float = 9.0, *, align: Align = "c", face: Face = "serif") -> MmBox:
        """A cell whose text is the field ``name``."""
        seen = self.cell(box, text, size, align=align, face=face)
        self.note(name, value, seen)
        return seen
