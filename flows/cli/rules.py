"""``shencai rules`` and ``shencai policy show``."""

from __future__ import annotations

from flows.cli.common import settings
from flows.cli.main import DONE
from flows.cli.output import Output
from pipeline.policy import load_policy
from validators import coverage_of_guide, explain, rules_table


def list_rules(policy: str | None, output: Output) -> int:
    rows = rules_table(load_policy(policy or settings().policy))
    output.write([row.model_dump() for row in rows])
    output.say(f"{row.id}  {row.severity_word}  {row.title}　{row.clause}" for row in rows)
    return DONE


def explain_rule(rule: str) -> int:
    Output().say(explain(rule.upper()).splitlines())
    return DONE


def show_coverage(policy: str | None, output: Output) -> int:
    rows = coverage_of_guide(load_policy(policy or settings().policy))
    output.write([row.model_dump() for row in rows])
    output.say(f"{row.clause}  {'、'.join(row.rules) or '（人工）'}" for row in rows)
    return DONE


def show_policy(policy: str | None, output: Output) -> int:
    loaded = load_policy(policy or settings().policy)
    output.write(loaded)
    if output.target is None:
        output.say([loaded.model_dump_json(indent=1)])
    return DONE
