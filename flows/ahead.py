"""Reading starts as soon as it is known what to read, while the embedded server still starts; the flow's tasks then wait
for their own pages. On two cores that saves the seconds in which one of them would stand idle."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from types import TracebackType

from flows.desk import Desk
from flows.pages import read_tasks
from pipeline.model import PageReading
from pipeline.reading.task import PageTask


class ReadingAhead:
    """All pages of a run on their way through the pool, in order; each is kept in the store when it is done, so that an
    interrupted run loses only the pages in hand. ``seen`` is called once for every page that is done."""

    def __init__(self, tasks: Sequence[PageTask], desk: Desk, seen: Callable[[], None]) -> None:
        self._desk = desk
        self._seen = seen
        self._pages: dict[str, Future[PageReading]] = {task.content: Future() for task in tasks}
        self._stopped = threading.Event()
        if tasks:
            threading.Thread(target=self._run, args=(tuple(tasks),), name="reading-ahead", daemon=True).start()

    def __enter__(self) -> ReadingAhead:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.stop()

    def stop(self) -> None:
        """Read no more pages; whoever waits for one is told at once (``CancelledError``)."""
        self._stopped.set()
        for page in self._pages.values():
            page.cancel()

    def take(self, tasks: Sequence[PageTask]) -> list[PageReading]:
        """The readings of ``tasks``, as soon as all are there. Pages that the reading ahead did not get are read now, so
        that a task that is tried again does try again. Raises what the pool raises."""
        failed = [task for task in tasks if self._pages[task.content].exception() is not None]
        again = {reading.content: reading for reading in read_tasks(failed, self._desk)} if failed else {}
        return [again.get(task.content) or self._pages[task.content].result() for task in tasks]

    def _run(self, tasks: tuple[PageTask, ...]) -> None:
        try:
            for task, reading in self._desk.pool.read(tasks):
                self._desk.store.keep_readings([reading], self._desk.recipe)
                if self._stopped.is_set():
                    return
                self._pages[task.content].set_result(reading)
                self._seen()
        except Exception as error:  # handed to whoever waits: a Prefect task, which tries again and reports
            for page in self._pages.values():
                if not page.done():
                    page.set_exception(error)
