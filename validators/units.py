"""Money in different units: turning printed figures into yuan, and the unit-slip detector (R-352)."""

from __future__ import annotations

import math
from decimal import Decimal

from extractors.values import parse_number
from pipeline.model import Field
from pipeline.policy import Policy


def slip_power(policy: Policy, left: Decimal | None, right: Decimal | None) -> int | None:
    """The ``k`` when ``left / right`` is 10^k for a ``k`` that a unit slip explains, else None (R-352)."""
    if not left or not right or (left < 0) != (right < 0):
        return None
    power = math.log10(float(left / right))
    for k in policy.tolerances.unit_slip_powers.value:
        if abs(abs(power) - k) < float(policy.tolerances.unit_slip.value):
            return k if power > 0 else -k
    return None


def in_yuan(policy: Policy, value: Field, unit: str | None) -> Decimal | None:
    """A figure of an indicator table in yuan, or None when its unit is not known.

    Extractors keep the printed figure in ``raw`` and its unit beside it; where ``value`` still equals the printed figure it is
    turned into yuan here, where it was already turned it is taken as it is.
    """
    amount = value.money
    if amount is None:
        return None
    factor = policy.units.value.get((unit or "").strip())
    if factor is None:
        return None
    printed = parse_number(value.raw or "")
    return amount * factor if printed is not None and printed == amount else amount


def differs(left: Decimal, right: Decimal) -> Decimal:
    """The relative difference of two figures, against the larger one."""
    base = max(abs(left), abs(right))
    return Decimal(0) if base == 0 else abs(left - right) / base
