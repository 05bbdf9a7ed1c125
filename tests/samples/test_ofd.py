"""OFD packages open with ofdkit, say the facts in their data and the print on their page, and always have the same bytes."""

from __future__ import annotations

import base64
import zipfile
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import ofdkit
import pytest
from defusedxml.ElementTree import fromstring

from pipeline.intake.limits import Limits
from pipeline.reading.text_layer import text_layer
from samples.documents.electronic import write_e_invoice
from samples.documents.electronic.facts import face_of
from samples.money import plain
from samples.ofd.sm3 import sm3
from samples.world.model import Invoice, Overprint
from tests.samples.test_e_invoice import _PLATFORMS, _invoice, _world

_OFD = "{http://www.ofdspec.org/2016}"


def _write(invoice: Invoice, path: Path) -> None:
    write_e_invoice(_world(), invoice, path, form="ofd")


def _both_kinds() -> tuple[Invoice, Invoice]:
    """One in the tax bureau's own form (signed), one in a platform's (annotated)."""
    signed = annotated = None
    for i in range(40):
        base = _invoice()
        invoice = replace(base, seller=replace(base.seller, name=f"深圳市澄岳{i}号机电有限公司"))
        if _world().rng("ofd", invoice.seller.name).random() < 0.6:
            signed = signed or invoice
        else:
            annotated = annotated or invoice
    assert signed is not None and annotated is not None
    return signed, annotated


@pytest.mark.parametrize("platform", _PLATFORMS)
def test_ofdkit_reads_the_facts(tmp_path: Path, platform: str) -> None:
    invoice = _invoice(platform)  # type: ignore[arg-type]
    _write(invoice, tmp_path / "a.ofd")
    with ofdkit.open(tmp_path / "a.ofd") as opened:
        read = opened.invoice()
        assert read is not None and read.warnings == []
        assert (read.invoice_code, read.invoice_number, read.issue_date) == (invoice.code, invoice.number, "2019-05-06")
        assert (read.amount_without_tax, read.total_amount) == (plain(invoice.net), plain(invoice.gross))
        assert set(read.sources) == {"attachment", "custom_tags", "custom_data"} and len(read.items) == 2
        assert read.seller.name == invoice.seller.name and read.buyer.tax_id == invoice.buyer_tax_id


def test_the_page_shows_what_is_noted(tmp_path: Path) -> None:
    for i, invoice in enumerate(_both_kinds()):
        path = tmp_path / f"{i}.ofd"
        draft = write_e_invoice(_world(), invoice, path, form="ofd")[0]
        paper, layer = draft.papers[0], text_layer(path, "ofd", 0, Limits())
        assert layer.trusted and layer.mm == pytest.approx((paper.width, paper.height))
        for name in ("invoice_number", "buyer_tax_id", "total", "seller_name"):
            box = paper.fields[name].box
            x, y = (box[0] + box[2]) / 2 / paper.width, (box[1] + box[3]) / 2 / paper.height
            lines = [line.text for line in layer.lines if line.box[0] <= x <= line.box[2] and line.box[1] <= y <= line.box[3]]
            assert len(lines) == 1 and face_of(invoice).text(name).lstrip("¥") in lines[0]


def test_object_ids_are_not_used_twice(tmp_path: Path) -> None:
    for i, invoice in enumerate(_both_kinds()):
        _write(invoice, tmp_path / f"{i}.ofd")
        ids: list[str] = []
        with zipfile.ZipFile(tmp_path / f"{i}.ofd") as package:
            for name in package.namelist():
                if name.endswith("Content.xml"):
                    root = fromstring(package.read(name))
                    ids += [str(e.get("ID")) for e in root.iter() if e.tag.endswith("Object") or e.tag == f"{_OFD}Layer"]
                    fonts = {str(e.get("Font")) for e in root.iter(f"{_OFD}TextObject")}
                    known = {str(e.get("ID")) for e in fromstring(package.read("Doc_0/PublicRes.xml")).iter(f"{_OFD}Font")}
                    assert fonts <= known
        assert len(ids) == len(set(ids)) > 60


def _digests(path: Path) -> dict[str, bool]:
    """Part → does its digest in the signature fit?"""
    with zipfile.ZipFile(path) as package:
        root: ElementTree.Element = fromstring(package.read("Doc_0/Signs/Sign_0/Signature.xml"))
        found = {}
        for reference in root.iter(f"{_OFD}Reference"):
            part = str(reference.get("FileRef")).lstrip("/")
            said = reference.findtext(f"{_OFD}CheckValue") or ""
            found[part] = base64.b64decode(said) == sm3(package.read(part))
    return found


def test_digests_fit_until_somebody_edits(tmp_path: Path) -> None:
    signed, _ = _both_kinds()
    _write(signed, tmp_path / "a.ofd")
    _write(replace(signed, overprints=(Overprint("total", "99888.00", patched=True),)), tmp_path / "b.ofd")
    assert all(_digests(tmp_path / "a.ofd").values()) and len(_digests(tmp_path / "a.ofd")) > 8
    wrong = [part for part, fits in _digests(tmp_path / "b.ofd").items() if not fits]
    assert "Doc_0/Pages/Page_0/Content.xml" in wrong and "Doc_0/Attachs/original_invoice.xml" not in wrong
    with ofdkit.open(tmp_path / "b.ofd") as opened:
        assert "99888.00" in opened.text()
        read = opened.invoice()
        assert read is not None and read.total_amount == plain(signed.gross)


def test_platform_packages_hang_their_seals_on_the_page(tmp_path: Path) -> None:
    _, annotated = _both_kinds()
    _write(annotated, tmp_path / "a.ofd")
    with zipfile.ZipFile(tmp_path / "a.ofd") as package:
        notes = fromstring(package.read("Doc_0/Annots/Page_0/Annotation.xml"))
        assert len(list(notes.iter(f"{_OFD}Annot"))) == 2
        assert all(package.read(f"Doc_0/Res/{e.text}")[:4] == b"\x89PNG" for e in fromstring(package.read("Doc_0/DocumentRes.xml")).iter(f"{_OFD}MediaFile"))


def test_same_bytes(tmp_path: Path) -> None:
    for name in "ab":
        _write(_invoice(), tmp_path / f"{name}.ofd")
    assert (tmp_path / "a.ofd").read_bytes() == (tmp_path / "b.ofd").read_bytes()


@pytest.mark.parametrize(
    ("data", "digest"),
    [
        (b"abc", "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"),
        (b"abcd" * 16, "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732"),
    ],
)
def test_sm3_of_the_standards_examples(data: bytes, digest: str) -> None:
    assert sm3(data).hex() == digest
