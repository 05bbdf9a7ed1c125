"""Sensor noise out of a bank: drawn once, and laid on every page at another place and another way round."""

from __future__ import annotations

import random
from functools import lru_cache

import cv2
import numpy as np
from numpy.typing import NDArray

from samples.scanning.page import Pixels

_SIDE = 1536
_REACH = 5200
"""The bank repeats itself up to here; larger pictures take it anew from the start."""
_UNIT = 24.0
"""The bank holds noise of this standard deviation about 128, so that a page's share of it keeps fine steps."""


@lru_cache(maxsize=4)
def _bank(blur: float) -> NDArray[np.uint8]:
    raw = np.random.default_rng(round(blur * 1000) + 7).standard_normal((_SIDE, _SIDE)).astype(np.float32)
    soft = np.asarray(cv2.GaussianBlur(raw, (0, 0), blur) if blur else raw, np.float32)
    small = np.clip(soft / soft.std() * _UNIT + 128, 0, 255).astype(np.uint8)
    many = -(-_REACH // _SIDE)
    return np.tile(small, (many, many))[:_REACH, :_REACH]


def grain(height: int, width: int, deviation: float, rng: random.Random, blur: float = 0.7) -> NDArray[np.int16]:
    """``height`` × ``width`` of noise with ``deviation`` grey levels."""
    bank = _bank(blur)
    top, left = rng.randrange(_SIDE), rng.randrange(_SIDE)
    if top + height > _REACH or left + width > _REACH:
        bank = np.tile(bank, (-(-(top + height) // _REACH), -(-(left + width) // _REACH)))
    part = bank[top : top + height, left : left + width]
    if rng.random() < 0.5:
        part = part[::-1]
    steps = np.round((np.arange(256) - 128) * deviation / _UNIT).astype(np.int16)
    return np.asarray(cv2.LUT(np.ascontiguousarray(part), steps), np.int16)


def noisy(picture: Pixels, luma: float, chroma: float, rng: random.Random, blur: float = 0.7) -> Pixels:
    """``picture`` with noise of ``luma`` grey levels in common and ``chroma`` levels by which the sensors differ."""
    h, w = picture.shape[:2]
    common = grain(h, w, luma, rng, blur)
    if picture.ndim == 2:
        return np.asarray(cv2.add(picture, common, dtype=cv2.CV_8U), np.uint8)
    planes = [cv2.add(picture[:, :, i], cv2.add(common, grain(h, w, chroma, rng, 1.4)), dtype=cv2.CV_8U) for i in range(3)]
    return np.asarray(cv2.merge(planes), np.uint8)
