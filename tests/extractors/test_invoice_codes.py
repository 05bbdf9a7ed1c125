"""Codes, numbers and QR payloads (rule-book B.1.2, B.1.3)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from extractors.invoice_codes import code_form, number_fits, parse_qr


@pytest.mark.parametrize(
    ("code", "kind", "area", "year"),
    [
        ("1100162130", "special", "1100", 2016), ("4403191130", "special", "4403", 2019), ("1100164320", "ordinary", "1100", 2016),
        ("044031900104", "ordinary", "4403", 2019), ("044031900105", "ordinary", "4403", 2019), ("044031900107", "ordinary", "4403", 2019),
        ("044031900211", "e_ordinary", "4403", 2019), ("012001800311", "e_ordinary", "1200", 2018), ("011001900112", "e_ordinary", "1100", 2019),
        ("044032000113", "e_special", "4403", 2020), ("144031809110", "blockchain", "4403", 2018), ("144001822660", "vehicle", "4400", 2018),
        ("4403151720", "other", "4403", 2015),
    ],
)  # fmt: skip
def test_code_forms(code: str, kind: str, area: str, year: int) -> None:
    form = code_form(code)
    assert form is not None
    assert (form.invoice_type, form.area, form.year) == (kind, area, year)


@pytest.mark.parametrize("code", ["", "440319113", "9900191130", "4403191110", "044031900199", "499910961615", "929905282535", "4403191139", "244031900111"])
def test_codes_outside_the_table(code: str) -> None:
    assert code_form(code) is None


def test_numbers() -> None:
    assert number_fits("07654321", "4403191130")
    assert not number_fits("7654321", "4403191130")
    assert number_fits("24112000000048542163", None)


def test_qr_of_a_special_invoice_has_no_check_code() -> None:
    said = parse_qr("01,01,1200154130,03630024,94339.62,20160621,,9335,")
    assert said is not None
    assert (said.invoice_type, said.code, said.number, said.amount) == ("special", "1200154130", "03630024", Decimal("94339.62"))
    assert (said.total, said.issue_date, said.check_code) == (None, date(2016, 6, 21), "")


def test_qr_of_ordinary_invoices() -> None:
    said = parse_qr("01,04,4200161350,00015045,165106.00,20160501,48114255542168294433,DBFE,")
    assert said is not None
    assert (said.invoice_type, said.check_code) == ("ordinary", "48114255542168294433")
    said = parse_qr("01,10,050003523456,29342181,104.72,20180613,02418567008427471889,1774,")
    assert said is not None
    assert said.invoice_type == "e_ordinary"


def test_qr_of_a_digital_invoice_holds_the_total() -> None:
    said = parse_qr("01,31,,24112000000048542163,4449.00,20240528,,ABCD,")
    assert said is not None
    assert (said.invoice_type, said.code, said.amount, said.total) == ("digital_special", "", None, Decimal("4449.00"))


def test_qr_of_the_blockchain() -> None:
    said = parse_qr("https://bcfp.shenzhen.chinatax.gov.cn/verify/scan?hash=01ab&bill_num=02730522&total_amount=3720")
    assert said is not None
    assert (said.invoice_type, said.number, said.total) == ("blockchain", "02730522", Decimal("37.20"))


@pytest.mark.parametrize(
    "text",
    ["", "https://example.com/?bill_num=02730522", "01,99,1,2,3,4,5", "01,04,42001613,00015045,1,20160501,,", "hello,world", "http://[bad",
     "https://evil-chinatax.gov.cn.example.com/?bill_num=02730522"],
)  # fmt: skip
def test_other_codes_are_no_invoices(text: str) -> None:
    assert parse_qr(text) is None
