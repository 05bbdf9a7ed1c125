from __future__ import annotations

import zipfile
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from pipeline.errors import FileProblem
from pipeline.intake import Limits, read_workbook, take_in
from pipeline.intake.numbers import shown
from pipeline.model import Cell


def cells_of(path: Path, limits: Limits | None = None) -> dict[str, Cell]:
    return {c.address: c for c in read_workbook(path, limits or Limits()).sheets[0].cells}


def rewrite(source: Path, target: Path, part: str, old: str, new: str) -> None:
    """``source`` with ``old`` replaced by ``new`` in one of its parts."""
    with zipfile.ZipFile(source) as package, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as out:
        for name in package.namelist():
            data = package.read(name)
            if name == part:
                assert old.encode() in data
                data = data.replace(old.encode(), new.encode())
            out.writestr(name, data)


def make(path: Path, **values: object) -> Path:
    book = openpyxl.Workbook()
    for address, value in values.items():
        book.active[address] = value
    book.save(path)
    return path


def test_values_keep_what_the_paper_needs(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet["A1"] = "00123456"
    sheet["B1"] = 123456
    sheet["B1"].number_format = "00000000"
    sheet["C1"] = 0.1 + 0.2
    sheet["D1"] = 24442000000012345678
    sheet["E1"] = datetime(2019, 3, 5)  # noqa: DTZ001 - a sheet knows no zones
    sheet["F1"] = "=SUM(B1:C1)"
    sheet["G1"] = 1234567.5
    sheet["G1"].number_format = '#,##0.00_);[Red]"欠"#,##0.00'
    sheet["H1"] = True
    sheet["I1"] = "  有空格 "
    sheet["J1"] = "#REF!"
    book.save(tmp_path / "a.xlsx")
    cells = cells_of(tmp_path / "a.xlsx")
    assert cells["A1"].value == "00123456" and cells["A1"].kind == "text"
    assert cells["B1"].value == Decimal(123456) and cells["B1"].text == "00123456"
    assert cells["C1"].value == Decimal("0.3") and not cells["C1"].lossy
    assert cells["D1"].lossy and not cells["B1"].lossy
    assert cells["E1"].value == date(2019, 3, 5) and type(cells["E1"].value) is date
    assert cells["F1"].kind == "formula_without_value" and cells["F1"].value is None
    assert cells["G1"].text == "1,234,567.50"
    assert cells["H1"].value is True and cells["H1"].kind == "bool"
    assert cells["I1"].value == "  有空格 "
    assert cells["J1"].kind == "error" and cells["J1"].value is None


def test_cached_formula_values_are_used(tmp_path: Path) -> None:
    make(tmp_path / "a.xlsx", A1="=1+1")
    rewrite(tmp_path / "a.xlsx", tmp_path / "b.xlsx", "xl/worksheets/sheet1.xml", "<v></v>", "<v>2</v>")
    cell = cells_of(tmp_path / "b.xlsx")["A1"]
    assert (cell.value, cell.kind) == (Decimal(2), "number")


def test_hidden_and_merged(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet["A1"] = "x"
    sheet.merge_cells("A2:C4")
    sheet.row_dimensions[7].hidden = True
    sheet.column_dimensions["D"].hidden = True
    book.create_sheet("藏").sheet_state = "veryHidden"
    book.save(tmp_path / "a.xlsx")
    first, second = read_workbook(tmp_path / "a.xlsx", Limits()).sheets
    assert first.merged == ((1, 0, 3, 2),) and first.hidden_rows == (6,) and first.hidden_columns == (3,)
    assert second.hidden and second.name == "藏" and not first.hidden


def test_a_lone_cell_far_away_costs_nothing(tmp_path: Path) -> None:
    make(tmp_path / "a.xlsx", A1="x", XFD1048576="y")
    sheet = read_workbook(tmp_path / "a.xlsx", Limits()).sheets[0]
    assert sheet.truncated and [c.address for c in sheet.cells] == ["A1"]
    rewrite(tmp_path / "a.xlsx", tmp_path / "b.xlsx", "xl/worksheets/sheet1.xml", "A1:XFD1048576", "A1:nonsense")
    assert read_workbook(tmp_path / "b.xlsx", Limits()).sheets[0].truncated


def test_entities_bombs_and_liars_are_refused(tmp_path: Path) -> None:
    make(tmp_path / "a.xlsx", A1="x")
    rewrite(tmp_path / "a.xlsx", tmp_path / "dtd.xlsx", "xl/worksheets/sheet1.xml", "<worksheet", '<!DOCTYPE a [<!ENTITY x "y">]><worksheet')
    with zipfile.ZipFile(tmp_path / "a.xlsx") as package, zipfile.ZipFile(tmp_path / "bomb.xlsx", "w", zipfile.ZIP_DEFLATED) as out:
        for name in package.namelist():
            out.writestr(name, package.read(name))
        out.writestr("xl/media/zeros.bin", b"\0" * 3_000_000)
    small = Limits(zip_ratio_floor=1_000_000, zip_ratio=100)
    for path, limits, code in (
        (tmp_path / "dtd.xlsx", Limits(), "broken_workbook"),
        (tmp_path / "bomb.xlsx", small, "workbook_too_large"),
        (tmp_path / "bomb.xlsx", Limits(workbook_unpacked_bytes=1_000_000), "workbook_too_large"),
        (make(tmp_path / "many.xlsx", **{f"A{i}": i for i in range(1, 50)}), Limits(workbook_cells=20), "workbook_too_large"),
    ):
        with pytest.raises(FileProblem) as caught:
            read_workbook(path, limits)
        assert caught.value.code == code


def test_what_openpyxl_cannot_read_the_other_reader_does(tmp_path: Path) -> None:
    make(tmp_path / "a.xlsx", A1="发票", B2=5)
    with zipfile.ZipFile(tmp_path / "a.xlsx") as package:
        styles = package.read("xl/styles.xml").decode()
    rewrite(tmp_path / "a.xlsx", tmp_path / "b.xlsx", "xl/styles.xml", styles, "<styleSheet xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main'><cellXfs><xf fontId='nine'/></cellXfs></styleSheet>")
    with pytest.raises(Exception):  # noqa: B017 - the point is that openpyxl raises just anything
        openpyxl.load_workbook(tmp_path / "b.xlsx")
    book = read_workbook(tmp_path / "b.xlsx", Limits())
    assert {c.address: c.value for c in book.sheets[0].cells} == {"A1": "发票", "B2": Decimal(5)}
    assert book.notes


def test_encrypted_and_broken_are_named_at_intake_and_reading(tmp_path: Path) -> None:
    name = "EncryptedPackage".encode("utf-16-le")
    entry = name.ljust(64, b"\0") + (len(name) + 2).to_bytes(2, "little") + b"\x02" + b"\0" * 61
    (tmp_path / "locked.xlsx").write_bytes((b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1").ljust(512, b"\0") + entry)
    (tmp_path / "cut.xlsx").write_bytes(make(tmp_path / "a.xlsx", A1=1).read_bytes()[:600])
    for file, code in (("locked.xlsx", "encrypted"), ("cut.xlsx", "broken_workbook")):
        with pytest.raises(FileProblem) as caught:
            read_workbook(tmp_path / file, Limits())
        assert caught.value.code == code
        error = take_in([tmp_path / file], tmp_path / "ws").files[0].error
        assert error is not None and error.code == code


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-8", "gb18030", "utf-16"])
@pytest.mark.parametrize("separator", [",", "\t", ";"])
def test_csv_of_any_encoding_and_separator(tmp_path: Path, encoding: str, separator: str) -> None:
    rows = [["序号", "发票号码", "金额"], ["1", "00123456", "1 000.00"], ["2", '引"号', ""]]
    text = "\r\n".join(separator.join(f'"{c.replace(chr(34), chr(34) * 2)}"' for c in row) for row in rows)
    (tmp_path / "a.csv").write_bytes(text.encode(encoding))
    cells = cells_of(tmp_path / "a.csv")
    assert cells["B1"].value == "发票号码" and cells["B2"].value == "00123456" and cells["B3"].value == '引"号'
    assert "C3" not in cells


@pytest.mark.parametrize(
    ("number", "number_format", "text"),
    [
        ("1234.5", "#,##0.00", "1,234.50"), ("0.13", "0%", "13%"), ("0.135", "0.0%", "13.5%"), ("-5", "¥#,##0.00;¥-#,##0.00", "¥-5.00"),
        ("7", "0000", "0007"), ("1234567", "0.00,", "1234.57"), ("1.5", "#.##", "1.5"), ("3", '0"元"', "3元"),
        ("12.345", "weird[h]:mm", "12.345"), ("1000", "General", "1000"),
    ],
)  # fmt: skip
def test_numbers_as_shown(number: str, number_format: str, text: str) -> None:
    assert shown(Decimal(number), number_format) == text
