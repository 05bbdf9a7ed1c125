"""What a run tells its watcher: a stage, then pages done. On a terminal a bar, else silence."""

from __future__ import annotations

import sys
from types import TracebackType
from typing import Protocol

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn


class Watcher(Protocol):
    """Anyone who wants to see a run go on."""

    def stage(self, title: str, total: int | None = None) -> None: ...

    def advance(self, count: int = 1) -> None: ...


class Quiet:
    """A watcher that looks away."""

    def stage(self, title: str, total: int | None = None) -> None:
        return

    def advance(self, count: int = 1) -> None:
        return


class Terminal:
    """A bar on standard error, only where a person sits; standard output stays for results."""

    def __init__(self) -> None:
        self._bar = Progress(
            SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(),
            console=Console(stderr=True), transient=True,
        )  # fmt: skip
        self._task = self._bar.add_task("准备中", total=None)

    def __enter__(self) -> Terminal:
        self._bar.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._bar.stop()

    def stage(self, title: str, total: int | None = None) -> None:
        self._bar.reset(self._task, description=title, total=total)

    def advance(self, count: int = 1) -> None:
        self._bar.advance(self._task, count)


def somebody_watches() -> bool:
    """Is standard error a terminal?"""
    return sys.stderr.isatty()
