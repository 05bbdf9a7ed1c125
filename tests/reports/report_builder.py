"""A made-up finished report, as like a real one as the tests and our eyes need. Companies and numbers are invented."""

from __future__ import annotations

import functools
import io
import random
from datetime import date

from PIL import Image, ImageDraw

from pipeline.model import (
    AbsenceEvidence,
    Box,
    CellEvidence,
    ChecklistItem,
    Correction,
    Coverage,
    Deduction,
    Document,
    Evidence,
    Field,
    Finding,
    Funding,
    FundingStep,
    LedgerEvidence,
    MadeBy,
    Page,
    PageEvidence,
    PageRef,
    Problem,
    RegisterEvidence,
    Report,
    Row,
    Seal,
    Severity,
    SkippedRule,
    SourceFile,
    Subject,
    Submission,
    Table,
    Timing,
    Witness,
    finding_id,
    verdict_of,
)
from reports import NoticeFacts

APPLICANT = "深圳市云帆精密制造有限公司"
HOSTILE = "</td></script><script>alert(1)</script><img src=x onerror=alert(2)>\u202e\x07=cmd|'/c calc'!A1 {{7*7}} &amp; \"'"
SECRET = "疑似拼接改动秘密语句"

FACTS = NoticeFacts(
    office="深圳市工业和信息化局",
    programme="深圳市企业技术改造扶持计划",
    guide_title="2020年度深圳市企业技术改造扶持计划申请指南",
    deadline=date(2020, 7, 24),
    place="深圳市福田区福中三路市民中心B区市行政服务大厅西厅5-43号综合窗口",
    phones=("0755-25110539", "25103306", "25979670"),
    support_phones=("0755-88100675",),
    appointment="请通过“i深圳”APP或“深圳市行政服务大厅”微信公众号预约后到窗口递交。",
    deadline_clause="八（二）2",
    seal_clause="六、末段",
    seal_sentence="补正材料均需加盖申报单位公章，多页的加盖骑缝章。",
    category_titles={"1": "技术改造投资项目", "2": "技术装备及管理智能化提升项目"},
)


class FakePictures:
    """Draws a bit of paper; every place looks different. ``noise`` makes JPEGs of about 30 KB that shrink badly."""

    def __init__(self, *, noise: bool = False) -> None:
        self.asked: list[tuple[str, int]] = []
        self._noise = noise

    def crop(self, file: str, page: int, box: Box | None, *, width_px: int = 900) -> bytes | None:
        self.asked.append((file, page))
        return _paper(f"{file}{page}{box}", width_px, self._noise)


@functools.cache
def _paper(seed: str, width: int, noise: bool) -> bytes:
    height = width * 2 // 5
    chance = random.Random(seed)
    if noise:
        image = Image.frombytes("L", (150, 60), chance.randbytes(150 * 60)).resize((width, height)).convert("RGB")
    else:
        image = Image.new("RGB", (width, height), "white")
        draw = ImageDraw.Draw(image)
        for y in range(20, height, 28):
            x = 20
            while x < width - 60:
                w = chance.randint(20, 90)
                draw.rectangle((x, y, x + w, y + 14), fill=(70, 70, 80))
                x += w + 14
    out = io.BytesIO()
    image.save(out, "JPEG", quality=80)
    return out.getvalue()


def known(value: str, status: str = "read", file: str = "f2", page: int = 0) -> Field:
    evidence = PageEvidence(file=file, page=page, box=(0.2, 0.2, 0.5, 0.23), text=value)
    witness = Witness(source="ocr", kind="observed", group="ocr", value=value, evidence=evidence)
    return Field.model_validate({
        "value": value, "raw": value, "confidence": 0.9, "status": status, "witnesses": (witness,),
        "why": "大写金额与小写金额不一致，请看原件" if status == "doubtful" else "",
    })  # fmt: skip


