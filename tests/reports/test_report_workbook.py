"""The workbook: nothing runs, numbers add up, findings lead to their places."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from decimal import Decimal

import openpyxl
from openpyxl.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet
from report_builder import FACTS, build, finding, hundred, late_row, twelve

from pipeline.model import Report
from reports import render_workbook
from reports.ordering import numbered
from reports.words import data_words
from reports.workbook import sides


def read(report: Report) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(render_workbook(report, FACTS)))


def cells(book: openpyxl.Workbook) -> Iterator[Cell]:
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            yield from (c for c in row if isinstance(c, Cell))


def table(sheet: Worksheet) -> list[dict[str, object]]:
    heads, *rows = sheet.iter_rows(values_only=True)
    return [dict(zip(map(str, heads), row, strict=True)) for row in rows]


def test_sheets_and_order() -> None:
    report = build(twelve())
    book = read(report)
    assert book.sheetnames == ["概览", "问题清单", "材料清单", "清单核查", "字段", "文件与页"]
    rows = table(book["问题清单"])
    assert [r["说明"] for r in rows] == [n.finding.message for n in numbered(report.findings)]
    assert [r["序号"] for r in rows] == list(range(1, len(rows) + 1))


def test_no_formula_anywhere(hostile: Report) -> None:
    for report in (build(twelve()), hostile):
        package = render_workbook(report, FACTS)
        with zipfile.ZipFile(io.BytesIO(package)) as parts:
            sheets = [parts.read(n).decode() for n in parts.namelist() if n.startswith("xl/worksheets/sheet")]
        assert sheets
        assert not [s for s in sheets if "<f>" in s or "<f " in s or 't="e"' in s]
        assert {c.data_type for c in cells(openpyxl.load_workbook(io.BytesIO(package)))} <= {"s", "n"}


def test_text_that_looks_like_a_formula_stays_text() -> None:
    risky = [finding(f"R-{n}", "correct", text, text, n=n) for n, text in enumerate(("=1+1", "+1", "-2", "@SUM(A1)", "#N/A", "\t=1"))]
    rows = list(read(build(risky))["问题清单"].iter_rows(min_row=2))
    for row in rows:
        assert row[4].data_type == "s"
    assert [row[4].value for row in rows] == ["=1+1", "+1", "-2", "@SUM(A1)", "#N/A", "\t=1"]
    assert [bool(row[4].quotePrefix) for row in rows] == [True, True, True, True, False, True]


def test_money_is_a_number_and_ids_are_text() -> None:
    book = read(build([late_row(0)]))
    row = table(book["问题清单"])[0]
    assert Decimal(str(row["涉及金额"])) == Decimal("12345.60")
    line = table(book["清单核查"])[0]
    assert line["发票号码"] == "020190000"
    assert Decimal(str(line["申报投入金额"])) == Decimal("12345.6")


def test_money_too_long_for_a_spreadsheet_stays_exact() -> None:
    huge = finding("R-1", "note", "巨额", "数额巨大。", stake="1234567890123456.78")
    assert table(read(build([huge]))["问题清单"])[0]["涉及金额"] == "1234567890123456.78"


def test_list_lines_carry_their_findings() -> None:
    lines = table(read(build(twelve()))["清单核查"])
    assert [str(line["级别"] or "") for line in lines[:8]] == ["补正", "补正", "补正", "补正", "未见问题", "隐藏行", "需人工核验", "未见问题"]
    assert str(lines[0]["问题"]).endswith(late_row(0).message)


def test_findings_link_to_the_report() -> None:
    report = build(twelve())
    book = read(report)
    links = [row[3].hyperlink for row in book["问题清单"].iter_rows(min_row=2)]
    assert [(link.target, link.location) for link in links if link] == [("report.html", n.anchor) for n in numbered(report.findings)]


def test_both_sides_of_a_comparison() -> None:
    rows = {str(r["规则"]): r for r in table(read(build(twelve()))["问题清单"])}
    assert (rows["R-055"]["票面/申报值"], rows["R-055"]["应为/对照值"]) == ("1,234,567.90", "1,234,567.80")
    assert rows["R-277"]["票面/申报值"] == "2020年3月1日"
    assert rows["R-277"]["受众"] == "仅内部"


def test_declared_stands_left_of_found() -> None:
    item = finding("R-1", "correct", "金额不符", "金额不符。", data={"found": "11345.60", "declared": "12345.60", "field": "net"})
    assert sides(item) == ("12,345.60", "11,345.60")
    assert sides(finding("R-1", "correct", "a", "b", data={"found": "1名", "expected": "2名"})) == ("1名", "2名")
    assert data_words("field", "net") == "不含税金额"
    assert data_words("field", "no_such_field") == "no_such_field"


def test_findings_are_frozen_filtered_and_wrapped() -> None:
    sheet = read(build(hundred()))["问题清单"]
    assert sheet.freeze_panes == "E2"
    assert sheet.auto_filter.ref == f"A1:Q{len(hundred()) + 1}"
    assert sheet["E2"].alignment.wrap_text
    assert sheet["B2"].fill.fgColor.rgb == "00FFE0B8"


def test_every_page_and_file_is_listed() -> None:
    report = build(twelve())
    rows = table(read(report)["文件与页"])
    assert {r["文件"] for r in rows} == {f.path for f in report.files}
    assert next(r for r in rows if r["文件"] == "损坏.ofd")["说明"] == "文件损坏，打不开，请重新提交。"


def test_equal_reports_give_equal_bytes() -> None:
    assert render_workbook(build(twelve()), FACTS) == render_workbook(build(twelve()), FACTS)


def test_control_characters_do_not_break_the_file(hostile: Report) -> None:
    text = "".join(str(c.value) for c in cells(read(hostile)) if c.value)
    assert "alert(1)" in text
    assert not set(text) & {"\u202e", "\x07"}
