"""The values on the face of a paper VAT invoice, and the truth about them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from samples.documents.invoice.form import COLUMNS, ITEMS, Form, edition_for
from samples.documents.invoice.marks import hand_marks, rubber_stamp, seal_invoice
from samples.documents.invoice.print import Print, ribbon_for, union
from samples.documents.qr import invoice_payload, qr_modules
from samples.money import capital, plain
from samples.paper import MmBox, Paper
from samples.world.model import ZERO, Invoice, Item, Party, World

KIND = "vat_invoice"
ON_LIST = "（详见销货清单）"
_CIPHER = "0123456789+-*/<>0123456789+-*/<>*<>"
_PATCH_TONES = ((250, 250, 247), (244, 243, 238), (252, 252, 252))


@dataclass(frozen=True)
class Software:
    """How the seller's invoicing program sets a page; the same on all of its invoices."""

    qr: bool
    check_in_remarks: bool
    machine: Literal["", "head", "line"]
    """Where the machine number stands: nowhere, in two lines below the code, in one line above the frame."""
    id_size: float
    total_size: float
    item_size: float
    long_names: Literal["shrink", "wrap", "cut"]
    yen: str
    yuan: str
    short_cipher: bool
    gap: str
    """Between bank and account, street and telephone."""


def software_of(world: World, seller: Party, year: int) -> Software:
    rng = world.rng("fiscal software", seller.name)
    qr, check, machine, names = rng.random() < 0.88, rng.random() < 0.3, rng.random(), rng.random()
    return Software(
        qr, check, "head" if machine < 0.3 else "line" if machine < 0.6 else "", rng.uniform(12.2, 14.2), rng.uniform(12.0, 13.6), rng.uniform(8.3, 9.3),
        "shrink" if names < 0.4 else "wrap" if names < 0.8 else "cut", "￥" if rng.random() < 0.6 else "¥", "圆" if rng.random() < 0.93 else "元",
        rng.random() < 0.3 and year <= 2016, rng.choice(("", " ", " ")),
    )  # fmt: skip


def draw_plain_invoice(world: World, invoice: Invoice, paper: Paper, left: float, top: float) -> None:
    """Draws a special or ordinary invoice on ``paper``, the corner of its 240 x 140 mm sheet at ``(left, top)``.

    With ``left`` = −12.7 the left feeding strip is off the paper, as where it was torn. Overprints hold canonical values
    (money "12345.60", dates ISO); ``items.0.amount`` names a cell of the first item.
    """
    if invoice.kind not in ("special", "ordinary"):
        raise ValueError(f"{invoice.kind} is not printed on this form; vehicles have their own, the rest are files")
    _Face(world, invoice, paper, left, top).draw()


