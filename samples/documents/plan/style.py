"""How an author sets a plan: faces, sizes, numbering of heads, where page numbers stand and what they count."""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import Literal

from samples.documents.flow import Border
from samples.fonts import Face
from samples.paper import Align, Paper, Rgb

Heads = Literal["guide", "parts", "decimal"]
Foot = Literal["dashes", "plain", "total", "corner"]
_CHINESE = "零一二三四五六七八九十"


def chinese_number(n: int) -> str:
    """1 … 19 in Chinese figures."""
    return _CHINESE[n] if n <= 10 else f"十{_CHINESE[n - 10]}"


@dataclass(frozen=True)
class PlanStyle:
    """Margins are 2.54 cm; sizes are points, leading is millimetres."""

    face: Face
    head_face: Face
    size: float
    leading: float
    heads: Heads
    """guide 一、（一）; parts 第一章 第一节; decimal 一、 1.1"""
    border: Border
    count_cover: bool
    """The cover is page 1 (not printed); otherwise the text begins with page 1 behind the contents."""
    foot: Foot
    running_head: bool
    own_page: bool
    """Every chapter begins on a page of its own."""
    gap: float
    justified: bool
    centred: bool
    """Words in tables stand in the middle of their cells."""
    figures: Align
    tint: Rgb
    """The ground of table heads."""

    def chapter_number(self, number: int) -> str:
        return f"第{chinese_number(number)}章" if self.heads == "parts" else chinese_number(number)

    def chapter_head(self, number: str, title: str) -> str:
        if not number:
            return title
        return f"{number}　{title}" if self.heads == "parts" else f"{number}、{title}"

    def section_number(self, chapter: int, n: int) -> str:
        return {"guide": f"（{chinese_number(n)}）", "parts": f"第{chinese_number(n)}节", "decimal": f"{chapter}.{n}"}[self.heads]

    def section_head(self, number: str, title: str) -> str:
        return f"{number}{title}" if self.heads == "guide" else f"{number}　{title}"

    def page_foot(self, paper: Paper, number: int, total: int) -> None:
        """Prints the paper's own number and notes it."""
        paper.label = number
        y = paper.height - 15
        if self.foot == "corner":
            paper.text(paper.width - 25.4, y, str(number), 9, align="r")
            return
        text = {"dashes": f"- {number} -", "plain": str(number), "total": f"第 {number} 页 共 {total} 页"}[self.foot]
        paper.text(paper.width / 2, y, text, 9, align="c")


def some_style(rng: random.Random) -> PlanStyle:
    """One of the ways such papers are set; always the same number of draws."""
    official = rng.random() < 0.3
    plain, spread = rng.choice(((10.5, 1.72), (12.0, 1.66), (12.0, 1.85), (12.0, 1.6))), rng.uniform(0.97, 1.03)
    face: Face = "kai" if official else "serif"
    size = 14.0 if official else plain[0]
    leading = 9.6 * spread if official else size * 0.3528 * plain[1] * spread
    heads: Heads = rng.choice(("guide", "guide", "guide", "parts", "decimal"))
    border: Border = rng.choice(("grid", "grid", "open", "rules", "bold"))
    count_cover = rng.random() < 0.5
    foot: Foot = rng.choice(("dashes", "plain", "total", "corner"))
    running, own = rng.random() < 0.35, rng.random() < 0.4
    gap, justified, centred = rng.uniform(0.0, 1.2), rng.random() < 0.75, rng.random() < 0.5
    figures: Align = rng.choice(("c", "c", "r"))
    tint: Rgb = rng.choice(((255, 255, 255), (255, 255, 255), (217, 226, 243), (231, 230, 230)))
    return PlanStyle(face, "sans", size, leading, heads, border, count_cover, foot, running, own, gap, justified, centred, figures, tint)
