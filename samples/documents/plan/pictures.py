"""Snapshots for plans: workshops before and after, products; rendered soft and grainy, as pasted from a telephone.

All are drawn at a moderate size and brought to the page's pixels, since that is what pictures in such papers look like.
"""

from __future__ import annotations

import math
import random
from collections.abc import Callable
from itertools import pairwise

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from samples.fonts import outline_font

Rgb = tuple[int, int, int]
_WIDE = 520


def scene(kind: str, seed: str) -> Callable[[int, int], Image.Image]:
    """The maker of one picture: ``before`` or ``after`` (a workshop) or ``product``; the same seed gives the same picture."""
    # A closure, not a partial: the sheet's fingerprint looks into what functions hold.
    return lambda width, height: _render(kind, seed, width, height)


def _render(kind: str, seed: str, width: int, height: int) -> Image.Image:
    rng = random.Random(seed)
    high = round(_WIDE * height / width)
    image = _product(rng, _WIDE, high) if kind == "product" else _workshop(rng, _WIDE, high, kind == "after")
    return _taken(image, rng, width, height, dated=kind != "product" and rng.random() < 0.4, after=kind == "after")


def _shade(colour: Rgb, factor: float) -> Rgb:
    r, g, b = (max(0, min(255, round(c * factor))) for c in colour)
    return (r, g, b)


def _gradient(high: int, wide: int, top: Rgb, bottom: Rgb) -> NDArray[np.uint8]:
    t = np.linspace(0, 1, high, dtype=np.float32)[:, None, None]
    return np.broadcast_to(np.array(top, np.float32) * (1 - t) + np.array(bottom, np.float32) * t, (high, wide, 3)).astype(np.uint8)


class _Room:
    """A long hall seen from its end: points in metres become pixels."""

    def __init__(self, rng: random.Random, wide: int, high: int) -> None:
        self.wide, self.high = wide, high
        self.cx, self.cy = wide * rng.uniform(0.38, 0.62), high * rng.uniform(0.36, 0.46)
        self.focal = wide * rng.uniform(0.75, 0.95)
        self.eye = rng.uniform(1.6, 2.6)

    def at(self, x: float, y: float, z: float) -> tuple[float, float]:
        """``x`` right, ``y`` above the floor, ``z`` away (m)."""
        z = max(z, 0.6)
        return (self.cx + x / z * self.focal, self.cy - (y - self.eye) / z * self.focal)

    def quad(self, pen: ImageDraw.ImageDraw, points: list[tuple[float, float, float]], fill: Rgb) -> None:
        pen.polygon([self.at(*p) for p in points], fill=fill)

    def block(self, pen: ImageDraw.ImageDraw, x: float, y: float, z: float, w: float, h: float, d: float, colour: Rgb) -> None:
        """A box with its nearest lower left corner at (x, y, z); side, top and front in three shades."""
        side = x if x > 0 else x + w
        self.quad(pen, [(side, y, z), (side, y, z + d), (side, y + h, z + d), (side, y + h, z)], _shade(colour, 0.72))
        if y + h < self.eye:
            self.quad(pen, [(x, y + h, z), (x + w, y + h, z), (x + w, y + h, z + d), (x, y + h, z + d)], _shade(colour, 1.12))
        self.quad(pen, [(x, y, z), (x + w, y, z), (x + w, y + h, z), (x, y + h, z)], colour)


