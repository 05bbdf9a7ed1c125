"""``shencai nightly``."""

from __future__ import annotations

from pathlib import Path

from flows.cli.common import begin, watching
from flows.cli.main import DONE, TROUBLE
from flows.cli.output import Output
from pipeline.errors import UsageError


def nightly_command(*, inbox: Path, once: bool, out: Path | None, policy: str | None, output: Output) -> int:
    """Exit status 1 when a submission must be cured, cannot be accepted or could not be checked."""
    if not once:
        raise UsageError("目前只支持单次运行。", "请加 --once，并用 cron 或 systemd 定时器每晚调用。")
    chosen = begin()
    from flows.desk import Desk
    from flows.night import NightOptions, run_night, summary_text

    target = out or inbox.parent / f"{inbox.name}-晨报"
    with Desk(chosen) as desk, watching() as watcher:
        summary = run_night(NightOptions(inbox, target, policy or chosen.policy), desk, watcher)
    text = summary_text(summary)
    (target / "晨报.md").write_text(text, encoding="utf-8")
    (target / "nightly.json").write_text(summary.model_dump_json(indent=1), encoding="utf-8")
    output.write(summary)
    output.say(text.splitlines())
    return TROUBLE if any(item.verdict in (None, "reject", "correct") for item in summary.items) else DONE
