"""The ruler itself: what counts as right, as doubtful, as silently wrong; which finding answers which defect."""

from __future__ import annotations

import random

import pytest

from extractors.vocabulary import KINDS
from flows.score.answers import answers, at_its_place
from flows.score.compare import compare_documents, word_of
from flows.score.noise import ErrorModel, Misreader, Rates, misread
from flows.score.places import overlap, pair_documents
from flows.score.result import DefectScore, FieldScore, Score
from flows.score.table import score_lines
from pipeline.model import AbsenceEvidence, CellEvidence, Document, Field, Finding, PageEvidence, PageRef, Row, Subject, Table
from samples.truth import Truth, TruthDefect, TruthDocument, TruthFile, TruthPage, TruthPlace, TruthValue

INVOICE = KINDS["vat_invoice"].fields


def read(value: str | None, status: str = "read") -> Field:
    return Field(value=value, status=status)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("name", "expected", "field", "word"),
    [
        ("amount", "100.00", read("100.0"), "right_read"),
        ("amount", "100.00", read("100.00", "proved"), "right_proved"),
        ("amount", "100.00", read("1000.00"), "silent_wrong"),
        ("amount", "100.00", read("1000.00", "proved"), "silent_wrong"),
        ("amount", "100.00", read("1000.00", "doubtful"), "doubtful_wrong"),
        ("amount", "100.00", read("100.00", "doubtful"), "doubtful_right"),
        ("amount", "100.00", read(None, "missing"), "missing"),
        ("invoice_number", "00123456", read("123456"), "silent_wrong"),
        ("issue_date", "2019-03-05", read("2019-03-05"), "right_read"),
        ("seller_name", "深圳市甲乙（集团）有限公司", read("深圳市甲乙(集团)有限公司"), "right_read"),
        ("seller_name", "深圳市甲乙有限公司", read("深圳市甲己有限公司"), "silent_wrong"),
        ("is_red_letter", "true", read("false"), "silent_wrong"),
    ],
)
def test_what_became_of_a_value(name: str, expected: str, field: Field, word: str) -> None:
    assert word_of(INVOICE[name], expected, field) == word


def paper(kind: str = "vat_invoice", file: str = "a.pdf", page: int = 0, **fields: str) -> TruthDocument:
    return TruthDocument(
        kind=kind, key=f"{kind}::{file}:{page}", pages=(PageRef(file=file, page=page),), fields={k: TruthValue(value=v, page=page) for k, v in fields.items()}
    )


def seen(kind: str = "vat_invoice", file: str = "f1", page: int = 0, region: tuple[float, float, float, float] | None = None, **fields: str) -> Document:
    ref = PageRef(file=file, page=page, region=region)
    return Document(id=f"d-{file}-{page}-{region}", kind=kind, pages=(ref,), fields={k: read(v) for k, v in fields.items()})


def test_values_of_a_paper_that_was_not_recognised_are_missing() -> None:
    words = [o.word for o in compare_documents(paper(amount="1.00", tax="0.13"), seen(kind="unknown", amount="1.00"))]
    assert words == ["missing", "missing"]


def test_rows_are_paired_although_one_was_lost() -> None:
    rows = tuple({"name": TruthValue(value=n), "amount": TruthValue(value=a)} for n, a in (("车床", "1.00"), ("铣床", "2.00"), ("磨床", "3.00")))
    truth = TruthDocument(kind="vat_invoice", pages=(PageRef(file="a", page=0),), tables={"items": rows})
    evidence = PageEvidence(file="a", page=0, box=(0, 0, 1, 1), text="")
    got = [Row(id=str(i), evidence=evidence, cells={"name": read(n), "amount": read(a)}) for i, (n, a) in enumerate((("车床", "1.00"), ("磨床", "3.00")))]
    document = Document(id="d", kind="vat_invoice", tables={"items": Table(rows=tuple(got))})
    words = {(o.expected, o.word) for o in compare_documents(truth, document)}
    assert ("2.00", "missing") in words and ("3.00", "right_read") in words and ("1.00", "right_read") in words


def test_documents_on_one_page_are_told_apart_by_their_place() -> None:
    top, bottom = (0.0, 0.0, 1.0, 0.45), (0.0, 0.5, 1.0, 1.0)
    truths = [TruthDocument(kind="vat_invoice", key=k, pages=(PageRef(file="a", page=0, region=r),)) for k, r in (("t", top), ("b", bottom))]
    documents = [seen(region=bottom), seen(region=top)]
    pairs = pair_documents(truths, documents, {"f1": "a"})
    assert [p.pages[0].region if p else None for p in pairs] == [top, bottom]
    assert overlap(top, bottom) == 0.0