class _Face:
    def __init__(self, world: World, invoice: Invoice, paper: Paper, left: float, top: float) -> None:
        self.invoice, self.paper, self.left, self.top, self.world = invoice, paper, left, top, world
        key = (KIND, invoice.key)
        self.rng = world.rng(*key, "sheet")
        self.text_rng = world.rng(*key, "text")
        self.issuer = invoice.agent or invoice.seller
        self.software = software_of(world, self.issuer, int(invoice.code[4:6] if len(invoice.code) == 10 else invoice.code[5:7]) + 2000)
        self.form = Form(paper, left, top, edition_for(invoice, self.issuer.supervision, world.rng(*key, "form")))
        laser = invoice.kind == "ordinary" and world.rng("laser", self.issuer.name).random() < 0.12
        self.print = Print(paper, left, top, ribbon_for(world.rng("printer", self.issuer.name), world.rng(*key, "ribbon"), laser=laser))
        self.patches: list[tuple[MmBox, str, float]] = []

    # ------------------------------------------------------------ single values

    def _value(
        self, name: str, canonical: str, x: float, y: float, shown: str, size: float, *, align: Literal["l", "c", "r"] = "l", cell: float = 0.5
    ) -> MmBox:
        """Prints ``shown`` and notes it as the field ``name``; where the print was patched, its place is kept for the patch."""
        box = self._printed(name, x, y, shown, size, align=align, cell=cell)
        self.paper.note(name, canonical, box)
        return box

    def _printed(self, name: str, x: float, y: float, shown: str, size: float, *, align: Literal["l", "c", "r"] = "l", cell: float = 0.5) -> MmBox:
        if any(o.field == name and o.patched for o in self.invoice.overprints):
            wide = self.print.width(shown, size, cell)
            start = x - {"l": 0.0, "c": wide / 2, "r": wide}[align]
            box = self.print.box(start, y - size * 0.18, start + wide, y + size * 0.18)
            self.patches.append((box, shown, size))
            return box
        return self.print.text(x, y, shown, size, align=align, cell=cell)

    def _says(self, name: str, fact: str) -> str:
        return self.invoice.printed(name, fact)

    # ------------------------------------------------------------ the page

    def draw(self) -> None:
        invoice, rng = self.invoice, self.rng
        strips = rng.random()
        ink = rng.choice(((88, 104, 190), (120, 124, 150), (70, 90, 170)))
        self.form.strips(strips < 0.55, strips < 0.35, ink)
        self.form.draw()
        self._head()
        self._parties()
        self._cipher()
        self._items()
        self._totals()
        self._foot()
        self._status()
        self.print.lay()
        self.form.supervise()
        own = self.world.rng(KIND, invoice.key, "seal")
        seal_invoice(invoice, self.paper, self.left, self.top, own)
        self._patch()
        if invoice.voided:
            box = rubber_stamp(self.paper, "作废", self.left + own.uniform(70, 160), self.top + own.uniform(66, 84), own, size=own.uniform(26, 40))
            self.paper.note("voided", "true", box)
        hand_marks(self.paper, self.left, self.top, self.form.edition.copy == "deduction", self.world.rng(KIND, invoice.key, "hand"))

    def _head(self) -> None:
        invoice, soft, note = self.invoice, self.software, self.paper.note
        note("invoice_type", "special" if invoice.kind == "special" else "ordinary", self.form.title)
        note("copy", self.form.edition.copy, self.form.copy_box)
        code, number = self._says("invoice_code", invoice.code), self._says("invoice_number", invoice.number)
        code_box, number_box = self.form.number(code, number)
        note("invoice_code", code, code_box)
        note("invoice_number", number, number_box)
        for field, box, shown, size in (("invoice_code", code_box, code, 18.0), ("invoice_number", number_box, number, 18.0)):
            if any(o.field == field and o.patched for o in invoice.overprints):
                self.patches.append((box, shown, size))
        self.print.text(199.5, 13.4, code, 8.4)
        self.print.text(215.0, 17.6, number, 11.6, align="r", cell=0.52)
        if self.paper.drawn and (soft.qr or invoice.overprints):
            self.print.pattern(25.0, 9.8, qr_modules(invoice_payload(invoice)), 17.6)
        day = self._says("issue_date", invoice.issued_on.isoformat())
        shown = f"{date.fromisoformat(day):%Y年%m月%d日}"
        self._value("issue_date", day, 187.2, 24.0, shown, 10.4, cell=0.53)
        if soft.machine == "head" and not (self._check() and not soft.check_in_remarks):
            self.print.text(46.6, 21.6, "机器编号：", 9.4)
            self._value("machine_number", self._says("machine_number", invoice.machine_number), 46.2, 26.4, self._says("machine_number", invoice.machine_number), 11.4, cell=0.54)
        elif soft.machine == "line" or (soft.machine and not soft.check_in_remarks):
            self.print.text(25.6 if not soft.qr else 47.0, 27.2 if not soft.qr else 21.4, "机器编号：", 9.2)
            machine = self._says("machine_number", invoice.machine_number)
            self._value("machine_number", machine, 43.0 if not soft.qr else 64.0, 27.4 if not soft.qr else 21.5, machine, 11.0, cell=0.52)
        if (check := self._check()) and not soft.check_in_remarks:
            self._value("check_code", check, 47.4, 26.4, f"校验码 {_groups(check)}", 8.8)

    def _check(self) -> str:
        return self._says("check_code", self.invoice.check_code) if self.invoice.kind == "ordinary" else ""

    def _parties(self) -> None:
        invoice, rng = self.invoice, self.text_rng
        bare = invoice.kind == "ordinary" and rng.random() < 0.4
        seller_id = self.issuer.uscc if invoice.agent else invoice.seller_tax_id
        contact = rng.gauss(0, 0.6)
        self._party("buyer", 32.8, invoice.buyer, invoice.buyer_tax_id, bare, contact)
        self._party("seller", 103.4, self.issuer, seller_id, False, contact)

    def _party(self, role: str, y: float, party: Party, tax_id: str, bare: bool, x: float) -> None:
        soft, step, start = self.software, 4.95, 59.9 + x
        room = 134.5 - start
        name = self._says(f"{role}_name", party.name)
        self._value(f"{role}_name", name, start, y, name, self.print.fitting(name, 10.3, room, 6.2))
        if shown := self._says(f"{role}_tax_id", tax_id):
            self._value(f"{role}_tax_id", shown, start + 3.6, y + step, shown, soft.id_size, cell=0.58)
        if bare:
            return
        street, bank = f"{party.address}{soft.gap}{party.phone}", f"{party.bank}{soft.gap}{party.account}"
        if role == "seller" and self.invoice.agent is not None:
            street, bank = "（代开机关）", f"（完税凭证号）3{self.text_rng.randrange(10**17):017d}"
        for i, text in ((2, street), (3, bank)):
            self.print.text(start, y + step * i, text, self.print.fitting(text, 9.6, room, 6.0))

    def _cipher(self) -> None:
        rng = self.world.rng(KIND, self.invoice.key, "cipher")
        signs = 21 if self.software.short_cipher else 27
        for i in range(4):
            self.print.text(142.6, 33.3 + 4.55 * i, "".join(rng.choice(_CIPHER) for _ in range(signs)), 12.0, cell=0.6 if signs == 27 else 0.72)

    # ------------------------------------------------------------ items

    def _items(self) -> None:
        invoice = self.invoice
        items = invoice.items
        if invoice.on_goods_list:
            rates = {item.rate for item in items}
            items = (Item("", ON_LIST, "", "", None, None, invoice.net, rates.pop() if len(rates) == 1 else ZERO, invoice.tax),)
        pitch = min(3.95, 31.6 / max(8, len(items)))
        y = ITEMS + 6.9
        for i, item in enumerate(items):
            y += self._item(i, item, y, pitch) * pitch

    def _item(self, row: int, item: Item, y: float, pitch: float) -> int:
        """Prints one item and returns how many lines it took."""
        listed = item.name == ON_LIST
        name = item.name if listed or not item.item_class else f"*{item.item_class}*{item.name}"
        texts = (
            ("spec", item.spec, item.spec), ("unit", item.unit, item.unit), ("quantity", count_text(item.quantity), count_text(item.quantity)),
            ("unit_price", price_text(item.unit_price), price_text(item.unit_price)), ("amount", plain(item.amount), plain(item.amount)),
            ("tax_rate", f"{item.rate:.2f}" if item.rate or not listed else "", rate_text(item.rate) if item.rate or not listed else ""), ("tax", plain(item.tax), plain(item.tax)),
        )  # fmt: skip
        lines = self._long(row, "name", name, COLUMNS[0], COLUMNS[1], y, 9.8, pitch)
        for i, (column, canonical, shown) in enumerate(texts, start=1):
            fact, x0, x1 = canonical, COLUMNS[i], COLUMNS[i + 1]
            canonical = self._says(f"items.{row}.{column}", canonical)
            shown = shown if canonical == fact else canonical
            if not shown:
                continue
            if column == "spec":
                lines = max(lines, self._long(row, column, shown, x0, x1, y, 9.2, pitch))
                continue
            base = self.software.item_size
            size = self.print.fitting(shown, base, x1 - x0 - 1.0, 5.6)
            at: tuple[float, Literal["c", "r"]] = ((x0 + x1) / 2, "c") if column in ("unit", "tax_rate") else (x1 - 0.5, "r")
            box = self._printed(f"items.{row}.{column}", at[0], y, shown, size, align=at[1])
            self.paper.note_row("items", row, column, canonical, box)
        return lines

    def _long(self, row: int, column: str, text: str, x0: float, x1: float, y: float, size: float, pitch: float) -> int:
        """A name or type designation: made smaller, broken into two lines or cut where it is too long; returns the lines."""
        text = self._says(f"items.{row}.{column}", text)
        inset = 2.0 if column == "name" else 1.4
        room, how = x1 - x0 - inset - 0.6, self.software.long_names
        if self.print.width(text, size) <= room:
            parts = [text]
        elif how == "shrink" or self.print.width(text, 7.6) <= room:
            size = self.print.fitting(text, size, room, 5.4)
            parts = [text]
        elif how == "wrap":
            size = 7.6
            parts = _broken(text, lambda part: self.print.width(part, size) <= room)
            size = min(size, pitch / 0.3528 * 0.95)
        else:
            size = 7.8
            while self.print.width(text, size) > room:
                text = text[:-1]
            parts = [text]
        boxes = [self.print.text(x0 + inset, y + i * pitch, part, size) for i, part in enumerate(parts)]
        self.paper.note_row("items", row, column, text, union(boxes))
        return len(parts)

    # ------------------------------------------------------------ totals and foot

    def _totals(self) -> None:
        invoice, soft = self.invoice, self.software
        net, tax, gross = (self._says(n, plain(v)) for n, v in (("amount", invoice.net), ("tax", invoice.tax), ("total", invoice.gross)))
        free = all(item.tax == 0 for item in invoice.items) and tax == "0.00"
        for name, value, right, room in (("amount", net, COLUMNS[6] - 0.2, 27.0), ("tax", tax, COLUMNS[8] - 0.7, 27.0)):
            shown = "***" if free and name == "tax" else f"{soft.yen}{value}"
            self._value(name, value, right, 89.8, shown, self.print.fitting(shown, soft.total_size, room, 8.5), align="r", cell=0.52)
        sign = "（负数）" if invoice.gross < 0 else ""
        words = self._says("total_capital", sign + capital(abs(invoice.gross), soft.yuan))
        self.print.crossed(79.4, 96.5)
        self._value("total_capital", words, 83.6, 96.5, words, self.print.fitting(words, 10.8, 76.0, 8.0))
        shown = f"{soft.yen}{gross}"
        self._value("total", gross, 182.4, 96.6, shown, self.print.fitting(shown, soft.total_size + 0.4, 40.0, 9.0), cell=0.56)

    def _foot(self) -> None:
        invoice = self.invoice
        y = 103.8
        if (check := self._check()) and self.software.check_in_remarks:
            self._value("check_code", check, 142.0, y, f"校验码 {_groups(check)}", 9.4)
            y += 4.6
        text = self._says("remarks", remarks_of(self.world, invoice))
        if text:
            size = 9.4 if self.print.width(text, 9.4) <= 4 * 75 else 7.6
            parts = _broken(text, lambda part: self.print.width(part, size) <= 75)
            boxes = [self.print.text(142.0, y + i * size * 0.46, part, size) for i, part in enumerate(parts)]
            self.paper.note("remarks", text, union(boxes))
            if invoice.gross < 0:
                self.paper.note("is_red_letter", "true", union(boxes))
        for x, person in zip((41.5, 95.0, 142.5), invoice.clerks, strict=True):
            self.print.text(x, 125.4, person, 10.2)

    def _status(self) -> None:
        invoice = self.invoice
        if invoice.agent is not None:
            self.paper.note("is_agent_issued", "true", self.print.text(62.0, 6.6, "代开", 12))
        if invoice.gross < 0:
            self.paper.note("is_red_letter", "true", self.print.text(72.0 if invoice.agent else 62.0, 6.6, "销项负数", 11))

    def _patch(self) -> None:
        """Correction fluid over the first print and another machine's type on it."""
        rng = self.world.rng(KIND, self.invoice.key, "patch")
        for box, text, size in self.patches:
            tone, out, face = rng.choice(_PATCH_TONES), rng.uniform(0.3, 0.7), rng.choice(("serif", "sans", "mono"))
            self.paper.fill((box[0] - out, box[1] - out, box[2] + out, box[3] + out), tone)
            wide = self.paper.text_width(text, size, face)  # type: ignore[arg-type]
            fit = size * min(1.0, (box[2] - box[0]) / wide)
            self.paper.text((box[0] + box[2]) / 2, (box[1] + box[3]) / 2 + rng.uniform(-0.3, 0.3), text, fit, face=face, align="c", ink=rng.choice(((30, 30, 34), (44, 52, 110))))  # type: ignore[arg-type]


