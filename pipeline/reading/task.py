"""What the reading pool is asked, and how it says that a page could not be read."""

from __future__ import annotations

from typing import Literal

from pipeline.model.base import Model
from pipeline.model.reading import PageReading
from pipeline.model.submission import Media
from pipeline.reading.models import reader_version

FaultCode = Literal["page_timeout", "page_crashed", "page_memory", "page_unreadable"]

_SENTENCES: dict[FaultCode, str] = {
    "page_timeout": "本页读取超时",
    "page_crashed": "读取本页时程序意外中断",
    "page_memory": "读取本页占用内存过大",
    "page_unreadable": "本页无法读取",
}


class PageTask(Model):
    """One page to read. ``key`` is the caller's own name for it and comes back untouched; ``content`` is the page's hash."""

    key: str
    path: str
    media: Media
    index: int
    content: str
    dpi: int = 200


def fault_reading(task: PageTask, code: FaultCode, detail: str = "") -> PageReading:
    """A reading that says only why there is none. It names no page, since equal pages share readings."""
    brackets = f"（{detail}）" if detail else ""
    return PageReading(
        content=task.content,
        reader=reader_version(),
        width=0,
        height=0,
        error=f"{_SENTENCES[code]}{brackets}，系统未能识别其内容，请人工查看该页原件，或重新扫描后再提交。",
        error_code=code,
    )
