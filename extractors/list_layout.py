"""Where a sheet of 附表2 has its head block, its heading rows and its columns."""

from __future__ import annotations

import re
from dataclasses import dataclass

from extractors.grid import Grid, squeeze, tidy
from extractors.list_columns import INTEREST_COLUMNS, LINE_COLUMNS, Column, column_for, head_unit, heading_unit
from pipeline.model import Cell

SEARCH_ROWS = 60
"""Heading rows stand within the first rows that are filled."""
MAX_LEVELS = 3
_TITLE = re.compile(r"项目投入明细清单|投入明细|利息费用清单|明细清单|附表2|附表二")
_TABLE_NUMBER = re.compile(r"表\s*([1-5一二三四五])(?!\d)")
_LABELS = {
    "applicant_name": re.compile(r"(?:申报单位|申请单位|单位名称|企业名称|填报单位|申报企业|项目单位|承担单位)(?:名称)?(?:[(（][^)）]*[)）])?[:：]?"),
    "uscc": re.compile(r"(?:统一社会信用代码|社会信用代码|组织机构代码|纳税人识别号|信用代码)[:：]?"),
    "project_name": re.compile(r"(?:申报项目名称|项目名称|申报项目)[:：]?"),
}
_ANY_LABEL = re.compile(
    r"(申报单位|申请单位|单位名称|企业名称|填报单位|申报企业|项目单位|承担单位|统一社会信用代码|社会信用代码|项目名称|申报项目|项目类别|"
    r"填报日期|填表日期|(?:金额|计量|货币)?单位[:：](?=人民币|[百千万亿]*元)|填表人|联系人|联系电话|[(（]盖?公?章)"
)


@dataclass(frozen=True)
class Mapped:
    """One column of the sheet with its meaning. ``unit`` is the money unit that its own heading names."""

    index: int
    column: Column
    heading: str
    unit: str | None


@dataclass(frozen=True)
class HeadValue:
    """A value of the head block and the cell where it stands."""

    value: str
    cell: Cell


@dataclass(frozen=True)
class ListLayout:
    """A recognised sheet: heading rows ``header_top..header_bottom`` (from 0), columns, head block, unit."""

    table: str
    table_cell: Cell
    interest: bool
    header_top: int
    header_bottom: int
    columns: tuple[Mapped, ...]
    unit: str | None
    unit_cell: Cell | None
    head: dict[str, HeadValue]
    title: str

    def named(self, name: str) -> tuple[Mapped, ...]:
        return tuple(m for m in self.columns if m.column.name == name)


def flatten(grid: Grid, top: int, bottom: int, column: int) -> str:
    """The heading of a column over its levels: ``发票信息/金额``; a level merged downwards counts once."""
    parts: list[str] = []
    for row in range(top, bottom + 1):
        cell = grid.seen(row, column)
        text = squeeze(cell.text) if cell else ""
        if text and (not parts or parts[-1] != text):
            parts.append(text)
    return "/".join(parts)


def _is_head_row(grid: Grid, row: int) -> bool:
    """Head-block or title rows: labels with colons, or one text over the whole width."""
    texts = {grid.text(row, c) for c in range(grid.last_column + 1)} - {""}
    return len(texts) <= 1 or any(re.search(r"[:：]", t) or _TITLE.search(t) for t in texts)


def _map_columns(grid: Grid, top: int, bottom: int, known: tuple[Column, ...]) -> tuple[Mapped, ...]:
    found: list[Mapped] = []
    for index in range(min(grid.last_column, 200) + 1):
        heading = flatten(grid, top, bottom, index)
        box = grid.merged(bottom, index)
        if box and box[1] < index and grid.merged(bottom, index - 1) == box:
            continue  # the right part of a heading merged sideways over blank columns
        column = column_for(heading, known)
        if column is not None:
            found.append(Mapped(index, column, heading, heading_unit(heading)))
    return tuple(found)


def _best(grid: Grid, known: tuple[Column, ...]) -> tuple[int, int, tuple[Mapped, ...]]:
    best: tuple[int, int, tuple[Mapped, ...]] = (-1, -1, ())
    score = 0.0
    for bottom in grid.filled_rows[:SEARCH_ROWS]:
        for levels in range(1, MAX_LEVELS + 1):
            top = bottom - levels + 1
            if top < 0 or (levels > 1 and _is_head_row(grid, top)):
                break
            mapped = _map_columns(grid, top, bottom, known)
            texts = [grid.text(bottom, m.index) for m in mapped]
            # Data rows hold digits; a heading row does not.
            digits = sum(bool(re.fullmatch(r"[\d.,/-]+", t)) for t in texts)
            value = len({m.column.name for m in mapped}) - 2.0 * digits - 0.1 * levels
            if value > score:
                score, best = value, (top, bottom, mapped)
    return best


