"""Identifiers and amounts in words, against vectors of the rule-book (B.4, B.1.3) and 支付结算办法."""

from __future__ import annotations

import random
from decimal import Decimal

import pytest

from samples import ids
from samples.money import capital


@pytest.mark.parametrize("code", ["914403001922038216", "9144030071526726XG", "91440300192317458F", "9144030027939873X7", "91440300708461136T"])
def test_published_codes_are_valid(code: str) -> None:
    assert ids.is_uscc(code)


@pytest.mark.parametrize("code", ["914403001922038217", "914403001922038226", "91440300192203821", "91440300192203821I"])
def test_broken_codes_are_not(code: str) -> None:
    assert not ids.is_uscc(code)


def test_made_up_codes_are_valid_and_differ() -> None:
    rng = random.Random(5)
    codes = {ids.random_uscc(rng, "440300") for _ in range(200)}
    assert len(codes) == 200
    assert all(ids.is_uscc(code) and code.startswith("91440300") for code in codes)


def test_invoice_codes_follow_the_table() -> None:
    assert ids.special_code("4403", 2019, 1) == "4403191130"
    assert ids.ordinary_code("4403", 2019, 1) == "044031900104"
    assert ids.e_ordinary_code("4403", 2019, 1) == "044031900111"
    assert ids.special_code("3200", 2018, 2, kind=5, copies=6) == "3200182560"
    assert ids.old_ordinary_code("4403", 2017, 1) == "4403171320"
    assert ids.ordinary_code("4403", 2019, 1, copies=5) == "044031900105"
    assert ids.blockchain_code(2018, 1) == "144031809110"


def test_customs_and_bill_numbers() -> None:
    assert ids.declaration_number("5304", 2019, 12345678) == "530420191012345678"
    bill = ids.bill_number(random.Random(3), bank=True, year=2019, month=5, day=7)
    assert len(bill) == 30 and bill[0] == "1" and bill[13:21] == "20190507"


def test_old_tax_ids_bridge_to_the_new_code() -> None:
    assert ids.old_tax_id("440301", "914403001922038216") == "440301192203821"


def test_offices_have_codes_of_their_own() -> None:
    code = ids.uscc("440300", "MB212345", prefix="11")
    assert code.startswith("11440300") and ids.is_uscc(code)


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        ("325.04", "叁佰贰拾伍圆零肆分"), ("10005", "壹万零伍圆整"), ("1409.50", "壹仟肆佰零玖圆伍角整"), ("100000000", "壹亿圆整"),
        ("107000.53", "壹拾万柒仟圆伍角叁分"), ("16409.02", "壹万陆仟肆佰零玖圆零贰分"), ("1000010.00", "壹佰万零壹拾圆整"),
        ("100200300.00", "壹亿零贰拾万零叁佰圆整"), ("0.05", "伍分"), ("0", "零圆整"),
    ],
)  # fmt: skip
def test_amounts_in_words(amount: str, words: str) -> None:
    assert capital(Decimal(amount)) == words
