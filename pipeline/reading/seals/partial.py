"""Slices of a seal cut by the left or right edge of the page: 骑缝章 seen on one page. Only whole arcs count here; joining
slices over pages is another module's work (SEALS.md section 3 and 5.10)."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from pipeline.reading.seals.ellipse import Ellipse, PixelBox
from pipeline.reading.seals.ink import RED_INK, Map
from pipeline.reading.seals.verify import perimeter_support
from pipeline.reading.seals.voting import MM, ROUND_FORMS, EdgeField, edge_points, vote

REACH_MM = 23.0
"""Half of the largest seal: farther from the edge no slice of it can stand."""
NEAR_EDGE_MM = 3.0
"""Ink must come this close to the edge of the picture, else it is a whole seal or no seal."""
MIN_ARC = 0.20
"""Share of the circle (72°) that must lie on the page; narrower slices are left to the comparison of pages."""
MAX_ARC = 0.85
"""With more of the circle on the page it is an ordinary seal that hangs over the edge a little."""
OUTER, INNER = 0.8, 0.5
"""Support of the visible arc by outer and inner ring edges; well above the .5 asked of a whole seal."""
MIN_HEIGHT_MM = 15.0
MIN_INK_MM2 = 12.0


@dataclass(frozen=True)
class Slice:
    box: PixelBox
    outline: Ellipse
    support: float


def find_slices(red: Map) -> list[Slice]:
    """At most one slice per edge, in pixels of the map (working scale), the left edge first."""
    found = []
    for left in (True, False):
        view = red if left else np.ascontiguousarray(red[:, ::-1])
        piece = _left_slice(view)
        if piece is None:
            continue
        if not left:
            width = red.shape[1]
            x0, y0, x1, y1 = piece.box
            o = piece.outline
            piece = Slice((width - x1, y0, width - x0, y1), Ellipse(width - 1 - o.cx, o.cy, o.a, o.b), piece.support)
        found.append(piece)
    return found


def _left_slice(red: Map) -> Slice | None:
    reach = int(REACH_MM * MM)
    strip = red[:, : 2 * reach]
    if (strip[:, : int(NEAR_EDGE_MM * MM)] > RED_INK).sum() < MIN_INK_MM2 * MM * MM / 4:
        return None
    if (strip > RED_INK).sum() < MIN_INK_MM2 * MM * MM:
        return None
    # Repeated, not black, beyond the edge: a cut through ink is no edge of the seal.
    wide = cv2.copyMakeBorder(strip, 0, 0, reach, 0, cv2.BORDER_REPLICATE)
    field = EdgeField.of(np.asarray(wide, dtype=np.uint8), 6.0)
    points = edge_points(field).where_x_above(reach + 2)
    best: Slice | None = None
    for one in vote(points, (wide.shape[0], wide.shape[1]), ROUND_FORMS, 2)[:12]:
        piece = _checked(field, one.outline, reach, strip)
        if piece is not None and (best is None or piece.support > best.support):
            best = piece
    return best


def _checked(field: EdgeField, outline: Ellipse, edge: int, strip: Map) -> Slice | None:
    outer, inner, x, y = perimeter_support(field, outline)
    on_page = (x > edge + 2) & (y > 0) & (y < field.ink.shape[0])
    arc = float(on_page.mean())
    if not MIN_ARC <= arc <= MAX_ARC or outline.cx - outline.a > edge + NEAR_EDGE_MM * MM:
        return None
    support = float(outer[on_page].mean())
    if support < OUTER or float(inner[on_page].mean()) < INNER:
        return None
    xs, ys = x[on_page] - edge, y[on_page]
    box = (0.0, float(ys.min()), float(xs.max()), float(ys.max()))
    if box[3] - box[1] < MIN_HEIGHT_MM * MM or box[2] < NEAR_EDGE_MM * MM:
        return None
    inside = strip[int(box[1]) : int(box[3]) + 1, : int(box[2]) + 1] > RED_INK
    if inside.sum() < MIN_INK_MM2 * MM * MM:
        return None
    return Slice(box, Ellipse(outline.cx - edge, outline.cy, outline.a, outline.b), support)
