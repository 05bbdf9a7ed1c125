"""Spreadsheet numbers as exact decimals, and as a person sees them."""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Context, Decimal, InvalidOperation

_DIGITS = 15
"""Significant digits that a spreadsheet keeps (IEEE 754 double; Excel cuts at 15)."""
_FIFTEEN = Context(prec=_DIGITS, rounding=ROUND_HALF_UP)
_CORE = re.compile(r"[#0?][#0?,.]*%?|\.[#0?]+%?")


def exact(value: int | float) -> tuple[Decimal, bool]:
    """``(decimal, lossy)``. Fractions are cut to the 15 digits that are real (``0.1 + 0.2`` is 0.3). Whole numbers of 16 and
    more digits are kept as stored and lossy: an invoice number typed as a number has lost its tail for good."""
    number = Decimal(repr(value)) if isinstance(value, float) else Decimal(value)
    if not number.is_finite():
        raise InvalidOperation
    if number == number.to_integral_value():
        return number.quantize(Decimal(1)) if abs(number) < Decimal(10) ** 27 else number, abs(number) >= Decimal(10) ** _DIGITS
    return _FIFTEEN.plus(number).normalize(), False


def plain(number: Decimal) -> str:
    """A decimal without exponent."""
    return format(number, "f") if abs(number) < Decimal(10) ** 40 else str(number)


def shown(number: Decimal, number_format: str) -> str:
    """``number`` under the common number formats (places, thousands, percent, leading zeros, literals around them); any
    other format gives the plain number. ``00000000`` matters most: it is how invoice numbers keep their zeros."""
    sections = number_format.split(";")
    section = sections[1] if number < 0 and len(sections) > 1 and sections[1] else sections[0]
    section = re.sub(r"\[[^\]]*\]|_.|\*.", "", section)
    literals: list[str] = []

    def keep(match: re.Match[str]) -> str:
        literals.append(match.group(1) if match.group(1) is not None else match.group(2))
        return chr(0xE000 + len(literals) - 1)

    section = re.sub(r'"([^"]*)"|\\(.)', keep, section)
    cores = _CORE.findall(section)
    if len(cores) != 1 or re.search(r"[A-Za-z@]", section):
        return plain(number)
    core = cores[0]
    digits = abs(number) if len(sections) > 1 and section != sections[0] else number
    text = section.replace(core, _digits(digits, core), 1)
    return "".join(literals[ord(c) - 0xE000] if 0xE000 <= ord(c) < 0xE000 + len(literals) else c for c in text).strip()


def _digits(number: Decimal, core: str) -> str:
    percent = core.endswith("%")
    body = core.rstrip("%")
    scaled = number * 100 if percent else number
    while body.endswith(","):  # a trailing comma divides by a thousand
        body, scaled = body[:-1], scaled / 1000
    whole, _, fraction = body.partition(".")
    places, forced = len(fraction), fraction.count("0")
    rounded = scaled.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP, context=Context(prec=60))
    sign, (left, _, right) = "-" if rounded < 0 else "", format(abs(rounded), "f").partition(".")
    while len(right) > forced and right.endswith("0"):
        right = right[:-1]
    left = left.rjust(whole.count("0"), "0")
    if "," in whole:
        left = f"{int(left):,}" if left.isdigit() else left
    elif left == "0" and "0" not in whole and right:
        left = ""
    return sign + left + ("." + right if right else "") + ("%" if percent else "")


def shown_date(value: date) -> str:
    """A date as ISO text; with its time when it has one."""
    if isinstance(value, datetime) and (value.hour, value.minute, value.second) != (0, 0, 0):
        return value.isoformat(sep=" ", timespec="seconds")
    return value.strftime("%Y-%m-%d") if value.year >= 1000 else value.isoformat()[:10]
