"""Who stands on the papers, and whose seal is whose. A seal is given an owner among the known parties or none."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from extractors.values import same_name
from pipeline.model import Document, Seal
from pipeline.names import OWNER_LEAST, owner_among

_NAME_FIELDS = (
    "applicant_name", "client_name", "firm_name", "taxpayer_name", "issuer", "name", "buyer_name", "seller_name", "importer_name",
    "consignee_name", "borrower_name", "lender_name", "lessee_name", "lessor_name", "payer_name", "payee_name", "bank", "drawer_name",
    "company_name",
)  # fmt: skip
_NAME_COLUMNS = ("supplier_name", "institution")
_FIELDS_ONLY = {"asset_card", "statistics"}
AUTHORITIES = ("深圳市市场监督管理局", "深圳市市场和质量监督管理委员会", "国家税务总局深圳市税务局", "深圳市国家税务局", "深圳市地方税务局", "深圳市工业和信息化局")
"""Offices whose seals stand on certificates without their name being a field of the paper."""


def known_parties(documents: Iterable[Document], applicant: str | None = None) -> tuple[str, ...]:
    """All names of companies and offices that are read with certainty, the applicant first; equal names once."""
    names: list[str] = [applicant] if applicant else []
    for document in documents:
        if document.kind in _FIELDS_ONLY:
            continue
        names += [v for n in _NAME_FIELDS if (f := document.get(n)).sure and (v := f.value)]
        for table in document.tables.values():
            names += [v for row in table.rows for n in _NAME_COLUMNS if (f := row.get(n)).sure and (v := f.value)]
    out: list[str] = []
    for name in (*names, *AUTHORITIES):
        if len(name) >= 4 and not any(same_name(name, other) for other in out):
            out.append(name)
    return tuple(out)


def own_seals(documents: Sequence[Document], applicant: str | None) -> tuple[Document, ...]:
    """The documents with their seals' owners filled in.

    All parties of the submission are asked, so that a sister company's seal does not pass for the applicant's on a paper that
    names only the applicant. Where two of them are too close to tell, the paper's own parties decide, if one of them is
    among the closest.
    """
    everyone = known_parties(documents, applicant)
    return tuple(_owned(document, everyone, applicant) for document in documents)


def _owned(document: Document, everyone: Sequence[str], applicant: str | None) -> Document:
    if not document.seals:
        return document
    near = [p for p in known_parties([document], applicant) if p not in AUTHORITIES]
    return document.model_copy(update={"seals": tuple(_own(seal, near, everyone) for seal in document.seals)})


def _own(seal: Seal, near: Sequence[str], everyone: Sequence[str]) -> Seal:
    if not seal.text.strip():
        return seal
    owner, score = owner_among(seal.text, everyone)
    if owner is None and score >= OWNER_LEAST:
        mine, mine_score = owner_among(seal.text, near)
        if mine is not None and mine_score >= score:
            owner, score = mine, mine_score
    return seal.model_copy(update={"owner": owner, "owner_score": round(min(1.0, max(0.0, score)), 4)})
