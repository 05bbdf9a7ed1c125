"""Digits and marks as a needle printer's own memory has them: one dot wide, rounder and wider than print, the 1 and 4 with feet."""

from __future__ import annotations

import math

import cv2
import numpy as np
from numpy.typing import NDArray

Way = tuple[tuple[float, float], ...]


def _bow(x: float, y: float, rx: float, ry: float) -> Way:
    """A closed oval."""
    return tuple((x + rx * math.cos(math.tau * i / 20), y + ry * math.sin(math.tau * i / 20)) for i in range(21))


_SIX: Way = (
    (0.86, 0.03), (0.66, 0.03), (0.42, 0.12), (0.24, 0.3), (0.12, 0.55), (0.12, 0.78), (0.26, 0.95), (0.5, 1.0), (0.74, 0.95), (0.88, 0.76),
    (0.82, 0.55), (0.64, 0.44), (0.42, 0.45), (0.22, 0.56), (0.13, 0.68),
)  # fmt: skip
STROKES: dict[str, tuple[Way, ...]] = {
    "0": (_bow(0.5, 0.5, 0.38, 0.5),),
    "1": (((0.2, 0.16), (0.5, 0.0), (0.5, 1.0)), ((0.18, 1.0), (0.82, 1.0))),
    "2": (((0.12, 0.26), (0.2, 0.08), (0.4, 0.0), (0.62, 0.0), (0.82, 0.1), (0.86, 0.28), (0.72, 0.48), (0.12, 1.0), (0.9, 1.0)),),
    "3": (
        ((0.14, 0.1), (0.36, 0.0), (0.6, 0.0), (0.8, 0.1), (0.82, 0.3), (0.66, 0.43), (0.4, 0.46)),
        ((0.4, 0.46), (0.7, 0.5), (0.88, 0.64), (0.88, 0.82), (0.7, 0.97), (0.44, 1.0), (0.2, 0.97), (0.08, 0.88)),
    ),
    "4": (((0.66, 1.0), (0.66, 0.0), (0.08, 0.68), (0.88, 0.68)), ((0.44, 1.0), (0.86, 1.0))),
    "5": (((0.82, 0.0), (0.22, 0.0), (0.2, 0.45), (0.44, 0.37), (0.68, 0.4), (0.86, 0.55), (0.88, 0.76), (0.72, 0.95), (0.46, 1.0), (0.22, 0.97), (0.08, 0.87)),),
    "6": (_SIX,),
    "7": (((0.12, 0.14), (0.12, 0.0), (0.88, 0.0), (0.5, 1.0)),),
    "8": (_bow(0.5, 0.24, 0.32, 0.24), _bow(0.5, 0.73, 0.38, 0.27)),
    "9": (tuple((1 - x, 1 - y) for x, y in _SIX),),
    "+": (((0.1, 0.56), (0.9, 0.56)), ((0.5, 0.2), (0.5, 0.92))),
    "-": (((0.1, 0.56), (0.9, 0.56)),),
    "*": (((0.5, 0.2), (0.5, 0.8)), ((0.18, 0.34), (0.82, 0.66)), ((0.18, 0.66), (0.82, 0.34))),
    "/": (((0.1, 1.08), (0.9, -0.06)),),
    "<": (((0.86, 0.16), (0.14, 0.52), (0.86, 0.88)),),
    ">": (((0.14, 0.16), (0.86, 0.52), (0.14, 0.88)),),
    ".": (((0.4, 1.0),),),
    ":": (((0.4, 0.36),), ((0.4, 1.0),)),
}
"""Ways of the head on a box one sign wide and a capital high; a single point is a point of two dots by two."""


def stroked(char: str, pixels: int, room: int, weight: int) -> NDArray[np.uint8]:
    """``char`` of the size ``pixels`` as dots (0 or 255) in a cell ``room`` wide and 1.3 sizes high; lines are ``weight`` dots wide."""
    high = round(pixels * 1.3)
    canvas = np.zeros((high, room), np.uint8)
    tall, wide = max(5, round(pixels * 0.68)), max(3, round(room * 0.74))
    x0, y0 = (room - wide) / 2, high / 2 - tall * 0.47
    for way in STROKES[char]:
        points = np.array([(x0 + x * (wide - 1), y0 + y * tall) for x, y in way])
        if len(way) == 1:
            x, y = np.round(points[0]).astype(int)
            canvas[y - 1 : y + 1, x : x + 2] = 255
            continue
        cv2.polylines(canvas, [np.round(points).astype(np.int32)], False, (255,), weight)
    return canvas
