"""Loans, leases and 表4 (rule-book F.6, F.7)."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_DOWN, Decimal

import pytest

from samples.world import World
from samples.world.finance import benchmark, subsidy
from samples.world.model import Lease, Loan
from tests.samples.worlds import SEEDS, world_of

D = Decimal
END = date(2019, 12, 31)


@pytest.fixture(params=SEEDS)
def borrower(request: pytest.FixtureRequest) -> World:
    return world_of(request.param, ("4a",))


@pytest.fixture(params=SEEDS)
def lessee(request: pytest.FixtureRequest) -> World:
    return world_of(request.param, ("4b",))


def _schedule(contract: Loan | Lease, principal: Decimal, start: date) -> None:
    owed, since = principal, start
    for i, part in enumerate(contract.schedule, start=1):
        assert part.number == i and part.due_on > since
        assert part.rent == part.principal + part.interest and part.principal >= 0
        assert part.interest == (owed * contract.annual_rate * (part.due_on - since).days / 360).quantize(D("0.01"), "ROUND_HALF_UP")
        owed -= part.principal
        assert part.outstanding == owed
        since = part.due_on
    assert owed == 0 and contract.schedule[-1].due_on == contract.end
    due = [p for p in contract.schedule if p.due_on <= END]
    assert [(r.paid_on, r.amount) for r in contract.receipts] == [(p.due_on, p.interest) for p in due]
    assert len(due) >= 2


def test_loans_stay_below_seventy_per_cent(borrower: World) -> None:
    fixed = sum((r.declared for r in borrower.rows if r.fixed), D(0))
    assert borrower.loans and not borrower.leases
    assert sum((x.principal for x in borrower.loans), D(0)) <= fixed * D("0.7")
    for loan in borrower.loans:
        _schedule(loan, loan.principal, loan.drawn_on)
        assert date(2017, 1, 1) <= loan.signed_on <= loan.drawn_on <= date(2018, 12, 31)
        assert "深圳" in loan.lender.name and loan.lender_address.startswith("深圳市")
        assert "流动资金" not in loan.purpose and "固定资产" not in loan.use_clause
        assert loan.borrower == borrower.party and loan.benchmark_rate == D("0.0475")


def test_leases_are_direct_and_of_other_goods(lessee: World) -> None:
    assert lessee.leases and not lessee.loans
    bought = {i.name for v in lessee.invoices for i in v.items}
    for lease in lessee.leases:
        _schedule(lease, lease.financed, lease.start)
        assert lease.direct and date(2017, 1, 1) <= lease.start <= END
        assert lease.financed + lease.down_payment == sum((g.price * g.quantity for g in lease.goods), D(0))
        assert not bought & {g.name for g in lease.goods}
        assert D("0.04") < lease.annual_rate < D("0.08")


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("category", ["4a", "4b"])
def test_interest_rows_tell_what_the_slips_say(seed: int, category: str) -> None:
    world = world_of(seed, (category,))  # type: ignore[arg-type]
    contracts: list[Loan | Lease] = [*world.loans, *world.leases]
    slips = [(c.contract_number, r) for c in contracts for r in c.receipts]
    assert len(slips) == len(world.interest_rows) and len({r.number for _, r in slips}) == len(slips)
    for i, (row, (number, slip)) in enumerate(zip(world.interest_rows, slips, strict=True), start=1):
        assert row.sequence == i and row.contract_number == number == slip.contract_number
        assert (row.interest_paid, row.principal, row.days, row.paid_on) == (slip.amount, slip.principal, slip.days, slip.paid_on)
        assert row.days == (row.interest_to - row.interest_from).days and row.interest_to <= END
        ceiling = (row.principal * min(row.annual_rate, row.benchmark_rate) * row.days / 360).quantize(D("0.01"), ROUND_DOWN)
        assert row.requested == min(ceiling, row.interest_paid)
        assert row.requested <= row.interest_paid + row.fee
    total = sum((r.requested for r in world.interest_rows), D(0))
    assert total == world.application.requested and D(0) < total <= 5_000_000
    assert {r.funding_source for r in world.rows} <= {"自有资金", *(f"贷款合同{x.contract_number}" for x in world.loans)}
    assert any(r.funding_source != "自有资金" for r in world.rows) == bool(world.loans)


def test_the_worked_example_of_the_rule_book() -> None:
    """F.6: 28 million at 4.75 % instead of 5.22 % over 913 days."""
    assert benchmark(36) == D("0.0475")
    assert subsidy(D(28_000_000), D("0.0522"), D("0.0475"), 913, D(4_000_000)) == D("3373027.77")
