"""The one door: ids, owners, papers whose extractor fails, pages nobody claimed."""

from __future__ import annotations

import importlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

import extractors
from extractors import EXTRACTORS, extract
from extractors.page import ReadPage
from extractors.vocabulary import KINDS, choice_word, field_label, field_type, kind_title
from tests.extractors.pages import invoice_spots, page


@dataclass(frozen=True)
class Draft:
    kind: str
    pages: tuple[ReadPage, ...]
    subtype: str | None = None
    confidence: float = 0.8
    note: str = ""


@pytest.fixture
def drafts(monkeypatch: pytest.MonkeyPatch) -> list[Draft]:
    """What the splitter will say."""
    said: list[Draft] = []
    monkeypatch.setattr(extractors, "split", lambda pages: said)
    return said


def test_every_page_has_an_owner_is_blank_or_broken(drafts: list[Draft]) -> None:
    pages = [
        page(invoice_spots(), content="h:1", index=0),
        page([("看不懂的一页", 0.2, 0.2)], content="h:2", index=1),
        page([("还是看不懂", 0.2, 0.2)], content="h:3", index=2),
        page([], content="h:4", index=3, blank=True),
    ]
    broken = pages[1].reading.model_copy(update={"error": "本页无法读取", "content": "h:5"})
    pages.append(ReadPage("f1", "f1.pdf", 4, broken))
    drafts.append(Draft("vat_invoice", (pages[0],)))
    out = extract(pages, [])
    assert [d.kind for d in out.documents] == ["vat_invoice", "unknown"]
    assert [ref.page for ref in out.documents[1].pages] == [1, 2]
    assert out.documents[1].note
    assert set(out.owner) == {("f1", 0), ("f1", 1), ("f1", 2)}
    assert out.owner["f1", 0] == out.documents[0].id


def test_ids_depend_on_content_not_on_files(drafts: list[Draft]) -> None:
    first = page(invoice_spots(), content="h:1", file="f1")
    drafts.append(Draft("vat_invoice", (first,)))
    one = extract([first], []).documents[0]
    moved = page(invoice_spots(), content="h:1", file="f9", index=7)
    drafts[0] = Draft("vat_invoice", (moved,))
    assert extract([moved], []).documents[0].id == one.id
    drafts.append(Draft("vat_invoice", (first,)))
    twice = extract([moved, first], []).documents
    assert len({d.id for d in twice}) == 2
    assert (twice[0].copy_of, twice[1].copy_of) == (None, twice[0].id)


def test_a_failing_extractor_leaves_a_paper_that_says_so(drafts: list[Draft], monkeypatch: pytest.MonkeyPatch) -> None:
    def explode(pages: Sequence[ReadPage]) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(extractors, "_extractor", lambda kind: explode)
    read = page([("纳税证明", 0.4, 0.1)])
    drafts.append(Draft("tax_certificate", (read,), note="封面缺失。"))
    document = extract([read], []).documents[0]
    assert (document.kind, document.fields) == ("tax_certificate", {})
    assert "ZeroDivisionError" in document.note
    assert document.note.endswith("封面缺失。")


def test_a_kind_without_an_extractor_says_so(drafts: list[Draft]) -> None:
    read = page([("统计报表", 0.4, 0.1)])
    drafts.append(Draft("statistics", (read,)))
    document = extract([read], []).documents[0]
    assert (document.kind, document.fields) == ("statistics", {})
    assert "只归类" in document.note


def test_a_broken_ofd_file_is_read_like_its_pages(drafts: list[Draft], tmp_path: Path) -> None:
    broken = tmp_path / "a.ofd"
    broken.write_bytes(b"no zip at all")
    read = page(invoice_spots(), file="f2")
    drafts.append(Draft("vat_invoice", (read,)))
    assert [d.kind for d in extract([read], [], ofd_paths={"f2": broken}).documents] == ["vat_invoice"]


@pytest.mark.parametrize("place", sorted(EXTRACTORS.values()))
def test_extractors_exist(place: str) -> None:
    module, _, name = place.partition(":")
    assert callable(getattr(importlib.import_module(module), name))


def test_extractors_are_of_known_kinds() -> None:
    assert set(EXTRACTORS) <= set(KINDS)


@pytest.mark.parametrize("kind", sorted(set(KINDS) - set(EXTRACTORS) - {"statistics"}))  # statistics come as workbooks only
def test_kinds_that_are_only_sorted_say_so(drafts: list[Draft], kind: str) -> None:
    sheet = page([("资料", 0.4, 0.1)])
    drafts.append(Draft(kind, (sheet,)))
    made = extract([sheet], []).documents[0]
    assert (made.kind, made.fields) == (kind, {})
    assert "目前只归类、不提取字段" in made.note


def test_vocabulary() -> None:
    assert kind_title("vat_invoice") == "增值税发票"
    assert field_label("vat_invoice", "amount") == "合计金额（不含税）"
    assert field_label("vat_invoice", "items[3].tax_rate") == "税率"
    assert field_label("vat_invoice", "nonsense") == "nonsense"
    assert field_type("investment_list", "lines.paid_on") == "date"
    assert field_type("investment_list", "declared_total") == "money"
    assert choice_word("vat_invoice", "copy", "deduction") == "抵扣联"
    for kind in KINDS.values():
        specs = [*kind.fields.items(), *(item for table in kind.tables.values() for item in table.columns.items())]
        assert all(name.isascii() and spec.label for name, spec in specs)


def test_two_invoices_on_one_sheet_are_two_documents(drafts: list[Draft]) -> None:
    upper = [(text, x, 0.02 + 0.45 * y) for text, x, y, *_ in invoice_spots()]
    lower = [
        (text, x, 0.52 + 0.45 * y)
        for text, x, y, *_ in invoice_spots(
            number="No 07654399", number2="07654399", seller_name="深圳市另一机械有限公司", item_amount="2000000.00", item_price="1000000.00",
            item_tax="320000.00", amount="￥2000000.00", tax="￥320000.00", total="￥2320000.00", capital="⊗贰佰叁拾贰万圆整",
        )
    ]  # fmt: skip
    sheet = page([*upper, *lower], height=0.012)
    drafts.append(Draft("vat_invoice", (sheet,)))
    out = extract([sheet], []).documents
    assert [d.get("invoice_number").value for d in out] == ["07654321", "07654399"]
    assert [d.get("total").value for d in out] == ["1160000.00", "2320000.00"]
    assert [d.get("seller_name").value for d in out] == ["深圳市样品机械有限公司", "深圳市另一机械有限公司"]
    assert all(d.pages[0].region is not None for d in out)
    assert len({d.id for d in out}) == 2
    assert all(d.get("total").status == "proved" for d in out)


def test_a_poor_page_leaves_nothing_certain_that_stands_there_once(drafts: list[Draft]) -> None:
    clear = page(invoice_spots())
    smudged = [(*spot[:3], 0.99 if spot[0] == "2019年03月15日" else 0.85) for spot in invoice_spots()]
    poor = page(smudged)
    drafts.append(Draft("vat_invoice", (clear,)))
    assert extract([clear], []).documents[0].get("issue_date").status == "read"
    drafts[0] = Draft("vat_invoice", (poor,))
    document = extract([poor], []).documents[0]
    assert (document.get("issue_date").status, document.get("issue_date").value) == ("doubtful", "2019-03-15")
    assert document.get("total").status == "proved"
