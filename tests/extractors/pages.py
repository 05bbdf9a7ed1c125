"""Pages built by hand for tests: text at places, without any picture."""

from __future__ import annotations

from collections.abc import Sequence

from extractors.page import ReadPage
from pipeline.model import Code, Line, PageReading, SealMark

Spot = tuple[str, float, float] | tuple[str, float, float, float]
"""Text, left, middle height; optionally confidence."""

CHAR = 0.0125
HEIGHT = 0.02


def line(
    text: str, x: float, y: float, confidence: float = 0.99, *, tilt: float = 0.0, char: float = CHAR, height: float = HEIGHT
) -> Line:
    """A line of print: Chinese characters are ``char`` wide, others half of that."""
    width = sum(char if ord(c) > 255 else char / 2 for c in text)
    rise = tilt * (x + width / 2 - 0.5)
    return Line(text=text, box=(x, y - height / 2 + rise, min(1.0, x + width), y + height / 2 + rise), confidence=confidence)


def page(
    spots: Sequence[Spot],
    *,
    codes: Sequence[Code] = (),
    seals: Sequence[SealMark] = (),
    content: str = "h:test",
    file: str = "f1",
    index: int = 0,
    tilt: float = 0.0,
    height: float = HEIGHT,
    blank: bool = False,
) -> ReadPage:
    """A page of A5 proportions, as an invoice has them, unless it is blank."""
    lines = tuple(line(*spot, tilt=tilt, height=height) for spot in spots)
    reading = PageReading(
        content=content, reader="test", width=2000, height=1200, blank=blank, source="ocr" if lines else "none", lines=lines,
        codes=tuple(codes), seals=tuple(seals),
    )  # fmt: skip
    return ReadPage(file, f"{file}.pdf", index, reading)


def invoice_spots(**changes: str | None) -> list[Spot]:
    """A paper special invoice; ``changes`` replaces texts by name, None takes them away."""
    spots: dict[str, Spot] = {
        "code": ("4403191130", 0.18, 0.06),
        "title": ("深圳增值税专用发票", 0.38, 0.06),
        "number": ("No 07654321", 0.68, 0.06),
        "code2": ("4403191130", 0.84, 0.06),
        "number2": ("07654321", 0.84, 0.10),
        "date_label": ("开票日期：", 0.70, 0.15),
        "date": ("2019年03月15日", 0.79, 0.15),
        "buyer_label": ("名", 0.12, 0.22),
        "buyer_label2": ("称：", 0.20, 0.22),
        "buyer_name": ("深圳市测试制造有限公司", 0.24, 0.22),
        "secret": ("03>58-917098>55*9+631552072+", 0.60, 0.22),
        "buyer_id_label": ("纳税人识别号：", 0.12, 0.25),
        "buyer_id": ("914403001922038216", 0.24, 0.25),
        "buyer_address": ("地址、电话：深圳市南山区科技路1号0755-26000000", 0.12, 0.28),
        "buyer_bank": ("开户行及账号：工商银行深圳分行4000020209200012345", 0.12, 0.31),
        "head_name": ("货物或应税劳务、服务名称", 0.10, 0.36),
        "head_spec": ("规格型号", 0.32, 0.36),
        "head_unit": ("单位", 0.41, 0.36),
        "head_quantity": ("数量", 0.48, 0.36),
        "head_price": ("单价", 0.56, 0.36),
        "head_amount": ("金额", 0.66, 0.36),
        "head_rate": ("税率", 0.76, 0.36),
        "head_tax": ("税额", 0.84, 0.36),
        "item_name": ("*机床*数控加工中心", 0.09, 0.40),
        "item_spec": ("VMC850", 0.32, 0.40),
        "item_unit": ("台", 0.42, 0.40),
        "item_quantity": ("2", 0.50, 0.40),
        "item_price": ("500000.00", 0.56, 0.40),
        "item_amount": ("1000000.00", 0.66, 0.40),
        "item_rate": ("16%", 0.77, 0.40),
        "item_tax": ("160000.00", 0.85, 0.40),
        "sum_label": ("合", 0.13, 0.62),
        "sum_label2": ("计", 0.21, 0.62),
        "amount": ("￥1000000.00", 0.65, 0.62),
        "tax": ("￥160000.00", 0.84, 0.62),
        "capital_label": ("价税合计（大写）", 0.12, 0.67),
        "capital": ("⊗壹佰壹拾陆万圆整", 0.31, 0.67),
        "total_label": ("(小写)", 0.69, 0.67),
        "total": ("￥1160000.00", 0.76, 0.67),
        "seller_label": ("名", 0.12, 0.73),
        "seller_label2": ("称：", 0.20, 0.73),
        "seller_name": ("深圳市样品机械有限公司", 0.24, 0.73),
        "remark_label": ("备", 0.56, 0.75),
        "remark": ("合同编号：HT-2019-001", 0.60, 0.75),
        "seller_id_label": ("纳税人识别号：", 0.12, 0.76),
        "seller_id": ("9144030071526726XG", 0.24, 0.76),
        "seller_address": ("地址、电话：深圳市宝安区工业路2号0755-27000000", 0.12, 0.79),
        "seller_bank": ("开户行及账号：建设银行深圳分行44201500000052512345", 0.12, 0.82),
        "foot": ("收款人：张三", 0.10, 0.88),
        "foot2": ("开票人：李四", 0.50, 0.88),
        "copy": ("第二联：抵扣联 购买方扣税凭证", 0.60, 0.95),
    }
    out: list[Spot] = []
    for name, spot in spots.items():
        text = changes.get(name, spot[0])
        if text is not None:
            out.append((text, *spot[1:]))  # type: ignore[arg-type]
    return out
