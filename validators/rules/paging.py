"""Page numbers: R-088."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from pipeline.model import Document, Evidence, Finding, PageEvidence, SourceFile, Subject
from validators.numbering import Gap, Label, gaps, increasing, total_of, without_outliers
from validators.rule import Case, rule

WHOLE = (0.0, 0.0, 1.0, 1.0)
ENOUGH = 4
"""So many labels at least before a run of bare numbers is taken for the numbering of the volume."""


@rule(
    id="R-088",
    title="页码不连续",
    severity="correct",
    clause="六末段",
    group="编页",
    sentence="页码不连续：第{a}页后为第{b}页（空白页除外，非空白页含封面均须连续编码）。",
    variants={
        "document": "{doc}共{n}页，第{a}页后为第{b}页，{gone}，请补齐。",
        "tail": "{doc}标明共{n}页，末页为第{a}页，缺少后续页面，请补齐。",
        "loose": "{doc}自带页码第{a}页后为第{b}页，请核对是否缺页。",
    },
    hint="请核对是否漏扫或缺页，补齐后全册重新连续编写页码。",
)
def page_numbers(case: Case) -> Iterator[Finding]:
    """页码不连续

    What it does:
        整册页码单独判断是否连续；材料自带页码标明总页数的，判断其间是否缺页。
    Why:
        指南六末段：非空白页（含封面）需连续编写页码；缺页的材料不完整。
    Bad:
        审计报告“第7页 共20页”之后是“第9页 共20页”。
    Good:
        空白背面不编码；个别页的页码没有认出，但前后页数相符。
    Known false alarms:
        单个页码认错：须前后页码互相印证才要求补正，否则转人工核对；材料自带的页码各自从1开始属正常。
    """
    for source in case.dossier.files:
        if source.role == "second_copy" or len(source.pages) < 2:
            continue
        volume = [Label(p.index, p.volume_label) for p in source.pages if p.volume_label is not None]
        bare = [Label(p.index, p.label, None, p.label_text or "") for p in source.pages if p.label is not None and total_of(p.label_text) is None]
        through = not volume and _runs_through(source, bare)
        for gap in gaps(bare if through else volume):
            yield _volume_finding(case, source, gap)
        for document in case.dossier.documents:
            if document.copy_of is None:
                yield from _document(case, source, document, bare_is_volume=through)


def _runs_through(source: SourceFile, labels: list[Label]) -> bool:
    """Do bare numbers run on across documents, as the numbering of a volume does?"""
    kept = without_outliers(labels)
    owners = {source.pages[label.position].document for label in kept} - {None}
    return len(kept) >= ENOUGH and len(owners) >= 2 and increasing(kept)


def _proof(source: SourceFile, *labels: Label) -> list[Evidence]:
    return [PageEvidence(file=source.id, page=label.position, box=WHOLE, text=label.text or str(label.number)) for label in labels]


def _volume_finding(case: Case, source: SourceFile, gap: Gap) -> Finding:
    subject = Subject(type="page", id=f"{source.path}#{gap.before.number}", file=source.id)
    return case.finding(
        subject, _proof(source, gap.before, gap.after), doubtful=not gap.sure, a=gap.before.number, b=gap.after.number,
        data={"before": gap.before.number, "after": gap.after.number, "missing": gap.missing},
    )  # fmt: skip


def _document(case: Case, source: SourceFile, document: Document, *, bare_is_volume: bool) -> Iterator[Finding]:
    """The numbers that a document brought along."""
    pages = [source.pages[r.page] for r in document.pages if r.file == source.id and r.page < len(source.pages)]
    labels = [Label(p.index, p.label, total_of(p.label_text), p.label_text or "") for p in pages if p.label is not None]
    counted = [label for label in labels if label.total is not None]
    name = case.view.name(document)
    totals = {label.total for label in counted}
    if len(totals) == 1 and len(counted) >= 2:
        found = gaps(counted) or [Gap(a, b, False) for a, b in pairwise(counted) if len(counted) == 2 and b.number - a.number > b.position - a.position]
        for gap in found:
            short = _short(counted, gap, pages[0].index, pages[-1].index)
            yield case.finding(
                case.view.subject(document, "page", f"{document.id}#{gap.before.number}"), _proof(source, gap.before, gap.after), variant="document",
                doubtful=not (gap.sure or short), doc=name, gone=_gone(gap), a=gap.before.number, b=gap.after.number, n=gap.before.total,
                data={"before": gap.before.number, "after": gap.after.number, "total": gap.before.total, "missing": gap.missing},
            )  # fmt: skip
        yield from _tail(case, source, document, without_outliers(counted))
    elif not bare_is_volume and not counted:
        for gap in gaps(labels):
            yield case.finding(
                case.view.subject(document, "page", f"{document.id}#{gap.before.number}"), _proof(source, gap.before, gap.after), variant="loose",
                severity="review", doc=name, a=gap.before.number, b=gap.after.number,
                data={"before": gap.before.number, "after": gap.after.number},
            )  # fmt: skip


def _gone(gap: Gap) -> str:
    """Which pages are not there; only how many where pages without a number lie between."""
    first, last = gap.before.number + 1, gap.after.number - 1
    if gap.missing <= last - first:
        return f"其间至少缺{gap.missing}页"
    return f"缺少第{first}至{last}页" if last > first else f"缺少第{first}页"


def _short(labels: list[Label], gap: Gap, first: int, last: int) -> bool:
    """Do at least two labels on one side of the gap each tell, by the printed total, that too few pages lie between them and the
    document's end (or its start)? Then no single misread number explains the gap."""
    before = [x for x in labels if x.position <= gap.before.position and (x.total or 0) - x.number > last - x.position]
    after = [x for x in labels if x.position >= gap.after.position and x.number - 1 > x.position - first]
    return len(before) >= 2 or len(after) >= 2


def _tail(case: Case, source: SourceFile, document: Document, labels: list[Label]) -> Iterator[Finding]:
    """Pages after the last one of the document that its total still promises."""
    last = labels[-1]
    if last.total is None or last.number >= last.total or not increasing(labels):
        return
    behind = [r for r in document.pages if r.file == source.id and r.page > last.position]
    elsewhere = any(p.label is not None and p.label > last.number and total_of(p.label_text) == last.total
                    for f in case.dossier.files for p in f.pages)  # fmt: skip
    if elsewhere or last.total - last.number <= len(behind):
        return
    backed = len(labels) >= 3 and not behind
    yield case.finding(
        case.view.subject(document, "page", f"{document.id}#tail"), _proof(source, last), variant="tail", doubtful=not backed,
        doc=case.view.name(document), a=last.number, n=last.total, data={"last": last.number, "total": last.total},
    )  # fmt: skip
