"""The declared lists as workbooks: 表1, 2, 3 or 5, and 表4."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from pipeline.model import PageRef
from samples.listing import Layout, interest_layout, list_layout
from samples.truth import TruthDocument
from samples.workbooks.book import Book, Sheet, Style
from samples.workbooks.files import save
from samples.workbooks.lines import interest_lines, list_lines, lost_digits, totals
from samples.workbooks.table import Faults, TableWriter, Written, some_look
from samples.world.model import Row, World

LIST_KEY, INTEREST_KEY = "workbook:list", "workbook:interest"


def list_suffix(world: World) -> str:
    """With which ending the list was saved: ``.xlsx``, or ``.xls`` or WPS's ``.et`` where the world says old formats."""
    return world.rng("list", "suffix").choice((".xls", ".xls", ".et")) if world.sheets.xls else ".xlsx"


def declared_rows(world: World) -> list[Row]:
    """The rows that the workbook has."""
    return [row for row in world.rows if row.sequence not in world.sheets.rows_only_on_paper]


def write_list(world: World, path: Path, name: str) -> TruthDocument:
    """表1, 2, 3 or 5 (what the categories ask for, or the wrong one that was filled in) at ``path``; ``name`` is its path in truth.

    The bytes are xls where ``path`` ends in .xls or .et or the world asks for it, else xlsx. The list is the first sheet.
    """
    layout, rows, sheets = list_layout(world), declared_rows(world), world.sheets
    lines = list_lines(world, layout, rows, merge_contracts=sheets.style == "merged")
    look = some_look(world.rng("list", "look"))
    rng = world.rng("list", "levels")
    two_level = sheets.style == "two_level" or (sheets.style in ("merged", "loose") and rng.random() < 0.5)
    written = TableWriter(
        world, layout, lines, totals(world, layout, lines), look, _faults(world, rows), two_level=two_level, loose=sheets.style == "loose", stream="list",
    ).write()  # fmt: skip
    more = _more_sheets(world, rows) if sheets.hidden_sheet else []
    if world.rng("list", "empty").random() < 0.3:
        taken = {written.sheet.name, *(s.name for s in more)}
        more += [Sheet(n) for n in ("Sheet2", "Sheet3") if n not in taken]
    save(Book([written.sheet, *more], world.created_at), path, old=sheets.xls)
    return _truth(layout, written, name, LIST_KEY, "lines")


def write_interest_list(world: World, path: Path, name: str) -> TruthDocument:
    """表4 (category 4) at ``path``. None of the faults of ``world.sheets`` is in it."""
    layout = interest_layout(world)
    lines = interest_lines(layout, world.interest_rows)
    look = replace(some_look(world.rng("interest", "look")), notes=False)
    two_level = world.rng("interest", "levels").random() < 0.5
    written = TableWriter(world, layout, lines, totals(None, layout, lines), look, Faults(), two_level=two_level, loose=False, stream="interest").write()
    save(Book([written.sheet], world.created_at), path, old=world.sheets.xls)
    return _truth(layout, written, name, INTEREST_KEY, "interest")


def _truth(layout: Layout, written: Written, name: str, key: str, table: str) -> TruthDocument:
    return TruthDocument(
        kind="investment_list", key=key, subtype=f"table{layout.table}", title=layout.title, pages=(PageRef(file=name, page=0),), fields=written.fields,
        tables={table: written.rows},
    )  # fmt: skip


def _faults(world: World, rows: list[Row]) -> Faults:
    sheets = world.sheets
    numbers: dict[tuple[int, str], Decimal | float] = {}
    for row in rows:
        if row.sequence in sheets.lost_digits:
            numbers[row.sequence, "invoice_number"] = float(int(lost_digits(row.invoice_number)))
        if row.sequence in sheets.lost_zeros:
            numbers[row.sequence, "invoice_number"] = Decimal(int(row.invoice_number))
    return Faults(numbers, sheets.hidden_rows, sheets.hidden_columns, sheets.uncached, sheets.stated_total is not None)


def _more_sheets(world: World, rows: list[Row]) -> list[Sheet]:
    """A working sheet that was hidden instead of deleted: what each supplier was paid."""
    rng = world.rng("list", "hidden sheet")
    sheet = Sheet(rng.choice(("底稿", "供应商汇总", "调整明细")), hidden=True, widths={0: 32, 1: 10, 2: 16, 3: 16})
    style = Style()
    for column, head in enumerate(("供应商", "票据张数", "含税金额", "已付金额")):
        sheet.put(0, column, head, replace(style, bold=True))
    for at, supplier in enumerate(dict.fromkeys(row.supplier_name for row in rows), start=1):
        own = [row for row in rows if row.supplier_name == supplier]
        sheet.put(at, 0, supplier, style)
        sheet.put(at, 1, Decimal(len({row.invoice_number for row in own})), style)
        money = replace(style, format="#,##0.00", align="right")
        sheet.put(at, 2, sum((row.gross for row in own), Decimal(0)), money)
        sheet.put(at, 3, sum((row.paid for row in own), Decimal(0)), money)
    return [sheet]
