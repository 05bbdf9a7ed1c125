"""Loans and leases (category 4): purpose, rate, dates, sums; the contract beside 表4."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from samples.forger.model import FORM, VOLUME, Forged, NotHere, Spot, defect, innocent
from samples.forger.tools import change_application
from samples.money import cents
from samples.world.change import replace_part
from samples.world.model import InterestRow, Lease, Loan, World

INTEREST, INTEREST_PRINT = "workbook:interest", "investment_list::interest"


def _loan(world: World) -> Loan:
    if not world.loans:
        raise NotHere("没有贷款")
    return world.loans[0]


def _lease(world: World) -> Lease:
    if not world.leases:
        raise NotHere("没有融资租赁")
    return world.leases[0]


def _change_loan(world: World, **changes: object) -> World:
    return replace_part(world, "loans", _loan(world).key, **changes)


def _change_lease(world: World, **changes: object) -> World:
    return replace_part(world, "leases", _lease(world).key, **changes)


def _rows_of(world: World, contract: str) -> list[InterestRow]:
    rows = [r for r in world.interest_rows if r.contract_number == contract]
    if not rows:
        raise NotHere("表4没有这份合同")
    return rows


def _change_rows(world: World, contract: str, **changes: object) -> World:
    rows = tuple(replace(r, **changes) if r.contract_number == contract else r for r in world.interest_rows)  # type: ignore[arg-type]
    return replace(world, interest_rows=rows)


def _on_contract(world: World, paper: str, note: str, *more: str) -> Forged:
    return Forged(world, (Spot(paper), Spot(INTEREST)), (paper, *more), note)


def _on_row(world: World, sequence: int, note: str) -> Forged:
    """A row of 表4; where its sum changed, the form asks for the new sum."""
    asked = sum((r.requested for r in world.interest_rows), Decimal(0))
    papers: tuple[str, ...] = (INTEREST, INTEREST_PRINT)
    if asked != world.application.requested:
        world, papers = change_application(world, requested=asked), (*papers, FORM)
    return Forged(world, (Spot(INTEREST, row=sequence), Spot(INTEREST_PRINT, row=sequence)), papers, note, frozenset({f"interest {sequence}"}))


@defect("working_capital_loan", "流动资金贷款申请贴息", "R-026", "E-29", categories=("4a",))
def _working_capital_loan(world: World) -> Forged:
    changed = _change_loan(world, purpose="流动资金周转", use_clause="借款人不得将本合同项下借款用于固定资产投资、股权投资。")
    return _on_contract(changed, f"loan_contract::{_loan(world).key}", "合同约定不得用于固定资产投资")


@innocent("no_diversion", "固定资产贷款约定不得挪作流动资金", "R-026", "E-29", categories=("4a",))
def _no_diversion(world: World) -> Forged:
    changed = _change_loan(world, use_clause="借款人应按约定用途使用借款，不得挪作流动资金或用于股本权益性投资。")
    return _on_contract(changed, f"loan_contract::{_loan(world).key}", "禁止的是挪用，不是固定资产投资")


@defect("rate_above_benchmark", "贴息利率高于同期基准利率", "R-064", "R-300", categories=("4a",))
def _rate_above_benchmark(world: World) -> Forged:
    row = _rows_of(world, _loan(world).contract_number)[0]
    rate = row.benchmark_rate + Decimal("0.0120")
    requested = cents(row.principal * rate * row.days / 360)
    changed = replace_part(world, "interest_rows", row.sequence, benchmark_rate=rate, requested=requested)
    return _on_row(changed, row.sequence, "表4按高于基准1.2个百分点计算贴息")


@defect("interest_above_receipts", "表4实付利息与回单不符", "R-300", "R-301", categories=("4a",))
def _interest_above_receipts(world: World) -> Forged:
    row = _rows_of(world, _loan(world).contract_number)[0]
    changed = replace_part(world, "interest_rows", row.sequence, interest_paid=cents(row.interest_paid * Decimal("1.25")))
    return _on_row(changed, row.sequence, "实付利息多写四分之一")


@defect("principal_above_share", "贴息本金超过固定资产投入的七成", "R-063", "R-300", "R-301", "R-302", categories=("4a",))
def _principal_above_share(world: World) -> Forged:
    row = _rows_of(world, _loan(world).contract_number)[-1]
    fixed = sum((r.declared for r in world.rows if r.fixed), Decimal(0))
    principal = cents(fixed * Decimal("0.95"))
    if principal <= row.principal:
        raise NotHere("本金已接近上限")
    interest = cents(principal * row.annual_rate * row.days / 360)
    changed = replace_part(world, "interest_rows", row.sequence, principal=principal, interest_paid=interest, requested=cents(principal * row.benchmark_rate * row.days / 360))
    return _on_row(changed, row.sequence, "计息本金为固定资产投入的95%")


@defect("lender_elsewhere", "贷款银行不在深圳", "R-025", categories=("4a",))
def _lender_elsewhere(world: World) -> Forged:
    loan = _loan(world)
    name = "东南商业银行股份有限公司惠州分行"
    lender = replace(loan.lender, name=name, address="惠州市惠城区江北文昌一路9号")
    receipts = tuple(replace(r, bank=name) for r in loan.receipts)
    changed = _change_loan(world, lender=lender, lender_address="惠州市惠城区江北文昌一路9号", receipts=receipts)
    changed = _change_rows(changed, loan.contract_number, institution=name)
    slips = tuple(f"interest_receipt::{loan.key}:{n}" for n in range(1, len(receipts) + 1))
    return _on_contract(changed, f"loan_contract::{loan.key}", "惠州分行", INTEREST, INTEREST_PRINT, *slips)


@innocent("branch_named_otherwise", "深圳的支行名称不带深圳", "R-025", categories=("4a",))
def _branch_named_otherwise(world: World) -> Forged:
    loan = _loan(world)
    name = "粤海商业银行股份有限公司前海支行"
    address = "深圳市前海深港合作区前湾一路1号"
    receipts = tuple(replace(r, bank=name) for r in loan.receipts)
    changed = _change_loan(world, lender=replace(loan.lender, name=name, address=address), lender_address=address, receipts=receipts)
    changed = _change_rows(changed, loan.contract_number, institution=name)
    slips = tuple(f"interest_receipt::{loan.key}:{n}" for n in range(1, len(receipts) + 1))
    return _on_contract(changed, f"loan_contract::{loan.key}", "住所在深圳前海", INTEREST, INTEREST_PRINT, *slips)


@defect("interest_outside_period", "计息期超出项目实施期范围", "R-027", "R-065", "R-300", "R-301", "R-302", categories=("4a",))
def _interest_outside_period(world: World) -> Forged:
    row = _rows_of(world, _loan(world).contract_number)[0]
    start = date(2016, 9, 21)
    days = (row.interest_to - start).days
    paid = cents(row.principal * row.annual_rate * days / 360)
    changed = replace_part(world, "interest_rows", row.sequence, interest_from=start, days=days, interest_paid=paid, requested=cents(row.principal * min(row.annual_rate, row.benchmark_rate) * days / 360))
    return _on_row(changed, row.sequence, "计息从2016年9月起")


@defect("lease_start_outside", "起租日不在规定期间", "R-028", "R-310", categories=("4b",))
def _lease_start_outside(world: World) -> Forged:
    lease = _lease(world)
    shift = date(2016, 11, 8) - lease.start
    schedule = tuple(replace(i, due_on=i.due_on + shift) for i in lease.schedule)
    changed = _change_lease(world, signed_on=lease.signed_on + shift, start=lease.start + shift, end=lease.end + shift, schedule=schedule)
    changed = _change_rows(changed, lease.contract_number, drawn_on=lease.start + shift, term_start=lease.start + shift, term_end=lease.end + shift)
    return _on_contract(changed, f"lease_contract::{lease.key}", "2016年11月8日起租", INTEREST, INTEREST_PRINT, VOLUME)  # its year stands in the list of materials


@defect("sale_and_leaseback", "融资租赁是售后回租", "R-312", "E-30", categories=("4b",))
def _sale_and_leaseback(world: World) -> Forged:
    """The contract is called so, and stands so in the list of materials."""
    return _on_contract(_change_lease(world, direct=False), f"lease_contract::{_lease(world).key}", "售后回租", "front")


@defect("schedule_does_not_sum", "租金表本金合计与融资额不符", "R-311", categories=("4b",))
def _schedule_does_not_sum(world: World) -> Forged:
    lease = _lease(world)
    first, *rest = lease.schedule
    more = Decimal("150000.00")
    schedule = (replace(first, principal=first.principal + more, rent=first.rent + more), *rest)
    return _on_contract(_change_lease(world, schedule=schedule), f"lease_contract::{lease.key}", "首期本金多15万元")


@defect("lease_subsidy_above_cost", "申请贴息额超过融资成本", "R-066", categories=("4b",))
def _lease_subsidy_above_cost(world: World) -> Forged:
    row = _rows_of(world, _lease(world).contract_number)[0]
    changed = replace_part(world, "interest_rows", row.sequence, requested=cents((row.interest_paid + row.fee) * Decimal("1.4")))
    return _on_row(changed, row.sequence, "申请额比实际融资成本多四成")


@defect("days_miscounted", "计息天数与起止日不符", "R-301", "R-300", categories=("4a", "4b"))
def _days_miscounted(world: World) -> Forged:
    if not world.interest_rows:
        raise NotHere("没有表4")
    row = world.interest_rows[-1]
    return _on_row(replace_part(world, "interest_rows", row.sequence, days=row.days + 31), row.sequence, "天数多31天")
