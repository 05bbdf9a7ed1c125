"""A spreadsheet as cells. openpyxl first, because hidden rows, merged ranges and number formats matter; calamine where
openpyxl fails (it raises raw exceptions on 3 of 84 public workbooks) and for .xls, .et and .xlsb."""

from __future__ import annotations

import re
import warnings
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from decimal import InvalidOperation
from pathlib import Path
from typing import Any

import openpyxl
import python_calamine

from pipeline.errors import FileProblem
from pipeline.intake.csvbook import read_csv
from pipeline.intake.limits import Limits
from pipeline.intake.media import sniff
from pipeline.intake.numbers import exact, plain, shown, shown_date
from pipeline.intake.problems import file_problem
from pipeline.model import Cell, Sheet, Workbook

_CELL = re.compile(rb"<(?:\w{1,10}:)?c[\s/>]")
_REFERENCE = re.compile(rb"<(?:\w{1,10}:)?c\s[^>]{0,200}?\br=\"([A-Z]{1,3})([0-9]{1,7})\"")
_FORMULA = re.compile(rb"<(?:\w{1,10}:)?f[\s/>]")
_ENTITY = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_DENSE_CELLS = 20_000_000
"""calamine lays sheets out as full rectangles, 24–32 bytes a cell: a lone cell in XFD1048576 would cost 400 GB."""


def read_workbook(path: Path, limits: Limits) -> Workbook:
    """The cells of a workbook or CSV file.

    Raises FileProblem ``broken_workbook``, ``workbook_too_large``, ``encrypted`` or what intake found wrong with the file.
    Cells beyond the row and column caps are left out and the sheet is marked ``truncated``; notes are clerk's sentences."""
    try:
        kind = sniff(path, path.name)
    except OSError as error:
        raise file_problem("unreadable", "读取出错") from error
    if kind.problem is not None:
        raise FileProblem(kind.problem.code, kind.problem.message)
    if path.stat().st_size > limits.workbook_bytes:
        raise file_problem("workbook_too_large", f"{path.stat().st_size // 1024 // 1024} MB")
    if kind.media == "csv":
        return read_csv(path, limits)
    if kind.media != "workbook":
        raise file_problem("broken_workbook")
    if kind.suffix not in (".xlsx", ".xlsm"):
        if kind.suffix == ".xlsb":
            _survey(path, limits)
        return _by_calamine(path, limits, ())
    survey = _survey(path, limits)
    try:
        return _by_openpyxl(path, limits, survey.formulas)
    except FileProblem:
        raise
    except Exception as error:  # openpyxl raises whatever its parsers meet: KeyError, TypeError, ValueError, XML errors …
        if not survey.dense_ok:
            raise file_problem("workbook_too_large", "行列范围异常") from error
        return _by_calamine(path, limits, ("本表格式不规范，已改用另一种方式读取，隐藏行列无法识别，请核对。",))


class _Survey:
    """What the parts of an xlsx hold, found without building a single cell. ``dense_ok``: may it be laid out densely?"""

    def __init__(self) -> None:
        self.cells = 0
        self.formulas = False
        self.dense_ok = True


def _survey(path: Path, limits: Limits) -> _Survey:
    """Reads every part once, streaming, inside the caps. zipfile never yields more than a part claims, and a part that
    claims too little fails its checksum here, before a more trusting reader meets it."""
    survey = _Survey()
    try:
        with zipfile.ZipFile(path) as package:
            infos = package.infolist()
            total = sum(info.file_size for info in infos)
            if len(infos) > limits.zip_members or total > limits.workbook_unpacked_bytes:
                raise file_problem("workbook_too_large", f"展开后 {total // 1024 // 1024} MB")
            for info in infos:
                if info.file_size > limits.zip_ratio_floor and info.file_size > limits.zip_ratio * max(1, info.compress_size):
                    raise file_problem("workbook_too_large", "压缩比异常")
                if info.flag_bits & 1:
                    raise file_problem("encrypted")
                _survey_part(package, info, survey)
                if survey.cells > limits.workbook_cells:
                    raise file_problem("workbook_too_large", f"单元格超过 {limits.workbook_cells:,} 个")
    except (zipfile.BadZipFile, UnicodeDecodeError, zlib.error, OSError, EOFError, ValueError, NotImplementedError, RuntimeError) as error:
        raise file_problem("broken_workbook") from error
    return survey


