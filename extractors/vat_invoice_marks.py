"""Kind, copy, remarks and the marks that change what an invoice is worth: red letter, voided, 代开."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from extractors.invoice_codes import InvoiceType, QrInvoice, code_form
from extractors.layout import Piece, Run, find_in_row
from extractors.values import squash
from extractors.vat_invoice_frame import SECRET, Frame
from extractors.vat_invoice_heading import print_sighting, qr_evidence
from extractors.witness import Sighting, resolve
from pipeline.model import Code, Field, PageEvidence

_COPIES = (
    ("此联不作", "bookkeeping"),
    ("抵扣联", "deduction"),
    ("发票联", "invoice"),
    ("记账联", "bookkeeping"),
    ("购买方扣税凭证", "deduction"),
)
_FINER: dict[str, frozenset[str]] = {
    "ordinary": frozenset({"e_ordinary", "blockchain", "digital_ordinary"}),
    "special": frozenset({"e_special", "digital_special"}),
    "e_ordinary": frozenset({"blockchain"}),
}
"""Kinds whose title may say only the coarser word: 深圳电子普通发票 is the blockchain's."""
_FOOT = re.compile(r"收款人|复核|开票人|销售方|销货单位|[(（]章[)）]|发票专用章|税务监制|备注$|^备$|^注$")


def type_sightings(frame: Frame, codes: Sequence[Sighting], number: str, qr: tuple[QrInvoice, Code] | None) -> list[Sighting]:
    """The kind by its QR type, by the printed code's structure (a value encoded in printed digits) and by the title.

    Titles are the weakest witness (measured: OCR.md, 1): they count only when read letter by letter, and a title that
    says no more than 普通发票 or 专用发票 does not contradict the finer kinds of the same family.
    """
    found: list[Sighting] = []
    if qr is not None and qr[0].invoice_type is not None:
        found.append(Sighting("qr", qr[0].invoice_type, qr_evidence(frame, qr[1]), raw=qr[1].text[:6]))
    for sighting in codes[:1]:
        form = code_form(sighting.value)
        if form is not None:
            found.append(
                Sighting(
                    "code_structure",
                    form.invoice_type,
                    sighting.evidence,
                    raw=form.form,
                    confidence=sighting.confidence,
                    encoded=True,
                )
            )
    title = title_of(frame)
    if title is not None:
        said = _by_title(squash(title.text), digital=len(number) == 20)
        if said is not None:
            finer = {s.value for s in found} & _FINER.get(said, frozenset())
            found.append(print_sighting(title, finer.pop() if len(finer) == 1 else said, group="title"))
    return found


def title_of(frame: Frame) -> Run | None:
    """The line that holds 专用发票 or 普通发票 in the upper part of the page."""
    for row in frame.rows:
        if frame.level(row) > frame.head_end:
            continue
        for word in ("专用发票", "普通发票", "机动车销售统一发票"):
            hits = find_in_row(row, word, least=1.0)
            if not hits:
                continue
            start, end, _ = hits[0]
            head = re.search(r"[一-鿿（(]*$", row.text[:start])
            tail = re.match(r"\s*[)）]?", row.text[end:])
            return row.cut(head.start() if head else start, end + (tail.end() if tail else 0)).trimmed()
    return None


def _by_title(title: str, *, digital: bool) -> InvoiceType | None:
    if "机动车销售统一发票" in title:
        return "vehicle"
    special, ordinary = "专用发票" in title, "普通发票" in title
    if special == ordinary:
        return None
    if digital or re.search(r"电子发票[(（]", title):
        return "digital_special" if special else "digital_ordinary"
    if "电子" in title:
        return "e_special" if special else "e_ordinary"
    return "special" if special else "ordinary"


def copy_field(frame: Frame) -> Field:
    """联次, mostly printed downwards at the right edge; electronic invoices have none."""
    found: list[Sighting] = []
    for piece in frame.pieces():
        plain = squash(piece.text)
        for word, name in _COPIES:
            if word in plain:
                found.append(print_sighting(Run((piece,)), name, group="copy"))
                break
        if found:
            break
    return resolve(found, label="联次")


_OPENINGS = re.compile(r"建筑服务|发生地|项目|合同|订单|校验码|代开|发票|地址|地点|车|运输|起运|货物|租赁|不动产|账期|收款")
"""How remarks begin; what begins otherwise beside covered words may be the tail of a remark."""


