"""Single forms: licence, filing form, application form, plan, printed list, other papers, and whose seal is whose."""

from __future__ import annotations

import pytest

from extractors.application_form import chosen_categories, extract_application_form, first_or_renewal
from extractors.business_licence import as_capital, extract_business_licence
from extractors.filing_certificate import extract_filing_certificate
from extractors.implementation_plan import extract_implementation_plan
from extractors.investment_list import extract_investment_list
from extractors.parties import known_parties, own_seals
from extractors.supporting import extract_supporting
from pipeline.model import Code
from tests.extractors.readings import PageBuilder, table

CODE = "914403001922038216"
NAME = "深圳市甲乙精密制造有限公司"


def licence(code: str = CODE) -> PageBuilder:
    page = PageBuilder().at(20, 20, "统一社会信用代码").at(20, 27, code).centre(40, "营业执照", 30)
    page.row(70, (20, "名称"), (45, NAME), (115, "注册资本"), (140, "人民币伍仟万元整"))
    page.row(84, (20, "类型"), (45, "有限责任公司"), (115, "成立日期"), (140, "2009年5月15日"))
    page.row(98, (20, "法定代表人"), (45, "吴子墨"), (115, "营业期限"), (140, "2009年5月15日至2029年5月14日"))
    page.row(112, (20, "经营范围"), (45, "通信设备、射频器件的研"), (115, "住所"), (140, "深圳市宝安区石岩街道岚新路"))
    return page.row(117, (45, "发与销售。"), (140, "43号1号厂房"))


def test_licence_in_two_columns_with_wrapped_cells() -> None:
    document = extract_business_licence([licence().page()])
    want = {
        "uscc": CODE, "name": NAME, "type": "有限责任公司", "legal_representative": "吴子墨", "registered_capital": "50000000.00",
        "established_on": "2009-05-15", "valid_until": "2029-05-14", "address": "深圳市宝安区石岩街道岚新路43号1号厂房",
        "scope": "通信设备、射频器件的研发与销售。",
    }  # fmt: skip
    assert {name: document.get(name).value for name in want} == want
    assert document.get("uscc").status == "proved"


def test_a_licence_code_that_fails_its_check_digit_is_doubtful_and_unrepaired() -> None:
    code = extract_business_licence([licence("914403001922038217").page()]).get("uscc")
    assert (code.status, code.value) == ("doubtful", "914403001922038217")


def test_the_qr_code_of_the_licence_speaks_too() -> None:
    page = licence()
    page.codes.append(Code(type="qr", text=f"http://www.gsxt.gov.cn/?uniscid={CODE}", box=(0.8, 0.1, 0.9, 0.2)))
    assert {w.source for w in extract_business_licence([page.page()]).get("uscc").witnesses} == {"ocr", "qr", "check_digit"}


@pytest.mark.parametrize(
    ("text", "value"),
    [("人民币伍仟万元整", "50000000.00"), ("5000万元人民币", "50000000.00"), ("5,000.00万元", "50000000.00"), ("300万美元", None)],
)
def test_registered_capital(text: str, value: str | None) -> None:
    assert as_capital(text) == value


def filing(label: str = "项目总投资（万元）") -> PageBuilder:
    page = PageBuilder().centre(30, "深圳市企业技术改造项目备案表", 20).at(20, 48, "备案编号：深宝安技备〔2018〕0270号")
    page.at(115, 48, "项目代码：2018-440300-39-03-710954")
    rows = [
        ("项目名称", "5G模块生产线技术改造项目"), ("建设单位", NAME), ("统一社会信用代码", CODE), ("建设性质", "□新建 √技术改造"),
        ("项目所属行业", "C3921 通信系统设备制造"), ("建设地点", "深圳市宝安区石岩街道"), (label, "2,470.00"),
        ("建设起止年限", "2018年10月1日至2019年12月31日"), ("备案日期", "2018年9月16日"), ("有效期至", "2020年9月5日"),
    ]  # fmt: skip
    return table(page, 60, (22, 70), rows, 12)  # type: ignore[arg-type]


def test_filing_form() -> None:
    document = extract_filing_certificate([filing().page()])
    want = {
        "filing_number": "深宝安技备〔2018〕0270号", "project_code": "2018-440300-39-03-710954", "applicant_name": NAME, "uscc": CODE,
        "construction_kind": "技术改造", "industry_code": "3921", "total_investment": "24700000.00", "period_start": "2018-10-01",
        "period_end": "2019-12-31", "issued_on": "2018-09-16", "valid_until": "2020-09-05",
    }  # fmt: skip
    assert {name: document.get(name).value for name in want} == want


def test_money_without_a_unit_on_its_label_is_doubtful() -> None:
    total = extract_filing_certificate([filing("项目总投资").page()]).get("total_investment")
    assert (total.status, total.reason) == ("doubtful", "unit_unknown")


