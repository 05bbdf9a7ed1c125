"""A reader that takes its time and needs no models: pages for tests that interrupt a run. Loaded by worker processes.

How long a page takes, in seconds, stands in the environment (``SHENCAI_TEST_PAGE_S``).
"""

from __future__ import annotations

import os
import time

from pipeline.intake.limits import Limits
from pipeline.model.reading import Line, PageReading
from pipeline.reading.models import reader_version
from pipeline.reading.task import PageTask


def load_eyes() -> object:
    return object()


def read_page(task: PageTask, eyes: object, limits: Limits) -> PageReading:
    time.sleep(float(os.environ["SHENCAI_TEST_PAGE_S"]))
    line = Line(text=f"第{task.index}张", box=(0.1, 0.1, 0.5, 0.2), confidence=0.99)
    return PageReading(content=task.content, reader=reader_version(), width=100, height=140, lines=(line,))
