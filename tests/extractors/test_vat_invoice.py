"""An invoice built by hand: every field, every witness, and what happens when they disagree."""

from __future__ import annotations

import pytest

from extractors.vat_invoice import extract_invoice, is_invoice
from pipeline.model import Code, Document, SealMark
from tests.extractors.pages import Spot, invoice_spots, page

QR = Code(type="qr", text="01,01,4403191130,07654321,1000000.00,20190315,,9335,", box=(0.02, 0.02, 0.1, 0.15))
SEAL = SealMark(
    box=(0.66, 0.7, 0.86, 0.9), shape="oval", role="invoice", text="深圳市样品机械有限公司 9144030071526726XG 发票专用章", level="sure", confidence=0.9
)


def made(*, codes: tuple[Code, ...] = (QR,), seals: tuple[SealMark, ...] = (SEAL,), tilt: float = 0.0, **changes: str | None) -> Document:
    return extract_invoice([page(invoice_spots(**changes), codes=codes, seals=seals, tilt=tilt)])


def test_every_field_of_a_clean_invoice() -> None:
    document = made()
    values = {name: field.value for name, field in document.fields.items()}
    assert values == {
        "invoice_type": "special", "invoice_code": "4403191130", "invoice_number": "07654321", "issue_date": "2019-03-15",
        "check_code": None, "machine_number": None, "amount": "1000000.00", "tax": "160000.00", "total": "1160000.00",
        "total_capital": "1160000.00", "buyer_name": "深圳市测试制造有限公司", "buyer_tax_id": "914403001922038216",
        "seller_name": "深圳市样品机械有限公司", "seller_tax_id": "9144030071526726XG", "remarks": "合同编号：HT-2019-001", "copy": "deduction",
        "voided": "false", "is_red_letter": "false", "is_agent_issued": "false",
    }  # fmt: skip
    assert document.year == 2019
    for name in ("invoice_type", "invoice_code", "invoice_number", "issue_date", "amount", "tax", "total", "seller_name", "seller_tax_id"):
        assert document.get(name).status == "proved", name


def test_items() -> None:
    rows = made().rows("items")
    assert len(rows) == 1
    assert {name: cell.value for name, cell in rows[0].cells.items()} == {
        "name": "*机床*数控加工中心", "spec": "VMC850", "unit": "台", "quantity": "2", "unit_price": "500000", "amount": "1000000.00",
        "tax_rate": "0.16", "tax": "160000.00",
    }  # fmt: skip
    assert rows[0].get("amount").status == "proved"
    assert made().tables["items"].complete


@pytest.mark.parametrize("tilt", [0.02, -0.03])
def test_a_tilted_page_gives_the_same(tilt: float) -> None:
    straight, tilted = made(), made(tilt=tilt)
    assert {n: f.value for n, f in tilted.fields.items()} == {n: f.value for n, f in straight.fields.items()}
    assert [c.value for c in tilted.rows("items")[0].cells.values()] == [c.value for c in straight.rows("items")[0].cells.values()]


def test_print_shifted_by_a_row() -> None:
    names = {"2019年03月15日", "深圳市测试制造有限公司", "914403001922038216", "深圳市样品机械有限公司", "9144030071526726XG", "￥1000000.00", "￥160000.00"}
    shifted: list[Spot] = [(spot[0], spot[1], spot[2] + (0.022 if spot[0] in names else 0)) for spot in invoice_spots()]
    document = extract_invoice([page(shifted)])
    want = made(codes=(), seals=())
    for name in ("issue_date", "buyer_name", "buyer_tax_id", "seller_name", "seller_tax_id", "amount", "tax", "total"):
        assert document.get(name).value == want.get(name).value, name


def test_a_clash_of_qr_and_print_is_kept_not_repaired() -> None:
    document = made(amount="￥7000000.00", item_amount="7000000.00")
    field = document.get("amount")
    assert (field.status, field.reason, field.value) == ("doubtful", "conflict", "7000000.00")
    assert {w.value for w in field.witnesses if w.kind == "observed"} == {"7000000.00", "1000000.00"}
    field = made(number="No 17654321", number2="17654321").get("invoice_number")
    assert (field.status, field.reason, field.value) == ("doubtful", "conflict", "17654321")


def test_words_against_figures() -> None:
    document = made(capital="⊗壹佰壹拾柒万圆整", codes=())
    assert document.get("total").reason == "conflict"
    assert document.get("total").value == "1160000.00"
    assert document.get("total_capital").value == "1170000.00"
    assert document.get("total_capital").reason == "conflict"


