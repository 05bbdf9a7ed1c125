"""The command line in a process of its own, command after command: as in production, but Prefect is imported and its server
started once for a whole module of tests.

A process of its own because Prefect freezes its settings when it is first imported: in pytest's process they would be those
of whichever test came first. What a command writes is caught at the file descriptors, where a stray ``print`` of any
library, in whatever language, shows too.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from unittest import mock

if TYPE_CHECKING:
    from flows.case import CheckOptions, CheckOutcome

ROOT = Path(__file__).parents[2]
START = "from tests.flows.teller import serve; serve()"
PATIENCE_S = 20.0


@dataclass(frozen=True)
class Told:
    """How a command ended."""

    status: int
    out: str
    err: str

    @property
    def report(self) -> dict[str, Any]:
        """Standard output as JSON; fails when anything else stands there."""
        found = json.loads(self.out)
        assert isinstance(found, dict)
        return found


class Teller:
    """Asks the process. Use :func:`teller` to open one."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process

    def run(self, *arguments: str | Path, fault: str = "") -> Told:
        """Run one command line; ``fault`` names an entry of :data:`FAULTS` that is in force meanwhile."""
        return Told(**self._ask({"arguments": [str(a) for a in arguments], "fault": fault}))

    def prefect(self) -> dict[str, Any]:
        """What Prefect's API says: ``runs`` by name with their state, ``artifacts`` as key and data, newest last."""
        return self._ask({"prefect": True})

    def _ask(self, question: dict[str, Any]) -> dict[str, Any]:
        assert self.process.stdin is not None and self.process.stdout is not None
        self.process.stdin.write(json.dumps(question) + "\n")
        self.process.stdin.flush()
        answer = self.process.stdout.readline()
        if not answer:
            raise RuntimeError(f"the command line's process is gone: {self.process.wait(10)}")
        found = json.loads(answer)
        assert isinstance(found, dict)
        return found


def surroundings(home: Path) -> dict[str, str]:
    """A person's environment with nothing of Prefect or of ours in it but the home."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PREFECT", "SHENCAI", "PYTEST"))}
    return {**kept, "SHENCAI_HOME": str(home), "PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1"}


@contextmanager
def teller(home: Path, folder: Path) -> Iterator[Teller]:
    """A command line whose data lie in ``home`` and whose working folder is ``folder``."""
    process = subprocess.Popen(
        [sys.executable, "-c", START], env=surroundings(home), cwd=folder, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    try:
        yield Teller(process)
    finally:
        assert process.stdin is not None and process.stdout is not None
        process.stdin.close()
        try:
            process.wait(PATIENCE_S)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            raise
        finally:
            process.stdout.close()


def serve() -> None:
    """The other side: one JSON line a question, one JSON line an answer, on descriptors nobody else knows."""
    questions, answers = os.fdopen(os.dup(0), "r"), os.fdopen(os.dup(1), "w")
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.dup2(2, 1)
    for line in questions:
        question = json.loads(line)
        told = ask_prefect() if question.get("prefect") else run_caught(question["arguments"], question["fault"])
        answers.write(json.dumps(told) + "\n")
        answers.flush()


def run_caught(arguments: list[str], fault: str) -> dict[str, Any]:
    """Run a command line with descriptors 1 and 2 caught."""
    from flows.cli import run

    kept = {number: os.dup(number) for number in (1, 2)}
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        for number, file in ((1, out), (2, err)):
            os.dup2(file.fileno(), number)
        try:
            with FAULTS[fault]():
                status = run(arguments)
        finally:
            sys.stdout.flush()
            sys.stderr.flush()
            for number, before in kept.items():
                os.dup2(before, number)
                os.close(before)
        texts = []
        for file in (out, err):
            file.seek(0)
            texts.append(file.read().decode())
    return {"status": status, "out": texts[0], "err": texts[1]}


def ask_prefect() -> dict[str, Any]:
    from prefect.client.orchestration import get_client

    with get_client(sync_client=True) as client:
        runs = {run.name: run.state.name if run.state else None for run in client.read_flow_runs()}
        artifacts = [
            {"key": a.key, "type": a.type, "data": a.data, "run": str(a.flow_run_id)}
            for a in sorted(client.read_artifacts(), key=lambda a: str(a.created))
        ]
    return {"runs": runs, "artifacts": artifacts}


def reading_breaks() -> AbstractContextManager[object]:
    """Every attempt to read pages raises, as when the pool's processes cannot be started."""
    return mock.patch("pipeline.reading.pool.ReadingPool.read", side_effect=RuntimeError("no reading today"))


def one_check_breaks() -> AbstractContextManager[object]:
    """A defect of ours that only the submission 甲_公司 hits."""
    from flows.check import run_check

    def broken(options: CheckOptions, *rest: Any) -> CheckOutcome:
        if options.paths[0].name == "甲_公司":
            raise RuntimeError("a defect of ours")
        return run_check(options, *rest)

    return mock.patch("flows.night.run_check", broken)


FAULTS: dict[str, Callable[[], AbstractContextManager[object]]] = {
    "": nullcontext,
    "reading_breaks": reading_breaks,
    "one_check_breaks": one_check_breaks,
}
