"""Reading a square name seal: two rows laid level, characters taken in columns from right to left."""

from __future__ import annotations

import cv2
import numpy as np

from pipeline.reading.seals.ink import Image, Map, filled_print
from pipeline.reading.seals.ring import ReadsStrips, chinese, tidy
from pipeline.reading.seals.squares import Square

SIDE = 128
FRAME = 0.09
"""The frame takes about 9 % of the side."""
MIN_CONFIDENCE = 0.5
OVERLAP = 6


def read_square(reader: ReadsStrips, image: Image, square: Square) -> tuple[str, float]:
    """``(text, confidence)`` of a seal of four characters in two columns; empty when they cannot be made out."""
    face = _level_face(image, square)
    half = SIDE // 2
    rows = [face[: half + OVERLAP], face[half - OVERLAP :]]
    (top, top_sure, _), (bottom, bottom_sure, _) = reader.strips(rows)
    top, bottom = tidy(top), tidy(bottom)
    confidence = min(top_sure, bottom_sure)
    if chinese(top) == len(top) == 2 and chinese(bottom) == len(bottom) == 2 and confidence > MIN_CONFIDENCE:
        return top[1] + bottom[1] + top[0] + bottom[0], confidence
    return "", confidence


def _level_face(image: Image, square: Square) -> Map:
    """The seal without its frame, SIDE × SIDE, dark on white."""
    centre = square.corners.mean(axis=0)
    by_angle = sorted(square.corners.tolist(), key=lambda p: np.arctan2(p[1] - centre[1], p[0] - centre[0]))
    source = (np.asarray(by_angle, dtype=np.float32) - centre) * np.float32(1 - 2 * FRAME) + centre
    target = np.asarray([(0, 0), (SIDE, 0), (SIDE, SIDE), (0, SIDE)], dtype=np.float32)
    matrix = cv2.getPerspectiveTransform(source.astype(np.float32), target)
    face = cv2.warpPerspective(image, matrix, (SIDE, SIDE), flags=cv2.INTER_AREA, borderMode=cv2.BORDER_REPLICATE)
    return filled_print(np.asarray(face, dtype=np.uint8))
