"""附表2 printed and sealed: 表1, 2, 3, 5 on A3, 表4 on A4, landscape; the same rows as the Excel, over as many sheets as they need."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from samples.documents.draft import Draft, chinese_date, seal_by_applicant, sign
from samples.fonts import Face
from samples.listing import Layout, Placed, interest_layout, list_layout
from samples.paper import MmBox, Paper
from samples.workbooks.lines import (
    Entry,
    Line,
    Value,
    covered,
    figure_text,
    groups_of,
    interest_lines,
    list_lines,
    plain_number,
    totals,
)
from samples.world.model import PaperKey, World

KIND = "investment_list"
LIST_KEY: PaperKey = "investment_list"
INTEREST_KEY: PaperKey = "investment_list::interest"
_SIZES = (8.0, 7.5, 7.0, 6.5, 6.0, 5.5)
_READABLE = 6.5
_MM = 25.4 / 72
_PAD = 1.3
"""Room left and right of a text in its cell, together."""
_SHARED = 12
"""A page is cut earlier by up to so many lines, so that merged cells stay whole."""


@dataclass(frozen=True)
class _Look:
    """One of the two ways in which such lists are printed, and its details."""

    sheet_like: bool
    """As Excel prints it: title and head on every page, thin lines; else a set table with the title on the first page only."""
    face: Face
    two_level: bool
    shade: bool
    date_form: int
    page_form: int
    bold_heads: bool
    """Headings and sums in bold (which clogs at this size), else in a plain 黑体."""
    leading: float
    signed: bool


def _look(world: World, stream: str) -> _Look:
    rng = world.rng("paper list", stream)
    sheet_like = rng.random() < 0.55
    face: Face = rng.choices(("serif", "sans"), (5, 1))[0] if sheet_like else rng.choices(("serif", "sans", "kai"), (3, 2, 1))[0]
    return _Look(sheet_like, face, rng.random() < 0.55, rng.random() < 0.3, rng.randrange(3), rng.randrange(3), rng.random() < 0.35, rng.uniform(1.16, 1.3), rng.random() < 0.7)


def draw_paper_list(world: World) -> Draft:
    """The printed list of 表1, 2, 3 or 5. Its ``lines`` are noted with all cells; faults of the Excel alone are not on it."""
    sheets = replace(world.sheets, lost_digits=frozenset(), lost_zeros=frozenset())
    layout, printed = list_layout(world), replace(world, sheets=sheets)
    lines = list_lines(printed, layout, world.rows)
    sums = totals(printed, layout, lines)
    lines = _differing(lines, layout, world.sheets.paper_differs)
    papers = _Print(world, LIST_KEY, layout, lines, sums, _look(world, "list"), "lines", (420.0, 297.0)).pages()
    return Draft(KIND, papers, layout.title, seam=True, key=LIST_KEY)


def draw_paper_interest(world: World) -> Draft:
    """The printed 表4; its ``interest`` rows are noted with all cells."""
    layout = interest_layout(world)
    lines = interest_lines(layout, world.interest_rows)
    papers = _Print(world, INTEREST_KEY, layout, lines, totals(None, layout, lines), _look(world, "interest"), "interest", (297.0, 210.0)).pages()
    return Draft(KIND, papers, layout.title, seam=True, key=INTEREST_KEY)


def _differing(lines: list[Line], layout: Layout, changes: Sequence[tuple[int, str, str]]) -> list[Line]:
    """The lines with what the print says otherwise: (序号, column, text); money in the text is yuan."""
    kinds = {p.key: p.column.kind for p in layout.columns}
    for sequence, key, text in changes:
        value: Value = text
        truth = text
        if kinds.get(key) == "money":
            value = layout.written(Decimal(text.replace(",", "")))
            truth = f"{layout.as_read(value):.2f}"
        at = next((i for i, line in enumerate(lines) if line.sequence == sequence and line.first), None)
        if at is not None:
            old = lines[at].entries.get(key)
            entry = Entry(value, ((key, truth),), old.over if old else 1)
            lines[at] = replace(lines[at], entries={**lines[at].entries, key: entry})
    return lines


@dataclass
class _Page:
    paper: Paper
    y: float
    first: int
    """Index of its first line."""
    boxes: dict[tuple[int, str], MmBox] = field(default_factory=dict)


class _Print:
    """Sets lines onto sheets."""

    def __init__(
        self, world: World, key: PaperKey, layout: Layout, lines: Sequence[Line], sums: Mapping[str, Decimal], look: _Look, table: str,
        sheet: tuple[float, float],
    ) -> None:  # fmt: skip
        self.world, self.key, self.layout, self.lines, self.sums, self.look, self.table = world, key, layout, lines, sums, look, table
        self.sheet = sheet
        self.margin = 8.0 if sheet[0] > 400 else 9.0
        self.two_level = look.two_level and any(p.group for p in layout.columns)
        self.probe = Paper(*sheet)
        self.commas = True
        self.size, self.widths = self._fit()
        if self.size < _READABLE:
            # So many columns that an accountant gives up the thousands' marks and the margin.
            self.commas, self.margin = False, 6.0
            self.size, self.widths = self._fit()
        self.xs = [self.margin]
        for width in self.widths:
            self.xs.append(self.xs[-1] + width)
        self.step = self.size * _MM * look.leading

    # --- measures --------------------------------------------------------------------------------------------------------

    def _shown(self, placed: Placed, value: Value) -> str:
        if isinstance(value, date):
            return (value.isoformat(), f"{value.year}/{value.month}/{value.day}", chinese_date(value))[self.look.date_form]
        if isinstance(value, Decimal):
            if placed.column.kind == "money":
                return self._figure(value)
            return f"{value * 100:.2f}%" if placed.column.kind == "rate" else plain_number(value)
        return value

    def _figure(self, value: Decimal) -> str:
        text = figure_text(value, self.layout.unit)
        return text if self.commas else text.replace(",", "")

    def _fit(self) -> tuple[float, list[float]]:
        """The largest size at which the columns have room, and their widths in mm."""
        room = self.sheet[0] - 2 * self.margin
        needs = [self._needs(placed) for placed in self.layout.columns]
        for size in _SIZES:
            k = size * _MM
            least = [a * k + _PAD for a, _ in needs]
            liked = [b * k + _PAD for _, b in needs]
            missing = sum(liked) - sum(least)
            comfort = 0.3 if size > _READABLE else 0.0
            if sum(least) + comfort * missing <= room or size == _SIZES[-1]:
                break
        spare = room - sum(least)
        if spare < 0:
            return size, [w * room / sum(least) for w in least]
        given = min(1.0, spare / missing) if missing > 0 else 1.0
        widths = [a + (b - a) * given for a, b in zip(least, liked, strict=True)]
        return size, [w * room / sum(widths) for w in widths]

    def _needs(self, placed: Placed) -> tuple[float, float]:
        """(least, liked) width of a column in ems."""
        texts = [self._shown(placed, e.value) for line in self.lines if (e := line.entries.get(placed.key)) is not None]
        if placed.key in self.sums:
            texts.append(self._figure(self.sums[placed.key]))

        def ems(text: str) -> float:
            return self.probe.text_width(text, 72 / 25.4, self.look.face)

        longest = max((ems(part) for text in texts for part in text.split("\n")), default=0.0)
        head = placed.leaf if self.two_level and placed.group else placed.head
        least_head = min(ems(head), max(2.0, ems(head) / 4))
        kind = placed.column.kind
        if kind in ("money", "number", "flag", "rate"):
            least = longest
        elif kind == "date":
            # A date of Excel's never breaks; one that was typed as text does.
            least = longest * (0.62 if self.look.date_form == 2 else 1.0)
        elif kind == "id":
            least = longest if longest < 4.5 else longest / 2 + 0.4 if longest < 10 else longest / 3 + 0.4
        else:
            least = min(longest, max(3.0, longest / 4))
        return max(least, least_head) + 0.1, max(longest, least_head) + 0.2

    def _face(self, head: bool) -> Face:
        return "sans" if head and not self.look.bold_heads else self.look.face

    def _wrapped(self, text: str, width: float, *, head: bool = False) -> list[str]:
        room = width - _PAD + 0.5
        return [line for part in text.split("\n") for line in (self.probe.wrap(part, room, self.size, self._face(head)) or [""])]

    def _heights(self) -> list[float]:
        """The height of each line, so that every text of it has room."""
        least = self.step + (1.4 if self.look.sheet_like else 2.0)
        heights = [least] * len(self.lines)
        for i, line in enumerate(self.lines):
            for at, placed in enumerate(self.layout.columns):
                entry = line.entries.get(placed.key)
                if entry is None:
                    continue
                need = (len(self._wrapped(self._shown(placed, entry.value), self.widths[at])) * self.step + 1.2) / entry.over
                for j in range(i, min(i + entry.over, len(heights))):
                    heights[j] = max(heights[j], need)
        return heights

    # --- pages -----------------------------------------------------------------------------------------------------------

    def pages(self) -> list[Paper]:
        heights, cuts = self._heights(), set(groups_of(self.lines))
        bottom = self.sheet[1] - 17
        foot = 34.0 + self.step
        pages: list[_Page] = []
        start = 0
        while start < len(self.lines) or not pages:
            page = self._new_page(len(pages), start)
            end, y = start, page.y
            while end < len(self.lines) and y + heights[end] <= bottom:
                y += heights[end]
                end += 1
            if end < len(self.lines):
                end = max((c for c in cuts if max(start + 1, end - _SHARED) <= c <= end), default=max(end, start + 1))
            self._lines(page, start, end, heights)
            pages.append(page)
            start = end
        if pages[-1].y + foot > self.sheet[1] - 12:
            pages.append(self._new_page(len(pages), len(self.lines)))
        self._total(pages[-1])
        self._signatures(pages[-1])
        self._note_rows(pages)
        for number, page in enumerate(pages, start=1):
            self._number(page.paper, number, len(pages))
        return [page.paper for page in pages]

    def _new_page(self, index: int, start: int) -> _Page:
        paper = Paper(*self.sheet)
        y = 12.0
        if index == 0 or self.look.sheet_like:
            y = self._head(paper, noted=index == 0)
        return _Page(paper, self._headings(paper, y), start)

    def _head(self, paper: Paper, *, noted: bool) -> float:
        world, layout, labels = self.world, self.layout, self.layout.labels
        middle, face = self.sheet[0] / 2, self.look.face
        y = 15.0
        annex: MmBox | None = None
        if layout.annex:
            annex = paper.text(self.margin, 10, layout.annex, 10.5, face=face)
        big = 18.0 if self.sheet[0] > 400 else 15.0
        title = paper.text(middle, y, layout.title, big, face="sans" if not self.look.sheet_like else face, bold=True, align="c")
        if noted:
            paper.note("table", str(layout.table), annex if annex and f"表{layout.table}" not in layout.title else title)
        size = 10.5 if self.sheet[0] > 400 else 9.0
        right = self.sheet[0] - self.margin
        places = (self.margin, self.margin + (right - self.margin) * 0.42, right)
        first = [("applicant_name", world.party.name, places[0]), ("uscc", world.party.uscc, places[1])]
        second = [("project_name", world.project.name, places[0]), ("category", "、".join(world.categories), places[1])]
        for row, items in enumerate((first, second)):
            for name, value, x in items:
                label = paper.text(x, 25.0 + 6.0 * row, f"{labels[name]}：", size, face=face)
                box = paper.text(label[2], 25.0 + 6.0 * row, value, size, face=face)
                if noted and name != "category":
                    paper.note(name, value, box)
        unit = paper.text(right, 25.0, f"{labels['unit']}{layout.stated}", size, face=face, align="r")
        if noted:
            paper.note("unit", layout.stated, unit)
        paper.text(right, 31.0, f"{labels['date']}：{chinese_date(world.application.applied_on)}", size, face=face, align="r")
        return 35.0

    def _headings(self, paper: Paper, y: float) -> float:
        columns = self.layout.columns
        low = [placed.leaf if self.two_level and placed.group else placed.head for placed in columns]
        deep = max(len(self._wrapped(text, self.widths[i], head=True)) for i, text in enumerate(low))
        top = self.step + 2.4 if self.two_level else 0.0
        bottom = y + top + deep * self.step + 2.2
        if self.look.shade:
            paper.fill((self.xs[0], y, self.xs[-1], bottom), (222, 222, 222))
        i = 0
        while i < len(columns):
            end = i
            while self.two_level and columns[i].group and end + 1 < len(columns) and columns[end + 1].group == columns[i].group:
                end += 1
            if end > i:
                self._cell(paper, (self.xs[i], y, self.xs[end + 1], y + top), columns[i].group, bold=True)
                for j in range(i, end + 1):
                    self._cell(paper, (self.xs[j], y + top, self.xs[j + 1], bottom), columns[j].leaf, bold=True)
            else:
                self._cell(paper, (self.xs[i], y, self.xs[i + 1], bottom), columns[i].head, bold=True)
            i = end + 1
        return bottom

    def _cell(self, paper: Paper, box: MmBox, text: str, *, bold: bool = False, align: str = "c") -> MmBox:
        """A cell and the box of its text; nothing is made smaller, long texts go over several lines."""
        paper.frame(box, 0.18 if self.look.sheet_like else 0.25)
        if not text:
            return box
        parts = self._wrapped(text, box[2] - box[0], head=bold)
        y = (box[1] + box[3]) / 2 - self.step * (len(parts) - 1) / 2
        x = {"l": box[0] + 0.6, "c": (box[0] + box[2]) / 2, "r": box[2] - 0.6}[align]
        seen = []
        for part in parts:
            seen.append(paper.text(x, y, part, self.size, face=self._face(bold), bold=bold and self.look.bold_heads, align="l" if align == "l" else "r" if align == "r" else "c"))
            y += self.step
        return (min(b[0] for b in seen), seen[0][1], max(b[2] for b in seen), seen[-1][3])

    def _align(self, placed: Placed) -> str:
        if placed.column.kind == "money":
            return "r"
        return "l" if self.look.sheet_like and placed.key in ("name", "supplier_name", "institution", "location", "smart_note") else "c"

    def _lines(self, page: _Page, start: int, end: int, heights: Sequence[float]) -> None:
        tops = [page.y]
        for i in range(start, end):
            tops.append(tops[-1] + heights[i])
        bottoms = self._open_cells(start)
        for i in range(start, end):
            y = tops[i - start]
            for at, placed in enumerate(self.layout.columns):
                entry = self.lines[i].entries.get(placed.key)
                x0, x1 = self.xs[at], self.xs[at + 1]
                if entry is not None:
                    last = min(end, i + entry.over)
                    bottoms[placed.key] = i + entry.over
                    box = (x0, y, x1, tops[last - start])
                    page.boxes[i, placed.key] = self._cell(page.paper, box, self._shown(placed, entry.value), align=self._align(placed))
                elif i >= bottoms.get(placed.key, 0):
                    over = self.lines[i].blank_over(placed.key)
                    bottoms[placed.key] = i + over
                    self._cell(page.paper, (x0, y, x1, tops[min(end, i + over) - start]), "")
                elif i == start:  # the lower part of a merged cell that began on the page before
                    last = min(end, bottoms[placed.key])
                    self._cell(page.paper, (x0, y, x1, tops[last - start]), "")
        page.y = tops[-1]

    def _open_cells(self, start: int) -> dict[str, int]:
        """Columns whose merged cell reaches over ``start``, and the line where it ends."""
        out: dict[str, int] = {}
        for i in range(max(0, start - 400), start):
            for key, entry in self.lines[i].entries.items():
                if i + entry.over > start:
                    out[key] = i + entry.over
        return out

    def _total(self, page: _Page) -> None:
        height = self.step + 3.4
        columns = self.layout.columns
        first = min((i for i, p in enumerate(columns) if p.key in self.sums), default=len(columns))
        until = max(1, min(first, 5))
        word = self.world.rng("paper list", self.key, "total").choice(("合计", "合  计", "合计"))
        self._cell(page.paper, (self.xs[0], page.y, self.xs[until], page.y + height), word, bold=True)
        wanted = "requested" if self.layout.table == 4 else "declared_amount"
        for at in range(until, len(columns)):
            figure = self.sums.get(columns[at].key)
            text = self._figure(figure) if figure is not None else ""
            box = self._cell(page.paper, (self.xs[at], page.y, self.xs[at + 1], page.y + height), text, bold=True, align="r")
            if columns[at].key == wanted and figure is not None:
                page.paper.note("declared_total", f"{self.layout.as_read(figure):.2f}", box)
        page.y += height

    def _signatures(self, page: _Page) -> None:
        company, paper, face = self.world.company, page.paper, self.look.face
        size = 10.5 if self.sheet[0] > 400 else 9.0
        y = page.y + 9.0
        room = self.sheet[0] - 2 * self.margin
        people = (("填表人：", company.contact, False), ("财务负责人：", company.finance_head, True), ("法定代表人：", company.legal_representative, True))
        rng = self.world.rng("paper list", self.key, "sign")
        for i, (label, name, signs) in enumerate(people):
            x = self.margin + room * (0.0, 0.2, 0.42)[i]
            seen = paper.text(x, y, label, size, face=face)
            if signs and self.look.signed:
                sign(self.world, self.key, paper, seen[2] + 1.5, y, name, rng, size=size * 1.55)
            else:
                paper.text(seen[2], y, name, size, face=face)
        x = self.margin + room * 0.68
        paper.text(x, y, "申报单位（公章）：", size, face=face)
        paper.text(x, y + 8, chinese_date(self.world.application.applied_on), size, face=face)
        centre = (x + 34 + rng.uniform(-5, 12), min(y + rng.uniform(-4, 7), self.sheet[1] - 22))
        seal_by_applicant(self.world, self.key, paper, *centre, self.world.rng("paper list", self.key, "seal"))

    def _note_rows(self, pages: Sequence[_Page]) -> None:
        """Notes every cell; a merged one holds for each line it covers, at the place where it is printed."""
        homes = {place: page for page in pages for place in page.boxes}
        for at, top, key, entry in covered(self.lines):
            page = homes.get((top, key))
            if page is not None:
                for name, value in entry.truth:
                    page.paper.note_row(self.table, at, name, value, page.boxes[top, key])

    def _number(self, paper: Paper, number: int, count: int) -> None:
        paper.label = number
        text = (f"第 {number} 页，共 {count} 页", f"{number}/{count}", f"第{number}页 共{count}页")[self.look.page_form]
        x = self.sheet[0] / 2 if self.look.page_form != 1 else self.sheet[0] - self.margin - 8
        paper.text(x, self.sheet[1] - 9, text, 9, face=self.look.face, align="c")
