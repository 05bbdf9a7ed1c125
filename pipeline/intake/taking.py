"""Paths → files and pages. Every file met is listed, readable or not: nothing is silently dropped."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import FileProblem, UsageError
from pipeline.intake.archive import Budget, megabytes, unpack
from pipeline.intake.counting import count_pages
from pipeline.intake.limits import Limits
from pipeline.intake.media import SYSTEM_FOLDERS, Kind, sniff, system_file
from pipeline.intake.names import shorten
from pipeline.intake.order import natural_key
from pipeline.intake.problems import of_error, problem
from pipeline.model import FileRole, Problem, SourceFile

_CHUNK = 1024 * 1024


@dataclass(frozen=True)
class Intake:
    """What came in. ``files`` are in natural order, members right after their archive."""

    files: tuple[SourceFile, ...]
    places: dict[str, Path]

    def path_of(self, file_id: str) -> Path:
        """Where the file's bytes can be read: the original itself for plain files (never to be written to), an unpacked
        or repaired copy in the workspace otherwise. Raises KeyError for ids not of this intake and for files without
        readable bytes (folders, links, refused members)."""
        return self.places[file_id]

    def file(self, file_id: str) -> SourceFile:
        """The file of that id; KeyError when there is none."""
        for source in self.files:
            if source.id == file_id:
                return source
        raise KeyError(file_id)


@dataclass(frozen=True)
class _Found:
    """A path met on the walk; ``problem`` when it is not to be read."""

    shown: str
    path: Path
    role: FileRole
    problem: Problem | None = None
    folder: bool = False


def take_in(paths: Sequence[Path], workspace: Path, limits: Limits | None = None, *, second_copies: Sequence[Path] = ()) -> Intake:
    """Files and pages of one submission.

    ``paths``: folders, archives or files. Files in a folder are shown relative to it; those of several inputs that would
    be shown alike, and those of a second copy, get their folder's name in front. ``workspace`` gets unpacked and repaired
    copies; originals are only read. Files in or under ``second_copies`` have the role ``second_copy``, all others
    ``unknown`` until the extractors say more.

    System files (.DS_Store, Thumbs.db, ~$…, __MACOSX) are listed with a problem of :data:`problems.NOTE_CODES`, a system
    folder as one entry. Symbolic links are never followed on the walk.

    Raises UsageError for a missing path, and when no file is found at all. A bad file is a problem on that file.
    """
    run = _Run(Path(workspace), limits or Limits())
    found = _walk_all([Path(p) for p in paths], [Path(p) for p in second_copies])
    if not any(f.problem is None or f.problem.code != "system_file" for f in found):
        shown = "、".join(str(p) for p in paths)
        raise UsageError(f"没有找到任何文件：{shown}。", "请检查路径，或把申报材料放入该文件夹后重试。")
    for item in found:
        run.take(item)
    return run.done()


class _Run:
    """The state of one intake."""

    def __init__(self, workspace: Path, limits: Limits) -> None:
        self._workspace = workspace
        self._limits = limits
        self._files: list[SourceFile] = []
        self._places: dict[str, Path] = {}
        self._budget = Budget(limits.unpacked_bytes, limits.zip_members)
        self._bytes = 0
        self._pages = 0
        self._overflow: list[str] = []

    def done(self) -> Intake:
        if self._overflow:
            self._add(self._overflow[0], None, "", 0, Kind("unknown"), "unknown", problem("too_many_files", str(len(self._overflow))))
        return Intake(tuple(self._files), dict(self._places))

    def take(self, item: _Found) -> None:
        """A file met on the walk, with all its members if it is an archive."""
        shown = shorten(item.shown, self._limits.path_chars)
        if len(self._files) >= self._limits.files:
            self._overflow.append(shown)
            return
        if item.problem is not None:
            kind = Kind("folder" if item.folder else "unknown")
            self._add(shown, None, "", 0, kind, item.role, item.problem)
            return
        try:
            size = item.path.stat().st_size
            if size > self._limits.file_bytes:
                self._add(shown, None, "", size, Kind("unknown"), item.role, problem("file_too_large", megabytes(size)))
                return
            self._bytes += size
            if self._bytes > self._limits.total_bytes:
                cap = megabytes(self._limits.total_bytes)
                self._add(shown, None, "", size, Kind("unknown"), item.role, problem("total_too_large", cap))
                return
            kind = sniff(item.path, item.path.name)
            sha256 = _sha256(item.path)
            with item.path.open("rb") as stream:
                rubbish = system_file(item.path.name, stream.read(64), size)
        except OSError as error:
            reason = "没有读取权限" if isinstance(error, PermissionError) else "读取出错"
            self._add(shown, None, "", 0, Kind("unknown"), item.role, problem("unreadable", reason))
            return
        if rubbish is not None:
            self._add(shown, None, sha256, size, Kind("unknown"), item.role, problem("system_file", rubbish))
            return
        self._read(shown, None, item.path, sha256, size, kind, item.role, depth=1)

    def _read(
        self, shown: str, parent: SourceFile | None, path: Path, sha256: str, size: int, kind: Kind, role: FileRole, depth: int
    ) -> None:
        """A file whose bytes are at ``path``: its pages, or its members."""
        if kind.problem is not None:
            self._add(shown, parent, sha256, size, kind, role, kind.problem, path)
        elif kind.media == "archive":
            self._unpack(shown, parent, path, sha256, size, kind, role, depth)
        else:
            self._count(shown, parent, path, sha256, size, kind, role)

    def _count(self, shown: str, parent: SourceFile | None, path: Path, sha256: str, size: int, kind: Kind, role: FileRole) -> None:
        try:
            counted = count_pages(path, kind.media, sha256, self._workspace, self._limits, self._limits.pages - self._pages)
        except FileProblem as error:
            self._add(shown, parent, sha256, size, kind, role, of_error(error), path)
            return
        self._pages += len(counted.pages)
        source = self._add(shown, parent, sha256, size, kind, role, counted.problem, counted.repaired or path)
        if counted.pages:
            self._files[-1] = source.model_copy(update={"pages": counted.pages})

    def _unpack(
        self, shown: str, parent: SourceFile | None, path: Path, sha256: str, size: int, kind: Kind, role: FileRole, depth: int
    ) -> None:
        if depth > self._limits.zip_depth:
            self._add(shown, parent, sha256, size, kind, role, problem("archive_too_deep", str(self._limits.zip_depth)), path)
            return
        at = len(self._files)
        archive = self._add(shown, parent, sha256, size, kind, role, None, path)
        try:
            for member in unpack(path, self._workspace / "unpacked", self._limits, self._budget):
                inner = shorten(f"{shown}!/{member.shown}", self._limits.path_chars)
                if len(self._files) >= self._limits.files:
                    self._overflow.append(inner)
                elif member.path is None or member.kind is None:
                    media = Kind("folder" if member.shown.endswith("/") else "unknown")
                    self._add(inner, archive, "", member.size, media, role, member.problem)
                else:
                    self._member(inner, archive, member.path, member.sha256, member.size, member.kind, role, depth)
        except FileProblem as error:
            self._files[at] = archive.model_copy(update={"error": of_error(error)})

    def _member(
        self, shown: str, archive: SourceFile, path: Path, sha256: str, size: int, kind: Kind, role: FileRole, depth: int
    ) -> None:
        with path.open("rb") as stream:
            rubbish = system_file(shown.rsplit("/", 1)[-1], stream.read(64), size)
        if rubbish is not None:
            self._add(shown, archive, sha256, size, Kind("unknown"), role, problem("system_file", rubbish))
        else:
            self._read(shown, archive, path, sha256, size, kind, role, depth + 1)

    def _add(
        self, shown: str, parent: SourceFile | None, sha256: str, size: int, kind: Kind, role: FileRole,
        error: Problem | None, path: Path | None = None,
    ) -> SourceFile:  # fmt: skip
        """List a file. The id hangs on where the file lies and what it holds, not on when or where the run takes place."""
        seed = "\0".join((parent.path if parent else "", shown, sha256))
        source = SourceFile(
            id="f" + hashlib.sha256(seed.encode("utf-8", "surrogatepass")).hexdigest()[:12],
            path=shown.encode("utf-8", "replace").decode("utf-8"),
            parent=parent.id if parent else None, sha256=sha256, size=size, media=kind.media, role=role, error=error,
        )  # fmt: skip
        self._files.append(source)
        if path is not None:
            self._places[source.id] = path
        return source


def _sha256(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        while block := stream.read(_CHUNK):
            digest.update(block)
    return digest.hexdigest()


def _walk_all(paths: list[Path], second: list[Path]) -> list[_Found]:
    """All inputs, each file once, no two shown alike."""
    for path in (*paths, *second):
        if not os.path.lexists(path):
            raise UsageError(f"找不到路径：{path}。", "请检查路径是否正确、U 盘或网络盘是否已连接。")
    marked = [p.resolve() for p in second]

    def is_second(path: Path) -> bool:
        real = path.resolve()
        return any(real == m or m in real.parents for m in marked)

    found: list[_Found] = []
    names: set[str] = set()
    seen: set[str] = set()
    for path, prefixed in [*((p, False) for p in paths), *((p, True) for p in second)]:
        for item in _walk(path):
            where = os.path.realpath(item.path.parent) + "/" + item.path.name
            if where in seen:
                continue
            seen.add(where)
            folder = path.resolve().name if path.is_dir() else path.resolve().parent.name
            shown = f"{folder}/{item.shown}" if prefixed and path.is_dir() else item.shown
            if shown in names:
                shown = f"{folder}/{item.shown}"
            plain, copy = shown, 2
            while shown in names:
                shown, copy = f"{plain}〔{copy}〕", copy + 1
            names.add(shown)
            role: FileRole = "second_copy" if is_second(item.path) else "unknown"
            found.append(_Found(shown, item.path, role, item.problem, item.folder))
    return found


def _walk(path: Path) -> Iterator[_Found]:
    """A file as itself; a folder's files in natural order, shown relative to the folder. A link given by name is followed,
    a link met inside a folder never is."""
    if not path.is_dir():
        yield _plain(path.name, path)
        return
    try:
        entries = _entries(path, path.resolve())
    except OSError as error:
        raise UsageError(f"文件夹无法打开：{path}。", "请检查访问权限。") from error
    yield from sorted(entries, key=lambda f: natural_key(f.shown))


def _entries(root: Path, real: Path) -> list[_Found]:
    found: list[_Found] = []
    todo = [root]
    while todo:
        folder = todo.pop()
        try:
            children = sorted(os.scandir(folder), key=lambda e: e.name)
        except OSError:
            if folder == root:
                raise
            shown = folder.relative_to(root).as_posix() + "/"
            found.append(_Found(shown, folder, "unknown", problem("unreadable", "文件夹没有读取权限"), folder=True))
            continue
        for child in children:
            path = Path(child.path)
            shown = path.relative_to(root).as_posix()
            if child.is_symlink():
                found.append(_Found(shown, path, "unknown", _link_problem(path, real)))
            elif child.is_dir(follow_symlinks=False):
                if child.name.lower() in SYSTEM_FOLDERS:
                    count = sum(len(files) for _, _, files in os.walk(path))
                    note = problem("system_file", f"文件夹（{count} 个文件）")
                    found.append(_Found(shown + "/", path, "unknown", note, folder=True))
                else:
                    todo.append(path)
            else:
                found.append(_plain(shown, path))
    return found


def _link_problem(link: Path, root: Path) -> Problem:
    try:
        target = link.resolve(strict=True)
    except (OSError, RuntimeError):  # dangling, or a ring of links
        return problem("link_leaves_folder")
    return problem("link_to_listed_file" if target == root or root in target.parents else "link_leaves_folder")


def _plain(shown: str, path: Path) -> _Found:
    try:
        mode = path.stat().st_mode
    except OSError:
        return _Found(shown, path, "unknown", problem("unreadable", "文件不存在或没有权限"))
    return _Found(shown, path, "unknown", None if stat.S_ISREG(mode) else problem("not_a_file"))


def readable(files: Iterable[SourceFile]) -> Iterator[SourceFile]:
    """The files with at least one page that can be read."""
    return (f for f in files if any(p.error is None for p in f.pages))