# ---------------------------------------------------------------- answers


def finding(rule: str, *evidence: object, row: int | None = None) -> Finding:
    return Finding(
        id="x", rule=rule, severity="correct", title="t", message="m", clause="c", subject=Subject(type="row", row=row), evidence=tuple(evidence)  # type: ignore[arg-type]
    )  # fmt: skip


def truth_with(*documents: TruthDocument) -> Truth:
    files = tuple(TruthFile(path=d.pages[0].file, pages=(TruthPage(),) * 5) for d in documents)
    return Truth(seed=1, categories=("1",), stage="window", applicant="a", uscc="u", files=files, documents=documents)


def test_a_defect_on_a_page_is_answered_on_that_page_only() -> None:
    truth = truth_with(paper(page=3))
    defect = TruthDefect(name="n", rules=("R-082",), document=0, page=3)
    here = PageEvidence(file="f1", page=3, box=(0, 0, 1, 1), text="")
    far = PageEvidence(file="f1", page=0, box=(0, 0, 1, 1), text="")
    paths = {"f1": "a.pdf"}
    assert at_its_place(finding("R-082", here), defect, truth, paths)
    assert not at_its_place(finding("R-082", far), defect, truth, paths)
    assert answers(finding("R-082", far), defect) and not answers(finding("R-083", here), defect)


def test_a_defect_of_a_row_is_answered_in_one_of_its_cells() -> None:
    rows = tuple({"sequence": TruthValue(value=str(i), sheet="表1", cell=f"A{i + 4}"), "net": TruthValue(value="1", sheet="表1", cell=f"H{i + 4}")} for i in (1, 2))
    book = TruthDocument(kind="investment_list", key="workbook:list", pages=(PageRef(file="l.xlsx", page=0),), tables={"lines": rows})
    truth = truth_with(book)
    defect = TruthDefect(name="n", rules=("R-050",), document=0, row=2)
    cell = CellEvidence(file="f2", sheet="表1", cell="H6", text="")
    other = CellEvidence(file="f2", sheet="表1", cell="H5", text="")
    paths = {"f2": "l.xlsx"}
    assert at_its_place(finding("R-050", cell), defect, truth, paths)
    assert not at_its_place(finding("R-050", other, row=1), defect, truth, paths)


def test_any_of_several_places_will_do_and_an_absence_has_none() -> None:
    truth = truth_with(paper(file="a.pdf", page=1), paper(file="b.pdf", page=2))
    defect = TruthDefect(name="n", rules=("R-007",), document=0, also=(TruthPlace(document=1),))
    assert at_its_place(finding("R-007", PageEvidence(file="b.pdf", page=2, box=(0, 0, 1, 1), text="")), defect, truth, {})
    absent = TruthDefect(name="n", rules=("R-080",))
    assert at_its_place(finding("R-080", AbsenceEvidence(expected="x")), absent, truth, {})


# ---------------------------------------------------------------- the error model


@pytest.mark.parametrize("text", ["12345.60", "2019-03-05", "深圳市甲乙有限公司", "1", "914403001922038216", "-3.50"])
def test_a_misread_value_is_another_value(text: str) -> None:
    for chance in range(60):
        assert misread(text, random.Random(chance)) != text


def test_values_are_misread_as_often_as_measured_and_always_alike() -> None:
    model = ErrorModel({"vat_invoice|money": Rates({"right_read": 900, "silent_wrong": 100}), "|": Rates({"right_proved": 1})})
    reader = Misreader(7, model)
    got = [reader.value("12345.60", "money", "vat_invoice", str(i)) for i in range(4000)]
    wrong = sum(value != "12345.60" for value, _ in got)
    assert 300 < wrong < 500 and all(status == "read" for _, status in got)
    assert got == [Misreader(7, model).value("12345.60", "money", "vat_invoice", str(i)) for i in range(4000)]
    assert reader.value("x", "text", "audit_report", "1") == ("x", "proved")
    assert Misreader(7).value("x", "text", "audit_report", "1") == ("x", "proved")


def test_shares_and_median() -> None:
    field = FieldScore(kind="vat_invoice", field="amount", words={"right_proved": 3, "silent_wrong": 1})
    assert field.share("right_proved") == 0.75
    score = Score(reading="truth", stages=("window",), defects=(DefectScore(name="a", planted=4, found=3), DefectScore(name="b", planted=5, innocent=True)), fields=(field,))
    assert score.recall == 0.75
    text = "\n".join(score_lines(score))
    assert "75.0%" in text and "| b | 5 | 0 |" in text
