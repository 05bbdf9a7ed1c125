"""The applicant's seal on every material: R-082, R-084."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from extractors.values import same_name
from pipeline.model import Document, Evidence, Finding, Page, PageEvidence, Seal
from pipeline.policy import Material
from validators.checklist import serving
from validators.identity import likeness
from validators.rule import Case, Skip, rule

IGNORED_ROLES = frozenset({"printed"})
"""监制章 is part of the form, nobody stamped it."""


@dataclass(frozen=True)
class Sealing:
    """What was found on a document: the applicant's own seal, seals that may be it, and others."""

    own: tuple[Seal, ...]
    unclear: tuple[Seal, ...]
    other: tuple[Seal, ...]


def sealing(case: Case, document: Document) -> Sealing:
    name = case.view.applicant.name or ""
    limit = float(case.policy.seals.owner_score.value)
    own: list[Seal] = []
    unclear: list[Seal] = []
    other: list[Seal] = []
    for seal in document.seals:
        if seal.role in IGNORED_ROLES:
            continue
        mine = seal.owner is not None and same_name(seal.owner, name) and seal.owner_score >= limit
        reads_mine = bool(seal.text) and bool(name) and likeness(seal.text, name) >= float(case.policy.tolerances.name_similarity.value)
        company = seal.role in case.policy.seals.company_roles
        foreign = company and seal.owner is not None and not mine and not reads_mine
        if company and mine and seal.level == "sure":
            own.append(seal)
        elif seal.level == "sure" and (seal.role in case.policy.seals.other_roles or foreign):
            other.append(seal)
        else:
            unclear.append(seal)
    return Sealing(tuple(own), tuple(unclear), tuple(other))


def seal_name(case: Case, seal: Seal) -> str:
    """How people call a seal that is not the applicant's 公章."""
    company = seal.role in case.policy.seals.company_roles
    role = case.policy.seals.other_roles.get(seal.role, "公章" if company else "骑缝章" if seal.role == "seam" else "辨认不清的印章")
    owner = seal.owner or seal.text
    return f"“{owner}”的{role}" if owner else role


def sealed_documents(case: Case) -> Iterator[tuple[Material, Document, list[Page]]]:
    """Every paper document of a required material that has to bear the seal, with its pages that are not blank."""
    if not case.view.categories:
        raise Skip("未确定项目类别，无法对照材料清单")
    if case.view.applicant.name is None:
        raise Skip("未读出申报单位名称，无法判断印章归属")
    seen: set[str] = set()
    for material in case.policy.materials_for(case.view.categories):
        if not material.company_seal:
            continue
        stand_ins = case.dossier.of_kind(*(s.kind for s in material.substitutes)) if material.substitutes else ()
        for document in (*serving(case.view, material), *stand_ins):
            if document.id in seen or case.view.is_excel(document):
                continue
            seen.add(document.id)
            pages = [p for p in map(case.dossier.page, document.pages) if p is not None and not p.blank]
            if pages:
                yield material, document, pages


def _proof(case: Case, document: Document, seals: tuple[Seal, ...]) -> list[Evidence]:
    found: list[Evidence] = [PageEvidence(file=s.file, page=s.page, box=s.box, text=s.text) for s in seals]
    return found or list(case.view.place(document))


@rule(
    id="R-082",
    title="未加盖申报单位公章",
    severity="correct",
    clause="六末段",
    group="印章",
    sentence="{doc}未加盖申报单位公章（{seal}）。",
    variants={
        "unclear": "{doc}上的印章无法确认是否为申报单位公章（{seal}），请核对。",
        "digital": "{doc}为电子文件，未见申报单位公章，请核对纸质件是否已盖章。",
    },
    hint="请在该材料上加盖申报单位公章（圆形，非合同专用章、发票专用章、财务专用章）。",
    uses=("materials", "seals.company_roles", "seals.other_roles", "seals.owner_score", "tolerances.name_similarity"),
)
def company_seal(case: Case) -> Iterator[Finding]:
    """加盖申报单位公章

    What it does:
        对须盖章的每份材料，查找申报单位的公章；只见其他印章的写明是什么章。
    Why:
        指南六末段：以上材料均需加盖申报单位公章。
    Bad:
        彩色扫描的审计报告复印件上只有会计师事务所的章。
    Good:
        每份材料的任一页上有申报单位公章。
    Known false alarms:
        黑白扫描看不出印章（由R-084提示）；印文模糊、只盖了一角的转人工核对；一式多份时另一份可能已盖。
    """
    for _, document, pages in sealed_documents(case):
        found = sealing(case, document)
        if found.own:
            continue
        if not found.unclear and any(p.colour in ("grey", "bilevel") for p in pages):
            continue
        names = list(dict.fromkeys(seal_name(case, s) for s in (*found.unclear, *found.other)))
        shown = f"仅见{'、'.join(names)}" if names else "全部页面未见任何印章"
        subject = case.view.subject(document, "seal")
        facts: dict[str, str | int | float | bool | list[str] | None] = {"seals": names}
        if found.unclear:
            yield case.finding(
                subject, _proof(case, document, found.unclear), variant="unclear", severity="review", doc=case.view.name(document), seal=shown, data=facts
            )
        elif all(p.colour == "digital" for p in pages):
            yield case.finding(
                subject, _proof(case, document, found.other), variant="digital", severity="review", doc=case.view.name(document), data=facts
            )
        else:
            unsure = any(p.error is not None for p in pages) or not case.view.applicant.sure
            yield case.finding(
                subject, _proof(case, document, found.other), doubtful=unsure, doc=case.view.name(document), seal=shown, data=facts
            )


@rule(
    id="R-084",
    title="黑白扫描无法核验印章",
    severity="review",
    audience="internal",
    clause="六末段",
    group="印章",
    sentence="{doc}为黑白扫描，无法核验印章，请提供原件核对。",
    hint="请对照纸质原件核对公章；网上预审的请申报单位上传彩色扫描件。",
    uses=("materials",),
)
def black_and_white(case: Case) -> Iterator[Finding]:
    """黑白扫描无法核验印章

    What it does:
        须盖章的材料含黑白或灰度页、又未见申报单位公章的，提请核对原件。
    Why:
        黑白扫描分不清红章与打印件，不能据此说没有盖章。
    Bad:
        备案表为黑白扫描件。
    Good:
        彩色扫描件上可见公章。
    Known false alarms:
        在黑白复印件上另盖的红章，扫描成黑白后同样无法辨认。
    """
    for _, document, pages in sealed_documents(case):
        grey = [p for p in pages if p.colour in ("grey", "bilevel")]
        found = sealing(case, document)
        if not grey or found.own or found.unclear:
            continue
        wanted = {p.index for p in grey}
        proof = [PageEvidence(file=r.file, page=r.page, box=(0.0, 0.0, 1.0, 1.0), text="") for r in document.pages if r.page in wanted]
        yield case.finding(case.view.subject(document, "seal"), proof, doc=case.view.name(document), data={"pages": len(grey)})
