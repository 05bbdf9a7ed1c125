"""Values as people write them: money, dates, rates, numbers, names. Parse strictly, return None when ambiguous.

Money is parsed by its structure, never by its separators: scans read ``,`` as ``.`` and the other way round (measured:
most character loss of PP-OCR at 200 dpi is exactly this), so the last group of two digits is the cents and groups of
three are thousands, whatever stands between them.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import Generic, TypeVar

T = TypeVar("T")

UNITS: dict[str, Decimal] = {
    "元": Decimal(1),
    "圆": Decimal(1),
    "千元": Decimal(1000),
    "万元": Decimal(10_000),
    "十万元": Decimal(100_000),
    "百万元": Decimal(1_000_000),
    "千万元": Decimal(10_000_000),
    "亿元": Decimal(100_000_000),
}
"""Money units and their worth in yuan."""

CENT = Decimal("0.01")
MAX_DIGITS = 15
"""No amount in these papers reaches a quadrillion; longer digit runs are numbers of something."""


@dataclass(frozen=True)
class Found(Generic[T]):
    """A value and where it stands in the text: ``text[start:end]``."""

    value: T
    start: int
    end: int
    text: str


@lru_cache(maxsize=16_384)
def narrow(text: str) -> str:
    """Full-width forms to ASCII, character by character: the length, and so every index, stays the same."""
    if text.isascii():
        return text
    out = []
    for char in text:
        plain = unicodedata.normalize("NFKC", char)
        out.append(plain if len(plain) == 1 else char)
    return "".join(out)


def squash(text: str) -> str:
    """``narrow`` without any white space."""
    return re.sub(r"\s+", "", narrow(text))


# --- money -----------------------------------------------------------------------------------------------------------

_MINUS = "-−–—－"
_UNIT = r"(?P<unit>(?:十|百|千)?万元|亿元|千元|万|亿|元|圆)?"
_MONEY = re.compile(
    rf"(?P<open>[(（])?\s*(?P<sign>[{_MINUS}]|负)?\s*(?P<currency>[¥￥Y]|RMB|CNY|人民币)?\s*(?P<sign2>[{_MINUS}])?\s*"
    rf"(?P<number>\d+(?:\s?[.,，．、'’·]\s?\d+|\s(?=\d{{3}}(?!\d))\d{{3}})*)\s*{_UNIT}\s*(?P<close>[)）])?"
)


def _by_structure(number: str, *, small_unit: bool) -> Decimal | None:
    """Digits with separators of any kind → a number, or None when the groups allow no or two readings."""
    groups = re.split(r"[^\d]+", number)
    separators = re.findall(r"\s?[.,，．、'’·]\s?|\s", number)
    if not groups or not all(groups) or sum(map(len, groups)) > MAX_DIGITS:
        return None
    if len(groups) == 1:
        return Decimal(groups[0])
    last, dot = groups[-1], separators[-1].strip() in (".", "．", "·")
    head, cents = groups, ""
    if len(last) == 1 and not dot:
        return None  # 993,8: the page or a seal cuts a group of thousands off
    if len(last) in (1, 2):
        head, cents = groups[:-1], last
    elif len(last) == 3 and dot and not small_unit and len(groups) == 2:
        head, cents = groups[:-1], last  # 12.345万元: three decimals of a larger unit
    elif len(last) >= 4 and dot:
        head, cents = groups[:-1], last  # 2,015.041913万元: no group of thousands has six digits
    elif len(last) >= 4 and len(groups) > 2:
        return None  # 2,015,041913: a separator was lost, or the last one is a misread point
    elif len(last) == 3 and dot and not small_unit and any(sep.strip() not in (".", "．", "·") for sep in separators[:-1]):
        return None  # 2,015.041万元: a decimal point, or a comma misread
    if any(len(group) % 3 for group in head[1:]):
        return None
    try:
        return Decimal("".join(head) + ("." + cents if cents else ""))
    except InvalidOperation:
        return None


def unit_worth(unit: str | None) -> Decimal | None:
    """``万元`` (or ``万``) → 10000; None for no or an unknown unit."""
    if not unit:
        return None
    unit = squash(unit)
    return UNITS.get(unit) or UNITS.get(unit + "元")


def find_money(text: str, *, unit: str = "元") -> list[Found[Decimal]]:
    """All amounts in ``text``, in yuan. A unit written beside the number wins over ``unit`` (the table's)."""
    plain = narrow(text)
    found: list[Found[Decimal]] = []
    for hit in _MONEY.finditer(plain):
        written = hit["unit"]
        worth = unit_worth(written or unit)
        if worth is None:
            continue
        value = _by_structure(hit["number"], small_unit=worth == 1)
        if value is None:
            continue
        bracketed = bool(hit["open"] and hit["close"]) and hit["number"].strip("0.,") != ""
        negative = bool(hit["sign"] or hit["sign2"]) != bracketed if bracketed else bool(hit["sign"] or hit["sign2"])
        start, end = hit.span()
        if hit["open"] and not hit["close"]:
            start = plain.index(hit["number"], start) if not (hit["sign"] or hit["currency"]) else start + 1
        if hit["close"] and not hit["open"]:
            end -= 1
        while start < end and plain[start].isspace():
            start += 1
        while end > start and plain[end - 1].isspace():
            end -= 1
        found.append(Found((-value if negative else value) * worth, start, end, text[start:end]))
    return found


def parse_money(text: str, *, unit: str = "元") -> Decimal | None:
    """One amount in yuan, or None: no number, two numbers, a number beside other words, or unclear groups.

    >>> parse_money("￥17.985,47")
    Decimal('17985.47')
    """
    plain = narrow(text).strip().strip("*:：;；。")
    plain = re.sub(r"[（(]?小写[)）]?[:：]?|整$|正$", "", plain).strip()
    plain = re.sub(r"(?<=\d)[oO](?=[\d.,]|$)|(?<=[\d.,])[oO](?=\d|$)", "0", plain)
    found = find_money(plain, unit=unit)
    if len(found) != 1 or found[0].end - found[0].start != len(plain):
        return None
    return found[0].value


def find_unit(text: str) -> str | None:
    """The unit a heading states: ``单位：人民币万元`` → ``万元``; None when it states none."""
    hit = re.search(r"(?:金额)?单位[:：为]?\s*[(（]?(?:均为)?(?:人民币)?((?:十|百|千)?万元|亿元|千元|元|圆)", squash(text))
    if hit is None:
        hit = re.search(r"[(（](?:人民币)?((?:十|百|千)?万元|亿元|千元|元)[)）]", squash(text))
    return hit[1].replace("圆", "元") if hit else None


def money_text(value: Decimal) -> str:
    """Canonical money: yuan with two decimals, more only where the paper has more."""
    exact = value.normalize()
    exponent = exact.as_tuple().exponent
    if isinstance(exponent, int) and exponent < -2:
        return f"{exact:f}"
    return f"{value.quantize(CENT):f}" if value else "0.00"


def parse_number(text: str) -> Decimal | None:
    """A quantity or unit price: all decimals count, thousands only with ``,``. None when unclear."""
    plain = squash(text).replace("，", ",").strip("¥￥")
    if re.fullmatch(r"[-−]?\d{1,3}(,\d{3})+(\.\d+)?", plain):
        plain = plain.replace(",", "")
    if not re.fullmatch(r"[-−]?(\d{1,15}(\.\d{1,15})?|\.\d{1,15})", plain):
        return None
    return Decimal(plain.replace("−", "-"))


def number_text(value: Decimal) -> str:
    """Canonical number without trailing zeros or exponent."""
    return f"{value.normalize():f}" if value else "0"


# --- dates -----------------------------------------------------------------------------------------------------------

_CN = {"〇": 0, "○": 0, "Ｏ": 0, "O": 0, "零": 0, "一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8,
       "九": 9, "元": 1}  # fmt: skip
_CN_DIGIT = "〇○O零一二三四五六七八九"
_DATE_SHAPES = (
    re.compile(
        r"(?<!\d)(?P<y>(?:19|20)\d\s?\d)\s*[年]\s*(?P<m>\d\s?\d|\d)\s*[月]\s*(?P<d>\d\s?\d|\d)\s*(?:日|号|曰|目|H)?(?!\d)"
    ),
    re.compile(r"(?<!\d)(?P<y>(?:19|20)\d\d)\s+(?P<m>\d\d?)\s+(?P<d>\d\d?)\s*年\s*月\s*日"),
    re.compile(r"(?<![\d.])(?P<y>(?:19|20)\d\d)\s?(?P<sep>[-./−–])\s?(?P<m>\d\d?)\s?(?P=sep)\s?(?P<d>\d\d?)(?![\d])"),
    re.compile(
        rf"(?P<y>[一二][{_CN_DIGIT}]{{3}})\s*年\s*(?P<m>[一二三四五六七八九十元]{{1,2}})\s*月\s*(?P<d>[一二三四五六七八九十]{{1,3}})\s*日"
    ),
    re.compile(r"(?<!\d)(?P<y>(?:19|20)\d\d)(?P<m>[01]\d)(?P<d>[0-3]\d)(?!\d)"),
    re.compile(r"(?<![\d.] )(?<!\d)(?P<y>(?:19|20)\d\d) (?P<m>[01]\d) (?P<d>[0-3]\d)(?! ?[\d.])"),
)


def _chinese_number(text: str) -> int | None:
    """``十二`` → 12, ``三十一`` → 31, ``二〇一九`` → 2019."""
    if "十" in text:
        tens, _, ones = text.partition("十")
        ten = _CN.get(tens, 1) if tens else 1
        return ten * 10 + (_CN.get(ones, -100) if ones else 0)
    value = 0
    for char in text:
        if char not in _CN:
            return None
        value = value * 10 + _CN[char]
    return value


def _number(text: str) -> int | None:
    plain = re.sub(r"\s", "", text)
    return int(plain) if plain.isdigit() else _chinese_number(plain)


def find_dates(text: str) -> list[Found[date]]:
    """All dates in ``text``, in the order they stand there. Impossible dates (2月30日) are not found."""
    plain = narrow(text)
    found: list[Found[date]] = []
    taken: list[tuple[int, int]] = []
    for shape in _DATE_SHAPES:
        for hit in shape.finditer(plain):
            start, end = hit.span()
            if any(start < e and s < end for s, e in taken):
                continue
            year, month, day = (_number(hit[name]) for name in ("y", "m", "d"))
            if year is None or month is None or day is None or not 1949 <= year <= 2100:
                continue
            try:
                value = date(year, month, day)
            except ValueError:
                continue
            taken.append((start, end))
            found.append(Found(value, start, end, text[start:end]))
    return sorted(found, key=lambda item: item.start)


def parse_date(text: str) -> date | None:
    """The one date in ``text``; None for none, several different ones, or an impossible one."""
    values = {item.value for item in find_dates(text)}
    return values.pop() if len(values) == 1 else None


def parse_year(text: str) -> int | None:
    """The one year in ``text`` (``2019年度``, ``二〇一九年``); None for none or several."""
    plain = squash(text)
    years = {int(hit) for hit in re.findall(r"(?<!\d)((?:19|20)\d\d)(?!\d)", plain)}
    for hit in re.findall(rf"([一二][{_CN_DIGIT}]{{3}})年", plain):
        year = _chinese_number(hit)
        if year:
            years.add(year)
    return years.pop() if len(years) == 1 else None


def parse_month(text: str) -> tuple[int, int] | None:
    """``2019年3月`` or ``2019-03`` → (2019, 3)."""
    hit = re.fullmatch(r"((?:19|20)\d\d)(?:年|[-./])?(\d\d?)月?(?:份)?", squash(text))
    return (int(hit[1]), int(hit[2])) if hit and 1 <= int(hit[2]) <= 12 else None


# --- rates -----------------------------------------------------------------------------------------------------------


def parse_rate(text: str) -> Decimal | None:
    """``13%`` → 0.13, ``4.35‰`` → 0.00435, ``0.13`` → 0.13, 免税 → 0. A bare ``13`` is no rate: None."""
    plain = squash(text).strip("*")
    if plain in ("免税", "不征税", "零税率", "出口零税率", "普通零税率"):
        return Decimal(0)
    hit = re.fullmatch(r"(?:年利率|月利率|税率|征收率)?[:：]?(\d{1,3}(?:[.,]\d{1,6})?)(%|‰)", plain)
    if hit:
        value = Decimal(hit[1].replace(",", ".")) / (100 if hit[2] == "%" else 1000)
        return value if value <= 1 else None
    if re.fullmatch(r"0?\.\d{1,6}", plain):
        return Decimal(plain)
    return None


def rate_text(value: Decimal) -> str:
    """Canonical rate: ``0.13``."""
    return number_text(value)


# --- names -----------------------------------------------------------------------------------------------------------


def clean_name(text: str) -> str:
    """A company's or person's name as written: no spaces between Chinese characters, full-width brackets."""
    plain = narrow(text).strip(" :：;；,，.。*|_")
    plain = re.sub(r"(?<=[^\x00-\x7f])\s+|\s+(?=[^\x00-\x7f])", "", plain)
    return plain.replace("(", "（").replace(")", "）")


_YEAR_IN_BRACKETS = re.compile(r"([〔【［\[(（])((?:19|20)\d\d)([〕】］\])）])")
_PARTNERS = dict(zip("〔【［[(（", "〕】］])）", strict=True))


def paired_year(text: str) -> str:
    """The number of an official paper with the brackets around its year made one pair: scans mix 〔2018] out of 〔2018〕. The rarer
    half is believed, since no reader makes a 〔 or 〕 (GB/T 9704-2012, 7.2.5) out of a common bracket."""

    def pair(found: re.Match[str]) -> str:
        if _PARTNERS[found[1]] == found[3]:
            return found[0]
        left = "〔" if found[3] == "〕" else found[1]
        return f"{left}{found[2]}{_PARTNERS[left]}"

    return _YEAR_IN_BRACKETS.sub(pair, text)


def same_name(a: str, b: str) -> bool:
    """Equal up to spaces, width and brackets."""
    return squash(clean_name(a)) == squash(clean_name(b))