def finding(
    rule: str, severity: Severity, title: str, message: str, *, hint: str = "", clause: str = "六（二）（2）", group: str = "",
    subject: Subject | None = None, evidence: tuple[Evidence, ...] = (), data: dict[str, str] | None = None, internal: bool = False,
    stake: str | None = None, waived: Correction | None = None, n: int = 0, deduct: Deduction | None = None,
) -> Finding:  # fmt: skip
    subject = subject or Subject(type="submission")
    return Finding(
        id=finding_id(rule, subject, str(n)), rule=rule, severity=severity, audience="internal" if internal else "applicant", title=title,
        message=message, hint=hint, clause=clause, group=group, subject=subject, at_stake=stake, waived=waived, deduct=deduct,
        evidence=evidence or (AbsenceEvidence(expected="2018年度审计报告", searched=tuple(PageRef(file="f2", page=i) for i in range(30))),),
        data=dict(data or {}),
    )  # fmt: skip


def late_row(n: int) -> Finding:
    row = 6 + n
    return finding(
        "R-051", "correct", "发票开具日期不在规定期限内", f"清单第{row}行发票{20190000 + n}开具日期为2018-12-{n % 28 + 1:02d}，不在2019年1月1日至2019年12月31日内。",
        hint="请删除该行，或更换为期限内的发票并相应调整合计。", clause="四（二）1", group="发票日期",
        subject=Subject(type="row", file="f3", sheet="表1", row=row, voucher_key=f"4403192130:{20190000 + n}"),
        evidence=(
            CellEvidence(file="f3", sheet="表1", cell=f"O{row}", text=f"2018-12-{n % 28 + 1:02d}"),
            PageEvidence(file="f2", page=60 + n, box=(0.62, 0.11, 0.82, 0.14), text=f"2018年12月{n % 28 + 1:02d}日"),
        ),
        data={"declared": f"2018-12-{n % 28 + 1:02d}", "allowed": "2019-01-01 至 2019-12-31"}, stake=f"{12345.6 + n:.2f}", n=n,
    )  # fmt: skip


def twelve() -> list[Finding]:
    return [
        finding("R-281", "correct", "2019年度审计报告缺少注册会计师签章", "2019年度审计报告仅有一名注册会计师签章，应为两名。",
                hint="请补交签章齐全的审计报告复印件，加盖公章。", subject=Subject(type="document", id="d-audit"), group="审计报告",
                evidence=(PageEvidence(file="f2", page=14, box=(0.5, 0.7, 0.9, 0.85), text="中国注册会计师：王某"),), data={"found": "1名", "required": "2名"}),
        finding("R-090", "correct", "缺少2018年度审计报告", "未见2018年度财务审计报告。", hint="请补交2018年度财务审计报告复印件，加盖公章。",
                subject=Subject(type="material", material="M12", year=2018), group="材料清单", n=1),
        finding("R-090", "correct", "缺少2017年度纳税证明", "未见税务部门出具的2017年度纳税证明。", hint="请到税务部门开具后补交。", clause="六（二）（1）",
                subject=Subject(type="material", material="M11", year=2017), group="材料清单", n=2),
        *[late_row(n) for n in range(4)],
        finding("R-205", "review", "发票重复", "清单第12、15行疑为同一张发票，号码一处难以辨认。", hint="请核对票面号码。", clause="四（一）",
                subject=Subject(type="row", sheet="表1", row=12, file="f3"),
                evidence=(PageEvidence(file="f2", page=66, box=(0.7, 0.05, 0.85, 0.08), text="20190O04"),), data={"value": "20190004", "other": "20190O04"}),
        finding("R-277", "review", "纳税证明疑似改动", f"{SECRET}：填发日期处有覆盖。", clause="内部核查", internal=True, subject=Subject(type="document", id="d-tax"),
                evidence=(PageEvidence(file="f2", page=40, box=(0.1, 0.1, 0.4, 0.14), text="2020年3月1日"),)),
        finding("R-040", "correct", "以前年度已申报", f"{SECRET}：登记簿中同一发票已由他人申报。", internal=True, clause="内部核查",
                evidence=(RegisterEvidence(entry="2019-0007", text="另一单位"),)),
        finding("R-055", "note", "申报投入与合计不一致", "表1合计比各行之和多0.10元。", clause="六（一）（1）",
                subject=Subject(type="row", sheet="表1", row=40, file="f3"), evidence=(CellEvidence(file="f3", sheet="表1", cell="X40", text="1,234,567.90"),),
                data={"declared": "1234567.90", "computed": "1234567.80", "difference": "0.10"}, deduct=Deduction(amount="0.10", reason="合计误差")),
        finding("R-008", "note", "失信名单查询", "未在失信联合惩戒名单中发现申报单位。", clause="五基（四）", internal=True,
                evidence=(LedgerEvidence(ledger="dishonest", file="f4", row=3, column="name", text=APPLICANT),),
                waived=Correction(by="张三", at="2020-07-01", why="同名企业")),
    ]  # fmt: skip


