"""Audit reports: opinion, identity from several places, statements in several shapes."""

from __future__ import annotations

import pytest

from extractors.audit_report import extract_audit_report, extract_financial_statement
from extractors.page import ReadPage
from extractors.statement_items import plain_item
from pipeline.model import Document, Row
from tests.extractors.readings import PageBuilder, table

CLIENT = "深圳市甲乙精密制造有限公司"
CLEAN = "我们认为，后附的财务报表在所有重大方面按照企业会计准则的规定编制，公允反映了贵公司"
BALANCE = [
    ("项目", "期末余额", "期初余额"), ("货币资金", "100.00", "90.00"), ("流动资产合计", "600.00", "500.00"), ("固定资产", "400.00", "300.00"),
    ("在建工程", "-", "-"), ("非流动资产合计", "400.00", "300.00"), ("资产总计", "1,000.00", "800.00"), ("负债合计", "400.00", "300.00"),
    ("所有者权益合计", "600.00", "500.00"),
]  # fmt: skip
INCOME = [
    ("项目", "本期金额", "上期金额"), ("一、营业收入", "2,000.00", "1,800.00"), ("二、营业利润（亏损以“-”号填列）", "110.00", "95.00"),
    ("加：营业外收入", "10.00", "10.00"), ("减：营业外支出", "20.00", "5.00"), ("三、利润总额（亏损总额以“-”号填列）", "100.00", "100.00"),
    ("减：所得税费用", "25.00", "20.00"), ("四、净利润（净亏损以“-”号填列）", "75.00", "80.00"),
]  # fmt: skip


def front(opinion: str = CLEAN, year: int = 2019) -> list[PageBuilder]:
    cover = PageBuilder().centre(70, CLIENT, 18).centre(88, f"{year}年度", 16).centre(110, "审计报告", 30)
    cover.at(70, 130, "报告文号：深甲审字[2020]第0202号").centre(236, "深圳丙丁会计师事务所（普通合伙）", 14).centre(250, "2020年4月22日", 12)
    text = PageBuilder().centre(30, "审计报告", 20).at(130, 40, "深甲审字[2020]第0202号").at(22, 50, f"{CLIENT}全体股东：").at(22, 60, "一、审计意见")
    text.at(22, 68, f"我们审计了{CLIENT}（以下简称“贵公司”）财务报表，").at(22, 76, f"包括{year}年12月31日的资产负债表，{year}年度的利润表。")
    for i in range(0, len(opinion), 40):
        text.at(22, 84 + i / 5, opinion[i : i + 40])
    text.at(22, 160, "如果披露不充分，我们应当发表非无保留意见。")
    text.at(22, 200, "深圳丙丁会计师事务所（普通合伙）").at(118, 200, "中国注册会计师：张文").at(118, 215, "中国注册会计师：李明").at(130, 235, "2020年4月22日")
    return [cover, text]


def statement(title: str, rows: list[tuple[str, ...]], unit: str = "单位：人民币元", columns: tuple[float, ...] = (25, 100, 150)) -> PageBuilder:
    page = PageBuilder().centre(24, title, 18).centre(33, "2019年12月31日").at(22, 41, f"编制单位：{CLIENT}")
    if unit:
        page.at(160, 41, unit)
    return table(page, 52, columns, rows, 8)


def read(*builders: PageBuilder) -> Document:
    return extract_audit_report(pages(*builders))


def pages(*builders: PageBuilder) -> list[ReadPage]:
    return [b.page(i) for i, b in enumerate(builders)]


def item(document: Document, name: str, scope: str = "parent") -> Row:
    return next(r for r in document.rows("statements") if r.get("item").value == name and r.get("scope").value == scope)


def test_identity_from_several_places_is_proved() -> None:
    document = read(*front(), statement("资产负债表", BALANCE), statement("利润表", INCOME))
    assert document.year == 2019 and document.get("client_name").value == CLIENT and document.get("client_name").status == "proved"
    assert document.get("report_number").value == "深甲审字[2020]第0202号" and document.get("report_date").value == "2020-04-22"
    assert document.get("firm_name").value == "深圳丙丁会计师事务所（普通合伙）" and document.get("accountants").value == "张文、李明"
    assert document.get("opinion").value == "unqualified" and document.get("unit").value == "元" and document.get("scope").value == "parent"


