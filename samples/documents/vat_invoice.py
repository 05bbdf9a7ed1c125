"""增值税发票: the pre-printed form (240 x 140 mm) with the values that the fiscal printer set into it, a hair off."""

from __future__ import annotations

import random

from samples.documents.draft import chinese_date
from samples.documents.licence import qr_picture
from samples.money import capital, plain
from samples.paper import MmBox, Paper, Rgb
from samples.seals import invoice_die, strike, supervision_die
from samples.world import Line, Party, World

KIND = "vat_invoice"
WIDTH, HEIGHT = 240.0, 140.0
_FORMS: dict[str, Rgb] = {"deduction": (58, 122, 84), "invoice": (150, 92, 52), "electronic": (150, 92, 52)}
_VALUE: Rgb = (34, 36, 74)
_QR_KIND = {"special": "01", "ordinary": "04", "e_ordinary": "10"}
_TITLES = {"special": "{place}增值税专用发票", "ordinary": "{place}增值税普通发票", "e_ordinary": "{place}增值税电子普通发票"}
_COPIES = {"deduction": "第二联：抵扣联　购买方扣税凭证", "invoice": "第三联：发票联　购买方记账凭证"}
_CLERKS = tuple(a + b for a in "周许方沈韩曹" for b in ("敏", "静", "洁", "颖", "燕妮", "宏", "佳慧"))
_CIPHER = "0123456789+-*/<>"
_COLUMNS = (14.0, 70.0, 92.0, 102.0, 122.0, 148.0, 178.0, 190.0, 226.0)
_HEADS = ("货物或应税劳务、服务名称", "规格型号", "单位", "数量", "单价", "金额", "税率", "税额")


def qr_payload(line: Line, rng: random.Random) -> str:
    """What the fiscal system encodes (rule-book B.1.3): the amount without tax; the last field is an unpublished CRC."""
    return f"01,{_QR_KIND[line.voucher]},{line.code},{line.number},{plain(line.net)},{line.issued_on:%Y%m%d},{line.check_code},{rng.randrange(65536):04X},"


def draw_invoice(world: World, line: Line, paper: Paper, left: float, top: float) -> None:
    """Draws the invoice of ``line`` with its corner at ``(left, top)``; the paper must hold 240 x 140 mm there."""
    rng = world.rng(KIND, line.sequence)
    electronic = line.voucher == "e_ordinary"
    copy = "" if electronic else "deduction" if line.voucher == "special" and rng.random() < 0.4 else "invoice"
    form = _FORMS[copy or "electronic"]
    buyer = world.company.sister if line.sequence in world.other_buyer else world.company.party
    shift = (0.0, 0.0) if electronic else (rng.uniform(-1.0, 1.0), rng.uniform(-0.8, 0.8))
    _Form(paper, left, top, form, shift, electronic, rng).draw(world, line, buyer, copy)