def hundred() -> list[Finding]:
    out = twelve() + [late_row(n) for n in range(4, 30)]
    for n in range(62):
        severity: Severity = ("correct", "review", "note")[n % 3]
        out.append(finding(
            f"R-{300 + n % 9}", severity, f"第{n % 9 + 1}类不一致", f"清单第{50 + n}行金额{1000 + n}.00元与票面{2000 + n}.00元不一致。",
            hint="请核对后更正。", clause="四（二）1", subject=Subject(type="row", sheet="表1", row=50 + n, file="f3"), n=n, stake="1000.00",
            evidence=(PageEvidence(file="f2", page=100 + n, box=(0.3, 0.4 + n / 200, 0.5, 0.43 + n / 200), text=f"{2000 + n}.00"),),
            data={"declared": f"{1000 + n}.00", "found": f"{2000 + n}.00"},
        ))  # fmt: skip
    return out


def build(findings: list[Finding], *, pages: int = 200, list_rows: int = 40) -> Report:
    kinds = [("d-form", "application_form", None, range(10)), ("d-audit", "audit_report", 2019, range(10, 40)),
             ("d-tax", "tax_certificate", 2018, range(40, 42)), ("d-plan", "implementation_plan", None, range(42, 60))]  # fmt: skip
    documents = [
        Document(
            id=name, kind=kind, year=year, confidence=0.95, pages=tuple(PageRef(file="f2", page=p, label=p + 1) for p in span),
            fields={"applicant_name": known(APPLICANT, "proved"), "uscc": known("914403001922038216", "proved"), "total": known("128000.50", "doubtful"),
                    "project_name": known("精密加工产线技术改造项目"), "phone": Field()} if kind == "application_form" else
                   {"fiscal_year": known(str(year)), "client_name": known(APPLICANT), "opinion": known("unqualified")},
            seals=(Seal(file="f2", page=span[0], box=(0.6, 0.7, 0.85, 0.87), shape="round", role="company", text=APPLICANT, level="sure", owner=APPLICANT),),
        )
        for name, kind, year, span in kinds
    ]  # fmt: skip
    documents += [
        Document(id=f"d-inv{p}", kind="vat_invoice", pages=(PageRef(file="f2", page=p, label=p + 1),),
                 fields={"invoice_number": known(str(20190000 + p), page=p), "total": known(f"{p * 100}.00", "proved", page=p)})
        for p in range(60, pages - 5)
    ]  # fmt: skip
    rows = tuple(
        Row(id=f"r{n}", evidence=CellEvidence(file="f3", sheet="表1", cell=f"A{6 + n}", text=str(n + 1)), hidden=n == 5, cells={
            "sequence": known(str(n + 1)), "name": known("=HYPERLINK(\"http://evil\",\"数控机床\")" if n == 2 else "五轴数控机床"),
            "invoice_number": known(f"0{20190000 + n}"), "invoice_date": known("2019-03-05"), "net": known("12345.60", "proved"), "declared_amount": known(f"{12345.6 + n:.2f}"),
        })
        for n in range(list_rows)
    )  # fmt: skip
    documents.append(Document(id="d-list", kind="investment_list", title="项目投入明细清单（表1）", fields={"declared_total": known("1234567.90")}, tables={"lines": Table(rows=rows)}))
    owner = {ref.page: d.id for d in documents for ref in d.pages}
    scans = SourceFile(
        id="f2", path="材料.zip!/全部材料.pdf", parent="f1", sha256="a" * 64, media="pdf", role="original",
        pages=tuple(
            Page(index=i, content=f"h:{i}", label=i - 1 if i > 1 else None, source="ocr", document=owner.get(i), blank=i == pages - 1, rotation=90 if i % 50 == 7 else 0,
                 error=Problem(code="page.broken", message="这一页损坏，无法读取，请提供清晰原件。") if i == pages - 2 else None)
            for i in range(pages)
        ),
    )  # fmt: skip
    checklist = (
        ChecklistItem(code="M01", material="application_form", title="项目申请书", clause="六（一）1", status="present", documents=("d-form",)),
        ChecklistItem(code="M03", material="filing_certificate", title="技术改造项目备案表", clause="六（一）3", status="incomplete", note="缺少公章"),
        ChecklistItem(code="M11", material="tax_certificate", year=2017, title="纳税证明", clause="六（二）（1）", status="missing"),
        ChecklistItem(code="M12", material="audit_report", year=2018, title="财务审计报告", clause="六（二）（2）", status="missing"),
        ChecklistItem(code="M12", material="audit_report", year=2019, title="财务审计报告", clause="六（二）（2）", status="present", documents=("d-audit",)),
        ChecklistItem(code="M14", material="supporting", title="专业资质、检测报告等", clause="六（二）（5）", required=False, status="not_applicable", note="无此项可不提供"),
    )  # fmt: skip
    return Report(
        made_by=MadeBy(shencai="0.1.0", reader="pp6s-1", policy="2020", policy_sha256="b" * 64, created_at="2020-07-02T09:30:00+08:00"),
        submission=Submission(id="s-0001", applicant=APPLICANT, uscc="914403001922038216", categories=("1", "2"), stage="audit"),
        files=(
            SourceFile(id="f1", path="材料.zip", media="archive", sha256="c" * 64),
            scans,
            SourceFile(id="f3", path="附表2 表1.xlsx", media="workbook", role="list"),
            SourceFile(id="f4", path="损坏.ofd", media="ofd", error=Problem(code="ofd.broken", message="文件损坏，打不开，请重新提交。")),
        ),
        documents=tuple(documents), findings=tuple(findings), checklist=checklist, verdict=verdict_of(tuple(findings)),
        funding=(Funding(category="2", amount="1714285.71", steps=(FundingStep(label="智能化投入合计", value="8571428.55", clause="四（二）2"), FundingStep(label="扶持比例", value="0.20", clause="四（二）2"))),),
        coverage=Coverage(rules_run=120, rules_skipped=(SkippedRule(id="R-021", why="需要重大工业项目名录"),)),
        timing=Timing(wall_s=83.2, pages=pages, pages_read=pages - 20, pages_from_cache=20),
    )  # fmt: skip


