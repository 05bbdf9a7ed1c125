"""Who applies for what: from the papers that say so, in the order of their weight."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Sequence

from pipeline.model import Category, Document, Submission

NAME_SOURCES: tuple[tuple[str, str], ...] = (
    ("application_form", "applicant_name"),
    ("filing_certificate", "applicant_name"),
    ("business_licence", "name"),
    ("investment_list", "applicant_name"),
    ("tax_certificate", "taxpayer_name"),
    ("audit_report", "client_name"),
    ("implementation_plan", "applicant_name"),
)
"""The application form is the applicant's own word; the rest stand in where it is missing or illegible."""

USCC_SOURCES: tuple[tuple[str, str], ...] = (
    ("application_form", "uscc"),
    ("business_licence", "uscc"),
    ("filing_certificate", "uscc"),
    ("investment_list", "uscc"),
    ("tax_certificate", "taxpayer_id"),
)
CATEGORY = re.compile(r"[1-35]|4[ab]")


def identify(documents: Sequence[Document], given: Submission) -> Submission:
    """The submission with applicant, USCC and categories filled in where ``given`` leaves them open.

    A value that a paper states surely beats one that several papers state doubtfully; among doubtful ones the most
    frequent is taken, so that the report has a name to show. The rules judge the papers, not this choice.
    """
    originals = [d for d in documents if d.copy_of is None]
    applicant = given.applicant or _choose(originals, NAME_SOURCES)
    uscc = given.uscc or _choose(originals, USCC_SOURCES, length=18)
    categories = given.categories or _categories(originals)
    number = _choose(originals, (("application_form", "application_no"),)) or ""
    seed = "|".join((uscc or applicant or "", number, ",".join(categories)))
    return given.model_copy(
        update={
            "id": "s-" + hashlib.sha256(seed.encode()).hexdigest()[:12],
            "applicant": applicant,
            "uscc": uscc,
            "categories": categories,
            "renewal": given.renewal or _renewal(originals),
        }
    )


def _choose(documents: Sequence[Document], sources: Iterable[tuple[str, str]], length: int | None = None) -> str | None:
    doubtful: Counter[str] = Counter()
    for kind, name in sources:
        for document in documents:
            if document.kind != kind:
                continue
            field = document.get(name)
            if field.value is None or (length is not None and len(field.value) != length):
                continue
            if field.sure:
                return field.value
            doubtful[field.value] += 1
    return doubtful.most_common(1)[0][0] if doubtful else None


def _categories(documents: Sequence[Document]) -> tuple[Category, ...]:
    """Categories of all application forms together: category 1 and 2 may be two applications."""
    known: dict[str, Category] = {"1": "1", "2": "2", "3": "3", "4a": "4a", "4b": "4b", "5": "5"}
    found: list[Category] = []
    for document in documents:
        if document.kind == "application_form" and document.get("category").value:
            for text in CATEGORY.findall((document.get("category").value or "").lower()):
                if known[text] not in found:
                    found.append(known[text])
    return tuple(sorted(found))


def _renewal(documents: Sequence[Document]) -> bool:
    return any(d.kind == "application_form" and d.get("first_or_renewal").value == "renewal" for d in documents)