def _survey_part(package: zipfile.ZipFile, info: zipfile.ZipInfo, survey: _Survey) -> None:
    name = info.filename.lower()
    is_sheet = "/worksheets/" in name and name.endswith(".xml")
    rows, columns, tail = 0, 0, b""
    with package.open(info) as stream:
        while block := stream.read(1 << 20):
            window = tail + block
            if name.endswith((".xml", ".rels", ".vml")) and _ENTITY.search(window):
                raise file_problem("broken_workbook")  # no spreadsheet program writes a DTD
            if is_sheet:
                survey.cells += len(_CELL.findall(window)) - len(_CELL.findall(tail))
                survey.formulas |= _FORMULA.search(window) is not None
                for letters, number in _REFERENCE.findall(window):
                    rows, columns = max(rows, int(number)), max(columns, _column_number(letters))
            tail = window[-256:]
    survey.dense_ok &= rows * columns <= _DENSE_CELLS


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


# --- openpyxl ---------------------------------------------------------------------------------------------------------


def _by_openpyxl(path: Path, limits: Limits, formulas: bool) -> Workbook:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # unknown extensions, invalid dates: openpyxl tells stderr, nobody reads it
        book = openpyxl.load_workbook(path, data_only=True, keep_links=False)
        with_formulas = openpyxl.load_workbook(path, data_only=False, keep_links=False) if formulas else None
    notes: list[str] = []
    if len(book.sheetnames) > len(book.worksheets):
        notes.append("图表页没有单元格，已跳过。")
    if len(book.worksheets) > limits.workbook_sheets:
        raise file_problem("workbook_too_large", f"工作表超过 {limits.workbook_sheets} 张")
    sheets = tuple(_sheet(ws, with_formulas[ws.title] if with_formulas is not None else None, limits, notes) for ws in book.worksheets)
    return Workbook(sheets=sheets, notes=tuple(notes))


def _sheet(ws: Any, formulas: Any, limits: Limits, notes: list[str]) -> Sheet:
    cells: list[Cell] = []
    truncated = False
    # The sparse dictionary, not iter_rows: a lone cell in the last row would make that walk 17 billion places.
    for (row, column), source in sorted(ws._cells.items()):
        formula = formulas._cells.get((row, column)) if formulas is not None else None
        is_formula: bool = formula is not None and formula.data_type == "f"
        if source.value is None and not is_formula:
            continue
        if row > limits.workbook_rows or column > limits.workbook_columns:
            truncated = True
            continue
        if source.value is None:
            written = formula.value if formula is not None else ""
            text = str(getattr(written, "text", written))[: limits.cell_chars]  # array formulas are objects with a text
            cells.append(
                Cell(row=row - 1, column=column - 1, value=None, text=text, kind="formula_without_value", number_format=source.number_format)
            )
            continue
        is_error = source.data_type == "e"
        cells.append(make_cell(row - 1, column - 1, source.value, source.number_format or "General", limits, is_error))
    if any(c.kind == "formula_without_value" for c in cells):
        notes.append(f"工作表“{ws.title}”有公式没有保存计算结果，请用 Excel 或 WPS 打开、保存后重新提交。")
    if truncated:
        notes.append(f"工作表“{ws.title}”超出行列上限，超出部分未读取，请删除多余行列后重新提交。")
    merged = tuple(
        (r.min_row - 1, r.min_col - 1, r.max_row - 1, r.max_col - 1) for r in sorted(ws.merged_cells.ranges, key=lambda r: r.coord)
    )
    return Sheet(
        name=ws.title, hidden=ws.sheet_state != "visible", cells=tuple(cells), merged=merged,
        hidden_rows=tuple(_hidden_rows(ws, limits)), hidden_columns=tuple(_hidden_columns(ws, limits)), truncated=truncated,
    )  # fmt: skip


def _hidden_rows(ws: Any, limits: Limits) -> Iterator[int]:
    for number, dimension in sorted(ws.row_dimensions.items()):
        if number <= limits.workbook_rows and (dimension.hidden or dimension.height == 0):
            yield number - 1


def _hidden_columns(ws: Any, limits: Limits) -> list[int]:
    hidden: set[int] = set()
    for dimension in ws.column_dimensions.values():
        if (dimension.hidden or dimension.width == 0) and dimension.min and dimension.max:
            hidden.update(range(dimension.min - 1, min(dimension.max, limits.workbook_columns)))
    return sorted(hidden)


