"""The resolver's rules, one by one."""

from __future__ import annotations

import pytest

from extractors.witness import Sighting, ValueType, resolve
from pipeline.model import PageEvidence, WitnessSource


def seen(
    source: WitnessSource, value: str, *, x: float = 0.1, confidence: float = 0.99, group: str = "", doubts: bool = False, encoded: bool = False
) -> Sighting:
    where = PageEvidence(file="f1", page=0, box=(x, 0.1, x + 0.1, 0.12), text=value)
    return Sighting(source, value, where, raw=value, confidence=confidence, group=group, doubts=doubts, encoded=encoded)


def test_nothing_is_missing_and_derived_values_never_fill_the_gap() -> None:
    assert resolve([], label="号码").status == "missing"
    field = resolve([seen("arithmetic", "100.00")], value_type="money", label="金额")
    assert (field.status, field.value) == ("missing", None)
    assert len(field.witnesses) == 1


def test_one_confident_reading_is_read() -> None:
    field = resolve([seen("ocr", "07654321")], value_type="id", label="发票号码")
    assert (field.status, field.value) == ("read", "07654321")


def test_one_faint_reading_is_illegible() -> None:
    field = resolve([seen("ocr", "07654321", confidence=0.5)], value_type="id", label="发票号码")
    assert (field.status, field.reason, field.value) == ("doubtful", "illegible", "07654321")


@pytest.mark.parametrize("second", [seen("qr", "100.00"), seen("arithmetic", "100.00"), seen("capital_amount", "100.0"), seen("ocr", "100.00", x=0.7)])
def test_two_groups_prove(second: Sighting) -> None:
    field = resolve([seen("ocr", "100.00"), second], value_type="money", label="金额")
    assert (field.status, field.value) == ("proved", "100.00")


def test_two_readings_of_one_ink_count_once() -> None:
    field = resolve([seen("ocr", "100.00"), seen("ocr_careful", "100.00")], value_type="money", label="金额")
    assert field.status == "read"


def test_one_ink_read_twice_differently_is_illegible_unless_another_eye_helps() -> None:
    torn = [seen("ocr", "100.00"), seen("ocr_careful", "106.00")]
    field = resolve(torn, value_type="money", label="金额")
    assert (field.status, field.reason) == ("doubtful", "illegible")
    field = resolve([*torn, seen("qr", "106.00")], value_type="money", label="金额")
    assert (field.status, field.value) == ("read", "106.00")


def test_two_legible_observations_that_disagree_are_both_kept() -> None:
    field = resolve([seen("ocr", "100.00"), seen("qr", "700.00"), seen("arithmetic", "700.00")], value_type="money", label="金额")
    assert (field.status, field.reason, field.value) == ("doubtful", "conflict", "100.00")
    assert [w.value for w in field.witnesses if w.kind == "observed"] == ["100.00", "700.00"]
    assert "100.00" in field.why
    assert "700.00" in field.why


def test_a_faint_reading_contradicts_nobody() -> None:
    field = resolve([seen("ocr", "100.00", confidence=0.4), seen("qr", "700.00"), seen("arithmetic", "700.00")], value_type="money", label="金额")
    assert (field.status, field.value) == ("proved", "700.00")


def test_arithmetic_doubts_one_observation_but_not_two() -> None:
    field = resolve([seen("ocr", "100.00"), seen("arithmetic", "101.00")], value_type="money", label="价税合计")
    assert (field.status, field.reason, field.value) == ("doubtful", "conflict", "100.00")
    field = resolve([seen("ocr", "100.00"), seen("capital_amount", "100.00"), seen("arithmetic", "101.00")], value_type="money", label="价税合计")
    assert (field.status, field.value) == ("proved", "100.00")
    assert "金额勾稽与之不符" in field.why


def test_a_failed_check_digit_doubts() -> None:
    field = resolve([seen("ocr", "914403001922038299"), seen("check_digit", "", doubts=True)], value_type="id", label="税号")
    assert (field.status, field.reason) == ("doubtful", "conflict")


def test_code_structure_never_proves_a_code_but_speaks_as_an_encoding() -> None:
    field = resolve([seen("ocr", "4403191130"), seen("code_structure", "4403191130")], value_type="id", label="发票代码")
    assert field.status == "read"
    field = resolve([seen("code_structure", "special", encoded=True), seen("ocr", "special")], label="发票种类")
    assert field.status == "proved"


@pytest.mark.parametrize(("kind", "a", "b"), [("money", "100.0", "100.00"), ("rate", "0.130", "0.13"), ("text", "A(集团)", "Ａ（集团）")])
def test_equal_as_values(kind: ValueType, a: str, b: str) -> None:
    assert resolve([seen("ocr", a), seen("qr", b)], value_type=kind, label="项").status == "proved"
