"""The auditors' folder as a plan: which papers lie in which files, under the names people give them. Nothing is drawn here but on demand.

``plan_vouchers`` says what lies where; ``draw_part`` draws one part; ``write_original`` writes a file that came from a platform;
``parts_on`` tells the truth of a part: the papers on it and the region each has. A paper's place and name come from its own key, so
that a changed fact moves nothing else.

Besides the papers' keys there is ``slip_sheet::KEY+KEY``: two or three bank slips printed on one sheet of A4.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Literal, cast

from samples.documents.acceptance_bill import draw_acceptance_bill
from samples.documents.bank_slip import draw_payment_slip, slips_per_sheet
from samples.documents.bookkeeping import draw_accounting_voucher, draw_asset_card, draw_delivery_acceptance
from samples.documents.customs import Levy, draw_customs_declaration, draw_customs_payment
from samples.documents.draft import Draft
from samples.documents.electronic import draw_e_invoice, write_e_invoice
from samples.documents.interest_receipt import draw_interest_receipt
from samples.documents.invoice import draw_goods_list, draw_invoice_page
from samples.documents.purchase_contract import draw_purchase_contract
from samples.fonts import typefaces
from samples.paper import MmBox, Noted, Paper, blueprint
from samples.world.model import Booking, CustomsEntry, InterestReceipt, Invoice, Lease, Loan, PaperKey, Payment, World

FileKind = Literal["bundle", "picture", "original"]
Depth = Literal["invoices", "paid", "all"]
"""invoices: invoices and customs papers; paid: and how they were paid; all: and contracts, bookings, cards, deliveries."""
SHEET = "slip_sheet"
_PAPER = ("special", "ordinary", "vehicle")


@dataclass(frozen=True)
class VoucherFile:
    """One file. ``path`` is below the auditors' folder. bundle: a PDF with the parts' pages one after another; picture: the only page of
    the only part, suffix .jpg or .png; original: an electronic invoice as its platform wrote it (.pdf, .ofd)."""

    path: str
    kind: FileKind
    parts: tuple[PaperKey, ...]


@dataclass(frozen=True)
class Placed:
    """A paper on a part: its notes in millimetres of the part's page; ``region`` is its box there where it shares the page."""

    draft: Draft
    region: MmBox | None = None


# ---------------------------------------------------------------- parts


def split(key: PaperKey) -> tuple[str, str]:
    """``kind::what`` as (kind, what)."""
    kind, _, what = key.partition("::")
    return kind, what


def _payment(world: World, key: str) -> Payment:
    return next(p for p in world.payments if p.key == key)


def _booking(world: World, key: str) -> Booking:
    return next(b for b in world.bookings if b.voucher_key == key)


def financings(world: World) -> tuple[Loan | Lease, ...]:
    """Loans, then leases."""
    return (*world.loans, *world.leases)


def _receipts(world: World) -> dict[PaperKey, tuple[str, int, InterestReceipt]]:
    return {
        f"interest_receipt::{source.key}:{number}": (source.key, number, receipt)
        for source in financings(world) for number, receipt in enumerate(source.receipts, start=1)
    }  # fmt: skip


def _invoice(world: World, what: str) -> Draft:
    invoice = world.invoice(what)
    return draw_invoice_page(world, invoice) if invoice.kind in _PAPER else draw_e_invoice(world, invoice)


def _interest(world: World, what: str) -> Draft:
    return draw_interest_receipt(world, *_receipts(world)[f"interest_receipt::{what}"])


def _customs_payment(world: World, what: str) -> Draft:
    key, _, levy = what.rpartition(":")
    return draw_customs_payment(world, world.customs_entry(key), cast(Levy, levy))


