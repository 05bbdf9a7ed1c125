"""Declared lists as workbooks: what truth says stands in the cell that truth names, in every table, style and fault."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import python_calamine

from extractors.page import ReadBook
from extractors.workbook import extract_books
from flows.score.compare import compare_documents
from pipeline.intake.limits import Limits
from pipeline.intake.workbook import read_workbook
from samples.listing import FACTORS, interest_layout, list_layout
from samples.truth import TruthDocument, TruthValue
from samples.workbooks import count_sheets, list_suffix, write_interest_list, write_list
from samples.workbooks.lines import list_lines
from samples.world import World
from samples.world.change import replace_row
from samples.world.model import Category, Sheets
from tests.samples.worlds import world_of

STYLES = ("plain", "two_level", "merged", "loose")
TABLES: tuple[tuple[tuple[Category, ...], str], ...] = ((("1", "2"), "1"), (("3",), "2"), (("4a",), "3"), (("5",), "5"))
_NARROW = str.maketrans("０１２３４５６７８９，．－", "0123456789,.-")


def styled(world: World, **changes: Any) -> World:
    return replace(world, sheets=replace(world.sheets, **changes))


def written(world: World, folder: Path, name: str = "清单.xlsx") -> tuple[TruthDocument, Any]:
    truth = write_list(world, folder / name, f"材料/{name}")
    return truth, openpyxl.load_workbook(folder / name, data_only=True)


def says(cell: Any, truth: TruthValue, kind: str, factor: Decimal) -> bool:
    """Does the cell, read by a person, say the true value?"""
    value = cell.value
    if isinstance(value, str):
        value = (value if kind == "text" else value.translate(_NARROW)).replace("\u00a0", " ").strip()
    if kind == "money":
        figure = Decimal(repr(value) if isinstance(value, float) else str(value).replace(",", "").replace("¥", ""))
        return (figure * factor).quantize(Decimal("0.01")) == Decimal(truth.value)
    if kind == "date":
        return day_of(value) == truth.value
    if kind == "rate":
        return Decimal(str(value).rstrip("%")) / (100 if "%" in str(value) else 1) == Decimal(truth.value)
    if kind == "number":
        return Decimal(str(value)) == Decimal(truth.value)
    return "、".join(str(value).split("\n")) == truth.value


def day_of(value: object) -> str:
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, int):
        return date.fromordinal(date(1899, 12, 30).toordinal() + value).isoformat() if value < 100_000 else date.fromisoformat(str(value)).isoformat()
    text = str(value)
    if "\n" in text:
        return "、".join(text.split("\n"))
    parts = text.replace("年", "-").replace("月", "-").replace("日", "").replace(".", "-").replace("/", "-").split("-")
    return date(*map(int, parts)).isoformat() if len(parts) == 3 else date.fromisoformat(text).isoformat()


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize(("categories", "table"), TABLES)
def test_every_true_value_stands_in_its_cell(categories: tuple[Category, ...], table: str, style: str, tmp_path: Path) -> None:
    for seed in (1, 3):
        world = styled(world_of(seed, categories), style=style)
        truth, book = written(world, tmp_path)
        kinds = {p.key: p.column.kind for p in list_layout(world).columns}
        assert truth.key == "workbook:list" and truth.fields["table"].value == table
        assert sum("sequence" in row for row in truth.tables["lines"]) == len(world.rows)
        for row in truth.tables["lines"]:
            for column, value in row.items():
                if kinds[column] in ("voucher", "flag"):
                    assert book[value.sheet][value.cell].value
                    continue
                assert says(book[value.sheet][value.cell], value, kinds[column], FACTORS[world.sheets.unit]), (column, value)
        for name in ("applicant_name", "uscc", "project_name", "unit"):
            value = truth.fields[name]
            assert value.value in str(book[value.sheet][value.cell].value), name
        assert Decimal(truth.fields["declared_total"].value) == world.declared_total


@pytest.mark.parametrize("categories", [("4a",), ("4b",)])
def test_the_interest_list(categories: tuple[Category, ...], tmp_path: Path) -> None:
    for seed in (1, 2, 3, 4):
        world = world_of(seed, categories)
        truth = write_interest_list(world, tmp_path / "表4.xlsx", "表4.xlsx")
        book = openpyxl.load_workbook(tmp_path / "表4.xlsx", data_only=True)
        kinds = {p.key: p.column.kind for p in interest_layout(world).columns}
        assert truth.key == "workbook:interest" and len(truth.tables["interest"]) == len(world.interest_rows) > 0
        for row, fact in zip(truth.tables["interest"], world.interest_rows, strict=True):
            assert row["term_end"].value == fact.term_end.isoformat() and Decimal(row["requested"].value) == fact.requested
            for column, value in row.items():
                if column in kinds:
                    assert says(book[value.sheet][value.cell], value, kinds[column], FACTORS[world.sheets.unit]), (column, value)
        assert Decimal(truth.fields["declared_total"].value) == sum(r.requested for r in world.interest_rows)


@pytest.mark.parametrize(("categories", "table"), TABLES)
def test_our_reader_reads_a_plain_list_without_a_silent_error(categories: tuple[Category, ...], table: str, tmp_path: Path) -> None:
    world = styled(world_of(3, categories), style="plain")
    truth, _ = written(world, tmp_path)
    book = read_workbook(tmp_path / "清单.xlsx", Limits())
    (seen, *_) = extract_books([ReadBook(file="f1", path="清单.xlsx", book=book)])
    wrong = [o for o in compare_documents(truth, seen) if o.word == "silent_wrong" and o.field != "table"]
    assert not wrong and len(seen.rows("lines")) == len(truth.tables["lines"])


def test_the_same_world_gives_the_same_bytes(tmp_path: Path) -> None:
    world = styled(world_of(7, ("1", "2")), style="loose")
    for name in ("一.xlsx", "二.xlsx", "一.xls", "二.xls"):
        write_list(world, tmp_path / name, name)
    assert (tmp_path / "一.xlsx").read_bytes() == (tmp_path / "二.xlsx").read_bytes()
    assert (tmp_path / "一.xls").read_bytes() == (tmp_path / "二.xls").read_bytes()
    with zipfile.ZipFile(tmp_path / "一.xlsx") as archive:
        assert {info.date_time[:5] for info in archive.infolist()} == {world.created_at.timetuple()[:5]}


@pytest.mark.parametrize("style", STYLES)
def test_a_changed_amount_changes_its_cells_and_the_sums_only(style: str, tmp_path: Path) -> None:
    world = styled(world_of(7, ("1", "2")), style=style, merged_vouchers=False)
    row = world.rows[4]
    truth, before = written(world, tmp_path)
    _, after = written(replace_row(world, row.sequence, declared=row.declared + 1000), tmp_path, "改.xlsx")
    sheet, other = before.worksheets[0], after.worksheets[0]
    changed = {c.coordinate for line in sheet.iter_rows() for c in line if c.value != other[c.coordinate].value}
    own = truth.tables["lines"][[r.get("sequence") and r["sequence"].value for r in truth.tables["lines"]].index(str(row.sequence))]["declared_amount"]
    column = "".join(c for c in own.cell or "" if c.isalpha())
    assert own.cell in changed and all(c.startswith(column) for c in changed)
    assert len(changed) <= 4


def test_several_payments_stand_on_lines_of_their_own_or_in_one_cell() -> None:
    seen = set()
    for seed in range(1, 9):
        world = world_of(seed, ("1",))
        layout = list_layout(world)
        row = next((r for r in world.rows if len(r.payments) > 1), None)
        if row is None:
            continue
        lines = [line for line in list_lines(world, layout, world.rows) if line.sequence == row.sequence]
        seen.add(layout.payments)
        assert len(lines) == (1 if layout.payments == "one_cell" else len(row.payments))
        if layout.payments == "rows":
            assert set(lines[1].entries) <= {"payment_number", "paid_on", "paid_amount", "payment_method"}
        if layout.payments == "merged":
            assert lines[0].entries["name"].over == len(row.payments)
    assert seen == {"rows", "merged", "one_cell"}


def test_an_invoice_over_several_rows_is_merged_and_counts_once(tmp_path: Path) -> None:
    for seed in range(1, 12):
        world = styled(world_of(seed, ("1", "2")), merged_vouchers=True, style="plain")
        pairs = [(a, b) for a, b in zip(world.rows, world.rows[1:], strict=False) if a.voucher == b.voucher]
        if not pairs:
            continue
        a, b = pairs[0]
        truth, book = written(world, tmp_path)
        by_sequence = {row["sequence"].value: row for row in truth.tables["lines"] if "sequence" in row}
        first, second = by_sequence[str(a.sequence)], by_sequence[str(b.sequence)]
        assert first["invoice_number"].cell == second["invoice_number"].cell
        merged = {str(r).split(":")[0] for r in book.worksheets[0].merged_cells.ranges}
        assert first["invoice_number"].cell in merged
        gross = sum(Decimal(row["gross"].value) for row in truth.tables["lines"] if "gross" in row)
        assert gross == sum(r.gross for r in world.rows)
        return
    pytest.fail("no world has an invoice over two rows")


# ---------------------------------------------------------------- faults


def faulty(tmp_path: Path, seed: int = 7, categories: tuple[Category, ...] = ("1", "2"), **faults: Any) -> tuple[World, TruthDocument, Any]:
    world = styled(world_of(seed, categories), **{"style": "plain", "unit": "元", **faults})
    truth, book = written(world, tmp_path)
    return world, truth, book


def line_of(truth: TruthDocument, sequence: int) -> dict[str, TruthValue]:
    return next(row for row in truth.tables["lines"] if "sequence" in row and row["sequence"].value == str(sequence))


def test_lost_digits_are_a_number_of_fifteen_digits(tmp_path: Path) -> None:
    row = next(r for r in world_of(7, ("1", "2")).rows if len(r.invoice_number) == 18)
    _, truth, book = faulty(tmp_path, lost_digits=frozenset({row.sequence}))
    value = line_of(truth, row.sequence)["invoice_number"]
    stored = book[value.sheet][value.cell]
    assert stored.data_type == "n" and f"{Decimal(repr(stored.value)):f}" == value.value != row.invoice_number
    assert value.value == row.invoice_number[:15] + "000"


def test_lost_zeros_keep_the_true_number(tmp_path: Path) -> None:
    row = next(r for r in world_of(7, ("1", "2")).rows if len(r.invoice_number) == 8)
    changed = replace_row(world_of(7, ("1", "2")), row.sequence, invoice_number="00345678")
    world = styled(changed, style="plain", lost_zeros=frozenset({row.sequence}), merged_vouchers=False)
    truth, book = written(world, tmp_path)
    value = line_of(truth, row.sequence)["invoice_number"]
    assert book[value.sheet][value.cell].value == 345678 and value.value == "00345678"


def test_hidden_rows_columns_and_sheets(tmp_path: Path) -> None:
    _, truth, book = faulty(tmp_path, hidden_rows=frozenset({3}), hidden_columns=frozenset({"tax"}), hidden_sheet=True)
    sheet = book.worksheets[0]
    assert sheet.row_dimensions[int("".join(c for c in line_of(truth, 3)["name"].cell or "" if c.isdigit()))].hidden
    assert sheet.column_dimensions["".join(c for c in line_of(truth, 3)["tax"].cell or "" if c.isalpha())].hidden
    assert "hidden" in {s.sheet_state for s in book.worksheets[1:]} and sheet.sheet_state == "visible"
    assert count_sheets(tmp_path / "清单.xlsx") == len(book.worksheets)
    assert Decimal(truth.fields["declared_total"].value) == world_of(7, ("1", "2")).declared_total


def test_a_total_without_cached_value_and_a_stated_one(tmp_path: Path) -> None:
    _, truth, _ = faulty(tmp_path, uncached=True)
    assert "declared_total" not in truth.fields
    formulas = openpyxl.load_workbook(tmp_path / "清单.xlsx").worksheets[0]
    values = openpyxl.load_workbook(tmp_path / "清单.xlsx", data_only=True).worksheets[0]
    totals = [c.coordinate for line in formulas.iter_rows() for c in line if str(c.value).startswith("=SUM(")]
    assert totals and all(values[at].value is None for at in totals)
    _, truth, book = faulty(tmp_path, stated_total=Decimal("12345678.90"))
    value = truth.fields["declared_total"]
    assert value.value == "12345678.90" and book[value.sheet][value.cell].value == 12345678.9


def test_the_unit_in_the_head_and_a_row_in_another(tmp_path: Path) -> None:
    world, truth, _ = faulty(tmp_path, stated_unit="万元")
    assert truth.fields["unit"].value == "万元"
    assert Decimal(line_of(truth, 1)["declared_amount"].value) == world.rows[0].declared * 10_000
    world, truth, book = faulty(tmp_path, scaled_rows=((2, -4),), merged_vouchers=False)
    value = line_of(truth, 2)["gross"]
    assert abs(Decimal(repr(book[value.sheet][value.cell].value)) * 10_000 - world.rows[1].gross) < Decimal("0.01")
    assert Decimal(line_of(truth, 3)["gross"].value) == world.rows[2].gross


def test_another_table_missing_columns_and_missing_rows(tmp_path: Path) -> None:
    _, truth, _ = faulty(tmp_path, table=2)
    assert truth.fields["table"].value == "2" and "smart_amount" not in truth.tables["lines"][0] and truth.tables["lines"][0]["period"].value == "2019"
    world, truth, _ = faulty(tmp_path, without_smart=True)
    assert not any("smart_amount" in row for row in truth.tables["lines"])
    world, truth, _ = faulty(tmp_path, rows_only_on_paper=frozenset({5}))
    assert {row["sequence"].value for row in truth.tables["lines"] if "sequence" in row} == {str(r.sequence) for r in world.rows} - {"5"}


# ---------------------------------------------------------------- old formats


def test_the_old_format_holds_the_same(tmp_path: Path) -> None:
    world = styled(world_of(2, ("1", "2")), style="merged")
    write_list(world, tmp_path / "新.xlsx", "新.xlsx")
    write_list(world, tmp_path / "旧.xls", "旧.xls")
    new, old = (python_calamine.CalamineWorkbook.from_path(str(tmp_path / name)) for name in ("新.xlsx", "旧.xls"))
    assert new.sheet_names == old.sheet_names
    a, b = new.get_sheet_by_index(0), old.get_sheet_by_index(0)
    assert a.to_python() == b.to_python() and sorted(a.merged_cell_ranges or ()) == sorted(b.merged_cell_ranges or ())


def test_old_lists_are_called_xls_or_et_and_are_told_by_their_first_bytes(tmp_path: Path) -> None:
    suffixes = set()
    for seed in range(1, 12):
        world = replace(world_of(seed, ("1",)), sheets=Sheets(xls=True))
        suffixes.add(list_suffix(world))
    assert suffixes == {".xls", ".et"} and list_suffix(world_of(1, ("1",))) == ".xlsx"
    write_list(world, tmp_path / "清单.et", "清单.et")
    assert (tmp_path / "清单.et").read_bytes()[:4] == bytes.fromhex("d0cf11e0")
    assert read_workbook(tmp_path / "清单.et", Limits()).sheets[0].cells
