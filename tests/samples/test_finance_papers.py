"""Loan and lease contracts and interest receipts: fields, schedules over pages, copies with their remark, seams."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from samples.documents.contract_pages import Blank, ContractPages, Style, percent, rate_text
from samples.documents.draft import Draft
from samples.documents.interest_receipt import accumulated, draw_interest_receipt
from samples.documents.lease_contract import draw_lease_contract
from samples.documents.loan_contract import draw_loan_contract, rate_clause
from samples.money import plain
from samples.paper import blueprint
from samples.world import World, make_world

LOANS, LEASES = make_world(8, ("4a",)), make_world(8, ("4b",))


def fields(draft: Draft) -> dict[str, str]:
    seen: dict[str, str] = {}
    for paper in draft.papers:
        for name, noted in paper.fields.items():
            seen.setdefault(name, noted.value)
    return seen


def schedule(draft: Draft) -> list[dict[str, str]]:
    rows: dict[int, dict[str, str]] = {}
    for paper in draft.papers:
        for index, column, noted in paper.rows.get("schedule", []):
            assert column not in rows.setdefault(index, {})
            rows[index][column] = noted.value
    return [rows[i] for i in sorted(rows)]


def test_a_loan_contract_states_all_fields_and_its_plan() -> None:
    for loan in LOANS.loans:
        with blueprint():
            draft = draw_loan_contract(LOANS, loan)
        assert fields(draft) == {
            "contract_number": loan.contract_number, "borrower_name": loan.borrower.name, "lender_name": loan.lender.name, "principal": plain(loan.principal),
            "annual_rate": rate_text(loan.annual_rate), "start_date": loan.start.isoformat(), "end_date": loan.end.isoformat(), "purpose": loan.purpose,
            "signed_on": loan.signed_on.isoformat(),
        }  # fmt: skip
        assert schedule(draft) == [
            {"due_on": p.due_on.isoformat(), "rent": plain(p.rent), "principal": plain(p.principal), "interest": plain(p.interest)} for p in loan.schedule
        ]
        assert 8 <= len(draft.papers) <= 16
        assert draft.seam
        assert [p.label for p in draft.papers] == [None, *range(1, len(draft.papers))]


def test_a_lease_contract_states_all_fields_its_goods_and_rents() -> None:
    for direct in (True, False):
        lease = replace(LEASES.leases[0], direct=direct)
        draft = draw_lease_contract(LEASES, lease)
        seen = fields(draft)
        assert seen["lessee_name"] == lease.lessee.name
        assert seen["lessor_name"] == lease.lessor.name
        assert seen["principal"] == plain(lease.financed)
        assert Decimal(seen["annual_rate"]) == lease.annual_rate
        assert (seen["start_date"], seen["end_date"]) == (lease.start.isoformat(), lease.end.isoformat())
        assert set(seen) == {"contract_number", "lessee_name", "lessor_name", "principal", "annual_rate", "start_date", "end_date", "purpose", "signed_on"}
        assert sum(Decimal(row["principal"]) for row in schedule(draft)) == sum(p.principal for p in lease.schedule)
        assert len(schedule(draft)) == len(lease.schedule)
        words = "".join(getattr(mark, "text", "") for paper in draft.papers for mark in paper.marks)
        assert ("售后回租" in words) != direct
        assert ("直接租赁" in words) == direct
        for good in lease.goods:
            assert good.serial in words
        assert 8 <= len(draft.papers) <= 14


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_short_worlds_have_short_contracts(seed: int) -> None:
    with blueprint():
        loan = draw_loan_contract(replace(LOANS, seed=seed, short=True), LOANS.loans[0])
        lease = draw_lease_contract(replace(LEASES, seed=seed, short=True), LEASES.leases[0])
    for draft in (loan, lease):
        assert 3 <= len(draft.papers) <= 6
        assert draft.papers[0].label == 1
        assert "contract_number" in draft.papers[0].fields


def _company_seals(world: World, draft: Draft) -> list[str]:
    return [seal.text for paper in draft.papers for seal in paper.seals if seal.role == "company" and world.party.name in seal.text]


def test_only_the_remark_on_the_copy_carries_the_applicants_company_seal() -> None:
    """The parties' seals on the original are 合同专用章: a copy that nobody sealed has no 公章 at all."""
    loan = LOANS.loans[0]
    key = f"loan_contract::{loan.key}"
    with blueprint():
        sealed = draw_loan_contract(LOANS, loan)
        bare = draw_loan_contract(replace(LOANS, handling=replace(LOANS.handling, unsealed=frozenset({key}))), loan)
    assert len(_company_seals(LOANS, sealed)) == 1
    assert _company_seals(LOANS, bare) == []
    contract_seals = [seal for paper in bare.papers for seal in paper.seals if seal.role == "contract"]
    assert {loan.borrower.name in s.text or loan.lender.name in s.text for s in contract_seals} == {True}


