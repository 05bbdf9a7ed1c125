"""The main job on the shipped sample: the window's check, then the auditors' reconciliation, on one embedded server.

Exit status 1 of either means "something is wrong with the papers": here that is the point, not a failure.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from flows.cli import run


def main(sample: Path, out: Path) -> int:
    """Run both commands as a person would type them and say where the papers are."""
    declared = next((sample / "审计凭证").glob("*.xlsx"))
    commands = {
        "初审": ["check", str(sample / "申报材料"), "--out", str(out / "初审")],
        "审计核对": ["reconcile", str(declared), str(sample / "审计凭证"), "--out", str(out / "审计核对")],
    }
    started = time.monotonic()
    for title, command in commands.items():
        print(f"\n== {title}　shencai {' '.join(command)}", flush=True)
        status = run(command)
        if status > 1:
            return status
    print(f"\n共 {time.monotonic() - started:.0f} 秒。报告在 / the papers are in: {out.resolve()}")
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2])))
