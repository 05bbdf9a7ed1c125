"""Statistics extracts: B203 in 千元, 206 in 万元, flat lists."""

from __future__ import annotations

from extractors.workbook import extract_books
from pipeline.model import Document, Row
from tests.extractors.sheets import Value, book, sheet


def read(rows: list[list[Value]]) -> Document:
    (document,) = extract_books([book(sheet(rows))])
    return document


def by_name(document: Document, period: str) -> dict[str | None, Row]:
    return {r.get("indicator").value: r for r in document.rows("indicators") if r.get("period").value == period}


B203: list[list[Value]] = [
    ["财务状况"],
    ["统一社会信用代码：914403001922038216", None, None, "表　　号：B203表"],
    ["单位详细名称：深圳市甲乙精密制造有限公司", "2019年1-12月", None, "计量单位：千元"],
    ["指标名称", "代码", "1-本月", "上年同期"],
    ["一、营业收入", "301", 123456, "110,000"],
    ["　其中：研发费用", "312", 2345, 2000],
    ["利润总额", "327", -120, 80],
    ["平均用工人数（人）", "601", 350, 340],
]


def test_b203_with_both_columns() -> None:
    document = read(B203)
    assert document.kind == "statistics"
    assert document.get("form").value == "B203" and document.get("uscc").status == "proved"
    now, before = by_name(document, "2019年1-12月"), by_name(document, "2018年1-12月")
    assert now["营业收入"].get("value").value == "123456" and now["营业收入"].get("unit").value == "千元"
    assert before["营业收入"].get("value").value == "110000"
    assert now["利润总额"].get("value").value == "-120" and now["研发费用"].get("code").value == "312"
    assert now["平均用工人数"].get("unit").value == "人"
    assert now["营业收入"].get("name").value == "深圳市甲乙精密制造有限公司"


def test_without_a_unit_values_are_doubtful() -> None:
    rows = [list(r) for r in B203]
    rows[2][3] = None
    value = by_name(read(rows), "2019年1-12月")["营业收入"].get("value")
    assert (value.status, value.reason) == ("doubtful", "unit_unknown")


def test_206_in_ten_thousands() -> None:
    document = read([
        ["固定资产投资项目情况"],
        ["206表", "2019年", "计量单位：万元"],
        ["指标名称", "代码", "本年"],
        ["计划总投资", "01", 5000],
        ["本年完成投资", "03", "3,200.5"],
        ["设备工器具购置", "06", 3000],
    ])  # fmt: skip
    found = by_name(document, "2019年")
    assert document.get("form").value == "206"
    assert found["本年完成投资"].get("value").value == "3200.5" and found["计划总投资"].get("unit").value == "万元"


def test_flat_list() -> None:
    document = read([
        ["统一社会信用代码", "单位名称", "报表", "报告期", "指标名称", "代码", "数值", "计量单位"],
        ["914403001922038216", "深圳市甲乙精密制造有限公司", "B204-1", "201912", "工业总产值", "01", 98765, "千元"],
    ])  # fmt: skip
    (row,) = document.rows("indicators")
    assert row.get("period").value == "2019年12月" and row.get("value").value == "98765" and row.get("form").value == "B204-1"


def test_a_sheet_with_a_word_in_common_is_no_statistics() -> None:
    assert read([["名称", "金额"], ["营业收入", 3], ["茶水", 4]]).kind == "unknown"
