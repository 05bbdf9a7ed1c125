"""附表2 as a sheet: head block, heading rows, lines, 合计, signatures; and where every value stands.

Nothing here knows about faults; they come in as :class:`Faults` and as what the lines already say.
"""

from __future__ import annotations

import math
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from unicodedata import east_asian_width

from samples.documents.draft import chinese_date
from samples.listing import Layout, Placed
from samples.truth import TruthValue
from samples.workbooks.book import Content, Sheet, Style, address, letters
from samples.workbooks.lines import Line, covered, groups_of
from samples.workbooks.loose import loosened
from samples.world.model import World

_DATE_FORMATS = ("yyyy-mm-dd", "yyyy/m/d", 'yyyy"年"m"月"d"日"', "text")


@dataclass(frozen=True)
class Look:
    """How this accountant's sheets look: chosen once per workbook."""

    base: Style
    date_format: str
    head_fill: str
    head_form: int
    """0: label and value in one cell; 1: in two cells; 2: one line of text for all."""
    numbering: bool
    notes: bool
    signers: str


def some_look(rng: random.Random) -> Look:
    font = rng.choices(("宋体", "仿宋_GB2312", "微软雅黑", "等线"), (6, 1, 2, 1))[0]
    return Look(
        Style(font=font, size=rng.choice((9, 10, 10, 11))), rng.choice(_DATE_FORMATS), rng.choices(("", "D9D9D9", "DCE6F1", "FFF2CC"), (5, 2, 1, 1))[0],
        rng.choices((0, 1, 2), (5, 3, 2))[0], rng.random() < 0.15, rng.random() < 0.25, rng.choice(("　　　　", "                    ")),
    )  # fmt: skip


@dataclass(frozen=True)
class Faults:
    """What went wrong in the cells. ``numbers`` maps (序号, column) to a number stored instead of the text."""

    numbers: Mapping[tuple[int, str], Decimal | float] = field(default_factory=dict)
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[str] = frozenset()
    uncached: bool = False
    typed_total: bool = False
    """The 合计 was typed in, so no formula."""


@dataclass
class Written:
    """A filled sheet and its truth."""

    sheet: Sheet
    fields: dict[str, TruthValue]
    rows: tuple[dict[str, TruthValue], ...]


def text_width(text: str) -> float:
    """In digits of the font."""
    return sum(2.0 if east_asian_width(char) in "WFA" else 1.0 for char in text)


def height_for(texts: Sequence[tuple[str, float]], size: float, least: float) -> float:
    """Row height in points for (text, column width) pairs."""
    lines = max((sum(max(1, math.ceil(text_width(part) / max(1.0, width - 0.8))) for part in text.split("\n")) for text, width in texts if text), default=1)
    return max(least, round(lines * size * 1.32 + 5, 1))