def test_the_rate_is_worded_against_the_benchmark() -> None:
    loan = replace(LOANS.loans[0], annual_rate=Decimal("0.0522"), benchmark_rate=Decimal("0.0475"))
    words = ["".join(s.text if isinstance(s, Blank) else s for s in rate_clause(loan, variant)) for variant in range(3)]
    assert all("5.22%" in text for text in words)
    assert "上浮9.89%" in words[1]
    assert "上浮9.89%" in words[2]
    below = rate_clause(replace(loan, annual_rate=Decimal("0.0475")), 1)
    assert "不浮动" in "".join(s.text if isinstance(s, Blank) else s for s in below)
    assert percent(Decimal("0.04785")) == "4.785%"


def test_numbers_are_never_broken_over_lines() -> None:
    with blueprint():
        pages = ContractPages(Style(size=12.0))
        for fill in range(20, 60):
            for line in pages._wrapped(("字" * fill, Blank("￥30,000,000.00", "principal", "30000000.00"), "元整。"), pages.width):
                pieces = [piece for _, span, piece, _ in line if isinstance(span, Blank)]
                assert all(piece in ("￥", "30,000,000.00", "￥30,000,000.00") for piece in pieces)


def test_tables_repeat_their_head_and_count_rows_over_pages() -> None:
    lease = LEASES.leases[0]
    many = replace(lease, schedule=tuple(replace(lease.schedule[0], number=i) for i in range(1, 81)))
    draft = draw_lease_contract(LEASES, many)
    pages = [paper for paper in draft.papers if "schedule" in paper.rows]
    assert len(pages) >= 2
    for paper in pages:
        assert sum(getattr(mark, "text", "") == "支付日期" for mark in paper.marks) == 1
    assert len(schedule(draft)) == 80


def test_interest_receipts_in_all_layouts() -> None:
    loan = LOANS.loans[0]
    receipt = loan.receipts[0]
    titles = set()
    for bank in ("中国工商银行深圳支行", "中国银行深圳支行", "招商银行深圳支行", "平安银行深圳支行", "岭衡银行深圳分行", "某某融资租赁有限公司"):
        with blueprint():
            draft = draw_interest_receipt(LOANS, loan.key, 1, replace(receipt, bank=bank))
        titles.add(draft.title)
        assert fields(draft) == {
            "contract_number": receipt.contract_number, "payer_name": receipt.payer.name, "period_start": receipt.period_start.isoformat(),
            "period_end": receipt.period_end.isoformat(), "principal": plain(receipt.principal), "annual_rate": rate_text(receipt.annual_rate),
            "amount": plain(receipt.amount), "paid_on": receipt.paid_on.isoformat(),
        }  # fmt: skip
        assert draft.key == f"interest_receipt::{loan.key}:1"
    assert len(titles) >= 3
    assert accumulated(receipt) == receipt.principal * receipt.days
