"""What of a list can be recognised, row by row, and whether the trouble flips eligibility (part J on R-050…R-054)."""

from __future__ import annotations

from decimal import Decimal

from pipeline.policy import Window
from validators.lists import ListView, RowView
from validators.view import View

ZERO = Decimal(0)


def windows(view: View, list_view: ListView) -> tuple[Window, ...]:
    """The periods that the invoice dates of a list are held against; leases are bound by their start, not by invoices."""
    found = [view.policy.window(c) for c in view.window_categories(list_view)]
    return tuple(w for w in found if w.by != "lease_start")


def outside(row: RowView, periods: tuple[Window, ...]) -> bool | None:
    """Is the row outside every period? None when its date is not known for sure or nothing binds it."""
    if row.date is None or not periods:
        return None
    return not any(row.date in w for w in periods)


def recognised(row: RowView, periods: tuple[Window, ...], column: str = "declared_amount") -> Decimal:
    """The row's declared sum as far as nothing is known against it; unknown dates and costs count in the applicant's favour."""
    declared = row.money(column)
    if declared is None or outside(row, periods):
        return ZERO
    return declared if row.cost is None else min(declared, row.cost)


def total(list_view: ListView, column: str) -> Decimal:
    return sum((row.money(column) or ZERO for row in list_view.rows), ZERO)


def flips(view: View, list_view: ListView) -> bool:
    """Do rows out of the period or above cost decide whether the project is eligible at all?

    Yes when nothing of the list remains, or when the smart part of category 2 falls below its minimum by them alone.
    """
    if "flips" not in list_view.memo:
        list_view.memo["flips"] = _flips(view, list_view)
    return list_view.memo["flips"]


def _flips(view: View, list_view: ListView) -> bool:
    periods = windows(view, list_view)
    declared = total(list_view, "declared_amount")
    if declared > 0 and sum((recognised(r, periods) for r in list_view.rows), ZERO) <= 0:
        return True
    for category in view.window_categories(list_view):
        minimum = view.policy.categories[category].smart_minimum
        if minimum is None:
            continue
        left = sum((recognised(r, periods, "smart_amount") for r in list_view.rows), ZERO)
        if total(list_view, "smart_amount") >= minimum.value > left:
            return True
    return False
