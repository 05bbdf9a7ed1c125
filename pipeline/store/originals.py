"""Originals kept by hash: equal files once, never changed, never overwritten."""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from pathlib import Path

BLOCK = 1 << 20


def keep_originals(path: Path, home: Path) -> list[Path]:
    """Copy a file, or every file of a folder, to ``home/ab/<sha256>``; returns where they lie.

    Links are not followed. The copy is written beside and moved into place, so that a half-written one is never taken for
    an original. Raises :class:`OSError` when the disk says no.
    """
    kept = []
    files = [path] if path.is_file() else [p for p in sorted(path.rglob("*")) if p.is_file() and not p.is_symlink()]
    for file in files:
        digest = hashlib.sha256()
        with file.open("rb") as stream:
            while block := stream.read(BLOCK):
                digest.update(block)
        target = home / digest.hexdigest()[:2] / digest.hexdigest()
        if not target.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            with tempfile.NamedTemporaryFile(dir=target.parent, delete=False) as copy:
                with file.open("rb") as stream:
                    shutil.copyfileobj(stream, copy, BLOCK)
                half = Path(copy.name)
            half.chmod(0o444)
            half.replace(target)
        kept.append(target)
    return kept
