"""``shencai check``."""

from __future__ import annotations

from pathlib import Path

from flows.cli.common import begin, parse_categories, parse_stage, watching
from flows.cli.main import DONE, TROUBLE
from flows.cli.output import Output


def check_command(
    *,
    paths: list[Path],
    category: str | None,
    renewal: bool,
    applicant: str | None,
    uscc: str | None,
    policy: str | None,
    stage: str,
    second_copy: list[Path],
    ledgers: Path | None,
    out: Path | None,
    output: Output,
) -> int:
    """Exit status 1 when something must be cured or the submission cannot be accepted, else 0."""
    chosen = begin()
    from flows.case import CheckOptions
    from flows.check import run_check
    from flows.desk import Desk
    from flows.summary import summary_lines

    options = CheckOptions(
        paths=tuple(paths),
        categories=parse_categories(category),
        renewal=renewal,
        applicant=applicant,
        uscc=uscc,
        policy=policy or chosen.policy,
        stage=parse_stage(stage),
        second_copies=tuple(second_copy),
        ledgers=ledgers,
        out=out,
    )
    with Desk(chosen) as desk, watching() as watcher:
        outcome = run_check(options, desk, watcher)
    output.write(outcome.report)
    output.say(summary_lines(outcome.report, outcome.papers))
    return TROUBLE if outcome.report.verdict in ("correct", "reject") else DONE