def _workshop(rng: random.Random, wide: int, high: int, after: bool) -> Image.Image:
    room = _Room(rng, wide, high)
    wall: Rgb = (226, 230, 232) if after else rng.choice(((190, 186, 172), (176, 182, 178), (198, 190, 178)))
    floor: Rgb = rng.choice(((92, 148, 122), (104, 138, 150), (168, 176, 176))) if after else rng.choice(((128, 124, 116), (116, 112, 108)))
    half, tall, far = rng.uniform(5.5, 7.5), rng.uniform(4.4, 5.6), 26.0
    image = Image.fromarray(np.ascontiguousarray(_gradient(high, wide, _shade(wall, 0.9), _shade(wall, 0.75))))
    pen = ImageDraw.Draw(image)
    room.quad(pen, [(-half, tall, 1), (half, tall, 1), (half, tall, far), (-half, tall, far)], _shade(wall, 0.62 if not after else 0.86))
    for side in (-half, half):
        for i in range(13):
            z = 1 + i * 2.0
            room.quad(pen, [(side, 0, z), (side, 0, z + 2), (side, tall, z + 2), (side, tall, z)], _shade(wall, 0.94 - 0.02 * i - (0.05 if i % 2 else 0.0)))
            if not after and i % 3 == 1:
                room.quad(pen, [(side, 1.6, z + 0.2), (side, 1.6, z + 1.7), (side, 3.2, z + 1.7), (side, 3.2, z + 0.2)], (206, 220, 228))
    for i in range(24):
        z = 1 + i * 1.05
        room.quad(pen, [(-half, 0, z), (half, 0, z), (half, 0, z + 1.1), (-half, 0, z + 1.1)], _shade(floor, 1.02 - 0.012 * i))
    lane = rng.uniform(0.9, 1.3)
    if after or rng.random() < 0.5:
        for side in (-lane, lane):
            room.quad(pen, [(side, 0.0, 1), (side + 0.12, 0.0, 1), (side + 0.12, 0.0, far), (side, 0.0, far)], (224, 190, 58) if after else (170, 150, 84))
    for i in range(10):
        z = 2.0 + i * 2.3
        for x in (-half * 0.5, half * 0.5) if after else (0.0,):
            room.quad(pen, [(x - 0.9, tall - 0.2, z), (x + 0.9, tall - 0.2, z), (x + 0.9, tall - 0.2, z + 0.3), (x - 0.9, tall - 0.2, z + 0.3)], (252, 252, 248))
    steps = [22 - 2.6 * i for i in range(8)]
    for z in steps:
        for side in (-1, 1):
            if after:
                _machine(room, pen, rng, side, z, lane)
            else:
                _bench(room, pen, rng, side, z, lane)
    if after:
        _screen(room, pen, rng, tall)
        _cart(room, pen, rng, rng.uniform(5, 9))
    return image


def _machine(room: _Room, pen: ImageDraw.ImageDraw, rng: random.Random, side: int, z: float, lane: float) -> None:
    colour = rng.choice(((236, 238, 238), (214, 220, 226), (240, 240, 236), (86, 116, 156), (228, 232, 220)))
    w, h, d = rng.uniform(1.5, 2.1), rng.uniform(1.3, 2.1), rng.uniform(1.5, 2.1)
    x = lane + 0.5 if side > 0 else -lane - 0.5 - w
    room.block(pen, x, 0, z, w, h, d, colour)
    room.quad(pen, [(x + 0.2, h * 0.5, z), (x + w - 0.2, h * 0.5, z), (x + w - 0.2, h * 0.86, z), (x + 0.2, h * 0.86, z)], (56, 74, 88))
    inner = lane + 0.5 if side > 0 else -lane - 0.5
    room.quad(pen, [(inner, h * 0.52, z + 0.3), (inner, h * 0.52, z + d * 0.6), (inner, h * 0.88, z + d * 0.6), (inner, h * 0.88, z + 0.3)], (64, 88, 104))
    room.quad(pen, [(inner, h * 0.55, z + d * 0.7), (inner, h * 0.55, z + d * 0.9), (inner, h * 0.8, z + d * 0.9), (inner, h * 0.8, z + d * 0.7)], (120, 180, 210))
    mid = x + w / 2
    for i, light in enumerate(((60, 190, 90), (236, 190, 60), (214, 70, 60))):
        room.quad(pen, [(mid, h + 0.12 * i, z), (mid + 0.08, h + 0.12 * i, z), (mid + 0.08, h + 0.11 + 0.12 * i, z), (mid, h + 0.11 + 0.12 * i, z)], light)
    if rng.random() < 0.4:
        _arm(room, pen, rng, inner, z + 0.2, side)


def _arm(room: _Room, pen: ImageDraw.ImageDraw, rng: random.Random, x: float, z: float, side: int) -> None:
    colour = rng.choice(((236, 138, 40), (240, 206, 60), (232, 234, 236)))
    points = [(x, 0.0, z), (x, 0.7, z), (x + side * 0.25, 1.4, z), (x - side * 0.5, 1.75, z), (x - side * 0.75, 1.25, z)]
    seen = [room.at(*p) for p in points]
    thick = max(2, round(0.2 / z * room.focal))
    for a, b in pairwise(seen):
        pen.line((*a, *b), fill=colour, width=thick)
        pen.ellipse((b[0] - thick * 0.6, b[1] - thick * 0.6, b[0] + thick * 0.6, b[1] + thick * 0.6), fill=_shade(colour, 0.8))