def find_layout(grid: Grid) -> ListLayout | None:
    """The layout of a sheet that is one of the tables 1–5, else None."""
    line_top, line_bottom, lines = _best(grid, LINE_COLUMNS)
    loan_top, loan_bottom, loans = _best(grid, INTEREST_COLUMNS)
    line_names = {m.column.name for m in lines}
    loan_names = {m.column.name for m in loans}
    titled = any(_TITLE.search(squeeze(c.text)) for c in grid.sheet.cells if c.row <= max(line_bottom, 5))
    is_loan = "annual_rate" in loan_names and bool(loan_names & {"principal", "interest_paid"}) and len(loan_names) >= 5
    is_list = (
        len(line_names) >= (4 if titled else 6)
        and bool(line_names & {"invoice_number", "declared_amount"})
        and bool(line_names & {"name", "invoice_number", "supplier_name"})
    )
    if is_loan and "invoice_number" not in line_names:
        return _finish(grid, loan_top, loan_bottom, loans, interest=True)
    return _finish(grid, line_top, line_bottom, lines, interest=False) if is_list else None


def _finish(grid: Grid, top: int, bottom: int, columns: tuple[Mapped, ...], *, interest: bool) -> ListLayout:
    above = [c for row in range(top) for c in grid.row(row) if c.text.strip()]
    below = [c for row in grid.filled_rows[-6:] if row > bottom for c in grid.row(row) if c.text.strip()]
    header = next(c for row in range(top, bottom + 1) for c in grid.row(row) if c.text.strip())
    number, number_cell = _table_number(grid, above, header, {m.column.name for m in columns}, interest)
    unit_cell = next((c for c in (*above, *below) if isinstance(c.value, str) and head_unit(c.text)), None)
    title = next((tidy(c.text) for c in above if _TITLE.search(squeeze(c.text))), "")
    return ListLayout(
        table=number, table_cell=number_cell, interest=interest, header_top=top, header_bottom=bottom, columns=columns,
        unit=head_unit(unit_cell.text) if unit_cell else None, unit_cell=unit_cell,
        head=_head_block(grid, above, below), title=title,
    )  # fmt: skip


def _table_number(grid: Grid, above: list[Cell], header: Cell, names: set[str], interest: bool) -> tuple[str, Cell]:
    """1–5 from the title or the sheet's name; without them, from the columns only that table has (R-325)."""
    for cell in above:
        if not re.search(r"单位|代码", cell.text) and (found := _TABLE_NUMBER.search(squeeze(cell.text))):
            return _digit(found[1]), cell
    if found := _TABLE_NUMBER.search(squeeze(grid.sheet.name)):
        return _digit(found[1]), header
    if interest:
        return "4", header
    if names & {"raised_funds", "raised_project"}:
        return "5", header
    if names & {"planned_total", "cumulative", "composition"}:
        return "2", header
    return ("3" if "funding_source" in names else "1"), header


def _digit(number: str) -> str:
    return str("一二三四五".find(number) + 1) if number in "一二三四五" else number


def _head_block(grid: Grid, above: list[Cell], below: list[Cell]) -> dict[str, HeadValue]:
    """Labels with their values, in one cell (``申报单位：某公司  单位：元``) or in the next filled cell to the right."""
    head: dict[str, HeadValue] = {}
    for cell in (*above, *below):
        text = cell.text
        for name, label in _LABELS.items():
            found = label.search(text)
            if name in head or found is None or _TITLE.search(squeeze(text[: found.start()])):
                continue
            rest = text[found.end() :]
            stop = _ANY_LABEL.search(rest)
            value = tidy(rest[: stop.start()] if stop else rest).strip(" :：_;；,，")
            if value:
                head[name] = HeadValue(value, cell)
                continue
            if stop:
                continue
            right = next((c for c in grid.row(cell.row) if c.column > cell.column and c.text.strip()), None)
            if right is not None and not _ANY_LABEL.search(right.text):
                head[name] = HeadValue(tidy(right.text), right)
    return head
