"""Workbooks of a submission: 附表2 表1–表5 and extracts of the statistics, a sheet at a time.

Every filled sheet becomes a document; one that is neither is ``unknown`` and says what was seen on it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from decimal import Decimal
from statistics import median

from extractors.cell_values import Place, doubted
from extractors.grid import Grid, cell_evidence, tidy
from extractors.identifiers import is_uscc, normal_id
from extractors.list_layout import HeadValue, ListLayout, find_layout
from extractors.list_rows import LineReader
from extractors.page import ReadBook
from extractors.statistics import read_statistics
from extractors.values import clean_name
from pipeline.model import Document, Field, PageRef, Row, Sheet, Table, Witness, column_letters

_SUSPECT_LARGE = Decimal(500_000_000)
"""Yuan. When the middle line of a list headed 万元 is larger than this, its figures are in yuan (R-323)."""
_SUSPECT_SMALL = Decimal(5_000)
"""Yuan. When a list headed 元 has no line above this, its figures are in 万元 (R-323)."""


def extract_books(books: Sequence[ReadBook]) -> list[Document]:
    """All sheets of all workbooks as documents, in their order. ``PageRef.page`` is the sheet's place in its workbook."""
    documents: list[Document] = []
    for book in books:
        filled = [(i, s) for i, s in enumerate(book.book.sheets) if any(c.text.strip() for c in s.cells)]
        if not filled:
            note = "工作簿中没有可读取的单元格（可能只有图片或为空表），请上传可编辑的Excel表格。"
            documents.append(_document(book, 0, None, "unknown", "", note=" ".join((note, *book.book.notes))))
        for index, sheet in filled:
            documents.append(_sheet(book, index, sheet))
    return documents


def _sheet(book: ReadBook, index: int, sheet: Sheet) -> Document:
    grid = Grid(sheet)
    layout = find_layout(grid)
    if layout is not None:
        return _list(book, index, grid, layout)
    statistics = read_statistics(book.file, grid)
    if statistics is not None:
        return _document(
            book, index, sheet, "statistics", statistics.title, fields=statistics.fields, tables={"indicators": statistics.table},
            confidence=0.95, note=" ".join(n for n in (statistics.note, *_sheet_notes(sheet)) if n),
        )  # fmt: skip
    seen = "、".join(tidy(c.text)[:20] for row in grid.filled_rows[:3] for c in grid.row(row)[:6] if c.text.strip())[:120]
    note = f"工作表“{sheet.name}”不是项目投入明细清单、利息费用清单或统计数据表，表内开头为：{seen}。"
    return _document(book, index, sheet, "unknown", tidy(sheet.name), note=" ".join((note, *_sheet_notes(sheet))))


def _list(book: ReadBook, index: int, grid: Grid, layout: ListLayout) -> Document:
    sheet = grid.sheet
    reader = LineReader(book.file, sheet.name, grid, layout)
    reader.read()
    rows = tuple(reader.rows)
    notes = list(_sheet_notes(sheet))
    used_hidden = [column_letters(m.index) for m in layout.columns if grid.hidden_column(m.index)]
    if used_hidden:
        notes.append(f"清单的{'、'.join(used_hidden)}列被隐藏。")
    if reader.unread:
        notes.append(f"第{'、'.join(map(str, reader.unread[:20]))}行有内容但未识别为清单行，请核对。")
    suspect = _suspect_unit(layout, rows)
    if suspect:
        notes.append(f"表头单位为{layout.unit}，但金额数值的量级与之不符，请核对计量单位。")
        rows = tuple(_doubt_money(row, layout) for row in rows)
    fields = _head_fields(book.file, sheet.name, layout)
    total = reader.declared_total()
    if total.status != "missing":
        fields["declared_total"] = doubted(total, "计量单位存疑。", "unit_suspect") if suspect else total
    title = layout.title or ("技术改造投融资利息费用清单" if layout.interest else "项目投入明细清单")
    table = Table(rows=rows, complete=not sheet.truncated and not reader.unread)
    return _document(
        book, index, sheet, "investment_list", title, fields=fields, tables={"interest" if layout.interest else "lines": table},
        confidence=0.98 if layout.title else 0.85, note=" ".join(notes), subtype=f"table{layout.table}",
    )  # fmt: skip


