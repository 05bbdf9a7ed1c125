"""机动车销售统一发票: one vehicle on one sheet; code and number stand at the right, machine values in the first row of the table."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from samples.documents.invoice.face import count_text, rate_text
from samples.documents.invoice.marks import hand_marks, rubber_stamp, seal_invoice
from samples.documents.invoice.print import Print, ribbon_for, union
from samples.documents.invoice.supervision import print_supervision
from samples.money import capital, plain
from samples.paper import BLACK, MmBox, Paper, Rgb
from samples.world.model import Invoice, Party, World

KIND = "vat_invoice"
_INKS: tuple[Rgb, ...] = ((150, 96, 58), (134, 88, 54), (120, 84, 96))
_LEFT, _RIGHT, _TOP, _STEP = 24.0, 217.0, 34.0, 7.6
_ROWS: tuple[tuple[tuple[float, str], ...], ...] = (
    ((24.0, "机打代码"), (112.0, "税控码")),
    ((24.0, "机打号码"),),
    ((24.0, "机器编号"),),
    ((24.0, "购买方名称及身份证号码/组织机构代码"), (150.0, "纳税人识别号")),
    ((24.0, "车辆类型"), (78.0, "厂牌型号"), (164.0, "产地")),
    ((24.0, "合格证号"), (92.0, "进口证明书号"), (158.0, "商检单号")),
    ((24.0, "发动机号码"), (112.0, "车辆识别代号/车架号码")),
    ((24.0, "价税合计"), (150.0, "小写")),
    ((24.0, "销货单位名称"), (150.0, "电话")),
    ((24.0, "纳税人识别号"), (112.0, "账号")),
    ((24.0, "地址"), (112.0, "开户银行")),
    ((24.0, "增值税税率或征收率"), (72.0, "增值税税额"), (132.0, "主管税务机关及代码")),
    ((24.0, "不含税价"), (92.0, "完税凭证号码"), (150.0, "吨位"), (184.0, "限乘人数")),
)
_LABEL_ROOM = {"购买方名称及身份证号码/组织机构代码": 34.0, "车辆识别代号/车架号码": 26.0, "增值税税率或征收率": 22.0, "主管税务机关及代码": 22.0}


def draw_vehicle_invoice(world: World, invoice: Invoice, paper: Paper, left: float, top: float) -> None:
    """Draws the invoice of one vehicle on ``paper``, the corner of its 240 x 140 mm sheet at ``(left, top)``; ``invoice.items`` holds it."""
    _Vehicle(world, invoice, paper, left, top).draw()


class _Vehicle:
    def __init__(self, world: World, invoice: Invoice, paper: Paper, left: float, top: float) -> None:
        self.world, self.invoice, self.paper, self.left, self.top = world, invoice, paper, left, top
        self.rng = world.rng(KIND, invoice.key, "sheet")
        self.ink = self.rng.choice(_INKS)
        self.kai = self.rng.choice((0, 1))
        self.print = Print(paper, left, top, ribbon_for(world.rng("printer", invoice.seller.name), world.rng(KIND, invoice.key, "ribbon")))

    def _label(self, x: float, y: float, text: str, size: float = 9.5) -> MmBox:
        return self.paper.text(self.left + x, self.top + y, text, size, face="kai", variant=self.kai, ink=self.ink, role="label")

    def _rule(self, x0: float, y0: float, x1: float, y1: float) -> None:
        self.paper.line(self.left + x0, self.top + y0, self.left + x1, self.top + y1, 0.22, self.ink)

    def _note(self, name: str, value: str, x: float, y: float, shown: str, room: float, size: float = 10.0) -> None:
        self.paper.note(name, value, self.print.text(x, y, shown, self.print.fitting(shown, size, room, 6.5)))

    def _fact(self, name: str, x: float, y: float, value: str, room: float, size: float = 10.0) -> None:
        value = self.invoice.printed(name, value)
        self._note(name, value, x, y, value, room, size)

    def draw(self) -> None:
        invoice, paper = self.invoice, self.paper
        title = self._label(84.0, 11.0, "机动车销售统一发票", 20)
        paper.note("invoice_type", "vehicle", title)
        copy = self._label(110.0, 22.5, "发 票 联", 16)
        paper.note("copy", "invoice", copy)
        code, number = invoice.printed("invoice_code", invoice.code), invoice.printed("invoice_number", invoice.number)
        for y, label, name, value in ((16.5, "发票代码", "invoice_code", code), (23.5, "发票号码", "invoice_number", number)):
            end = self._label(160.0, y, label, 10.5)[2]
            paper.note(name, value, paper.text(end + 2, self.top + y, value, 15, face="serif", ink=BLACK, spread=0.4, role="label"))
        self._label(24.0, 30.0, "开票日期", 10)
        day = invoice.printed("issue_date", invoice.issued_on.isoformat())
        self._note("issue_date", day, 46.0, 29.8, f"{date.fromisoformat(day):%Y-%m-%d}", 50)
        self._table()
        self._values(code, number)
        self.print.lay()
        print_supervision(paper, self.left + 120.5, self.top + 18.0, invoice.seller.supervision, (222, 70, 52), new=invoice.issued_on.year >= 2019)
        own = self.world.rng(KIND, invoice.key, "seal")
        seal_invoice(invoice, paper, self.left, self.top + 8.0, own)
        if invoice.voided:
            paper.note("voided", "true", rubber_stamp(paper, "作废", self.left + 120, self.top + 74, own, size=30))
        hand_marks(paper, self.left, self.top, False, self.world.rng(KIND, invoice.key, "hand"))

    def _table(self) -> None:
        bottom = _TOP + _STEP * len(_ROWS)
        for i in range(len(_ROWS) + 1):
            self._rule(112.0 if i in (1, 2) else _LEFT, _TOP + _STEP * i, 112.0 if i in (1, 2) else _RIGHT, _TOP + _STEP * i)
            if i in (1, 2):
                self._rule(_LEFT, _TOP + _STEP * i, 112.0, _TOP + _STEP * i)
        for x in (_LEFT, _RIGHT):
            self._rule(x, _TOP, x, bottom)
        for i, row in enumerate(_ROWS):
            y = _TOP + _STEP * i
            for x, label in row:
                high = 3 if label == "税控码" else 1
                room = _LABEL_ROOM.get(label, 20.0)
                for edge in (x, x + room):
                    self._rule(edge, y, edge, y + _STEP * high)
                parts = [label] if len(label) <= 6 else [label[: (len(label) + 1) // 2], label[(len(label) + 1) // 2 :]]
                size = 9.0 if len(parts) == 1 else 6.6
                for j, part in enumerate(parts):
                    self._label(x + 0.8, y + _STEP * high / 2 + (j - (len(parts) - 1) / 2) * 3.0, part, size)
        self._label(24.0, bottom + 5.0, "销货单位盖章", 9.5)
        self._label(110.0, bottom + 5.0, "开票人", 9.5)
        self._label(160.0, bottom + 5.0, "备注：一车一票", 9.5)

    def _values(self, code: str, number: str) -> None:
        invoice, say = self.invoice, self._fact
        rows = [_TOP + _STEP * (i + 0.5) for i in range(len(_ROWS))]
        item = invoice.items[0]
        self.print.text(46.0, rows[0], code, 10.5)
        self.print.text(46.0, rows[1], number, 10.5)
        say("machine_number", 46.0, rows[2], invoice.machine_number, 60)
        cipher = self.world.rng(KIND, invoice.key, "cipher")
        for i in range(4):
            self.print.text(134.0, rows[0] - 2.2 + 4.9 * i, "".join(cipher.choice("0123456789+-*/<>") for _ in range(30)), 11.0, cell=0.56)
        say("buyer_name", 60.0, rows[3], invoice.buyer.name, 88)
        if invoice.printed("buyer_tax_id", invoice.buyer_tax_id):
            say("buyer_tax_id", 171.0, rows[3], invoice.buyer_tax_id, 45)
        kind = self.print.text(45.0, rows[4], item.name, self.print.fitting(item.name, 10, 32, 6.5))
        self.paper.note_row("items", 0, "name", item.name, kind)
        if item.spec:
            self.paper.note_row("items", 0, "spec", item.spec, self.print.text(99.0, rows[4], item.spec, self.print.fitting(item.spec, 10, 63, 6.5)))
        self.print.text(185.0, rows[4], self.rng.choice(("安徽省合肥市", "湖南省长沙市", "杭州市")), 9.0)
        self.print.text(45.0, rows[5], "WAC" + "".join(cipher.choice("0123456789") for _ in range(12)), 9.6)
        self.print.text(45.0, rows[6], "".join(cipher.choice("0123456789ABCDEFGH") for _ in range(8)), 9.6)
        self.print.text(139.0, rows[6], "L" + "".join(cipher.choice("0123456789ABCDEFGHJKLMNPRSTUVWXYZ") for _ in range(16)), 10.5)
        sign = "（负数）" if invoice.gross < 0 else ""
        words = invoice.printed("total_capital", sign + capital(abs(invoice.gross)))
        self.print.crossed(48.0, rows[7])
        self._note("total_capital", words, 52.0, rows[7], words, 96, 10.5)
        gross = invoice.printed("total", plain(invoice.gross))
        self._note("total", gross, 172.0, rows[7], f"￥{gross}", 44, 11.0)
        self._seller(rows, invoice.seller)
        self._sums(rows, item.rate)

    def _seller(self, rows: list[float], seller: Party) -> None:
        self._fact("seller_name", 46.0, rows[8], seller.name, 100)
        self.print.text(172.0, rows[8], seller.phone, 9.6)
        if self.invoice.printed("seller_tax_id", self.invoice.seller_tax_id):
            self._fact("seller_tax_id", 46.0, rows[9], self.invoice.seller_tax_id, 62)
        for x, y, text, room in ((134.0, rows[9], seller.account, 80), (46.0, rows[10], seller.address, 64), (134.0, rows[10], seller.bank, 80)):
            self.print.text(x, y, text, self.print.fitting(text, 9.6, room, 6.0))

    def _sums(self, rows: list[float], rate: Decimal) -> None:
        invoice = self.invoice
        net, tax = invoice.printed("amount", plain(invoice.net)), invoice.printed("tax", plain(invoice.tax))
        box = self.print.text(50.0, rows[11], rate_text(rate), 10)
        self.paper.note_row("items", 0, "tax_rate", f"{rate:.2f}", box)
        self._note("tax", tax, 94.0, rows[11], f"￥{tax}", 36)
        self.print.text(156.0, rows[11], f"国家税务总局{invoice.seller.supervision}税务局 1{invoice.seller.invoice_area}0300", 8.0)
        self._note("amount", net, 46.0, rows[12], f"￥{net}", 44)
        self.print.text(206.0, rows[12], count_text(Decimal(self.rng.choice((1, 2, 5)))), 9.6)
        bottom = _TOP + _STEP * len(_ROWS)
        self.print.text(124.0, bottom + 5.0, invoice.clerks[2], 10)
        if invoice.remarks:
            self.paper.note("remarks", invoice.remarks, union([self.print.text(160.0, bottom + 9.5, invoice.remarks, self.print.fitting(invoice.remarks, 9, 56, 6))]))
        if invoice.gross < 0:
            self.paper.note("is_red_letter", "true", self.print.text(70.0, 26.0, "销项负数", 11))
