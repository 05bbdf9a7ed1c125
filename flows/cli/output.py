"""Where results go: JSON to a file or to standard output, and then nothing else goes there."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel

from pipeline.errors import UsageError


@dataclass(frozen=True)
class Output:
    """``target`` is the value of ``--json``: a path, ``-``, or None."""

    target: str | None = None

    def say(self, lines: Iterable[str]) -> None:
        """The short human summary: to standard output, or to standard error when JSON goes there."""
        stream = sys.stderr if self.target == "-" else sys.stdout
        for line in lines:
            stream.write(line + "\n")
        stream.flush()

    def write(self, result: object) -> None:
        """Write the result as JSON, if asked for. Raises :class:`UsageError` when the file cannot be written."""
        if self.target is None:
            return
        if isinstance(result, BaseModel):
            text = result.model_dump_json(indent=1)
        else:
            text = json.dumps(result, ensure_ascii=False, indent=1)
        if self.target == "-":
            sys.stdout.write(text + "\n")
            sys.stdout.flush()
            return
        try:
            Path(self.target).write_text(text + "\n", encoding="utf-8")
        except OSError as error:
            raise UsageError(f"写不了 {self.target}：{error.strerror}。", "请换一个可写的位置。") from error
