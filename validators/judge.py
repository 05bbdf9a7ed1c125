"""Runs all rules over a dossier."""

from __future__ import annotations

import logging
from collections.abc import Collection
from dataclasses import dataclass

import validators.rules  # noqa: F401 - fills the registry
from pipeline.model import (
    AbsenceEvidence,
    ChecklistItem,
    Coverage,
    Dossier,
    Finding,
    SkippedRule,
    Subject,
    finding_id,
)
from pipeline.policy import Policy
from validators.checklist import build_checklist
from validators.rule import RULES, Case, Skip, worst
from validators.view import View

log = logging.getLogger(__name__)

STAGE_WORDS = {"prereview": "网上预审", "window": "窗口收文", "audit": "专项审计"}
BROKEN = "R-909"
"""Rule id of the finding that says a rule itself failed."""


@dataclass(frozen=True)
class Judgement:
    """What the rules say about a dossier: findings worst first, the checklist, and which rules ran."""

    findings: tuple[Finding, ...]
    checklist: tuple[ChecklistItem, ...]
    coverage: Coverage


def validate(dossier: Dossier, policy: Policy) -> Judgement:
    """All rules of the submission's stage over ``dossier``. Never raises for a broken rule: it is skipped with its reason and a
    person is told, so that a failure cannot pass for a clean file."""
    return run_rules(dossier, policy)


def run_rules(dossier: Dossier, policy: Policy, only: Collection[str] | None = None, view: View | None = None) -> Judgement:
    """As ``validate``; ``only`` names the rules to run (the others are not even counted as skipped), ``view`` shares work done."""
    view = view or View(dossier, policy)
    checklist = build_checklist(view) if only is None else ()
    findings: list[Finding] = []
    skipped: list[SkippedRule] = []
    run = 0
    for spec in RULES.values():
        if only is not None and spec.id not in only:
            continue
        if dossier.submission.stage not in spec.stages:
            skipped.append(SkippedRule(id=spec.id, why=f"{STAGE_WORDS[dossier.submission.stage]}阶段不适用"))
            continue
        try:
            findings.extend(spec.function(Case(dossier, policy, view, spec)))
            run += 1
        except Skip as skip:
            skipped.append(SkippedRule(id=spec.id, why=skip.why))
        except Exception as error:
            log.exception("rule %s failed", spec.id)
            skipped.append(SkippedRule(id=spec.id, why=f"规则内部出错（{type(error).__name__}），未得出结论"))
            findings.append(_broken(spec.id, spec.title))
    unique = {f.id: f for f in findings}
    return Judgement(tuple(worst(unique.values())), checklist, Coverage(rules_run=run, rules_skipped=tuple(skipped)))


def _broken(rule_id: str, title: str) -> Finding:
    subject = Subject(type="submission", id=rule_id)
    return Finding(
        id=finding_id(BROKEN, subject), rule=BROKEN, severity="review", audience="internal", title="规则未能执行",
        message=f"规则{rule_id}（{title}）内部出错，未得出结论，请人工核对该项。", hint="请人工核对该项，并将运行日志交给维护人员。",
        clause="K", group="程序", subject=subject, evidence=(AbsenceEvidence(expected=f"规则{rule_id}的检查结果"),),
    )  # fmt: skip