def _sheet_notes(sheet: Sheet) -> tuple[str, ...]:
    notes: list[str] = []
    if sheet.hidden:
        notes.append(f"工作表“{sheet.name}”被隐藏。")
    rows = sorted({c.row for c in sheet.cells if c.text.strip()} & set(sheet.hidden_rows))
    if rows:
        notes.append(f"工作表“{sheet.name}”第{'、'.join(str(r + 1) for r in rows[:20])}行被隐藏。")
    if sheet.truncated:
        notes.append(f"工作表“{sheet.name}”过大，只读取了前面的部分。")
    return tuple(notes)


def _head_fields(file: str, sheet: str, layout: ListLayout) -> dict[str, Field]:
    fields = {"table": _told(file, sheet, HeadValue(layout.table, layout.table_cell))}
    for name, found in layout.head.items():
        fields[name] = _told(file, sheet, found, name)
    if layout.unit_cell is not None and layout.unit is not None:
        fields["unit"] = _told(file, sheet, HeadValue(layout.unit, layout.unit_cell))
    return fields


def _told(file: str, sheet: str, found: HeadValue, name: str = "") -> Field:
    """A value of the head block with its cell; a USCC adds its check digit as a second witness or a doubt."""
    value = clean_name(found.value) if name in ("applicant_name", "project_name") else found.value
    if name != "uscc":
        return Place(file, sheet, found.cell).field(value)
    code = normal_id(value)
    field = Place(file, sheet, found.cell).field(code)
    if not is_uscc(code):
        return doubted(field, f"统一社会信用代码“{code}”校验位不符，疑似录入错误，请核对。", "check_digit")
    check = Witness(
        source="check_digit", kind="derived", group="check_digit", value=code, evidence=cell_evidence(file, sheet, found.cell)
    )  # fmt: skip
    return field.model_copy(update={"status": "proved", "witnesses": (*field.witnesses, check)})


def _suspect_unit(layout: ListLayout, rows: tuple[Row, ...]) -> bool:
    """Lines of billions of yuan each, or an investment list without any line above a few thousand: the unit is wrong."""
    name = "requested" if layout.interest else "declared_amount"
    amounts = [abs(m) for row in rows for n in (name, "gross", "net") if (m := row.get(n).money) is not None]
    if not amounts or layout.interest:
        return False
    if layout.unit == "万元":
        return median(amounts) > _SUSPECT_LARGE
    return layout.unit == "元" and len(rows) >= 3 and max(amounts) < _SUSPECT_SMALL


def _doubt_money(row: Row, layout: ListLayout) -> Row:
    money = {m.column.name for m in layout.columns if m.column.kind == "money" and m.unit is None}
    cells = {n: doubted(f, "计量单位存疑。", "unit_suspect") if n in money and f.value else f for n, f in row.cells.items()}
    return row.model_copy(update={"cells": cells})


def _document(
    book: ReadBook,
    index: int,
    sheet: Sheet | None,
    kind: str,
    title: str,
    *,
    fields: dict[str, Field] | None = None,
    tables: dict[str, Table] | None = None,
    confidence: float = 0.3,
    note: str = "",
    subtype: str | None = None,
) -> Document:
    told = f"{kind}|{index}|{sheet.model_dump_json() if sheet else book.file}"
    return Document(
        id="d-" + hashlib.sha256(told.encode()).hexdigest()[:12], kind=kind, subtype=subtype, title=title, confidence=confidence,
        pages=(PageRef(file=book.file, page=index),), fields=fields or {}, tables=tables or {}, note=note.strip(),
    )  # fmt: skip
