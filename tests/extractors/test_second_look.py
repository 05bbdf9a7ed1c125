"""A number that one engine read and another repeats is proved; a different second reading accuses nobody."""

from __future__ import annotations

import pytest

from extractors.second_look import second_look
from extractors.witness import Sighting, resolve
from pipeline.model import Document, PageEvidence


def document(kind: str, name: str, value: str, text: str, *, confidence: float = 0.99) -> Document:
    place = PageEvidence(file="f1", page=0, box=(0.1, 0.1, 0.3, 0.12), text=text)
    field = resolve([Sighting("ocr", value, place, raw=text, confidence=confidence)], value_type="money" if "." in value else "id")
    return Document(id="d-1", kind=kind, fields={name: field})


@pytest.mark.parametrize(
    ("name", "value", "text", "again", "status"),
    [
        ("invoice_number", "01234567", "01234567", "01234567", "proved"),
        ("invoice_number", "01234567", "01234567", "01234561", "read"),
        ("invoice_number", "01234567", "01234567", None, "read"),
        ("amount", "17985.47", "¥17,985.47", "17985.47", "proved"),
        ("amount", "17985.47", "¥17,985.47", "17985.41", "read"),
    ],
)
def test_second_engine_supports_and_never_accuses(name: str, value: str, text: str, again: str | None, status: str) -> None:
    before = document("vat_invoice", name, value, text)
    assert before.get(name).status == "read"
    after = second_look([before], lambda place, alphabet: again)[0].get(name)
    assert (after.status, after.value) == (status, value)
    if status == "proved":
        assert {w.source for w in after.witnesses} == {"ocr", "second_engine"}
        assert "第二识别引擎" in after.why


def test_unit_read_by_the_first_engine_stays() -> None:
    before = document("filing_certificate", "total_investment", "24900000.00", "2,490.00")
    after = second_look([before], lambda place, alphabet: "2,490.00")[0].get("total_investment")
    assert (after.status, after.value) == ("proved", "24900000.00")


@pytest.mark.parametrize("text", ["万元 2,490.00", "贰仟元整", "39"])
def test_places_that_hold_more_than_digits_are_not_looked_at(text: str) -> None:
    def look(place: PageEvidence, alphabet: str) -> str | None:
        raise AssertionError("must not be asked")

    second_look([document("filing_certificate", "total_investment", "24900000.00", text)], look)


def test_doubtful_values_stay_doubtful() -> None:
    before = document("vat_invoice", "invoice_number", "01234567", "01234567", confidence=0.5)
    assert second_look([before], lambda place, alphabet: "01234567")[0].get("invoice_number").status == "doubtful"
