"""The short human summary of a check, on the terminal and as a Prefect artifact."""

from __future__ import annotations

from collections import Counter

from pipeline.model import SEVERITIES, SEVERITY_WORDS, VERDICT_WORDS, Finding, Report
from reports import ReconciliationSet, ReportSet
from validators.matching import STATUS_WORDS, Reconciliation

SHOWN = 12
"""Findings on the terminal; all of them stand in the papers."""


def counts_of(report: Report) -> str:
    """``补正 6 · 需人工核验 2``."""
    counts = Counter(f.severity for f in report.findings if f.waived is None)
    return " · ".join(f"{SEVERITY_WORDS[s]} {counts[s]}" for s in SEVERITIES if counts[s]) or "无"


def summary_lines(report: Report, papers: ReportSet | None) -> list[str]:
    """Verdict, counts, the gravest findings, and where the papers lie."""
    submission, timing = report.submission, report.timing
    lines = [
        f"结论：{VERDICT_WORDS[report.verdict]}（{counts_of(report)}）",
        f"申报单位：{submission.applicant or '未识别'}　类别：{'、'.join(submission.categories) or '未识别'}",
        f"页数：{timing.pages}（本次识别 {timing.pages_read}，缓存 {timing.pages_from_cache}）　用时 {timing.wall_s:.0f} 秒",
    ]
    ranked = sorted(report.findings, key=lambda f: SEVERITIES.index(f.severity))
    for finding in [f for f in ranked if f.severity != "note"][:SHOWN]:
        lines.append(f"  [{SEVERITY_WORDS[finding.severity]}] {finding.rule} {finding.message}　{place_of(report, finding)}")
    if papers is not None:
        lines += [f"  {path}" for path in papers.paths]
    return lines


def summary_markdown(report: Report, papers: ReportSet | None) -> str:
    return "\n".join(f"- {line.strip()}" for line in summary_lines(report, papers))


def place_of(report: Report, finding: Finding) -> str:
    """Where a clerk must look, in a few words."""
    names = {file.id: file.path for file in report.files}
    for evidence in finding.evidence:
        if evidence.type == "page":
            return f"（{names.get(evidence.file, evidence.file)} 第{evidence.page + 1}页）"
        if evidence.type == "cell":
            return f"（{names.get(evidence.file, evidence.file)} {evidence.sheet}!{evidence.cell}）"
    return ""


def reconcile_lines(result: Reconciliation, papers: ReconciliationSet | None) -> list[str]:
    """Counts by status, the lines in trouble, where the papers lie."""
    counts = Counter(line.status for line in result.lines)
    lines = [f"清单 {len(result.lines)} 行：" + " · ".join(f"{word} {counts[s]}" for s, word in STATUS_WORDS.items() if counts[s])]
    for line in [x for x in result.lines if x.status not in ("matched", "missing_scan")][:SHOWN]:
        differences = "；".join(f"{d.field} 申报 {d.declared}，票面 {d.found}" for d in line.differences)
        lines.append(f"  [{STATUS_WORDS[line.status]}] 第{line.row.row}行 {line.row.key}　{differences}")
    for finding in [f for f in result.findings if f.severity != "note"][:SHOWN]:
        lines.append(f"  [{SEVERITY_WORDS[finding.severity]}] {finding.rule} {finding.message}")
    if papers is not None:
        lines += [f"  {path}" for path in papers.paths]
    return lines


def reconcile_markdown(result: Reconciliation, papers: ReconciliationSet | None) -> str:
    return "\n".join(f"- {line.strip()}" for line in reconcile_lines(result, papers))
