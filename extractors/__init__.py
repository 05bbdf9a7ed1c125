"""Pages and workbooks → documents with fields and witnesses. This floor knows no rules.

``extract`` is the one door: it splits the pages into papers, hands each to the extractor of its kind and sees to it that
every page is owned by a document, is blank, or carries an error.
"""

from __future__ import annotations

import hashlib
import importlib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from types import MappingProxyType
from typing import cast

from extractors.assemble import Draft, split
from extractors.legibility import with_doubts
from extractors.page import ReadBook, ReadPage
from extractors.vocabulary import kind_title
from extractors.workbook import extract_books
from pipeline.model import Document

__all__ = ["EXTRACTORS", "Extraction", "ReadBook", "ReadPage", "extract"]

Extractor = Callable[[Sequence[ReadPage]], Document | list[Document]]

EXTRACTORS: Mapping[str, str] = MappingProxyType({
    "vat_invoice": "extractors.vat_invoice:extract_invoices",
    **{
        kind: f"extractors.{kind}:extract_{kind}"
        for kind in (
            "application_form", "audit_report", "business_licence", "capital_verification", "filing_certificate", "financial_statement",
            "implementation_plan", "investment_list", "supporting", "tax_certificate",
        )
    },
    "unknown": "extractors.supporting:extract_unknown",
})  # fmt: skip
"""Kind → ``module:function``. Modules are loaded when the first paper of their kind turns up; papers of the vocabulary's other
kinds are sorted only, and say so."""

ONE_PAGE = frozenset({"vat_invoice", "customs_payment", "payment_slip", "interest_receipt", "acceptance_bill"})
"""Kinds whose papers are one page each (several may share a page)."""

_NO_OFD: Mapping[str, Path] = MappingProxyType({})


@dataclass(frozen=True)
class Extraction:
    """All documents of a submission, in the order of their pages; ``owner`` maps ``(file, page)`` to a document's id.

    Pages that are blank or have an error are the only ones without an owner.
    """

    documents: tuple[Document, ...]
    owner: Mapping[tuple[str, int], str]


def extract(
    pages: Sequence[ReadPage], books: Sequence[ReadBook], *, ofd_paths: Mapping[str, Path] = _NO_OFD, kind: str | None = None
) -> Extraction:
    """Documents of all ``pages`` and ``books``. ``ofd_paths`` maps ids of OFD files to the files, whose data is read too.
    With ``kind`` a person has said what the pages are: each file is one paper of that kind (each page, where that kind is
    a paper of one page), and nothing is guessed.

    Ids depend on kind and page contents only, so they are stable across runs and renamed files. Never raises for what is
    on the pages: a paper whose extractor fails becomes a document without fields whose ``note`` says so.
    """
    documents: list[Document] = []
    taken: set[tuple[str, int]] = set()
    for file, path in ofd_paths.items() if kind in (None, "vat_invoice") else ():
        own = [page for page in pages if page.file == file]
        found = _ofd_invoice(path, file, own)
        if found is not None:
            documents.append(found)
            taken |= {(page.file, page.index) for page in own}
    rest = [page for page in pages if (page.file, page.index) not in taken]
    for draft in split(rest) if kind is None else _as_told(rest, kind):
        for made in _run(draft.kind, draft.pages):
            said = " ".join(note for note in (made.note, draft.note) if note)
            update = {"subtype": made.subtype or draft.subtype, "confidence": draft.confidence, "note": said}
            documents.append(with_doubts(made.model_copy(update=update), draft.pages))
        taken |= {(page.file, page.index) for page in draft.pages}
    documents += _left_over([page for page in rest if (page.file, page.index) not in taken])
    documents = _in_page_order(documents, pages)
    documents = [*_with_ids(documents, pages), *extract_books(books)]
    return Extraction(tuple(documents), MappingProxyType(_owners(documents)))


