"""Reading a square name seal: two rows laid level, characters taken in columns from right to left."""

from __future__ import annotations

from typing import NamedTuple

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
    """``(text, confidence)`` of a seal of four characters in two columns, or of three with a tall one on the right; empty
    when they cannot be made out."""
    face = _level_face(image, square)
    half = SIDE // 2
    left = face[:, : half + 2]
    cells = np.hstack([left[: half + OVERLAP // 2], left[-(half + OVERLAP // 2) :]])
    answers = reader.strips([face[: half + OVERLAP], face[half - OVERLAP :], face[:, half - 2 :], cells])
    top, bottom, tall, pair = (_Cells(tidy(text), sure) for text, sure, _ in answers)
    if top.holds(2) and bottom.holds(2):
        return top.text[1] + bottom.text[1] + top.text[0] + bottom.text[0], min(top.sure, bottom.sure)
    if tall.holds(1) and pair.holds(2):
        return tall.text + pair.text, min(tall.sure, pair.sure)
    return "", 0.0


class _Cells(NamedTuple):
    text: str
    sure: float

    def holds(self, count: int) -> bool:
        return chinese(self.text) == len(self.text) == count and self.sure > MIN_CONFIDENCE


def _level_face(image: Image, square: Square) -> Map:
    """The seal without its frame, SIDE × SIDE, dark on white."""
    centre = square.corners.mean(axis=0)
    by_angle = sorted(square.corners.tolist(), key=lambda p: np.arctan2(p[1] - centre[1], p[0] - centre[0]))
    source = (np.asarray(by_angle, dtype=np.float32) - centre) * np.float32(1 - 2 * FRAME) + centre
    target = np.asarray([(0, 0), (SIDE, 0), (SIDE, SIDE), (0, SIDE)], dtype=np.float32)
    matrix = cv2.getPerspectiveTransform(source.astype(np.float32), target)
    face = cv2.warpPerspective(image, matrix, (SIDE, SIDE), flags=cv2.INTER_AREA, borderMode=cv2.BORDER_REPLICATE)
    return filled_print(np.asarray(face, dtype=np.uint8))
