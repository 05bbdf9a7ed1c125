"""Statistics forms and ledgers of other offices."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import openpyxl

from extractors.ledgers import COLUMNS, read_ledger
from extractors.page import ReadBook
from extractors.workbook import extract_books
from pipeline.intake.limits import Limits
from pipeline.intake.workbook import read_workbook
from samples.workbooks import write_ledgers, write_statistics
from samples.workbooks.ledgers import ledger_tables
from tests.samples.worlds import world_of

MONEY = {"total_investment", "planned_total", "amount", "net", "tax", "gross", "value"}


def test_every_statistics_value_stands_in_its_cell(tmp_path: Path) -> None:
    shapes = set()
    for seed in (1, 2, 3, 4):
        world = world_of(seed, ("3",))
        documents = write_statistics(world, tmp_path / "统计.xlsx", "统计.xlsx")
        book = openpyxl.load_workbook(tmp_path / "统计.xlsx")
        shapes.add(len(documents) == 1)
        assert [d.pages[0].page for d in documents] == list(range(len(book.worksheets)))
        assert {d.key for d in documents} == {"workbook:statistics"}
        told = set()
        for row in (row for d in documents for row in d.tables["indicators"]):
            cell = book[row["value"].sheet][row["value"].cell]
            assert Decimal(str(cell.value)) == Decimal(row["value"].value)
            assert row["uscc"].value in book[row["uscc"].sheet][row["uscc"].cell].value
            told.add((row["form"].value, row["period"].value, row["indicator"].value, row["value"].value, row["unit"].value))
        for v in world.statistics:
            name = v.indicator.removeprefix("其中：").replace("（当年价格）", "")
            assert (v.form, v.period, name, f"{v.value:f}", v.unit) in told
    assert shapes == {True, False}, "both the forms and the flat export should be made"


def test_our_reader_reads_b203(tmp_path: Path) -> None:
    world = world_of(1, ("1",))
    documents = write_statistics(world, tmp_path / "统计.xlsx", "统计.xlsx")
    seen = extract_books([ReadBook(file="f", path="统计.xlsx", book=read_workbook(tmp_path / "统计.xlsx", Limits()))])
    b203 = documents[0]
    found = {(r.get("period").value, r.get("indicator").value, r.get("value").value, r.get("unit").value) for r in seen[0].rows("indicators")}
    assert {tuple(row[c].value for c in ("period", "indicator", "value", "unit")) for row in b203.tables["indicators"]} <= found


def test_ledgers_read_back_as_the_world_has_them(tmp_path: Path) -> None:
    kinds = set()
    for seed in (1, 2, 3):
        world = world_of(seed, ("3",))
        tables, folder = ledger_tables(world), tmp_path / str(seed)
        assert {t.stem for t in tables} == set(COLUMNS)
        for document, table in zip(write_ledgers(world, folder, "台账/"), tables, strict=True):
            assert document.key == f"ledger:{table.stem}" and document.pages[0].file.startswith(f"台账/{table.stem}.")
            path = folder / Path(document.pages[0].file).name
            kinds.add(path.suffix)
            rows = read_ledger(table.stem, ReadBook(file="f", path=path.name, book=read_workbook(path, Limits())))
            assert len(rows) == len(table.rows), table.stem
            for seen, fact in zip(rows, table.rows, strict=True):
                for column, value in fact.items():
                    got = seen.values.get(column, "")
                    assert value in (got, got.replace("T", " ")) or (column in MONEY and Decimal(got) == Decimal(value)), (table.stem, column, value, got)
    assert kinds == {".csv", ".xlsx"}


def test_offices_write_the_same_bytes_again(tmp_path: Path) -> None:
    world = world_of(2, ("1",))
    for name in ("a", "b"):
        write_ledgers(world, tmp_path / name)
        write_statistics(world, tmp_path / name / "统计.xlsx", "统计.xlsx")
    for path in sorted((tmp_path / "a").iterdir()):
        assert path.read_bytes() == (tmp_path / "b" / path.name).read_bytes()
