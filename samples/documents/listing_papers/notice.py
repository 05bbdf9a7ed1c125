"""How announcements of listed companies are set: header with code, short name and number, the board's warranty, numbered heads."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from samples.documents.draft import chinese_date
from samples.documents.flow import Border, Flow, grid_row
from samples.documents.listing_papers.approval import chinese_day
from samples.documents.plan.text import Table
from samples.fonts import Face
from samples.paper import Paper
from samples.world.model import Listing, World


@dataclass(frozen=True)
class NoticeStyle:
    face: Face
    size: float
    leading: float
    border: Border
    foot: Literal["plain", "dashes", "total"]
    header_line: bool
    on_every_page: bool
    chinese_days: bool


def some_notice(rng: random.Random) -> NoticeStyle:
    """One way of setting announcements; a company keeps to one."""
    size, spread = rng.choice((10.5, 12.0, 12.0)), rng.uniform(1.62, 1.9)
    border: Border = rng.choice(("grid", "grid", "open", "bold"))
    foot: Literal["plain", "dashes", "total"] = rng.choice(("plain", "dashes", "total"))
    return NoticeStyle(rng.choice(("serif", "serif", "kai")), size, size * 0.3528 * spread, border, foot, rng.random() < 0.6, rng.random() < 0.4, rng.random() < 0.3)


class Notice:
    """An announcement being written."""

    def __init__(self, world: World, listing: Listing, style: NoticeStyle, number: str) -> None:
        self.world, self.listing, self.style, self.number = world, listing, style, number
        self.flow = Flow(self._page, left=26.0, width=158.0, bottom=266.0, size=style.size, leading=style.leading, face=style.face, head_face="sans", border=style.border, row_height=7.2)
        self.flow.need(0)

    @property
    def papers(self) -> list[Paper]:
        return self.flow.papers

    def _page(self) -> tuple[Paper, float]:
        paper, listing = Paper(), self.listing
        if self.papers and not self.style.on_every_page:
            return paper, 30.0
        paper.text(26, 20, f"证券代码：{listing.stock_code}", 10.5, face=self.style.face)
        paper.text(105, 20, f"证券简称：{listing.stock_name}", 10.5, face=self.style.face, align="c")
        label = "公告编号："
        if self.papers:
            paper.text(184, 20, label + self.number, 10.5, face=self.style.face, align="r")
        else:
            box = paper.put("document_number", self.number, 184, 20, self.number, 10.5, face=self.style.face, align="r")
            paper.text(box[0], 20, label, 10.5, face=self.style.face, align="r")
        if self.style.header_line:
            paper.line(26, 23.5, 184, 23.5, 0.2)
        return paper, 34.0

    def head(self, title: str) -> None:
        """Company and title in the middle, then the board's warranty."""
        paper, style = self.flow.paper, self.style
        y = 46.0
        paper.put("company_name", self.world.party.name, 105, y, self.world.party.name, 18, face="sans", bold=True, align="c")
        y += 11
        seen = []
        for line in paper.wrap(title, 150, 17, "sans"):
            seen.append(paper.text(105, y, line, 17, face="sans", bold=True, align="c"))
            y += 9.5
        paper.note("title", title, (min(b[0] for b in seen), seen[0][1], max(b[2] for b in seen), seen[-1][3]))
        y += 5
        warranty = "本公司及董事会全体成员保证信息披露的内容真实、准确、完整，没有虚假记载、误导性陈述或重大遗漏。"
        lines = paper.wrap("　　" + warranty, 150, style.size, style.face)
        if style.header_line:
            paper.frame((27, y - 5.5, 183, y + style.leading * len(lines) - 1), 0.2)
        for line in lines:
            paper.text(30, y, line, style.size, face=style.face, bold=True)
            y += style.leading
        self.flow.y = y + style.leading * 0.7

    def table(self, table: Table, *, size: float = 0.0) -> None:
        """A table with its caption at the right end above it, as units are given."""
        flow, small = self.flow, size or min(self.style.size, 11.0) - 1
        xs = flow.edges(table.shares)
        flow.need(8 * min(5, len(table.rows) + 2))
        flow.paper.text(184, flow.y, table.caption, small, face=self.style.face, align="r")
        flow.y += self.style.leading * 0.6
        for row in (table.heads, *table.rows):
            tall = 8.0 + 4.4 * (max(len(flow.paper.wrap(t, xs[i + 1] - xs[i] - 2, small, self.style.face)) for i, t in enumerate(row)) - 1)
            flow.need(tall)
            grid_row(flow.paper, xs, flow.y, tall, row, small, aligns=["c" if row is table.heads or i in table.words else "r" for i in range(len(row))], face=self.style.face, bold=row is table.heads, border=self.style.border)
            flow.y += tall
        flow.y += self.style.leading

    def sign(self, day: date, *, issuer: str = "") -> tuple[Paper, float]:
        """特此公告, 董事会 and day; returns the paper and the height of the day's line."""
        flow, style = self.flow, self.style
        flow.need(style.leading * 5.5)
        flow.paper.text(26 + style.size * 0.7056, flow.y, "特此公告。", style.size, face=style.face)
        flow.y += style.leading * 2
        board = f"{self.world.party.name}董事会"
        box = flow.paper.text(180, flow.y, board, style.size, face=style.face, align="r")
        flow.paper.note("issuer", issuer or self.world.party.name, box)
        flow.y += style.leading * 1.2
        flow.paper.put("issue_date", day.isoformat(), 174, flow.y, chinese_day(day) if style.chinese_days else chinese_date(day), style.size, face=style.face, align="r")
        return flow.paper, flow.y

    def finish(self, more: Sequence[Paper] = ()) -> list[Paper]:
        """All pages with their numbers."""
        papers = [*self.papers, *more]
        for n, paper in enumerate(papers, 1):
            paper.label = n
            text = {"plain": str(n), "dashes": f"- {n} -", "total": f"第{n}页 共{len(papers)}页"}[self.style.foot]
            paper.text(paper.width / 2, paper.height - 14, text, 9, align="c")
        return papers


def notice_style(world: World) -> NoticeStyle:
    """The company's own."""
    return some_notice(world.rng("notices"))