def remarks_of(world: World, invoice: Invoice) -> str:
    """What stands in 备注: the invoice's own words, and what a red letter or a 代开 invoice must say there."""
    text = invoice.remarks
    if invoice.agent is not None and invoice.seller.name not in text:
        text = f"代开企业税号:{invoice.seller_tax_id} 代开企业名称:{invoice.seller.name} {text}".strip()
    if invoice.gross < 0 and not any(word in text for word in ("对应正数", "信息表编号")):
        blue = next((x for x in world.invoices if x.key == invoice.red_of), None)
        rng = world.rng(KIND, invoice.key, "notice")
        if invoice.kind == "special" or blue is None:
            text = f"开具红字增值税专用发票信息表编号{invoice.seller.invoice_area}00{invoice.issued_on:%y%m}{rng.randrange(10**6):06d} {text}".strip()
        else:
            text = f"对应正数发票代码:{blue.code}号码:{blue.number} {text}".strip()
    return text


def _groups(check: str) -> str:
    return " ".join(check[i : i + 5] for i in range(0, len(check), 5))


def price_text(value: Decimal | None) -> str:
    """Digits as the program prints them: no exponent; beyond two places no zeros that say nothing."""
    if value is None:
        return ""
    text = f"{value:f}"
    if "." not in text:
        return text
    whole, places = text.split(".")
    return f"{whole}.{places[:2]}{places[2:].rstrip('0')}"


def count_text(value: Decimal | None) -> str:
    """A quantity: whole ones without a point."""
    return "" if value is None else f"{value:f}".rstrip("0").rstrip(".") if "." in f"{value:f}" else f"{value:f}"


def rate_text(rate: Decimal) -> str:
    return f"{(rate * 100).normalize():f}%" if rate else "免税"


def _broken(text: str, fits: object) -> list[str]:
    """``text`` in lines for each of which ``fits`` holds."""
    assert callable(fits)
    parts, part = [], ""
    for char in text:
        if part and not fits(part + char):
            parts.append(part)
            part = ""
        part += char
    return [*parts, part] if part else parts