@pytest.mark.parametrize(
    ("text", "opinion"),
    [
        (CLEAN, "unqualified"),
        (CLEAN + "财务状况。四、强调事项我们提醒财务报表使用者关注附注八。", "unqualified_emphasis"),
        ("我们认为，除“形成保留意见的基础”部分所述事项可能产生的影响外，" + CLEAN, "qualified"),
        ("由于该事项的重要性，后附的财务报表未能在所有重大方面按照企业会计准则的规定编制，未能公允反映贵公司", "adverse"),
        ("我们不对后附的贵公司财务报表发表审计意见。", "disclaimer"),
    ],
)
def test_opinions_by_their_fixed_phrases(text: str, opinion: str) -> None:
    assert read(*front(text)).get("opinion").value == opinion


def test_two_years_on_one_report_are_a_conflict() -> None:
    cover, text = front()
    other = front(year=2018)[1]
    assert read(cover, other).get("fiscal_year").reason == "conflict"
    assert read(cover, text).get("fiscal_year").status == "proved"


def test_sums_prove_the_amounts_they_join() -> None:
    document = read(*front(), statement("资产负债表", BALANCE), statement("利润表", INCOME))
    assert item(document, "资产总计").get("current").status == "proved" and item(document, "资产总计").get("prior").value == "800.00"
    assert item(document, "净利润").get("current").value == "75.00" and item(document, "净利润").get("current").status == "proved"
    assert item(document, "货币资金").get("current").status == "read"
    assert item(document, "在建工程").get("current").value == "0.00"


def test_a_sum_that_fails_makes_its_members_doubtful() -> None:
    rows = [("资产总计", "1,000.00", "800.10") if r[0] == "资产总计" else r for r in BALANCE]
    assert item(read(*front(), statement("资产负债表", rows)), "资产总计").get("prior").status == "proved"  # within one yuan, R-282
    rows = [("资产总计", "1,003.00", "800.00") if r[0] == "资产总计" else r for r in BALANCE]
    total = item(read(*front(), statement("资产负债表", rows)), "资产总计").get("current")
    assert (total.status, total.reason, total.value) == ("doubtful", "conflict", "1003.00")


def test_the_unit_of_the_statement_is_applied() -> None:
    total = item(read(*front(), statement("资产负债表", BALANCE, "单位：人民币万元")), "资产总计")
    assert total.get("current").value == "10000000.00"


def test_without_a_unit_amounts_are_doubtful() -> None:
    total = item(read(*front(), statement("资产负债表", BALANCE, "")), "货币资金").get("current")
    assert (total.status, total.reason) == ("doubtful", "unit_unknown")


def test_two_blocks_side_by_side_with_line_numbers() -> None:
    rows = [
        ("资产", "行次", "期末余额", "年初余额", "负债和所有者权益", "行次", "期末余额", "年初余额"),
        ("货币资金", "1", "100.00", "90.00", "短期借款", "31", "50.00", "40.00"),
        ("资产总计", "30", "100.00", "90.00", "负债合计", "60", "50.00", "40.00"),
    ]
    document = read(*front(), statement("资产负债表", rows, columns=(15, 42, 52, 76, 102, 135, 146, 172)))
    assert item(document, "短期借款").get("current").value == "50.00" and item(document, "短期借款").get("prior").value == "40.00"
    assert item(document, "货币资金").get("current").value == "100.00" and item(document, "负债合计").get("prior").value == "40.00"


def test_group_and_company_columns_are_told_apart() -> None:
    rows = [("项目", "期末余额", "期初余额", "期末余额", "期初余额"), ("营业收入", "900.00", "800.00", "500.00", "400.00")]
    page = PageBuilder().centre(24, "合并及母公司资产负债表", 18).at(160, 41, "单位：元").at(85, 46, "合并").at(145, 46, "母公司")
    document = read(*front(), table(page, 54, (20, 70, 100, 130, 160), rows, 8))
    assert item(document, "营业收入", "consolidated").get("current").value == "900.00"
    assert item(document, "营业收入", "parent").get("prior").value == "400.00"
    assert document.get("scope").value == "parent"


