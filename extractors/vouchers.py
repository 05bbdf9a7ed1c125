"""Voucher numbers as people type them into a list: split, padded, and turned into the key that names a voucher.

Key (rule-book E.4): ``code‖number`` with the number padded to eight digits; a 20-digit number alone; ``BGD:`` + 18 digits
of a customs declaration; ``JKS:`` + 22 characters of a customs payment book, its mark normalised to ``-``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from extractors.grid import squeeze

MAX_RANGE = 100
"""A range of more numbers than this in one cell is rather a slip than a range."""

_CUSTOMS_BOOK = re.compile(r"\d{18}[-/*+—–]?[LAY]\d{2}", re.IGNORECASE)
_RANGE = re.compile(r"^(\d{5,20})(?:[-~—–～]|至|到)(\d{1,20})$")
_SEPARATORS = re.compile(r"[、,，;；/|\n\r\t 和及]+")


VOUCHER_TYPES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("customs", re.compile(r"海关|缴款书|报关")),
    ("used_vehicle", re.compile(r"二手车")),
    ("vehicle", re.compile(r"机动车")),
    ("toll", re.compile(r"通行费")),
    ("roll", re.compile(r"卷[票式]")),
    ("blockchain", re.compile(r"区块链")),
    ("digital_special", re.compile(r"数电.*专|全电.*专|电子发票[(（]增值税专用")),
    ("digital_ordinary", re.compile(r"数电|全电|电子发票[(（]普通")),
    ("e_special", re.compile(r"电子.*专")),
    ("e_ordinary", re.compile(r"电子")),
    ("special", re.compile(r"专")),
    ("ordinary", re.compile(r"普")),
)
"""The kinds of vouchers as people call them in a list; invoices use the words of ``invoice_type``."""


def voucher_type(text: str) -> str:
    """``专票`` → ``special``; ``other`` for what is none of the known kinds (receipts, 收据, 财政票据 …)."""
    plain = squeeze(text)
    return next((name for name, pattern in VOUCHER_TYPES if pattern.search(plain)), "other")


@dataclass(frozen=True)
class NumberSplit:
    """The numbers of one cell. ``clear`` is False when a range cannot be resolved."""

    numbers: tuple[str, ...]
    clear: bool = True


def split_numbers(text: str) -> NumberSplit:
    """``01234567、01234568`` → two numbers, ``01234567-70`` → four; customs books keep their inner mark."""
    rest = re.sub(r"(?i)no[.:：]|№|号码[:：]?", " ", text)
    books = [squeeze(hit) for hit in _CUSTOMS_BOOK.findall(rest)]
    rest = _CUSTOMS_BOOK.sub(" ", rest)
    rest = re.sub(r"\s*([-~—–～至到])\s*", r"\1", rest)
    numbers: list[str] = list(books)
    clear = True
    for part in (squeeze(p) for p in _SEPARATORS.split(rest)):
        if not part:
            continue
        span = _RANGE.match(part)
        if span is None:
            numbers.append(part)
            continue
        first, tail = span.groups()
        last = first[: max(0, len(first) - len(tail))] + tail
        count = int(last) - int(first) + 1
        if len(last) == len(first) and 1 < count <= MAX_RANGE:
            numbers.extend(str(int(first) + i).zfill(len(first)) for i in range(count))
        else:
            numbers.append(part)
            clear = False
    return NumberSplit(tuple(numbers), clear)


def padded_number(number: str) -> tuple[str, str]:
    """An invoice number with the leading zeros that a spreadsheet drops (eight digits, R-321), and the note to show."""
    if number.isdigit() and 4 <= len(number) < 8:
        return number.zfill(8), f"号码“{number}”不足8位，疑丢失前导零，按8位补为“{number.zfill(8)}”。"
    return number, ""


def padded_code(code: str) -> tuple[str, str]:
    """An invoice code with its leading zero: codes have 10 or 12 digits, only those of 12 can begin with 0."""
    if code.isdigit() and len(code) == 11:
        return code.zfill(12), f"代码“{code}”为11位，疑丢失前导零，按12位补为“{code.zfill(12)}”。"
    return code, ""


def voucher_key(code: str | None, number: str | None) -> str | None:
    """The key that names a voucher, or None when the number is no voucher number.

    A number of eight digits without its code keeps its own eight digits as key.
    """
    plain = re.sub(r"[^0-9A-Z]", "", squeeze(number or "").upper())
    if re.fullmatch(r"\d{18}[LAY]\d{2}", plain):
        return f"JKS:{plain[:18]}-{plain[18:]}"
    if not plain.isdigit():
        return None
    if len(plain) == 20:
        return plain
    if len(plain) == 18:
        return f"BGD:{plain}"
    if len(plain) <= 8:
        digits = re.sub(r"\D", "", squeeze(code or ""))
        return digits + plain.zfill(8)
    return None
