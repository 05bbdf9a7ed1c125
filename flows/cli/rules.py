"""``shencai rules`` and ``shencai policy show``."""

from __future__ import annotations

from pydantic import TypeAdapter

from flows.cli.common import settings
from flows.cli.main import DONE
from flows.cli.output import Output
from pipeline.model import SEVERITY_WORDS
from pipeline.policy import load_policy
from validators import ClauseCoverage, RuleInfo, coverage_of_guide, explain, rules_table


def list_rules(policy: str | None, output: Output) -> int:
    rows = rules_table(load_policy(policy or settings().policy))
    output.write(TypeAdapter(tuple[RuleInfo, ...]).dump_python(rows, mode="json"))
    output.say(f"{row.id}  {SEVERITY_WORDS[row.severity]}  {row.title}　{row.clause}" for row in rows)
    return DONE


def explain_rule(rule: str, policy: str | None) -> int:
    card = explain(rule, load_policy(policy or settings().policy))
    lines = [f"{card.id}　{card.title}　【{SEVERITY_WORDS[card.severity]}】", f"依据：{card.clause}　{card.clause_text}", ""]
    lines.append(f"告知用语：{card.sentence}")
    if card.hint:
        lines.append(f"怎么办：{card.hint}")
    for heading, text in card.card.items():
        lines += ["", f"【{heading}】", text]
    if card.audience == "internal":
        lines += ["", "仅供内部使用，不出现在给申报单位的文书中。"]
    Output().say(lines)
    return DONE


def show_coverage(policy: str | None, output: Output) -> int:
    rows = coverage_of_guide(load_policy(policy or settings().policy))
    output.write(TypeAdapter(tuple[ClauseCoverage, ...]).dump_python(rows, mode="json"))
    output.say(f"{row.clause}  {'、'.join(row.rules) or '（人工）'}" for row in rows)
    return DONE


def show_policy(policy: str | None, output: Output) -> int:
    loaded = load_policy(policy or settings().policy)
    output.write(loaded)
    if output.target is None:
        output.say([loaded.model_dump_json(indent=1)])
    return DONE
