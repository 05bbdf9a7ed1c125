"""A document before scanning, and the helpers that several kinds share."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from zlib import crc32

from samples.money import grouped
from samples.paper import Paper
from samples.seals import Die, company_die, paste, strike
from samples.world.model import PaperKey, World


@dataclass
class Draft:
    """Some papers of one kind. ``key`` names the paper in the world; ``seam`` asks for a 骑缝章 where papers are bound."""

    kind: str
    papers: list[Paper]
    title: str
    year: int | None = None
    subtype: str | None = None
    seam: bool = False
    key: PaperKey = ""
    joined: str = ""
    """Pages with the same ``joined`` text belong to one sheet that the scanner may take as one picture (several slips on a page)."""


def chinese_date(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def wan(value: Decimal, places: int = 2) -> str:
    """Yuan as 万元 with separators."""
    return grouped(value / 10000, places)


def applicant_die(world: World) -> Die:
    return company_die(world.party.name, world.company.seal_number)


def seal_by_applicant(world: World, key: PaperKey, paper: Paper, x: float, y: float, rng: random.Random) -> None:
    """The applicant's company seal, unless the handling says: none, another party's, another seal, or a pasted picture."""
    handling, own = world.handling, random.Random(rng.getrandbits(62))
    if key in handling.unsealed:
        return
    die = applicant_die(world)
    if (other := dict(handling.sealed_by).get(key)) is not None:
        die = company_die(other.name)
    if (kind := dict(handling.wrong_seal).get(key)) is not None:
        die = company_die(world.party.name, line={"invoice": "发票专用章", "contract": "合同专用章", "finance": "财务专用章"}[kind], role=kind)
    if key in handling.pasted_seal:
        paste(paper, die, x, y)
    else:
        strike(paper, die, x, y, own, fresh=True)


def sign(world: World, key: PaperKey, paper: Paper, x: float, y: float, name: str, rng: random.Random, size: float = 17) -> None:
    """A signature in a person's hand, its left end at ``x``; left blank where the handling says so."""
    height = rng.uniform(-0.8, 0.8)
    if key not in world.handling.unsigned:
        # A person keeps their hand: it comes from the name, the height of the line from this signing.
        paper.text(x, y + height, name, size, face="hand", ink=(34, 38, 70), variant=crc32(name.encode()))


def copy_remark(world: World, key: PaperKey, paper: Paper, x: float, y: float, rng: random.Random) -> None:
    """「与原件一致」 with the company seal beside it, as on every copy."""
    paper.text(x - 26, y + 20, "与原件一致", 12, face="serif", ink=(40, 40, 60))
    seal_by_applicant(world, key, paper, x, y, rng)


def foot(paper: Paper, number: int, total: int) -> None:
    """The document's own page number."""
    paper.label = number
    paper.text(paper.width / 2, paper.height - 14, f"第{number}页 共{total}页", 9, align="c")
