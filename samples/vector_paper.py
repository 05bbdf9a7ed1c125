"""A paper that was never on paper: its marks are remembered and written as a PDF or OFD with real text."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image

from samples import glyphs
from samples.fonts import Face, length
from samples.paper import BLACK, Align, Alpha, MmBox, Paper, Rgb, StampedSeal
from samples.pdf.metrics import FontKind, advance
from samples.pdf.quirks import Quirks
from samples.pdf.writer import write_pdf
from samples.runs import Picture, Run
from samples.seals import Die, cut

_MM = 25.4 / 72
_MIDDLE = 0.38
"""The middle of a Chinese character stands this part of the type size above the baseline."""


@dataclass
class VectorPaper(Paper):
    """Text is measured with the widths of the fonts that the file will name (``fonts``), so noted boxes are where readers find it."""

    fonts: FontKind = "embedded"
    name: str = ""

    def __post_init__(self) -> None:
        super().__post_init__()
        self.faces = {}

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
        if self.drawn and text:
            style, pixels, k = self.cut(face), self.size_px(size), self.dpi / 25.4
            gap = (width * k - length(style, text, pixels)) / max(1, len(text) - 1)
            self._put(
                lambda image: glyphs.run(image, style, text, left * k, y * k, pixels, ink, bold=bold, spread=gap),
                Run(face, size, left, y + _MIDDLE * size * _MM, text, ink, spread, bold, role, self.name),
            )
        half = size * _MM * 0.52
        return (left, y - half, left + width, y + half)

    def place(self, image: Image.Image, x: float, y: float, width: float, height: float, role: str = "") -> None:
        """A picture of any resolution, ``width`` x ``height`` mm."""
        size, corner = (max(1, self.px(width)), max(1, self.px(height))), (self.px(x), self.px(y))
        self._put(
            lambda sheet: sheet.paste(image.convert("RGB").resize(size, Image.Resampling.BOX), corner),
            Picture(image, None, x, y, width, height, role),
        )

    def stamp(self, die: Die, x: float, y: float, ink: Rgb) -> StampedSeal:
        """A seal as programs put it: upright, evenly inked, its centre at ``(x, y)``."""

        def even() -> Alpha:
            whole = Image.fromarray(cut(die))
            size = (self.px(die.width + 4), self.px(die.height + 4))
            return np.asarray(whole.resize(size, Image.Resampling.LANCZOS), np.float32) / np.float32(255)

        self.lay_ink(even, x, y, ink, role="printed_seal" if die.role == "printed" else "seal", fresh=True)
        half_w, half_h = die.width / 2, die.height / 2
        seal = StampedSeal((x - half_w, y - half_h, x + half_w, y + half_h), die.shape, die.role, die.text)
        self.seals.append(seal)
        return seal

    def write_pdf(self, path: Path, quirks: Quirks | None = None) -> None:
        """Writes one page; the same marks give the same bytes."""
        write_pdf([self], path, quirks=quirks or Quirks(fonts=self.fonts))
