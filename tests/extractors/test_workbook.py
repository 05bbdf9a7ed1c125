"""附表2 as it comes: one test for each trap of the rule-book (part C, "Parsing traps")."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

import pytest

from extractors.workbook import extract_books
from pipeline.model import CellEvidence, Document, Sheet
from tests.extractors.sheets import Value, book, formula_without_value, long_number, sheet

HEAD: list[list[Value]] = [
    ["技术改造投资项目投入明细清单（表1）"],
    ["申报单位：深圳市甲乙精密制造有限公司", None, None, None, "统一社会信用代码：914403001922038216", None, None, None, "单位：元"],
]
HEADER: list[Value] = [
    "序号", "设备（软件、工程）名称", "供应商", "票据类型", "发票代码", "发票号码/报关单号", "发票（报关单）日期", "发票金额（含税）", "不含税金额",
    "税额（可抵扣）", "付款凭证号", "付款日期", "付款金额", "申报投入金额（扣除可抵扣税款）",
]  # fmt: skip
LINE: list[Value] = [
    1, "立式加工中心", "东莞市丙丁机械有限公司", "专票", "4403191130", "01234567", "2019-03-15", 113000, 100000, 13000, "HD001", "2019-04-02", 113000,
    100000,
]  # fmt: skip


def line(**changes: Value) -> list[Value]:
    """The standard line with some cells changed."""
    places = {"sequence": 0, "name": 1, "seller": 2, "type": 3, "code": 4, "number": 5, "date": 6, "gross": 7, "net": 8, "tax": 9, "slip": 10,
              "paid_on": 11, "paid": 12, "declared": 13}  # fmt: skip
    out = list(LINE)
    for name, value in changes.items():
        out[places[name]] = value
    return out


def read(rows: Sequence[Sequence[Value]], **options: object) -> Document:
    found = extract_books([book(sheet(rows, **options))])  # type: ignore[arg-type]
    assert len(found) == 1
    return found[0]


def only_line(**changes: Value) -> Document:
    return read([*HEAD, HEADER, line(**changes)])


def values(document: Document, column: str) -> list[str | None]:
    return [row.get(column).value for row in document.rows("lines")]


def test_a_plain_list_is_read_with_its_cells() -> None:
    document = read([*HEAD, HEADER, LINE, ["合计", *[None] * 12, 100000]])
    assert (document.kind, document.get("table").value, document.get("unit").value) == ("investment_list", "1", "元")
    assert document.get("applicant_name").value == "深圳市甲乙精密制造有限公司"
    assert document.get("uscc").status == "proved"
    (row,) = document.rows("lines")
    assert row.id == "440319113001234567#1"
    assert row.get("gross").value == "113000.00" and row.get("gross").status == "read"
    assert row.get("invoice_date").value == "2019-03-15"
    where = row.get("net").evidence[0]
    assert isinstance(where, CellEvidence) and (where.cell, where.text) == ("I4", "100000")
    assert document.get("declared_total").value == "100000.00"


def test_headings_on_two_merged_levels() -> None:
    top = ["序号", "名称", "发票信息", None, None, None, "付款信息", None, "申报投入金额"]
    low = [None, None, "代码", "号码", "日期", "金额", "日期", "金额", None]
    data = [1, "机器人", "4403191130", "01234567", "2019-03-15", 100, "2019-04-01", 113, 100]
    document = read([*HEAD, top, low, data], merged=("C3:F3", "G3:H3", "A3:A4", "B3:B4", "I3:I4"))
    (row,) = document.rows("lines")
    assert row.get("net").value == "100.00" and row.get("paid_amount").value == "113.00"
    assert row.get("invoice_date").value == "2019-03-15" and row.get("paid_on").value == "2019-04-01"


def test_unit_of_the_head_is_applied() -> None:
    head = [HEAD[0], ["金额单位：人民币万元"]]
    document = read([*head, HEADER, line(gross=11.3, net=10, tax="1.3", declared=10)])
    (row,) = document.rows("lines")
    assert row.get("gross").value == "113000.00" and row.get("tax").value == "13000.00"
    assert "万元" in row.get("gross").why


def test_without_a_unit_money_is_doubtful() -> None:
    document = read([HEAD[0], ["申报单位：深圳市甲乙精密制造有限公司"], HEADER, LINE])
    gross = document.rows("lines")[0].get("gross")
    assert (gross.status, gross.reason) == ("doubtful", "unit_unknown")
    assert document.get("unit").status == "missing"


def test_a_headings_own_unit_wins() -> None:
    header = list(HEADER)
    header[13] = "申报投入金额（万元）"
    document = read([*HEAD, header, line(declared=10)])
    row = document.rows("lines")[0]
    assert row.get("declared_amount").value == "100000.00" and row.get("gross").value == "113000.00"


def test_a_wrong_unit_in_the_head_is_seen_by_its_size() -> None:
    document = read([HEAD[0], ["单位：万元"], HEADER, LINE])
    declared = document.rows("lines")[0].get("declared_amount")
    assert (declared.status, declared.reason) == ("doubtful", "unit_suspect")
    assert "单位" in document.note


def test_totals_and_subtotals_are_no_lines() -> None:
    rows = [*HEAD, HEADER, LINE, ["小计", *[None] * 12, 100000], line(sequence=2, number="01234569"), ["合  计", *[None] * 12, 200000]]
    document = read([*rows, ["填表人：张三", None, None, "财务负责人：李四"]])
    assert len(document.rows("lines")) == 2
    assert document.get("declared_total").value == "200000.00"
    assert document.tables["lines"].complete


def test_headings_repeated_on_each_page_are_no_lines() -> None:
    document = read([*HEAD, HEADER, LINE, HEADER, line(sequence=2, number="01234569")])
    assert values(document, "invoice_number") == ["01234567", "01234569"]


def test_the_row_of_column_numbers_is_no_line() -> None:
    document = read([*HEAD, HEADER, [str(i) for i in range(1, 15)], LINE])
    assert len(document.rows("lines")) == 1


def test_one_contract_merged_over_many_invoices_is_filled_down() -> None:
    header = ["合同编号", "合同金额", *HEADER]
    rows = [*HEAD, header, ["HT-01", 226000, *LINE], [None, None, *line(number="01234568")]]
    document = read(rows, merged=("A4:A5", "B4:B5"))
    assert values(document, "contract_number") == ["HT-01", "HT-01"]
    second = document.rows("lines")[1]
    assert second.get("contract_amount").value == "226000.00" and "合并" in second.get("contract_number").why
    where = second.get("contract_number").evidence[0]
    assert isinstance(where, CellEvidence) and where.cell == "A4"
    assert second.get("gross").value == "113000.00" and second.get("same_voucher_as").status == "missing"


def test_one_invoice_merged_over_many_devices_counts_once() -> None:
    second = line(name="夹具", code=None, number=None, date=None, gross=None, net=None, tax=None, declared=20000)
    document = read([*HEAD, HEADER, line(declared=80000), second], merged=("E4:E5", "F4:F5", "G4:G5", "H4:H5", "I4:I5", "J4:J5"))
    first, other = document.rows("lines")
    assert other.get("invoice_number").value == "01234567" and other.get("gross").status == "missing"
    assert other.get("same_voucher_as").value == first.id and other.get("same_voucher_as").reason == "merged_voucher"
    assert (first.id, other.id) == ("440319113001234567#1", "440319113001234567#2")
    assert values(document, "declared_amount") == ["80000.00", "20000.00"]
    assert sum(r.get("net").money or 0 for r in document.rows("lines")) == Decimal("100000.00")


def test_a_line_with_only_a_payment_belongs_to_the_invoice_above() -> None:
    further = [None] * 10 + ["HD002", "2019-05-06", 13000, None]
    document = read([*HEAD, HEADER, line(paid=100000), further, line(number="01234570")])
    first, payment, third = document.rows("lines")
    assert payment.get("same_voucher_as").value == first.id and payment.get("same_voucher_as").reason == "further_payment"
    assert payment.get("paid_amount").value == "13000.00" and payment.get("gross").status == "missing"
    assert payment.get("invoice_number").value == "01234567"
    assert third.get("same_voucher_as").status == "missing"


@pytest.mark.parametrize(
    ("typed", "numbers"),
    [
        ("01234567、01234568", ["01234567", "01234568"]),
        ("01234567/01234568", ["01234567", "01234568"]),
        ("01234567-69", ["01234567", "01234568", "01234569"]),
        ("01234567\n01234568，01234599", ["01234567", "01234568", "01234599"]),
        ("No.01234567", ["01234567"]),
    ],
)
def test_several_numbers_in_one_cell(typed: str, numbers: list[str]) -> None:
    document = only_line(number=typed)
    assert values(document, "invoice_number") == numbers
    assert values(document, "gross") == ["113000.00", *[None] * (len(numbers) - 1)]
    links = [row.get("same_voucher_as").reason for row in document.rows("lines")]
    assert links == [None, *["split_numbers"] * (len(numbers) - 1)]


def test_an_unclear_range_is_not_guessed() -> None:
    number = only_line(number="01234567-99999999").rows("lines")[0].get("invoice_number")
    assert (number.status, number.reason) == ("doubtful", "unclear_range")


def test_lost_leading_zeros_are_padded_and_said() -> None:
    row = only_line(number=1234567, code=44001912345).rows("lines")[0]
    number, code = row.get("invoice_number"), row.get("invoice_code")
    assert (number.value, number.status, number.reason) == ("01234567", "read", "padded")
    assert number.raw == "1234567" and "补" in number.why
    assert code.value == "044001912345"
    assert row.id == "04400191234501234567#1"


def test_lost_digits_are_doubtful() -> None:
    number = only_line(number=long_number()).rows("lines")[0].get("invoice_number")
    assert (number.status, number.reason) == ("doubtful", "lost_digits")
    assert "文本格式" in number.why


def test_an_exponent_typed_as_text_has_lost_digits_too() -> None:
    number = only_line(number="5.3182E+17").rows("lines")[0].get("invoice_number")
    assert (number.status, number.reason) == ("doubtful", "lost_digits")


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("531820191123456789", "BGD:531820191123456789#1"),
        ("531820191123456789/L02", "JKS:531820191123456789-L02#1"),
        ("531820191123456789-L02", "JKS:531820191123456789-L02#1"),
        ("24442000000123456789", "24442000000123456789#1"),
    ],
)
def test_customs_and_twenty_digit_numbers(typed: str, key: str) -> None:
    row = only_line(number=typed, code=None).rows("lines")[0]
    assert row.id == key and row.get("invoice_number").status == "read"


def test_a_number_of_odd_length_is_doubtful() -> None:
    number = only_line(number="123456789").rows("lines")[0].get("invoice_number")
    assert (number.status, number.reason) == ("doubtful", "odd_length")


@pytest.mark.parametrize(
    "typed",
    ["2019-03-15", "2019.3.15", "2019/3/15", "20190315", 20190315, "2019年3月15日", date(2019, 3, 15), 43539, "43539", "２０１９－０３－１５", "2019-03-15 00:00:00"],
)  # fmt: skip
def test_dates_in_all_shapes(typed: Value) -> None:
    found = only_line(date=typed).rows("lines")[0].get("invoice_date")
    assert (found.value, found.status) == ("2019-03-15", "read")


@pytest.mark.parametrize(
    ("typed", "reason"),
    [("2019年3月", "incomplete_date"), ("2019.13.40", "not_a_date"), ("2019-3-1、2019-4-1", "several_values"), (Decimal("2019.3"), "incomplete_date")],
)
def test_dates_that_cannot_be_told(typed: Value, reason: str) -> None:
    found = only_line(date=typed).rows("lines")[0].get("invoice_date")
    assert (found.value, found.status, found.reason) == (None, "doubtful", reason)


@pytest.mark.parametrize("typed", ["113,000.00", "１１３，０００.00", "¥113000", "113\u00a0000", "11.3万元", "113000元"])
def test_numbers_typed_as_text(typed: str) -> None:
    found = only_line(gross=typed).rows("lines")[0].get("gross")
    assert (found.value, found.status) == ("113000.00", "read")


def test_negative_amounts_are_kept() -> None:
    assert only_line(gross="-113,000.00").rows("lines")[0].get("gross").value == "-113000.00"
    assert only_line(gross="(113,000.00)").rows("lines")[0].get("gross").value == "-113000.00"


def test_formulas_without_cached_values_are_doubtful() -> None:
    found = only_line(declared=formula_without_value()).rows("lines")[0].get("declared_amount")
    assert (found.value, found.status, found.reason) == (None, "doubtful", "no_cached_value")


def test_hidden_rows_columns_and_sheets_are_told() -> None:
    document = read([*HEAD, HEADER, LINE, line(number="01234568")], hidden_rows=(5,), hidden_columns=(9,))
    assert [row.hidden for row in document.rows("lines")] == [False, True]
    assert "第5行被隐藏" in document.note and "J列被隐藏" in document.note
    hidden = read([*HEAD, HEADER, LINE], hidden=True)
    assert hidden.rows("lines")[0].hidden and "被隐藏" in hidden.note


def test_a_truncated_sheet_is_incomplete() -> None:
    assert not read([*HEAD, HEADER, LINE], truncated=True).tables["lines"].complete


def test_the_same_invoice_typed_twice_gets_ordinals() -> None:
    document = read([*HEAD, HEADER, LINE, line(sequence=2)])
    assert [row.id for row in document.rows("lines")] == ["440319113001234567#1", "440319113001234567#2"]
    assert document.rows("lines")[1].get("same_voucher_as").status == "missing"


def test_row_ids_do_not_depend_on_the_place() -> None:
    one = read([*HEAD, HEADER, LINE, line(number="01234599")])
    two = read([*HEAD, ["填报日期：2020-06-12"], HEADER, line(number="01234599"), LINE])
    assert {row.id for row in one.rows("lines")} == {row.id for row in two.rows("lines")}


@pytest.mark.parametrize(
    ("extra", "table"),
    [(["其中：智能化改造投入"], "1"), (["计划总投资", "投资构成"], "2"), (["资金来源"], "3"), (["募集资金投入额", "募投项目名称"], "5")],
)
def test_the_table_is_known_by_its_own_columns(extra: list[str], table: str) -> None:
    head = [["项目投入明细清单"], ["单位：元"]]
    assert read([*head, [*HEADER, *extra], LINE]).get("table").value == table


def test_interest_list() -> None:
    header = ["序号", "类型", "金融机构", "合同号", "合同金额/融资额", "合同期限起止", "放款日/起租日", "计息期起", "计息期止", "天数", "计息本金",
              "合同利率", "同期基准利率", "实付利息", "付息凭证号", "付息日期", "申请贴息额"]  # fmt: skip
    row = [1, "贷款", "中国建设银行深圳分行", "JK-2018-01", 1000, "2018-01-10至2020-01-09", "2018-01-10", "2019-01-01", "2019-03-31", 90, 1000,
           "4.75%", 4.75, 11.875, "FX1", "2019-03-31", 11.875]  # fmt: skip
    document = read([["技术改造投融资利息费用清单（表4）"], ["单位：万元"], header, row, ["合计", *[None] * 15, 11.875]])
    (line_,) = document.rows("interest")
    assert document.get("table").value == "4" and document.get("declared_total").value == "118750.00"
    assert line_.get("term_start").value == "2018-01-10" and line_.get("term_end").value == "2020-01-09"
    assert line_.get("annual_rate").value == "0.0475" and line_.get("benchmark_rate").value == "0.0475"
    assert line_.get("interest_paid").value == "118750.00" and line_.get("principal").value == "10000000.00"
    assert line_.id == "JK-2018-01|FX1|2019-01-01|2019-03-31#1"


def test_rows_that_are_not_understood_are_said() -> None:
    document = read([*HEAD, HEADER, LINE, ["以下设备为进口"]])
    assert "第5行" in document.note and not document.tables["lines"].complete


def test_an_unknown_sheet_says_what_was_seen() -> None:
    document = read([["员工名单"], ["姓名", "部门"], ["张三", "生产部"]])
    assert document.kind == "unknown" and "员工名单" in document.note


def test_a_workbook_without_cells_says_so() -> None:
    (document,) = extract_books([book(Sheet(name="图片"))])
    assert document.kind == "unknown" and "没有可读取" in document.note


def test_a_wrong_uscc_is_doubtful() -> None:
    head = [HEAD[0], ["申报单位", "深圳市甲乙精密制造有限公司"], ["统一社会信用代码", "914403001922038217"], ["单位：元"]]
    document = read([*head, HEADER, LINE])
    assert document.get("uscc").status == "doubtful" and document.get("applicant_name").value == "深圳市甲乙精密制造有限公司"