def application() -> list[PageBuilder]:
    cover = PageBuilder().at(20, 14, "申请编号：2020JG229076").at(150, 14, "表单版本：2020-V1.2").centre(80, "项目申请书", 26)
    cover.at(38, 140, "项目名称：5G模块生产线技术改造项目").at(38, 154, f"申请单位：{NAME}").at(38, 168, "联系人：梁子墨").at(38, 182, "联系电话：13891260237")
    inner = PageBuilder().at(20, 14, "申请编号：2020JG229076")
    rows = [
        ("单位名称", NAME), ("统一社会信用代码", CODE), ("法定代表人", "吴子墨"), ("项目类别", "√类别1 √类别2 □类别3"), ("申报方式", "√首次申报 □续报"),
        ("项目所属行业代码", "3921（通信系统设备制造）"), ("项目实施地址", "深圳市宝安区石岩街道"), ("2019年度申报投入金额（万元）", "2,015.041913"),
        ("建设起止时间", "2018年10月1日至2019年12月31日"),
    ]  # fmt: skip
    table(inner, 36, (20, 85), rows, 11)  # type: ignore[arg-type]
    figures = PageBuilder().at(20, 28, "三、申请单位近三年主要经济指标", 14)
    rows = [
        ("指标名称", "计量单位", "2017年", "2018年", "2019年"), ("营业收入", "万元", "21,007.29", "24,130.03", "27,559.98"),
        ("从业人员平均人数", "人", "402", "386", "35S"),
    ]  # fmt: skip
    return [cover, inner, table(figures, 40, (25, 80, 105, 132, 160), rows, 11)]  # type: ignore[arg-type]


def test_application_form() -> None:
    document = extract_application_form([b.page(i) for i, b in enumerate(application())])
    want = {
        "application_no": "2020JG229076", "form_version": "2020-V1.2", "category": "1,2", "first_or_renewal": "first", "applicant_name": NAME,
        "uscc": CODE, "project_name": "5G模块生产线技术改造项目", "industry_code": "3921", "declared_investment": "20150419.13",
        "period_start": "2018-10-01", "period_end": "2019-12-31", "legal_representative": "吴子墨", "contact": "梁子墨", "phone": "13891260237",
    }  # fmt: skip
    assert {name: document.get(name).value for name in want} == want
    assert document.get("application_no").status == "proved" and document.get("applicant_name").status == "proved"
    cells = {(r.get("name").value, r.get("year").value): r for r in document.rows("indicators")}
    assert cells[("营业收入", "2018")].get("value").value == "24130.03" and cells[("营业收入", "2018")].get("unit").value == "万元"
    unclear = cells[("从业人员平均人数", "2019")].get("value")
    assert (unclear.value, unclear.status, unclear.raw) == (None, "doubtful", "35S")


@pytest.mark.parametrize(
    ("text", "value"),
    [("√类别1 √类别2 □类别3", "1,2"), ("类别1、类别2", "1,2"), ("□类别1 √类别4(1)", "4a"), ("□类别1 □类别2", None), ("2", "2"), ("技术改造", None)],
)
def test_categories(text: str, value: str | None) -> None:
    assert chosen_categories(text) == value


def test_first_or_renewal_needs_exactly_one_tick() -> None:
    assert (first_or_renewal("√首次申报 □续报"), first_or_renewal("□首次申报 √续报")) == ("first", "renewal")
    assert first_or_renewal("√首次申报 √续报") is None and first_or_renewal("□首次申报 □续报") is None


def test_plan_sections_from_contents_and_text() -> None:
    cover = PageBuilder().centre(80, "项目建设实施方案", 28).at(40, 150, "项目名称：5G模块生产线技术改造项目").at(40, 166, f"申报单位：{NAME}")
    contents = PageBuilder().centre(30, "目录", 18).at(26, 48, "一、项目单位概述..........3").at(33, 57, "（一）项目单位概况..........3")
    contents.at(26, 66, "二、项目建设方案..........5").at(26, 75, "三、其它需说明的问题..........9")
    body = PageBuilder().at(25, 30, "一、项目单位概述", 14).at(25, 42, "（一）项目单位概况", 12).at(25, 52, "公司成立于2009年，注册资本5000万元，主营通信设备。")
    body.at(25, 62, "1、车间总体设计、工艺流程及布局已建立数字化模型，并完成仿真。").at(25, 72, "项目实施效果", 14)
    document = extract_implementation_plan([cover.page(0, label=1), contents.page(1, label=2), body.page(2, label=3)])
    assert document.get("project_name").value == "5G模块生产线技术改造项目" and document.get("applicant_name").value == NAME
    seen = {r.get("title").value: (r.get("number").value, r.get("page").value) for r in document.rows("sections")}
    assert seen == {
        "项目单位概述": ("一", "3"), "项目单位概况": ("（一）", "3"), "项目实施效果": (None, "3"), "项目建设方案": ("二", "5"), "其它需说明的问题": ("三", "9"),
    }  # fmt: skip


