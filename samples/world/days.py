"""Working days and the rates in force on them."""

from __future__ import annotations

import random
from datetime import date, timedelta
from decimal import Decimal

from samples.catalogue import Tier

LAST_PAYMENT = date(2020, 6, 5)
"""No payment of a clean world is later: the papers had to be made before the closing date of 2020-06-24."""

_RATES: tuple[tuple[date, str, str], ...] = (
    (date(2019, 4, 1), "0.13", "0.09"),
    (date(2018, 5, 1), "0.16", "0.10"),
    (date(2016, 5, 1), "0.17", "0.11"),
)


def vat_rate(tier: Tier, on: date) -> Decimal:
    """The VAT rate of a general taxpayer in force on the day (rule-book B.1.5), for 2016-05-01 and later."""
    if tier == "service":
        return Decimal("0.06")
    goods, works = next((g, w) for since, g, w in _RATES if on >= since)
    return Decimal(works if tier == "construction" else goods)


def workday(day: date, *, latest: date | None = None) -> date:
    """``day`` or the next working day; where that is after ``latest``, the last working day until then."""
    if latest is not None and day > latest:
        day = latest
    moved = day + timedelta(days=7 - day.weekday()) if day.weekday() >= 5 else day
    if latest is not None and moved > latest:
        moved = day - timedelta(days=day.weekday() - 4)
    return moved


def between(rng: random.Random, first: date, last: date) -> date:
    """A working day from ``first`` to ``last``, both included where they are working days."""
    day = first + timedelta(days=rng.randint(0, max(0, (last - first).days)))
    return workday(day, latest=last)


def last_of_month(day: date) -> date:
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


def months_later(day: date, months: int) -> date:
    """The same day of a later month, never after the 28th."""
    at = day.month - 1 + months
    return date(day.year + at // 12, at % 12 + 1, min(day.day, 28))
