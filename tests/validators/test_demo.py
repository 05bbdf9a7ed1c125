"""The shipped demo, read perfectly from its truth: each planted defect is found by one of its rules, and nothing else is demanded.

This tests the rules apart from the reading; what the readers make of the same papers is tested on the flows' floor.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from pipeline.model import (
    CellEvidence,
    Document,
    Dossier,
    Evidence,
    Field,
    Page,
    PageEvidence,
    PageRef,
    Row,
    Seal,
    SourceFile,
    Submission,
    Table,
    Witness,
)
from pipeline.policy import Policy
from validators import validate
from validators.matching import reconcile

DEMO = Path(__file__).parents[2] / "samples/submissions/demo/truth.json"
pytestmark = pytest.mark.skipif(not DEMO.exists(), reason="the demo is not made yet")


class PerfectReader:
    """``truth.json`` as documents whose every value was read for sure."""

    def __init__(self, folder: str) -> None:
        self.truth = json.loads(DEMO.read_text("utf-8"))
        self.ids = {f["path"]: f"f{i}" for i, f in enumerate(self.truth["files"])}
        self.documents = tuple(
            self._document(i, d) for i, d in enumerate(self.truth["documents"]) if d["pages"] and d["pages"][0]["file"].startswith(folder)
        )
        owner = {(r.file, r.page): d.id for d in self.documents for r in d.pages}
        totals = {(r.file, r.page): max(p.label or 0 for p in d.pages) for d in self.documents for r in d.pages}
        self.files = tuple(self._file(f, owner, totals) for f in self.truth["files"] if f["path"].startswith(folder))

    def _file(self, spec: dict[str, Any], owner: dict[tuple[str, int], str], totals: dict[tuple[str, int], int]) -> SourceFile:
        file_id = self.ids[spec["path"]]
        workbook = spec["path"].endswith(".xlsx")
        pages = tuple(
            Page(
                index=i, content=f"h{i}", label=p.get("label"), volume_label=p.get("volume_label"), blank=p.get("blank", False), document=owner.get((file_id, i)),
                label_text=f"第{p.get('label')}页 共{totals.get((file_id, i))}页" if p.get("label") else None,
            )
            for i, p in enumerate(spec["pages"])
        )  # fmt: skip
        return SourceFile(id=file_id, path=spec["path"], media="workbook" if workbook else "pdf", role="original", pages=() if workbook else pages)

    def _evidence(self, file: str, spec: dict[str, Any]) -> Evidence:
        if spec.get("cell"):
            return CellEvidence(file=file, sheet=spec.get("sheet") or "", cell=spec["cell"], text=spec["value"])
        return PageEvidence(file=file, page=spec.get("page") or 0, box=tuple(spec["box"]), text=spec["value"])

    def _field(self, file: str, spec: dict[str, Any]) -> Field:
        witness = Witness(source="ocr", kind="observed", group="ocr", value=spec["value"], evidence=self._evidence(file, spec))
        return Field(value=spec["value"], raw=spec["value"], status="read", confidence=1.0, witnesses=(witness,))

    def _document(self, index: int, spec: dict[str, Any]) -> Document:
        file = self.ids[spec["pages"][0]["file"]]
        workbook = spec["pages"][0]["file"].endswith(".xlsx")
        refs = () if workbook else tuple(PageRef(file=file, page=p["page"], label=p.get("label")) for p in spec["pages"])
        tables = {
            name: Table(
                rows=tuple(
                    Row(
                        id=f"{name}{i}", evidence=self._evidence(file, next(iter(row.values()))),
                        cells={c: self._field(file, v) for c, v in row.items()},
                    )
                    for i, row in enumerate(rows)
                )
            )
            for name, rows in spec.get("tables", {}).items()
        }  # fmt: skip
        seals = tuple(
            Seal(
                file=file, page=s["page"], box=tuple(s["box"]), shape=s["shape"], role=s["role"], text=s["text"], level="sure", confidence=1.0,
                owner=s["text"] if s["role"] in ("company", "seam", "firm", "authority") else None, owner_score=1.0,
            )
            for s in spec.get("seals", [])
        )  # fmt: skip
        return Document(
            id=f"d{index}", kind=spec["kind"], subtype=spec.get("subtype"), year=spec.get("year"), title=spec.get("title", ""), confidence=1.0, pages=refs,
            fields={n: self._field(file, v) for n, v in spec.get("fields", {}).items()}, tables=tables, seals=seals,
        )  # fmt: skip

    def dossier(self, stage: Any) -> Dossier:
        truth = self.truth
        submission = Submission(id="demo", applicant=truth["applicant"], uscc=truth["uscc"], categories=tuple(truth["categories"]), stage=stage)
        return Dossier(submission=submission, files=self.files, documents=self.documents)


def test_every_planted_defect_of_the_window_is_found_and_nothing_else_demanded(policy: Policy) -> None:
    reader = PerfectReader("申报材料")
    findings = validate(reader.dossier("window"), policy).findings
    told = {f.rule for f in findings}
    for defect in reader.truth["defects"]:
        if defect["name"] != "other_buyer":
            assert told & set(defect["rules"]), defect["name"]
    answered = {r for d in reader.truth["defects"] for r in d["rules"]}
    demanded = [(f.rule, f.message) for f in findings if f.severity in ("reject", "correct")]
    assert [d for d in demanded if d[0] not in answered] == []
    assert len(demanded) <= 8
    rows = {d["name"]: d["row"] for d in reader.truth["defects"] if d.get("row")}
    sequences = {f.rule: _sequence(reader, f.subject.id) for f in findings if f.subject.type == "row"}
    assert sequences["R-042"] == rows["duplicate_invoice"]
    assert sequences["R-050"] == rows["gross_as_net"]
    assert sequences.get("R-052", sequences.get("R-051")) == rows["invoice_of_2018"]


def _sequence(reader: PerfectReader, row_id: str) -> int:
    lines = next(d for d in reader.documents if d.kind == "investment_list" and not d.pages).rows("lines")
    return int(next(r for r in lines if r.id == row_id).get("sequence").value or 0)


def test_vouchers_of_the_demo(policy: Policy) -> None:
    reader = PerfectReader("审计凭证")
    declared = next(d for d in reader.documents if d.kind == "investment_list")
    result = reconcile(declared, reader.documents, policy, reader.files)
    by_row = {int(line.declared["sequence"] or 0): line for line in result.lines}
    rows = {d["name"]: d["row"] for d in reader.truth["defects"] if d.get("row")}
    assert by_row[rows["other_buyer"]].status == "ineligible"
    assert by_row[rows["invoice_of_2018"]].status == "ineligible"
    assert by_row[rows["duplicate_invoice"]].status == "duplicate"
    assert by_row[rows["gross_as_net"]].status == "mismatched"
    assert result.unlisted_documents == ()
    scanned = {d.get("invoice_number").value for d in reader.documents if d.kind == "vat_invoice"}
    planted = set(rows.values())
    for sequence, line in by_row.items():
        if sequence not in planted:
            assert line.status == ("matched" if line.declared["invoice_number"] in scanned else "missing_scan"), (sequence, line)
