"""Reading text strips of 48 pixels height: connectionist temporal classification (Graves et al., ICML 2006) with PP-OCRv6 small.

Strips are sorted by width and padded in batches. The model's output has 18,710 classes a time step, so a batch is bounded by pixels:
that is what bounds the memory of a reader (OCR.md, 1).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from pipeline.reading.engine import Floats, Image, Session, pixels
from pipeline.reading.models import ModelError, model_path

HEIGHT = 48
_MIN_WIDTH = 160
_MAX_WIDTH = 4096
_MAX_BATCH = 8
_BATCH_PIXELS = 2048
"""Padded widths of one batch: 256 time steps x 18,710 classes x 4 bytes = 19 MB of output. Larger ones were no faster (measured)."""


@dataclass(frozen=True, slots=True)
class Said:
    """What a strip says; ``marks`` are the centres of the characters as fractions of the strip's width."""

    text: str
    confidence: float
    marks: tuple[float, ...]


class StripReader:
    """Recognises ready-made strips."""

    def __init__(self, threads: int = 1) -> None:
        self._session = Session(model_path("recognition"), threads)
        # Not splitlines(): the dictionary may hold characters that it would take for line ends.
        characters = self._session.metadata.get("character", "").rstrip("\n").split("\n")
        self._characters = ["", *characters, " "]
        if len(self._characters) != self._session.classes:
            raise ModelError("文字识别模型与其字典不匹配。", "请重新安装依赖 rapidocr，再运行 shencai doctor 检查。")

    def read(self, strips: Sequence[Image]) -> list[Said]:
        """Any sizes, BGR or grey; the order is kept."""
        ready = [_to_height(strip) for strip in strips]
        order = sorted(range(len(ready)), key=lambda i: ready[i].shape[1])
        answers: list[Said] = [Said("", 0.0, ())] * len(ready)
        start = 0
        while start < len(order):
            first = max(_MIN_WIDTH, ready[order[start]].shape[1])
            widest = int(first * 1.12) + 32
            end = start + 1
            while end < len(order) and end - start < _MAX_BATCH:
                width = ready[order[end]].shape[1]
                if width > widest or (end - start + 1) * max(width, first) > _BATCH_PIXELS:
                    break
                end += 1
            batch = order[start:end]
            for i, said in zip(batch, self._batch([ready[i] for i in batch]), strict=True):
                answers[i] = said
            start = end
        return answers

    def _batch(self, strips: list[Image]) -> list[Said]:
        width = max(_MIN_WIDTH, max(strip.shape[1] for strip in strips))
        width = (width + 7) // 8 * 8
        x = np.zeros((len(strips), 3, HEIGHT, width), np.float32)
        for row, strip in zip(x, strips, strict=True):
            row[:, :, : strip.shape[1]] = (strip.astype(np.float32) / 127.5 - 1.0).transpose(2, 0, 1)
        chances = self._session.run(x)
        best = chances.argmax(2)
        sure = np.take_along_axis(chances, best[..., None], 2)[..., 0]
        return [self._said(best[i], sure[i], width / strip.shape[1]) for i, strip in enumerate(strips)]

    def _said(self, best: npt.NDArray[np.int64], sure: Floats, padding: float) -> Said:
        """Collapse repeats, drop blanks (class 0); a character stands in the middle of its run of time steps."""
        edges = np.flatnonzero(np.append(True, best[1:] != best[:-1]))
        ends = np.append(edges[1:], len(best))
        text: list[str] = []
        marks: list[float] = []
        confidences: list[float] = []
        for begin, end in zip(edges.tolist(), ends.tolist(), strict=True):
            if best[begin] == 0:
                continue
            text.append(self._characters[int(best[begin])])
            marks.append(min(1.0, (begin + end) / 2 / len(best) * padding))
            confidences.append(float(sure[begin]))
        return trimmed(Said("".join(text), float(np.mean(confidences)) if confidences else 0.0, tuple(marks)))


def trimmed(said: Said) -> Said:
    """Without blanks at the ends; marks follow. A dictionary entry of several code points would break the marks: drop them then."""
    if len(said.marks) != len(said.text):
        return Said(said.text.strip(), said.confidence, ())
    left = len(said.text) - len(said.text.lstrip())
    right = len(said.text.rstrip())
    return Said(said.text[left:right], said.confidence, said.marks[left:right]) if right > left else Said("", 0.0, ())


def _to_height(strip: Image) -> Image:
    if strip.ndim == 2:
        strip = np.repeat(strip[..., None], 3, axis=2)
    height, width = strip.shape[:2]
    if height < 1 or width < 1:
        return np.full((HEIGHT, 16, 3), 255, np.uint8)
    to_width = min(_MAX_WIDTH, max(16, round(width * HEIGHT / height)))
    if (height, width) == (HEIGHT, to_width):
        return strip
    shrink = height > HEIGHT
    return pixels(cv2.resize(strip, (to_width, HEIGHT), interpolation=cv2.INTER_AREA if shrink else cv2.INTER_CUBIC))