def _bench(room: _Room, pen: ImageDraw.ImageDraw, rng: random.Random, side: int, z: float, lane: float) -> None:
    wood = rng.choice(((150, 128, 96), (132, 138, 132), (120, 140, 120)))
    w = rng.uniform(1.4, 2.0)
    x = lane + 0.35 if side > 0 else -lane - 0.35 - w
    room.block(pen, x, 0.74, z, w, 0.07, 1.2, wood)
    for leg in (x + 0.05, x + w - 0.12):
        room.block(pen, leg, 0, z, 0.07, 0.74, 0.07, _shade(wood, 0.6))
    for _ in range(rng.randint(1, 4)):
        bx, size = x + rng.uniform(0.05, w - 0.4), rng.uniform(0.14, 0.34)
        room.block(pen, bx, 0.81, z + rng.uniform(0, 0.6), size, size * 0.8, size, rng.choice(((176, 140, 92), (70, 96, 140), (150, 60, 54), (196, 196, 190))))
    if rng.random() < 0.75:
        _worker(room, pen, rng, x + w / 2, z - 0.15)
    if rng.random() < 0.4:
        room.block(pen, x + side * 0.2, 0, z - 0.7, 0.5, 0.42, 0.5, (172, 136, 88))


def _worker(room: _Room, pen: ImageDraw.ImageDraw, rng: random.Random, x: float, z: float) -> None:
    coat = rng.choice(((70, 98, 150), (86, 120, 168), (60, 84, 120), (208, 212, 216)))
    top, low = room.at(x - 0.22, 1.25, z), room.at(x + 0.22, 0.45, z)
    pen.rounded_rectangle((top[0], top[1], low[0], low[1]), radius=max(1, (low[0] - top[0]) * 0.3), fill=coat)
    hx, hy = room.at(x, 1.42, z)
    r = 0.12 / max(z, 0.6) * room.focal
    pen.ellipse((hx - r, hy - r, hx + r, hy + r), fill=(212, 172, 144))
    pen.chord((hx - r, hy - r, hx + r, hy + r), 180, 360, fill=rng.choice(((40, 36, 34), coat, (232, 232, 234))))


def _screen(room: _Room, pen: ImageDraw.ImageDraw, rng: random.Random, tall: float) -> None:
    z, x = rng.uniform(8, 13), rng.uniform(-1.4, 0.2)
    room.block(pen, x, tall - 1.9, z, 1.9, 1.05, 0.1, (30, 34, 44))
    for i in range(4):
        h = rng.uniform(0.2, 0.7)
        room.quad(pen, [(x + 0.2 + 0.4 * i, tall - 1.8, z), (x + 0.45 + 0.4 * i, tall - 1.8, z), (x + 0.45 + 0.4 * i, tall - 1.8 + h, z), (x + 0.2 + 0.4 * i, tall - 1.8 + h, z)], rng.choice(((80, 200, 220), (110, 220, 130), (240, 190, 70))))


def _cart(room: _Room, pen: ImageDraw.ImageDraw, rng: random.Random, z: float) -> None:
    x = rng.uniform(-0.5, 0.1)
    room.block(pen, x, 0.05, z, 0.75, 0.3, 1.0, (242, 200, 50))
    room.block(pen, x + 0.08, 0.35, z + 0.1, 0.6, 0.5, 0.8, (70, 120, 190))


