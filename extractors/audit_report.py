"""审计报告 (rule-book B.8) and statements in its place: cover, opinion, statements, notes are one document.

Client, year and number stand on the cover, in the addressee, in the opinion paragraph and above the statements: each place is a
sighting of its own, so that agreement proves and disagreement is seen.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from extractors.forms import as_date, sighting
from extractors.layout import Run, page_rows
from extractors.page import ReadPage
from extractors.papers import paper, year_of
from extractors.statements import Statements, read_statements, statement_title
from extractors.values import clean_name, squash
from extractors.witness import Sighting, resolve
from pipeline.model import Document, Field, PageEvidence, Table

_FIRM = re.compile(r"[一-鿿（）()]{2,24}会计师事务所(?:[（(](?:特殊)?普通合伙[)）]|有限(?:责任)?公司)?(?:[一-鿿]{2,6}分所)?")
_COMPANY = re.compile(r"[一-鿿A-Za-z0-9（）()·]{3,40}(?:有限责任公司|股份有限公司|有限公司|集团|公司|厂)")
_NUMBER = re.compile(r"[一-鿿A-Za-z()（）]{1,14}[〔【\[（(]\s*(20\d{2})\s*[〕】\])）]\s*(?:第\s*)?[A-Za-z一-鿿]{0,4}[-\d]{1,12}\s*号")
_ADDRESSEE = re.compile(r"^(.{4,40}?)(?:全体股东|董事会|股东|管理层|[:：]$)")
_AUDITED = re.compile(r"我们(?:接受委托[，,])?审计了(?:后附的)?(.{3,40}?(?:公司|厂|集团|中心))(?:[（(]以下简称|的?财务报表|20\d\d年)")
_FISCAL = re.compile(r"(20\d{2})年12月31日的?(?:合并)?(?:及母公司)?资产负债表")


@dataclass(frozen=True)
class _Phrase:
    """A fixed phrase of the auditing standards and the opinion it stands for; the first that matches wins."""

    opinion: str
    pattern: re.Pattern[str]


OPINIONS: tuple[_Phrase, ...] = (
    _Phrase("disclaimer", re.compile(r"我们不对.{0,40}(?:财务报表)?发表(?:审计)?意见|(?<!非)无法表示意见(?!的审计报告类型)|无法对.{0,30}发表(?:审计)?意见")),
    _Phrase("adverse", re.compile(r"未能(?:在所有重大方面)?.{0,60}公允反映|没有在所有重大方面.{0,60}公允反映|形成否定意见的基础|[一二三四、]否定意见")),
    _Phrase("qualified", re.compile(r"除.{0,120}?(?:可能产生的)?影响外[，,]|形成保留意见的基础|(?<!无)保留意见段")),
    _Phrase("unqualified_emphasis", re.compile(r"强调事项|其他事项段|与持续经营相关的重大不确定性")),
    _Phrase("unqualified", re.compile(r"在所有重大方面.{0,80}公允反映")),
)
"""Rule-book R-280 [S29]. ``非无保留意见`` stands in every report's boilerplate and means nothing."""


@dataclass(frozen=True)
class _Running:
    """Text of several rows as one string, with the row of every character."""

    text: str
    rows: tuple[Run, ...]
    places: tuple[int, ...]

    def around(self, start: int, end: int) -> tuple[Run, ...]:
        """The rows that ``text[start:end]`` stands in."""
        return tuple(self.rows[i] for i in range(self.places[start], self.places[max(start, end - 1)] + 1))


def running_text(pages: Iterable[ReadPage]) -> _Running:
    """All rows of ``pages``, squashed and joined."""
    text = ""
    rows: list[Run] = []
    places: list[int] = []
    for page in pages:
        for row in page_rows(page):
            plain = squash(row.text)
            places.extend([len(rows)] * len(plain))
            rows.append(row)
            text += plain
    return _Running(text, tuple(rows), tuple(places))


