"""``report.html``: one file that a clerk can open anywhere, without net, without us."""

from __future__ import annotations

import base64
import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import jinja2
from markupsafe import Markup

from pipeline.model import (
    SEVERITIES,
    SEVERITY_WORDS,
    VERDICT_WORDS,
    ChecklistItem,
    Document,
    Field,
    Finding,
    Report,
    Rounds,
    SourceFile,
)
from reports import words
from reports.base import NoticeFacts, Pictures
from reports.crops import PICTURE_BUDGET, Crop, CropSheet, Wish, cut
from reports.ordering import Block, Numbered, arrange
from reports.places import Place, Places, row_words, spans
from reports.writing import clean, one_line, shorten

TEMPLATES = Path(__file__).parent / "templates"
_PICTURES_OF_A_FINDING = 3
_ROWS_SHOWN = 60
"""Rows of one table of a document; all rows stand in the workbook."""
_FOLD_FROM = 4
"""A rule with so many findings in one topic has them folded, one line each."""


@dataclass(frozen=True)
class SpotView:
    place: Place
    crop: Crop | None


@dataclass(frozen=True)
class Pair:
    label: str
    value: str


@dataclass(frozen=True)
class CardView:
    """One finding, ready for the page."""

    number: int
    anchor: str
    severity: str
    word: str
    rule: str
    title: str
    message: str
    hint: str
    clause: str
    where: str
    stake: str
    deduct: str
    internal: bool
    round: str
    waived: str
    folded: bool
    data: tuple[Pair, ...]
    spots: tuple[SpotView, ...]
    more_spots: tuple[Place, ...]


@dataclass(frozen=True)
class TopicView:
    title: str
    cards: tuple[CardView, ...]


@dataclass(frozen=True)
class LeadView:
    """One line of what to look at first: a rule with its most important finding."""

    card: CardView
    count: int


@dataclass(frozen=True)
class BlockView:
    severity: str
    word: str
    count: int
    topics: tuple[TopicView, ...]


@dataclass(frozen=True)
class FindingsView:
    """All findings; ``counts`` holds (severity, word, number of open ones)."""

    blocks: tuple[BlockView, ...]
    waived: tuple[CardView, ...]
    counts: tuple[tuple[str, str, int], ...]
    sheet: CropSheet


@dataclass(frozen=True)
class CheckView:
    item: ChecklistItem
    word: str
    year: str
    documents: str


@dataclass(frozen=True)
class FieldView:
    label: str
    value: str
    status: str
    word: str
    why: str
    where: str
    corrected: str


@dataclass(frozen=True)
class TableView:
    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[FieldView, ...], ...]
    left_out: int
    complete: bool


@dataclass(frozen=True)
class DocumentView:
    anchor: str
    title: str
    kind: str
    where: str
    note: str
    copy: bool
    doubtful: int
    fields: tuple[FieldView, ...]
    tables: tuple[TableView, ...]
    seals: tuple[str, ...]


@dataclass(frozen=True)
class GroupView:
    """Documents of one kind; many of them are folded together."""

    kind: str
    documents: tuple[DocumentView, ...]

    @property
    def count(self) -> int:
        return len(self.documents)

    @property
    def doubtful(self) -> int:
        return sum(d.doubtful for d in self.documents)


@dataclass(frozen=True)
class SpanView:
    """Neighbouring pages with one fate, on one line."""

    pages: str
    belongs: str
    notes: str
    bad: bool


@dataclass(frozen=True)
class FileView:
    path: str
    href: str
    facts: str
    error: str
    spans: tuple[SpanView, ...]


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
    found = view_findings(report.findings, places, pictures, rounds=report.rounds, picture_budget=picture_budget)
    checks = tuple(_check(item, places) for item in report.checklist)
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
        leads=_leads(found.blocks),
        waived=found.waived,
        lacking=tuple(c for c in checks if c.item.required and c.item.status in ("missing", "incomplete")),
        checks=checks,
        groups=_groups(report, places),
        files=tuple(_file(f, report, places) for f in report.files),
        pages=sum(len(f.pages) for f in report.files),
        sheet=found.sheet,
        yuan=words.yuan,
        rows_shown=_ROWS_SHOWN,
    )


