"""Numbers that only one pair of eyes has read are looked at once more, by an engine of another family.

Two readings by models of one family are one witness; tesseract is another family and counts for strings of digits
(architecture, "A value is what its witnesses agree on"). Where it is not installed nothing changes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from extractors.values import money_text, parse_money
from extractors.vocabulary import field_label, field_type
from extractors.witness import Sighting, corroborate
from pipeline.model import Document, Field, PageEvidence

Look = Callable[[PageEvidence, str], str | None]
"""Place and alphabet (``id`` or ``money``) → what the second engine reads there, or None."""

PRINT = frozenset({"ocr", "ocr_careful"})
DIGITS_ALONE = re.compile(r"[￥¥]?[0-9A-Z.,，．\-]{4,}元?")
"""What a place may hold for the second engine: a string of digits and nothing else, not so short that chance reads it alike."""


def second_look(documents: Sequence[Document], look: Look) -> tuple[Document, ...]:
    """The documents, with every ``read`` number of theirs that the second engine repeats now ``proved``."""
    return tuple(_looked(document, look) for document in documents)


def _looked(document: Document, look: Look) -> Document:
    fields = {name: _field(document.kind, name, field, look) for name, field in document.fields.items()}
    return document if fields == document.fields else document.model_copy(update={"fields": fields})


def _field(kind: str, name: str, field: Field, look: Look) -> Field:
    value_type = field_type(kind, name)
    if field.status != "read" or value_type not in ("id", "money") or field.raw is None:
        return field
    printed = [w.evidence for w in field.witnesses if w.kind == "observed" and w.source in PRINT and w.evidence.type == "page"]
    if len(printed) != 1 or not DIGITS_ALONE.fullmatch("".join(printed[0].text.split())):
        return field
    place = printed[0]
    text = look(place, value_type)
    if text is None:
        return field
    value = _amount(text, field) if value_type == "money" else text
    if value is None:
        return field
    second = Sighting("second_engine", value, place, raw=text, group="second_engine")
    return corroborate(field, second, value_type=value_type, label=field_label(kind, name))


def _amount(text: str, field: Field) -> str | None:
    """The second engine's digits in the field's own unit: the unit is printed elsewhere and was read by the first."""
    again, first = parse_money(text), parse_money(field.raw or "")
    own = field.money
    if again is None or first is None or own is None:
        return None
    return money_text(own) if again == first else money_text(again)
