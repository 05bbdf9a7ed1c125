"""Pictures of places on pages, for people: rendered again from the original, turned upright."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.errors import ShencaiError
from pipeline.intake import Intake, Limits
from pipeline.model import Box, PageReading
from pipeline.reading.render import render
from reports import crop_window

PICTURE_DPI = 130
"""Enough to read 5-pt print on a screen, a third of the pixels of the reading itself."""
KEPT_PAGES = 3
JPEG_QUALITY = 62
TURNS = {90: cv2.ROTATE_90_CLOCKWISE, 180: cv2.ROTATE_180, 270: cv2.ROTATE_90_COUNTERCLOCKWISE}


class PagePictures:
    """Cuts pictures out of the pages of an intake. A page that cannot be drawn gives None, never an error."""

    def __init__(
        self, intake: Intake, readings: Mapping[str, PageReading], limits: Limits, *, dpi: int = PICTURE_DPI
    ) -> None:
        self._dpi = dpi
        self._intake = intake
        self._readings = readings
        self._limits = limits
        self._files = {file.id: file for file in intake.files}
        self._kept: OrderedDict[tuple[str, int], NDArray[np.uint8] | None] = OrderedDict()

    def crop(self, file: str, page: int, box: Box | None, *, width_px: int = 900) -> bytes | None:
        """JPEG of ``reports.crop_window(box)`` (the place with room around it), or of the whole page; ``box`` in fractions of
        the upright page."""
        image = self.page(file, page)
        if image is None:
            return None
        height, width = image.shape[:2]
        x0, y0, x1, y1 = crop_window(box) if box else (0.0, 0.0, 1.0, 1.0)
        left, top = max(0, round(x0 * width)), max(0, round(y0 * height))
        right, bottom = min(width, round(x1 * width)), min(height, round(y1 * height))
        if right - left < 2 or bottom - top < 2:
            return None
        part = image[top:bottom, left:right]
        if part.shape[1] > width_px:
            scale = width_px / part.shape[1]
            size = (width_px, max(1, round(part.shape[0] * scale)))
            part = cv2.resize(part, size, interpolation=cv2.INTER_AREA).astype(np.uint8)
        done, data = cv2.imencode(".jpg", part, [cv2.IMWRITE_JPEG_QUALITY, JPEG_QUALITY])
        return bytes(data) if done else None

    def page(self, file: str, page: int) -> NDArray[np.uint8] | None:
        """The whole upright page, BGR, or None."""
        key = (file, page)
        if key in self._kept:
            self._kept.move_to_end(key)
            return self._kept[key]
        image = self._draw(file, page)
        self._kept[key] = image
        while len(self._kept) > KEPT_PAGES:
            self._kept.popitem(last=False)
        return image

    def _draw(self, file: str, page: int) -> NDArray[np.uint8] | None:
        source = self._files.get(file)
        if source is None or page >= len(source.pages):
            return None
        try:
            raster = render(self._intake.path_of(file), source.media, page, self._limits, dpi=self._dpi)
        except (ShencaiError, OSError):
            return None
        reading = self._readings.get(source.pages[page].content)
        turn = TURNS.get(reading.rotation) if reading else None
        return raster.image if turn is None else cv2.rotate(raster.image, turn).astype(np.uint8)