def _product(rng: random.Random, wide: int, high: int) -> Image.Image:
    image = Image.fromarray(np.ascontiguousarray(_gradient(high, wide, (246, 247, 248), rng.choice(((214, 218, 222), (226, 224, 216))))))
    pen = ImageDraw.Draw(image)
    body = rng.choice(((58, 64, 72), (188, 192, 198), (36, 72, 120), (210, 206, 194), (40, 110, 84)))
    w, h, d = wide * rng.uniform(0.36, 0.52), high * rng.uniform(0.3, 0.5), wide * rng.uniform(0.08, 0.16)
    x, y = (wide - w - d) / 2, (high + d * 0.5 - h) / 2 + high * 0.05
    pen.ellipse((x - wide * 0.03, y + h * 0.88, x + w + d * 1.3, y + h * 1.18), fill=(188, 190, 194))
    pen.polygon([(x, y), (x + d, y - d * 0.55), (x + w + d, y - d * 0.55), (x + w, y)], fill=_shade(body, 1.25))
    pen.polygon([(x + w, y), (x + w + d, y - d * 0.55), (x + w + d, y + h - d * 0.55), (x + w, y + h)], fill=_shade(body, 0.65))
    front = np.asarray(_gradient(int(h), int(w), _shade(body, 1.08), _shade(body, 0.88)))
    image.paste(Image.fromarray(np.ascontiguousarray(front)), (int(x), int(y)))
    if rng.random() < 0.5:
        for i in range(rng.randint(3, 7)):
            px = x + w * (0.1 + 0.12 * i)
            pen.rounded_rectangle((px, y + h * 0.62, px + w * 0.07, y + h * 0.82), radius=3, fill=_shade(body, 0.4), outline=_shade(body, 1.4))
    else:
        for i in range(rng.randint(8, 16)):
            px = x + w * 0.06 + i * w * 0.055
            pen.line((px, y + h * 0.12, px, y + h * 0.9), fill=_shade(body, 0.7), width=3)
    pen.rounded_rectangle((x + w * 0.62, y + h * 0.12, x + w * 0.94, y + h * 0.42), radius=4, fill=rng.choice(((232, 234, 236), (30, 50, 70), (90, 160, 190))))
    for i in range(3):
        px = x + w * (0.68 + 0.09 * i)
        pen.ellipse((px, y + h * 0.48, px + w * 0.03, y + h * 0.48 + w * 0.03), fill=((70, 200, 100), (240, 190, 60), (210, 70, 60))[i])
    return image


def _taken(image: Image.Image, rng: random.Random, width: int, height: int, *, dated: bool, after: bool) -> Image.Image:
    """What a telephone makes of the scene: light falling off, a cast, grain, blur, JPEG's blocks, sometimes the day."""
    pixels = np.asarray(image, np.float32)
    h, w = pixels.shape[:2]
    ys, xs = np.mgrid[0:h, 0:w].astype(np.float32)
    fall = 1 - rng.uniform(0.1, 0.3) * (((xs / w - rng.uniform(0.35, 0.65)) ** 2 + (ys / h - 0.5) ** 2) * 2)
    cast = np.array([rng.uniform(0.94, 1.04), 1.0, rng.uniform(0.93, 1.05)], np.float32)
    noise = np.random.default_rng(rng.getrandbits(32))
    cloud = cv2.resize(noise.standard_normal((9, 12)).astype(np.float32), (w, h), interpolation=cv2.INTER_CUBIC)
    pixels = pixels * fall[:, :, None] * cast * rng.uniform(0.86, 1.04) + cloud[:, :, None] * 5 + noise.standard_normal((h, w, 1)).astype(np.float32) * (4 if after else 7)
    seen = cv2.GaussianBlur(np.clip(pixels, 0, 255).astype(np.uint8), (0, 0), rng.uniform(0.7, 1.3))
    if dated:
        stamped = Image.fromarray(seen)
        face: ImageFont.FreeTypeFont = outline_font("sans", 15)
        day = f"{2020 if after else 2018}/{rng.randint(1, 5) if after else rng.randint(6, 12):02d}/{rng.randint(1, 28):02d} {rng.randint(8, 17):02d}:{rng.randint(0, 59):02d}"
        ImageDraw.Draw(stamped).text((w - 12, h - 16), day, font=face, fill=(250, 160, 50), anchor="rm")
        seen = np.asarray(stamped)
    coded = cv2.imencode(".jpg", np.ascontiguousarray(seen), [cv2.IMWRITE_JPEG_QUALITY, rng.randint(55, 80)])[1]
    plain = cv2.imdecode(coded, cv2.IMREAD_COLOR)
    assert plain is not None
    return Image.fromarray(cv2.resize(plain, (width, height), interpolation=cv2.INTER_AREA if width < w else cv2.INTER_CUBIC))


def bar_heights(values: tuple[float, ...]) -> tuple[float, ...]:
    """Values as parts of a rounded greatest value."""
    top = max(values)
    scale = 10 ** math.floor(math.log10(top))
    return tuple(v / (math.ceil(top / scale * 1.1) * scale) for v in values)
