"""Recorded readings of the shipped sample, so that tests of extractors, rules and reports run without OCR.

They are made again only on purpose: ``python -m tests.recorded`` (after a change to the sample or to the reading).
"""

from __future__ import annotations

import gzip
import json
import tempfile
from functools import cache
from pathlib import Path

from pipeline.model import PageReading

DEMO = Path(__file__).parents[2] / "samples" / "submissions" / "demo"
PARTS = {"submission": DEMO / "申报材料", "vouchers": DEMO / "审计凭证"}
FOLDER = Path(__file__).parent


def recording(part: str) -> Path:
    """Where the readings of a part of the sample are kept."""
    return FOLDER / f"{part}.json.gz"


@cache
def readings_of(part: str) -> dict[str, PageReading]:
    """Page content → reading, for ``submission`` or ``vouchers``. Fails when it was never recorded."""
    rows = json.loads(gzip.decompress(recording(part).read_bytes()))
    return {row["content"]: PageReading.model_validate(row) for row in rows}


def record(part: str) -> int:
    """Read a part of the sample anew and keep the readings; returns how many pages."""
    from flows.desk import Desk
    from flows.pages import plan_reading, read_tasks
    from pipeline.intake import take_in
    from pipeline.settings import Settings

    with tempfile.TemporaryDirectory() as folder, Desk(Settings()) as desk:
        plan = plan_reading(take_in([PARTS[part]], Path(folder), desk.limits), desk)
        readings = {**plan.known, **{r.content: r for r in read_tasks(plan.todo, desk)}}
    failed = [r.error for r in readings.values() if r.error is not None]
    if failed:
        raise RuntimeError(f"{len(failed)} pages could not be read: {failed[0]}")
    rows = [readings[key].model_dump(mode="json", exclude_defaults=True) for key in sorted(readings)]
    body = json.dumps(rows, ensure_ascii=False, separators=(",", ":")).encode()
    recording(part).write_bytes(gzip.compress(body, 9, mtime=0))
    return len(rows)
