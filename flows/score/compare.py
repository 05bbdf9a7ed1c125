"""True values against read ones: is this the value that stands on the paper, and did the product claim to be sure of it?"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from extractors.values import same_name
from extractors.vocabulary import KINDS, FieldSpec
from flows.score.result import FieldWord
from pipeline.model import Document, Field
from pipeline.model.document import MISSING
from samples.truth import TruthDocument, TruthValue

_NOT_TEXT = re.compile(r"[\s,，。.、;；:：()（）【】\[\]《》“”\"'‘’\-—–_·*＊]+")


@dataclass(frozen=True)
class FieldOutcome:
    """One true value and what became of it."""

    kind: str
    field: str
    type: str
    word: FieldWord
    expected: str
    got: str


def same_value(spec: FieldSpec, expected: str, got: str) -> bool:
    """Are these the same value? Money and numbers by amount, ids by their signs, text without spaces and punctuation."""
    if spec.type in ("money", "number", "rate", "int", "year"):
        try:
            return Decimal(expected) == Decimal(got)
        except InvalidOperation:
            return expected.strip() == got.strip()
    if spec.type in ("date", "bool"):
        return expected == got
    if spec.type == "id":
        return _signs(expected) == _signs(got)
    return same_name(expected, got) or _signs(expected) == _signs(got)


def _signs(text: str) -> str:
    return _NOT_TEXT.sub("", unicodedata.normalize("NFKC", text)).upper()


def word_of(spec: FieldSpec, expected: str, field: Field) -> FieldWord:
    """What became of a true value."""
    if field.value is None or field.status == "missing":
        return "missing"
    right = same_value(spec, expected, field.value)
    if field.status == "doubtful":
        return "doubtful_right" if right else "doubtful_wrong"
    if not right:
        return "silent_wrong"
    return "right_proved" if field.status == "proved" else "right_read"


def compare_documents(truth: TruthDocument, seen: Document | None) -> Iterator[FieldOutcome]:
    """Every true value of ``truth`` that the contract names; without ``seen`` all are missing."""
    kind = KINDS.get(truth.kind)
    if kind is None:
        return
    same_kind = seen is not None and seen.kind == truth.kind
    for name, value in truth.fields.items():
        if (spec := kind.fields.get(name)) is not None:
            yield _outcome(truth.kind, name, spec, value, seen.get(name) if seen is not None and same_kind else MISSING)
    for table, rows in truth.tables.items():
        if (columns := kind.tables.get(table)) is None:
            continue
        found = [row.cells for row in seen.rows(table)] if seen is not None and same_kind else []
        for row, match in zip(rows, _paired(rows, found), strict=True):
            for column, value in row.items():
                if (spec := columns.columns.get(column)) is not None:
                    yield _outcome(truth.kind, f"{table}.{column}", spec, value, match.get(column, MISSING))


def _outcome(kind: str, name: str, spec: FieldSpec, value: TruthValue, field: Field) -> FieldOutcome:
    return FieldOutcome(kind, name, spec.type, word_of(spec, value.value, field), value.value, field.value or "")


def _paired(rows: Sequence[Mapping[str, TruthValue]], found: Sequence[Mapping[str, Field]]) -> list[Mapping[str, Field]]:
    """For each true row the read row that shares most values with it, in order; a row is used once."""
    if len(rows) == len(found):
        return list(found)
    paired: list[Mapping[str, Field]] = []
    start = 0
    for row in rows:
        best, best_at = 0, None
        for at in range(start, min(len(found), start + 1 + max(3, abs(len(found) - len(rows)) + 2))):
            score = sum(1 for name, value in row.items() if (found[at].get(name, MISSING).value or "") == value.value)
            if score > best:
                best, best_at = score, at
        if best_at is None:
            paired.append({})
        else:
            paired.append(found[best_at])
            start = best_at + 1
    return paired
