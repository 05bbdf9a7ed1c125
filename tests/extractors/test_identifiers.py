"""Check digits and the bridge between old and new taxpayer ids (rule-book B.4)."""

from __future__ import annotations

import pytest

from extractors.identifiers import (
    find_tax_ids,
    is_old_tax_id,
    is_tax_id,
    is_uscc,
    organisation_check,
    propose_repair,
    same_taxpayer,
    uscc_check_char,
)

ISSUED = ["914403001922038216", "9144030071526726XG", "91440300192317458F", "9144030027939873X7", "91440300708461136T"]


@pytest.mark.parametrize("code", ISSUED)
def test_issued_codes_pass(code: str) -> None:
    assert is_uscc(code)
    assert organisation_check(code[8:17])
    assert uscc_check_char(code[:17]) == code[17]


def test_an_issued_code_that_fails_c18_is_only_a_doubt() -> None:
    assert not is_uscc("91350203M0001QAY9B")


@pytest.mark.parametrize("code", ISSUED)
def test_every_single_digit_error_is_seen(code: str) -> None:
    for place in range(18):
        wrong = code[:place] + ("1" if code[place] != "1" else "2") + code[place + 1 :]
        assert not is_uscc(wrong)


def test_bridge() -> None:
    assert same_taxpayer("440301192203821", "914403001922038216")
    assert same_taxpayer("914403001922038216", "9144 0300 1922 0382 16")
    assert not same_taxpayer("440301192203822", "914403001922038216")
    assert not same_taxpayer("", "")
    assert is_old_tax_id("440301192203821")
    assert is_tax_id("440301192203821")


def test_repairs_are_unique_or_none() -> None:
    assert propose_repair("9144O3001922O38216") == "914403001922038216"
    assert propose_repair("91440300I92317458F") == "91440300192317458F"
    assert propose_repair("914403001922038216") is None  # nothing to repair
    assert propose_repair("914403001922038299") is None
    assert propose_repair("12345") is None


def test_ids_are_found_by_shape() -> None:
    text = "纳税人识别号：9144 0300 1922 0382 16 电话0755-26000000"
    found = find_tax_ids(text)
    assert [value for value, _, _ in found] == ["914403001922038216"]
    assert text[found[0][1] : found[0][2]] == "9144 0300 1922 0382 16"
    assert find_tax_ids("24112000000048542163") == []
    assert find_tax_ids("机器编号499910961615") == []