def test_words_that_cannot_be_read_are_no_number() -> None:
    field = made(capital="⊗壹佰壹拾仟万圆整").get("total_capital")
    assert (field.status, field.reason, field.value) == ("doubtful", "illegible", None)


def test_sums_that_do_not_add_up_leave_proved_figures_standing() -> None:
    document = made(tax="￥170000.00", item_tax="170000.00")
    assert document.get("total").status == "proved"
    assert "勾稽与之不符" in document.get("total").why
    assert (document.get("tax").status, document.get("tax").value) == ("doubtful", "170000.00")


def test_an_item_never_stands_in_for_a_wrong_sum() -> None:
    document = made(codes=(), amount="￥1006000.00")
    assert (document.get("amount").status, document.get("amount").value) == ("doubtful", "1006000.00")
    assert not document.tables["items"].complete


def test_a_wrong_check_digit_is_a_doubt_with_the_printed_value() -> None:
    field = made(buyer_id="914403001922038219").get("buyer_tax_id")
    assert (field.status, field.value) == ("doubtful", "914403001922038219")


def test_an_empty_id_is_missing_because_blank() -> None:
    field = made(buyer_id=None).get("buyer_tax_id")
    assert (field.status, field.reason) == ("missing", "blank")


def test_an_old_id_on_the_seal_supports_the_new_one_on_paper() -> None:
    seal = SEAL.model_copy(update={"text": "深圳市样品机械有限公司 44030171526726X 发票专用章"})
    assert "seal" in {w.source for w in made(seals=(seal,)).get("seller_tax_id").witnesses}


def test_a_seal_that_differs_in_a_lookalike_doubts_the_name() -> None:
    seal = SEAL.model_copy(update={"text": "深圳市自云机械有限公司 9144030071526726XG"})
    field = made(seals=(seal,), seller_name="深圳市白云机械有限公司").get("seller_name")
    assert (field.status, field.value) == ("doubtful", "深圳市白云机械有限公司")


def test_red_letter_voided_and_agent_issued() -> None:
    red = made(
        codes=(), amount="￥-1000000.00", tax="￥-160000.00", total="￥-1160000.00", capital="（负数）壹佰壹拾陆万圆整",
        item_amount="-1000000.00", item_tax="-160000.00", item_quantity="-2", remark="对应正数发票代码:4403191130号码:07654320",
    )  # fmt: skip
    assert red.get("is_red_letter").value == "true"
    assert red.get("total").value == "-1160000.00"
    assert red.get("total_capital").value == "-1160000.00"
    assert made(copy="作废").get("voided").value == "true"
    agent = made(remark="代开企业税号:440301192203821 代开企业名称:某公司")
    assert agent.get("is_agent_issued").value == "true"


def test_no_tax_printed_as_stars() -> None:
    document = made(
        codes=(), tax="***", item_tax="***", item_rate="免税", capital="⊗壹佰万圆整", total="￥1000000.00",
        code="044031900104", code2="044031900104", title="深圳增值税普通发票",
    )  # fmt: skip
    assert (document.get("tax").value, document.get("tax").raw, document.get("tax").status) == ("0.00", "***", "proved")
    assert document.get("invoice_type").value == "ordinary"


def test_the_check_code_wants_twenty_digits() -> None:
    whole = made(codes=(), code="044031900104", code2="044031900104", remark="校验码 13891 12260 11315 32521", seals=())
    assert (whole.get("check_code").value, whole.get("check_code").status) == ("13891122601131532521", "read")
    short = made(codes=(), code="044031900104", code2="044031900104", remark="校验码 13891 12260 11315 2521", seals=())
    assert short.get("check_code").status == "doubtful"
    crossed = made(codes=(), code="044031900104", code2="044031900104", remark="校验码 13891 12260 11315 32521")
    assert crossed.get("check_code").status == "doubtful"


def test_a_figure_glued_to_its_rate_is_cut() -> None:
    rows = made(item_amount="1000000.0016%", item_rate=None).rows("items")
    assert (rows[0].get("amount").value, rows[0].get("tax_rate").value) == ("1000000.00", "0.16")


def test_items_that_do_not_sum_up_are_not_complete() -> None:
    document = made(item_amount="900000.00", item_tax="144000.00", item_price="450000.00")
    assert not document.tables["items"].complete
    assert document.get("amount").status == "proved"


