"""Voucher keys and kinds: how a list row and a scanned paper are known to be the same voucher (rule-book E.4, B.1.2, B.1.6)."""

from __future__ import annotations

from datetime import date

from extractors.values import squash
from pipeline.policy import Policy, VoucherForm


def plain_number(text: str | None) -> str:
    """Half width, upper case, no spaces."""
    return squash(text or "").upper()


def voucher_form(policy: Policy, code: str | None, number: str | None) -> VoucherForm | None:
    """The row of the code table that fits, or None."""
    front, plain = plain_number(code), plain_number(number)
    if plain.isdigit() and len(plain) < 8:
        plain = plain.zfill(8)
    return next((f for f in policy.vouchers.forms if f.fits(front, plain)), None)


def type_of_words(policy: Policy, words: str | None) -> str | None:
    """The voucher type that the 票据类型 column means; a contract type passes through."""
    text = squash(words or "")
    known = {*policy.vouchers.deductible_types.value, *policy.vouchers.plain_types.value}
    if text in known:
        return text
    for word, kind in sorted(policy.vouchers.words.value.items(), key=lambda pair: -len(pair[0])):
        if word in text:
            return kind
    return None


def deductible(policy: Policy, words: str | None, code: str | None, number: str | None) -> bool | None:
    """Must deductible VAT be stripped (B.1.6)? None when kind and code are silent or contradict each other."""
    by_words = _class(policy, type_of_words(policy, words))
    form = voucher_form(policy, code, number)
    by_form = None if form is None or form.ambiguous else _class(policy, form.type)
    if by_words is None or by_form is None:
        return by_words if by_form is None else by_form
    return by_words if by_words == by_form else None


def _class(policy: Policy, kind: str | None) -> bool | None:
    if kind in policy.vouchers.deductible_types.value:
        return True
    if kind in policy.vouchers.plain_types.value:
        return False
    return None


def near_numbers(a: str, b: str) -> int:
    """How many characters differ between two numbers of equal length; a large figure when lengths differ."""
    left, right = plain_number(a), plain_number(b)
    if len(left) != len(right):
        return 99
    return sum(1 for x, y in zip(left, right, strict=True) if x != y)


def chinese_date(day: date | None) -> str:
    return "" if day is None else f"{day.year}年{day.month}月{day.day}日"