# --- calamine ---------------------------------------------------------------------------------------------------------


def _by_calamine(path: Path, limits: Limits, notes: tuple[str, ...]) -> Workbook:
    try:
        with path.open("rb") as stream:
            book = python_calamine.CalamineWorkbook.from_filelike(stream)
            found = book.sheets_metadata
            if len(found) > limits.workbook_sheets:
                raise file_problem("workbook_too_large", f"工作表超过 {limits.workbook_sheets} 张")
            sheets: list[Sheet] = []
            room = limits.workbook_cells
            for meta in found:
                if meta.typ != python_calamine.SheetTypeEnum.WorkSheet:
                    continue
                sheet = _calamine_sheet(book, meta, limits)
                room -= len(sheet.cells)
                if room < 0:
                    raise file_problem("workbook_too_large", f"单元格超过 {limits.workbook_cells:,} 个")
                sheets.append(sheet)
    except FileProblem:
        raise
    except python_calamine.PasswordError as error:
        raise file_problem("encrypted") from error
    except Exception as error:  # calamine's errors have no common base below Exception
        raise file_problem("encrypted" if "password" in str(error).lower() else "broken_workbook") from error
    except BaseException as error:
        # A panic inside Rust arrives as pyo3's PanicException, which is no Exception; anything else is not ours to catch.
        if type(error).__name__ != "PanicException":
            raise
        raise file_problem("broken_workbook") from error
    return Workbook(sheets=tuple(sheets), notes=notes or ("旧格式表格，隐藏的行和列无法识别，请核对。",))


def _calamine_sheet(book: Any, meta: Any, limits: Limits) -> Sheet:
    sheet = book.get_sheet_by_name(meta.name)
    first = sheet.start or (0, 0)
    cells: list[Cell] = []
    truncated = False
    for row, values in enumerate(sheet.to_python(skip_empty_area=True), start=first[0]):
        for column, value in enumerate(values, start=first[1]):
            if value is None or value == "":
                continue
            if row >= limits.workbook_rows or column >= limits.workbook_columns:
                truncated = True
                continue
            is_error = isinstance(value, str) and re.fullmatch(r"#(?:REF!|DIV/0!|N/A|NAME\?|NUM!|NULL!|VALUE!)", value) is not None
            cells.append(make_cell(row, column, value, "General", limits, is_error))
    merged = tuple((a[0], a[1], b[0], b[1]) for a, b in sheet.merged_cell_ranges or ())
    hidden = meta.visible != python_calamine.SheetVisibleEnum.Visible
    return Sheet(name=meta.name, hidden=hidden, cells=tuple(cells), merged=merged, truncated=truncated)


# --- one cell ---------------------------------------------------------------------------------------------------------


def make_cell(row: int, column: int, value: object, number_format: str, limits: Limits, is_error: bool = False) -> Cell:
    """A cell from what a reader gave: text verbatim, numbers exact, dates as dates; an error has no value, only its text."""
    if is_error:
        return Cell(row=row, column=column, value=None, text=str(value)[:50], kind="error", number_format=number_format)
    if isinstance(value, bool):
        return Cell(row=row, column=column, value=value, text="TRUE" if value else "FALSE", kind="bool", number_format=number_format)
    if isinstance(value, int | float):
        try:
            number, lossy = exact(value)
        except InvalidOperation:  # NaN and infinity
            return Cell(row=row, column=column, value=None, text=str(value), kind="error", number_format=number_format)
        text = plain(number) if number_format == "General" else shown(number, number_format)
        return Cell(row=row, column=column, value=number, text=text, kind="number", number_format=number_format, lossy=lossy)
    if isinstance(value, date):
        day = value.date() if isinstance(value, datetime) else value
        return Cell(row=row, column=column, value=day, text=shown_date(value), kind="date", number_format=number_format)
    if isinstance(value, time):
        text = value.isoformat(timespec="seconds")
    elif isinstance(value, timedelta):
        text = str(value)
    else:
        text = str(value)[: limits.cell_chars]
    return Cell(row=row, column=column, value=text, text=text, kind="text", number_format=number_format)


def filled(cells: Iterable[Cell]) -> int:
    """How many cells hold something to read."""
    return sum(1 for c in cells if c.text.strip())
