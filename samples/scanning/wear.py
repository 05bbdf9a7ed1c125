"""What a sheet and the glass add: the back shining through, holes, staples, dust, dark edges."""

from __future__ import annotations

import math
import random

import cv2
import numpy as np

from samples.scanning.page import Pixels, Turn


def shine_through(picture: Pixels, back: Pixels, strength: float) -> Pixels:
    """The grey ``back`` (as it looks from its own side) seen faintly through the paper."""
    small = cv2.resize(back, (back.shape[1] // 3, back.shape[0] // 3), interpolation=cv2.INTER_AREA)
    veil = cv2.resize(cv2.GaussianBlur(small, (0, 0), 1.0)[:, ::-1], (picture.shape[1], picture.shape[0]), interpolation=cv2.INTER_LINEAR)
    dark = ((255 - veil).astype(np.float32) * strength).astype(np.uint8)
    return np.asarray(cv2.subtract(picture, cv2.merge([dark] * 3) if picture.ndim == 3 else dark), np.uint8)


def punch(picture: Pixels, dpi: int, rng: random.Random, count: int, dark: bool, bound: Turn) -> None:
    """Punched holes at the edge that lay to the left in the binder; ``dark`` where the scanner's lid is, else pale with a shadow."""
    k = dpi / 25.4
    h, w = picture.shape[0] / k, picture.shape[1] / k
    wide, high = (h, w) if bound in (90, 270) else (w, h)
    apart, x = (80.0 if count == 2 else 108.0), rng.uniform(8.5, 12.5)
    middle = high / 2 + rng.uniform(-3, 3)
    c, s = round(math.cos(math.radians(bound))), round(math.sin(math.radians(bound)))
    for i in range(count):
        dx, dy = x - wide / 2, middle + (i - (count - 1) / 2) * apart + rng.uniform(-0.4, 0.4) - high / 2
        centre = (round((w / 2 + dx * c - dy * s) * k), round((h / 2 + dx * s + dy * c) * k))
        radius, tone = round(rng.uniform(2.6, 3.1) * k), rng.randint(18, 60) if dark else rng.randint(206, 228)
        cv2.circle(picture, centre, radius, (tone,) * 3, -1, cv2.LINE_AA)
        if not dark:
            cv2.ellipse(picture, centre, (radius, radius), 0, 170, 300, (tone - 60,) * 3, max(1, round(0.25 * k)), cv2.LINE_AA)


def staple(picture: Pixels, dpi: int, rng: random.Random) -> None:
    """The shadow and two holes of a staple at the top left corner."""
    k, turn = dpi / 25.4, math.radians(rng.uniform(20, 60) if rng.random() < 0.6 else rng.uniform(-4, 4))
    x, y, half = rng.uniform(9, 16), rng.uniform(7, 13), rng.uniform(5.0, 6.0)
    ends = [(round((x + s * half * math.cos(turn)) * k), round((y - s * half * math.sin(turn)) * k)) for s in (-1, 1)]
    tone = rng.randint(70, 130)
    if rng.random() < 0.5:
        cv2.line(picture, ends[0], ends[1], (tone,) * 3, max(1, round(0.45 * k)), cv2.LINE_AA)
    for end in ends:
        cv2.circle(picture, end, max(1, round(0.4 * k)), (tone - 40,) * 3, -1, cv2.LINE_AA)


def dust(picture: Pixels, dpi: int, rng: random.Random) -> None:
    """A few specks, and now and then a hair on the glass."""
    h, w = picture.shape[:2]
    for _ in range(rng.randint(0, 14)):
        tone = rng.randint(60, 190)
        cv2.circle(picture, (rng.randrange(w), rng.randrange(h)), max(1, round(rng.uniform(0.05, 0.22) * dpi / 25.4)), (tone,) * 3, -1, cv2.LINE_AA)
    if rng.random() < 0.04:
        x, y = rng.uniform(0.1, 0.9) * w, rng.uniform(0.1, 0.9) * h
        angle, points = rng.uniform(0, 6.28), []
        for _ in range(12):
            angle += rng.gauss(0, 0.35)
            x, y = x + math.cos(angle) * 0.5 * dpi / 25.4, y + math.sin(angle) * 0.5 * dpi / 25.4
            points.append((x, y))
        cv2.polylines(picture, [np.array(points, np.int32)], False, (rng.randint(90, 150),) * 3, 1, cv2.LINE_AA)


def streak(picture: Pixels, rng: random.Random) -> None:
    """A dirty spot in front of the line sensor draws a thin line down the whole page."""
    x, tone = rng.randrange(picture.shape[1]), rng.randint(12, 40)
    picture[:, x : x + rng.randint(1, 2)] = cv2.subtract(picture[:, x : x + 1], np.full_like(picture[:, x : x + 1], tone))


def darken_edges(picture: Pixels, rng: random.Random) -> None:
    """Shadow of a few per cent towards one side, where the book bends off the glass; in place."""
    w = picture.shape[1]
    depth, reach = rng.uniform(0.0, 0.16), rng.uniform(0.008, 0.03) * w
    band = min(w, round(reach * 5))
    across = (1 - depth * np.exp(-np.arange(band, dtype=np.float32) / reach))[None, :]
    if rng.random() < 0.3:
        part, across = picture[:, w - band :], across[:, ::-1]
    else:
        part = picture[:, :band]
    part[:] = np.clip(part * (across[:, :, None] if picture.ndim == 3 else across), 0, 255).astype(np.uint8)
