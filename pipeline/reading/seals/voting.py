"""Where seals may be: every edge pixel votes, along its normal, for the one centre it would have on a seal of known size
(generalised Hough transform with edge direction; SEALS.md section 5.3)."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

import cv2
import numpy as np
import numpy.typing as npt

from pipeline.reading.seals.ellipse import Ellipse
from pipeline.reading.seals.ink import Floats, Map

WORKING_DPI = 100.0
MM = WORKING_DPI / 25.4
"""Pixels per millimetre at the working scale."""
EDGE_BLUR = 1.2
CELL = 2
"""Pixels per accumulator cell."""
PEAK_BLUR, PEAK_KERNEL = 1.6, 7
VOTE_FLOOR = 0.18
VOTE_SCALE = 20.0
"""Votes are counted per perimeter pixel × 20, which makes a perfect outline about 1.25 after the blur; .18 is one seventh."""
PEAK_APART_MM = 4.0
MIN_EDGES = 60
DIRECTIONS = 512
"""Edge directions told apart: .7°, a quarter of a millimetre at the rim of a 46 mm seal."""


@dataclass(frozen=True)
class Form:
    """Half axes in millimetres and tilt in degrees of a seal's outline."""

    a: float
    b: float
    tilt: float = 0.0


ROUND_FORMS = tuple(Form(d / 2, d / 2) for d in (36, 37.5, 39, 40.5, 42, 44, 46))
"""Company seals 38–45 mm (国发〔1999〕25号: enterprises ≤ 45 mm in use), with scanner error."""
RARE_ROUND_FORMS = (Form(15, 15), Form(29, 29))
"""30 mm small seals and the 58 mm 合同章 (SEALS.md section 5.3)."""
OVAL_FORMS = tuple(Form(20 * s, 15 * s, float(t)) for s in (0.95, 1.0, 1.05) for t in range(-90, 90, 8))
"""发票专用章 40 × 30 mm (税务总局公告2011年第7号), any tilt."""
LONG_OVAL_FORMS = tuple(Form(22.5, 15, float(t)) for t in range(-88, 92, 8))
"""45 × 30 mm 公章 of foreign-invested companies."""
PRINTED_FORMS = (Form(15, 10, -4.0), Form(15, 10, 4.0))
"""发票监制章 30 × 20 mm: printed with the form, so never far from level."""


@dataclass(frozen=True)
class EdgeField:
    """Gradients of an ink map. They point towards the ink: inwards on a seal's outer edge."""

    ink: Map
    gx: Floats
    gy: Floats
    threshold: float

    @classmethod
    def of(cls, ink: Map, threshold: float) -> EdgeField:
        soft = cv2.GaussianBlur(ink.astype(np.float32), (0, 0), EDGE_BLUR)
        gx = np.asarray(cv2.Scharr(soft, -1, 1, 0), dtype=np.float32) / np.float32(16)
        gy = np.asarray(cv2.Scharr(soft, -1, 0, 1), dtype=np.float32) / np.float32(16)
        return cls(ink, gx, gy, threshold)


@dataclass(frozen=True)
class EdgePoints:
    """Thinned edges: pixel coordinates and unit gradients, each of shape (n,)."""

    x: npt.NDArray[np.float32]
    y: npt.NDArray[np.float32]
    nx: npt.NDArray[np.float32]
    ny: npt.NDArray[np.float32]

    def __len__(self) -> int:
        return len(self.x)

    def where_x_above(self, limit: float) -> EdgePoints:
        keep = self.x > limit
        return EdgePoints(self.x[keep], self.y[keep], self.nx[keep], self.ny[keep])


@dataclass(frozen=True)
class Vote:
    strength: float
    outline: Ellipse


