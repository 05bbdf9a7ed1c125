"""One worker as its owner sees it: started, fed, timed, weighed and ended."""

from __future__ import annotations

import collections
import contextlib
import logging
import os
import queue
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import IO

import psutil
from pydantic import ValidationError

import pipeline
from pipeline.intake.limits import Limits
from pipeline.model.reading import PageReading
from pipeline.reading.models import ModelError
from pipeline.reading.task import FaultCode, PageTask
from pipeline.reading.wire import BrokenPipe, Reply, Request, receive, send

_log = logging.getLogger("shencai.reading")
_GLANCE_S = 0.1
"""How often memory is looked at while a page is read: an eater of 1 GB/s oversteps its ceiling by 100 MB."""
_BLOATED = 0.75
"""Share of the ceiling above which an idle worker is replaced before it gets the next page."""
_ONE_THREAD = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "OMP_THREAD_LIMIT")


class WorkerExit(Exception):
    """The worker is of no use any more. ``said`` is its last line on standard error."""

    def __init__(self, code: FaultCode, said: str = "") -> None:
        super().__init__(code)
        self.code: FaultCode = code
        self.said = said


class WorkerProcess:
    """A started reading process. Use it from one thread, the one that started it, and keep that thread alive."""

    def __init__(self, reader: str, memory: int) -> None:
        """``memory``: ceiling of resident bytes."""
        self._memory = memory
        self._last_words: collections.deque[str] = collections.deque(maxlen=20)
        command = [sys.executable, "-m", "pipeline.reading.worker", "--reader", reader, "--memory-mb", str(memory // (1024 * 1024))]
        try:
            self._process = subprocess.Popen(
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                env=_environment(),
                start_new_session=True,  # Ctrl-C on the terminal must not reach it
            )
        except OSError as problem:
            raise WorkerExit("page_crashed", str(problem)) from problem
        assert self._process.stdin and self._process.stdout and self._process.stderr
        self._input: IO[bytes] = self._process.stdin
        self._replies: queue.SimpleQueue[Reply | None] = queue.SimpleQueue()
        self._threads = [
            threading.Thread(target=self._listen, args=(self._process.stdout,), name="worker-replies", daemon=True),
            threading.Thread(target=self._drain, args=(self._process.stderr,), name="worker-noise", daemon=True),
        ]
        for thread in self._threads:
            thread.start()
        try:
            self._watched: psutil.Process | None = psutil.Process(self._process.pid)
        except psutil.Error:
            self._watched = None

    @property
    def pid(self) -> int:
        """The process id."""
        return self._process.pid

    def wait_ready(self, timeout_s: float, closing: threading.Event) -> None:
        """Waits for the models.

        Raises:
            ModelError: they cannot be loaded; trying again is no use.
            WorkerExit: the process died, or took too long.
        """
        try:
            reply = self._wait(timeout_s, closing)
        except WorkerExit:
            self.end(kill=True)
            raise
        if reply.unable:
            self.end()
            raise ModelError(*reply.unable)
        if not reply.ready:
            self.end(kill=True)
            raise WorkerExit("page_crashed", "no READY")

    def read(self, task: PageTask, limits: Limits, timeout_s: float, closing: threading.Event) -> PageReading:
        """Reads one page.

        Raises:
            WorkerExit: it crashed, took too long or too much memory, or the pool is closing; end it then.
        """
        try:
            send(self._input, Request(task=task, limits=limits))
        except BrokenPipe:
            raise WorkerExit("page_crashed", self._said()) from None
        reading = self._wait(timeout_s, closing).reading
        if reading is None:
            raise WorkerExit("page_crashed", "no reading")
        return reading

    def bloated(self) -> bool:
        """Whether it should be replaced before the next page."""
        return self._resident() > _BLOATED * self._memory

    def end(self, *, kill: bool = False) -> None:
        """Ends the process: by closing its input, or at once."""
        if kill:
            self._process.kill()
        with contextlib.suppress(OSError, ValueError):
            self._input.close()
        try:
            self._process.wait(timeout=1.0)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        for thread in self._threads:
            thread.join(timeout=2.0)
        for stream in (self._process.stdout, self._process.stderr):
            if stream and not any(thread.is_alive() for thread in self._threads):
                stream.close()

    def _wait(self, timeout_s: float, closing: threading.Event) -> Reply:
        until = time.monotonic() + timeout_s
        while True:
            try:
                reply = self._replies.get(timeout=max(0.0, min(_GLANCE_S, until - time.monotonic())))
            except queue.Empty:
                if closing.is_set():
                    raise WorkerExit("page_crashed", "closing") from None
                if self._resident() > self._memory:
                    raise WorkerExit("page_memory") from None
                if time.monotonic() >= until:
                    raise WorkerExit("page_timeout") from None
                continue
            if reply is None:
                raise WorkerExit("page_crashed", self._said())
            return reply

    def _resident(self) -> int:
        try:
            return int(self._watched.memory_info().rss) if self._watched else 0
        except psutil.Error:
            return 0

    def _listen(self, stream: IO[bytes]) -> None:
        """Frames become replies; the end, or nonsense, becomes ``None``."""
        try:
            while (body := receive(stream)) is not None:
                self._replies.put(Reply.model_validate_json(body))
        except (BrokenPipe, ValidationError) as problem:
            self._last_words.append(f"{type(problem).__name__}")
        self._replies.put(None)

    def _drain(self, stream: IO[bytes]) -> None:
        """Standard error must be emptied, else the worker stops when the pipe is full."""
        with contextlib.suppress(OSError, ValueError):
            while chunk := stream.readline(4096):
                said = chunk.decode("utf-8", "replace").rstrip()
                if said:
                    self._last_words.append(said[:300])
                    _log.debug("worker %d: %s", self._process.pid, said[:300])

    def _said(self) -> str:
        self._threads[1].join(timeout=0.5)
        return self._last_words[-1] if self._last_words else ""


def _environment() -> dict[str, str]:
    environment = dict(os.environ)
    for name in _ONE_THREAD:
        environment[name] = "1"
    environment["PYTHONUNBUFFERED"] = "1"
    environment["MALLOC_ARENA_MAX"] = "2"
    root = str(Path(pipeline.__file__).resolve().parent.parent)
    known = environment.get("PYTHONPATH")
    environment["PYTHONPATH"] = f"{root}{os.pathsep}{known}" if known else root
    return environment
