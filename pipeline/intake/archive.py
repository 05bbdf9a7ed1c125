"""Zip archives, unpacked so that no member can escape, explode or hide. Members are written under names of our own
making (the hash of their bytes), never under theirs, so a name like ``../../etc/passwd`` is only ever a label."""

from __future__ import annotations

import hashlib
import lzma
import stat
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import FileProblem
from pipeline.intake.limits import Limits
from pipeline.intake.media import SYSTEM_FOLDERS, Kind, sniff
from pipeline.intake.names import member_names, shown_path
from pipeline.intake.order import natural_key
from pipeline.intake.problems import file_problem, of_error, problem
from pipeline.model import Problem

_CHUNK = 1024 * 1024


@dataclass
class Budget:
    """What all archives of one intake may still use up."""

    bytes: int
    members: int


@dataclass(frozen=True)
class Member:
    """A member of an archive: unpacked at ``path``, or not, and then ``problem`` says why. ``shown`` is its path inside
    the archive."""

    shown: str
    path: Path | None
    sha256: str = ""
    size: int = 0
    kind: Kind | None = None
    problem: Problem | None = None


def unpack(archive: Path, into: Path, limits: Limits, budget: Budget) -> Iterator[Member]:
    """All files of ``archive`` in natural order, unpacked one by one into ``into``.

    Raises FileProblem when nothing of the archive can be used (broken, encrypted throughout, empty)."""
    try:
        package = zipfile.ZipFile(archive)
    except (zipfile.BadZipFile, UnicodeDecodeError, ValueError, OSError, EOFError, NotImplementedError) as error:
        raise file_problem("broken_archive") from error
    with package:
        infos = [info for info in package.infolist() if not _is_folder(info)]
        if not infos:
            raise file_problem("empty_archive")
        if len(infos) > budget.members:
            raise file_problem("archive_too_large", f"{limits.zip_members} 个文件")
        if all(info.flag_bits & 1 for info in infos):
            raise file_problem("encrypted")
        budget.members -= len(infos)
        yield from _members(package, infos, into, limits, budget)


def _is_folder(info: zipfile.ZipInfo) -> bool:
    # A trailing backslash alone is no proof: 5C is also the second byte of many GBK characters.
    return info.orig_filename.endswith("/") or (info.orig_filename.endswith("\\") and info.file_size == 0)


def _members(
    package: zipfile.ZipFile, infos: list[zipfile.ZipInfo], into: Path, limits: Limits, budget: Budget
) -> Iterator[Member]:
    named = [(shown_path(name, limits.path_chars), info) for name, info in zip(member_names(infos), infos, strict=True)]
    rubbish: dict[str, int] = {}
    seen: dict[str, int] = {}
    for shown, info in sorted(named, key=lambda pair: natural_key(pair[0])):
        parts = shown.split("/")
        depth = next((i for i, part in enumerate(parts[:-1]) if part.lower() in SYSTEM_FOLDERS), None)
        if depth is not None:
            folder = "/".join(parts[: depth + 1])
            rubbish[folder] = rubbish.get(folder, 0) + 1
            continue
        seen[shown] = seen.get(shown, 0) + 1
        if seen[shown] > 1:  # two members of one name are two papers, not one
            shown = f"{shown}〔{seen[shown]}〕"
        try:
            yield _extract(package, info, shown, into, limits, budget)
        except FileProblem as error:
            yield Member(shown, None, size=info.file_size, problem=of_error(error))
    for folder, count in sorted(rubbish.items()):
        yield Member(f"{folder}/", None, problem=problem("system_file", f"文件夹（{count} 个文件）"))


def _extract(
    package: zipfile.ZipFile, info: zipfile.ZipInfo, shown: str, into: Path, limits: Limits, budget: Budget
) -> Member:
    """One member, streamed: what it claims is checked first, what really comes out is counted as it comes."""
    if info.flag_bits & 1:
        raise file_problem("encrypted")
    if stat.S_ISLNK(info.external_attr >> 16):
        raise file_problem("link_in_archive")
    _check_size(info.file_size, info.compress_size, limits, budget)
    digest, size = hashlib.sha256(), 0
    into.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=into, prefix="part-", delete=False) as out:
        part = Path(out.name)
        try:
            with package.open(info) as stream:
                while block := stream.read(_CHUNK):
                    size += len(block)
                    _check_size(size, info.compress_size, limits, budget)
                    digest.update(block)
                    out.write(block)
            out.flush()
            kind = sniff(part, shown)
            name = digest.hexdigest()
            path = into / f"{name[:32]}{kind.suffix or '.bin'}"
            part.replace(path)
        except (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, OSError, NotImplementedError, RuntimeError) as error:
            raise file_problem("unreadable", "压缩数据损坏或压缩方法不支持") from error
        finally:
            budget.bytes -= size  # what came out counts even when it is thrown away again
            part.unlink(missing_ok=True)
    return Member(shown, path, name, size, kind)


def _check_size(size: int, packed: int, limits: Limits, budget: Budget) -> None:
    if size > limits.file_bytes:
        raise file_problem("file_too_large", megabytes(size))
    if size > limits.zip_ratio_floor and size > limits.zip_ratio * max(1, packed):
        raise file_problem("archive_bomb", f"{size // max(1, packed)} 倍")
    if size > budget.bytes:
        raise file_problem("archive_too_large", megabytes(limits.unpacked_bytes))


def megabytes(size: int) -> str:
    """A size as people read it."""
    return f"{size / 1024 / 1024:,.0f} MB"
