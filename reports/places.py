"""Where something stands, in words and as links: evidence → place."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from pipeline.model import (
    AbsenceEvidence,
    Box,
    CellEvidence,
    Document,
    Evidence,
    Finding,
    LedgerEvidence,
    Page,
    PageEvidence,
    PageRef,
    RegisterEvidence,
    SourceFile,
    XmlEvidence,
)
from reports.words import LEDGERS, document_title
from reports.writing import clean, one_line, shorten


@dataclass(frozen=True)
class Place:
    """One place in words.

    Attributes:
        document: title of the document that stands there, or "".
        file: path of the file as people see it, or "".
        page: ``第3页（页码5）`` or "".
        cell: ``〔表1〕F12`` or "" (also ledger rows and XML paths).
        text: what is written there.
        href: relative link into the source file, or "".
        picture: what to cut out of the page, ``(file id, page, box)``, or None.
        absent: nothing stands there, it was looked for; ``cell`` then says where.
        public: may it stand on a paper that the applicant gets? Other offices' data and the register may not.
    """

    document: str = ""
    file: str = ""
    page: str = ""
    cell: str = ""
    text: str = ""
    href: str = ""
    picture: tuple[str, int, Box] | None = None
    absent: bool = False
    public: bool = True

    @property
    def words(self) -> str:
        """The place in one run of words."""
        return " ".join(part for part in (self.file, self.page, self.cell) if part)

    @property
    def short(self) -> str:
        """As ``words``, with the document's title in place of a long path."""
        if self.absent:
            return ""
        return " ".join(part for part in (self.document or self.file.rpartition("/")[2], self.page, self.cell) if part)