def edge_points(field: EdgeField) -> EdgePoints:
    """Pixels whose gradient is a maximum across the edge (non-maximum suppression in eight directions)."""
    magnitude = np.hypot(field.gx, field.gy)
    ys, xs = np.nonzero(magnitude[1:-1, 1:-1] > field.threshold)
    ys, xs = ys + 1, xs + 1
    strength = magnitude[ys, xs]
    nx, ny = field.gx[ys, xs] / strength, field.gy[ys, xs] / strength
    dx, dy = np.rint(nx).astype(np.intp), np.rint(ny).astype(np.intp)
    keep = (strength >= magnitude[ys + dy, xs + dx]) & (strength > magnitude[ys - dy, xs - dx])
    return EdgePoints(xs[keep].astype(np.float32), ys[keep].astype(np.float32), nx[keep], ny[keep])


def vote(points: EdgePoints, shape: tuple[int, int], forms: tuple[Form, ...], peaks: int) -> list[Vote]:
    """The strongest ``peaks`` centres of every form, strongest first. ``shape`` is (height, width) of the map; centres
    outside it are not looked for.

    The way from an edge to its centre depends on the edge's direction only, so each form is one table of ``DIRECTIONS``
    steps in accumulator cells, and a vote is one look-up and one sum. A margin as wide as the largest step replaces the
    test whether a vote lies on the page.
    """
    if len(points) < MIN_EDGES or not forms:
        return []
    margin = int(max(f.a for f in forms) * MM / CELL) + 2
    height, width = shape[0] // CELL + 1, shape[1] // CELL + 1
    rows, cols = height + 2 * margin, width + 2 * margin
    turn = np.arctan2(points.ny, points.nx) * np.float32(DIRECTIONS / (2 * math.pi))
    direction = np.rint(turn).astype(np.intp) % DIRECTIONS
    cell = (points.y / CELL).astype(np.intp) + margin
    cell *= cols
    cell += (points.x / CELL).astype(np.intp) + margin
    found: list[Vote] = []
    for form in forms:
        a, b = form.a * MM, form.b * MM
        counts = np.bincount(cell + _steps(form, cols)[direction], minlength=rows * cols)
        grid = counts.reshape(rows, cols)[margin : margin + height, margin : margin + width].astype(np.float32)
        grid = np.asarray(cv2.GaussianBlur(grid, (PEAK_KERNEL, PEAK_KERNEL), PEAK_BLUR), dtype=np.float32)
        perimeter = math.pi * (3 * (a + b) - math.sqrt((3 * a + b) * (a + 3 * b)))
        for _ in range(peaks):
            _, top, _, (x, y) = cv2.minMaxLoc(grid)
            strength = top / perimeter * VOTE_SCALE
            if strength < VOTE_FLOOR:
                break
            found.append(Vote(strength, Ellipse(x * CELL + CELL / 2, y * CELL + CELL / 2, a, b, form.tilt)))
            cv2.circle(grid, (int(x), int(y)), int(PEAK_APART_MM * MM / CELL), 0.0, -1)
    found.sort(key=lambda v: -v.strength)
    return found


@lru_cache(maxsize=1024)
def _steps(form: Form, cols: int) -> npt.NDArray[np.intp]:
    """For each edge direction the step from the edge to the centre, flattened to accumulator cells, shape (DIRECTIONS,)."""
    a, b = form.a * MM, form.b * MM
    phase = np.arange(DIRECTIONS) * (2 * np.pi / DIRECTIONS)
    gx, gy = np.cos(phase), np.sin(phase)
    c, s = math.cos(math.radians(form.tilt)), math.sin(math.radians(form.tilt))
    # The gradient points inwards: the outward normal is its opposite, here in the frame of the ellipse.
    n1, n2 = -(gx * c + gy * s), gx * s - gy * c
    length = np.sqrt(a * a * n1 * n1 + b * b * n2 * n2)
    px, py = a * a * n1 / length, b * b * n2 / length
    dx, dy = -(px * c - py * s) / CELL, -(px * s + py * c) / CELL
    return np.asarray(np.rint(dy).astype(np.intp) * cols + np.rint(dx).astype(np.intp))
