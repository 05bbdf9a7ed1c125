"""One reading process: ``python -m pipeline.reading.worker``. Loads the models once, then answers one page at a time.

File descriptor 1 is kept for the pool and then pointed at standard error, so that no library's chatter gets between the frames.
The process ends when its input ends or its parent dies.
"""

from __future__ import annotations

import argparse
import contextlib
import ctypes
import importlib
import os
import signal
import sys
import threading
import time
from typing import IO, Any, Protocol

from pipeline.errors import ShencaiError
from pipeline.intake.limits import Limits
from pipeline.model.reading import PageReading
from pipeline.reading.task import PageTask, fault_reading
from pipeline.reading.wire import BrokenPipe, Reply, Request, receive, send

_PR_SET_PDEATHSIG = 1
_DATA_HEADROOM = 2
"""The pool kills a worker above its ceiling; this multiple of it is where allocation itself fails, should the pool be too slow."""


class Reader(Protocol):
    """What the module named by ``--reader`` offers."""

    def load_eyes(self) -> Any:
        """Loads the models."""

    def read_page(self, task: PageTask, eyes: Any, limits: Limits) -> PageReading:
        """Reads one page."""


def main(arguments: list[str] | None = None) -> int:
    """Runs until the input ends. Exit status 3: the models could not be loaded."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--reader", default="pipeline.reading.reader")
    parser.add_argument("--memory-mb", type=int, default=0)
    options = parser.parse_args(arguments)
    source, sink = _take_pipes()
    _die_with_parent()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to handle
    _cap_memory(options.memory_mb)
    try:
        reader: Reader = importlib.import_module(options.reader)
        eyes = reader.load_eyes()
    except ShencaiError as problem:
        send(sink, Reply(unable=(problem.message, problem.next_step)))
        return 3
    except Exception as problem:
        send(sink, Reply(unable=(f"文字识别进程无法启动（{type(problem).__name__}: {problem}）。", "请运行 shencai doctor 检查安装。")))
        return 3
    try:
        send(sink, Reply(ready=True))
        _serve(reader, eyes, source, sink)
    except BrokenPipe:
        return 0
    return 0


def _serve(reader: Reader, eyes: Any, source: IO[bytes], sink: IO[bytes]) -> None:
    while (body := receive(source)) is not None:
        request = Request.model_validate_json(body)
        try:
            reading = reader.read_page(request.task, eyes, request.limits)
        except MemoryError:
            reading = fault_reading(request.task, "page_memory")
        except Exception as problem:  # read_page keeps its word; this is the last net
            reading = fault_reading(request.task, "page_unreadable", type(problem).__name__)
        send(sink, Reply(reading=reading))


def _take_pipes() -> tuple[IO[bytes], IO[bytes]]:
    """Our own ends of both pipes; descriptors 0 and 1 are then harmless."""
    source, sink = os.dup(0), os.dup(1)
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    sys.stdout.flush()
    os.dup2(2, 1)
    return os.fdopen(source, "rb"), os.fdopen(sink, "wb")


def _die_with_parent() -> None:
    """Linux kills us with the thread that started us; elsewhere, and in any case, a watch on the parent's id does."""
    parent = os.getppid()
    if sys.platform == "linux":
        with contextlib.suppress(OSError, AttributeError):
            ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(2.0)
        os._exit(1)

    threading.Thread(target=watch, name="parent-watch", daemon=True).start()


def _cap_memory(memory_mb: int) -> None:
    if memory_mb <= 0 or sys.platform == "win32":
        return
    import resource

    most = memory_mb * _DATA_HEADROOM * 1024 * 1024
    with contextlib.suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_DATA, (most, resource.getrlimit(resource.RLIMIT_DATA)[1]))


if __name__ == "__main__":
    sys.exit(main())
