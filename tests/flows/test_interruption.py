"""Ctrl-C, ``kill`` and ``kill -9`` in the middle of a run: the ending, what is left behind, and what the next run knows.

The run is the real command in a real process with a real server and real reading processes; only the reading itself is
replaced by one that sleeps, so that there is a middle to interrupt.
"""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass, field
from pathlib import Path

import psutil
import pytest

from tests.flows.teller import surroundings

pytestmark = [pytest.mark.slow, pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")]
PAGES = 96
PAGE_S = 2.0
"""Long enough that a busy machine has the flow running before the pages are read."""
PATIENCE_S = 240.0
COMMAND = """
from functools import partial
import flows.desk
from flows.cli import main
flows.desk.ReadingPool = partial(flows.desk.ReadingPool, reader="tests.flows.slow_reader")
main()
"""


@dataclass
class Place:
    """A home and a submission of :data:`PAGES` pages."""

    home: Path
    papers: Path
    started: list[subprocess.Popen[str]] = field(default_factory=list)

    def start(self, page_s: float) -> subprocess.Popen[str]:
        environment = {**surroundings(self.home), "SHENCAI_TEST_PAGE_S": str(page_s), "SHENCAI_WORKERS": "2"}
        process = subprocess.Popen(
            [sys.executable, "-c", COMMAND, "check", str(self.papers), "--json", "-"],
            env=environment, cwd=self.home.parent, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True,
        )  # fmt: skip
        self.started.append(process)
        return process

    def finish(self) -> dict[str, int]:
        """A whole run, as fast as it goes; its timing."""
        process = self.start(0.0)
        out, err = process.communicate(timeout=PATIENCE_S)
        assert process.returncode in (0, 1), err
        timing = json.loads(out)["timing"]
        assert isinstance(timing, dict)
        return timing

    def readings(self) -> int:
        return int(self._ask(self.home / "shencai.db", "select count(*) from reading") or "0")

    def running(self) -> int:
        return int(self._ask(self.home / "prefect" / "prefect.db", "select count(*) from flow_run where state_type = 'RUNNING'") or "0")

    def states(self) -> list[str]:
        """States of all flow runs, oldest first."""
        query = "select group_concat(state_type) from (select state_type from flow_run order by created)"
        return self._ask(self.home / "prefect" / "prefect.db", query).split(",")

    def processes(self) -> list[psutil.Process]:
        """Every process that carries our home, whoever its parent is."""
        found = []
        for process in psutil.process_iter():
            with suppress(psutil.Error, OSError):
                if process.environ().get("SHENCAI_HOME") == str(self.home) and process.status() != psutil.STATUS_ZOMBIE:
                    found.append(process)
        return found

    @staticmethod
    def _ask(database: Path, query: str) -> str:
        """The one value of a query as text; empty while there is no such database or table yet."""
        if not database.exists():
            return ""
        with suppress(sqlite3.OperationalError), closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as connection:
            return str(connection.execute(query).fetchone()[0])
        return ""


def until(happened: Callable[[], object], process: subprocess.Popen[str] | None = None) -> None:
    """Wait for something; fail when the process ends first or nothing comes."""
    deadline = time.monotonic() + PATIENCE_S
    while not happened():
        assert process is None or process.poll() is None, process.communicate()
        assert time.monotonic() < deadline, "it never happened"
        time.sleep(0.05)


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    import pikepdf

    papers = tmp_path / "材料"
    papers.mkdir()
    pdf = pikepdf.new()
    for number in range(PAGES):
        page = pdf.add_blank_page(page_size=(200, 300))
        page.Contents = pdf.make_stream(b"%d 0 m 50 50 l S" % number)
    pdf.save(papers / "扫描件.pdf")
    found = Place(tmp_path / "home", papers)
    yield found
    for process in found.processes():  # whatever a failed test has left
        with suppress(psutil.Error):
            process.kill()
    for started in found.started:
        started.kill()
        started.communicate()


def resumed(place: Place, before: int) -> None:
    """The next run reads only what the interrupted one had not kept."""
    timing = place.finish()
    assert timing["pages"] == PAGES
    assert timing["pages_from_cache"] >= before > 0
    assert timing["pages_from_cache"] + timing["pages_read"] == PAGES
    assert timing["pages_read"] > 0


@pytest.mark.parametrize(
    ("moment", "how"),
    [("while the server starts", signal.SIGINT), ("in the flow", signal.SIGINT), ("in the flow", signal.SIGTERM)],
)
def test_ctrl_c_ends_everything_and_keeps_what_was_read(moment: str, how: signal.Signals, place: Place) -> None:
    process = place.start(PAGE_S)
    until(place.readings, process)
    if moment == "in the flow":
        until(place.running, process)
    os.kill(process.pid, how)
    out, err = process.communicate(timeout=PATIENCE_S)
    kept = place.readings()
    assert process.returncode == 130, err
    assert out == ""
    assert err.count("\n") == 1 and err.startswith("shencai: 已中断"), err
    assert place.processes() == []
    assert kept < PAGES, "it read on to the end"
    assert place.running() == 0
    resumed(place, kept)


def test_ctrl_c_twice_is_no_worse(place: Place) -> None:
    process = place.start(PAGE_S)
    until(place.running, process)
    os.kill(process.pid, signal.SIGINT)
    time.sleep(0.3)
    with suppress(ProcessLookupError):
        os.kill(process.pid, signal.SIGINT)
    _, err = process.communicate(timeout=PATIENCE_S)
    assert process.returncode in (130, -signal.SIGINT)
    assert "Traceback" not in err, err
    until(lambda: not place.processes())


def test_after_a_kill_nothing_lives_on_and_the_next_run_knows(place: Place) -> None:
    process = place.start(PAGE_S)
    until(place.running, process)
    until(place.readings, process)
    assert len(place.processes()) >= 4  # the run, its server, two readers
    os.kill(process.pid, signal.SIGKILL)
    process.communicate(timeout=PATIENCE_S)
    until(lambda: not place.processes())
    assert place.states() == ["RUNNING"]  # nobody could say otherwise
    resumed(place, place.readings())
    assert place.states() == ["CRASHED", "COMPLETED"]
    assert place.processes() == []
