"""Every rule has bad, good and cannot-tell cases, each with its origin; whole messages are compared."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from case_language import make_dossier

from pipeline.policy import Policy, load_policy
from validators.judge import run_rules
from validators.rule import CARD_HEADINGS, RULES, placeholders

FOLDER = Path(__file__).parent
EXPECTATIONS = {"bad", "good", "cannot_tell"}


def _load() -> dict[str, list[dict[str, Any]]]:
    return {path.stem: yaml.safe_load(path.read_text("utf-8")) for path in sorted(FOLDER.glob("R-*.yaml"))}


CASES = _load()


@pytest.fixture(scope="module")
def policy() -> Policy:
    return load_policy("2020")


@pytest.mark.parametrize("rule_id", sorted(RULES))
def test_each_rule_has_bad_good_and_cannot_tell(rule_id: str) -> None:
    cases = CASES.get(rule_id, [])
    assert {c["expect"] for c in cases} == EXPECTATIONS
    assert all(len(c.get("origin", "")) >= 4 for c in cases), "each case says where it came from"
    assert len({c["name"] for c in cases}) == len(cases)


@pytest.mark.parametrize("rule_id", sorted(RULES))
def test_each_card_has_all_headings_and_declared_leaves_exist(rule_id: str, policy: Policy) -> None:
    spec = RULES[rule_id]
    assert tuple(spec.card) == CARD_HEADINGS
    assert all(len(text) >= 4 for text in spec.card.values())
    assert spec.clause in policy.clauses
    assert spec.hint.endswith("。")
    for leaf in spec.uses:
        node: Any = policy
        for part in leaf.split("."):
            if part == "*":
                node = next(iter(node.values()))
            else:
                node = node[part] if isinstance(node, dict) else getattr(node, part)


def test_no_case_file_without_its_rule() -> None:
    assert set(CASES) <= set(RULES)


@pytest.mark.parametrize(("rule_id", "case"), [pytest.param(r, c, id=f"{r}-{c['name']}") for r, cs in CASES.items() for c in cs])
def test_case(rule_id: str, case: dict[str, Any], policy: Policy) -> None:
    judgement = run_rules(make_dossier(case), policy, only=[rule_id])
    broken = [s.why for s in judgement.coverage.rules_skipped if "内部出错" in s.why]
    assert not broken
    mine = [f for f in judgement.findings if f.rule == rule_id]
    told = [{"severity": f.severity, "message": f.message} for f in mine]
    wanted = case.get("findings", [])
    assert sorted(told, key=str) == sorted(({k: w[k] for k in ("severity", "message")} for w in wanted), key=str)
    for finding, want in ((f, w) for f in mine for w in wanted if w["message"] == f.message):
        for key in ("audience", "clause", "at_stake", "hint"):
            if key in want:
                assert str(getattr(finding, key)) == str(want[key])
        if "deduct" in want:
            assert finding.deduct is not None and finding.deduct.amount == str(want["deduct"])
    if "skipped" in case:
        assert [s.why for s in judgement.coverage.rules_skipped] == [case["skipped"]]
    if case["expect"] == "bad":
        assert mine, "a bad case must be found"
    else:
        assert all(f.severity in (("review", "note") if case["expect"] == "cannot_tell" else ()) for f in mine)


def test_sentences_hold_no_unknown_placeholder() -> None:
    """Placeholders are plain names, so that a missing one fails in the case and not before a clerk."""
    for spec in RULES.values():
        for template in (spec.sentence, *spec.variants.values()):
            assert all(name.isidentifier() for name in placeholders(template))