def view_findings(
    findings: Sequence[Finding],
    places: Places,
    pictures: Pictures,
    *,
    rounds: Rounds | None = None,
    picture_budget: int = PICTURE_BUDGET,
) -> FindingsView:
    """Findings in their order, with their places and pictures."""
    blocks, waived = arrange(findings)
    flat = [n for b in blocks for t in b.topics for n in t.items] + list(waived)
    spots = [places.of_finding(n.finding) for n in flat]
    wishes: list[list[Wish]] = [[p.picture for p in ps if p.picture is not None][:_PICTURES_OF_A_FINDING] for ps in spots]
    sheet = cut(wishes, pictures, shape=places.shape, budget=picture_budget)
    crowd = Counter((f.severity, f.group or f.rule, f.rule) for f in findings if f.waived is None)
    views: dict[str, CardView] = {}
    for i, (item, at) in enumerate(zip(flat, spots, strict=True)):
        crops = {wish: sheet.crops.get((i, k)) for k, wish in enumerate(wishes[i])}
        alike = crowd[(item.finding.severity, item.finding.group or item.finding.rule, item.finding.rule)]
        folded = alike >= _FOLD_FROM or item.finding.waived is not None
        views[item.anchor] = _card(item, at, crops, rounds, folded=folded)
    return FindingsView(
        blocks=tuple(_block(b, views) for b in blocks),
        waived=tuple(views[n.anchor] for n in waived),
        counts=tuple((s, SEVERITY_WORDS[s], sum(b.count for b in blocks if b.severity == s)) for s in SEVERITIES),
        sheet=sheet,
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


def _block(block: Block, views: Mapping[str, CardView]) -> BlockView:
    topics = tuple(TopicView(t.title, tuple(views[n.anchor] for n in t.items)) for t in block.topics)
    return BlockView(block.severity, block.word, block.count, topics)


def _leads(blocks: tuple[BlockView, ...]) -> tuple[LeadView, ...]:
    """The first findings of the worst rules, one line a rule; notes hold nothing back and are left out."""
    cards: dict[tuple[str, str], list[CardView]] = {}
    for block in blocks:
        for topic in block.topics:
            for card in topic.cards:
                if block.severity != "note":
                    cards.setdefault((block.severity, card.rule), []).append(card)
    return tuple(LeadView(members[0], len(members)) for members in cards.values())


def _card(
    item: Numbered, at: tuple[Place, ...], crops: Mapping[Wish, Crop | None], rounds: Rounds | None, *, folded: bool
) -> CardView:
    finding = item.finding
    shown = tuple(SpotView(p, crops.get(p.picture) if p.picture else None) for p in at[:_PICTURES_OF_A_FINDING])
    return CardView(
        number=item.number,
        anchor=item.anchor,
        severity=finding.severity,
        word=SEVERITY_WORDS[finding.severity],
        rule=clean(finding.rule),
        title=one_line(finding.title),
        message=clean(finding.message),
        hint=clean(finding.hint),
        clause=clean(finding.clause),
        where=shorten(row_words(finding) or next((p.short for p in at if p.short), ""), 60),
        stake=words.yuan(finding.at_stake) if finding.at_stake else "",
        deduct=f"{words.yuan(finding.deduct.amount)} 元（{clean(finding.deduct.reason)}）" if finding.deduct else "",
        internal=finding.audience == "internal",
        round=round_word(finding, rounds),
        waived=clean(f"{finding.waived.by}（{finding.waived.at}）：{finding.waived.why}") if finding.waived else "",
        folded=folded,
        data=tuple(Pair(words.data_label(key), shorten(words.data_words(key, value), 300)) for key, value in finding.data.items()),
        spots=shown,
        more_spots=at[_PICTURES_OF_A_FINDING:],
    )


def round_word(finding: Finding, rounds: Rounds | None) -> str:
    """How a finding stands to the previous round."""
    if rounds is None:
        return ""
    for ids, word in ((rounds.missed_before, "上次漏报"), (rounds.open, "上次已指出"), (rounds.changed, "有变化"), (rounds.new, "新发现")):
        if finding.id in ids:
            return word
    return ""


def _check(item: ChecklistItem, places: Places) -> CheckView:
    return CheckView(
        item=item,
        word=words.CHECKLIST_STATUS[item.status],
        year=f"{item.year}年度" if item.year and str(item.year) not in item.title else "",
        documents=places.documents_words(item.documents),
    )


def _groups(report: Report, places: Places) -> tuple[GroupView, ...]:
    by_kind: dict[str, list[DocumentView]] = {}
    for document in report.documents:
        by_kind.setdefault(words.kind_title(document.kind), []).append(_document(document, places))
    return tuple(GroupView(kind, tuple(members)) for kind, members in by_kind.items())


def _document(document: Document, places: Places) -> DocumentView:
    fields = tuple(_field(document.kind, name, f, places) for name, f in document.fields.items())
    return DocumentView(
        anchor="d-" + hashlib.sha256(document.id.encode()).hexdigest()[:10],
        title=clean(words.document_title(document)),
        kind=words.kind_title(document.kind),
        where=places.pages_words(document.pages),
        note=clean(document.note),
        copy=document.copy_of is not None,
        doubtful=sum(f.status == "doubtful" for _, f in document.walk()),
        fields=fields,
        tables=tuple(_table(document, name, places) for name in document.tables),
        seals=tuple(
            f"{words.SEAL_ROLE[s.role]}{'（电子）' if s.electronic else ''}：{clean(s.owner or s.text) or '无法辨认'}"
            f"，{places.page(s.file, s.page)}{'' if s.level == 'sure' else '，疑似'}"
            for s in document.seals
        ),
    )


def _table(document: Document, name: str, places: Places) -> TableView:
    table = document.tables[name]
    columns = tuple(dict.fromkeys(column for row in table.rows for column in row.cells))
    return TableView(
        title=words.table_label(document.kind, name),
        heads=tuple(words.field_label(document.kind, f"{name}.{column}") for column in columns),
        rows=tuple(
            tuple(_field(document.kind, f"{name}.{column}", row.get(column), places) for column in columns) for row in table.rows[:_ROWS_SHOWN]
        ),
        left_out=max(0, len(table.rows) - _ROWS_SHOWN),
        complete=table.complete,
    )


def _field(kind: str, name: str, field: Field, places: Places) -> FieldView:
    where = places.of(field.evidence[0]).words if field.evidence else ""
    corrected = f"{field.corrected.by}（{field.corrected.at}）：{field.corrected.why}" if field.corrected else ""
    return FieldView(
        label=words.field_label(kind, name),
        value=shorten(one_line(words.field_words(kind, name, field)), 240),
        status=field.status,
        word=words.FIELD_STATUS[field.status],
        why=one_line(field.why),
        where=where,
        corrected=one_line(corrected),
    )


def _file(source: SourceFile, report: Report, places: Places) -> FileView:
    facts = [words.ROLE[source.role], words.MEDIA[source.media]]
    if source.pages:
        facts.append(f"{len(source.pages)}页")
    return FileView(
        path=one_line(source.path),
        href=places.link(source.id),
        facts=" · ".join(facts),
        error=clean(source.error.message) if source.error else "",
        spans=tuple(page_spans(source, report)),
    )


def page_spans(source: SourceFile, report: Report) -> Iterator[SpanView]:
    """Pages of a file by what became of them; neighbours with one fate share a line, none is left out."""
    titles = {d.id: clean(words.document_title(d)) for d in report.documents}
    owner = {(ref.file, ref.page): titles[d.id] for d in reversed(report.documents) for ref in d.pages}
    run: list[int] = []
    last: tuple[str, str, bool] | None = None
    for page in source.pages:
        error = clean(page.error.message) if page.error else ""
        title = titles.get(page.document or "") or owner.get((source.id, page.index), "")
        belongs = title or ("空白页" if page.blank else ("无法读取" if error else "未归入任何材料"))
        notes = "；".join(
            part for part in (words.PAGE_SOURCE[page.source], f"转正{page.rotation}°" if page.rotation else "", error) if part
        )
        fate = (belongs, notes, bool(error) or not (title or page.blank))
        if last is not None and fate != last:
            yield SpanView(spans(run), *last)
            run = []
        run.append(page.index + 1)
        last = fate
    if last is not None:
        yield SpanView(spans(run), *last)
