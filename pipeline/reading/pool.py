"""Many pages on all cores: own subprocesses with a pipe each, so that a page that crashes, hangs or eats memory costs itself only.

Not ``multiprocessing``: its children may not be started from daemonic workers (Dask), fork duplicates threads, and one broken child
breaks a whole ``ProcessPoolExecutor``. Each worker belongs to one thread of ours, which starts it, feeds it, times it and replaces it;
the thread lives as long as the pool because Linux ends a worker with the *thread* that started it.
"""

from __future__ import annotations

import os
import queue
import threading
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from types import TracebackType

from pipeline.errors import ShencaiError
from pipeline.intake.limits import Limits
from pipeline.model.reading import PageReading
from pipeline.reading.models import require_models
from pipeline.reading.process import WorkerExit, WorkerProcess
from pipeline.reading.task import FaultCode, PageTask, fault_reading

_AHEAD = 2
"""Pages handed out per worker and caller: enough to keep workers busy, few enough to stop early and to share fairly."""
_STARTS = 3
"""Failed starts in a row until the pool gives up."""


class PoolError(ShencaiError):
    """The reading processes cannot be started, or the pool is closed."""


@dataclass(slots=True)
class _Job:
    task: PageTask
    answers: queue.SimpleQueue[tuple[PageTask, PageReading | ShencaiError]]
    given_up: threading.Event