class TableWriter:
    """Fills one sheet from the top down."""

    def __init__(
        self, world: World, layout: Layout, lines: Sequence[Line], sums: Mapping[str, Decimal], look: Look, faults: Faults, *,
        two_level: bool, loose: bool, stream: str,
    ) -> None:  # fmt: skip
        self.world, self.layout, self.lines, self.sums, self.look, self.faults = world, layout, lines, sums, look, faults
        self.loose, self.stream = loose, stream
        self.two_level = two_level and any(p.group for p in layout.columns)
        self.sheet = Sheet(layout.sheet, paper="A4" if layout.table == 4 else "A3", landscape=True, footer="第 &P 页，共 &N 页")
        self.fields: dict[str, TruthValue] = {}
        self.at = 0
        self.column_of = {placed.key: i for i, placed in enumerate(layout.columns)}
        self.rows_of: list[int] = []
        self.size = look.base.size

    def write(self) -> Written:
        for index, placed in enumerate(self.layout.columns):
            self.sheet.widths[index] = placed.column.width * (1.0 + 0.02 * (self.size - 10)) + 1.6
        self._title()
        self._head_block()
        first_head = self.at
        self._headings()
        self.sheet.print_titles = (first_head, self.at - 1)
        self.sheet.freeze = (self.at, min(5, self.column_of.get("name", 2) + 1))
        self._body()
        self._total()
        self._foot()
        self.sheet.hidden_columns = {self.column_of[key] for key in self.faults.hidden_columns if key in self.column_of}
        self.sheet.hidden_rows = {row for row, line in zip(self.rows_of, self.lines, strict=True) if line.sequence in self.faults.hidden_rows}
        return Written(self.sheet, self.fields, self._truth())

    # --- above the lines -------------------------------------------------------------------------------------------------

    @property
    def last(self) -> int:
        return len(self.layout.columns) - 1

    def _told(self, name: str, value: str, cell: str) -> None:
        self.fields[name] = TruthValue(value=value, sheet=self.sheet.name, cell=cell)

    def _title(self) -> None:
        base = replace(self.look.base, border=False)
        table_cell = ""
        if self.layout.annex:
            table_cell = self.sheet.put(self.at, 0, self.layout.annex, replace(base, align="left", wrap=False))
            self.at += 1
        where = self.sheet.span(self.at, 0, self.at, self.last, self.layout.title, replace(base, size=18 if self.layout.table != 4 else 16, bold=True))
        self.sheet.heights[self.at] = 32
        self._told("table", str(self.layout.table), where if "表" + str(self.layout.table) in self.layout.title or not table_cell else table_cell)
        self.at += 1

    def _head_block(self) -> None:
        world, labels = self.world, self.layout.labels
        told = {
            "applicant_name": world.party.name, "uscc": world.party.uscc, "unit": self.layout.stated, "project_name": world.project.name,
            "category": "、".join(world.categories), "date": self._date(world.application.applied_on),
        }  # fmt: skip
        left = replace(self.look.base, border=False, align="left", wrap=False)
        if self.look.head_form == 2:
            text = "　　　".join(f"{labels[n]}：{told[n]}" for n in ("applicant_name", "uscc", "project_name", "category"))
            where = self.sheet.span(self.at, 0, self.at, self.last, text, left)
            for name in ("applicant_name", "uscc", "project_name"):
                self._told(name, told[name], where)
            self.at += 1
            self.sheet.span(self.at, 0, self.at, self.last // 2, f"{labels['date']}：{told['date']}", left)
            right = self.sheet.span(self.at, self.last // 2 + 1, self.at, self.last, f"{labels['unit']}{told['unit']}", replace(left, align="right"))
            self._told("unit", told["unit"], right)
            self.at += 1
            return
        cuts = (0, self.last * 2 // 5, self.last * 3 // 4, self.last + 1)
        for names in (("applicant_name", "uscc", "unit"), ("project_name", "category", "date")):
            for name, start, end in zip(names, cuts, cuts[1:], strict=False):
                where = self._labelled(labels[name], told[name], start, end - 1, left, unit=name == "unit")
                if name not in ("category", "date"):
                    self._told(name, told[name], where)
            self.at += 1

    def _labelled(self, label: str, value: str, start: int, end: int, style: Style, *, unit: bool) -> str:
        if self.look.head_form == 0 or unit or end - start < 3:
            joint = "" if unit else "："
            return self.sheet.span(self.at, start, self.at, end, f"{label}{joint}{value}", style)
        self.sheet.span(self.at, start, self.at, start + 1, label, style)
        return self.sheet.span(self.at, start + 2, self.at, end, value, style)

    def _date(self, day: date) -> str:
        return day.isoformat() if self.look.date_format != _DATE_FORMATS[2] else chinese_date(day)

    def _headings(self) -> None:
        style = replace(self.look.base, bold=True, fill=self.look.head_fill)
        columns = self.layout.columns
        if not self.two_level:
            for i, placed in enumerate(columns):
                self.sheet.put(self.at, i, placed.head, style)
            self.sheet.heights[self.at] = height_for([(p.head, self.sheet.widths[i]) for i, p in enumerate(columns)], self.size, 30)
            self.at += 1
        else:
            i = 0
            while i < len(columns):
                end = i
                while columns[i].group and end + 1 < len(columns) and columns[end + 1].group == columns[i].group:
                    end += 1
                if end > i:
                    self.sheet.span(self.at, i, self.at, end, columns[i].group, style)
                    for j in range(i, end + 1):
                        self.sheet.put(self.at + 1, j, columns[j].leaf, style)
                else:
                    self.sheet.span(self.at, i, self.at + 1, i, columns[i].head, style)
                i = end + 1
            self.sheet.heights[self.at] = 18
            low = [(p.leaf if p.group else p.head, self.sheet.widths[i]) for i, p in enumerate(columns)]
            self.sheet.heights[self.at + 1] = height_for(low, self.size, 28)
            self.at += 2
        if self.look.numbering:
            for i in range(len(columns)):
                self.sheet.put(self.at, i, str(i + 1), replace(self.look.base, size=self.size - 1, format="@"))
            self.at += 1

    # --- lines -----------------------------------------------------------------------------------------------------------

    def _body(self) -> None:
        cuts = set(groups_of(self.lines)) if self.loose else set()
        since = 0
        for i, line in enumerate(self.lines):
            if i in cuts and i - since >= 14 and i < len(self.lines) - 3:
                self._subtotal(since, i)
                self._headings_again()
                since = i
            self.rows_of.append(self.at)
            self._line(line)
            self.at += 1
        if since:
            self._subtotal(since, len(self.lines))

    def _line(self, line: Line) -> None:
        shown: list[tuple[str, float]] = []
        for i, placed in enumerate(self.layout.columns):
            entry = line.entries.get(placed.key)
            style = self._style(placed)
            if entry is None:
                over = line.blank_over(placed.key)
                if (self.at, i) not in self.sheet.cells:
                    self.sheet.span(self.at, i, self.at + over - 1, i, None, style)
                continue
            value, style = self._content(line, placed, entry.value, style)
            if entry.over > 1:
                self.sheet.span(self.at, i, self.at + entry.over - 1, i, value, style)
            else:
                self.sheet.put(self.at, i, value, style)
                if isinstance(value, str):
                    shown.append((value, self.sheet.widths[i]))
        self.sheet.heights[self.at] = height_for(shown, self.size, 20)

    def _style(self, placed: Placed) -> Style:
        kind, base = placed.column.kind, self.look.base
        if kind == "money":
            return replace(base, align="right", wrap=False, format="#,##0.00" if self.layout.unit == "元" else "#,##0.00####")
        if kind == "date":
            return replace(base, format="@" if self.look.date_format == "text" else self.look.date_format)
        if kind == "rate":
            return replace(base, format="0.00%")
        if kind == "number":
            return base
        if placed.key in ("name", "supplier_name", "institution", "location", "smart_note"):
            return replace(base, align="left", format="@")
        return replace(base, format="@")

    def _content(self, line: Line, placed: Placed, value: Content, style: Style) -> tuple[Content, Style]:
        stored = self.faults.numbers.get((line.sequence, placed.key))
        if stored is not None:
            return stored, replace(style, format="General")
        if self.loose:
            rng = self.world.rng(self.stream, "loose", line.sequence, placed.key, value)
            return loosened(value, placed, style, rng)
        if isinstance(value, date) and self.look.date_format == "text":
            return value.isoformat(), style
        if placed.column.kind == "year" and isinstance(value, str) and value.isdigit():
            return Decimal(value), replace(style, format="General")
        return value, style

    def _subtotal(self, start: int, end: int) -> None:
        style = replace(self.look.base, bold=True)
        for i, placed in enumerate(self.layout.columns):
            figures = [e.value for line in self.lines[start:end] if (e := line.entries.get(placed.key)) is not None and isinstance(e.value, Decimal)]
            total = sum(figures, Decimal(0)) if placed.key in self.sums and figures else None
            self.sheet.put(self.at, i, total, replace(self._style(placed), bold=True) if placed.key in self.sums else style)
        self.sheet.put(self.at, 0, "小计", style)
        self.at += 1

    def _headings_again(self) -> None:
        numbering, self.look = self.look.numbering, replace(self.look, numbering=False)
        self._headings()
        self.look = replace(self.look, numbering=numbering)

    # --- below the lines -------------------------------------------------------------------------------------------------

    def _total(self) -> None:
        style = replace(self.look.base, bold=True)
        typed = self.faults.typed_total or self.loose
        formulas = self.faults.uncached or (not typed and self.world.rng(self.stream, "formula").random() < 0.6)
        wanted = "requested" if self.layout.table == 4 else "declared_amount"
        first, last = (self.rows_of[0], self.rows_of[-1]) if self.rows_of else (self.at, self.at)
        for i, placed in enumerate(self.layout.columns):
            if placed.key not in self.sums:
                self.sheet.put(self.at, i, None, style)
                continue
            figure = self.sums[placed.key]
            formula = f"SUM({letters(i)}{first + 1}:{letters(i)}{last + 1})" if formulas else ""
            where = self.sheet.put(self.at, i, figure, replace(self._style(placed), bold=True), formula=formula, cached=not self.faults.uncached)
            if placed.key == wanted and not (self.faults.uncached and formula):
                self._told("declared_total", f"{self.layout.as_read(figure):.2f}", where)
        until = min((i for i, p in enumerate(self.layout.columns) if p.key in self.sums), default=3) - 1
        self.sheet.span(self.at, 0, self.at, max(1, min(until, 4)), self.world.rng(self.stream, "total").choice(("合计", "合  计", "总计")), style)
        self.sheet.heights[self.at] = 22
        self.at += 1

    def _foot(self) -> None:
        left = replace(self.look.base, border=False, align="left", wrap=False)
        if self.look.notes:
            self.sheet.put(self.at, 0, "注：1.发票号码请按文本格式填写；2.申报投入金额应扣除可抵扣的增值税税款。", left)
            self.at += 1
        self.at += 1
        company, gap = self.world.company, self.look.signers
        text = f"填表人：{company.contact}{gap}财务负责人：{company.finance_head}{gap}法定代表人：{company.legal_representative}{gap}联系电话：{company.phone}"
        self.sheet.put(self.at, 0, text, left)

    def _truth(self) -> tuple[dict[str, TruthValue], ...]:
        rows: list[dict[str, TruthValue]] = [{} for _ in self.lines]
        for at, top, key, entry in covered(self.lines):
            if key not in self.column_of:
                continue
            for name, value in entry.truth:
                rows[at][name] = TruthValue(value=value, sheet=self.sheet.name, cell=address(self.rows_of[top], self.column_of[key]))
        return tuple(rows)

