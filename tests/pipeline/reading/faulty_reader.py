"""A reader that misbehaves on demand, for the tests of the pool: the page's path names the fault. It is loaded by worker processes."""

from __future__ import annotations

import ctypes
import os
import signal
import sys
import time
from pathlib import Path

from pipeline.errors import ShencaiError
from pipeline.intake.limits import Limits
from pipeline.model.reading import Line, PageReading
from pipeline.reading.models import ModelError
from pipeline.reading.task import PageTask


class Eyes:
    """Stands for loaded models; counts what this worker has read."""

    pages = 0


def load_eyes() -> Eyes:
    """Loads, or fails as the environment says."""
    fault = os.environ.get("SHENCAI_TEST_LOAD", "")
    if fault == "typed":
        raise ModelError("缺少模型。", "请重新安装。")
    if fault == "untyped":
        raise ValueError("broken wheel")
    if fault == "die":
        sys.stderr.write("cannot load libfoo\n")
        sys.stderr.flush()
        os._exit(9)
    return Eyes()


def read_page(task: PageTask, eyes: Eyes, limits: Limits) -> PageReading:
    """A tiny reading, after the fault that the path asks for."""
    fault = Path(task.path).name
    if fault == "crash":
        os.kill(os.getpid(), signal.SIGSEGV)
    if fault == "crash-once":
        mark = Path(task.path).with_suffix(".seen")
        if not mark.exists():
            mark.touch()
            os.kill(os.getpid(), signal.SIGKILL)
    if fault == "exit":
        os._exit(0)
    if fault == "hang":
        while True:
            time.sleep(1)
    if fault == "eat":
        held = []
        while True:
            held.append(bytearray(b"x") * (8 * 1024 * 1024))
            time.sleep(0.005)
    if fault == "noise":
        print("chatter on standard output" * 2000)
        os.write(1, b"\x00\x00\x00\x05chatter of a C library")
        ctypes.CDLL(None).puts(b"more chatter")
        sys.stderr.write("x" * 200_000 + "\n")
    if fault == "raise":
        raise ShencaiError("不该到这里", "。")
    if fault == "slow":
        time.sleep(0.3)
    eyes.pages += 1
    return PageReading(
        content=task.content, reader=f"pid {os.getpid()}", width=task.index, height=1,
        lines=(Line(text=f"第{task.index}页 {limits.pages}", box=(0, 0, 1, 1)),), source="ocr",
    )  # fmt: skip
