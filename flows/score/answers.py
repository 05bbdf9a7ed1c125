"""Does a finding answer a planted defect? Its rule must be one that may, and its evidence must lie where the defect lies."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from flows.score.places import on_pages
from pipeline.model import AbsenceEvidence, CellEvidence, Finding, LedgerEvidence, PageEvidence, Severity
from pipeline.model.finding import SEVERITIES
from samples.truth import Truth, TruthDefect, TruthDocument, TruthPlace, TruthValue

DEMANDS: frozenset[Severity] = frozenset({"reject", "correct"})


def answers(finding: Finding, defect: TruthDefect) -> bool:
    """May the finding's rule answer the defect? Wherever it points."""
    return finding.rule in defect.rules


def at_its_place(finding: Finding, defect: TruthDefect, truth: Truth, paths: Mapping[str, str]) -> bool:
    """Does the finding's evidence show where the defect lies: its row, its page, its paper; or, for what is absent, that it
    was looked for? A defect without a place (a ledger, the submission as a whole) is answered anywhere."""
    return any(_at(finding, place, truth, paths) for place in defect.places)


def _at(finding: Finding, place: TruthPlace, truth: Truth, paths: Mapping[str, str]) -> bool:
    if place.document is None:
        return True
    paper = truth.documents[place.document]
    if place.row is not None:
        return _shows_row(finding, place.row, paper, truth, paths)
    return _shows(finding, paper, paths, page=place.page)


def _shows_row(finding: Finding, row: int, paper: TruthDocument, truth: Truth, paths: Mapping[str, str]) -> bool:
    """A cell of the declared row, its line on the printed list, or the voucher of the row."""
    cells = {(paper.pages[0].file, v.sheet or "", v.cell or "") for r in _rows(paper, row) for v in r.values()} if paper.pages else set()
    printed = {(ref.file, v.page) for d in truth.documents if d.kind == "investment_list" for ref in d.pages[:1] for r in _rows(d, row) for v in r.values()}
    for evidence in finding.evidence:
        if isinstance(evidence, CellEvidence) and (paths.get(evidence.file, evidence.file), evidence.sheet, evidence.cell) in cells:
            return True
        if isinstance(evidence, PageEvidence):
            at = (paths.get(evidence.file, evidence.file), evidence.page)
            if at in printed or (paper.kind != "investment_list" and on_pages(paper.pages, *at)):
                return True
    return finding.subject.row == row


def _rows(paper: TruthDocument, sequence: int) -> list[Mapping[str, TruthValue]]:
    return [row for rows in paper.tables.values() for row in rows if (s := row.get("sequence")) is not None and s.value == str(sequence)]


def _shows(finding: Finding, paper: TruthDocument, paths: Mapping[str, str], page: int | None) -> bool:
    files = {ref.file for ref in paper.pages}
    for evidence in finding.evidence:
        if isinstance(evidence, AbsenceEvidence):
            return True
        if isinstance(evidence, CellEvidence | LedgerEvidence) and paths.get(evidence.file, evidence.file) in files:
            return True
        if isinstance(evidence, PageEvidence):
            file = paths.get(evidence.file, evidence.file)
            if on_pages(paper.pages, file, evidence.page) if page is None else file in files and abs(evidence.page - page) <= 1:
                return True
    return False


def worst(findings: Sequence[Finding]) -> Severity | None:
    return min((f.severity for f in findings), key=SEVERITIES.index, default=None)