class Places:
    """Looks up files, pages and documents; built once, used for every finding.

    Args:
        out: folder the paper will stand in, for relative links into the source files.
        sources: file id → path on disk, for those links.
    """

    def __init__(
        self,
        files: Sequence[SourceFile],
        documents: Sequence[Document],
        out: Path | None = None,
        sources: Mapping[str, Path] | None = None,
    ) -> None:
        self._files: dict[str, SourceFile] = {f.id: f for f in files}
        self._documents = {d.id: d for d in documents}
        self._owner: dict[tuple[str, int], str] = {}
        for document in documents:
            for ref in document.pages:
                self._owner.setdefault((ref.file, ref.page), document_title(document))
        for source in files:
            for page in source.pages:
                if page.document in self._documents:
                    self._owner.setdefault((source.id, page.index), document_title(self._documents[page.document]))
        self._links: dict[str, str] = {}
        for file_id, path in (sources or {}).items():
            if out is not None and path.is_file():
                self._links[file_id] = quote(Path(os.path.relpath(path.absolute(), out.absolute())).as_posix(), safe="/.-_~")

    def path(self, file_id: str) -> str:
        """The file as people see it."""
        source = self._files.get(file_id)
        return one_line(source.path if source else file_id)

    def page(self, file_id: str, index: int) -> str:
        """``第3页（页码5）``: page of the file, and the number printed on the paper, that of the volume if there are two."""
        words = f"第{index + 1}页"
        page = self._page(file_id, index)
        printed = page.volume_label if page and page.volume_label is not None else (page.label if page else None)
        return f"{words}（页码{printed}）" if printed is not None else words

    def link(self, file_id: str, page: int | None = None) -> str:
        """A relative link into the source file, or ""."""
        base = self._links.get(file_id, "")
        source = self._files.get(file_id)
        return f"{base}#page={page + 1}" if base and page is not None and source and source.media == "pdf" else base

    def of(self, evidence: Evidence) -> Place:
        """The place of one piece of evidence."""
        if isinstance(evidence, PageEvidence):
            return Place(
                document=clean(self._owner.get((evidence.file, evidence.page), "")),
                file=self.path(evidence.file),
                page=self.page(evidence.file, evidence.page),
                text=one_line(evidence.text),
                href=self.link(evidence.file, evidence.page),
                picture=(evidence.file, evidence.page, evidence.box),
            )
        if isinstance(evidence, CellEvidence):
            return Place(
                file=self.path(evidence.file),
                cell=clean(f"〔{evidence.sheet}〕{evidence.cell}"),
                text=one_line(evidence.text),
                href=self.link(evidence.file),
            )
        if isinstance(evidence, XmlEvidence):
            return Place(
                document=clean(self._owner.get((evidence.file, 0), "")),
                file=self.path(evidence.file),
                cell=shorten(one_line(evidence.path), 80),
                text=one_line(evidence.text),
                href=self.link(evidence.file),
            )
        if isinstance(evidence, AbsenceEvidence):
            searched = self.searched(evidence.searched)
            return Place(cell=f"{searched}{'，' if searched else ''}未见“{one_line(evidence.expected)}”", absent=True)
        if isinstance(evidence, LedgerEvidence):
            return Place(
                file=self.path(evidence.file),
                cell=clean(f"{LEDGERS.get(evidence.ledger, evidence.ledger)} 第{evidence.row}行 {evidence.column}"),
                text=one_line(evidence.text),
                public=False,
            )
        assert isinstance(evidence, RegisterEvidence)
        return Place(cell=clean(f"登记簿 {evidence.entry}"), text=one_line(evidence.text), public=False)

    def of_finding(self, finding: Finding) -> tuple[Place, ...]:
        """The places of a finding, each once, in the order the rule gave them."""
        return tuple(dict.fromkeys(self.of(evidence) for evidence in finding.evidence))

    def searched(self, pages: tuple[PageRef, ...]) -> str:
        """``已查找材料.pdf第1–20页（共20页）``; a file without pages (a workbook, one that does not open) is named alone."""
        if not pages:
            return ""
        by_file: dict[str, list[int]] = {}
        for ref in pages:
            numbers = by_file.setdefault(ref.file, [])
            if self._page(ref.file, ref.page) is not None:
                numbers.append(ref.page + 1)
        parts = [self.path(name) + (f"第{spans(numbers)}页" if numbers else "") for name, numbers in by_file.items()]
        count = sum(len(numbers) for numbers in by_file.values())
        more = f"等{len(parts)}个文件" if len(parts) > 3 else ""
        return f"已查找{'、'.join(parts[:3])}{more}" + (f"（共{count}页）" if count else "")

    def documents_words(self, ids: tuple[str, ...]) -> str:
        """``审计报告（材料.pdf 第1–20页）；…`` for a line of the checklist."""
        words = []
        for name in ids:
            document = self._documents.get(name)
            if document is not None:
                where = self.pages_words(document.pages)
                words.append(clean(document_title(document)) + (f"（{where}）" if where else ""))
        return "；".join(words)

    def pages_words(self, pages: tuple[PageRef, ...]) -> str:
        """``材料.pdf 第1–20、22页``."""
        by_file: dict[str, list[int]] = {}
        for ref in pages:
            by_file.setdefault(ref.file, []).append(ref.page + 1)
        return "；".join(f"{self.path(name)} 第{spans(numbers)}页" for name, numbers in by_file.items())

    def shape(self, file_id: str, index: int) -> float | None:
        """Width over height of the upright page, or None when not known."""
        page = self._page(file_id, index)
        return page.width / page.height if page and page.width and page.height else None

    def _page(self, file_id: str, index: int) -> Page | None:
        source = self._files.get(file_id)
        if source is None:
            return None
        if index < len(source.pages) and source.pages[index].index == index:
            return source.pages[index]
        return next((p for p in source.pages if p.index == index), None)


def spans(numbers: list[int]) -> str:
    """``[1, 2, 3, 5]`` → ``1–3、5``."""
    out: list[str] = []
    start = last = None
    for number in sorted(set(numbers)):
        if last is not None and start is not None and number == last + 1:
            last = number
            continue
        if start is not None and last is not None:
            out.append(f"{start}–{last}" if last > start else f"{start}")
        start = last = number
    if start is not None and last is not None:
        out.append(f"{start}–{last}" if last > start else f"{start}")
    return "、".join(out)


def row_words(finding: Finding) -> str:
    """``〔表1〕第12行`` of the subject, or ""."""
    subject = finding.subject
    if subject.row is None:
        return ""
    return clean(f"〔{subject.sheet}〕第{subject.row}行" if subject.sheet else f"第{subject.row}行")
