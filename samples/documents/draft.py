"""A document before scanning, and the helpers that several kinds share."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from samples.money import grouped
from samples.paper import MmBox, Paper
from samples.seals import Die, company_die, strike, strike_seam
from samples.world import World


@dataclass
class Draft:
    """Some papers of one kind. ``scan_quietly`` keeps text-heavy papers free of rotation."""

    kind: str
    papers: list[Paper]
    title: str
    year: int | None = None
    subtype: str | None = None
    seam: bool = False


def chinese_date(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def wan(value: Decimal, places: int = 2) -> str:
    """Yuan as 万元 with separators."""
    return grouped(value / 10000, places)


def applicant_die(world: World) -> Die:
    return company_die(world.company.party.name, world.company.seal_number)


def seal_by_applicant(world: World, kind: str, paper: Paper, x: float, y: float, rng: random.Random) -> None:
    """The applicant's company seal, unless the papers of this kind went out without it."""
    if kind not in world.unsealed:
        strike(paper, applicant_die(world), x, y, rng)


def copy_remark(world: World, kind: str, paper: Paper, x: float, y: float, rng: random.Random) -> None:
    """「与原件一致」 with the company seal beside it, as on every copy."""
    paper.text(x - 26, y + 20, "与原件一致", 12, face="serif", ink=(40, 40, 60))
    seal_by_applicant(world, kind, paper, x, y, rng)


def seam(world: World, draft: Draft, rng: random.Random) -> None:
    """骑缝章 over the right edges, one seal for each fan of at most eight pages."""
    if draft.kind in world.unsealed or len(draft.papers) < 2:
        return
    fans = -(-len(draft.papers) // 8)
    size = -(-len(draft.papers) // fans)
    for start in range(0, len(draft.papers), size):
        fan = draft.papers[start : start + size]
        strike_seam(fan, applicant_die(world), fan[0].height * rng.uniform(0.62, 0.74), rng)


def label_row(paper: Paper, x: float, y: float, widths: list[float], height: float, cells: list[str], *, size: float = 9.5, bold: bool = False) -> list[MmBox]:
    """A row of bordered cells; returns the text boxes."""
    seen = []
    for width, text in zip(widths, cells, strict=True):
        seen.append(paper.cell((x, y, x + width, y + height), text, size, bold=bold))
        x += width
    return seen


def foot(paper: Paper, number: int, total: int) -> None:
    """The document's own page number."""
    paper.label = number
    paper.text(paper.width / 2, paper.height - 14, f"第{number}页 共{total}页", 9, align="c")
