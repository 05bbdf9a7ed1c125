"""Money as Chinese papers write it."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

CENT = Decimal("0.01")
_DIGITS = "零壹贰叁肆伍陆柒捌玖"


def cents(value: Decimal) -> Decimal:
    """Rounded half up to the cent, as the fiscal devices do."""
    return value.quantize(CENT, ROUND_HALF_UP)


def plain(value: Decimal) -> str:
    """``1234.50``: the canonical text of an amount in yuan."""
    return f"{cents(value):.2f}"


def grouped(value: Decimal, places: int = 2) -> str:
    """``1,234.50``."""
    return f"{value:,.{places}f}"


def _four(number: int) -> str:
    """Up to four digits with units, inner zeros folded into one 零, no zero at the ends."""
    out, gap = "", False
    for power, unit in ((3, "仟"), (2, "佰"), (1, "拾"), (0, "")):
        digit = number // 10**power % 10
        if digit:
            out += ("零" if gap and out else "") + _DIGITS[digit] + unit
            gap = False
        else:
            gap = True
    return out


def capital(value: Decimal, yuan: str = "圆") -> str:
    """The amount in 大写 (支付结算办法 annex 1): 123.40 → 壹佰贰拾叁圆肆角整, 325.04 → 叁佰贰拾伍圆零肆分.

    ``value`` is not negative and below 10¹².
    """
    total = int(cents(value) * 100)
    whole, jiao, fen = total // 100, total // 10 % 10, total % 10
    out = ""
    for base, unit in ((10**8, "亿"), (10**4, "万"), (1, "")):
        part = whole // base % 10**4
        if part:
            out += ("零" if out and part < 1000 else "") + _four(part) + unit
    out = (out or "零") + yuan
    if not jiao and not fen:
        return out + "整"
    if whole == 0:
        out = ""
    if jiao:
        out += _DIGITS[jiao] + "角"
        return out + (_DIGITS[fen] + "分" if fen else "整")
    return out + ("零" if whole else "") + _DIGITS[fen] + "分"


def words_value(words: str) -> str:
    """The amount that 大写 words say, as :func:`plain` writes it; the words themselves where they say none."""
    units = {"拾": 10, "佰": 100, "仟": 1000}
    whole, section, digit, part = Decimal(0), 0, 0, Decimal(0)
    for char in words.removeprefix("（负数）").removeprefix("人民币"):
        if char in _DIGITS:
            digit = _DIGITS.index(char)
        elif char in units:
            section, digit = section + digit * units[char], 0
        elif char == "亿":
            whole, section, digit = (whole + section + digit) * 10**8, 0, 0
        elif char == "万":
            whole, section, digit = whole + (section + digit) * 10**4, 0, 0
        elif char in "圆元":
            whole, section, digit = whole + section + digit, 0, 0
        elif char in "角分":
            part, digit = part + digit * Decimal("0.1" if char == "角" else "0.01"), 0
        elif char not in "整正":
            return words
    value = whole + part
    return plain(-value if words.startswith("（负数）") else value)
