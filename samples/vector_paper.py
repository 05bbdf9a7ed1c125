"""A paper that was never on paper: its marks are remembered and written as a PDF or OFD with real text."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image

from samples.fonts import Face
from samples.paper import BLACK, Align, Alpha, MmBox, Paper, Rgb, StampedSeal
from samples.pdf.metrics import FontKind, advance
from samples.pdf.quirks import Quirks
from samples.pdf.writer import write_pdf
from samples.runs import Mark, Patch, Picture, Run, Stroke
from samples.seals import Die, cut

_MM = 25.4 / 72
_MIDDLE = 0.38
"""The middle of a Chinese character stands this part of the type size above the baseline."""


@dataclass
class VectorPaper(Paper):
    """Text is measured with the widths of the fonts that the file will name (``fonts``), so noted boxes are where readers find it.

    It has no pixels of its own: to print such a paper, draw the same thing on a :class:`Paper`.
    """

    fonts: FontKind = "embedded"
    name: str = ""

    def __post_init__(self) -> None:
        super().__post_init__()
        self._kept: list[Mark | Callable[[], Mark]] = []

    @property
    def marks(self) -> list[Mark]:
        """What was put on the sheet, in order; nothing inside a blueprint."""
        made: list[Mark] = [mark() if callable(mark) else mark for mark in self._kept]
        self._kept = [*made]
        return made

    def _keep(self, *marks: Mark | Callable[[], Mark]) -> None:
        if self.drawn:
            self._kept += marks

    @contextmanager
    def naming(self, name: str) -> Iterator[None]:
        """Runs written inside carry ``name``: what an OFD's custom tags point at."""
        before, self.name = self.name, name
        try:
            yield
        finally:
            self.name = before

    def text_width(self, text: str, size: float, face: Face = "serif", variant: int | None = None) -> float:
        return sum(advance(self.fonts, face, char) for char in text) / 1000 * size * _MM

    def text(
        self, x: float, y: float, text: str, size: float = 10.5, *, face: Face = "serif", bold: bool = False,
        align: Align = "l", ink: Rgb = BLACK, spread: float = 0.0, role: str = "", variant: int | None = None,
    ) -> MmBox:  # fmt: skip
        width = self.text_width(text, size, face) + spread * max(0, len(text) - 1)
        left = x - (width / 2 if align == "c" else width if align == "r" else 0.0)
        if text:
            self._keep(Run(face, size, left, y + _MIDDLE * size * _MM, text, ink, spread, bold, role, self.name))
        half = size * _MM * 0.52
        return (left, y - half, left + width, y + half)

    def line(self, x0: float, y0: float, x1: float, y1: float, width: float = 0.2, ink: Rgb = BLACK) -> None:
        self._keep(Stroke(x0, y0, x1, y1, width, ink))

    def frame(self, box: MmBox, width: float = 0.2, ink: Rgb = BLACK) -> None:
        x0, y0, x1, y1 = box
        for a, b, c, d in ((x0, y0, x1, y0), (x1, y0, x1, y1), (x1, y1, x0, y1), (x0, y1, x0, y0)):
            self._keep(Stroke(a, b, c, d, width, ink))

    def fill(self, box: MmBox, ink: Rgb = (255, 255, 255)) -> None:
        self._keep(Patch(*box, ink))

    def picture(self, image: Image.Image, x: float, y: float, role: str = "") -> None:
        self.place(image, x, y, image.width * 25.4 / self.dpi, image.height * 25.4 / self.dpi, role)

    def place(self, image: Image.Image, x: float, y: float, width: float, height: float, role: str = "") -> None:
        """A picture of any resolution, ``width`` x ``height`` mm."""
        self._keep(Picture(image, None, x, y, width, height, role))

    def lay_ink(self, alpha: Alpha | Callable[[], Alpha], x: float, y: float, colour: Rgb, *, role: str = "seal", fresh: bool = False) -> None:
        self.coloured = True

        def inked() -> Mark:
            weight = alpha() if callable(alpha) else alpha
            wide, high = weight.shape[1] * 25.4 / self.dpi, weight.shape[0] * 25.4 / self.dpi
            return Picture(Image.new("RGB", (weight.shape[1], weight.shape[0]), colour), weight, x - wide / 2, y - high / 2, wide, high, role)

        self._keep(inked)

    def write_pdf(self, path: Path, quirks: Quirks | None = None) -> None:
        """Writes one page; the same marks give the same bytes."""
        write_pdf([self], path, quirks=quirks or Quirks(fonts=self.fonts))


def stamp(paper: Paper, die: Die, x: float, y: float, ink: Rgb, *, scale: float = 1.0) -> StampedSeal:
    """A seal as programs put it: upright, evenly inked, its centre at ``(x, y)``; ``scale`` shrinks the die."""
    wide, high = (die.width + 4) * scale, (die.height + 4) * scale
    size = (paper.px(wide), paper.px(high))

    def even() -> Alpha:
        whole = Image.fromarray(cut(die))
        return np.asarray(whole.resize(size, Image.Resampling.LANCZOS), np.float32) / np.float32(255)

    paper.lay_ink(even, x, y, ink, role="printed_seal" if die.role == "printed" else "seal")
    half_w, half_h = die.width * scale / 2, die.height * scale / 2
    seal = StampedSeal((x - half_w, y - half_h, x + half_w, y + half_h), die.shape, die.role, die.text)
    paper.seals.append(seal)
    return seal
