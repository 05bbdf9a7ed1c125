"""What official forms carry below their text: pale lines, waves and repeated words against copying, and printed borders."""

from __future__ import annotations

import math
import random

from samples.paper import MmBox, Paper, Rgb


def watermark(paper: Paper, text: str, rng: random.Random, ink: Rgb = (236, 240, 236), size: float = 20) -> None:
    """Repeats ``text`` in pale ink over the whole sheet, every other row shifted."""
    step_x, step_y = rng.uniform(52, 66), rng.uniform(26, 38)
    rows, columns = int(paper.height / step_y) + 1, int(paper.width / step_x) + 2
    for row in range(rows):
        for column in range(columns):
            paper.text((column - 0.5 * (row % 2)) * step_x, 12 + row * step_y, text, size, face="sans", ink=ink)


def waves(paper: Paper, box: MmBox, rng: random.Random, ink: Rgb = (226, 234, 238), pitch: float = 3.2) -> None:
    """Sine lines across ``box``, as security papers have."""
    swing, length, phase = rng.uniform(1.2, 2.4), rng.uniform(34, 60), rng.uniform(0, 6)
    steps = max(8, int((box[2] - box[0]) / 5))
    y = box[1] + swing
    while y < box[3] - swing:
        last: tuple[float, float] | None = None
        for i in range(steps + 1):
            x = box[0] + (box[2] - box[0]) * i / steps
            here = (x, y + swing * math.sin(phase + 2 * math.pi * x / length))
            if last is not None:
                paper.line(*last, *here, 0.1, ink)
            last = here
        y += pitch


def meander(paper: Paper, box: MmBox, ink: Rgb, band: float = 6.0) -> None:
    """A border of little squares inside squares between two frames, as printed around licences."""
    paper.frame(box, 0.5, ink)
    inner = (box[0] + band, box[1] + band, box[2] - band, box[3] - band)
    paper.frame(inner, 0.3, ink)
    across, down = int((box[2] - box[0]) / band), int((box[3] - box[1]) / band)
    step_x, step_y = (box[2] - box[0]) / across, (box[3] - box[1]) / down
    for i in range(across):
        for y in (box[1], box[3] - band):
            _key(paper, (box[0] + i * step_x, y, box[0] + (i + 1) * step_x, y + band), ink, i % 2 == 0)
    for i in range(1, down - 1):
        for x in (box[0], box[2] - band):
            _key(paper, (x, box[1] + i * step_y, x + band, box[1] + (i + 1) * step_y), ink, i % 2 == 0)


def _key(paper: Paper, box: MmBox, ink: Rgb, turned: bool) -> None:
    for shrink in (0.9, 1.9) if turned else (0.9, 2.3):
        part = (box[0] + shrink, box[1] + shrink, box[2] - shrink, box[3] - shrink)
        if part[2] - part[0] > 0.4 and part[3] - part[1] > 0.4:
            paper.frame(part, 0.15, ink)


def scallops(paper: Paper, box: MmBox, ink: Rgb, rng: random.Random, band: float = 6.5) -> None:
    """A border of interlaced waves, as on the licences of 2019 and after."""
    paper.frame(box, 0.5, ink)
    paper.frame((box[0] + 0.9, box[1] + 0.9, box[2] - 0.9, box[3] - 0.9), 0.2, ink)
    inner = (box[0] + band, box[1] + band, box[2] - band, box[3] - band)
    paper.frame(inner, 0.25, ink)
    pitch = rng.uniform(9, 13)
    for phase in range(0, 12, 2):
        _wave_side(paper, inner[0], inner[2], box[1] + band / 2, band / 2 - 0.8, pitch, phase / 2, ink, False)
        _wave_side(paper, inner[0], inner[2], box[3] - band / 2, band / 2 - 0.8, pitch, phase / 2, ink, False)
        _wave_side(paper, inner[1], inner[3], box[0] + band / 2, band / 2 - 0.8, pitch, phase / 2, ink, True)
        _wave_side(paper, inner[1], inner[3], box[2] - band / 2, band / 2 - 0.8, pitch, phase / 2, ink, True)


def _wave_side(paper: Paper, a: float, b: float, level: float, swing: float, pitch: float, phase: float, ink: Rgb, upright: bool) -> None:
    steps = int((b - a) / 1.6)
    last: tuple[float, float] | None = None
    for i in range(steps + 1):
        along = a + (b - a) * i / steps
        off = level + swing * math.sin(phase + 2 * math.pi * along / pitch)
        here = (off, along) if upright else (along, off)
        if last is not None:
            paper.line(*last, *here, 0.12, ink)
        last = here


def emblem(paper: Paper, x: float, y: float, size: float) -> None:
    """A red disc with stars, gate and cogwheel in the manner of the national emblem on licences: shape and colour only."""
    red, gold = (214, 52, 56), (246, 206, 120)
    paper.text(x, y, "●", size * 3.55, face="sans", ink=red, align="c")
    for dx, dy, part in ((0.0, -0.22, 0.62), (-0.2, -0.02, 0.26), (-0.09, 0.03, 0.26), (0.09, 0.03, 0.26), (0.2, -0.02, 0.26)):
        paper.text(x + dx * size, y + dy * size, "★", size * part * 1.25, face="sans", ink=gold, align="c")
    for level, half in ((0.17, 0.3), (0.21, 0.34), (0.25, 0.3)):
        paper.line(x - half * size, y + level * size, x + half * size, y + level * size, 0.5, gold)
    for i in range(28):
        turn = 2 * math.pi * i / 28
        c, s = math.cos(turn), math.sin(turn)
        paper.line(x + 0.49 * size * c, y + 0.49 * size * s, x + 0.55 * size * c, y + 0.55 * size * s, 0.6, red)


def guilloche(paper: Paper, x: float, y: float, size: float, ink: Rgb) -> None:
    """A rosette of fine lines."""
    petals = 11
    last: tuple[float, float] | None = None
    for i in range(361):
        t = 2 * math.pi * i * petals / 360
        r = size / 2 * (0.62 + 0.38 * math.cos(t * 7 / petals))
        here = (x + r * math.cos(t), y + r * math.sin(t))
        if last is not None:
            paper.line(*last, *here, 0.1, ink)
        last = here
