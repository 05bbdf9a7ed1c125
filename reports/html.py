"""``report.html``: one file that a clerk can open anywhere, without net, without us."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from pathlib import Path

import jinja2
from markupsafe import Markup

from pipeline.model import VERDICT_WORDS, Report
from reports import words
from reports.base import NoticeFacts, Pictures
from reports.crops import PICTURE_BUDGET
from reports.places import Places
from reports.view_findings import leads_of, view_findings
from reports.view_papers import view_check, view_documents, view_file
from reports.writing import clean

TEMPLATES = Path(__file__).parent / "templates"


def render_html(
    report: Report,
    pictures: Pictures,
    *,
    notice: NoticeFacts,
    out: Path | None = None,
    sources: Mapping[str, Path] | None = None,
    picture_budget: int = PICTURE_BUDGET,
) -> str:
    """The whole page as text.

    Args:
        out: folder the page will stand in, for relative links into the source files.
        sources: file id → path on disk, for those links.
        picture_budget: bytes of JPEG allowed.
    """
    places = Places(report.files, report.documents, out, sources)
    found = view_findings(report.findings, places, pictures, rounds=report.rounds, clauses=notice.clauses, picture_budget=picture_budget)
    checks = tuple(view_check(item, places) for item in report.checklist)
    submission = report.submission
    css, script = style_and_script()
    return environment().get_template("report.html.j2").render(
        report=report,
        notice=notice,
        css=Markup(css),  # our own file, see the hash below
        script=Markup(script),
        policy=content_policy(css, script),
        applicant=clean(submission.applicant or "（未识别申报单位）"),
        uscc=clean(submission.uscc or "（未识别）"),
        categories="、".join(clean(notice.category_titles.get(c, words.CATEGORY[c])) for c in submission.categories) or "（未识别类别）",
        stage=words.STAGE[submission.stage],
        verdict=VERDICT_WORDS[report.verdict],
        counts=found.counts,
        blocks=found.blocks,
        leads=leads_of(found.blocks),
        waived=found.waived,
        lacking=tuple(c for c in checks if c.item.required and c.item.status in ("missing", "incomplete")),
        checks=checks,
        groups=view_documents(report, places),
        files=tuple(view_file(f, report, places) for f in report.files),
        pages=sum(len(f.pages) for f in report.files),
        sheet=found.sheet,
        yuan=words.yuan,
    )


def environment() -> jinja2.Environment:
    """Templates with everything escaped and no silent gaps."""
    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        finalize=_final,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _final(value: object) -> object:
    """Everything printed passes here: no control characters, no text that runs backwards."""
    return clean(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def style_and_script() -> tuple[str, str]:
    return (TEMPLATES / "report.css").read_text("utf-8"), (TEMPLATES / "report.js").read_text("utf-8")


def content_policy(css: str, script: str) -> str:
    """A policy under which only our own style and script live, and nothing is fetched from anywhere."""

    def digest(text: str) -> str:
        return "'sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() + "'"

    return (
        f"default-src 'none'; img-src data:; style-src {digest(css)}; script-src {digest(script)}; "
        "base-uri 'none'; form-action 'none'; connect-src 'none'"
    )
