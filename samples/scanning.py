"""The office scanner: slight skew, tinted paper, edge shadow, sensor noise, JPEG. Truth boxes follow the skew."""

from __future__ import annotations

import io
import math
import random
from dataclasses import dataclass
from typing import Literal

import cv2
import numpy as np
from PIL import Image

from pipeline.model import Box, clamp_box
from samples.paper import MmBox, Paper

Look = Literal["colour", "grey"]
CHROMA_NOISE = 1.2
"""Grey levels of noise by which the three sensors of a colour scanner differ."""
_QUALITY = 66


@dataclass(frozen=True)
class Scan:
    """A scanned page as it will lie in the file, and the way from paper millimetres to upright page fractions."""

    jpeg: bytes
    width_px: int
    height_px: int
    dpi: int
    rotation: Literal[0, 90, 180, 270]
    paper_mm: tuple[float, float]
    skew: float
    colour: bool

    def box(self, mm: MmBox) -> Box:
        """The box of the upright page that holds the turned ``mm`` box."""
        width, height = self.paper_mm
        cx, cy = width / 2, height / 2
        c, s = math.cos(math.radians(self.skew)), math.sin(math.radians(self.skew))
        xs, ys = [], []
        for x in (mm[0], mm[2]):
            for y in (mm[1], mm[3]):
                xs.append(cx + (x - cx) * c - (y - cy) * s)
                ys.append(cy + (x - cx) * s + (y - cy) * c)
        x0, y0, x1, y1 = clamp_box(min(xs) / width, min(ys) / height, max(xs) / width, max(ys) / height)
        return (round(x0, 4), round(y0, 4), round(x1, 4), round(y1, 4))


def scan(paper: Paper, rng: random.Random, look: Look, *, rotation: Literal[0, 90, 180, 270] = 0, max_skew: float = 0.6) -> Scan:
    """Scans ``paper``. Pages without colour come out grey even from a colour scanner set to "auto".

    ``rotation`` is the clockwise turn that will make the page upright again; ``max_skew`` in degrees.
    """
    colour = look == "colour" and paper.coloured
    noise = np.random.default_rng(rng.randrange(1 << 31))
    skew = rng.uniform(-max_skew, max_skew)
    picture = np.asarray(paper.image if colour else paper.image.convert("L"))
    h, w = picture.shape[:2]
    white = rng.randint(246, 252)
    tint = np.array([white, white - rng.randint(1, 3), white - rng.randint(3, 7)] if colour else [white], np.float32)
    move = cv2.getRotationMatrix2D((w / 2, h / 2), -skew, 1.0)
    ground = (255, 255, 255) if colour else (255,)
    turned = cv2.warpAffine(picture, move, (w, h), flags=cv2.INTER_CUBIC, borderValue=ground)
    soft = cv2.GaussianBlur(turned, (0, 0), rng.uniform(0.45, 0.65)).astype(np.float32)
    shade = _edge_shadow(w, h, rng)
    grain = cv2.resize(noise.standard_normal((h // 2 + 1, w // 2 + 1)).astype(np.float32), (w, h), interpolation=cv2.INTER_LINEAR) * 1.5
    if colour:
        chroma = cv2.resize(noise.standard_normal((h // 4 + 1, w // 4 + 1, 3)).astype(np.float32), (w, h), interpolation=cv2.INTER_LINEAR)
        seen = soft * (tint / 255) * shade[:, :, None] + grain[:, :, None] + chroma * CHROMA_NOISE
    else:
        seen = soft * (float(tint[0]) / 255) * shade + grain
    # A scanner's contrast curve: ink is never quite black, paper is a little flattened.
    final = np.clip(seen * 0.93 + 14, 0, 255).round().astype(np.uint8)
    if rotation:
        final = np.ascontiguousarray(np.rot90(final, k=rotation // 90))
    out = io.BytesIO()
    Image.fromarray(final).save(out, "JPEG", quality=_QUALITY, dpi=(paper.dpi, paper.dpi), optimize=True)
    return Scan(out.getvalue(), final.shape[1], final.shape[0], paper.dpi, rotation, (paper.width, paper.height), skew, colour)


def _edge_shadow(w: int, h: int, rng: random.Random) -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
    """Darkening of a few per cent towards one side, where the book bends off the glass."""
    depth, reach = rng.uniform(0.0, 0.12), rng.uniform(0.01, 0.03) * w
    across = 1 - depth * np.exp(-np.arange(w, dtype=np.float32) / reach)
    return np.broadcast_to(across.astype(np.float32), (h, w))
