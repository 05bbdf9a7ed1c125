"""Required materials: R-080, R-095, R-096."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.model import Finding, Subject
from validators.checklist import build_checklist
from validators.rule import Case, Datum, Skip, rule
from validators.years import audit_year, tax_year, year_of

MAYBE = "请先处理无法打开的文件；材料如在其中，重新提交该文件即可。"


@rule(
    id="R-080",
    title="缺少材料",
    severity="correct",
    clause="六末段",
    group="材料齐全",
    sentence="缺少材料：{list}，请补齐后重新递交。",
    variants={
        "half": "材料“{title}”不完整：{note}请补齐后重新递交。",
        "unread": "未见材料：{list}；另有{n}个文件无法打开，可能在其中，请核对。",
    },
    hint="按申请指南第六部分补齐该材料，加盖公章后重新递交。",
    uses=("materials",),
)
def missing_material(case: Case) -> Iterator[Finding]:
    """缺少材料

    What it does:
        按所报类别的材料清单逐项核对，缺少的必交材料每项列一条；清单类材料须纸质与Excel俱全。
    Why:
        指南六：材料不齐不予收件，应一次性告知全部缺项。
    Bad:
        申报类别2，未见项目建设实施方案。
    Good:
        类别2的必交材料均已识别，投入明细清单有盖章纸质件和Excel。
    Known false alarms:
        材料扫描在无法打开的文件里（此时改为人工核对）；营业执照在三证合一并关联电子证照时无需提交；纳税证明、审计报告由R-095、R-096逐年判断。
    """
    if not case.view.categories:
        raise Skip("未确定项目类别，无法对照材料清单")
    unread = case.view.unreadable_files
    for item in build_checklist(case.view):
        material = case.policy.material(item.code)
        if material.per_year or not (item.required or item.status == "missing") or item.status not in ("missing", "incomplete"):
            continue
        subject = Subject(type="material", id=item.code, material=item.material)
        documents = [d for d in case.dossier.documents if d.id in item.documents]
        proof = [case.view.absence(item.title), *(e for d in documents for e in case.view.place(d))]
        if item.status == "incomplete":
            yield case.finding(subject, proof, variant="half", clause=item.clause, title=item.title, note=item.note)
        elif unread:
            yield case.finding(
                subject, proof, variant="unread", doubtful=True, clause=item.clause, hint=MAYBE, list=item.title, n=len(unread)
            )
        else:
            yield case.finding(subject, proof, clause=item.clause, list=item.title)


@rule(
    id="R-095",
    title="纳税证明不齐",
    severity="correct",
    clause="六（二）（1）",
    group="材料齐全",
    sentence="缺少{y}年度纳税证明，请补齐后重新递交。",
    variants={
        "gap": "{y}年度纳税证明未覆盖全年：缺{gaps}，请补充。",
        "foreign": "{y}年度纳税证明的纳税人为“{name}”，非申报单位，请更换为申报单位的纳税证明。",
        "unclear": "{y}年度纳税证明的期间或纳税人不能确认，请核对。",
    },
    hint="请到主管税务机关开具申报单位该年度全年的纳税证明，复印件加盖公章。",
    uses=("years.lookback", "switches.I-11", "tolerances.name_similarity"),
)
def tax_certificates(case: Case) -> Iterator[Finding]:
    """纳税证明逐年齐全

    What it does:
        核对上三个年度每年的纳税证明：纳税人是申报单位，证明期间合起来覆盖全年。
    Why:
        指南六要求税务部门提供的上三个年度纳税证明。
    Bad:
        只有2017、2019年度纳税证明；或2018年度证明期间为2018-03-01至2018-12-31。
    Good:
        三年各有一份覆盖全年的证明；2017年度国税、地税各一份，合起来覆盖全年。
    Known false alarms:
        注册前的月份无需提供；15位旧税号与18位统一社会信用代码对应同一单位；期间识别不确定时转人工核对。
    """
    clause = _clause(case, "M11")
    for year in case.policy.years.lookback.value:
        found = tax_year(case.view, year)
        if found.owed_from is None:
            continue
        subject = Subject(type="material", id="M11", material="tax_certificate", year=year)
        absence = case.view.absence(f"{year}年度纳税证明")
        if found.unclear:
            fields = [d.get(n) for d in found.unclear for n in ("period_start", "period_end", "taxpayer_name", "taxpayer_id")]
            proof = [e for d in found.unclear for e in case.view.evidence(d, *fields)]
            yield case.finding(subject, proof, variant="unclear", doubtful=True, clause=clause, y=year)
        elif found.certificates and found.gaps:
            gaps = "、".join(f"{a}至{b}" for a, b in found.gaps)
            proof = [e for d in found.certificates for e in case.view.evidence(d, d.get("period_start"), d.get("period_end"))]
            yield case.finding(
                subject, proof, variant="gap", clause=clause, y=year, gaps=gaps,
                data={"expected": f"{found.owed_from}至{year}-12-31", "missing": gaps},
            )  # fmt: skip
        elif not found.certificates and found.foreign:
            name = found.foreign[0].get("taxpayer_name")
            proof = [e for d in found.foreign for e in case.view.evidence(d, d.get("taxpayer_name"), d.get("taxpayer_id"))]
            yield case.finding(
                subject, proof, variant="foreign", doubtful=not case.view.applicant.sure, clause=clause, y=year, name=name.value,
                data={"found": name.value, "expected": case.view.applicant.name},
            )  # fmt: skip
        elif not found.certificates:
            yield case.finding(
                subject, [absence], doubtful=bool(case.view.unreadable_files), clause=clause, y=year, data=_received(case, "tax_certificate")
            )


@rule(
    id="R-096",
    title="审计报告不齐",
    severity="correct",
    clause="六（二）（2）",
    group="材料齐全",
    sentence="缺少{y}年度审计报告，请补齐后重新递交。",
    variants={
        "foreign": "{y}年度审计报告的被审计单位为“{name}”，非申报单位，请更换为申报单位的审计报告。",
        "unclear": "{y}年度审计报告的年度或被审计单位不能确认，请核对。",
        "substitute": "{y}年度以财务决算报表替代审计报告，请核实审计工作是否确未完成。",
    },
    hint="请提供申报单位该年度的审计报告复印件并加盖公章；审计尚未完成的可用财务决算报表替代（须法定代表人、财务负责人签字并盖公章）。",
    uses=("years.lookback", "years.previous", "switches.I-11", "tolerances.name_similarity", "applicant.young_company_days"),
)
def audit_reports(case: Case) -> Iterator[Finding]:
    """审计报告逐年齐全

    What it does:
        核对上三个年度每年的审计报告，被审计单位须为申报单位；允许指南规定的替代材料。
    Why:
        指南六要求上三个年度财务审计报告，集团报告不能代替申报单位的报告。
    Bad:
        缺2018年度审计报告；2019年度报告的被审计单位是母公司。
    Good:
        三年各一份申报单位的审计报告；2019年度审计未完成时附财务决算报表。
    Known false alarms:
        注册前的年度无需提供；单位名称一字之差多为识别误差，转人工核对；早年以决算报表替代的只作内部核实。
    """
    clause = _clause(case, "M12")
    for year in case.policy.years.lookback.value:
        found = audit_year(case.view, year)
        if found.owed_from is None or found.reports or found.verifications:
            continue
        subject = Subject(type="material", id="M12", material="audit_report", year=year)
        if found.statements:
            if year != case.policy.years.previous.value:
                proof = [e for d in found.statements for e in case.view.place(d)]
                yield case.finding(
                    subject, proof, variant="substitute", severity="review", audience="internal", clause=clause, discriminator="substitute", y=year
                )
        elif found.unclear:
            proof = [e for d in found.unclear for e in case.view.evidence(d, d.get("client_name"), d.get("fiscal_year"))]
            yield case.finding(subject, proof, variant="unclear", doubtful=True, clause=clause, y=year)
        elif found.foreign:
            document = found.foreign[0]
            name = document.get("client_name")
            yield case.finding(
                subject, case.view.evidence(document, name), variant="foreign", clause=clause, y=year, name=name.value,
                doubtful=not case.view.applicant.sure or year_of(document) is None,
                data={"found": name.value, "expected": case.view.applicant.name},
            )  # fmt: skip
        else:
            absence = case.view.absence(f"{year}年度审计报告")
            yield case.finding(
                subject, [absence], doubtful=bool(case.view.unreadable_files), clause=clause, y=year, data=_received(case, "audit_report")
            )


def _received(case: Case, kind: str) -> dict[str, Datum]:
    """The years that were handed in: what a clerk looks for first when one is said to be missing."""
    years = sorted({year for d in case.dossier.of_kind(kind) if (year := year_of(d)) is not None})
    return {"received": [f"{year}年度" for year in years]}


def _clause(case: Case, code: str) -> str:
    """The clause of the material for this submission; skips the rule where nobody asks for it."""
    if not case.view.categories:
        raise Skip("未确定项目类别，无法对照材料清单")
    material = case.policy.material(code)
    if not set(case.view.categories) & set(material.need):
        raise Skip(f"所报类别不需要{material.title}")
    return case.policy.need(material, case.view.categories)[1]
