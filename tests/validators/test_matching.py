"""Lines against scans: keys, sums, doubts, and the order of statuses."""

from __future__ import annotations

from typing import Any

from case_language import make_dossier

from pipeline.policy import Policy
from validators.matching import Reconciliation, reconcile

CODE = "4403183130"


def line(number: str, declared: str = "1000.00", **more: str) -> dict[str, Any]:
    return {
        "voucher_type": "专票", "invoice_code": CODE, "invoice_number": number, "invoice_date": "2019-05-01", "net": declared,
        "declared_amount": declared, "supplier_name": "深圳市南方机床有限公司", **more,
    }  # fmt: skip


def invoice(number: str, amount: str = "1000.00", **more: Any) -> dict[str, Any]:
    fields = {
        "invoice_code": CODE, "invoice_number": number, "issue_date": "2019-05-01", "amount": amount,
        "seller_name": "深圳市南方机床有限公司", "buyer_name": "深圳市晨光精密制造有限公司", "buyer_tax_id": "914403001922038216", **more,
    }  # fmt: skip
    return {"kind": "vat_invoice", "fields": fields}


def run(policy: Policy, lines: list[dict[str, Any]], *papers: dict[str, Any]) -> Reconciliation:
    head = {"table": 1, "applicant_name": "深圳市晨光精密制造有限公司", "uscc": "914403001922038216"}
    dossier = make_dossier({"documents": [{"kind": "investment_list", "excel": True, "fields": head, "tables": {"lines": lines}}, *papers]})
    return reconcile(dossier.documents[0], dossier.documents, policy, dossier.files)


def statuses(result: Reconciliation) -> dict[str, str]:
    return {str(entry.declared["invoice_number"]) + f"@{entry.row.row}": entry.status for entry in result.lines}


def test_every_status_and_worst_first(policy: Policy) -> None:
    result = run(
        policy,
        [
            line("00000001"), line("00000002"), line("00000003"), line("00000004", "5000.00"), line("00000005"), line("00000006"),
            line("00000005"), line("00000007", invoice_date="2018-05-01"),
        ],
        invoice("00000001"),
        invoice("00000003", buyer_name="惠州海川控股集团公司", buyer_tax_id="91440300192317458F"),
        invoice("00000004", "500.00"), invoice("00000005"), invoice("00000006", "1000.00?"),
        invoice("00000007", issue_date="2018-05-01"), invoice("99999999", "7.00"),
    )  # fmt: skip
    assert statuses(result) == {
        "00000003@7": "ineligible", "00000007@12": "ineligible", "00000005@11": "duplicate", "00000002@6": "missing_scan",
        "00000004@8": "mismatched", "00000006@10": "review", "00000001@5": "matched", "00000005@9": "matched",
    }  # fmt: skip
    order = [entry.status for entry in result.lines]
    assert order == sorted(order, key=["ineligible", "duplicate", "missing_scan", "mismatched", "review", "matched"].index)
    assert [d.id for d in result.documents if d.id in result.unlisted_documents] == ["d8"]
    assert result.totals.declared == "12000.00"
    known = {f.id for f in result.findings}
    assert all(set(entry.findings) <= known for entry in result.lines)


def test_recognised_is_never_more_than_the_voucher_and_nothing_for_what_falls_out(policy: Policy) -> None:
    result = run(policy, [line("00000001", "800.00"), line("00000002")], invoice("00000001", "1000.00"))
    by_number = {entry.declared["invoice_number"]: entry for entry in result.lines}
    assert by_number["00000002"].recognised == "0.00"
    assert by_number["00000001"].status == "mismatched"
    assert by_number["00000001"].recognised == "800.00"
    assert by_number["00000001"].differences[0].field == "net"
    assert (by_number["00000001"].differences[0].declared, by_number["00000001"].differences[0].found) == ("800.00", "1000.00")


def test_a_near_number_with_the_same_amount_is_a_question_and_no_accusation(policy: Policy) -> None:
    result = run(policy, [line("00000001")], invoice("00000007"))
    (entry,) = result.lines
    assert entry.status == "review" and entry.recognised is None
    assert entry.differences[0].field == "invoice_number"
    assert not [f for f in result.findings if f.severity in ("correct", "reject")]


def test_one_invoice_over_several_lines_matches_by_its_sum(policy: Policy) -> None:
    result = run(policy, [line("00000001", "600.00", name="甲"), line("00000001", "400.00", name="乙")], invoice("00000001"))
    assert {entry.status for entry in result.lines} == {"matched"}
    assert result.totals.recognised == "1000.00"


def test_two_copies_of_one_invoice_are_one_voucher(policy: Policy) -> None:
    result = run(policy, [line("00000001")], invoice("00000001", copy="deduction"), invoice("00000001", copy="invoice"))
    (entry,) = result.lines
    assert entry.status == "matched" and len(entry.vouchers) == 2 and not result.unlisted_documents


def test_lamps_tell_found_from_listed(policy: Policy) -> None:
    slip = {"kind": "payment_slip", "fields": {"slip_number": "P1", "amount": "1000.00", "payee_name": "广州某某贸易行"}}
    result = run(policy, [line("00000001", payment_number="P1", contract_number="HT-1")], invoice("00000001"), slip)
    (entry,) = result.lines
    assert entry.lamps.model_dump() == {"contract": "listed", "voucher": "found", "bookkeeping": "absent", "payment": "found"}
    assert entry.payments[0].amount == "1000.00" and "收款人与销售方不一致" in entry.flags


def test_a_list_that_was_not_read_for_sure_accuses_nobody(policy: Policy) -> None:
    result = run(policy, [line("00000001", net="900.00?", declared_amount="900.00?")], invoice("00000001"))
    assert result.lines[0].status == "review"
    assert not [f for f in result.findings if f.severity in ("correct", "reject")]
