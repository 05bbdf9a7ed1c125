"""What a flow run works on. Prefect parameters stay small (a run's name); the things themselves lie here, in this process."""

from __future__ import annotations

import threading
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from flows.ahead import ReadingAhead
from flows.case import Case
from flows.desk import Desk
from flows.pages import ReadingPlan
from flows.progress import Watcher
from pipeline.model import Document, Report, SourceFile


@dataclass
class Workbench:
    run: str
    case: Case
    desk: Desk
    watcher: Watcher
    plan: ReadingPlan
    ahead: ReadingAhead
    files: tuple[SourceFile, ...] = ()
    documents: tuple[Document, ...] = ()
    report: Report | None = None


_benches: dict[str, Workbench] = {}
_lock = threading.Lock()


@contextmanager
def lay_out(case: Case, desk: Desk, watcher: Watcher, plan: ReadingPlan, ahead: ReadingAhead) -> Iterator[str]:
    """Lay a case out for a run; gives the run's name and clears up behind it."""
    run = uuid.uuid4().hex[:12]
    with _lock:
        _benches[run] = Workbench(run, case, desk, watcher, plan, ahead)
    try:
        yield run
    finally:
        with _lock:
            _benches.pop(run, None)


def bench_of(run: str) -> Workbench:
    """The workbench of a run of this process."""
    with _lock:
        return _benches[run]