class ReadingPool:
    """Reads pages in ``workers`` processes (by default one per core), one thread each.

    ``page_timeout_s`` counts from the moment a loaded worker gets the page. ``memory_mb`` is the ceiling of one worker's resident
    memory. Several threads may call :meth:`read` on one pool at the same time. ``reader`` names the module that loads and reads; it is
    there for tests.
    """

    def __init__(
        self,
        workers: int | None = None,
        page_timeout_s: float = 120.0,
        memory_mb: int = 1536,
        limits: Limits | None = None,
        *,
        reader: str = "pipeline.reading.reader",
        start_timeout_s: float = 120.0,
    ) -> None:
        self._count = max(1, workers if workers is not None else default_workers())
        self._page_timeout = page_timeout_s
        self._memory = memory_mb * 1024 * 1024
        self._limits = limits or Limits()
        self._reader = reader
        self._start_timeout = start_timeout_s
        self._jobs: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._closing = threading.Event()
        self._eager = threading.Event()
        self._changed = threading.Condition()
        self._ready = 0
        self._failed_starts = 0
        self._broken: ShencaiError | None = None
        self._slots: list[threading.Thread] = []

    def __enter__(self) -> ReadingPool:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    @property
    def workers(self) -> int:
        """How many processes read."""
        return self._count

    def warm(self) -> None:
        """Starts all workers and waits until their models are loaded.

        Raises:
            ModelError, PoolError: they cannot be.
        """
        self._eager.set()
        self._start()
        with self._changed:
            self._changed.wait_for(lambda: self._ready >= self._count or self._broken is not None or self._closing.is_set())
        self._check()

    def read(self, tasks: Iterable[PageTask]) -> Iterator[tuple[PageTask, PageReading]]:
        """Readings as they are finished, not in the order of ``tasks``; one for each task. A page that cannot be read comes back
        with ``error`` set.

        Raises:
            ModelError, PoolError: no page can be read at all.
        """
        self._start()
        self._check()
        answers: queue.SimpleQueue[tuple[PageTask, PageReading | ShencaiError]] = queue.SimpleQueue()
        given_up = threading.Event()
        open_jobs = 0
        waiting = iter(tasks)
        more = True
        try:
            while True:
                while more and open_jobs < self._count * _AHEAD:
                    task = next(waiting, None)
                    if task is None:
                        more = False
                        break
                    self._jobs.put(_Job(task, answers, given_up))
                    open_jobs += 1
                if not open_jobs:
                    return
                try:
                    task, reading = answers.get(timeout=0.5)
                except queue.Empty:
                    self._check()  # nobody may be left to answer
                    continue
                open_jobs -= 1
                if isinstance(reading, ShencaiError):
                    raise reading
                yield task, reading
        finally:
            given_up.set()

    def close(self) -> None:
        """Ends all workers, whatever they are doing. Safe to call twice."""
        self._closing.set()
        for _ in self._slots:
            self._jobs.put(None)
        with self._changed:
            self._changed.notify_all()
        for slot in self._slots:
            slot.join(timeout=10.0)

    def _start(self) -> None:
        with self._changed:
            if self._closing.is_set():
                raise PoolError("读取进程池已关闭。", "请重新开始本次检查。")
            if not self._slots:
                if self._reader == "pipeline.reading.reader":
                    require_models()
                self._slots = [threading.Thread(target=self._run, name=f"reading-{i}", daemon=True) for i in range(self._count)]
                for slot in self._slots:
                    slot.start()

    def _check(self) -> None:
        if self._broken is not None:
            raise self._broken
        if self._closing.is_set():
            raise PoolError("读取进程池已关闭。", "请重新开始本次检查。")

    def _run(self) -> None:
        """The life of one slot: a worker is started for the first page (or by :meth:`warm`) and replaced when it is gone."""
        worker: WorkerProcess | None = None
        counted = False
        try:
            while not self._over():
                if worker is None and self._eager.is_set():
                    worker = self._new_worker()
                if worker is not None and not counted:
                    counted = True
                    with self._changed:
                        self._ready += 1
                        self._changed.notify_all()
                try:
                    job = self._jobs.get(timeout=0.5)
                except queue.Empty:
                    continue
                if job is None or job.given_up.is_set():
                    continue
                while worker is None and not self._over():
                    worker = self._new_worker()
                if worker is None:
                    return  # whoever waits for the page learns why from self._broken
                worker, answer = self._page(worker, job.task)
                job.answers.put((job.task, answer))
        finally:
            if worker is not None:
                worker.end()

    def _over(self) -> bool:
        return self._closing.is_set() or self._broken is not None

    def _page(self, worker: WorkerProcess, task: PageTask) -> tuple[WorkerProcess | None, PageReading | ShencaiError]:
        """The answer to one page and the worker to go on with. A worker lost for no reason of the page's own gets a second try."""
        for attempt in (1, 2):
            try:
                reading = worker.read(task, self._limits, self._page_timeout, self._closing)
            except WorkerExit as ending:
                worker.end(kill=True)
                if self._closing.is_set():
                    return None, PoolError("读取进程池已关闭。", "请重新开始本次检查。")
                if ending.code == "page_crashed" and attempt == 1:
                    fresh = self._new_worker()
                    if fresh is None:
                        return None, self._broken or self._fault(task, ending.code)
                    worker = fresh
                    continue
                return None, self._fault(task, ending.code)
            if worker.bloated():
                worker.end()
                return None, reading
            return worker, reading
        return None, self._fault(task, "page_crashed")

    def _fault(self, task: PageTask, code: FaultCode) -> PageReading:
        detail = {
            "page_timeout": f"超过{self._page_timeout:g}秒",
            "page_memory": f"超过{self._memory // (1024 * 1024)}MB",
        }.get(code, "")
        return fault_reading(task, code, detail)

    def _new_worker(self) -> WorkerProcess | None:
        """A loaded worker; ``None`` when it did not come up. After three in a row the pool is broken rather than restless."""
        try:
            worker = WorkerProcess(self._reader, self._memory)
            worker.wait_ready(self._start_timeout, self._closing)
        except ShencaiError as problem:
            self._break(problem)
            return None
        except WorkerExit as ending:
            if self._closing.is_set():
                return None
            with self._changed:
                self._failed_starts += 1
                hopeless = self._failed_starts >= _STARTS
            if hopeless:
                last = f"最后的信息：{ending.said}" if ending.said else ""
                self._break(PoolError(f"文字识别进程反复启动失败。{last}", "请运行 shencai doctor 检查安装和可用内存。"))
            return None
        with self._changed:
            self._failed_starts = 0
        return worker

    def _break(self, problem: ShencaiError) -> None:
        with self._changed:
            self._broken = self._broken or problem
            self._changed.notify_all()


def default_workers() -> int:
    """The cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return max(1, len(os.sched_getaffinity(0)))
    return max(1, os.cpu_count() or 1)
