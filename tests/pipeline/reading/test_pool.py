"""The pool: a page that crashes, hangs, eats memory or talks too much costs itself and nobody else."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from pipeline.intake.limits import Limits
from pipeline.model.reading import PageReading
from pipeline.reading.models import ModelError
from pipeline.reading.pool import PoolError, ReadingPool
from pipeline.reading.task import PageTask

HERE = Path(__file__).parent


@pytest.fixture(autouse=True)
def findable(monkeypatch: pytest.MonkeyPatch) -> None:
    """Workers must find the faulty reader."""
    monkeypatch.setenv("PYTHONPATH", str(HERE))


def make_pool(**options: object) -> ReadingPool:
    settings: dict[str, object] = {"workers": 2, "page_timeout_s": 20.0, "memory_mb": 1024, "reader": "faulty_reader"}
    return ReadingPool(**{**settings, **options})  # type: ignore[arg-type]


def task(index: int, fault: str = "fine") -> PageTask:
    return PageTask(key=f"k{index}", path=f"/nowhere/{fault}", media="pdf", index=index, content=f"h:{index}")


def read_all(pool: ReadingPool, tasks: list[PageTask]) -> dict[int, PageReading]:
    answers = list(pool.read(tasks))
    assert len(answers) == len(tasks)
    assert sorted(t.key for t, _ in answers) == sorted(t.key for t in tasks)
    return {t.index: reading for t, reading in answers}


@pytest.mark.slow
@pytest.mark.parametrize(
    ("fault", "code", "options"),
    [
        ("crash", "page_crashed", {}),
        ("exit", "page_crashed", {}),
        ("hang", "page_timeout", {"page_timeout_s": 1.0}),
        ("eat", "page_memory", {"memory_mb": 300}),
    ],
)
def test_a_faulty_page_costs_only_itself(fault: str, code: str, options: dict[str, object]) -> None:
    tasks = [task(i, fault if i == 3 else "fine") for i in range(8)]
    with make_pool(**options) as pool:
        readings = read_all(pool, tasks)
    for i, reading in readings.items():
        assert reading.content == f"h:{i}"
        if i == 3:
            assert reading.error_code == code
            assert reading.error and "人工" in reading.error
        else:
            assert reading.error is None
            assert reading.lines[0].text.startswith(f"第{i}页")


def test_noise_on_standard_output_does_no_harm() -> None:
    with make_pool(workers=1) as pool:
        readings = read_all(pool, [task(0), task(1, "noise"), task(2)])
    assert [readings[i].error for i in range(3)] == [None, None, None]
    assert len({r.reader for r in readings.values()}) == 1  # one process read them all


def test_a_worker_killed_from_outside_is_replaced_and_the_page_read(tmp_path: Path) -> None:
    """The system's memory killer is no fault of the page."""
    once = PageTask(key="k", path=str(tmp_path / "crash-once"), media="pdf", index=1, content="h:1")
    with make_pool(workers=1) as pool:
        (answer,) = pool.read([once])
    assert answer[1].error is None


def test_an_exception_in_the_reader_is_an_error_reading() -> None:
    with make_pool(workers=1) as pool:
        readings = read_all(pool, [task(0, "raise"), task(1)])
    assert readings[0].error_code == "page_unreadable"
    assert readings[1].error is None


def test_limits_reach_the_worker() -> None:
    with make_pool(workers=1, limits=Limits(pages=77)) as pool:
        readings = read_all(pool, [task(0)])
    assert readings[0].lines[0].text.endswith("77")


def test_two_threads_share_a_pool() -> None:
    with make_pool() as pool:
        results: dict[str, dict[int, PageReading]] = {}

        def reading(name: str, start: int) -> None:
            results[name] = read_all(pool, [task(i) for i in range(start, start + 20)])

        threads = [threading.Thread(target=reading, args=(name, start)) for name, start in (("a", 0), ("b", 100))]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(timeout=60)
    assert sorted(results["a"]) == list(range(20))
    assert sorted(results["b"]) == list(range(100, 120))
    assert all(r.content == f"h:{i}" for part in results.values() for i, r in part.items())


def test_tasks_are_taken_as_they_are_needed() -> None:
    taken = 0

    def endless() -> Iterator[PageTask]:
        nonlocal taken
        while True:
            taken += 1
            yield task(taken)

    with make_pool(workers=1) as pool:
        stream = pool.read(endless())
        for _ in range(5):
            next(stream)
        stream.close()  # type: ignore[attr-defined]
        assert taken < 20
        assert read_all(pool, [task(1)])[1].error is None  # and the pool goes on


def test_no_tasks_need_no_workers() -> None:
    with make_pool() as pool:
        assert list(pool.read([])) == []


@pytest.mark.parametrize(("fault", "kind", "words"), [("typed", ModelError, "缺少模型"), ("untyped", ModelError, "broken wheel"), ("die", PoolError, "libfoo")])
def test_models_that_do_not_load_are_one_typed_error(
    fault: str, kind: type[Exception], words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SHENCAI_TEST_LOAD", fault)
    with make_pool() as pool:
        with pytest.raises(kind, match=words):
            pool.warm()
        with pytest.raises(kind):
            list(pool.read([task(0)]))


def test_a_closed_pool_says_so_and_leaves_no_process() -> None:
    pool = make_pool()
    pool.warm()
    children = [p for p in psutil.Process().children() if "pipeline.reading.worker" in " ".join(p.cmdline())]
    assert len(children) == 2
    pool.close()
    pool.close()
    assert not any(p.is_running() and p.status() != psutil.STATUS_ZOMBIE for p in children)
    with pytest.raises(PoolError):
        list(pool.read([task(0)]))


PARENT = """
import sys, time
from pipeline.reading.pool import ReadingPool
from pipeline.reading.task import PageTask
import psutil
if __name__ == "__main__":
    pool = ReadingPool(workers=2, reader="faulty_reader")
    pool.warm()
    print(" ".join(str(c.pid) for c in psutil.Process().children()), flush=True)
    with pool:
        list(pool.read([PageTask(key="k", path="/x/hang", media="pdf", index=0, content="h:")]))
"""


@pytest.mark.slow
@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGKILL])
def test_workers_end_with_their_parent(ending: signal.Signals, tmp_path: Path) -> None:
    script = tmp_path / "parent.py"
    script.write_text(PARENT)
    environment = {**os.environ, "PYTHONPATH": f"{HERE}{os.pathsep}{HERE.parents[2]}"}
    parent = subprocess.Popen([sys.executable, str(script)], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment, text=True)
    assert parent.stdout
    pids = [int(pid) for pid in parent.stdout.readline().split()]
    assert len(pids) == 2
    parent.send_signal(ending)
    parent.wait(timeout=30)
    parent.stdout.close()
    for _ in range(100):
        if not any(psutil.pid_exists(pid) and psutil.Process(pid).status() != psutil.STATUS_ZOMBIE for pid in pids):
            return
        time.sleep(0.1)
    pytest.fail("a worker outlived its parent")
