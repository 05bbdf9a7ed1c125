"""``check``: one submission in, one report out. This module decides when and where; every judgement is made below."""

from __future__ import annotations

import time
from collections.abc import Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from extractors import Extraction, extract
from extractors.applicant import identify
from extractors.page import ReadBook
from extractors.parties import own_seals
from extractors.second_copy import as_copies
from extractors.second_look import second_look
from flows.ahead import ReadingAhead
from flows.case import Case, CheckOptions, CheckOutcome
from flows.desk import Desk
from flows.environment import workspace
from flows.ledgers import open_ledgers
from flows.pages import plan_reading, read_pages, with_readings
from flows.pictures import PagePictures
from flows.progress import Quiet, Watcher
from flows.register import LineageRegister
from flows.second_look import SecondEyes
from pipeline.errors import FileProblem, UsageError
from pipeline.intake import Intake, read_workbook, take_in
from pipeline.intake.problems import NOTE_CODES
from pipeline.model import (
    Document,
    Dossier,
    MadeBy,
    Problem,
    Report,
    SourceFile,
    Submission,
    Timing,
    verdict_of,
)
from pipeline.policy import Policy, load_policy
from pipeline.reading.models import reader_version
from reports import NoticeFacts, ReportSet, write_report_set
from validators import validate


def open_case(options: CheckOptions, desk: Desk, workspace: Path) -> Case:
    """Take the papers in. Raises :class:`UsageError` when there is nothing to check."""
    started = time.monotonic()
    policy = load_policy(options.policy)
    ledgers = open_ledgers(options.ledgers, workspace / "ledgers", desk.limits)
    intake = take_in(options.paths, workspace / "papers", desk.limits, second_copies=options.second_copies)
    make_out(options.out)
    return Case(options, policy, intake, started, ledgers)


def make_out(out: Path | None) -> None:
    """Make the folder for the papers before minutes are spent on them. Raises :class:`UsageError` when it cannot be."""
    if out is None:
        return
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(f"报告文件夹建不了：{out}（{error.strerror}）。", "请换一个可写的位置。") from error


def open_books(intake: Intake, desk: Desk) -> tuple[tuple[ReadBook, ...], dict[str, Problem]]:
    """Every workbook of the intake as cells; those that do not open, with the sentence for the clerk."""
    books: list[ReadBook] = []
    problems: dict[str, Problem] = {}
    for file in intake.files:
        if file.media in ("workbook", "csv") and file.error is None:
            try:
                books.append(ReadBook(file=file.id, path=file.path, book=read_workbook(intake.path_of(file.id), desk.limits)))
            except FileProblem as problem:
                problems[file.id] = Problem(code=problem.code, message=str(problem))
    return tuple(books), problems


def understand(case: Case, desk: Desk) -> tuple[tuple[SourceFile, ...], tuple[Document, ...]]:
    """Readings and workbooks → documents; every page gets the document it belongs to."""
    books, problems = open_books(case.intake, desk)
    files = with_readings(case.intake.files, case.readings)
    files = tuple(f.model_copy(update={"error": problems[f.id]}) if f.id in problems else f for f in files)
    second = {f.id for f in files if f.role == "second_copy"}
    pages = read_pages(files, case.readings)
    ofd_paths = {f.id: case.intake.path_of(f.id) for f in files if f.media == "ofd" and f.error is None}
    first_set = extract([p for p in pages if p.file not in second], [b for b in books if b.file not in second], ofd_paths=ofd_paths)
    second_set = extract([p for p in pages if p.file in second], [b for b in books if b.file in second], ofd_paths=ofd_paths)
    originals = second_look(first_set.documents, SecondEyes(case, desk).look)
    documents = (*originals, *as_copies(second_set.documents, first_set.documents))
    files = _owned(files, first_set, second_set, documents)
    return files, documents