def test_a_plan_without_contents_says_so() -> None:
    body = PageBuilder().centre(30, "项目建设实施方案", 20).at(25, 50, "一、项目单位介绍", 14)
    assert "未见目录" in extract_implementation_plan([body.page(0)]).note


def test_printed_list_lines_and_total() -> None:
    page = PageBuilder().centre(20, "表1 技术改造投资项目投入明细清单", 16).at(10, 30, f"申报单位：{NAME}").at(175, 30, "单位：元")
    rows = [
        ("序号", "设备名称", "发票代码", "发票号码", "开票日期", "不含税金额", "申报投入金额"),
        ("1", "立式加工中心", "4403191130", "01234567", "2019-03-15", "100,000.00", "100,000.00"),
        ("2", "工业机器人", "4403191130", "01234568", "2019-04-15", "20,000.00", "20,000.00"),
        ("合计", "", "", "", "", "120,000.00", "120,000.00"),
    ]
    table(page, 42, (10, 25, 60, 88, 112, 140, 172), rows)
    document = extract_investment_list([page.page(0)])
    assert [r.id for r in document.rows("lines")] == ["440319113001234567#1", "440319113001234568#1"]
    assert document.rows("lines")[1].get("declared_amount").value == "20000.00" and document.get("declared_total").value == "120000.00"
    assert document.get("applicant_name").value == NAME and document.tables["lines"].complete


def test_supporting_papers_are_named_by_their_title() -> None:
    page = PageBuilder().centre(40, "实用新型专利证书", 24).at(25, 80, "证书号第1234567号")
    assert extract_supporting([page.page(0)]).title == "实用新型专利证书"


def test_seals_get_owners_among_the_parties_and_no_sister_company_passes() -> None:
    sealed = licence().seal(NAME)
    sister = PageBuilder().centre(40, "情况说明", 20).seal("深圳市甲乙电子商务有限公司")
    documents = [extract_business_licence([sealed.page(0)]), extract_supporting([sister.page(1)])]
    parties = known_parties(documents, NAME)
    assert parties[0] == NAME and len([p for p in parties if p == NAME]) == 1
    owned = own_seals([*documents, extract_supporting([PageBuilder().page(2)])], NAME)
    assert owned[0].seals[0].owner == NAME and owned[0].seals[0].owner_score > 0.9
    assert owned[1].seals[0].owner_score < 0.95


def test_a_title_in_several_lines_is_kept_whole_and_free_of_the_seal() -> None:
    page = PageBuilder().centre(60, "2020年度", 26).centre(75, "深圳市企业技术改造扶持计划", 26).centre(92, "申报材料", 30)
    page.at(40, 165, f"申报单位：{NAME}", 14).at(128, 215, "甲乙精密", 60).seal(NAME)
    document = extract_supporting([page.page(0)])
    assert document.get("title").value == "2020年度深圳市企业技术改造扶持计划申报材料"


def test_a_total_half_under_a_seal_is_the_total_and_no_line() -> None:
    rows = [
        ("序号", "设备名称", "发票代码", "发票号码", "开票日期", "不含税金额", "申报投入金额"),
        ("1", "立式加工中心", "4403191130", "01234567", "2019-03-15", "100,000.00", "100,000.00"),
        ("", "合", "", "", "", "100,000.00", "100,000.00"),
    ]
    columns = (10, 25, 60, 88, 112, 140, 172)
    document = extract_investment_list([table(PageBuilder().centre(20, "表1 技术改造投资项目投入明细清单", 16).at(175, 30, "单位：元"), 42, columns, rows).page(0)])
    assert len(document.rows("lines")) == 1 and document.get("declared_total").value == "100000.00"
    rows[2] = ("", "", "", "", "", "100,000.00", "100,000.00")
    document = extract_investment_list([table(PageBuilder().centre(20, "表1 技术改造投资项目投入明细清单", 16).at(175, 30, "单位：元"), 42, columns, rows).page(0)])
    assert len(document.rows("lines")) == 1 and document.get("declared_total").value is None and not document.tables["lines"].complete


def test_letters_of_a_seam_seal_are_no_part_of_a_heading() -> None:
    body = PageBuilder().centre(20, "项目建设实施方案", 20).at(25, 50, "二、项目建设的可行性和必要性", 14).at(204, 50, "1泽", 14)
    document = extract_implementation_plan([body.page(0)])
    assert [r.get("title").value for r in document.rows("sections")] == ["项目建设的可行性和必要性"]


def test_mixed_brackets_of_a_filing_number_become_a_pair() -> None:
    page = PageBuilder().centre(30, "深圳市企业技术改造项目备案表", 20).at(25, 50, "备案编号：深宝安技备〔2018]0395号")
    assert extract_filing_certificate([page.page(0)]).get("filing_number").value == "深宝安技备〔2018〕0395号"