def test_only_group_statements_say_so() -> None:
    assert read(*front(), statement("合并资产负债表", BALANCE)).get("scope").value == "consolidated"


def test_prior_columns_are_never_taken_for_current_ones() -> None:
    revenue = item(read(*front(), statement("利润表", INCOME)), "营业收入")
    assert (revenue.get("current").value, revenue.get("prior").value) == ("2000.00", "1800.00")


def test_movements_of_fixed_assets_in_the_notes() -> None:
    notes = PageBuilder().centre(24, "财务报表附注", 16).at(22, 35, "1. 固定资产及累计折旧")
    rows = [("项目", "期初余额", "本期增加", "本期减少", "期末余额"), ("固定资产原值", "500.00", "150.00", "50.00", "600.00")]
    table(notes, 45, (22, 70, 100, 130, 160), rows)
    document = read(*front(), statement("资产负债表", BALANCE), notes)
    assert item(document, "固定资产原值本期增加").get("current").value == "150.00"


def test_a_missing_statement_is_said() -> None:
    document = read(*front(), statement("资产负债表", BALANCE))
    assert "利润表" in document.note and not document.tables["statements"].complete


def test_statements_alone() -> None:
    document = extract_financial_statement(pages(statement("资产负债表", BALANCE)))
    assert document.kind == "financial_statement" and document.year == 2019 and document.get("client_name").value == CLIENT


@pytest.mark.parametrize(
    ("printed", "item_name"),
    [
        ("三、利润总额（亏损总额以“－”号填列）", "利润总额"), ("减：所得税费用", "所得税费用"), ("其中：研发费用", "研发费用"), ("股东权益合计", "所有者权益合计"),
        ("非流动资严合计", "非流动资产合计"), ("流动资产合计", "流动资产合计"), ("固定资产", "固定资产"),
        ("期未现金及现金等价物余额", "期未现金及现金等价物余额"),
    ],
)  # fmt: skip
def test_items_get_their_plain_names(printed: str, item_name: str) -> None:
    assert plain_item(printed) == item_name


def test_accountants_from_their_stamps() -> None:
    cover, _ = front()
    text = PageBuilder().centre(30, "审计报告", 20).at(118, 200, "中国注册会计师：").at(160, 197, "中国注册").at(160, 202, "会计师")
    text.at(160, 207, "何丽娟").at(156, 212, "440326287529")
    assert read(cover, text).get("accountants").value == "何丽娟"
    assert read(cover, text).get("accountants").status == "doubtful"  # carved letters, seen once


def test_accountants_in_print_are_read() -> None:
    assert read(*front()).get("accountants").value == "张文、李明" and read(*front()).get("accountants").status == "read"


def test_notes_whose_first_page_is_gone_are_no_statement() -> None:
    notes = PageBuilder().at(22, 24, "六、财务报表主要项目注释").at(22, 35, "1. 固定资产及累计折旧")
    rows = [("项目", "期初余额", "本期增加", "本期减少", "期末余额"), ("固定资产原值", "500.00", "150.00", "50.00", "600.00"), ("累计折旧", "50.00", "15.00", "5.00", "60.00")]
    table(notes, 45, (22, 70, 100, 130, 160), rows)
    document = read(*front(), statement("资产负债表", BALANCE), notes)
    found = {r.get("item").value: r.get("statement").value for r in document.rows("statements") if r.get("statement").value != "balance_sheet"}
    assert found == {"固定资产原值本期增加": "notes", "累计折旧本期增加": "notes"}


def test_an_item_over_two_rows_is_named_whole() -> None:
    page = statement("现金流量表", [("项目", "本期金额", "上期金额"), ("经营活动产生的现金流量净额", "90.00", "80.00")])
    page.at(25, 74, "购建固定资产、无形资产和其他长期资产支付", 9).at(25, 79, "的现金", 9).at(100, 79, "70.00", 9).at(150, 79, "60.00", 9)
    document = read(*front(), page)
    assert item(document, "购建固定资产、无形资产和其他长期资产支付的现金").get("current").value == "70.00"