def hostile() -> Report:
    """Everything people or papers can write is an attack."""
    bad = Finding(
        id=f"R-1-{HOSTILE}", rule="R-001", severity="correct", title=HOSTILE, message=HOSTILE, hint=HOSTILE, clause=HOSTILE, group=HOSTILE,
        subject=Subject(type="row", sheet=HOSTILE, row=1), data={HOSTILE: HOSTILE, "list": [HOSTILE, "b"]}, at_stake="=1+1",
        evidence=(PageEvidence(file="f1", page=0, box=(0, 0, 1, 1), text=HOSTILE), CellEvidence(file="f9", sheet=HOSTILE, cell=HOSTILE, text=HOSTILE)),
    )  # fmt: skip
    document = Document(id=HOSTILE, kind="vat_invoice", title=HOSTILE, note=HOSTILE, pages=(PageRef(file="f1", page=0),),
                        fields={HOSTILE: known(HOSTILE, "doubtful", "f1")},
                        tables={"items": Table(rows=(Row(id="1", evidence=CellEvidence(file="f1", sheet="s", cell="A1", text=HOSTILE), cells={"name": known(HOSTILE)}),))})  # fmt: skip
    return Report(
        made_by=MadeBy(shencai=HOSTILE, reader=HOSTILE, policy="2020", policy_sha256="b" * 64, created_at="gestern"),
        submission=Submission(id=HOSTILE, applicant=HOSTILE, uscc=HOSTILE, categories=("1",)),
        files=(SourceFile(id="f1", path=HOSTILE, media="pdf", pages=(Page(index=0, content="h", error=Problem(code="x", message=HOSTILE)),)),),
        documents=(document,), findings=(bad,), verdict="correct",
        checklist=(ChecklistItem(code="M01", material="x", title=HOSTILE, clause=HOSTILE, status="missing", note=HOSTILE),),
    )  # fmt: skip