def test_a_digital_invoice_with_parties_side_by_side() -> None:
    spots: list[Spot] = [
        ("电子发票（增值税专用发票）", 0.36, 0.05), ("发票号码：24112000000048542163", 0.7, 0.06), ("开票日期：2024年05月28日", 0.7, 0.1),
        ("名称：深圳市测试制造有限公司", 0.07, 0.2), ("名称：深圳市样品机械有限公司", 0.55, 0.2),
        ("统一社会信用代码/纳税人识别号：914403001922038216", 0.07, 0.26), ("统一社会信用代码/纳税人识别号：9144030071526726XG", 0.55, 0.26),
        ("项目名称", 0.08, 0.33), ("规格型号", 0.25, 0.33), ("单位", 0.36, 0.33), ("数量", 0.45, 0.33), ("单价", 0.56, 0.33), ("金额", 0.68, 0.33),
        ("税率/征收率", 0.76, 0.33), ("税额", 0.9, 0.33), ("*信息技术服务*技术服务费", 0.05, 0.38), ("1", 0.46, 0.38),
        ("4197.16981132075", 0.53, 0.38), ("4197.17", 0.68, 0.38), ("6%", 0.79, 0.38), ("251.83", 0.9, 0.38),
        ("合计", 0.1, 0.62), ("¥4197.17", 0.67, 0.62), ("¥251.83", 0.89, 0.62), ("价税合计（大写）", 0.08, 0.68), ("肆仟肆佰肆拾玖圆整", 0.3, 0.68),
        ("（小写）¥4449.00", 0.7, 0.68), ("开票人：于某", 0.1, 0.9),
    ]  # fmt: skip
    document = extract_invoice([page(spots)])
    want = {
        "invoice_type": "digital_special", "invoice_number": "24112000000048542163", "invoice_code": None, "issue_date": "2024-05-28",
        "buyer_name": "深圳市测试制造有限公司", "buyer_tax_id": "914403001922038216", "seller_name": "深圳市样品机械有限公司",
        "seller_tax_id": "9144030071526726XG", "amount": "4197.17", "tax": "251.83", "total": "4449.00",
    }  # fmt: skip
    assert {name: document.get(name).value for name in want} == want


def test_evidence_points_at_the_value_alone() -> None:
    field = made().get("total")
    printed = next(w for w in field.witnesses if w.source == "ocr")
    assert printed.evidence.type == "page"
    assert printed.evidence.text == "￥1160000.00"
    assert printed.evidence.box[0] == pytest.approx(0.76, abs=0.01)


def test_score() -> None:
    assert is_invoice(page(invoice_spots())) >= 0.9
    assert is_invoice(page([("设备采购合同", 0.4, 0.1), ("甲方：深圳市测试制造有限公司", 0.1, 0.2)])) < 0.3
    listing: list[Spot] = [("销售货物或者提供应税劳务清单", 0.3, 0.05), ("金额", 0.5, 0.2), ("税额", 0.7, 0.2), ("所属增值税专用发票代码：4403191130", 0.1, 0.1)]
    assert is_invoice(page(listing)) < 0.4


@pytest.mark.parametrize("spots", [[], [("价税合计", 0.1, 0.5)], [("金额", 0.9, 0.99), ("税额", 0.0, 0.0), ("单价", 0.5, 0.5)]])
def test_hardly_anything_on_the_page_never_raises(spots: list[Spot]) -> None:
    document = extract_invoice([page(spots)])
    assert not any(field.status == "proved" for field in document.fields.values())


def test_remarks_whose_beginning_a_seal_covers_are_doubtful() -> None:
    mark = SealMark.model_validate({"box": (0.66, 0.78, 0.9, 0.96), "shape": "oval", "text": "发票专用章", "level": "sure", "confidence": 0.9})
    covered = [*invoice_spots(remark=None), ("省名证管有站封频模块", 0.72, 0.82), ("智能化生产线", 0.56, 0.86)]
    remarks = extract_invoice([page(covered, seals=[mark])]).get("remarks")
    assert (remarks.value, remarks.status) == ("智能化生产线", "doubtful")
    clear = [*invoice_spots(), ("省名证管有站封频模块", 0.72, 0.86)]
    assert extract_invoice([page(clear, seals=[mark])]).get("remarks").status == "read"
