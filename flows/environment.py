"""Prefect's surroundings, set before Prefect is imported: its home inside ours, no telemetry, no noise; and the cleaning
up after runs that were killed."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psutil

from pipeline.settings import Settings

RUN_MARK = "SHENCAI_RUN"
"""Environment variable that every process of a run inherits: ``pid:start time`` of the run's own process."""

WORK = "work"
STOP_GRACE_S = 5.0


def prefect_home(settings: Settings) -> Path:
    return settings.data_home / "prefect"


def prepare(settings: Settings) -> None:
    """Set the environment of embedded Prefect. Values a person has set already are kept, except telemetry: always off."""
    home = prefect_home(settings)
    home.mkdir(parents=True, exist_ok=True)
    os.environ[RUN_MARK] = _mark_of(psutil.Process())
    os.environ["DO_NOT_TRACK"] = "1"
    os.environ["PREFECT_SERVER_ANALYTICS_ENABLED"] = "false"
    if "PREFECT_LOGGING_LEVEL" not in os.environ:  # a failed task is told in the report; its traceback goes to Prefect's log
        os.environ.setdefault("PREFECT_LOGGING_HANDLERS_CONSOLE_LEVEL", "CRITICAL")
    for name, value in {
        "PREFECT_HOME": str(home),
        "PREFECT_SERVER_ALLOW_EPHEMERAL_MODE": "true",
        "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "120",
        "PREFECT_SERVER_UI_SHOW_PROMOTIONAL_CONTENT": "false",
        "PREFECT_LOGGING_LEVEL": "WARNING",
        "PREFECT_SERVER_LOGGING_LEVEL": "ERROR",
        "PREFECT_CLI_PROMPT": "false",
    }.items():
        os.environ.setdefault(name, value)


def end_orphans(settings: Settings) -> int:
    """End the processes that a killed run left behind (its embedded server, a reading worker): they carry our Prefect home
    and the mark of a run that is no more. Returns how many were ended."""
    home = str(prefect_home(settings))
    orphans: list[psutil.Process] = []
    for process in psutil.process_iter():
        with suppress(psutil.Error, OSError):
            surroundings = process.environ()
            mark = surroundings.get(RUN_MARK)
            if mark and surroundings.get("PREFECT_HOME") == home and process.pid != os.getpid() and not _alive(mark):
                orphans.append(process)
    for process in orphans:
        with suppress(psutil.Error):
            process.terminate()
    _, stubborn = psutil.wait_procs(orphans, timeout=STOP_GRACE_S)
    for process in stubborn:
        with suppress(psutil.Error):
            process.kill()
    return len(orphans)


@contextmanager
def workspace(settings: Settings) -> Iterator[Path]:
    """A folder for unpacked papers, inside the data directory, gone when the run ends; what a killed run leaves there is
    cleared by :func:`clear_workspaces` at the next start."""
    home = settings.data_home / WORK
    home.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=_mark_of(psutil.Process()).replace(":", "_") + "_", dir=home) as folder:
        yield Path(folder)


def clear_workspaces(settings: Settings) -> int:
    """Remove the workspaces of runs that are no more; returns how many."""
    cleared = 0
    for folder in (settings.data_home / WORK).glob("*_*_*"):
        number, started, _ = folder.name.split("_", 2)
        if not _alive(f"{number}:{started}"):
            shutil.rmtree(folder, ignore_errors=True)
            cleared += 1
    return cleared


def run_is_alive(mark: str) -> bool:
    """Does the process behind a run's mark still live?"""
    return _alive(mark)


def _mark_of(process: psutil.Process) -> str:
    return f"{process.pid}:{process.create_time():.2f}"


def _alive(mark: str) -> bool:
    """A process id alone proves nothing, it may have been given to another; the start time settles it."""
    number, _, _started = mark.partition(":")
    try:
        process = psutil.Process(int(number))
        return _mark_of(process) == mark and process.status() != psutil.STATUS_ZOMBIE
    except (psutil.Error, ValueError):
        return False