def _as_told(pages: Sequence[ReadPage], kind: str) -> Iterator[Draft]:
    """One draft a file, or a page for papers of one page; blank pages are left out."""
    told = [page for page in pages if not page.reading.blank]
    for _, run in groupby(told, key=lambda page: (page.file, page.index if kind in ONE_PAGE else 0)):
        yield Draft(kind, tuple(run), None, 1.0, "")


def _ofd_invoice(path: Path, file: str, pages: Sequence[ReadPage]) -> Document | None:
    from extractors.ofd_invoice import extract_ofd_invoice

    try:
        return extract_ofd_invoice(path, file, pages)
    except Exception:
        return None  # its pages are read like any other's


def _extractor(kind: str) -> Extractor | None:
    place = EXTRACTORS.get(kind)
    if place is None:
        return None
    module, _, name = place.partition(":")
    return cast(Extractor, getattr(importlib.import_module(module), name))


def _run(kind: str, pages: Sequence[ReadPage]) -> list[Document]:
    """The extractor's documents; when it fails, one without fields that says so."""
    refs = tuple(page.ref for page in pages)
    seals = tuple(seal for page in pages for seal in page.seals)
    bare = Document(id="", kind=kind, title=kind_title(kind), pages=refs, seals=seals)
    try:
        extractor = _extractor(kind)
        if extractor is None:
            return [bare.model_copy(update={"note": f"“{kind_title(kind)}”目前只归类、不提取字段，请人工核对其内容。"})]
        made = extractor(pages)
    except Exception as problem:
        note = f"该材料识别为“{kind_title(kind)}”，但字段提取出错（{type(problem).__name__}），请人工查看并反馈程序问题。"
        return [bare.model_copy(update={"note": note})]
    return [made] if isinstance(made, Document) else made


def _left_over(pages: Sequence[ReadPage]) -> Iterator[Document]:
    """Pages that no paper claimed and that are neither blank nor broken: one ``unknown`` document per run of pages."""
    loose = sorted((p for p in pages if not p.reading.blank and p.reading.error is None), key=lambda p: (p.file, p.index))
    for _, run in groupby(enumerate(loose), key=lambda item: (item[1].file, item[1].index - item[0])):
        found = [page for _, page in run]
        yield Document(
            id="",
            kind="unknown",
            title=kind_title("unknown"),
            pages=tuple(page.ref for page in found),
            seals=tuple(seal for page in found for seal in page.seals),
            note="未能判断是何种材料，请人工归类。",
        )


def _in_page_order(documents: Sequence[Document], pages: Sequence[ReadPage]) -> list[Document]:
    place = {(page.file, page.index): i for i, page in enumerate(pages)}
    return sorted(
        documents, key=lambda d: min((place.get((ref.file, ref.page), len(place)) for ref in d.pages), default=len(place))
    )


def _with_ids(documents: Sequence[Document], pages: Sequence[ReadPage]) -> Iterator[Document]:
    """``d-`` + hash of kind, page contents, regions, and the ordinal among documents that are equal in all of these. The
    second and later ones of equals are copies of the first: the very same pages lie in the pile more than once."""
    content = {(page.file, page.index): page.reading.content for page in pages}
    seen: Counter[str] = Counter()
    first: dict[str, str] = {}
    for document in documents:
        parts = [f"{content.get((ref.file, ref.page), ref.file)}{ref.region or ''}" for ref in document.pages]
        key = "\x1f".join((document.kind, *parts))
        seen[key] += 1
        digest = hashlib.sha256(f"{key}\x1f{seen[key]}".encode()).hexdigest()
        name = f"d-{digest[:10]}"
        if seen[key] == 1:
            first[key] = name
            yield document.model_copy(update={"id": name})
        else:
            note = " ".join(part for part in (document.note, "与本套材料中另一份的页面完全相同。") if part)
            yield document.model_copy(update={"id": name, "copy_of": first[key], "note": note})


def _owners(documents: Sequence[Document]) -> dict[tuple[str, int], str]:
    """The first document on a page owns it."""
    owner: dict[tuple[str, int], str] = {}
    for document in documents:
        for ref in document.pages:
            owner.setdefault((ref.file, ref.page), document.id)
    return owner
