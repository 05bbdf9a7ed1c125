"""``--ledgers DIR``: extracts of other offices' systems, one file a system; what cannot be read is said, never skipped."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from extractors.ledgers import is_ledger, read_ledger
from extractors.page import ReadBook
from pipeline.errors import FileProblem, UsageError
from pipeline.intake import Limits, read_workbook, take_in
from pipeline.model import LedgerRow, Problem, SourceFile


@dataclass(frozen=True)
class Ledgers:
    """``rows`` by ledger name; ``files`` with their problems, for the report."""

    files: tuple[SourceFile, ...] = ()
    rows: Mapping[str, tuple[LedgerRow, ...]] | None = None


def open_ledgers(folder: Path | None, workspace: Path, limits: Limits) -> Ledgers:
    """Read every extract of ``folder``. Raises :class:`UsageError` when the folder is missing or empty."""
    if folder is None:
        return Ledgers()
    if not folder.is_dir():
        raise UsageError(f"台账目录不存在：{folder}。", "请核对 --ledgers 的路径。")
    intake = take_in([folder], workspace, limits)
    rows: dict[str, tuple[LedgerRow, ...]] = {}
    files: list[SourceFile] = []
    for file in intake.files:
        stem = PurePosixPath(file.path).stem
        changes: dict[str, object] = {"role": "ledger"}
        if file.error is None and file.media in ("workbook", "csv") and is_ledger(stem):
            try:
                book = ReadBook(file=file.id, path=file.path, book=read_workbook(intake.path_of(file.id), limits))
                rows[stem] = rows.get(stem, ()) + read_ledger(stem, book)
            except FileProblem as problem:
                changes["error"] = Problem(code=problem.code, message=str(problem))
        elif file.error is None:
            changes["error"] = Problem(code="ledger_unknown", message=f"“{file.path}”不是约定的台账文件，未使用。请按约定的文件名命名。")
        files.append(file.model_copy(update=changes))
    return Ledgers(tuple(files), rows)
