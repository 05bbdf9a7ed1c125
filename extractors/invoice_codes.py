"""What an invoice's code, number and QR code say by their structure (rule-book B.1.2, B.1.3).

Nothing here judges dates: whether a kind existed on its date (R-204) is the rules' question.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal
from urllib.parse import parse_qs, urlsplit

from extractors.values import parse_date, squash

InvoiceType = Literal[
    "special", "ordinary", "e_special", "e_ordinary", "blockchain", "digital_special", "digital_ordinary", "vehicle", "other"
]

PROVINCES = frozenset(
    [
        "11",
        "12",
        "13",
        "14",
        "15",
        "21",
        "22",
        "23",
        "31",
        "32",
        "33",
        "34",
        "35",
        "36",
        "37",
        "41",
        "42",
        "43",
        "44",
        "45",
        "46",
        "50",
        "51",
        "52",
        "53",
        "54",
        "61",
        "62",
        "63",
        "64",
        "65",
    ]
)
"""First two digits of GB/T 2260 area codes that issue invoices."""

_TAILS: dict[str, tuple[InvoiceType, str]] = {
    "04": ("ordinary", "折叠票（二联）"),
    "05": ("ordinary", "折叠票（五联）"),
    "06": ("ordinary", "卷票"),
    "07": ("ordinary", "卷票"),
    "11": ("e_ordinary", "电子普通发票"),
    "12": ("e_ordinary", "通行费电子普通发票"),
    "13": ("e_special", "电子专用发票"),
}
_KINDS: dict[str, tuple[InvoiceType, str]] = {
    "1": ("special", "专用发票"), "5": ("special", "专用发票"), "3": ("ordinary", "普通发票（旧码）"), "6": ("ordinary", "普通发票（旧码）"),
    "2": ("other", "货物运输业专用发票"), "7": ("other", "货物运输业专用发票"),
}  # fmt: skip
QR_TYPES: dict[str, InvoiceType] = {
    "01": "special", "02": "other", "03": "vehicle", "04": "ordinary", "08": "e_special", "10": "e_ordinary", "11": "ordinary",
    "14": "e_ordinary", "15": "other", "31": "digital_special", "32": "digital_ordinary",
}  # fmt: skip
"""Type codes of the QR payload as verifiers use them (rule-book S18)."""


@dataclass(frozen=True)
class CodeForm:
    """What a code says: the kind, its Chinese form, the area (four digits) and the year its stock was printed."""

    invoice_type: InvoiceType
    form: str
    area: str
    year: int


def code_form(code: str) -> CodeForm | None:
    """The meaning of a 10- or 12-digit invoice code; None when it fits no row of the table (R-201)."""
    if re.fullmatch(r"\d{10}", code):
        known = _KINDS.get(code[7])
        if known is None or code[:2] not in PROVINCES:
            return None
        if known[0] == "special" and not re.fullmatch(r"\d{8}[2-9][0-4]", code):
            return None
        return CodeForm(known[0], known[1], code[:4], 2000 + int(code[4:6]))
    if not re.fullmatch(r"\d{12}", code) or code[1:3] not in PROVINCES:
        return None
    area, year = code[1:5], 2000 + int(code[5:7])
    if code[0] == "0":
        known = _TAILS.get(code[10:])
        return CodeForm(known[0], known[1], area, year) if known else None
    if code[0] == "1":
        if area == "4403" and code[7:9] == "09":
            return CodeForm("blockchain", "区块链电子普通发票", area, year)
        if code[7] == "2":
            return CodeForm("vehicle", "机动车销售统一发票", area, year)
    return None


def number_fits(number: str, code: str | None) -> bool:
    """Eight digits beside a code, twenty without one."""
    return bool(re.fullmatch(r"\d{8}", number) if code else re.fullmatch(r"\d{20}", number))


@dataclass(frozen=True)
class QrInvoice:
    """A decoded payload. ``amount`` excludes tax (types 01, 04, 10 …), ``total`` includes it (31, 32, 区块链); either may
    be None. ``invoice_type`` is None when the payload does not say."""

    invoice_type: InvoiceType | None
    code: str
    number: str
    amount: Decimal | None
    total: Decimal | None
    issue_date: date | None
    check_code: str


def parse_qr(text: str) -> QrInvoice | None:
    """``01,<type>,<code>,<number>,<amount>,<yyyymmdd>,<check code>,<crc>,`` or the blockchain page's address; else None.

    The CRC field's algorithm is not public; it is not looked at.
    """
    plain = squash(text)
    if plain.lower().startswith("http"):
        return _blockchain(plain)
    parts = plain.split(",")
    if len(parts) < 7 or parts[0] != "01" or parts[1] not in QR_TYPES or not re.fullmatch(r"\d{8}|\d{20}", parts[3]):
        return None
    if parts[2] and not re.fullmatch(r"\d{10}|\d{12}", parts[2]):
        return None
    money = Decimal(parts[4]) if re.fullmatch(r"-?\d{1,12}(\.\d{1,2})?", parts[4]) else None
    digital = parts[1] in ("31", "32")
    check = parts[6] if re.fullmatch(r"\d{20}", parts[6]) else ""
    return QrInvoice(
        QR_TYPES[parts[1]],
        parts[2],
        parts[3],
        None if digital else money,
        money if digital else None,
        parse_date(parts[5]),
        check,
    )


def _blockchain(address: str) -> QrInvoice | None:
    """Shenzhen's blockchain invoices: the query names the number and the total in cents. The host is matched, not asked."""
    try:
        parts = urlsplit(address)
        query = parse_qs(parts.query)
    except ValueError:
        return None
    if not (parts.hostname or "").endswith(".chinatax.gov.cn") or "bill_num" not in query:
        return None
    number, cents = query["bill_num"][0], query.get("total_amount", [""])[0]
    if not re.fullmatch(r"\d{8}", number):
        return None
    total = Decimal(cents) / 100 if re.fullmatch(r"\d{1,13}", cents) else None
    return QrInvoice("blockchain", "", number, None, total, None, "")