_DRAWERS: Mapping[str, Callable[[World, str], Draft]] = {
    "vat_invoice": _invoice,
    "invoice_list": lambda world, what: draw_goods_list(world, world.invoice(what)),
    "customs_declaration": lambda world, what: draw_customs_declaration(world, world.customs_entry(what)),
    "customs_payment": _customs_payment,
    "payment_slip": lambda world, what: draw_payment_slip(world, _payment(world, what)),
    "acceptance_bill": lambda world, what: draw_acceptance_bill(world, _payment(world, what)),
    "interest_receipt": _interest,
    "purchase_contract": lambda world, what: draw_purchase_contract(world, next(c for c in world.contracts if c.number == what)),
    "accounting_voucher": lambda world, what: draw_accounting_voucher(world, _booking(world, what)),
    "asset_card": lambda world, what: draw_asset_card(world, _booking(world, what)),
    "delivery_acceptance": lambda world, what: draw_delivery_acceptance(world, _booking(world, what)),
}
KINDS = frozenset(_DRAWERS) | {SHEET}


def draw_part(world: World, key: PaperKey) -> Draft:
    """The clean paper (or shared sheet) ``key``. Raises KeyError for a kind or receipt, StopIteration for a thing the world lacks."""
    kind, what = split(key)
    # The same faces as ``samples.registry.draw_paper`` gives, so that a part measures alike whoever asks for it.
    with typefaces(world.rng("faces", key)):
        draft = _shared_sheet(world, key)[0] if kind == SHEET else _DRAWERS[kind](world, what)
    draft.key = key
    return draft


def parts_on(world: World, key: PaperKey) -> tuple[Placed, ...]:
    """What truth has to say about part ``key``: one paper for itself, or each slip of a shared sheet. Nothing is painted."""
    with blueprint():
        return _shared_sheet(world, key)[1] if split(key)[0] == SHEET else (Placed(draw_part(world, key)),)


def _shared_sheet(world: World, key: PaperKey) -> tuple[Draft, tuple[Placed, ...]]:
    """Slips one below the other on A4; the sheet carries all their seals, each slip its own notes at its place. A lone slip has the page."""
    sheet = Paper()
    placed: list[Placed] = []
    y = 0.0
    for part in split(key)[1].split("+"):
        draft = draw_part(world, part)
        slip = draft.papers[0]
        if slip.drawn:
            sheet.picture(slip.image, 0, y)
        sheet.coloured = sheet.coloured or slip.coloured
        shifted = _shifted(slip, y)
        sheet.seals += shifted.seals
        placed.append(Placed(replace(draft, papers=[shifted]), (0.0, y, sheet.width, min(sheet.height, y + slip.height))))
        y += slip.height
    if len(placed) == 1:
        placed = [replace(placed[0], region=None)]
    return Draft(SHEET, [sheet], "银行回单", key=key), tuple(placed)


def _shifted(slip: Paper, down: float) -> Paper:
    """The notes of ``slip`` on a page of A4, ``down`` mm lower."""

    def moved(box: MmBox) -> MmBox:
        return (box[0], box[1] + down, box[2], box[3] + down)

    with blueprint():
        page = Paper(coloured=slip.coloured)
    page.fields = {name: Noted(noted.value, moved(noted.box)) for name, noted in slip.fields.items()}
    page.rows = {table: [(row, column, Noted(n.value, moved(n.box))) for row, column, n in cells] for table, cells in slip.rows.items()}
    page.seals = [replace(seal, box=moved(seal.box)) for seal in slip.seals]
    return page


def write_original(world: World, file: VoucherFile, path: Path) -> tuple[Draft, ...]:
    """Writes an ``original`` to ``path``; returns the papers in it, their pages being the file's in order."""
    return write_e_invoice(world, world.invoice(split(file.parts[0])[1]), path, form="ofd" if file.path.lower().endswith(".ofd") else "pdf")


# ---------------------------------------------------------------- what belongs to a voucher


def chosen_vouchers(world: World, count: int | None = None, must: Collection[str] = ()) -> tuple[str, ...]:
    """Keys of the vouchers whose papers lie in the folder: ``must`` and what depends on it, then others by a lot of their own.

    ``count`` None takes all. Red invoices come with the blue ones they take back.
    """
    keys = [i.key for i in world.invoices] + [e.key for e in world.imports]
    wanted = set(must) & set(keys)
    if count is None:
        return tuple(keys)
    electronic = {i.key for i in world.invoices if i.kind not in _PAPER}
    lots = sorted(keys, key=lambda k: (k not in wanted, (0.35 if k in electronic else 1.0) * world.rng("auditors", k).random()))
    taken = set(lots[: max(count, len(wanted))])
    taken |= {i.key for i in world.invoices if i.red_of in taken}
    return tuple(key for key in keys if key in taken)


