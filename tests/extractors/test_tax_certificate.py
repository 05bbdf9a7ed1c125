"""Tax certificates in the three layouts of the rule-book (B.7)."""

from __future__ import annotations

import pytest

from extractors.tax_certificate import extract_tax_certificate
from tests.extractors.readings import PageBuilder, table

PERIOD = "2019-01-01 至 2019-12-31"


def certificate(total: str = "¥8,053,016.01", words: str = "人民币捌佰零伍万叁仟零壹拾陆元零壹分", vat: str = "7,155,936.57") -> PageBuilder:
    """Layout (a)."""
    page = PageBuilder().centre(30, "纳税证明", 24).at(120, 50, "深税宝纳证〔2020〕55689号")
    page.at(22, 66, "纳税人名称：深圳市甲乙精密制造有限公司").at(22, 76, "纳税人识别号：914403001922038216")
    page.at(22, 86, "税款所属期：2019年1月1日至2019年12月31日").at(150, 97, "单位：人民币元")
    rows = [("税种", "税款所属时期", "实缴税额"), ("增值税", PERIOD, vat), ("企业所得税", PERIOD, "897,079.44")]
    table(page, 105, (36, 80, 150), rows)
    page.row(132, (26, "合计（小写）"), (150, total)).row(141, (26, "合计（大写）"), (70, words))
    return page.at(120, 220, "国家税务总局深圳市宝安区税务局").at(130, 230, "2020年6月9日")


def test_layout_a_with_three_witnesses_of_the_total() -> None:
    document = extract_tax_certificate([certificate().page()])
    assert document.year == 2019 and document.get("certificate_number").value == "深税宝纳证〔2020〕55689号"
    assert document.get("taxpayer_name").value == "深圳市甲乙精密制造有限公司" and document.get("taxpayer_id").status == "proved"
    assert (document.get("period_start").value, document.get("period_end").value) == ("2019-01-01", "2019-12-31")
    assert document.get("total").value == "8053016.01" and document.get("total").status == "proved"
    assert {w.source for w in document.get("total").witnesses} == {"ocr", "capital_amount", "arithmetic"}
    assert document.get("issuer").value == "国家税务总局深圳市宝安区税务局" and document.get("issue_date").value == "2020-06-09"
    assert [row.get("amount").value for row in document.rows("taxes")] == ["7155936.57", "897079.44"]
    assert [row.get("tax_type").value for row in document.rows("taxes")] == ["增值税", "企业所得税"]


def test_words_and_figures_that_disagree_are_kept_side_by_side() -> None:
    total = extract_tax_certificate([certificate(words="人民币捌佰零伍万叁仟零壹拾柒元零壹分").page()]).get("total")
    assert (total.status, total.reason, total.value) == ("doubtful", "conflict", "8053016.01")
    assert {w.value for w in total.witnesses} >= {"8053016.01", "8053017.01"}


def test_a_sum_that_does_not_fit_is_seen() -> None:
    document = extract_tax_certificate([certificate(vat="7,155,936.58").page()])
    arithmetic = [w for w in document.get("total").witnesses if w.source == "arithmetic"]
    assert [w.value for w in arithmetic] == ["8053016.02"]


def test_a_grid_line_read_as_a_sign_does_not_spoil_an_amount() -> None:
    document = extract_tax_certificate([certificate(vat="7,155,936.57|").page()])
    assert [row.get("amount").value for row in document.rows("taxes")] == ["7155936.57", "897079.44"]


def test_layout_b_with_refund_and_paid_dates() -> None:
    page = PageBuilder().centre(30, "税收完税证明", 22).at(130, 40, "（191）深税证明00123456")
    page.at(22, 50, "填发日期：2020年3月5日").at(110, 50, "税务机关：国家税务总局深圳市税务局")
    page.at(22, 60, "纳税人识别号：914403001922038216").at(110, 60, "纳税人名称：深圳市甲乙精密制造有限公司")
    rows = [
        ("原凭证号", "税种", "品目名称", "税款所属时期", "入（退）库日期", "实缴（退）金额"),
        ("3440351901", "增值税", "商业", "2019-01-01至2019-01-31", "2019-02-15", "1,000.00"),
        ("3440351902", "增值税", "商业", "2019-02-01至2019-02-28", "2019-03-15", "-200.00"),
    ]
    table(page, 72, (12, 45, 70, 95, 148, 180), rows)
    page.row(101, (22, "金额合计（大写）人民币捌佰元整"), (178, "¥800.00"))
    document = extract_tax_certificate([page.page()])
    assert document.subtype == "table" and document.get("issue_date").value == "2020-03-05"
    assert [row.get("amount").value for row in document.rows("taxes")] == ["1000.00", "-200.00"]
    assert [row.get("paid_on").value for row in document.rows("taxes")] == ["2019-02-15", "2019-03-15"]
    assert document.get("total").value == "800.00" and document.get("total").status == "proved"
    assert (document.get("period_start").value, document.get("period_end").value) == ("2019-01-01", "2019-02-28")


def test_layout_c_running_text() -> None:
    page = PageBuilder().centre(30, "纳税证明", 24).at(22, 60, "纳税人名称：深圳市甲乙精密制造有限公司")
    page.at(22, 80, "自2018年1月1日至2018年12月31日，该纳税人已缴纳税款1,234.56元")
    page.at(22, 90, "（大写：壹仟贰佰叁拾肆元伍角陆分）。").at(120, 220, "国家税务总局深圳市税务局").at(130, 230, "2019年5月6日")
    document = extract_tax_certificate([page.page()])
    assert document.subtype == "letter" and document.year == 2018
    assert document.get("total").value == "1234.56" and document.get("total").status == "proved"


def test_what_the_seal_covers_is_doubtful_and_never_guessed() -> None:
    page = PageBuilder().centre(30, "纳税证明", 24).at(120, 220, "市宝安区国家税务局").at(130, 230, "2018年3月用3日")
    document = extract_tax_certificate([page.page()])
    assert document.get("issuer").status == "doubtful" and document.get("issue_date").status == "doubtful"
    assert document.get("issue_date").value is None and document.get("total").status == "missing"


def test_a_period_over_two_years_gives_no_year() -> None:
    page = PageBuilder().centre(30, "纳税证明", 24).at(22, 86, "税款所属期：2018年7月1日至2019年6月30日")
    assert extract_tax_certificate([page.page()]).year is None


@pytest.mark.parametrize(
    ("seal", "office"),
    [
        ("深圳市宝安区国家税务局业务专用章", "深圳市宝安区国家税务局"), ("深圳市宝安区地方税务局 财务专用章", "深圳市宝安区地方税务局"),
        ("国家税务总局深圳市宝安区税务局征税专用章", "国家税务总局深圳市宝安区税务局"),
        ("国家税务总局深圳市税务局第三税务分局业务专用章", "国家税务总局深圳市税务局第三税务分局"),
    ],
)  # fmt: skip
def test_what_a_seal_is_for_is_no_part_of_the_office(seal: str, office: str) -> None:
    page = PageBuilder().centre(30, "纳税证明", 24).at(22, 86, "税款所属期：2017年1月1日至2017年12月31日").seal(seal)
    assert extract_tax_certificate([page.page()]).get("issuer").value == office
