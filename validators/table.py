"""The rules as a table, one rule's card, and the coverage of the guide."""

from __future__ import annotations

from dataclasses import dataclass

import validators.rules  # noqa: F401 - fills the registry
from pipeline.errors import UsageError
from pipeline.model import Audience, Severity, Stage
from pipeline.policy import Policy
from validators.rule import CARD_HEADINGS, RULES, STAGES, Rule

CARD_TITLES = dict(zip(CARD_HEADINGS, ("检查什么", "为什么", "反例", "正例", "已知误报"), strict=True))


@dataclass(frozen=True)
class RuleInfo:
    """One rule for ``shencai rules list`` and ``explain``. ``card`` maps Chinese headings to text, ``clause_text`` is the guide's
    own sentence, ``severities`` what it is at each stage it runs at."""

    id: str
    title: str
    group: str
    severity: Severity
    severities: dict[Stage, Severity]
    audience: Audience
    clause: str
    clause_text: str
    sentence: str
    variants: dict[str, str]
    hint: str
    uses: tuple[str, ...]
    card: dict[str, str]


@dataclass(frozen=True)
class ClauseCoverage:
    """A clause of the guide and the rules that answer it; none means a person has to."""

    clause: str
    text: str
    rules: tuple[str, ...]


def rules_table(policy: Policy) -> tuple[RuleInfo, ...]:
    """All rules, by id."""
    return tuple(_info(RULES[key], policy) for key in sorted(RULES))


def explain(rule_id: str, policy: Policy | None = None) -> RuleInfo:
    """One rule's card. Raises ``UsageError`` for an id that does not exist."""
    spec = RULES.get(rule_id.upper())
    if spec is None:
        raise UsageError(f"没有规则“{rule_id}”。", "请用 shencai rules list 查看全部规则编号。")
    return _info(spec, policy)


def _info(spec: Rule, policy: Policy | None) -> RuleInfo:
    return RuleInfo(
        id=spec.id, title=spec.title, group=spec.group, severity=spec.severity,
        severities={s: spec.severity_for(s) for s in STAGES if s in spec.stages}, audience=spec.audience, clause=spec.clause,
        clause_text=policy.clause_text(spec.clause) if policy is not None else "", sentence=spec.sentence, variants=dict(spec.variants),
        hint=spec.hint, uses=spec.uses, card={CARD_TITLES[h]: t for h, t in spec.card.items()},
    )  # fmt: skip


def coverage_of_guide(policy: Policy) -> tuple[ClauseCoverage, ...]:
    """Every clause of the guide with the rules that answer it: those that cite it, and for materials the rules that read the
    material's own clause at run time."""
    by_clause: dict[str, set[str]] = {clause: set() for clause in policy.clauses}
    for spec in RULES.values():
        by_clause.setdefault(spec.clause, set()).add(spec.id)
    special = {"M11": "R-095", "M12": "R-096"}
    for material in policy.materials:
        for leaf in material.need.values():
            if leaf.value != "optional":
                by_clause.setdefault(leaf.clause, set()).add(special.get(material.code, "R-080"))
    for terms in policy.categories.values():
        by_clause[terms.window_start.clause].add("R-054" if terms.window_end is None else "R-051")
        if terms.smart_minimum is not None:
            by_clause[terms.smart_minimum.clause].add("R-053")
    return tuple(ClauseCoverage(c, policy.clause_text(c), tuple(sorted(ids))) for c, ids in by_clause.items())

