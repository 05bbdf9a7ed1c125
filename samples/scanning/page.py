"""A scanned page as it will lie in a file, and the way from paper millimetres to fractions of the upright page."""

from __future__ import annotations

import io
import math
from dataclasses import dataclass
from typing import Literal, get_args

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from pipeline.model import Box, clamp_box
from samples.choices import Look
from samples.paper import MmBox

LOOKS: tuple[Look, ...] = get_args(Look)
Turn = Literal[0, 90, 180, 270]
Tone = Literal["colour", "grey", "bilevel"]
Pixels = NDArray[np.uint8]
Matrix = NDArray[np.float64]


@dataclass(frozen=True)
class Scan:
    """The picture of one page.

    ``data`` is a JPEG, or for ``bilevel`` a CCITT group 4 strip (black is 1). ``matrix`` (row by row, 3 × 3) leads from paper
    millimetres to fractions of the upright page; before it the sheet bends by ``bend`` mm as a sine over its width.
    ``rotation`` is the clockwise turn that makes the file's page upright. ``mm`` is the size of the upright page, None for a photo.
    """

    data: bytes
    width_px: int
    height_px: int
    dpi: int
    rotation: Turn
    tone: Tone
    matrix: tuple[float, ...]
    sheet_mm: tuple[float, float]
    mm: tuple[float, float] | None
    bend: float = 0.0

    @property
    def points(self) -> tuple[float, float]:
        """Width and height of the file's page in PDF points."""
        if self.mm is None:
            return self.width_px * 72 / self.dpi, self.height_px * 72 / self.dpi
        w, h = (v * 72 / 25.4 for v in self.mm)
        return (w, h) if self.rotation in (0, 180) else (h, w)

    def at(self, x: float, y: float) -> tuple[float, float]:
        """Where the point ``(x, y)`` mm of the paper lies on the upright page."""
        y -= self.bend * math.sin(math.pi * x / self.sheet_mm[0])
        u, v, w = np.array(self.matrix).reshape(3, 3) @ (x, y, 1.0)
        return float(u / w), float(v / w)

    def box(self, mm: MmBox) -> Box:
        """The box of the upright page that holds the turned ``mm`` box."""
        middle = (mm[0] + mm[2]) / 2
        seen = [self.at(x, y) for x in (mm[0], middle, mm[2]) for y in (mm[1], mm[3])]
        x0, y0, x1, y1 = clamp_box(min(p[0] for p in seen), min(p[1] for p in seen), max(p[0] for p in seen), max(p[1] for p in seen))
        return (round(x0, 4), round(y0, 4), round(x1, 4), round(y1, 4))

    def visible(self, mm: MmBox) -> bool:
        """Whether at least half of ``mm`` was not cropped away."""
        x0, y0 = self.at(mm[0], mm[1])
        x1, y1 = self.at(mm[2], mm[3])
        wide, high = abs(x1 - x0) or 1e-9, abs(y1 - y0) or 1e-9
        inside = max(0.0, min(1.0, max(x0, x1)) - max(0.0, min(x0, x1))) * max(0.0, min(1.0, max(y0, y1)) - max(0.0, min(y0, y1)))
        return inside >= 0.5 * wide * high


def turned(picture: Pixels, rotation: Turn) -> Pixels:
    """The upright ``picture`` as it lies in the file."""
    return np.ascontiguousarray(np.rot90(picture, k=rotation // 90)) if rotation else picture


def as_jpeg(picture: Pixels, quality: int) -> bytes:
    """Baseline JPEG with halved colour planes, as scanners and telephones write them; colour comes as RGB."""
    shown = cv2.cvtColor(picture, cv2.COLOR_RGB2BGR) if picture.ndim == 3 else picture
    done, data = cv2.imencode(".jpg", shown, [cv2.IMWRITE_JPEG_QUALITY, quality])
    if not done:
        raise RuntimeError("JPEG could not be written")
    return data.tobytes()


def as_group4(ink: NDArray[np.bool_]) -> bytes:
    """The strip of a CCITT group 4 picture; True is black, which libtiff takes for 1 and CCITT for the second colour."""
    out = io.BytesIO()
    Image.fromarray(ink).save(out, "TIFF", compression="group4", tiffinfo={278: ink.shape[0]})
    data = out.getvalue()
    with Image.open(io.BytesIO(data)) as written:
        (start,), (size,) = written.tag_v2[273], written.tag_v2[279]  # type: ignore[attr-defined]
    return data[start : start + size]
