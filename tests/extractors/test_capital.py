"""大写金额: the vectors of 支付结算办法 附一 and what scans do to them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.capital import find_capital, parse_capital


@pytest.mark.parametrize(
    ("text", "yuan"),
    [
        ("壹佰圆整", "100"), ("⊗叁佰贰拾伍元零肆分", "325.04"), ("壹仟肆佰零玖元伍角整", "1409.50"), ("陆仟零柒元壹角肆分", "6007.14"),
        ("壹仟陆佰捌拾元零叁角贰分", "1680.32"), ("壹仟陆佰捌拾元叁角贰分", "1680.32"), ("壹拾万柒仟元零伍角叁分", "107000.53"),
        ("壹拾万零柒仟元零伍角叁分", "107000.53"), ("壹万陆仟肆佰零玖元零贰分", "16409.02"), ("贰万壹仟零肆拾叁圆整", "21043"),
        ("肆拾亿零叁佰贰拾万零伍拾元整", "4003200050"), ("貳拾陸萬圓正", "260000"), ("人民币（大写）：拾万元整", "100000"), ("伍角整", "0.50"),
        ("零元整", "0"), ("（负数）壹佰圆整", "-100"), ("贰佰圆", "200"), ("⊗ 壹佰 壹拾陆万 圆整", "1160000"), ("叁亿零伍万元整", "300050000"),
    ],
)  # fmt: skip
def test_capital(text: str, yuan: str) -> None:
    assert parse_capital(text) == Decimal(yuan)


@pytest.mark.parametrize(
    "text",
    ["壹仟伍元整", "叁佰元肆分", "壹万伍元整", "壹万亿元整", "壹佰贰佰元整", "佰元整", "壹佰", "壹佰?拾元整", "壹佰圆整贰", "", "元整", "壹贰元整", "合同金额"],
)
def test_what_lost_a_character_is_none(text: str) -> None:
    assert parse_capital(text) is None


def _words(value: Decimal) -> str:
    """The textbook way from figures to words, written apart from the parser."""
    digits, units = "零壹贰叁肆伍陆柒捌玖", ["", "拾", "佰", "仟"]
    yuan, cents = divmod(int(value * 100), 100)
    out, pending = "", False
    for place in range(len(str(yuan)) - 1, -1, -1):
        digit = yuan // 10**place % 10
        if digit:
            out += ("零" if pending and out else "") + digits[digit] + units[place % 4]
            pending = False
        else:
            pending = True
        if place == 8 or (place == 4 and yuan // 10**4 % 10**4):
            out += "亿" if place == 8 else "万"
            pending = pending and yuan // 10 ** (place - 1) % 10 == 0
    out = (out or "零") + "圆"
    if not cents:
        return out + "整"
    jiao, fen = divmod(cents, 10)
    return out + (digits[jiao] + "角" if jiao else "零") + (digits[fen] + "分" if fen else "整")


@given(st.integers(min_value=1, max_value=99_999_999_999))
def test_round_trip(cents: int) -> None:
    value = Decimal(cents) / 100
    parsed = parse_capital(_words(value))
    assert parsed is None or parsed == value, _words(value)


@given(st.integers(min_value=100, max_value=99_999_999))
def test_whole_yuan_below_a_million_is_always_read(cents: int) -> None:
    value = Decimal(cents // 100)
    assert parse_capital(_words(value)) == value, _words(value)


def test_found_inside_a_row() -> None:
    text = "价税合计（大写）⊗贰万壹仟零肆拾叁圆整（小写）¥21043.00"
    hit = find_capital(text)
    assert hit is not None
    assert hit[0] == Decimal(21043)
    assert text[hit[1] : hit[2]] == "贰万壹仟零肆拾叁圆整"
    assert find_capital("第三联 发票联") is None
