"""The short human summary of a check, on the terminal and as a Prefect artifact."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from decimal import Decimal

from pipeline.model import SEVERITIES, SEVERITY_WORDS, VERDICT_WORDS, Finding, Report
from reports import ReconciliationSet, ReportSet
from reports.ordering import by_topic
from reports.places import Places
from reports.words import CATEGORY, STAGE, amount, data_words, field_label, money_words
from validators.matching import STATUS_WORDS, STATUSES, LineStatus, ReconciledLine, Reconciliation

SHOWN = 12
"""Findings on the terminal; all of them stand in the papers."""
_ALIKE = 3
"""So many findings of one rule are told one by one; more of them on one line."""
_ROWS = 20


def counts_of(report: Report) -> str:
    """``补正 6 · 需人工核验 2``."""
    counts = Counter(f.severity for f in report.findings if f.waived is None)
    return " · ".join(f"{SEVERITY_WORDS[s]} {counts[s]}" for s in SEVERITIES if counts[s]) or "无"


def summary_lines(report: Report, papers: ReportSet | None) -> list[str]:
    """Verdict, counts, the gravest findings with their places, and where the papers lie."""
    submission, timing = report.submission, report.timing
    kinds = "、".join(CATEGORY[c] for c in submission.categories) or "未识别"
    lines = [
        f"结论：{VERDICT_WORDS[report.verdict]}（{counts_of(report)}）",
        f"申报单位：{submission.applicant or '未识别'}　{kinds}　{STAGE[submission.stage]}",
        f"页数：{timing.pages}（本次识别 {timing.pages_read}，缓存 {timing.pages_from_cache}）　用时 {timing.wall_s:.0f} 秒",
    ]
    places = Places(report.files, report.documents)
    grave = [f for s in SEVERITIES if s != "note" for f in report.findings if f.severity == s and f.waived is None]
    topics = [members for s in SEVERITIES for members in by_topic((f for f in grave if f.severity == s), same_rule=True)]
    shown = 0
    for members in topics[:SHOWN]:
        shown += len(members)
        lines += _told(members, places)
    if shown < len(grave):
        lines.append(f"  另有 {len(grave) - shown} 条，见报告。")
    return lines + _paths(papers)


def _told(members: Sequence[Finding], places: Places) -> list[str]:
    """Findings of one rule: each with its place, or all on one line with the first as example."""
    first = members[0]
    if len(members) > _ALIKE:
        rows = _rows([f.subject.row for f in members if f.subject.row is not None])
        stake = sum((amount(f.at_stake) or Decimal(0) for f in members), Decimal(0))
        facts = "，".join(part for part in (f"清单{rows}" if rows else "", f"涉及 {money_words(str(stake))}" if stake else "") if part)
        return [f"  [{SEVERITY_WORDS[first.severity]}] {first.title} {len(members)} 条{f'：{facts}' if facts else ''}　{first.rule}{_inside(first)}", f"      例：{first.message}"]
    lines = []
    for finding in members:
        lines.append(f"  [{SEVERITY_WORDS[finding.severity]}] {finding.message}　{finding.rule}{_inside(finding)}")
        place = place_of(places, finding)
        if place:
            lines.append(f"      位置：{place}")
    return lines


def _inside(finding: Finding) -> str:
    return "（仅内部）" if finding.audience == "internal" else ""


def _rows(rows: Sequence[int]) -> str:
    """``第7、11行``; a long list is cut and counted."""
    if not rows:
        return ""
    ordered = sorted(set(rows))
    return f"第{'、'.join(map(str, ordered[:_ROWS]))}{'……' if len(ordered) > _ROWS else ''}行"


def _paths(papers: ReportSet | ReconciliationSet | None) -> list[str]:
    return ["文件：", *(f"  {path}" for path in papers.paths)] if papers is not None else []


def summary_markdown(report: Report, papers: ReportSet | None) -> str:
    return "\n".join(f"- {line.strip()}" for line in summary_lines(report, papers))


def place_of(places: Places, finding: Finding) -> str:
    """Where a clerk must look, or where it was looked in vain, in a few words."""
    return next((words for place in places.of_finding(finding) if (words := place.words)), "")


def reconcile_lines(result: Reconciliation, papers: ReconciliationSet | None) -> list[str]:
    """Counts by status, sums, the lines in trouble with their reasons (all missing scans on one line), where the papers lie."""
    counts, totals = Counter(line.status for line in result.lines), result.totals
    lines = [
        f"清单 {len(result.lines)} 行：" + " · ".join(f"{STATUS_WORDS[s]} {counts[s]}" for s in STATUSES if counts[s]),
        f"申报 {money_words(totals.declared)}　可认定 {money_words(totals.recognised)}　核减 {money_words(totals.deducted)}",
    ]
    if amount(totals.open):
        lines.append(f"待定（申报额）{money_words(totals.open)}")
    messages = {f.id: f.message for f in result.findings}
    told: set[str] = set()
    for status in STATUSES:
        if status == "matched":
            continue
        members = [line for line in result.lines if line.status == status]
        told.update(name for line in members for name in line.findings)
        lines += _missing(members) if status == "missing_scan" else _troubled(status, members, messages)
    loose = [f for f in result.findings if f.severity != "note" and f.id not in told]
    lines += [f"  [{SEVERITY_WORDS[f.severity]}] {f.message}　{f.rule}" for f in loose[:SHOWN]]
    if result.unlisted_documents:
        lines.append(f"  未列入清单的票据 {len(result.unlisted_documents)} 份")
    return lines + _paths(papers)


def _missing(members: Sequence[ReconciledLine]) -> list[str]:
    if not members:
        return []
    stake = sum((amount(line.declared.get("declared_amount")) or Decimal(0) for line in members), Decimal(0))
    return [f"  [{STATUS_WORDS['missing_scan']}] {len(members)} 行未见票据扫描件，申报 {money_words(str(stake))}：{_rows([line.row.row for line in members])}"]


def _troubled(status: LineStatus, members: Sequence[ReconciledLine], messages: dict[str, str]) -> list[str]:
    lines = []
    for line in members[:SHOWN]:
        differences = [
            f"{field_label('investment_list', f'lines.{d.field}').removeprefix('lines.')}申报 {data_words(d.field, d.declared)}，票面 {data_words(d.field, d.found)}"
            for d in line.differences
        ]
        reasons = differences + [messages[name] for name in line.findings if name in messages and not (differences and name.startswith("R-401"))]
        name = line.declared.get("name") or ""
        lines.append(f"  [{STATUS_WORDS[status]}] 第{line.row.row}行 {name} {money_words(line.declared.get('declared_amount'))}：{'；'.join(reasons) or '、'.join(line.flags)}")
    if len(members) > SHOWN:
        lines.append(f"  [{STATUS_WORDS[status]}] 另有 {len(members) - SHOWN} 行，见核对结果。")
    return lines


def reconcile_markdown(result: Reconciliation, papers: ReconciliationSet | None) -> str:
    return "\n".join(f"- {line.strip()}" for line in reconcile_lines(result, papers))
