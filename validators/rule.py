"""What a rule is: one function, one card, one entry in the registry.

A rule is a generator of findings over a ``Case``. It makes them with ``Case.finding``, which fills the sentence, computes the
stable id, enforces evidence and sends doubtful inputs to a person.
"""

from __future__ import annotations

import inspect
import re
import string
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from pipeline.model import (
    SEVERITIES,
    Audience,
    Deduction,
    Dossier,
    Evidence,
    Field,
    Finding,
    Severity,
    Stage,
    Subject,
    finding_id,
)
from pipeline.policy import Policy

if TYPE_CHECKING:
    from validators.view import View

STAGES: tuple[Stage, ...] = ("prereview", "window", "audit")
CARD_HEADINGS = ("What it does", "Why", "Bad", "Good", "Known false alarms")
"""Fixed headings of a rule's docstring, in this order; the text below them is Chinese, ``rules explain`` shows it."""
DOUBT = "（相关内容识别不确定，需人工核对）"
Datum = str | int | float | bool | list[str] | None
RuleFunction = Callable[["Case"], Iterator[Finding]]


class Skip(Exception):
    """Raised by a rule that cannot answer for this dossier; ``why`` (Chinese) goes to ``coverage.rules_skipped``."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True)
class Rule:
    """A registered rule.

    ``sentence`` and ``variants`` hold ``{placeholders}``; ``severity_at`` overrides ``severity`` at a stage; ``uses`` names the
    policy leaves it builds on (dotted, ``*`` for any key).
    """

    id: str
    title: str
    severity: Severity
    clause: str
    sentence: str
    hint: str
    function: RuleFunction
    audience: Audience = "applicant"
    group: str = ""
    variants: Mapping[str, str] = field(default_factory=dict)
    severity_at: Mapping[Stage, Severity] = field(default_factory=dict)
    stages: tuple[Stage, ...] = STAGES
    uses: tuple[str, ...] = ()

    def severity_for(self, stage: Stage) -> Severity:
        return self.severity_at.get(stage, self.severity)

    @cached_property
    def card(self) -> dict[str, str]:
        """Heading → text of the docstring card."""
        return parse_card(inspect.getdoc(self.function) or "")


RULES: dict[str, Rule] = {}
"""All rules by id, filled by importing ``validators.rules``."""


def rule(
    *,
    id: str,
    title: str,
    severity: Severity,
    clause: str,
    sentence: str,
    hint: str,
    audience: Audience = "applicant",
    group: str = "",
    variants: Mapping[str, str] | None = None,
    severity_at: Mapping[Stage, Severity] | None = None,
    stages: tuple[Stage, ...] = STAGES,
    uses: tuple[str, ...] = (),
) -> Callable[[RuleFunction], RuleFunction]:
    """Registers the function below as rule ``id``. Raises ``ValueError`` when the id is taken."""

    def register(function: RuleFunction) -> RuleFunction:
        if id in RULES:
            raise ValueError(f"rule {id} is registered twice")
        RULES[id] = Rule(
            id=id, title=title, severity=severity, clause=clause, sentence=sentence, hint=hint, function=function,
            audience=audience, group=group, variants=dict(variants or {}), severity_at=dict(severity_at or {}),
            stages=stages, uses=uses,
        )  # fmt: skip
        return function

    return register


class Case:
    """A dossier under one rule: what the rule sees, and how it speaks."""

    def __init__(self, dossier: Dossier, policy: Policy, view: View, spec: Rule) -> None:
        self.dossier = dossier
        self.policy = policy
        self.view = view
        self.spec = spec

    @property
    def stage(self) -> Stage:
        return self.dossier.submission.stage

    def finding(
        self,
        subject: Subject,
        evidence: Iterable[Evidence],
        *,
        variant: str = "",
        severity: Severity | None = None,
        inputs: Iterable[Field] = (),
        doubtful: bool = False,
        audience: Audience | None = None,
        clause: str | None = None,
        hint: str | None = None,
        at_stake: str | None = None,
        deduct: Deduction | None = None,
        discriminator: str = "",
        data: Mapping[str, Datum] | None = None,
        words: Mapping[str, object] | None = None,
        **values: object,
    ) -> Finding:
        """A finding of this rule.

        ``inputs`` are the fields it builds on: when one of them is not sure, or ``doubtful`` is set, the finding becomes a
        ``review`` that says so; a doubtful value never rejects or demands anything. Raises ``ValueError`` without evidence.
        ``at_stake`` is the sum of money concerned, in yuan; ``words`` and keyword values fill the sentence.
        """
        proof = _distinct(evidence)
        if not proof:
            raise ValueError(f"rule {self.spec.id}: a finding needs evidence")
        template = self.spec.variants[variant] if variant else self.spec.sentence
        message = template.format_map({k: _show(v) for k, v in {**(words or {}), **values}.items()})
        level = severity or self.spec.severity_for(self.stage)
        unsure = doubtful or any(not f.sure for f in inputs)
        facts: dict[str, Datum] = dict(data or {})
        if unsure:
            if level in ("reject", "correct"):
                facts["severity_if_confirmed"] = level
                level = "review"
            message += DOUBT
            deduct = None
        return Finding(
            id=finding_id(self.spec.id, subject, discriminator), rule=self.spec.id, severity=level,
            audience=audience or self.spec.audience, title=self.spec.title, message=message,
            hint=self.spec.hint if hint is None else hint, clause=clause or self.spec.clause, group=self.spec.group,
            subject=subject, at_stake=at_stake, deduct=deduct, evidence=proof, data=facts,
        )  # fmt: skip


def _distinct(evidence: Iterable[Evidence]) -> tuple[Evidence, ...]:
    """Each place once. Absences are kept as they are: they may name hundreds of pages, and comparing those costs."""
    found: dict[object, Evidence] = {}
    for item in evidence:
        found.setdefault(id(item) if item.type == "absence" else item, item)
    return tuple(found.values())


def _show(value: object) -> str:
    return "" if value is None else str(value)


def placeholders(template: str) -> set[str]:
    """The names that a sentence wants filled."""
    return {name for _, name, _, _ in string.Formatter().parse(template) if name}


def parse_card(doc: str) -> dict[str, str]:
    """``{heading: text}`` of a docstring card; headings stand alone on a line and end with a colon."""
    card: dict[str, list[str]] = {}
    current: str | None = None
    for line in doc.splitlines():
        found = re.fullmatch(r"([A-Z][A-Za-z ]+):\s*(.*)", line.strip())
        if found and found.group(1) in CARD_HEADINGS:
            current = found.group(1)
            card[current] = [found.group(2)] if found.group(2) else []
        elif current is not None:
            card[current].append(line.strip())
    return {heading: "\n".join(lines).strip() for heading, lines in card.items()}


def worst(findings: Iterable[Finding]) -> list[Finding]:
    """Findings in the order people want: worst first, then the money at stake, then by rule in the order they were found."""

    def order(f: Finding) -> tuple[int, float, str]:
        return SEVERITIES.index(f.severity), -float(f.at_stake or 0), f.rule

    return sorted(findings, key=order)