def papers_of(world: World, voucher: str, depth: Depth = "all") -> tuple[PaperKey, ...]:
    """The papers that prove one voucher; those that serve several (a slip, a contract) come with each of them."""
    out: list[PaperKey] = []
    invoice = next((i for i in world.invoices if i.key == voucher), None)
    if invoice is not None:
        out.append(f"vat_invoice::{voucher}")
        if invoice.on_goods_list and invoice.kind in _PAPER:
            out.append(f"invoice_list::{voucher}")
    entry = next((e for e in world.imports if e.key == voucher), None)
    if entry is not None:
        out += [f"customs_declaration::{voucher}", f"customs_payment::{voucher}:vat"]
        if entry.duty > 0:
            out.append(f"customs_payment::{voucher}:duty")
    if depth != "invoices":
        out += [f"{'acceptance_bill' if p.bill else 'payment_slip'}::{p.key}" for p in world.payments if any(k == voucher for k, _ in p.pays)]
    if depth == "all":
        out += [f"purchase_contract::{c.number}" for c in world.contracts if voucher in c.vouchers]
        for booking in world.bookings:
            if booking.voucher_key == voucher:
                out.append(f"accounting_voucher::{voucher}")
                out += [f"asset_card::{voucher}"] if booking.asset_number else []
                out += [f"delivery_acceptance::{voucher}"] if booking.delivered_on and booking.delivery_number else []
    return tuple(key for key in out if key not in world.handling.absent)


# ---------------------------------------------------------------- the plan


def plan_vouchers(world: World, count: int | None = None, *, must: Collection[str] = (), depth: Depth = "all") -> tuple[VoucherFile, ...]:
    """The files of the folder for ``count`` vouchers (None: all), ``must`` among them, and the interest receipts of category 4."""
    vouchers = chosen_vouchers(world, count, must)
    if not vouchers and not world.loans and not world.leases:
        return ()
    papers = {key: voucher for voucher in vouchers for key in papers_of(world, voucher, depth)}
    files = _Folder(world)
    for key, voucher in papers.items():
        files.lay(key, voucher)
    if depth != "invoices":
        files.lay_interest()
    return files.done()


_BY_KIND = {
    "vat_invoice": ("发票", "设备发票", "发票扫描件"), "invoice_list": ("发票", "设备发票", "发票扫描件"), "payment_slip": ("付款凭证", "银行回单", "付款水单"),
    "acceptance_bill": ("承兑汇票", "付款凭证/承兑", "银行承兑"), "purchase_contract": ("合同", "采购合同", "合同扫描件"),
    "accounting_voucher": ("记账凭证", "凭证", "会计凭证"), "asset_card": ("固定资产卡片", "资产卡片", "固定资产"), "delivery_acceptance": ("验收单", "送货验收", "验收资料"),
    "customs_declaration": ("海关", "进口报关", "报关资料"), "customs_payment": ("海关", "进口报关", "报关资料"), "interest_receipt": ("利息单", "付息凭证", "贷款利息回单"),
}  # fmt: skip


