"""Hands places on pages to the second engine, and remembers what it said: equal pages are never looked at twice."""

from __future__ import annotations

import hashlib

import cv2
import numpy as np

from flows.case import Case
from flows.desk import READING_DPI, Desk
from flows.pictures import PagePictures
from pipeline.model import Model, PageEvidence
from pipeline.reading.second_engine import read_strip, second_engine_version

MARGIN_PX = 4


class SecondReading(Model):
    """What the second engine read; None when it saw nothing."""

    text: str | None = None


class SecondEyes:
    """``look(place, alphabet)`` for :func:`extractors.second_look.second_look`."""

    def __init__(self, case: Case, desk: Desk) -> None:
        self._store = desk.store
        self._pages = PagePictures(case.intake, case.readings, desk.limits, dpi=READING_DPI)
        self._contents = {(f.id, p.index): p.content for f in case.intake.files for p in f.pages}
        self._recipe = f"second|{second_engine_version()}"

    def look(self, place: PageEvidence, alphabet: str) -> str | None:
        if second_engine_version() is None:
            return None
        content = self._contents.get((place.file, place.page))
        if content is None:
            return None
        key = hashlib.sha256(f"{content}|{place.box}|{alphabet}".encode()).hexdigest()
        known = self._store.memo(key, self._recipe, SecondReading)
        if known is None:
            known = SecondReading(text=self._read(place, alphabet))
            self._store.keep_memo(key, self._recipe, known)
        return known.text

    def _read(self, place: PageEvidence, alphabet: str) -> str | None:
        page = self._pages.page(place.file, place.page)
        if page is None:
            return None
        height, width = page.shape[:2]
        x0, y0, x1, y1 = place.box
        left, top = max(0, int(x0 * width) - MARGIN_PX), max(0, int(y0 * height))
        right, bottom = min(width, int(x1 * width) + MARGIN_PX), min(height, int(y1 * height) + 1)
        strip = page[top:bottom, left:right]
        if strip.size == 0:
            return None
        # Red ink over the digits (a seal) is light in the red channel; black print stays black in it.
        return read_strip(np.ascontiguousarray(cv2.split(strip)[2]).astype(np.uint8), alphabet)
