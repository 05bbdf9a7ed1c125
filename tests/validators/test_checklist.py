"""The checklist: one line per material and year."""

from __future__ import annotations

from typing import Any

import pytest
from case_language import NAME, make_dossier

from pipeline.policy import Policy
from validators import validate


def statuses(policy: Policy, case: dict[str, Any]) -> dict[str, str]:
    items = validate(make_dossier(case), policy).checklist
    return {i.code + (f"/{i.year}" if i.year else ""): i.status for i in items}


@pytest.mark.parametrize(
    ("category", "codes"),
    [
        ("1", "M01 M02 M03 M10"),
        ("2", "M01 M02 M03 M10 M11 M12 M13 M14 M15"),
        ("3", "M01 M02 M03 M10 M11 M12 M13 M14 M15"),
        ("4a", "M01 M02 M03 M10 M20 M21"),
        ("4b", "M01 M02 M03 M10 M20 M21"),
        ("5", "M01 M02 M03 M10 M11 M12 M13 M14 M15 M30 M31a M31b M32 M33 M34"),
    ],
)
def test_materials_of_each_category(policy: Policy, category: str, codes: str) -> None:
    items = validate(make_dossier({"categories": [category]}), policy).checklist
    assert {i.code for i in items} == set(codes.split())


def test_licence_is_not_asked_of_an_18_digit_company_unless_the_office_knows_better(policy: Policy) -> None:
    assert statuses(policy, {})["M02"] == "not_applicable"
    assert statuses(policy, {"documents": [{"kind": "business_licence"}]})["M02"] == "present"
    linked = {"uscc": "914403001922038216", "name": NAME, "linked": "否"}
    assert statuses(policy, {"ledgers": {"e_licences": [linked]}})["M02"] == "missing"
    assert statuses(policy, {"applicant": None})["M02"] == "person"


def test_years_before_registration_are_not_owed(policy: Policy) -> None:
    told = statuses(policy, {"documents": [{"kind": "business_licence", "fields": {"established_on": "2018-06-01"}}]})
    assert (told["M11/2017"], told["M11/2018"], told["M12/2017"]) == ("not_applicable", "missing", "not_applicable")


def test_a_new_project_of_category_3_may_omit_the_filing(policy: Policy) -> None:
    assert statuses(policy, {"categories": [3]})["M03"] == "person"
    assert statuses(policy, {"categories": [1]})["M03"] == "missing"


def test_one_paper_may_be_both_approvals(policy: Policy) -> None:
    told = statuses(policy, {"categories": [5], "documents": [{"kind": "listing_document", "subtype": "M30"}]})
    assert (told["M30"], told["M31b"], told["M31a"]) == ("present", "person", "missing")


def test_interest_list_is_no_investment_list(policy: Policy) -> None:
    documents = [{"kind": "investment_list", "excel": True, "fields": {"table": 4}, "tables": {"interest": [{"requested": "1.00"}]}}]
    told = statuses(policy, {"categories": ["4a"], "documents": documents})
    assert (told["M10"], told["M20"]) == ("missing", "incomplete")


def test_second_copies_fill_no_gap(policy: Policy) -> None:
    documents = [{"kind": "application_form", "copy_of": "d9"}]
    assert statuses(policy, {"documents": documents})["M01"] == "missing"


def test_absence_names_every_page_that_was_searched(policy: Policy) -> None:
    dossier = make_dossier({"categories": [1], "documents": [{"kind": "supporting", "pages": [{}, {"blank": True}, {}]}]})
    finding = next(f for f in validate(dossier, policy).findings if f.rule == "R-080")
    (proof,) = finding.evidence
    assert proof.type == "absence"
    assert [(r.file, r.page) for r in proof.searched] == [("f1", 0), ("f1", 2)]
