"""What was put on a sheet, remembered as things rather than pixels: runs of text, strokes, patches and pictures.

A paper that remembers its marks can be written as a PDF or OFD with a real text layer (``samples.pdf``, ``samples.ofd``).
Lengths are millimetres from the top left corner, sizes are points, inks are RGB. Marks lie in the order in which they were put:
what comes later covers what came earlier.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from samples.fonts import Face, font

Ink = tuple[int, int, int]


@dataclass(frozen=True)
class Run:
    """One line of text, its left end at ``x`` and its baseline at ``y``.

    ``spread`` is extra room after every character (mm); ``role`` tells a form's own print from what was filled in, which is how
    producers of real invoices order their content streams.
    """

    face: Face
    size: float
    x: float
    y: float
    text: str
    ink: Ink
    spread: float = 0.0
    bold: bool = False
    role: str = ""
    """"label", "value" or "" (unknown)."""
    name: str = ""
    """Field of the contract that the run shows, ``items.N.column`` in a table; empty where not known."""


@dataclass(frozen=True)
class Stroke:
    """A straight line of ``width`` mm."""

    x0: float
    y0: float
    x1: float
    y1: float
    width: float
    ink: Ink


@dataclass(frozen=True)
class Patch:
    """A filled rectangle."""

    x0: float
    y0: float
    x1: float
    y1: float
    ink: Ink = (255, 255, 255)


@dataclass(frozen=True, eq=False)
class Picture:
    """Pixels, ``width`` x ``height`` mm, with the top left corner at ``(x, y)``.

    ``alpha`` (0 … 1, same pixels as ``image``) is the ink's strength where the picture is a seal; None is opaque.
    """

    image: Image.Image
    alpha: NDArray[np.float32] | None
    x: float
    y: float
    width: float
    height: float
    role: str = ""
    """"seal", "printed_seal", "code" or ""."""


Mark = Run | Stroke | Patch | Picture


class Recorded(Protocol):
    """A sheet whose marks are known; every :class:`samples.paper.Paper` that remembers them will do."""

    @property
    def width(self) -> float: ...

    @property
    def height(self) -> float: ...

    @property
    def marks(self) -> list[Mark]: ...


def baseline(y_middle: float, size: float, face: Face) -> float:
    """Height of the baseline (mm) of a line that Pillow's anchor ``lm`` sets with its middle at ``y_middle``."""
    ascent, descent = font(face, 1000).getmetrics()
    return y_middle + (ascent - descent) / 2000 * size * 25.4 / 72