class _Form:
    """One invoice being drawn: where it lies, its ink, and how far the printer missed."""

    def __init__(self, paper: Paper, left: float, top: float, ink: Rgb, shift: tuple[float, float], electronic: bool, rng: random.Random) -> None:
        self.paper, self.left, self.top, self.ink, self.shift, self.rng = paper, left, top, ink, shift, rng
        self.electronic = electronic

    def printed(self, x: float, y: float, text: str, size: float = 9, **how: object) -> MmBox:
        return self.paper.text(self.left + x, self.top + y, text, size, ink=self.ink, **how)  # type: ignore[arg-type]

    def value(self, x: float, y: float, text: str, size: float = 9.5, **how: object) -> MmBox:
        """Text of the fiscal printer, a little off its box."""
        how = {"face": "sans", **how}
        return self.paper.text(self.left + x + self.shift[0], self.top + y + self.shift[1], text, size, ink=_VALUE, **how)  # type: ignore[arg-type]

    def note(self, field: str, value: str, box: MmBox) -> None:
        self.paper.note(field, value, box)

    def rule(self, x0: float, y0: float, x1: float, y1: float) -> None:
        self.paper.line(self.left + x0, self.top + y0, self.left + x1, self.top + y1, 0.25, self.ink)

    def draw(self, world: World, line: Line, buyer: Party, copy: str) -> None:
        self._head(line, copy)
        self._grid()
        self._party(31.0, buyer, "buyer")
        for i in range(4):
            self.value(138, 34.5 + 5.2 * i, "".join(self.rng.choice(_CIPHER) for _ in range(27)), 9.5)
        self._items(line)
        self._party(101.0, line.seller, "seller")
        if line.kind == "工程":
            remark = f"建筑服务发生地：深圳市宝安区 项目名称：{world.project.name[:14]}"
            for i, text in enumerate(self.paper.wrap(remark, 82, 8.5, "sans")):
                box = self.value(139, 105 + 5 * i, text, 8.5)
                if i == 0:
                    self.note("remarks", remark, box)
        clerks = world.rng("clerks", line.seller.name).sample(_CLERKS, 3)
        for start, name, person in zip((16, 76, 128), ("收款人：", "复核：", "开票人："), clerks, strict=True):
            box = self.printed(start, 127, name, 9)
            self.value(box[2] - self.left + 1, 127, person, 9.5)
        self.printed(176, 127, "销售方：（章）", 9)
        x, y = self.left + 190 + self.rng.uniform(-4, 3), self.top + 113 + self.rng.uniform(-2, 4)
        strike(self.paper, invoice_die(line.seller.name, line.seller.uscc), x, y, self.rng, angle=0.0 if self.electronic else None)

    def _head(self, line: Line, copy: str) -> None:
        place = line.seller.supervision.removesuffix("市").removesuffix("省")
        strike(self.paper, supervision_die(line.seller.supervision), self.left + 120, self.top + 14, self.rng)
        title = _TITLES[line.voucher].format(place=place)
        self.note("invoice_type", {"special": "special", "ordinary": "ordinary", "e_ordinary": "e_ordinary"}[line.voucher],
                  self.printed(120, 10, title, 19 if not self.electronic else 17, bold=True, align="c"))  # fmt: skip
        self.rule(84, 16, 156, 16)
        self.rule(84, 17, 156, 17)
        self.paper.picture(qr_picture(qr_payload(line, self.rng), self.paper.dpi), self.left + 15, self.top + 4)
        date_text = chinese_date(line.issued_on) if self.electronic else f"{line.issued_on:%Y年%m月%d日}"
        if self.electronic:
            rows = (("发票代码", "invoice_code", line.code, line.code), ("发票号码", "invoice_number", line.number, line.number),
                    ("开票日期", "issue_date", line.issued_on.isoformat(), f"{line.issued_on:%Y年%m月%d日}"),
                    ("校 验 码", "check_code", line.check_code, " ".join(line.check_code[i : i + 5] for i in range(0, 20, 5))))  # fmt: skip
            for i, (name, field, value, text) in enumerate(rows):
                self.printed(168, 6 + 6 * i, f"{name}：", 9.5)
                self.note(field, value, self.value(186, 6 + 6 * i, text, 9.5))
            self.printed(42, 24, "机器编号：", 9.5)
            self.note("machine_number", line.machine_number, self.value(60, 24, line.machine_number, 9.5))
            return
        self.note("invoice_code", line.code, self.paper.text(self.left + 42, self.top + 10, line.code, 15, face="sans", ink=self.ink))
        self.printed(172, 10, "№", 17, face="sans")
        self.note("invoice_number", line.number, self.paper.text(self.left + 181, self.top + 10, line.number, 17, face="sans", ink=(60, 66, 120)))
        self.value(206, 16.4, line.code, 8.5)
        self.value(206, 20.2, line.number, 8.5)
        self.printed(170, 25, "开票日期：", 9)
        self.note("issue_date", line.issued_on.isoformat(), self.value(188, 25, date_text, 10))
        if line.check_code:
            self.printed(42, 25, "校验码", 9)
            self.note("check_code", line.check_code, self.value(55, 25, " ".join(line.check_code[i : i + 5] for i in range(0, 20, 5)), 9.5))
        if copy:
            for i, char in enumerate(_COPIES[copy]):
                box = self.printed(231.5, 36 + 4.6 * i, char, 8.5, align="c")
                if i == 0:
                    first = box
            self.note("copy", copy, (first[0], first[1], first[2], first[1] + 4.6 * len(_COPIES[copy])))

    def _grid(self) -> None:
        for y in (30.0, 53.0, 93.0, 100.0, 122.5):
            self.rule(14, y, 226, y)
        for x in (14.0, 226.0):
            self.rule(x, 30, x, 122.5)
        for y0, y1 in ((30.0, 53.0), (100.0, 122.5)):
            for x in (20.0, 130.0, 136.0):
                self.rule(x, y0, x, y1)
        for x in _COLUMNS[1:-1]:
            self.rule(x, 53, x, 93)
        for y0, word in ((34.5, "购买方"), (104.5, "销售方")):
            for i, char in enumerate(word):
                self.printed(17, y0 + 7 * i, char, 9, align="c")
        for y0, word in ((34.5, "密码区"), (107.0, "备注")):
            for i, char in enumerate(word):
                self.printed(133, y0 + 7 * i, char, 9, align="c")
        for x0, x1, word in zip(_COLUMNS[:-1], _COLUMNS[1:], _HEADS, strict=True):
            self.printed((x0 + x1) / 2, 56, word, 9, align="c")
        self.printed(42, 89.5, "合　　　计", 9, align="c")
        self.printed(42, 96.5, "价税合计（大写）", 9, align="c")
        self.rule(70, 93, 70, 100)
        self.printed(170, 96.5, "（小写）", 9)

    def _party(self, y: float, party: Party, role: str) -> None:
        rows = (("名　　　　称：", f"{role}_name", party.name, party.name), ("纳税人识别号：", f"{role}_tax_id", party.uscc, party.uscc),
                ("地 址、 电 话：", "", "", f"{party.address} {party.phone}"), ("开户行及账号：", "", "", f"{party.bank} {party.account}"))  # fmt: skip
        for i, (label, field, value, text) in enumerate(rows):
            at = y + 3.4 + 5.2 * i
            end = self.printed(21, at, label, 8.5)[2] - self.left
            size = 9.5
            while self.paper.text_width(text, size, "sans") > 128 - end and size > 6:
                size -= 0.25
            box = self.value(end + 0.5, at, text, size)
            if field:
                self.note(field, value, box)

    def _items(self, line: Line) -> None:
        rate = f"{int(line.rate * 100)}%"
        entries = (
            ("name", f"*{line.item_class}*{line.name}", f"*{line.item_class}*{line.name}", 15.0, "l"), ("spec", line.spec, line.spec, 81.0, "c"),
            ("unit", line.unit, line.unit, 97.0, "c"), ("quantity", str(line.quantity), str(line.quantity), 120.0, "r"),
            ("unit_price", plain(line.unit_price), plain(line.unit_price), 146.5, "r"), ("amount", plain(line.net), plain(line.net), 176.5, "r"),
            ("tax_rate", f"{line.rate:.2f}", rate, 184.0, "c"), ("tax", plain(line.tax), plain(line.tax), 224.5, "r"),
        )  # fmt: skip
        for column, value, text, x, align in entries:
            if not text:
                continue
            size = 9.0
            while column == "name" and self.paper.text_width(text, size, "sans") > 54 and size > 6:
                size -= 0.25
            box = self.value(x, 62, text, size, align=align)
            self.paper.note_row("items", 0, column, value, box)
        self.note("amount", plain(line.net), self.value(176.5, 89.5, f"￥{plain(line.net)}", 9.5, align="r"))
        self.note("tax", plain(line.tax), self.value(224.5, 89.5, f"￥{plain(line.tax)}", 9.5, align="r"))
        words = capital(line.gross)
        mark = (self.left + 74 + self.shift[0], self.top + 96.5 + self.shift[1])
        self._crossed(*mark)
        self.note("total_capital", words, self.value(77.5, 96.5, words, 10))
        self.note("total", plain(line.gross), self.value(186, 96.5, f"￥{plain(line.gross)}", 10))

    def _crossed(self, x: float, y: float) -> None:
        """The ⊗ that keeps anybody from writing before the amount."""
        self.paper.text(x, y, "⊗", 11, face="sans", ink=_VALUE, align="c")
