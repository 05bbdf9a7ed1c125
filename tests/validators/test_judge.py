"""The mechanism: evidence, ids, doubt, broken rules, order."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from case_language import make_dossier

from pipeline.errors import UsageError
from pipeline.model import AbsenceEvidence, Dossier, Field, Finding, Subject
from pipeline.policy import Policy
from validators import coverage_of_guide, explain, rules_table, validate
from validators.rule import RULES, Case, Rule, rule
from validators.view import View


def broken(case: Case) -> Iterator[Finding]:
    yield from ()
    raise ZeroDivisionError


def case_of(policy: Policy, dossier: Dossier, severity: str = "reject") -> Case:
    spec = Rule(id="R-000", title="试", severity=severity, clause="K", sentence="{a}", hint="。", function=broken)  # type: ignore[arg-type]
    return Case(dossier, policy, View(dossier, policy), spec)


def test_a_broken_rule_is_told_and_never_passes_for_a_clean_file(policy: Policy, monkeypatch: pytest.MonkeyPatch) -> None:
    spec = Rule(id="R-999", title="坏规则", severity="correct", clause="K", sentence="", hint="。", function=broken)
    monkeypatch.setitem(RULES, "R-999", spec)
    judgement = validate(make_dossier({"categories": []}), policy)
    assert ("R-999", "规则内部出错（ZeroDivisionError），未得出结论") in [(s.id, s.why) for s in judgement.coverage.rules_skipped]
    (told,) = [f for f in judgement.findings if f.rule == "R-909"]
    assert (told.severity, told.audience) == ("review", "internal")
    assert told.message == "规则R-999（坏规则）内部出错，未得出结论，请人工核对该项。"


def test_no_finding_without_evidence(policy: Policy) -> None:
    with pytest.raises(ValueError, match="evidence"):
        case_of(policy, make_dossier({})).finding(Subject(type="submission"), [], a="x")


def test_a_doubtful_value_never_rejects(policy: Policy) -> None:
    proof = [AbsenceEvidence(expected="x")]
    case = case_of(policy, make_dossier({}))
    sure = case.finding(Subject(type="submission"), proof, inputs=[Field(value="1", status="read")], a="x")
    unsure = case.finding(Subject(type="submission"), proof, inputs=[Field(value="1", status="doubtful")], a="x")
    assert (sure.severity, sure.message) == ("reject", "x")
    assert (unsure.severity, unsure.message) == ("review", "x（相关内容识别不确定，需人工核对）")
    assert unsure.data["severity_if_confirmed"] == "reject"
    assert sure.id == unsure.id, "a finding keeps its name when a person settles the doubt"


def test_one_id_one_rule() -> None:
    with pytest.raises(ValueError, match="twice"):
        rule(id="R-080", title="", severity="note", clause="K", sentence="", hint="")(broken)


def test_row_ids_survive_a_moved_row(policy: Policy) -> None:
    late = {"invoice_number": "01234567", "invoice_date": "2020-01-01", "declared_amount": "5.00"}
    fine = {"invoice_number": "01234568", "invoice_date": "2019-01-01", "declared_amount": "5.00"}

    def ids(*rows: dict[str, str]) -> set[str]:
        dossier = make_dossier({"documents": [{"kind": "investment_list", "excel": True, "fields": {"table": 1}, "tables": {"lines": list(rows)}}]})
        # The reader names a line by its voucher; the case language by its place.
        document = dossier.documents[0]
        lines = document.tables["lines"]
        named = tuple(r.model_copy(update={"id": f"{r.get('invoice_number').value}#1"}) for r in lines.rows)
        moved = document.model_copy(update={"tables": {"lines": lines.model_copy(update={"rows": named})}})
        judged = validate(Dossier(submission=dossier.submission, files=dossier.files, documents=(moved,)), policy)
        return {f.id for f in judged.findings if f.rule == "R-051"}

    assert ids(late, fine) == ids(fine, late) != set()


def test_worst_first(policy: Policy) -> None:
    documents = [{"kind": "application_form", "fields": {"uscc": "914403001922038217"}}]
    severities = [f.severity for f in validate(make_dossier({"documents": documents}), policy).findings]
    assert severities == sorted(severities, key=["reject", "correct", "review", "note"].index)
    assert {"correct", "note"} <= set(severities)


def test_applicant_sees_no_suspicion(policy: Policy) -> None:
    assert RULES["R-016"].audience == "internal"
    dossier = make_dossier({"documents": [{"kind": "vat_invoice", "fields": {"amount": "1.00", "tax": "1.00", "total": "3.00"}}]})
    told = [f for f in validate(dossier, policy).findings if f.rule == "R-207"]
    assert [f.audience for f in told] == ["internal"], "vouchers are not asked for at the window"


def test_cards_and_coverage(policy: Policy) -> None:
    assert len(rules_table(policy)) == len(RULES) >= 35
    card = explain("r-051", policy)
    assert list(card.card) == ["检查什么", "为什么", "反例", "正例", "已知误报"]
    assert card.severities == {"prereview": "note", "window": "note", "audit": "correct"}
    assert "以发票时间/海关进口报关单时间为确认依据" in card.clause_text
    with pytest.raises(UsageError, match="R-777"):
        explain("R-777")
    covered = {c.clause: c.rules for c in coverage_of_guide(policy)}
    assert covered["六（二）（1）"] == ("R-095",)
    assert covered["五基础（四）"] == ()
    assert set(covered) >= set(policy.clauses)
