"""Which way up? A small classifier first; reading a few lines both ways where it hesitates or says that the page is turned.

The classifier's class is the clockwise rotation that was *applied* to an upright page (OCR.md, 2); what we return is the turn that
mends it.
"""

from __future__ import annotations

from typing import Literal

import cv2
import numpy as np

from pipeline.reading.engine import Floats, Image, Session
from pipeline.reading.models import model_path
from pipeline.reading.ocr import Recogniser, as_bgr, cut_strip, sides

Turn = Literal[0, 90, 180, 270]
_TURNS: tuple[Turn, ...] = (0, 90, 180, 270)

_SURE = 0.6
"""Mean chance over four views from which ``upright`` is believed at once. 23 real pictures in four positions: 89 of 92 right,
never wrong above .46; the single centre view was wrong at .80."""
_PROBE_SIDE = 1280
_PROBES = 8
_ALIKE = 0.08
_MEAN = np.array([0.485, 0.456, 0.406], np.float32)
_SPREAD = np.array([0.229, 0.224, 0.225], np.float32)


class Orientation:
    """The loaded classifier.

    Raises:
        ModelError: the model is missing or broken.
    """

    def __init__(self, threads: int = 1) -> None:
        self._session = Session(model_path("orientation"), threads)

    def chances(self, image: Image) -> Floats:
        """Chance of each clockwise rotation *applied*, ``(4,)`` for 0, 90, 180, 270: the mean over four views of the page."""
        views = np.stack([_normal(view) for view in _views(as_bgr(image))])
        mean: Floats = self._session.run(views).mean(0)
        return mean

    def turn(self, image: Image, recogniser: Recogniser, *, doubt: bool = False) -> Turn:
        """The clockwise turn that makes the page upright. ``doubt`` asks for a confirmation by reading in any case."""
        chances = self.chances(image)
        applied = int(chances.argmax())
        if applied == 0 and chances[0] >= _SURE and not doubt:
            return 0
        read = _turn_by_reading(image, recogniser)
        if read is not None:
            return read
        # Nothing legible to confirm with: leave the page as it came unless the classifier has no doubt.
        return _TURNS[-applied % 4] if chances[applied] >= 0.9 else 0


def turn_image(image: Image, turn: Turn) -> Image:
    """The image turned clockwise."""
    if turn == 0:
        return image
    codes = {90: cv2.ROTATE_90_CLOCKWISE, 180: cv2.ROTATE_180, 270: cv2.ROTATE_90_COUNTERCLOCKWISE}
    return np.asarray(cv2.rotate(image, codes[turn]), np.uint8)


def _views(image: Image) -> list[Image]:
    """The middle square, the whole page squeezed, and both end squares of the longer side; 224 px each."""
    height, width = image.shape[:2]
    scale = 256 / max(1, min(height, width))
    size = max(224, min(2048, round(width * scale))), max(224, min(2048, round(height * scale)))
    small = cv2.resize(image, size, interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR)
    rows, columns = small.shape[:2]
    y, x = (rows - 224) // 2, (columns - 224) // 2
    whole = cv2.resize(small, (224, 224), interpolation=cv2.INTER_AREA)
    ends = (small[:224, x : x + 224], small[-224:, x : x + 224]) if rows > columns else (small[y : y + 224, :224], small[y : y + 224, -224:])
    return [np.asarray(v, np.uint8) for v in (small[y : y + 224, x : x + 224], whole, *ends)]


def _normal(view: Image) -> Floats:
    scaled: Floats = ((view.astype(np.float32) / 255 - _MEAN) / _SPREAD).astype(np.float32)
    return np.ascontiguousarray(scaled.transpose(2, 0, 1))


def _turn_by_reading(image: Image, recogniser: Recogniser) -> Turn | None:
    """Reads the longest lines both ways; ``None`` when there are too few or both ways read alike."""
    image = as_bgr(image)
    height, width = image.shape[:2]
    shrink = min(1.0, 2 * _PROBE_SIDE / max(height, width))
    if shrink < 1.0:
        image = np.asarray(cv2.resize(image, None, fx=shrink, fy=shrink, interpolation=cv2.INTER_AREA), np.uint8)
    quads = [quad for quad in recogniser.find(image) if max(sides(quad)) > 2.5 * min(sides(quad))]
    rows = [quad for quad in quads if sides(quad)[0] > sides(quad)[1]]
    columns = [quad for quad in quads if sides(quad)[0] <= sides(quad)[1]]
    lying = _length(columns) > _length(rows)
    lines = sorted(columns if lying else rows, key=lambda q: -max(sides(q)))[:_PROBES]
    # A page that was turned 90 clockwise reads downwards: turning its lines to the left (270) mends them.
    ways: tuple[Turn, Turn] = (270, 90) if lying else (0, 180)
    first = [cut_strip(image, quad[[1, 2, 3, 0]] if lying else quad) for quad in lines]
    second = [cut_strip(image, quad[[3, 0, 1, 2]] if lying else quad[[2, 3, 0, 1]]) for quad in lines]
    said = recogniser.strips([*first, *second])
    one, other = said[: len(lines)], said[len(lines) :]
    if sum(len(s[0]) for s in one) + sum(len(s[0]) for s in other) < 6 or not lines:
        return None
    score_one = sum(s[1] for s in one) / len(lines)
    score_other = sum(s[1] for s in other) / len(lines)
    if abs(score_one - score_other) < _ALIKE:
        return None
    return ways[0] if score_one > score_other else ways[1]


def _length(quads: list[Floats]) -> float:
    return sum(max(sides(quad)) for quad in quads)
