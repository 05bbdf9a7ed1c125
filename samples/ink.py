"""What ink, a worn ribbon and a copier do to the pixels of a sheet."""

from __future__ import annotations

import random

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

Rgb = tuple[int, int, int]
Alpha = NDArray[np.float32]


def multiplied(image: Image.Image, alpha: Alpha, x: float, y: float, colour: Rgb) -> None:
    """Ink of ``colour`` on ``image``, centred at ``(x, y)`` pixels: what is below shines through."""
    h, w = alpha.shape
    x0, y0 = round(x - w / 2), round(y - h / 2)
    xa, ya, xb, yb = max(0, x0), max(0, y0), min(image.width, x0 + w), min(image.height, y0 + h)
    if xa >= xb or ya >= yb:
        return
    under = np.asarray(image.crop((xa, ya, xb, yb)), np.float32)
    weight = alpha[ya - y0 : yb - y0, xa - x0 : xb - x0, None]
    mixed = under * (1 - weight * (1 - np.array(colour, np.float32) / 255))
    image.paste(Image.fromarray(mixed.round().astype(np.uint8)), (xa, ya))


def bleached(image: Image.Image, corners: list[int], strength: float, seed: int) -> None:
    x0, y0, x1, y1 = max(0, corners[0]), max(0, corners[1]), min(image.width, corners[2]), min(image.height, corners[3])
    if x0 >= x1 or y0 >= y1:
        return
    under = np.asarray(image.crop((x0, y0, x1, y1)), np.float32)
    noise = np.random.default_rng(seed).random(((y1 - y0) // 4 + 2, (x1 - x0) // 4 + 2)).astype(np.float32)
    veil = strength * (0.6 + 0.8 * cv2.resize(noise, (x1 - x0, y1 - y0), interpolation=cv2.INTER_LINEAR)[:, :, None])
    image.paste(Image.fromarray((under + (255 - under) * np.clip(veil, 0, 1)).round().astype(np.uint8)), (x0, y0))


def copied(image: Image.Image, seed: str) -> Image.Image:
    """``image`` off a black-and-white copier: tints gone or grown, lines a little fat, specks, a dark edge on worn machines."""
    rng = random.Random(seed)
    grey = np.asarray(image.convert("L"), np.uint8)
    if rng.random() < 0.5:
        grey = np.asarray(cv2.erode(cv2.GaussianBlur(grey, (3, 3), 0.6), np.ones((2, 2), np.uint8)), np.uint8)
    middle, steep = rng.uniform(120, 205), rng.uniform(0.016, 0.05)
    levels = 1 / (1 + np.exp(-(np.arange(256) - middle) * steep * 4))
    table = np.interp(levels, (levels[0], levels[-1]), (rng.uniform(0, 50), 255)).astype(np.uint8)
    out = np.array(cv2.LUT(grey, table), np.uint8)
    h, w = out.shape
    for _ in range(rng.randint(0, 60)):
        cv2.circle(out, (rng.randrange(w), rng.randrange(h)), max(1, round(w / 2400 * rng.uniform(0.6, 2.2))), (rng.randint(20, 160),), -1, cv2.LINE_AA)
    if rng.random() < 0.25:
        band = round(w * rng.uniform(0.004, 0.012))
        edge = np.linspace(rng.uniform(40, 120), 255, band)[None, :].repeat(h, 0)
        side = slice(0, band) if rng.random() < 0.5 else slice(w - band, w)
        out[:, side] = np.minimum(out[:, side], edge if side.start == 0 else edge[:, ::-1]).astype(np.uint8)
    return Image.fromarray(out).convert("RGB")
