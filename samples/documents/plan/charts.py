"""Drawings of boxes, arrows and bars, as word processors make them."""

from __future__ import annotations

import random

from samples.documents.plan.pictures import bar_heights
from samples.documents.plan.text import Chart
from samples.fonts import Face
from samples.paper import Paper, Rgb

_TINTS: tuple[Rgb, ...] = ((255, 255, 255), (222, 234, 246), (237, 237, 237), (226, 239, 218), (255, 242, 204))


def chart_height(chart: Chart) -> float:
    """How much of the page a chart takes, without its caption (mm)."""
    return {"flow": 14.0 * -(-len(chart.labels) // 4) + 4, "tree": 34.0, "layers": 13.0 * len(chart.labels) + 2, "bars": 52.0, "pairs": 50.0, "gantt": 8.0 * (len(chart.labels) - 2) + 10}[chart.kind]


def draw_chart(paper: Paper, chart: Chart, left: float, top: float, width: float, face: Face, rng: random.Random) -> None:
    """Draws ``chart`` below ``top``."""
    tint = rng.choice(_TINTS)
    if chart.kind == "flow":
        _flow(paper, chart, left, top, width, face, tint)
    elif chart.kind == "tree":
        _tree(paper, chart, left, top, width, face, tint)
    elif chart.kind == "layers":
        _layers(paper, chart, left, top, width, face, tint)
    elif chart.kind == "gantt":
        _gantt(paper, chart, left, top, width, face, rng)
    else:
        _bars(paper, chart, left, top, width, face, rng)


def _box(paper: Paper, x: float, y: float, w: float, h: float, text: str, face: Face, tint: Rgb) -> None:
    if tint != (255, 255, 255):
        paper.fill((x, y, x + w, y + h), tint)
    paper.cell((x, y, x + w, y + h), text, 9.5, face=face, border=0.25)


def arrow(paper: Paper, x0: float, y0: float, x1: float, y1: float) -> None:
    """A line with an open head at its end."""
    paper.line(x0, y0, x1, y1, 0.25)
    dx, dy = (1.0 if x1 > x0 else -1.0 if x1 < x0 else 0.0), (1.0 if y1 > y0 else -1.0 if y1 < y0 else 0.0)
    for turn in (-1, 1):
        paper.line(x1, y1, x1 - dx * 1.8 + turn * dy * 0.9, y1 - dy * 1.8 + turn * dx * 0.9, 0.25)


def _flow(paper: Paper, chart: Chart, left: float, top: float, width: float, face: Face, tint: Rgb) -> None:
    """Four boxes to a row, the next row running back."""
    per, w, h = 4, 31.0, 9.0
    gap = (width - 8 - per * w) / (per - 1)
    for i, label in enumerate(chart.labels):
        row, column = divmod(i, per)
        place = column if row % 2 == 0 else per - 1 - column
        x, y = left + 4 + place * (w + gap), top + row * 14
        _box(paper, x, y, w, h, label, face, tint)
        if i + 1 < len(chart.labels):
            if column < per - 1:
                ends = (x + w, x + w + gap) if row % 2 == 0 else (x, x - gap)
                arrow(paper, ends[0], y + h / 2, ends[1], y + h / 2)
            else:
                arrow(paper, x + w / 2, y + h, x + w / 2, y + 14)


def _tree(paper: Paper, chart: Chart, left: float, top: float, width: float, face: Face, tint: Rgb) -> None:
    head, *leaves = chart.labels
    middle, w = left + width / 2, 19.0
    _box(paper, middle - 16, top, 32, 9, head, face, tint)
    paper.line(middle, top + 9, middle, top + 15, 0.25)
    step = (width - 8 - w) / max(1, len(leaves) - 1)
    xs = [left + 4 + i * step for i in range(len(leaves))]
    paper.line(xs[0] + w / 2, top + 15, xs[-1] + w / 2, top + 15, 0.25)
    for x, label in zip(xs, leaves, strict=True):
        arrow(paper, x + w / 2, top + 15, x + w / 2, top + 21)
        _box(paper, x, top + 21, w, 9, label, face, tint)


def _layers(paper: Paper, chart: Chart, left: float, top: float, width: float, face: Face, tint: Rgb) -> None:
    for i, label in enumerate(chart.labels):
        y = top + 13 * i
        _box(paper, left + 18, y, width - 36, 8.6, label, face, tint)
        if i + 1 < len(chart.labels):
            for x in (left + width * 0.4, left + width * 0.6):
                paper.line(x, y + 8.6, x, y + 13, 0.25)


def _gantt(paper: Paper, chart: Chart, left: float, top: float, width: float, face: Face, rng: random.Random) -> None:
    """Tasks with bars over the time; the first two labels are where it begins and ends."""
    first, last, *tasks = chart.labels
    x0, x1 = left + 44, left + width
    tone = rng.choice(((91, 155, 213), (112, 173, 71), (127, 127, 127)))
    paper.cell((left, top, x0, top + 8), "工作内容", 9, face=face)
    paper.cell((x0, top, x1, top + 8), "", 9)
    paper.text(x0 + 2, top + 4, first, 9, face=face)
    paper.text(x1 - 2, top + 4, last, 9, face=face, align="r")
    for i, task in enumerate(tasks):
        y = top + 8 * (i + 1)
        paper.cell((left, y, x0, y + 8), task, 9, face=face)
        paper.frame((x0, y, x1, y + 8), 0.2)
        a, b = chart.values[2 * i], chart.values[2 * i + 1]
        paper.fill((x0 + (x1 - x0) * a, y + 2.4, x0 + (x1 - x0) * b, y + 5.6), tone)


def _bars(paper: Paper, chart: Chart, left: float, top: float, width: float, face: Face, rng: random.Random) -> None:
    """One bar to a label, or two (before and after) for ``pairs``."""
    pair = chart.kind == "pairs"
    x0, x1, base, room = left + 22, left + width - 14, top + 44, 38.0
    paper.line(x0, top, x0, base, 0.25)
    paper.line(x0, base, x1, base, 0.25)
    heights = [v / 100 for v in chart.values] if pair else list(bar_heights(chart.values))
    for i in range(1, 5):
        paper.line(x0, base - room * i / 4, x1, base - room * i / 4, 0.1, (190, 190, 190))
    blue, orange = rng.choice((((68, 114, 196), (237, 125, 49)), ((91, 155, 213), (112, 173, 71)), ((90, 90, 90), (165, 165, 165))))
    per = 2 if pair else 1
    slot = (x1 - x0) / len(chart.labels)
    for i, label in enumerate(chart.labels):
        for j in range(per):
            value, high = chart.values[i * per + j], heights[i * per + j] * room
            w = slot * (0.26 if pair else 0.4)
            x = x0 + slot * i + (slot - w * per) / 2 + w * j
            paper.fill((x, base - high, x + w, base), orange if j else blue)
            paper.text(x + w / 2, base - high - 2.4, f"{value:,.2f}" if not pair else f"{value:g}", 8, face=face, align="c")
        paper.text(x0 + slot * (i + 0.5), base + 4, label, 9, face=face, align="c")
    if pair:
        for j, (name, colour) in enumerate((("实施前", blue), ("实施后", orange))):
            x = left + width * (0.36 + 0.18 * j)
            paper.fill((x, top - 1.4, x + 3, top + 1.4), colour)
            paper.text(x + 4, top, name, 8.5, face=face)