def judge(case: Case, desk: Desk, files: tuple[SourceFile, ...], documents: tuple[Document, ...]) -> Report:
    """Documents → findings → report."""
    options = case.options
    submission = identify(
        documents,
        Submission(
            id="",
            applicant=options.applicant,
            uscc=options.uscc,
            categories=options.categories,
            renewal=options.renewal,
            stage=options.stage,
        ),
    )
    documents = own_seals(documents, submission.applicant)
    dossier = Dossier(
        submission=submission,
        files=tuple(_judged(file) for file in (*files, *case.ledgers.files)),
        documents=documents,
        ledgers=case.ledgers.rows or {},
        register=LineageRegister(desk.store, submission, documents, case.policy),
        today=options.today or datetime.now().astimezone().date(),
    )
    judgement = validate(dossier, case.policy)
    return Report(
        made_by=made_by(case.policy),
        submission=submission,
        files=(*files, *case.ledgers.files),
        documents=documents,
        findings=judgement.findings,
        checklist=judgement.checklist,
        verdict=verdict_of(judgement.findings),
        coverage=judgement.coverage,
        timing=Timing(
            wall_s=round(time.monotonic() - case.started, 2),
            pages=sum(len(f.pages) for f in files),
            pages_read=case.pages_read,
            pages_from_cache=case.pages_from_cache,
        ),
    )


def write_papers(case: Case, desk: Desk, report: Report) -> ReportSet | None:
    """The report set in ``--out``, if one was asked for."""
    if case.options.out is None:
        return None
    pictures = PagePictures(case.intake, case.readings, desk.limits)
    return write_report_set(report, case.options.out, pictures, notice=notice_facts(case.policy), sources=case.originals)


def run_check(options: CheckOptions, desk: Desk, watcher: Watcher | None = None) -> CheckOutcome:
    """Check one submission as the Prefect flow ``check-submission``."""
    watcher = watcher or Quiet()
    with workspace(desk.settings) as folder:
        watcher.stage("收件")
        case = open_case(options, desk, folder)
        plan = plan_reading(case.intake, desk)
        watcher.stage("识别页面", total=len(plan.todo) or None)
        with ReadingAhead(plan.todo, desk, watcher.advance) as ahead:
            from flows.prefect_check import check_submission  # the import alone takes a second: pages are read meanwhile

            return check_submission(case, plan, ahead, desk, watcher)


def made_by(policy: Policy) -> MadeBy:
    return MadeBy(
        shencai=version("shencai"),
        reader=reader_version(),
        policy=policy.name,
        policy_sha256=policy.sha256,
        created_at=datetime.now(UTC).isoformat(timespec="seconds"),
    )


def notice_facts(policy: Policy) -> NoticeFacts:
    """What a notice tells the applicant besides the findings: from the policy year, nothing of it is written here."""
    office, deadlines = policy.office, policy.deadlines
    return NoticeFacts(
        office=office.name.value,
        programme=policy.programme.value,
        guide_title=f"{policy.title.value}申请指南",
        deadline=deadlines.paper_close.value,
        place=office.place.value,
        phones=office.phones.value,
        support_phones=office.support_phones.value,
        appointment=office.appointment.value,
        deadline_clause=deadlines.paper_close.clause,
        seal_clause=policy.form.copies.clause,
        seal_sentence=policy.clauses.get(policy.form.copies.clause, ""),
        category_titles={category: terms.title.value for category, terms in policy.categories.items()},
        clauses=policy.clauses,
    )


def _judged(file: SourceFile) -> SourceFile:
    """A file as the rules see it: what needs no action (Thumbs.db, a link to a listed file) is in the report, but is neither
    a fault of the applicant's nor a place where a missing paper may hide."""
    if file.error is None or file.error.code not in NOTE_CODES:
        return file
    return file.model_copy(update={"error": None})


def _owned(
    files: Sequence[SourceFile], first: Extraction, second: Extraction, documents: Sequence[Document]
) -> tuple[SourceFile, ...]:
    owner = {**first.owner, **second.owner}
    kinds = {d.id: d.kind for d in documents}
    by_file: dict[str, set[str]] = {}
    for document in documents:
        for field_ in document.fields.values():
            for witness in field_.witnesses:
                if witness.evidence.type == "cell":
                    by_file.setdefault(witness.evidence.file, set()).add(kinds[document.id])
    out = []
    for file in files:
        pages = tuple(p.model_copy(update={"document": owner.get((file.id, p.index))}) for p in file.pages)
        role = file.role
        if role == "unknown":
            workbook_kinds = by_file.get(file.id, set())
            if "investment_list" in workbook_kinds:
                role = "list"
            elif "statistics" in workbook_kinds:
                role = "statistics"
            elif file.pages:
                role = "original"
        out.append(file.model_copy(update={"pages": pages, "role": role}))
    return tuple(out)
