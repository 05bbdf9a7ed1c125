"""Paper invoices: what is noted is what is printed, where it is printed; overprints, patches and marks change what they name only."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import numpy as np
import pytest
import zxingcpp

from samples.documents.invoice import draw_goods_list, draw_invoice_page
from samples.documents.invoice.needle_signs import STROKES, stroked
from samples.documents.qr import invoice_payload, qr_picture
from samples.money import plain
from samples.paper import MmBox, Paper, blueprint, photocopied, resolution
from samples.runs import Patch
from samples.world.model import Invoice, Item, Overprint, Party, World
from tests.samples.worlds import world_of

HEAD = {"invoice_type", "invoice_code", "invoice_number", "issue_date", "copy", "buyer_name", "seller_name", "amount", "tax", "total", "total_capital"}


def _world() -> World:
    return world_of(7, ("1", "2"))


def _one(kind: str, /, **changes: object) -> Invoice:
    invoice = next(i for i in _world().invoices if i.kind == kind and not i.on_goods_list and i.agent is None and i.red_of is None)
    return replace(invoice, **changes)  # type: ignore[arg-type]


def _measured(invoice: Invoice) -> Paper:
    with blueprint():
        (paper,) = draw_invoice_page(_world(), invoice).papers
    return paper


def _values(paper: Paper) -> dict[str, str]:
    return {name: noted.value for name, noted in paper.fields.items()}


def _inside(box: MmBox, paper: Paper) -> bool:
    return -1 <= box[0] < box[2] <= paper.width + 1 and -1 <= box[1] < box[3] <= paper.height + 1


@pytest.mark.parametrize("kind", ["special", "ordinary"])
def test_every_printed_value_is_noted_within_the_sheet(kind: str) -> None:
    invoice = _one(kind)
    paper = _measured(invoice)
    said = _values(paper)
    assert said.keys() >= HEAD
    assert said["amount"] == plain(invoice.net) and said["tax"] == plain(invoice.tax) and said["total"] == plain(invoice.gross)
    assert said["invoice_type"] == kind and said["issue_date"] == invoice.issued_on.isoformat()
    assert said["buyer_tax_id"] == invoice.buyer_tax_id and said["seller_tax_id"] == invoice.seller_tax_id
    assert ("check_code" in said) == (kind == "ordinary")
    assert all(_inside(noted.box, paper) for noted in paper.fields.values())
    rows = {(row, column): noted.value for row, column, noted in paper.rows["items"]}
    for i, item in enumerate(invoice.items):
        assert rows[i, "amount"] == plain(item.amount) and rows[i, "tax_rate"] == f"{item.rate:.2f}"
    assert {seal.role for seal in paper.seals} >= {"printed", "invoice"}


@pytest.mark.parametrize("kind", ["special", "ordinary"])
def test_a_blueprint_says_what_the_drawn_page_says(kind: str) -> None:
    invoice = _one(kind)
    with resolution(60):
        (drawn,) = draw_invoice_page(_world(), invoice).papers
    measured = _measured(invoice)
    assert drawn.fields == measured.fields and drawn.rows == measured.rows and drawn.seals == measured.seals
    assert (drawn.width, drawn.height) == (measured.width, measured.height)


def test_ink_stands_where_the_truth_says() -> None:
    """Printed boxes hold much more ink than the empty part of the item table."""
    for invoice in [i for i in _world().invoices if i.kind in ("special", "ordinary")][:2]:
        with resolution(120):
            (paper,) = draw_invoice_page(_world(), replace(invoice, voided=False)).papers
            dark = 255 - np.asarray(paper.image.convert("L")).astype(float)
        for name in ("buyer_name", "amount", "issue_date", "invoice_code"):
            x0, y0, x1, y1 = (round(v * 120 / 25.4) for v in paper.fields[name].box)
            assert dark[y0:y1, x0:x1].mean() > 7, f"{name} of {invoice.key}"


def test_overprint_changes_the_print_and_not_the_code() -> None:
    plainly, changed = _one("special"), _one("special", overprints=(Overprint("total", "999999.99"),))
    assert invoice_payload(plainly) == invoice_payload(changed)
    assert _values(_measured(changed)) == {**_values(_measured(plainly)), "total": "999999.99"}
    first = _measured(_one("special", overprints=(Overprint("items.0.amount", "1.00"),)))
    assert next(n.value for row, column, n in first.rows["items"] if (row, column) == (0, "amount")) == "1.00"
    assert first.fields["amount"].value == plain(plainly.net)


@pytest.mark.parametrize("kind", ["special", "ordinary"])
def test_the_code_carries_the_facts(kind: str) -> None:
    invoice = _one(kind, overprints=(Overprint("amount", "1.00", True),))
    (seen,) = zxingcpp.read_barcodes(np.asarray(qr_picture(invoice_payload(invoice), 200)))
    parts = seen.text.split(",")
    assert parts[1] == {"special": "01", "ordinary": "04"}[kind]
    assert parts[2:6] == [invoice.code, invoice.number, plain(invoice.net), f"{invoice.issued_on:%Y%m%d}"]
    assert parts[6] == ("" if kind == "special" else invoice.check_code)
    with resolution(200):
        (paper,) = draw_invoice_page(_world(), invoice).papers
    assert any(code.text == seen.text for code in zxingcpp.read_barcodes(np.asarray(paper.image)))


def test_a_patch_lies_over_the_old_print() -> None:
    invoice = _one("special", overprints=(Overprint("total", "999999.99", True), Overprint("issue_date", "2018-12-30", True)))
    with resolution(60):
        (paper,) = draw_invoice_page(_world(), invoice).papers
    patches = [mark for mark in paper.marks if isinstance(mark, Patch)]
    assert len(patches) == 2 and _values(paper)["issue_date"] == "2018-12-30"
    box = paper.fields["total"].box
    assert any(p.x0 < box[2] and box[0] < p.x1 and p.y0 < box[3] and box[1] < p.y1 for p in patches)


def test_a_changed_buyer_moves_nothing_else() -> None:
    other = replace(_one("special").buyer, name="深圳市另一家示例科技有限公司")
    one, two = _measured(_one("special")), _measured(_one("special", buyer=other))
    assert two.fields["buyer_name"].value == other.name
    assert {k: v for k, v in one.fields.items() if k != "buyer_name"} == {k: v for k, v in two.fields.items() if k != "buyer_name"}
    assert one.seals == two.seals and one.rows == two.rows


def test_red_letter_names_the_blue_one() -> None:
    blue = _one("ordinary")
    items = tuple(replace(i, amount=-i.amount, tax=-i.tax, quantity=-i.quantity if i.quantity else None) for i in blue.items)
    red = replace(blue, key="RED", number="00012345", items=items, red_of=blue.key, remarks="")
    said = _values(_measured(red))
    assert said["is_red_letter"] == "true" and said["total"].startswith("-") and said["total_capital"].startswith("（负数）")
    assert blue.code in said["remarks"] and blue.number in said["remarks"]
    special = _one("special")
    items = tuple(replace(i, amount=-i.amount, tax=-i.tax) for i in special.items)
    said = _values(_measured(replace(special, key="RED2", items=items, red_of=special.key, remarks="")))
    assert "信息表编号" in said["remarks"]


def test_void_agent_and_foreign_seals() -> None:
    office = Party("国家税务总局深圳市示例区税务局", "11440300000000000A", "", "", "", "")
    said = _measured(_one("special", voided=True))
    assert said.fields["voided"].value == "true" and any(seal.text == "作废" for seal in said.seals)
    invoice = _one("special", agent=office, remarks="")
    paper = _measured(invoice)
    assert paper.fields["seller_name"].value == office.name and paper.fields["is_agent_issued"].value == "true"
    assert invoice.seller.name in paper.fields["remarks"].value
    assert any("代开发票专用章" in seal.text for seal in paper.seals)
    stranger = replace(invoice.seller, name="广州市陌生示例贸易有限公司")
    foreign = _measured(_one("special", seal_of=stranger))
    assert all(stranger.name in seal.text for seal in foreign.seals if seal.role == "invoice")
    assert foreign.fields["seller_name"].value == invoice.seller.name
    blank = _measured(_one("ordinary", buyer_tax_id=""))
    assert "buyer_tax_id" not in blank.fields


def test_goods_list_bears_the_items_over_pages() -> None:
    item = _one("special").items[0]
    items = tuple(replace(item, name=f"{item.name}{i}") for i in range(75))
    invoice = _one("special", items=items, on_goods_list=True)
    face = _measured(invoice)
    assert {n.value for row, column, n in face.rows["items"] if column == "name"} == {"（详见销货清单）"}
    with blueprint():
        draft = draw_goods_list(_world(), invoice)
    assert draft.kind == "invoice_list" and len(draft.papers) >= 2
    assert [paper.label for paper in draft.papers] == list(range(1, len(draft.papers) + 1))
    cells = {(row, column): n.value for paper in draft.papers for row, column, n in paper.rows["items"]}
    assert {row for row, _ in cells} == set(range(75))
    assert sum((Decimal(cells[row, "amount"]) for row in range(75)), Decimal(0)) == Decimal(draft.papers[-1].fields["amount"].value)
    assert draft.papers[0].fields["invoice_number"].value == invoice.number
    assert all(any(seal.role == "invoice" for seal in paper.seals) for paper in draft.papers)


def test_vehicle_invoice() -> None:
    car = Item("机动车", "轻型厢式货车", "示例牌SL5048XXY", "辆", Decimal(1), Decimal("118000.00"), Decimal("118000.00"), Decimal("0.13"), Decimal("15340.00"))
    invoice = _one("special", kind="vehicle", code="144031920110", items=(car,))
    paper = _measured(invoice)
    said = _values(paper)
    assert said["invoice_type"] == "vehicle" and said["total"] == "133340.00" and said["tax"] == "15340.00" and said["amount"] == "118000.00"
    assert all(_inside(noted.box, paper) for noted in paper.fields.values())


def test_long_names_stay_as_printed() -> None:
    """Whatever a program does with a long name, the truth is what it printed."""
    seen = set()
    for seller in {i.seller.name: i.seller for i in _world().invoices}.values():
        invoice = _one("special", seller=seller)
        long = replace(invoice.items[0], name="六轴关节机器人工作站（含视觉引导、快换夹具与安全围栏及地轨）" * 2)
        paper = _measured(replace(invoice, items=(long,)))
        (name,) = [n for _, column, n in paper.rows["items"] if column == "name"]
        assert f"*{long.item_class}*{long.name}".startswith(name.value) or long.name.startswith(name.value)
        seen.add((len(name.value) < len(long.name), name.box[3] - name.box[1] > 5))
    assert len(seen) >= 2, "sellers' programs differ"


def test_needle_signs_are_distinct_and_stay_in_their_cells() -> None:
    for weight in (1, 2):
        shapes = {char: stroked(char, 26, 14, weight) for char in STROKES}
        assert len({shape.tobytes() for shape in shapes.values()}) == len(STROKES)
        assert all(shape.shape == (34, 14) and shape.any() for shape in shapes.values())
    thin = stroked("1", 26, 14, 1)
    foot = np.flatnonzero(thin.any(axis=1))[-1]
    assert np.count_nonzero(thin[foot]) >= 6, "the 1 stands on a foot"
    assert np.count_nonzero(thin[foot - 6]) == 1


def test_other_kinds_are_refused() -> None:
    with pytest.raises(ValueError, match="e_ordinary"):
        _measured(_one("special", kind="e_ordinary"))


def test_photocopied_sheet_is_grey() -> None:
    with resolution(60), photocopied():
        (paper,) = draw_invoice_page(_world(), _one("special")).papers
        pixels = np.asarray(paper.image).astype(int)
    assert np.abs(pixels[:, :, 0] - pixels[:, :, 2]).max() <= 4
    assert pixels.min() < 120


def test_strips_have_holes_below_each_other() -> None:
    """Where a feeding strip is on the sheet, its holes stand in one column at its middle."""
    from samples.documents.invoice.form import _holes

    holes = _holes(100)
    assert holes.shape[0] > 10 * holes.shape[1]
    starts = np.flatnonzero(np.diff((holes.max(axis=1) > 0.1).astype(int)) == 1)
    assert len(starts) == 11