def extract_audit_report(pages: Sequence[ReadPage]) -> Document:
    """The whole report. ``scope`` is ``parent`` where statements of the company alone are enclosed (also beside the group's)."""
    statements = read_statements(pages)
    front = _front(pages)
    running = running_text(front)
    opinion = _opinion(running)
    year = _fiscal_year(front, running, statements)
    fields: dict[str, Field] = {
        "report_number": _report_number(front),
        "firm_name": _firm(front),
        "client_name": _client(front, running, statements),
        "fiscal_year": year,
        "opinion": opinion,
        "report_date": _report_date(front),
        "accountants": _accountants(front),
        "unit": statements.unit,
        "scope": _scope(statements),
    }
    notes = []
    if not statements.rows:
        notes.append("未读出财务报表数据。")
    missing = {"balance_sheet": "资产负债表", "income_statement": "利润表"}
    seen = {(title := statement_title(p)) and title[0] for p in statements.titled}
    absent = [word for name, word in missing.items() if name not in seen]
    if statements.rows and absent:
        notes.append(f"未见{'、'.join(absent)}。")
    return paper(
        "audit_report", pages, fields, tables={"statements": Table(rows=statements.rows, complete=not absent)}, year=year_of(year),
        confidence=0.95 if opinion.value else 0.75, note="".join(notes),
    )  # fmt: skip


def extract_financial_statement(pages: Sequence[ReadPage]) -> Document:
    """Statements handed in instead of an audit report."""
    statements = read_statements(pages)
    year = resolve(_statement_years(statements), value_type="year", label="年度")
    fields = {
        "client_name": resolve(_prepared_by(statements)[:2], label="编制单位"),
        "fiscal_year": year,
        "unit": statements.unit,
        "scope": _scope(statements),
    }
    return paper(
        "financial_statement", pages, fields, tables={"statements": Table(rows=statements.rows)}, year=year_of(year),
        confidence=0.85 if statements.rows else 0.6,
    )  # fmt: skip


def extract_capital_verification(pages: Sequence[ReadPage]) -> Document:
    """验资报告: the contract's fields from cover and text."""
    front = list(pages[:4])
    running = running_text(front)
    from_text = _phrase(running, re.compile(r"审验了(.{3,40}?(?:公司|厂))(?:[（(]以下简称|截至|截止)"), lambda m: clean_name(m[1]))
    paid = _phrase(
        running, re.compile(r"(?:累计)?实收(?:资本|股本)(?:人民币)?[^。；]{0,20}?([\d,，]+\.\d{2})元"), lambda m: m[1].replace(",", "").replace("，", "")
    )  # fmt: skip
    fields = {
        "report_number": _report_number(front),
        "firm_name": _firm(front),
        "client_name": resolve([*from_text, *_cover_client(front)][:2], label="被验资单位"),
        "report_date": _report_date(front),
        "paid_in_capital": resolve(paid[:1], value_type="money", label="实收资本"),
    }
    return paper("capital_verification", pages, fields, year=year_of(fields["report_date"]))


# --- parts -----------------------------------------------------------------------------------------------------------------


def _front(pages: Sequence[ReadPage]) -> list[ReadPage]:
    """Cover and opinion: what stands before the first statement or note, at most eight pages."""
    out: list[ReadPage] = []
    for page in pages[:8]:
        if statement_title(page) is not None or "财务报表附注" in "".join(squash(r.text) for r in page_rows(page)[:3]):
            break
        out.append(page)
    return out or list(pages[:1])


def _phrase(running: _Running, pattern: re.Pattern[str], value: Callable[[re.Match[str]], str]) -> list[Sighting]:
    """A value inside running text, with all rows that hold it as its place."""
    found = pattern.search(running.text)
    if found is None:
        return []
    rows = running.around(found.start(1) if pattern.groups else found.start(), found.end(1) if pattern.groups else found.end())
    page = rows[0].pieces[0].page
    same = [r for r in rows if r.pieces[0].page is page]
    run = Run(tuple(p for r in same for p in r.pieces))
    return [Sighting(source=run.source, value=value(found), evidence=_evidence(run, found[0]), raw=found[0][:80], confidence=run.confidence)]


def _evidence(run: Run, text: str) -> PageEvidence:
    page = run.pieces[0].page
    return PageEvidence(file=page.file, page=page.index, box=run.box, text=text[:200])


def _rows(pages: Iterable[ReadPage]) -> Iterable[tuple[ReadPage, Run]]:
    for page in pages:
        for row in page_rows(page):
            yield page, row


def _match(pages: Sequence[ReadPage], pattern: re.Pattern[str], *, whole: float = 0.0) -> list[Sighting]:
    """One sighting a page: the first piece that holds ``pattern`` and is made of it to the share ``whole``."""
    out: list[Sighting] = []
    for page in pages:
        for row in page_rows(page):
            hit = next(
                ((p, m) for p in row.pieces if (m := pattern.search(squash(p.text))) and len(m[0]) >= whole * len(squash(p.text))), None
            )  # fmt: skip
            if hit is not None:
                run = Run((hit[0],))
                out.append(Sighting(source=run.source, value=hit[1][0], evidence=_evidence(run, hit[0].text), raw=hit[1][0], confidence=run.confidence))
                break
    return out


