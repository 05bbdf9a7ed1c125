"""Safe text and safe files: what came out of a hostile paper must not break XML, and a half-written paper must not be seen."""

from __future__ import annotations

import io
import os
import re
import tempfile
import zipfile
from datetime import datetime
from pathlib import Path

from pipeline.errors import ShencaiError

_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# Marks that turn the direction of the text around them: a hostile name could make a sentence read backwards.
_BIDI = re.compile("[\u202a-\u202e\u2066-\u2069\u200e\u200f]")
_MODIFIED = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*(</dcterms:)")


class ReportWriteError(ShencaiError):
    """A paper cannot be written: open in another program, no right, disk full."""


def clean(text: object) -> str:
    """``text`` without what XML 1.0 forbids (control characters, lone surrogates) and without bidi overrides."""
    return _BIDI.sub("", _NOT_XML.sub("", str(text)))


def one_line(text: object) -> str:
    """Cleaned, with runs of white space as one blank."""
    return " ".join(clean(text).split())


def shorten(text: str, most: int) -> str:
    """At most ``most`` characters, the cut shown by an ellipsis."""
    return text if len(text) <= most else text[: most - 1] + "…"


def write_atomic(path: Path, content: bytes) -> None:
    """Replace ``path`` in one step; a reader sees the old file or the new one, never half of one.

    Raises:
        ReportWriteError: when the file cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=".shencai-", suffix=".tmp")
        temporary = Path(name)
        try:
            with os.fdopen(handle, "wb") as out:
                out.write(content)
            temporary.chmod(0o644)
            temporary.replace(path)
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise
    except OSError as error:
        raise ReportWriteError(
            f"写不了文件“{path}”（{error.strerror or error}）。", "请关闭正在打开它的程序，检查磁盘空间和写入权限后重试。"
        ) from error


def stamp_of(created_at: str) -> datetime:
    """The moment a report was made, without zone, for file properties; the epoch of ZIP where it cannot be read."""
    try:
        stamp = datetime.fromisoformat(created_at).replace(tzinfo=None, microsecond=0)
    except ValueError:
        return datetime(1980, 1, 1)  # noqa: DTZ001 - file properties carry no zone
    return stamp if stamp.year >= 1980 else datetime(1980, 1, 1)  # noqa: DTZ001


def same_bytes(package: bytes, stamp: datetime) -> bytes:
    """An Office package with all its times set to ``stamp``, so that equal reports give equal bytes."""
    moment = (stamp.year, stamp.month, stamp.day, stamp.hour, stamp.minute, stamp.second)
    text = stamp.strftime("%Y-%m-%dT%H:%M:%SZ").encode()
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            content = source.read(name)
            if name == "docProps/core.xml":
                content = _MODIFIED.sub(rb"\g<1>" + text + rb"\g<3>", content)
            entry = zipfile.ZipInfo(name, moment)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            target.writestr(entry, content)
    return out.getvalue()
