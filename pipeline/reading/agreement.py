"""Does a text layer say what the page shows? A layer is typed by whoever made the file; pixels are what people see and sign.

A few lines, spread over the page and preferring those with digits, are read from the pixels and compared.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from rapidfuzz.distance import Levenshtein

from pipeline.model.reading import Line
from pipeline.reading.engine import Image
from pipeline.reading.ocr import Recogniser

_SAMPLES = 4
_LONGEST = 40
_ALIKE = 0.6
"""Similarity from which a line counts as the same. Chosen, not fitted: wide of both OCR slips and other words."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """How many of the compared lines are the same. ``differing`` holds pairs (layer, pixels)."""

    compared: int
    alike: int
    differing: tuple[tuple[str, str], ...] = ()

    @property
    def broken(self) -> bool:
        """Whether the layer as a whole is not what is shown."""
        return self.compared >= 2 and self.alike * 2 < self.compared


def compare_layer(image: Image, lines: Sequence[Line], recogniser: Recogniser) -> Agreement:
    """Compares up to four lines; boxes are fractions of ``image``."""
    samples = _chosen(lines)
    height, width = image.shape[:2]
    strips: list[Image] = []
    said: list[str] = []
    for line in samples:
        x0, y0, x1, y1 = line.box
        pad = 0.12 * (y1 - y0)
        left, right = max(0, int(x0 * width) - 2), min(width, int(x1 * width) + 3)
        top, bottom = max(0, int((y0 - pad) * height)), min(height, int((y1 + pad) * height) + 1)
        if right - left >= 8 and bottom - top >= 6:
            strips.append(np.ascontiguousarray(image[top:bottom, left:right]))
            said.append(line.text)
    alike = 0
    differing: list[tuple[str, str]] = []
    for text, (seen, _, _) in zip(said, recogniser.strips(strips), strict=True):
        if Levenshtein.normalized_similarity(_plain(text), _plain(seen)) >= _ALIKE:
            alike += 1
        else:
            differing.append((text, seen))
    return Agreement(len(strips), alike, tuple(differing))


def _chosen(lines: Sequence[Line]) -> list[Line]:
    usable = [line for line in lines if 4 <= len(_plain(line.text)) <= _LONGEST and line.box[2] - line.box[0] > line.box[3] - line.box[1]]
    usable.sort(key=lambda line: line.box[1])
    digits = [line for line in usable if sum(c.isdigit() for c in line.text) >= 3]
    others = [line for line in usable if line not in digits]
    half = _SAMPLES // 2
    picked = _spread(digits, max(half, _SAMPLES - len(others)))
    return picked + _spread(others, _SAMPLES - len(picked))


def _spread(lines: list[Line], count: int) -> list[Line]:
    if len(lines) <= count:
        return lines
    return [lines[round(i * (len(lines) - 1) / max(1, count - 1))] for i in range(count)] if count > 0 else []


def _plain(text: str) -> str:
    """Letters, digits and signs of one width, without blanks and punctuation (OCR's weakest part)."""
    return "".join(c for c in unicodedata.normalize("NFKC", text) if c.isalnum())
