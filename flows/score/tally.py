"""Counting: one report after the other against its truth."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import cast

from flows.score.answers import DEMANDS, answers, at_its_place, worst
from flows.score.compare import compare_documents
from flows.score.places import overlap, pair_documents
from flows.score.result import FIELD_WORDS, Accusation, DefectScore, FieldScore, PageScore, SampleScore, Score, SealScore
from pipeline.model import Document, Finding, Report, Seal, Stage
from samples.truth import Truth, TruthDefect, TruthPage, TruthSeal

SAME_SEAL = 0.3
"""Intersection over union from which two boxes are one seal (the usual loose threshold; impressions have no sharp edge)."""


class Tally:
    """Counts of a scoring run. A defect is found when it is answered at any stage."""

    def __init__(self, reading: str) -> None:
        self._reading = reading
        self._stages: list[Stage] = []
        self._samples: list[SampleScore] = []
        self._defects: dict[str, DefectScore] = {}
        self._on_clean: list[Accusation] = []
        self._beside: list[Accusation] = []
        self._fields: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
        self._types: dict[tuple[str, str], str] = {}
        self._seals: dict[str, Counter[str]] = defaultdict(Counter)
        self._pages: dict[str, Counter[str]] = defaultdict(Counter)
        self._open: dict[int, tuple[TruthDefect, list[Finding], list[Finding]]] = {}
        self._counted: set[str] = set()

    # --- one report ----------------------------------------------------------------------------------------------

    def add(self, name: str, truth: Truth, stage: Stage, report: Report, paths: Mapping[str, str], seconds: float) -> None:
        """Count one stage's report on one sample; ``paths`` maps file ids to truth's paths."""
        if stage not in self._stages:
            self._stages.append(stage)
        self._findings(name, truth, stage, report, paths)
        self._papers(truth, report, paths)
        demands = sum(f.severity in DEMANDS for f in report.findings)
        reviews = sum(f.severity == "review" for f in report.findings)
        clean = all(d.innocent for d in truth.defects)
        pages = sum(len(f.pages) for f in report.files)
        self._samples.append(SampleScore(
            sample=f"{name}@{stage}", seed=truth.seed, categories=truth.categories, clean=clean, reviews=reviews, demands=demands,
            verdict=report.verdict, pages=pages, seconds=round(seconds, 2),
        ))  # fmt: skip

    def close_sample(self) -> None:
        """Settle the defects of the sample whose stages have been added."""
        for defect, found, elsewhere in self._open.values():
            score = self._defects.setdefault(defect.name, DefectScore(name=defect.name, innocent=defect.innocent))
            severities = dict(score.severities)
            at = worst(found)
            if at is not None and not defect.innocent:
                severities[at] = severities.get(at, 0) + 1
            self._defects[defect.name] = score.model_copy(update={
                "planted": score.planted + 1, "found": score.found + bool(found and not defect.innocent), "severities": severities,
                "elsewhere": score.elsewhere + bool(elsewhere and not found and not defect.innocent),
                "accused": score.accused + bool(defect.innocent and any(f.severity in DEMANDS for f in (*found, *elsewhere))),
            })  # fmt: skip
        self._open.clear()
        self._counted.clear()

    def _findings(self, name: str, truth: Truth, stage: Stage, report: Report, paths: Mapping[str, str]) -> None:
        for index, defect in enumerate(truth.defects):
            _, found, elsewhere = self._open.setdefault(index, (defect, [], []))
            for finding in report.findings:
                if answers(finding, defect):
                    (found if at_its_place(finding, defect, truth, paths) else elsewhere).append(finding)
        guilty = [d for d in truth.defects if not d.innocent]
        for finding in report.findings:
            if finding.severity not in DEMANDS or any(answers(finding, d) for d in guilty):
                continue
            accusation = Accusation(sample=name, rule=finding.rule, severity=finding.severity, message=finding.message, stage=stage)
            (self._beside if guilty else self._on_clean).append(accusation)

    # --- what was read -------------------------------------------------------------------------------------------

    def _papers(self, truth: Truth, report: Report, paths: Mapping[str, str]) -> None:
        """Papers, pages and seals of the files this report has and no earlier stage had."""
        new = {paths.get(f.id, f.path) for f in report.files} - self._counted
        self._counted |= new
        papers = [d for d in truth.documents if d.pages and d.pages[0].file in new]
        seen = [d for d in report.documents if d.kind != "ledger"]
        for paper, document in zip(papers, pair_documents(papers, seen, paths), strict=True):
            for outcome in compare_documents(paper, document):
                self._fields[(outcome.kind, outcome.field)][outcome.word] += 1
                self._types[(outcome.kind, outcome.field)] = outcome.type
            for _ in paper.pages:
                if self._reading == "real" and document is not None:
                    self._pages["kind"]["truth"] += 1
                    self._pages["kind"]["right" if document.kind == paper.kind else "none" if document.kind == "unknown" else "wrong"] += 1
        if self._reading == "truth":
            return
        self._page_facts(truth, report, paths, new)
        if self._reading == "real":
            self._seal_facts(truth, report.documents, paths, new)

    def _page_facts(self, truth: Truth, report: Report, paths: Mapping[str, str], new: set[str]) -> None:
        files = {file.path: file for file in truth.files if file.path in new}
        for file in report.files:
            known = files.get(paths.get(file.id, file.path))
            if known is None or file.media in ("workbook", "csv"):
                continue
            for page in file.pages:
                if page.index >= len(known.pages):
                    continue
                true: TruthPage = known.pages[page.index]
                self._fact("label", true.label, page.label)
                self._fact("volume_label", true.volume_label, page.volume_label)
                self._fact("rotation", true.rotation, page.rotation)
                self._fact("blank", true.blank or None, page.blank or None)

    def _fact(self, fact: str, true: int | None, got: int | None) -> None:
        counts = self._pages[fact]
        if true is None:
            counts["wrong"] += got is not None
            return
        counts["truth"] += 1
        counts["right" if got == true else "none" if got is None else "wrong"] += 1

    def _seal_facts(self, truth: Truth, documents: Sequence[Document], paths: Mapping[str, str], new: set[str]) -> None:
        true: dict[tuple[str, int], list[TruthSeal]] = defaultdict(list)
        seen: dict[tuple[str, int], list[Seal]] = defaultdict(list)
        for paper in truth.documents:
            if paper.pages and paper.pages[0].file in new:
                for seal in paper.seals:
                    true[(paper.pages[0].file, seal.page)].append(seal)
        for document in documents:
            for mark in document.seals:
                if paths.get(mark.file, mark.file) in new:
                    seen[(paths.get(mark.file, mark.file), mark.page)].append(mark)
        for place in true.keys() | seen.keys():
            self._match_seals(true.get(place, []), list({s.box: s for s in seen.get(place, [])}.values()))

    def _match_seals(self, true: Sequence[TruthSeal], seen: Sequence[Seal]) -> None:
        pairs = sorted(((overlap(t.box, s.box), i, j) for i, t in enumerate(true) for j, s in enumerate(seen)), reverse=True)
        of_true: dict[int, int] = {}
        of_seen: dict[int, int] = {}
        for shared, i, j in pairs:
            if shared >= SAME_SEAL and i not in of_true and j not in of_seen:
                of_true[i], of_seen[j] = j, i
        for i, seal in enumerate(true):
            counts = self._seals[seal.role]
            counts["truth"] += 1
            if i in of_true:
                counts["found"] += 1
                counts["role_right"] += seen[of_true[i]].role == seal.role
        for j, mark in enumerate(seen):
            if j not in of_seen:
                self._seals[mark.role]["invented"] += 1

    # --- the outcome ---------------------------------------------------------------------------------------------

    def score(self) -> Score:
        fields = tuple(
            FieldScore(kind=kind, field=name, type=self._types[(kind, name)], words={w: counts[w] for w in FIELD_WORDS if counts[w]})
            for (kind, name), counts in sorted(self._fields.items())
        )
        seals = tuple(SealScore(role=role, **cast(dict[str, int], dict(counts))) for role, counts in sorted(self._seals.items()))
        pages = tuple(PageScore.model_validate({"fact": fact, **counts}) for fact, counts in sorted(self._pages.items()))
        return Score(
            reading=self._reading, stages=tuple(self._stages), samples=tuple(self._samples), defects=tuple(sorted(self._defects.values(), key=lambda d: d.name)),
            accusations_on_clean=tuple(self._on_clean), accusations_beside=tuple(self._beside), fields=fields, seals=seals, pages=pages,
        )  # fmt: skip