def _report_number(front: Sequence[ReadPage]) -> Field:
    found = [
        Sighting(source=s.source, value=re.sub(r"^(?:报告文号|报告书?编?号|文号|编号)[:：]?", "", s.value), evidence=s.evidence, raw=s.raw, confidence=s.confidence)
        for s in _match(front, _NUMBER)
    ]  # fmt: skip
    return resolve(found[:2], value_type="id", label="报告文号")


def _firm(front: Sequence[ReadPage]) -> Field:
    found = [
        Sighting(source=s.source, value=clean_name(s.value), evidence=s.evidence, raw=s.raw, confidence=s.confidence) for s in _match(front, _FIRM, whole=0.8)
    ]
    seals = [
        Sighting(source="seal", value=clean_name(m[0]), evidence=PageEvidence(file=page.file, page=page.index, box=seal.box, text=seal.text))
        for page in front for seal in page.reading.seals if seal.level == "sure" and (m := _FIRM.search(squash(seal.text)))
    ]  # fmt: skip
    # A seal is read from a ring, often short of a character: it may support the print, it is no voice against it.
    return resolve([*found[:2], *[s for s in seals[:1] if found and s.value == found[0].value]], label="会计师事务所")


def _cover_client(front: Sequence[ReadPage]) -> list[Sighting]:
    out: list[Sighting] = []
    for _, row in _rows(front[:1]):
        text = squash(row.text)
        found = _COMPANY.fullmatch(text)
        if found and "会计师" not in text and row.box[1] < 0.6:
            out.append(sighting(row, clean_name(found[0])))
            break
    return out


def _client(front: Sequence[ReadPage], running: _Running, statements: Statements) -> Field:
    found = _cover_client(front)
    found += _phrase(running, _AUDITED, lambda m: clean_name(m[1]))
    for _, row in _rows(front[:3]):
        addressed = _ADDRESSEE.match(squash(row.text))
        if addressed and row.box[1] < 0.4 and _COMPANY.fullmatch(addressed[1]) and "会计师" not in addressed[1]:
            found.append(sighting(row, clean_name(addressed[1])))
            break
    found += _prepared_by(statements)
    return resolve(found[:3], label="被审计单位")


def _prepared_by(statements: Statements) -> list[Sighting]:
    out: list[Sighting] = []
    for page in statements.titled:
        for row in page_rows(page)[:8]:
            for piece in row.pieces:
                found = re.search(r"(?:编制单位|单位名称|公司名称)[:：]?(.{4,40})$", squash(piece.text))
                if found and _COMPANY.match(found[1]):
                    out.append(sighting(Run((piece,)), clean_name(found[1])))
                    break
    return out


def _statement_years(statements: Statements) -> list[Sighting]:
    out: list[Sighting] = []
    for page in statements.titled:
        for row in page_rows(page)[:6]:
            found = re.fullmatch(r"(?:日期[:：])?(20\d{2})年(?:度|12月31日|1-12月)", squash(row.text))
            if found:
                out.append(sighting(row, found[1]))
                break
    return out[:2]


def _fiscal_year(front: Sequence[ReadPage], running: _Running, statements: Statements) -> Field:
    found: list[Sighting] = []
    for _, row in _rows(front[:1]):
        year = re.search(r"^[（(]?(20\d{2})年度?(?:财务报表)?(?:审计报告)?[)）]?$|(20\d{2})年度", squash(row.text))
        if year:
            found.append(sighting(row, year[1] or year[2]))
            break
    found += _phrase(running, _FISCAL, lambda m: m[1])
    found += _statement_years(statements)[:1]
    return resolve(found[:3], value_type="year", label="审计年度")


def _opinion(running: _Running) -> Field:
    """The opinion by its fixed phrases; a heading and a phrase that say different things are left to a person."""
    text = running.text.replace("非无保留意见", "＿＿＿＿＿＿")
    plain = _Running(text, running.rows, running.places)
    for phrase in OPINIONS:
        found = _phrase(plain, phrase.pattern, lambda _, value=phrase.opinion: value)  # type: ignore[misc]
        if not found:
            continue
        if phrase.opinion == "unqualified_emphasis" and not OPINIONS[-1].pattern.search(text):
            continue
        return resolve(found, label="审计意见")
    return resolve([], label="审计意见")


