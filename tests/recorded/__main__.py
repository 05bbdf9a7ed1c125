"""``python -m tests.recorded``: the explicit switch that records the sample's readings anew."""

from __future__ import annotations

from tests.recorded import PARTS, record, recording

for part in PARTS:
    print(f"{part}: {record(part)} pages → {recording(part)} ({recording(part).stat().st_size // 1024} KiB)")
