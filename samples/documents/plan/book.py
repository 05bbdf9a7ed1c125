"""Chapters set on pages: heads whose places are remembered, prose, tables, pictures and drawings in one run."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from samples.documents.flow import Flow, grid_row, measure, set_lines
from samples.documents.plan.charts import chart_height, draw_chart
from samples.documents.plan.pictures import scene
from samples.documents.plan.style import PlanStyle
from samples.documents.plan.text import Block, Chapter, Chart, Photos, Point, Prose, Table
from samples.paper import Align, MmBox, Paper
from samples.world.model import World

LEFT, WIDTH, TOP, BOTTOM = 25.4, 159.2, 28.5, 268.0


@dataclass(frozen=True)
class Entry:
    """A head as the body prints it. ``page`` indexes the body's papers; ``chapter`` is the outline's number."""

    level: int
    chapter: int
    number: str
    title: str
    text: str
    page: int
    box: MmBox


class Book:
    """Sets chapters of ``world``'s paper ``name`` (the key of its chance) in ``style``."""

    def __init__(self, world: World, name: str, style: PlanStyle, running_head: str) -> None:
        self.world, self.name, self.style, self.running_head = world, name, style, running_head
        self.entries: list[Entry] = []
        self._figures = 0
        self.flow = Flow(
            self._page, left=LEFT, width=WIDTH, bottom=BOTTOM, size=style.size, leading=style.leading, face=style.face, head_face=style.head_face,
            figures="serif", border=style.border, row_height=max(6.4, style.size * 0.3528 * 1.72),
        )  # fmt: skip

    def _page(self) -> tuple[Paper, float]:
        paper = Paper()
        if self.style.running_head:
            paper.text(paper.width / 2, 16, self.running_head, 9, align="c")
            paper.line(LEFT, 19, LEFT + WIDTH, 19, 0.15)
        return paper, TOP + self.style.leading * 0.3

    @property
    def papers(self) -> list[Paper]:
        return self.flow.papers

    def set(self, chapters: Sequence[Chapter], *, unnumbered: frozenset[int] = frozenset()) -> None:
        """Sets ``chapters`` in the order given; those in ``unnumbered`` print no number."""
        for place, chapter in enumerate(chapters):
            if place and self.style.own_page:
                self.flow.turn()
            number = "" if chapter.number in unnumbered else self.style.chapter_number(chapter.number)
            self._head(1, chapter.number, number, chapter.title, self.style.chapter_head(number, chapter.title))
            named = 0
            for section in chapter.sections:
                if section.title:
                    named += 1
                    own = self.style.section_number(chapter.number, named)
                    self._head(2, chapter.number, own, section.title, self.style.section_head(own, section.title))
                self.add(section.blocks)

    def add(self, blocks: Sequence[Block]) -> None:
        """Sets ``blocks`` where the text stands now, under no head."""
        for block in blocks:
            self._block(block)

    def _head(self, level: int, chapter: int, number: str, title: str, text: str) -> None:
        flow, style = self.flow, self.style
        size = style.size + (3.5 if level == 1 else 1.0)
        flow.need(style.leading * (6.4 if level == 1 else 3.2))
        flow.skip(style.leading * (0.35 if level == 1 else 0.15))
        middle = level == 1 and style.heads == "parts"
        # A long title that does not fit is set smaller, never broken: its line is what the contents repeat.
        while flow.paper.text_width(text, size, style.head_face) > WIDTH and size > 8:
            size -= 0.5
        x = LEFT + WIDTH / 2 if middle else LEFT + (2 * style.size * 0.3528 if style.face == "kai" else 0.0)
        box = flow.paper.text(x, flow.y, text, size, face=style.head_face, bold=level == 1, align="c" if middle else "l")
        self.entries.append(Entry(level, chapter, number, title, text, len(flow.papers) - 1, box))
        flow.skip(style.leading * (1.3 if level == 1 else 1.08))

    def _block(self, block: Block) -> None:
        flow, style = self.flow, self.style
        if isinstance(block, Prose):
            self._prose(block.text)
        elif isinstance(block, Point):
            flow.need(style.leading * 2)
            flow.paper.text(LEFT + 2 * style.size * 0.3528, flow.y, block.text, style.size, face="sans" if style.face != "kai" else "kai", bold=style.face == "kai")
            flow.skip(style.leading)
        elif isinstance(block, Table):
            self._table(block)
        elif isinstance(block, Photos):
            self._photos(block)
        else:
            self._chart(block)

    def _prose(self, text: str) -> None:
        """A paragraph, its lines drawn out to both margins as word processors do."""
        flow, style = self.flow, self.style
        flow.need(style.leading)
        lines = set_lines(flow.paper, "　　" + text, WIDTH, style.size, style.face)
        for i, line in enumerate(lines):
            flow.need(style.leading)
            slack = WIDTH - measure(flow.paper, line, style.size, style.face)
            gap = slack / max(1, len(line) - 1) if style.justified and i < len(lines) - 1 and abs(slack) < 14 else 0.0
            flow.paper.text(LEFT, flow.y, line, style.size, face=style.face, spread=gap)
            flow.y += style.leading
        flow.skip(style.gap)

    def _table(self, table: Table) -> None:
        """A table under its caption; rows are as high as their text needs, the head stands again on a new page."""
        flow, style = self.flow, self.style
        size = min(style.size, 12.0) - 1.5
        xs, step = flow.edges(table.shares), size * 0.3528 * 1.3
        aligns: list[Align] = ["l" if i in table.words and not style.centred else "c" if i in table.words else style.figures for i in range(len(xs) - 1)]
        flow.need(style.leading + flow.row_height * min(4, len(table.rows) + 1) + 2)
        flow.paper.text(LEFT + WIDTH / 2, flow.y, table.caption, max(9.0, style.size - 1.5), face=style.head_face, align="c")
        flow.skip(style.leading * 0.65)
        self._table_head(table, xs, size)
        for row in table.rows:
            most = max(len(flow.paper.wrap(text, xs[i + 1] - xs[i] - 2.4, size, style.face)) for i, text in enumerate(row))
            tall = max(flow.row_height, min(most, 4) * step + 2.2)
            if flow.y + tall > BOTTOM + 4:
                self._table_rule(xs)
                flow.turn()
                self._table_head(table, xs, size)
            grid_row(flow.papers[-1], xs, flow.y, tall, row, size, aligns=aligns, face=style.face, figures="serif", bold=row[0] == "合计" or row[1] == "合计", border=style.border)
            flow.y += tall
        self._table_rule(xs)
        flow.skip(style.leading)

    def _table_head(self, table: Table, xs: Sequence[float], size: float) -> None:
        flow, style = self.flow, self.style
        high = flow.row_height + 0.8
        if style.tint != (255, 255, 255):
            flow.paper.fill((xs[0], flow.y, xs[-1], flow.y + high), style.tint)
        self._table_rule(xs)
        grid_row(flow.paper, xs, flow.y, high, table.heads, size, face=style.head_face, bold=style.tint == (255, 255, 255), border=style.border)
        flow.y += high
        if style.border == "rules":
            flow.paper.line(xs[0], flow.y, xs[-1], flow.y, 0.2)

    def _table_rule(self, xs: Sequence[float]) -> None:
        if self.style.border != "grid":
            self.flow.papers[-1].line(xs[0], self.flow.y, xs[-1], self.flow.y, 0.45)

    def _photos(self, photos: Photos) -> None:
        flow, style = self.flow, self.style
        wide = (WIDTH - 6) / len(photos.scenes)
        flow.need(photos.height + style.leading * 1.4)
        top = flow.y - style.leading * 0.35
        for i, (kind, caption) in enumerate(photos.scenes):
            x = LEFT + i * (wide + 6)
            flow.paper.photo(scene(kind, f"{self.world.seed}:{self.name}:{photos.key}:{i}"), (x, top, x + wide, top + photos.height))
            flow.paper.text(x + wide / 2, top + photos.height + style.leading * 0.6, caption, max(9.0, style.size - 2), face=style.face, align="c")
        flow.skip(photos.height + style.leading * 1.4)

    def _chart(self, chart: Chart) -> None:
        flow, style = self.flow, self.style
        high = chart_height(chart)
        flow.need(high + style.leading * 1.6)
        rng = self.world.rng(self.name, "chart", chart.kind, self._figures)
        self._figures += 1
        draw_chart(flow.paper, chart, LEFT, flow.y - style.leading * 0.2, WIDTH, "sans" if style.face == "kai" else style.face, rng)
        flow.skip(high + style.leading * 0.5)
        flow.paper.text(LEFT + WIDTH / 2, flow.y, chart.caption, max(9.0, style.size - 2), face=style.face, align="c")
        flow.skip(style.leading * 1.1)
