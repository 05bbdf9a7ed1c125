"""What the slips of banks share: coloured bands, label-and-value cells, the bank's electronic or rubber seal.

The layouts are invented; each bank of the world always uses the same one.
"""

from __future__ import annotations

import random
import zlib
from datetime import date

from samples.fonts import Face
from samples.paper import BLACK, Align, MmBox, Paper, Rgb
from samples.seals import Die, paste

BLUE: Rgb = (38, 74, 140)
GREEN: Rgb = (40, 116, 84)
GREY: Rgb = (110, 112, 116)
PINS: Rgb = (46, 46, 66)
"""A needle printer's ribbon that was new some time ago."""


def bank_house(branch: str) -> str:
    """The bank's own name out of a branch's: 某某银行深圳某某支行 → 某某银行."""
    head, mark, _ = branch.partition("银行")
    return head + mark if mark else branch[:6]


def branch_place(branch: str) -> str:
    """What follows the bank's own name: the branch."""
    return branch.removeprefix(bank_house(branch)) or "营业部"


def house_number(branch: str, many: int) -> int:
    """Which of ``many`` layouts the branch's bank uses; the same in every world."""
    return zlib.crc32(bank_house(branch).encode()) // 7 % many


def band(paper: Paper, box: MmBox, tint: Rgb) -> None:
    """A flat tinted field below what is written later."""
    middle = (box[1] + box[3]) / 2
    paper.line(box[0], middle, box[2], middle, box[3] - box[1], tint)


def dashes(paper: Paper, x0: float, x1: float, y: float, ink: Rgb = GREY, *, on: float = 1.6, off: float = 1.2) -> None:
    """A dashed line: where slips are torn or cut apart."""
    while x0 < x1:
        paper.line(x0, y, min(x0 + on, x1), y, 0.15, ink)
        x0 += on + off


def pair(
    paper: Paper, box: MmBox, split: float, label: str, text: str, *, name: str = "", value: str = "", size: float = 8.5, label_face: Face = "serif",
    face: Face = "serif", ink: Rgb = BLACK, label_ink: Rgb = BLACK, border: float = 0.2, border_ink: Rgb = BLACK, align: Align = "l",
    tint: Rgb | None = None,
) -> MmBox:  # fmt: skip
    """A label cell of width ``split`` and a value cell beside it; with ``name`` the value is noted."""
    if tint is not None:
        band(paper, (box[0], box[1], box[0] + split, box[3]), tint)
    paper.cell((box[0], box[1], box[0] + split, box[3]), label, size, face=label_face, ink=label_ink, border=border, border_ink=border_ink)
    seen = paper.cell((box[0] + split, box[1], box[2], box[3]), text, size, face=face, align=align, ink=ink, border=border, border_ink=border_ink)
    if name:
        paper.note(name, value or text, seen)
    return seen


def line_pair(
    paper: Paper, x: float, y: float, label: str, text: str, *, name: str = "", value: str = "", size: float = 9.0, face: Face = "serif",
    label_face: Face = "serif", ink: Rgb = BLACK, label_ink: Rgb = BLACK, gap: float = 0.8,
) -> MmBox:  # fmt: skip
    """``label：value`` on one line without any frame."""
    head = paper.text(x, y, label, size, face=label_face, ink=label_ink)
    seen = paper.text(head[2] + gap, y, text, size, face=face, ink=ink)
    if name:
        paper.note(name, value or text, seen)
    return seen


def electronic_die(branch: str, on: date, shape: int, word: str = "电子回单专用章") -> Die:
    """The seal that the bank's computer prints: round with a word below, or oval with the day across the middle."""
    house = bank_house(branch)
    if shape % 2:
        return Die("oval", "unknown", f"{house}股份有限公司", (f"{on:%Y.%m.%d}", word), width=42, height=30, star=False)
    return Die("round", "unknown", f"{house}股份有限公司", (word,), width=34, height=34)


def rubber_die(branch: str, on: date, word: str) -> Die:
    """The clerk's square stamp with branch, day and word (转讫, 收讫, 业务清讫)."""
    place = branch_place(branch)
    return Die("square", "unknown", "", (bank_house(branch), place, f"{on:%Y.%m.%d}", word), width=36, height=24, star=False)


def electronic_seal(paper: Paper, die: Die, x: float, y: float, ink: Rgb = (222, 44, 48)) -> None:
    """Printed with the slip: upright and even."""
    paste(paper, die, x, y, ink=ink)


def hexes(rng: random.Random, groups: int, size: int = 4) -> str:
    return " ".join("".join(rng.choice("0123456789ABCDEF") for _ in range(size)) for _ in range(groups))


def digits(rng: random.Random, count: int) -> str:
    return "".join(rng.choice("0123456789") for _ in range(count))