def remarks_field(frame: Frame) -> Field:
    """What stands in 备注, without the seal's letters and the form's foot."""
    if frame.side_by_side:
        rows = [
            r
            for r in frame.within(frame.capital_level + 0.01 * frame.size, frame.foot)
            if not re.match(r"开票人|复核|收款人", squash(r.text))
        ]
        runs = rows[:6]
    else:
        foot = [frame.level(row.cut(s, e)) for row in frame.rows for s, e, _ in find_in_row(row, "收款人")]
        runs = frame.within(
            frame.capital_level + 0.015 * frame.size, min(foot, default=frame.foot) - 0.004, frame.divider + 0.03, 0.93
        )
    seals = [s.box for s in frame.page.reading.seals if s.role != "printed"]
    signed = {id(p.line) for row in frame.rows if re.search("收款人|复核|开票人", squash(row.text)) for p in row.pieces}
    kept: list[Piece] = []
    covered = False
    for run in runs:
        for piece in run.pieces:
            inside = any(b[0] <= piece.cx <= b[2] and b[1] <= piece.cy <= b[3] for b in seals)
            plain = squash(piece.text)
            covered = covered or (inside and len(plain) >= 6 and not re.search(r"专用章|^[\dA-Z]+$", plain))
            if (
                id(piece.line) in signed
                or _FOOT.search(plain)
                or SECRET.match(plain)
                or (inside and not re.search(r"校验码|代开|合同|项目|发票|地址|地点", plain))
            ):
                continue
            if len(plain) < 2 or re.match(r"[(（]?小写|^[¥￥]", plain):
                continue
            kept.append(piece)
    if not kept:
        return Field(status="missing", why="备注栏未见内容。")
    run = Run(tuple(kept))
    text = " ".join(piece.text.strip() for piece in kept)
    sighting = Sighting(run.source, text, run.evidence(), raw=text, confidence=run.confidence)
    if covered and not _OPENINGS.match(squash(text)):
        return Field(
            value=text, raw=text, confidence=0.5, status="doubtful", reason="illegible", witnesses=(sighting.witness(),),
            why=f"备注栏有文字被印章遮挡，仅识别出“{text}”，可能不完整，请人工核对。",
        )  # fmt: skip
    return resolve([sighting], label="备注")


def is_agent_issued(frame: Frame, remarks: str) -> Field:
    """代开: the word beside the title, or 备注 that names the firm it was issued for."""
    for piece in frame.pieces():
        plain = squash(piece.text)
        if (plain == "代开" or re.match(r"代开\b", plain)) and frame.level(piece) < frame.head_end:
            return resolve([print_sighting(Run((piece,)), "true")], value_type="bool", label="是否代开")
        if re.search(r"代开(企业|单位|纳税人|方)?(税号|名称|识别号)|完税凭证号", plain):
            return resolve([print_sighting(Run((piece,)), "true")], value_type="bool", label="是否代开")
        if re.search(r"税务局.{0,12}代开|代开发票专用章", plain):
            return resolve([print_sighting(Run((piece,)), "true")], value_type="bool", label="是否代开")
    return absent(frame, "是否代开", "代开字样")


def is_red_letter(frame: Frame, total: Sequence[Sighting]) -> Field:
    """红字: a negative total, 销项负数, or 备注 that names the blue invoice or the 信息表."""
    found: list[Sighting] = []
    for piece in frame.pieces():
        if re.search(r"对应正数发票代码|红字(增值税)?(专用)?发票信息表|销项负数|红字发票", squash(piece.text)):
            found.append(print_sighting(Run((piece,)), "true"))
            break
    for sighting in total[:1]:
        negative = Decimal(sighting.value) < 0
        if negative or found:
            found.append(
                Sighting(
                    sighting.source,
                    "true" if negative else "false",
                    sighting.evidence,
                    raw=sighting.raw,
                    confidence=sighting.confidence,
                )
            )
    if found:
        return resolve(found, value_type="bool", label="是否红字")
    return absent(frame, "是否红字", "红字标记")


def is_voided(frame: Frame) -> Field:
    """作废: the word printed or stamped alone; the sentence "…作废" inside other text does not count."""
    for piece in frame.pieces():
        if squash(piece.text).strip("()（）【】*") in ("作废", "已作废", "此票作废", "作废章"):
            return resolve([print_sighting(Run((piece,)), "true")], value_type="bool", label="是否作废")
    for seal in frame.page.reading.seals:
        if "作废" in seal.text:
            evidence = PageEvidence(file=frame.page.file, page=frame.page.index, box=seal.box, text=seal.text)
            return resolve(
                [Sighting("seal", "true", evidence, raw=seal.text, confidence=1.0)], value_type="bool", label="是否作废"
            )
    return absent(frame, "是否作废", "作废标记")


def absent(frame: Frame, label: str, mark: str) -> Field:
    """``false`` because the whole page was looked at and the mark is not there; unsure when the page is poorly legible."""
    lines = frame.page.reading.lines
    clear = len(lines) >= 15 and sum(line.confidence for line in lines) / len(lines) > 0.85
    if clear:
        return Field(value="false", confidence=0.9, status="read", why=f"全页未见{mark}。")
    return Field(
        value="false", confidence=0.4, status="doubtful", reason="illegible", why=f"页面不够清晰，未能确认“{label}”，请人工核对。"
    )
