"""``shencai reconcile``."""

from __future__ import annotations

from pathlib import Path

from flows.cli.common import begin, watching
from flows.cli.main import DONE, TROUBLE
from flows.cli.output import Output


def reconcile_command(
    *,
    declared: Path,
    scans: list[Path],
    policy: str | None,
    out: Path | None,
    output: Output,
) -> int:
    """Exit status 1 when any line is in trouble (anything but matched or review), else 0."""
    chosen = begin()
    from flows.desk import Desk
    from flows.reconcile import ReconcileOptions, run_reconcile
    from flows.summary import reconcile_lines

    options = ReconcileOptions(declared, tuple(scans), policy or chosen.policy, out)
    with Desk(chosen) as desk, watching() as watcher:
        outcome = run_reconcile(options, desk, watcher)
    output.write(outcome.result)
    output.say(reconcile_lines(outcome.result, outcome.papers))
    return TROUBLE if any(line.status not in ("matched", "review") for line in outcome.result.lines) else DONE
