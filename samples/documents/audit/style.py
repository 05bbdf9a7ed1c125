"""How a firm writes its reports: faces, borders, wordings, units, page numbers. One firm keeps to its template year after year."""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import Literal

from samples.documents.flow import Border
from samples.fonts import Face
from samples.paper import Align, Paper

PageNumber = Literal["page_of", "page_slash", "dashes", "slash", "bare", "page"]
_UNIT_WORDS = {"元": ("单位：人民币元", "单位：元", "金额单位：人民币元", "人民币元"), "千元": ("单位：人民币千元", "金额单位：千元"), "万元": ("单位：人民币万元", "单位：万元")}


@dataclass(frozen=True)
class Style:
    body: Face
    head: Face
    figures: Face
    border: Border
    size: float
    leading: float
    unit: str
    unit_words: str
    page_number: PageNumber
    number_side: Align
    balance: Literal["two_pages", "landscape", "single"]
    group: Literal["sheets", "columns"]
    dash: bool
    """Lines without an amount print a dash instead of nothing."""
    notes_column: bool
    line_numbers: bool
    ends: tuple[str, str]
    """Heads of the balance sheet's columns; ``{now}`` and ``{before}`` are its days."""
    flows: tuple[str, str]
    full: bool
    """Lines of the format that the company does not use are printed too."""
    signing: Literal["typed", "hand", "seals"]
    equity_pages: int
    header_line: bool
    roman: bool
    """Contents page numbered in Roman figures."""


def make_style(rng: random.Random, unit_rng: random.Random) -> Style:
    """A template; ``unit_rng`` must not depend on the year, since years in unlike units could not be compared to the cent."""
    unit = unit_rng.choices(("元", "千元", "万元"), (88, 5, 7))[0]
    ends = (("期末余额", "期初余额"), ("期末余额", "年初余额"), ("期末数", "期初数"), ("{now}", "{before}"), ("年末余额", "年初余额"))
    flows = (("本期金额", "上期金额"), ("本年金额", "上年金额"), ("本期发生额", "上期发生额"), ("本年累计数", "上年累计数"))
    return Style(
        rng.choice(("serif", "serif", "kai")), rng.choice(("serif", "sans")), rng.choice(("serif", "serif", "sans", "mono")),
        rng.choice(("grid", "grid", "open", "bold", "rules")), rng.choice((10.5, 10.5, 11, 12)), rng.choice((7.0, 7.4, 8.0)), unit,
        unit_rng.choice(_UNIT_WORDS[unit]), rng.choice(("page_of", "page_of", "page_slash", "dashes", "slash", "bare", "page")), rng.choice(("c", "c", "r")),
        rng.choice(("two_pages", "two_pages", "landscape", "single")), rng.choice(("sheets", "sheets", "columns")), rng.random() < 0.4,
        rng.random() < 0.6, rng.random() < 0.25, rng.choice(ends), rng.choice(flows), rng.random() < 0.75, rng.choice(("typed", "hand", "seals")),
        rng.choice((1, 1, 2)), rng.random() < 0.6, rng.random() < 0.5,
    )  # fmt: skip


def number_page(paper: Paper, style: Style, number: int, total: int) -> None:
    """The report's own page number at the foot; it becomes the paper's ``label``."""
    paper.label = number
    text = {
        "page_of": f"第{number}页 共{total}页", "page_slash": f"第 {number} 页 / 共 {total} 页", "dashes": f"- {number} -", "slash": f"{number}/{total}",
        "bare": f"{number}", "page": f"第 {number} 页",
    }[style.page_number]  # fmt: skip
    x = paper.width / 2 if style.number_side == "c" else paper.width - 26
    paper.text(x, paper.height - 13, text, 9, face=style.body, align=style.number_side)
