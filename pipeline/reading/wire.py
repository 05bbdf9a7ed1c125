"""How the pool and its workers speak: frames of a four-byte length (big endian) and JSON in UTF-8, over one pair of pipes."""

from __future__ import annotations

import struct
from typing import IO

from pydantic import Field

from pipeline.intake.limits import Limits
from pipeline.model.base import Model
from pipeline.model.reading import PageReading
from pipeline.reading.task import PageTask

_HEAD = struct.Struct(">I")
MAX_FRAME = 64 * 1024 * 1024
"""A page of 100,000 characters with marks takes some 5 MB; more is not ours."""


class Request(Model):
    """Pool to worker."""

    task: PageTask
    limits: Limits = Field(default_factory=Limits)


class Reply(Model):
    """Worker to pool: exactly one of these is set. ``unable``: the models cannot be loaded, (message, next step)."""

    ready: bool = False
    reading: PageReading | None = None
    unable: tuple[str, str] | None = None


class BrokenPipe(Exception):
    """The other side is gone or talks nonsense."""


def send(stream: IO[bytes], message: Model) -> None:
    """Writes one frame.

    Raises:
        BrokenPipe: nobody reads any more.
    """
    body = message.model_dump_json().encode()
    try:
        stream.write(_HEAD.pack(len(body)) + body)
        stream.flush()
    except (OSError, ValueError) as problem:
        raise BrokenPipe(str(problem)) from problem


def receive(stream: IO[bytes]) -> bytes | None:
    """The body of the next frame; ``None`` at the end of the stream.

    Raises:
        BrokenPipe: the stream ends within a frame, or the frame is larger than allowed.
    """
    head = _exactly(stream, _HEAD.size)
    if head is None:
        return None
    (length,) = _HEAD.unpack(head)
    if length > MAX_FRAME:
        raise BrokenPipe(f"a frame of {length} bytes")
    body = _exactly(stream, length) if length else b""
    if body is None:
        raise BrokenPipe("the stream ends within a frame")
    return body


def _exactly(stream: IO[bytes], size: int) -> bytes | None:
    parts: list[bytes] = []
    missing = size
    while missing:
        try:
            part = stream.read(missing)
        except (OSError, ValueError) as problem:
            raise BrokenPipe(str(problem)) from problem
        if not part:
            if parts:
                raise BrokenPipe("the stream ends within a frame")
            return None
        parts.append(part)
        missing -= len(part)
    return b"".join(parts)
