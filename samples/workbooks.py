"""The Excel side: 表1 as the applicant uploads it, and the statistics B203 (千元) and 206 (万元).

Workbooks get a fixed creation time, so that the same world gives the same bytes.
"""

from __future__ import annotations

import datetime as dt
import zipfile
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from pipeline.model import PageRef
from samples.listing import COLUMNS, TITLE, VOUCHER_NAMES, column_truths, sums
from samples.money import plain
from samples.truth import TruthDocument, TruthValue
from samples.world import World

_THIN = Side(style="thin", color="000000")
_BORDER = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_CENTRE = Alignment(horizontal="center", vertical="center", wrap_text=True)
_STAMP = dt.datetime(2020, 6, 15, 9, 30, tzinfo=dt.UTC).replace(tzinfo=None)
"""openpyxl wants naive times."""
_HEAD_ROW = 5
LIST_SHEET = "表1"
_DATES = ("contract_date", "invoice_date", "paid_on")


def _save(book: Workbook, path: Path) -> None:
    """Writes ``book`` with every time stamp fixed, in the properties and in the archive."""
    book.properties.created = book.properties.modified = _STAMP
    book.properties.creator = "财务部"
    path.parent.mkdir(parents=True, exist_ok=True)
    book.save(path)
    with zipfile.ZipFile(path) as archive:
        parts = [(name, archive.read(name)) for name in archive.namelist()]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts:
            if name == "docProps/core.xml":
                start, end = data.index(b"<dcterms:modified"), data.index(b"</dcterms:modified>")
                value = data.index(b">", start) + 1
                data = data[:value] + b"2020-06-15T09:30:00Z" + data[end:]
            info = zipfile.ZipInfo(name, date_time=(2020, 6, 15, 9, 30, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, data)


def write_list(world: World, path: Path, name: str) -> TruthDocument:
    """表1 as xlsx at ``path``; ``name`` is its path in truth. Identifiers are text, dates are dates, money is numbers."""
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = LIST_SHEET
    last = get_column_letter(len(COLUMNS))
    sheet.merge_cells(f"A1:{last}1")
    sheet["A1"] = TITLE
    sheet["A1"].font = Font(size=16, bold=True)
    sheet["A1"].alignment = _CENTRE
    party = world.company.party
    head = (
        ("A2", "H2", f"申报单位：{party.name}"), ("I2", "R2", f"统一社会信用代码：{party.uscc}"), ("S2", f"{last}2", "单位：元"),
        ("A3", "H3", f"项目名称：{world.project.name}"), ("I3", "R3", f"项目类别：{'、'.join(world.categories)}"),
        ("S3", f"{last}3", f"填报日期：{world.applied_on.isoformat()}"),
    )  # fmt: skip
    for start, end, text in head:
        sheet.merge_cells(f"{start}:{end}")
        sheet[start] = text
    _heads(sheet)
    tables: list[dict[str, TruthValue]] = []
    for i, line in enumerate(world.lines):
        row = _HEAD_ROW + 1 + i
        truths = column_truths(line)
        cells: dict[str, TruthValue] = {}
        for at, column in enumerate(COLUMNS, start=1):
            cell = sheet.cell(row, at)
            cell.border, cell.alignment = _BORDER, _CENTRE
            if column.key not in truths:
                continue
            text = truths[column.key]
            if column.money:
                cell.value, cell.number_format = float(text), "#,##0.00"
            elif column.key in _DATES:
                cell.value, cell.number_format = dt.date.fromisoformat(text), "yyyy-mm-dd"
            elif column.key in ("sequence", "quantity"):
                cell.value = int(text)
            else:
                shown = {"voucher_type": VOUCHER_NAMES[line.voucher], "is_fixed_asset": "是" if line.fixed else "否"}
                cell.value, cell.number_format = shown.get(column.key, text), "@"
            cells[column.key] = TruthValue(value=text, sheet=LIST_SHEET, cell=cell.coordinate)
        tables.append(cells)
    total_row = _HEAD_ROW + 1 + len(world.lines)
    sheet.cell(total_row, 1, "合计").font = Font(bold=True)
    sheet.merge_cells(start_row=total_row, start_column=1, end_row=total_row, end_column=3)
    totals = sums(world)
    total_cell = ""
    for at, column in enumerate(COLUMNS, start=1):
        if column.key in totals:
            cell = sheet.cell(total_row, at)
            cell.value, cell.number_format, cell.border = float(totals[column.key]), "#,##0.00", _BORDER
            if column.key == "declared_amount":
                total_cell = cell.coordinate
    company = world.company
    sheet.cell(total_row + 2, 1, f"填表人：{company.contact}　　财务负责人：{company.finance_head}　　法定代表人：{company.legal_representative}")
    sheet.freeze_panes = f"D{_HEAD_ROW + 1}"
    _save(book, path)
    fields = {
        "table": TruthValue(value="1", sheet=LIST_SHEET, cell="A1"),
        "applicant_name": TruthValue(value=party.name, sheet=LIST_SHEET, cell="A2"),
        "uscc": TruthValue(value=party.uscc, sheet=LIST_SHEET, cell="I2"),
        "project_name": TruthValue(value=world.project.name, sheet=LIST_SHEET, cell="A3"),
        "unit": TruthValue(value="元", sheet=LIST_SHEET, cell="S2"),
        "declared_total": TruthValue(value=plain(world.declared_total), sheet=LIST_SHEET, cell=total_cell),
    }
    return TruthDocument(kind="investment_list", subtype="workbook", title=TITLE, pages=(PageRef(file=name, page=0),), fields=fields, tables={"lines": tuple(tables)})


def _heads(sheet: Worksheet) -> None:
    """Two rows of heads: groups above, merged; single columns merged downwards."""
    at = 1
    while at <= len(COLUMNS):
        column = COLUMNS[at - 1]
        end = at
        if column.group:
            while end < len(COLUMNS) and COLUMNS[end].group == column.group:
                end += 1
            sheet.merge_cells(start_row=4, start_column=at, end_row=4, end_column=end)
            sheet.cell(4, at, column.group)
            for i in range(at, end + 1):
                sheet.cell(5, i, COLUMNS[i - 1].head)
        else:
            sheet.merge_cells(start_row=4, start_column=at, end_row=5, end_column=at)
            sheet.cell(4, at, column.head)
        at = end + 1
    for i, column in enumerate(COLUMNS, start=1):
        sheet.column_dimensions[get_column_letter(i)].width = column.width
        for row in (4, 5):
            cell = sheet.cell(row, i)
            cell.border, cell.alignment = _BORDER, _CENTRE
            if hasattr(cell, "font"):
                cell.font = Font(bold=True)


_FORM_TITLES = {"B203": "财务状况（B203表）", "206": "固定资产投资项目情况（206表）"}


def write_statistics(world: World, path: Path, name: str) -> TruthDocument:
    """One sheet for each form and period, as exported from the statistics' reporting system."""
    book = Workbook()
    first = book.active
    assert first is not None
    book.remove(first)
    rows: list[dict[str, TruthValue]] = []
    party = world.company.party
    for form, period in dict.fromkeys((v.form, v.period) for v in world.statistics):
        values = [v for v in world.statistics if (v.form, v.period) == (form, period)]
        title = f"{form}表-{period[:4]}"
        sheet = book.create_sheet(title)
        sheet.merge_cells("A1:D1")
        sheet["A1"] = _FORM_TITLES[form]
        sheet["A1"].font, sheet["A1"].alignment = Font(size=14, bold=True), _CENTRE
        for cell, text in (("A2", f"统一社会信用代码：{party.uscc}"), ("A3", f"单位详细名称：{party.name}"), ("A4", f"{period}"), ("C2", f"表　　号：{form}表"), ("C4", f"计量单位：{values[0].unit}")):
            sheet[cell] = text
        if form == "206":
            sheet["A5"] = f"项目名称：{world.project.name}"
        for at, head in enumerate(("指标名称", "代码", "计量单位", "本年累计"), start=1):
            cell = sheet.cell(6, at, head)
            cell.border, cell.alignment = _BORDER, _CENTRE
        for i, value in enumerate(values):
            row = 7 + i
            for at, shown in enumerate((value.indicator, value.code, value.unit), start=1):
                cell = sheet.cell(row, at, shown)
                cell.border, cell.number_format = _BORDER, "@"
            amount = sheet.cell(row, 4, int(value.value))
            amount.border, amount.number_format = _BORDER, "0"

            def at_cell(text: str, where: str, title: str = title) -> TruthValue:
                return TruthValue(value=text, sheet=title, cell=where)

            rows.append({
                "uscc": at_cell(party.uscc, "A2"), "name": at_cell(party.name, "A3"), "form": at_cell(form, "C2"), "period": at_cell(period, "A4"),
                "indicator": at_cell(value.indicator, f"A{row}"), "code": at_cell(value.code, f"B{row}"),
                "value": at_cell(str(int(value.value)), f"D{row}"), "unit": at_cell(value.unit, f"C{row}"),
            })  # fmt: skip
        for letter, width in (("A", 40), ("B", 8), ("C", 14), ("D", 18)):
            sheet.column_dimensions[letter].width = width
    _save(book, path)
    return TruthDocument(kind="statistics", title="统计数据", pages=(PageRef(file=name, page=0),), tables={"indicators": tuple(rows)})
