"""Changes touch what they name and nothing else."""

from __future__ import annotations

from dataclasses import fields, replace
from decimal import Decimal

import pytest

from samples.world import World, make_world
from samples.world.change import (
    absent,
    add_invoice,
    add_row,
    ledger,
    overprint,
    payments_of,
    replace_books,
    replace_invoice,
    replace_ledger,
    replace_part,
    replace_payment,
    replace_row,
    rows_of,
    settle,
)

D = Decimal


@pytest.fixture(scope="module")
def world() -> World:
    return make_world(21, invoices=20)


def _touched(a: World, b: World) -> set[str]:
    return {f.name for f in fields(a) if getattr(a, f.name) != getattr(b, f.name)}


def test_a_row_is_changed_alone(world: World) -> None:
    changed = replace_row(world, 3, declared=D("1.00"))
    assert _touched(world, changed) == {"rows"}
    assert [r.sequence for r, old in zip(changed.rows, world.rows, strict=True) if r != old] == [3]
    assert world.rows[2].declared != 1, "the clean sibling stays as it was"


def test_settling_follows_the_sum_only(world: World) -> None:
    changed = settle(replace_row(world, 3, declared=D("1.00")))
    assert _touched(world, changed) == {"rows", "application"}
    assert changed.application.declared_investment == changed.declared_total != world.declared_total
    assert settle(world) == world
    assert settle(world, statistics=True) == world


def test_settled_statistics_follow_the_rows(world: World) -> None:
    row = next(r for r in world.rows if r.fixed)
    changed = settle(replace_row(world, row.sequence, declared=row.declared + 5_000_000), statistics=True)
    assert _touched(world, changed) == {"rows", "application", "statistics"}


def test_vouchers_are_changed_alone(world: World) -> None:
    key = world.invoices[4].key
    assert _touched(world, replace_invoice(world, key, number="00000001")) == {"invoices"}
    printed = overprint(world, key, "total", "1.00", patched=True)
    assert printed.invoice(key).printed("total", "x") == "1.00" and printed.invoice(key).gross == world.invoice(key).gross
    assert _touched(world, replace_payment(world, payments_of(world, key)[0].key, purpose="往来款")) == {"payments"}
    assert _touched(world, replace_part(world, "contracts", world.contracts[0].number, total=D(1))) == {"contracts"}
    with pytest.raises(LookupError, match="I999"):
        replace_invoice(world, "I999", number="1")


def test_books_change_in_every_report_that_prints_them(world: World) -> None:
    clean = replace(world, audit_reports=tuple(replace(r, prior=world.books[r.year - 1]) for r in world.audit_reports))
    changed = replace_books(clean, 2018, revenue=D(1))
    assert [r.books.revenue == 1 for r in changed.audit_reports] == [False, True, False]
    assert [r.prior.revenue == 1 for r in changed.audit_reports] == [False, False, True]


def test_more_rows_stand_at_the_end(world: World) -> None:
    changed = add_row(world, replace(world.rows[0], sequence=77))
    assert changed.rows[-1].sequence == len(world.rows) + 1 and changed.rows[:-1] == world.rows
    copy = replace(world.invoices[0], key="I900", number="00000002")
    more = add_invoice(world, copy, world.rows[0])
    assert rows_of(more, "I900")[0].sequence == len(world.rows) + 1


def test_ledgers_and_absences(world: World) -> None:
    changed = replace_ledger(world, "dishonest", ())
    assert ledger(changed, "dishonest").rows == () and _touched(world, changed) == {"ledgers"}
    assert absent(world, "front").handling.absent == {"front"}
    with pytest.raises(LookupError):
        ledger(world, "nothing")
