"""Electronic invoices as their platforms wrote them: what is noted is what stands there, and overprints keep the facts below."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

import pdfplumber
import pikepdf
import pypdfium2 as pdfium
import pytest
import zxingcpp

from pipeline.intake.limits import Limits
from pipeline.reading.text_layer import text_layer
from samples.documents.draft import Draft
from samples.documents.electronic import draw_e_invoice, write_e_invoice
from samples.documents.electronic import writing as module
from samples.documents.electronic.codes import payload
from samples.documents.electronic.facts import face_of
from samples.documents.electronic.styles import Platform, style_of, widened
from samples.money import capital, plain, words_value
from samples.paper import blueprint
from samples.world import World, make_world
from samples.world.model import Invoice, Item, Overprint, Party

_PLATFORMS: tuple[Platform, ...] = ("stamping", "formed", "carried", "wide")


@lru_cache
def _world() -> World:
    return make_world(3, ("1",), invoices=8)


def _party(name: str, uscc: str) -> Party:
    return Party(name, uscc, "深圳市宝安区福永街道桥头社区1号", "0755-29001122", "中国银行深圳福永支行", "744556677889")


def _item(name: str, quantity: str, price: str, rate: str = "0.13") -> Item:
    amount = (Decimal(quantity) * Decimal(price)).quantize(Decimal("0.01"))
    return Item("金属加工机械", name, "VMC-850L", "台", Decimal(quantity), Decimal(price), amount, Decimal(rate), (amount * Decimal(rate)).quantize(Decimal("0.01")))


def _seller_on(platform: Platform) -> Party:
    """A seller whose own stream of chance picks ``platform``."""
    for i in range(200):
        name = f"深圳市澄岳{i}号机电有限公司"
        if style_of("e_ordinary", _world().rng("e_invoice", name)).platform == platform:
            return _party(name, "91440300MA5DBYX94A")
    raise AssertionError(platform)


def _invoice(platform: Platform = "stamping", **changes: object) -> Invoice:
    items = (_item("立式加工中心", "2", "186500"), _item("数控车床主轴", "3", "2786.20689655"))
    made = Invoice(
        "I900", "e_ordinary", "044031900311", "00812345", date(2019, 5, 6), "57158046909676766884", "661011347008", _party("深圳市凌陌精密制造有限公司", "91440300279441234X"),
        "91440300279441234X", _seller_on(platform), "91440300MA5DBYX94A", items, remarks="合同编号：HT-2019-021", clerks=("王凯", "何秀兰", "林海峰"),
    )  # fmt: skip
    return replace(made, **changes)  # type: ignore[arg-type]


def _write(invoice: Invoice, path: Path) -> Draft:
    return write_e_invoice(_world(), invoice, path)[0]


@pytest.mark.parametrize("platform", _PLATFORMS)
@pytest.mark.parametrize("habit", [{}, {"rotate": 270}, {"margin": (9.0, 8.0, 7.0, 60.0)}])
def test_noted_boxes_are_where_the_text_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, platform: Platform, habit: dict[str, object]) -> None:
    monkeypatch.setitem(module._HABITS, platform, replace(module._HABITS[platform], **habit))  # type: ignore[arg-type]
    draft = _write(_invoice(platform), tmp_path / "a.pdf")
    paper = draft.papers[0]
    left, top = (v * 72 / 25.4 for v in habit.get("margin", (0.0, 0.0))[:2])  # type: ignore[index]
    with pdfplumber.open(tmp_path / "a.pdf") as pdf:
        chars = [(c["text"], (c["x0"] + c["x1"]) / 2 - left, (c["top"] + c["bottom"]) / 2 - top) for c in pdf.pages[0].chars]
    wide, high = paper.width * 72 / 25.4, paper.height * 72 / 25.4
    for name in ("invoice_code", "invoice_number", "buyer_tax_id", "seller_name", "amount", "tax", "total_capital", "check_code"):
        a, b, c, d = paper.fields[name].box
        inside = "".join(t for t, x, y in chars if a / paper.width <= x / wide <= c / paper.width and b / paper.height <= y / high <= d / paper.height)
        want = face_of(_invoice(platform)).text(name)
        assert sorted(inside.replace(" ", "").replace("￥", "¥")) == sorted(want.replace(" ", "")), (name, inside)


@pytest.mark.parametrize("platform", _PLATFORMS)
def test_our_reader_believes_the_layer(tmp_path: Path, platform: Platform) -> None:
    draft = _write(_invoice(platform), tmp_path / "a.pdf")
    layer = text_layer(tmp_path / "a.pdf", "pdf", 0, Limits())
    said = "".join(line.text for line in layer.lines).replace(" ", "")
    # Where the seal is a picture in the page it lies over 「销售方：（章）」, and the reader then prefers the pixels.
    assert layer.trusted == (platform != "carried"), layer.why
    assert "00812345" in said and "深圳市凌陌精密制造有限公司" in said
    assert {"invoice_type", "issue_date", "total", "remarks", "machine_number", "seller_tax_id"} <= set(draft.papers[0].fields)
    assert [s.role for s in draft.papers[0].seals] == ["printed", "invoice"]


def test_full_width_figures_are_written_as_such(tmp_path: Path) -> None:
    _write(_invoice("wide"), tmp_path / "a.pdf")
    with pdfplumber.open(tmp_path / "a.pdf") as pdf:
        text = "".join(c["text"] for c in pdf.pages[0].chars)
    assert "２０１９年０５月０６日" in text and widened("VMC-850L") in text


@pytest.mark.parametrize("kind", ["e_ordinary", "blockchain", "digital_special"])
def test_codes_keep_the_facts(tmp_path: Path, kind: str) -> None:
    changes = {"digital_special": {"code": "", "number": "24442000000012345678", "check_code": "", "machine_number": ""}, "blockchain": {"code": "144031909110"}}
    invoice = _invoice(kind=kind, overprints=(Overprint("total", "9.00"),), **changes.get(kind, {}))
    draft = _write(invoice, tmp_path / "a.pdf")
    assert draft.papers[0].fields["total"].value == "9.00" and draft.papers[0].fields["invoice_type"].value == kind
    pdf = pdfium.PdfDocument(tmp_path / "a.pdf")
    codes = [r.text for r in zxingcpp.read_barcodes(pdf[0].render(scale=4).to_pil())]
    assert codes == [payload(invoice)]
    gross = invoice.net + invoice.tax
    assert {"e_ordinary": plain(invoice.net), "blockchain": str(int(gross * 100)), "digital_special": plain(gross)}[kind] in codes[0]


def test_a_plain_overprint_replaces_and_a_patched_one_covers(tmp_path: Path) -> None:
    total = plain(_invoice().gross)
    _write(_invoice(overprints=(Overprint("total", "99888.00"),)), tmp_path / "a.pdf")
    draft = _write(_invoice(overprints=(Overprint("total", "99888.00", patched=True),)), tmp_path / "b.pdf")
    texts = []
    for name in "ab":
        with pdfplumber.open(tmp_path / f"{name}.pdf") as pdf:
            texts.append("".join(c["text"] for c in pdf.pages[0].chars).replace(" ", ""))
    assert "99888.00" in texts[0] and total not in texts[0]
    assert "99888.00" in texts[1] and total in texts[1]
    assert draft.papers[0].fields["total"].value == "99888.00"
    with pikepdf.open(tmp_path / "b.pdf") as pdf:
        made, changed, producer = (str(pdf.docinfo[n]) for n in ("/CreationDate", "/ModDate", "/Producer"))
    assert changed > "D:20200101" > made and "iText" not in producer


def test_an_edited_file_betrays_itself_without_another_value(tmp_path: Path) -> None:
    for name, edited in (("a", False), ("b", True)):
        draft = _write(_invoice(edited=edited), tmp_path / f"{name}.pdf")
        assert draft.papers[0].fields["total"].value == plain(_invoice().gross)
    assert (tmp_path / "b.pdf").read_bytes().count(b"%%EOF") == (tmp_path / "a.pdf").read_bytes().count(b"%%EOF") + 1


def test_blueprints_note_the_same_and_write_nothing(tmp_path: Path) -> None:
    invoice = _invoice("carried", overprints=(Overprint("total", "99888.00", patched=True),))
    real = _write(invoice, tmp_path / "a.pdf")
    with blueprint():
        planned = _write(invoice, tmp_path / "b.pdf")
        printed = draw_e_invoice(_world(), invoice)
    assert planned.papers[0].fields == real.papers[0].fields and planned.papers[0].rows == real.papers[0].rows
    assert planned.papers[0].seals == real.papers[0].seals and not (tmp_path / "b.pdf").exists()
    assert printed.papers[0].fields.keys() == real.papers[0].fields.keys()


def test_same_bytes_and_one_changed_fact_changes_one_file(tmp_path: Path) -> None:
    one, other = _invoice("formed"), _invoice("formed", key="I901", number="00812346")
    for name, invoice in (("a", one), ("b", one), ("c", other)):
        _write(invoice, tmp_path / f"{name}.pdf")
    assert (tmp_path / "a.pdf").read_bytes() == (tmp_path / "b.pdf").read_bytes() != (tmp_path / "c.pdf").read_bytes()


def test_goods_lists_follow_as_pages(tmp_path: Path) -> None:
    items = tuple(_item(f"夹具{i}", "1", "100") for i in range(30))
    face, goods = write_e_invoice(_world(), _invoice("carried", items=items, on_goods_list=True), tmp_path / "a.pdf")
    with pdfplumber.open(tmp_path / "a.pdf") as pdf:
        assert len(pdf.pages) == 3 and "详见销货清单" in pdf.pages[0].extract_text()
    assert goods.key == "invoice_list::I900" and [len({r for r, _, _ in p.rows["items"]}) for p in goods.papers] == [25, 5]
    assert face.papers[0].rows["items"][0][2].value == "（详见销货清单）" and goods.papers[1].fields["amount"].value == "3000.00"


def test_red_and_untaxed_and_agent_invoices(tmp_path: Path) -> None:
    item = replace(_item("维修服务", "1", "500"), quantity=Decimal(-1), amount=Decimal("-500.00"), tax=Decimal("-65.00"))
    red = _write(_invoice(items=(item,), remarks="对应正数发票代码:044031900311号码:00811111"), tmp_path / "a.pdf").papers[0]
    assert red.fields["is_red_letter"].value == "true" and red.fields["total_capital"].value == "-565.00"
    free = _write(_invoice(items=(_item("技术服务", "1", "500", "0"),)), tmp_path / "b.pdf").papers[0]
    assert free.fields["tax"].value == "0.00" and {c: n.value for _, c, n in free.rows["items"]}["tax_rate"] == "0"
    office = _party("国家税务总局深圳市宝安区税务局", "11440300MB2D00000X")
    agent = _write(_invoice(agent=office), tmp_path / "c.pdf").papers[0]
    assert agent.fields["seller_name"].value == office.name and agent.fields["is_agent_issued"].value == "true"
    assert "深圳市澄岳" in agent.fields["remarks"].value


@pytest.mark.parametrize("amount", ["0.05", "10.00", "1004.30", "325.04", "100000000.00", "20060305.17"])
def test_words_are_read_back(amount: str) -> None:
    assert words_value(capital(Decimal(amount))) == amount
    assert words_value(f"（负数）{capital(Decimal(amount))}") == f"-{amount}"


def test_paper_invoices_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="no electronic invoice"):
        _write(_invoice(kind="special"), tmp_path / "a.pdf")


def test_the_print_on_a4_carries_the_same_values() -> None:
    invoice = _invoice("stamping", overprints=(Overprint("total", "99888.00", patched=True),))
    draft = draw_e_invoice(_world(), invoice)
    paper = draft.papers[0]
    assert (paper.width, paper.height) == (210, 297) and paper.fields["total"].value == "99888.00"
    assert paper.fields["buyer_name"].box[3] < 150