class _Folder:
    """Lays papers into files. How the folder is arranged is one habit of the applicant; where a paper goes comes from its own key."""

    def __init__(self, world: World) -> None:
        self.world = world
        rng = world.rng("auditors", "habit")
        self.habit: Literal["months", "kinds", "vouchers"] = rng.choice(("months", "kinds", "kinds", "vouchers"))
        self.words = rng.randrange(3)
        self.bundles: dict[str, list[PaperKey]] = {}
        self.files: list[VoucherFile] = []

    def lay(self, key: PaperKey, voucher: str) -> None:
        kind, what = split(key)
        rng = self.world.rng("auditors", key)
        loose, odd, lot = rng.random(), rng.random(), rng.random()
        if kind == "vat_invoice":
            invoice = self.world.invoice(what)
            if invoice.kind not in _PAPER and (loose < 0.7 or invoice.edited or invoice.on_goods_list):
                self.files.append(VoucherFile(self._electronic(invoice, odd, lot), "original", (key,)))
                return
            if loose < 0.18 and invoice.kind in _PAPER:
                self.files.append(VoucherFile(self._picture(key, voucher, odd, lot), "picture", (key,)))
                return
        elif kind in ("payment_slip", "accounting_voucher", "asset_card", "delivery_acceptance") and loose < 0.05:
            self.files.append(VoucherFile(self._picture(key, voucher, odd, lot), "picture", (key,)))
            return
        self.bundles.setdefault(self._bundle(key, voucher), []).append(key)

    def lay_interest(self) -> None:
        """Interest receipts of one contract, printed in turn, three to a sheet."""
        for source in financings(self.world):
            keys = [f"interest_receipt::{source.key}:{n}" for n in range(1, len(source.receipts) + 1)]
            keys = [key for key in keys if key not in self.world.handling.absent]
            if keys:
                self.bundles.setdefault(f"{_BY_KIND['interest_receipt'][self.words]}/{_clean(source.contract_number)}付息凭证.pdf", []).extend(keys)

    def done(self) -> tuple[VoucherFile, ...]:
        for path, keys in self.bundles.items():
            self.files.append(VoucherFile(path, "bundle", self._ordered(keys)))
        taken: set[str] = set()
        out = []
        for file in sorted(self.files, key=lambda f: (f.path, f.parts)):
            path, again = file.path, 1
            stem, dot, suffix = file.path.rpartition(".")
            while path.lower() in taken:
                path, again = f"{stem} ({again}){dot}{suffix}", again + 1
            taken.add(path.lower())
            out.append(replace(file, path=path))
        return tuple(out)

    def _day(self, voucher: str) -> date:
        thing: Iterable[Invoice] = (i for i in self.world.invoices if i.key == voucher)
        found = next(iter(thing), None)
        if found is not None:
            return found.issued_on
        entry: CustomsEntry = self.world.customs_entry(voucher)
        return entry.declared_on

    def _bundle(self, key: PaperKey, voucher: str) -> str:
        kind, what = split(key)
        word, day = _BY_KIND[kind][self.words], self._day(voucher)
        if kind == "purchase_contract":
            number = _clean(what)
            return f"{word}/{number}.pdf" if self.habit != "kinds" else f"{word}/设备合同{number}扫描.pdf"
        if self.habit == "vouchers":
            return f"{_ordinal(voucher)} {self._name(voucher)}/{word.rpartition('/')[2]}.pdf"
        quarter = (day.month - 1) // 3
        span = f"{quarter * 3 + 1}-{quarter * 3 + 3}月"
        lot = self.world.rng("auditors", "lot", voucher).randrange(2)
        if self.habit == "months":
            if kind in ("vat_invoice", "invoice_list"):
                serial = 12 + quarter * 7 + lot * 3 + day.year % 10 * 30
                return f"{day.year}年{word}/{span}/扫描{serial:04d}.pdf"
            return f"{day.year}年{word.replace('/', '_')}/{word.rpartition('/')[2]}{span}.pdf"
        if kind in ("customs_declaration", "customs_payment"):
            return f"{word}/{self._name(voucher)}报关单及税单.pdf"
        return f"{word}({1 + quarter // 2 + 2 * (day.year % 3)}).pdf" if "/" not in word else f"{word}{day.year}.pdf"

    def _ordered(self, keys: Sequence[PaperKey]) -> tuple[PaperKey, ...]:
        """Bundles lie as they came to the scanner: a voucher's pages together, the vouchers in no order; slips share sheets."""
        first = {key: i for i, key in enumerate(keys)}
        slips = [key for key in keys if split(key)[0] in ("payment_slip", "interest_receipt")]
        sheets = self._sheets(slips)
        rest = [key for key in keys if key not in set(slips)]
        rest.sort(key=lambda key: (self.world.rng("auditors", "order", split(key)[1].partition(":")[0]).random(), first[key]))
        return (*rest, *sheets)

    def _sheets(self, slips: Sequence[PaperKey]) -> list[PaperKey]:
        """Slips that pay under one contract share sheets of A4; a lone one, or one from the counter, has its own."""
        groups: dict[str, list[PaperKey]] = {}
        for key in slips:
            groups.setdefault(self._group(key), []).append(key)
        out: list[PaperKey] = []
        for group in sorted(groups, key=lambda g: self.world.rng("auditors", "slips", g).random()):
            wide, narrow = self._widths(groups[group])
            out += narrow
            many = self._many(wide[0]) if wide else 1
            for i in range(0, len(wide), many):
                some = wide[i : i + many]
                out.append(f"{SHEET}::{'+'.join(some)}")
        return out

    def _widths(self, keys: Sequence[PaperKey]) -> tuple[list[PaperKey], list[PaperKey]]:
        """Slips as wide as the sheet, and the smaller ones of the counter."""
        with blueprint():
            full = {key for key in keys if draw_part(self.world, key).papers[0].width >= 210}
        return [key for key in keys if key in full], [key for key in keys if key not in full]

    def _many(self, key: PaperKey) -> int:
        kind, what = split(key)
        return 3 if kind == "interest_receipt" else slips_per_sheet(_payment(self.world, what).payer.bank)

    def _group(self, key: PaperKey) -> str:
        kind, what = split(key)
        if kind == "interest_receipt":
            return what.partition(":")[0]
        payment = _payment(self.world, what)
        paid = {voucher for voucher, _ in payment.pays}
        contract = next((c.number for c in self.world.contracts if paid & set(c.vouchers)), min(paid, default=what))
        return f"{contract} {payment.payer.bank}"

    def _picture(self, key: PaperKey, voucher: str, odd: float, lot: float) -> str:
        moment = f"202006{8 + int(lot * 8):02d}{9 + int(odd * 8):02d}{int(lot * 5999) % 60:02d}{int(odd * 5999) % 60:02d}"
        name = (f"微信图片_{moment}.jpg", f"扫描件_{int(lot * 9000) + 100:04d}.jpg", f"IMG_{moment[:8]}_{moment[8:]}.jpg", f"{self._name(voucher)}.jpg")[int(odd * 97) % 4]
        folder = _BY_KIND[split(key)[0]][self.words].rpartition("/")[2]
        if self.habit == "vouchers":
            return f"{_ordinal(voucher)} {self._name(voucher)}/{name}"
        return f"{folder}/{name}" if lot < 0.6 else f"补充 {folder}/{name}" if lot < 0.8 else name

    def _electronic(self, invoice: Invoice, odd: float, lot: float) -> str:
        suffix = "ofd" if odd < 0.25 and not invoice.edited and invoice.kind != "digital_special" else "pdf"
        name = (f"电子发票_{invoice.number}", f"{invoice.code}_{invoice.number}", f"{_clean(invoice.seller.name[:12])}_发票{invoice.number}", f"下载 ({1 + int(lot * 9)})")[int(odd * 89) % 4]
        if self.habit == "vouchers":
            return f"{_ordinal(invoice.key)} {self._name(invoice.key)}/{name}.{suffix}"
        return f"电子发票/{name}.{suffix}" if lot < 0.7 else f"{name}.{suffix}"

    def _name(self, voucher: str) -> str:
        """The goods as a file name."""
        invoice = next((i for i in self.world.invoices if i.key == voucher), None)
        items = invoice.items if invoice is not None else self.world.customs_entry(voucher).items
        return _clean(items[0].name)[:12] or "设备"


def _clean(text: str) -> str:
    """Without what file systems forbid."""
    return "".join("-" if c in '/\\:*?"<>|' else c for c in text).strip(" .")


def _ordinal(voucher: str) -> str:
    return "".join(c for c in voucher if c.isdigit())[-3:].zfill(3) if any(c.isdigit() for c in voucher) else "000"


__all__ = [
    "KINDS", "SHEET", "Depth", "FileKind", "Placed", "VoucherFile", "chosen_vouchers", "draw_part", "papers_of", "parts_on", "plan_vouchers", "write_original",
]  # fmt: skip
