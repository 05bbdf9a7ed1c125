"""Made-up identifiers that pass every public check: USCC, invoice codes, contract and slip numbers."""

from __future__ import annotations

import random

USCC_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
"""GB 32100-2015: no I, O, S, V, Z."""
_USCC_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
_ORG_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)


def organisation_code(body: str) -> str:
    """``body`` (8 of 0-9A-Z) with its check character (GB 11714)."""
    total = sum(int(c, 36) * w for c, w in zip(body, _ORG_WEIGHTS, strict=True))
    return body + {10: "X", 11: "0"}.get(11 - total % 11, str(11 - total % 11))


def uscc(area: str, body: str, *, prefix: str = "91") -> str:
    """The 18 characters of a code for a six-digit ``area`` and an eight-character organisation ``body``; ``prefix`` 91 is an
    enterprise, 11 a government office."""
    head = prefix + area + organisation_code(body)
    total = sum(USCC_ALPHABET.index(c) * w for c, w in zip(head, _USCC_WEIGHTS, strict=True))
    return head + USCC_ALPHABET[(31 - total % 31) % 31]


def is_uscc(code: str) -> bool:
    """Does ``code`` satisfy both check characters of GB 32100-2015?"""
    if len(code) != 18 or any(c not in USCC_ALPHABET for c in code):
        return False
    total = sum(USCC_ALPHABET.index(c) * w for c, w in zip(code[:17], _USCC_WEIGHTS, strict=True))
    return USCC_ALPHABET[(31 - total % 31) % 31] == code[17] and organisation_code(code[8:16]) == code[8:17]


def random_uscc(rng: random.Random, area: str) -> str:
    """A valid code; newer style (MA…) half of the time. ``X`` as inner check is avoided for the MA style only by chance."""
    while True:
        if rng.random() < 0.5:
            body = "MA5" + "".join(rng.choice("ABCDEFGHJKLMNPQRTUWXY0123456789") for _ in range(5))
        else:
            body = "".join(rng.choice("0123456789") for _ in range(8))
        code = uscc(area, body)
        if is_uscc(code):
            return code


def digits(rng: random.Random, n: int) -> str:
    """``n`` random digits, the first not zero."""
    return rng.choice("123456789") + "".join(rng.choice("0123456789") for _ in range(n - 1))


def special_code(area: str, year: int, batch: int, *, kind: int = 1, copies: int = 3) -> str:
    """Ten digits of a paper special invoice: area, year, batch, kind 1 or 5, copies, computer version (rule-book B.1.2)."""
    return f"{area}{year % 100:02d}{batch}{kind}{copies}0"


def ordinary_code(area: str, year: int, batch: int, *, copies: int = 2) -> str:
    """Twelve digits of a folded ordinary invoice of two or five copies (in force from 2018-01-01)."""
    return f"0{area}{year % 100:02d}{batch:03d}{4 if copies == 2 else 5:02d}"


def old_ordinary_code(area: str, year: int, batch: int, *, kind: int = 3, copies: int = 2) -> str:
    """Ten digits of a folded ordinary invoice of the stock printed until 2017; kind 3 or 6."""
    return f"{area}{year % 100:02d}{batch}{kind}{copies}0"


def e_ordinary_code(area: str, year: int, batch: int) -> str:
    """Twelve digits of an electronic ordinary invoice."""
    return f"0{area}{year % 100:02d}{batch:03d}11"


def blockchain_code(year: int, batch: int) -> str:
    """Twelve digits of a Shenzhen blockchain invoice (from 2018-08-10): 144031809110."""
    return f"14403{year % 100:02d}09{batch}10"


def declaration_number(customs: str, year: int, sequence: int) -> str:
    """18 digits of an import declaration: customs house, year of acceptance, 1 for import, sequence."""
    return f"{customs}{year}1{sequence:09d}"


def old_tax_id(area: str, code: str) -> str:
    """The 15-digit taxpayer id of before 三证合一 that belongs to the USCC ``code``."""
    return area + code[8:17]


def bill_number(rng: random.Random, *, bank: bool, year: int, month: int, day: int) -> str:
    """30 digits of an electronic acceptance bill: 1 bank's or 2 merchant's, bank number, day, sequence."""
    return f"{1 if bank else 2}{digits(rng, 12)}{year}{month:02d}{day:02d}{digits(rng, 9)}"
