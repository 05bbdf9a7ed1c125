"""One identity through the whole file: R-007, R-250."""

from __future__ import annotations

from collections.abc import Iterator

from extractors.identifiers import is_uscc, normal_id
from pipeline.model import Finding
from validators.identity import Sameness, company, ids, likeness, names
from validators.rule import Case, Skip, rule
from validators.view import NAME_FIELDS

ELSEWHERE = frozenset({"tax_certificate", "audit_report", "financial_statement", "capital_verification"})
"""Judged year by year in R-095 and R-096."""


@rule(
    id="R-007",
    title="单位名称或统一社会信用代码不一致",
    severity="correct",
    clause="五基础（一）",
    group="主体一致",
    sentence="{doc}上的单位名称“{v}”与申请书“{v0}”不一致；如系更名，请补充工商变更证明。",
    variants={"id": "{doc}上的统一社会信用代码“{v}”与申请书“{v0}”不一致，请核对更正。"},
    hint="请核对单位全称和统一社会信用代码；更名的请附市场监管部门出具的变更通知。",
    uses=("tolerances.name_similarity",),
)
def one_identity(case: Case) -> Iterator[Finding]:
    """主体一致

    What it does:
        以申请书上的单位名称和统一社会信用代码为准，逐份核对营业执照、备案表、投入清单、合同等材料。
    Why:
        申报单位须为同一独立法人，材料张冠李戴的不能受理。
    Bad:
        备案表的建设单位是另一家公司。
    Good:
        名称、代码一致；15位旧税号与18位代码后九位对应；全角半角括号不同。
    Known false alarms:
        扫描件错认一两个字（名称相近或代码校验位不符时转人工核对）；更名前的旧名称。
    """
    applicant = case.view.applicant
    if applicant.name is None and applicant.uscc is None:
        raise Skip("未读出申报单位名称和统一社会信用代码")
    limit = float(case.policy.tolerances.name_similarity.value)
    for kind, (name_field, id_field) in NAME_FIELDS.items():
        if kind in ELSEWHERE:
            continue
        for document in case.dossier.of_kind(kind):
            told, code = document.get(name_field), document.get(id_field or "")
            same = company(told, code, applicant.name, applicant.uscc, limit)
            if same in (Sameness.SAME, Sameness.SILENT):
                continue
            by_name, by_id = names(told, applicant.name, limit), ids(code, applicant.uscc)
            if by_name in (Sameness.OTHER, Sameness.UNCLEAR):
                # An equal id with a wholly different name is a renamed company: the paper to ask for is the proof of it.
                renamed = by_id is Sameness.SAME and by_name is Sameness.OTHER
                unclear = not applicant.sure or (same is Sameness.UNCLEAR and not renamed)
                yield case.finding(
                    case.view.subject(document), case.view.evidence(document, told), doubtful=unclear, doc=case.view.name(document),
                    v=told.value, v0=applicant.name,
                    data={"found": told.value, "expected": applicant.name, "likeness": round(likeness(told.value or "", applicant.name or ""), 3)},
                )  # fmt: skip
            elif by_id in (Sameness.OTHER, Sameness.UNCLEAR):
                yield case.finding(
                    case.view.subject(document), case.view.evidence(document, code), variant="id", discriminator="id",
                    doubtful=by_id is Sameness.UNCLEAR or not applicant.sure, doc=case.view.name(document), v=code.value, v0=applicant.uscc,
                    data={"found": code.value, "expected": applicant.uscc},
                )  # fmt: skip


@rule(
    id="R-250",
    title="统一社会信用代码校验位不符",
    severity="note",
    clause="五基础（一）",
    group="主体一致",
    sentence="{doc}统一社会信用代码“{c}”校验位不符，疑为录入或识别错误，请核对。",
    hint="请对照营业执照核对18位代码；极少数已颁发的代码确实不符合校验规则。",
)
def uscc_check_digit(case: Case) -> Iterator[Finding]:
    """统一社会信用代码校验位

    What it does:
        按GB 32100-2015核对18位代码的校验位。
    Why:
        多为录入或识别错误，错的代码会使后面的比对全部落空。
    Bad:
        代码最后一位抄错。
    Good:
        914403001922038216。
    Known false alarms:
        个别已颁发的代码不符合校验规则，因此只作提示。
    """
    for kind, (_, id_field) in NAME_FIELDS.items():
        if id_field is None:
            continue
        for document in case.dossier.of_kind(kind):
            field = document.get(id_field)
            code = normal_id(field.value or "")
            # A doubtful reading is a note all the same when doubt comes from this very check.
            if len(code) != 18 or is_uscc(code) or not (field.sure or field.reason == "check_digit"):
                continue
            yield case.finding(case.view.subject(document), case.view.evidence(document, field), doc=case.view.name(document), c=code)