def _report_date(front: Sequence[ReadPage]) -> Field:
    """Dates that stand alone on cover and opinion, the lowest of each page."""
    found: list[Sighting] = []
    for page in front:
        alone = [
            Run((piece,)) for row in page_rows(page) for piece in row.pieces
            if len(squash(piece.text)) <= 16 and (as_date(piece.text) or re.fullmatch(r"[二〇零一三四五六七八九十]{4}年[一二三四五六七八九十]+月[一二三四五六七八九十]+日", squash(piece.text)))
        ]  # fmt: skip
        alone = [run for run in alone if not squash(run.text).endswith("12月31日")]
        if alone and (value := as_date(alone[-1].text)):
            found.append(sighting(alone[-1], value))
    return resolve(found[:2], value_type="date", label="报告日期")


def _accountants(front: Sequence[ReadPage]) -> Field:
    """Names printed behind ``中国注册会计师`` or cut into the accountants' stamps, joined by ``、``."""
    found: list[tuple[str, Sighting]] = []
    stamped: set[str] = set()
    for page in front:
        for seal in page.reading.seals:
            hit = re.search(r"注册会计师[:：]?([一-鿿]{2,4})(?=\d|$)|^([一-鿿]{2,4})\d{8,}", squash(seal.text))
            if hit and seal.level == "sure":
                name = hit[1] or hit[2]
                where = PageEvidence(file=page.file, page=page.index, box=seal.box, text=seal.text)
                found.append((name, Sighting(source="seal", value=name, evidence=where, raw=seal.text, confidence=max(seal.confidence, 0.5))))
        for row in page_rows(page):
            hits = re.finditer(r"注册会计师(?:[（(].{0,8}[)）])?[:：]([一-鿿]{2,4})(?![一-鿿])", squash(row.text))
            found.extend((hit[1], sighting(row, hit[1])) for hit in hits)
        on_stamps = _stamped(page)
        found.extend(on_stamps)
        stamped |= {name for name, _ in on_stamps}
    found = [(name, seen) for name, seen in found if not re.search(r"会计|注册|事务|公司|签[字名章]|盖章", name)]
    names = list(dict.fromkeys(name for name, _ in found))
    if not names:
        return resolve([], label="签字注册会计师")
    value = "、".join(names)
    parts = [s for name in names for n, s in found if n == name][:4]
    confidence = min(s.confidence for s in parts)
    joined = resolve([Sighting(source=parts[0].source, value=value, evidence=parts[0].evidence, raw=value, confidence=confidence)], label="签字注册会计师")
    joined = joined.model_copy(update={"witnesses": tuple(s.witness() for s in parts)})
    once = [name for name in names if name in stamped and sum(n == name for n, _ in found) == 1]
    if once and joined.status == "read":
        # Carved letters of 3 mm: 2 of 36 names were misread on made-up scans (seeds 1–6), each with a confidence above .9.
        why = f"注册会计师姓名“{'、'.join(once)}”仅见于其印章，字小易误识，请人工核对。"
        return joined.model_copy(update={"status": "doubtful", "reason": "illegible", "confidence": min(joined.confidence, 0.6), "why": why})
    return joined


def _stamped(page: ReadPage) -> list[tuple[str, Sighting]]:
    """Names in accountants' stamps that were read as lines: a short name with the number of its certificate right below."""
    pieces = [piece for row in page_rows(page) for piece in row.pieces]
    numbers = [p for p in pieces if re.fullmatch(r"\d{8,14}", squash(p.text))]
    out: list[tuple[str, Sighting]] = []
    for piece in pieces:
        name = squash(piece.text)
        if re.fullmatch(r"[一-鿿]{2,4}", name) and any(0 < n.cy - piece.cy < 0.03 and abs(n.cx - piece.cx) < 0.05 for n in numbers):
            out.append((name, sighting(Run((piece,)), name)))
    return out


def _scope(statements: Statements) -> Field:
    """``parent`` if the company's own statements are enclosed, else ``consolidated``; read from the titles."""
    if not statements.scopes:
        return resolve([], label="报表口径")
    wanted = "parent" if "parent" in statements.scopes else "consolidated"
    for page in statements.titled:
        title = statement_title(page)
        if title is None:
            continue
        scope = "consolidated" if "合并" in squash(title[1].text) else "parent"
        if scope == wanted or len(statements.scopes) > 1:
            return resolve([sighting(title[1], wanted)], label="报表口径")
    return resolve([], label="报表口径")

