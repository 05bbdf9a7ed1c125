"""The HTML report: closed, safe, complete, light, in a steady order."""

from __future__ import annotations

import ast
import base64
import hashlib
import html
import io
import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from PIL import Image
from report_builder import FACTS, FakePictures, build, finding, hundred, known, late_row, twelve

from pipeline.model import Box, Document, PageEvidence, PageRef, Report, Rounds
from reports import NoPictures, crop_window, render_html
from reports.crops import PICTURE_BUDGET, cut
from reports.ordering import anchor_of, numbered
from reports.places import Places
from reports.words import HIDDEN, data_label, facts_of


class Page(HTMLParser):
    """Tags, attributes and text as a browser would see them."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data

    def ids(self) -> list[str]:
        return [a["id"] or "" for _, a in self.tags if "id" in a]


def page(report: Report, **options: object) -> Page:
    return Page(render_html(report, FakePictures(), notice=FACTS, **options))  # type: ignore[arg-type]


def test_hostile_text_stays_text(hostile: Report) -> None:
    seen = page(hostile)
    assert [tag for tag, _ in seen.tags].count("script") == 1
    assert not [a for _, a in seen.tags if any(name.startswith("on") for name in a)]
    assert [a["src"] for tag, a in seen.tags if tag == "img" and not (a["src"] or "").startswith("data:image/jpeg;base64,")] == []
    assert "<script>alert(1)</script>" in seen.text, "shown as text, not lost"
    assert "{{7*7}}" in seen.text
    assert not set(seen.text) & {"\u202e", "\x07"}


@pytest.mark.parametrize("make", [twelve, hundred])
def test_nothing_comes_from_outside(make: object) -> None:
    text = render_html(build(make()), FakePictures(), notice=FACTS)  # type: ignore[operator]
    assert not re.search(r"""(?:src|href|action|data)\s*=\s*["']?(?:https?:)?//""", text)
    assert not re.search(r"url\(|@import|<link|<iframe|<object|<embed|<form|<base", text)
    policy = html.unescape(text.partition("<style>")[0])
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert not re.search(r"<[^>]+\sstyle=", text), "the policy forbids inline styles, they would be lost"


def test_policy_knows_our_script_and_style() -> None:
    text = render_html(build(twelve()), NoPictures(), notice=FACTS)
    for tag in ("style", "script"):
        content = re.search(rf"<{tag}>(.*?)</{tag}>", text, re.S)
        assert content
        digest = base64.b64encode(hashlib.sha256(content.group(1).encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in html.unescape(text.partition("<style>")[0])


def test_every_finding_has_its_place_once() -> None:
    report = build(hundred())
    seen = page(report)
    ids = seen.ids()
    assert len(ids) == len(set(ids))
    for item in report.findings:
        assert ids.count(anchor_of(item)) == 1
        assert item.message in seen.text


def test_worst_comes_first_and_numbers_run() -> None:
    items = numbered(build(hundred()).findings)
    assert [i.number for i in items] == list(range(1, len(items) + 1))
    order = ["reject", "correct", "review", "note"]
    open_ones = [order.index(i.finding.severity) for i in items if i.finding.waived is None]
    assert open_ones == sorted(open_ones)
    assert items[-1].finding.waived is not None


def test_equal_reports_give_equal_pages() -> None:
    assert render_html(build(hundred()), FakePictures(), notice=FACTS) == render_html(build(hundred()), FakePictures(), notice=FACTS)


def test_big_reports_stay_light() -> None:
    pictures = FakePictures(noise=True)
    sample = pictures.crop("f2", 1, (0.1, 0.1, 0.2, 0.2))
    assert sample
    assert len(sample) > 25_000
    text = render_html(build(hundred(), pages=300), pictures, notice=FACTS)
    assert len(text.encode()) < 3_000_000
    assert text.count("data:image/jpeg") >= 85, "nearly every finding that stands on a page shows it"


def test_pictures_that_do_not_fit_are_owned_up_to() -> None:
    text = render_html(build(hundred(), pages=300), FakePictures(noise=True), notice=FACTS, picture_budget=60_000)
    left = re.search(r"有 (\d+) 处截图未收入", text)
    assert left
    assert text.count("data:image/jpeg") + int(left.group(1)) >= 90
    assert sum(len(m) for m in re.findall(r"data:image/jpeg;base64,([^\"]+)", text)) <= 60_000 * 4 / 3 + 400


def test_first_pictures_of_findings_win_over_second_ones() -> None:
    wishes = [[("a", 0, (0.1, 0.1, 0.2, 0.2)), ("a", 1, (0.1, 0.1, 0.2, 0.2))], [("b", 0, (0.1, 0.1, 0.2, 0.2))]]
    everything = cut(wishes, FakePictures(noise=True), budget=PICTURE_BUDGET)
    assert len(everything.crops) == 3
    tight = cut(wishes, FakePictures(noise=True), budget=25_000)
    assert set(tight.crops) <= {(0, 0), (1, 0)}
    assert tight.left_out == 3 - len(tight.crops)


def test_one_place_in_many_findings_is_cut_and_stored_once() -> None:
    spot = (PageEvidence(file="f2", page=3, box=(0.2, 0.2, 0.4, 0.25), text="x"),)
    pictures = FakePictures()
    text = render_html(build([finding("R-1", "correct", "甲", f"第{n}条。", evidence=spot, n=n) for n in range(9)]), pictures, notice=FACTS)
    assert pictures.asked == [("f2", 3)]
    assert text.count("data:image/jpeg") == 1
    assert text.count("与上文同一截图") == 8


def test_a_broken_picture_costs_itself() -> None:
    class Broken:
        def crop(self, file: str, page: int, box: Box | None, *, width_px: int = 900) -> bytes | None:
            if page == 14:
                raise OSError("gone")
            return b"<script>no picture</script>"

    text = render_html(build(twelve()), Broken(), notice=FACTS)
    assert "data:image" not in text
    assert "<svg" not in text


def test_the_frame_is_where_the_box_is() -> None:
    """A picture cut with ``crop_window`` and the frame drawn over it meet at the same ink."""

    class Ruled:
        def crop(self, file: str, page: int, box: Box | None, *, width_px: int = 900) -> bytes | None:
            sheet = Image.new("L", (1000, 1414), 255)
            assert box
            sheet.paste(0, (round(box[0] * 1000), round(box[1] * 1414), round(box[2] * 1000), round(box[3] * 1414)))
            x0, y0, x1, y1 = crop_window(box)
            out = io.BytesIO()
            sheet.crop((round(x0 * 1000), round(y0 * 1414), round(x1 * 1000), round(y1 * 1414))).save(out, "JPEG", quality=95)
            return out.getvalue()

    for box in ((0.0, 0.0, 0.1, 0.02), (0.4, 0.5, 0.6, 0.52), (0.9, 0.96, 1.0, 1.0), (0.1, 0.1, 0.9, 0.9)):
        crop = cut([[("f", 0, box)]], Ruled()).crops[(0, 0)]
        picture = Image.open(io.BytesIO(base64.b64decode(crop.uri.partition(",")[2]))).convert("L").point(lambda v: 255 if v < 128 else 0)
        ink = picture.getbbox()
        assert ink
        assert crop.frame
        x, y, w, h = crop.frame
        frame = (x / 1000 * picture.width, y / 1000 * picture.height, (x + w) / 1000 * picture.width, (y + h) / 1000 * picture.height)
        assert all(abs(a - b) <= 12 for a, b in zip(ink, frame, strict=True)), (box, ink, frame)


def test_a_picture_cut_otherwise_gets_no_frame() -> None:
    wish = [[("f", 0, (0.4, 0.5, 0.6, 0.52))]]
    x0, y0, x1, y1 = crop_window(wish[0][0][2])
    fake_shape = 900 / 360 * (y1 - y0) / (x1 - x0)
    assert cut(wish, FakePictures(), shape=lambda f, p: fake_shape).crops[(0, 0)].frame
    assert cut(wish, FakePictures(), shape=lambda f, p: fake_shape * 1.2).crops[(0, 0)].frame is None


def test_every_page_is_accounted_for() -> None:
    seen = page(build(twelve(), pages=200))
    for words in ("空白页", "这一页损坏", "1–10", "11–40", "未归入任何材料", "文件损坏，打不开"):
        assert words in seen.text


def test_first_screen_says_verdict_and_what_is_missing() -> None:
    head = render_html(build(twelve()), NoPictures(), notice=FACTS).partition("<nav")[0]
    assert '<div class="verdict correct">需要补正</div>' in head
    assert "2018年度财务审计报告" in head
    assert "发票开具日期不在规定期限内" in head
    assert head.count("<li>") <= 14


def test_reads_without_scripts() -> None:
    """Nothing but the filters is hidden, and those are of no use without a script."""
    seen = page(build(twelve()))
    assert [tag for tag, a in seen.tags if "hide" in (a.get("class") or "").split()] == ["div"]


def test_rounds_are_told() -> None:
    report = build([late_row(0)])
    report = report.model_copy(update={"rounds": Rounds(cured=("a", "b"), missed_before=(report.findings[0].id,))})
    seen = page(report)
    assert "已补正 2 条" in seen.text
    assert "上次漏报" in seen.text


def test_links_into_the_originals(tmp_path: Path) -> None:
    source = tmp_path / "收件" / "全部 材料#1.pdf"
    source.parent.mkdir()
    source.write_bytes(b"%PDF-")
    seen = page(build(twelve()), out=tmp_path / "out", sources={"f2": source, "f3": tmp_path / "gone.xlsx"})
    links = {a["href"] for tag, a in seen.tags if tag == "a" and "%E6" in (a.get("href") or "")}
    assert "../%E6%94%B6%E4%BB%B6/%E5%85%A8%E9%83%A8%20%E6%9D%90%E6%96%99%231.pdf#page=15" in links
    assert not [link for link in links if "gone" in (link or "")]


def test_fields_speak_chinese_with_their_status() -> None:
    seen = page(build(twelve()))
    for words in ("已印证", "已读取", "存疑", "缺失", "项目申请书", "128,000.50" if "128,000.50" in seen.text else "128000.50"):
        assert words in seen.text


def test_long_tables_point_to_the_workbook() -> None:
    from pipeline.model import CellEvidence, Row, Table

    rows = tuple(Row(id=str(n), evidence=CellEvidence(file="f3", sheet="s", cell=f"A{n}", text=""), cells={"name": known(f"设备{n}号")}) for n in range(100))
    report = build([]).model_copy(update={"documents": (Document(id="d", kind="investment_list", pages=(PageRef(file="f2", page=0),), tables={"lines": Table(rows=rows, complete=False)}),)})  # fmt: skip
    seen = page(report)
    assert "另有 40 行，见《核查表.xlsx》" in seen.text
    assert "有行未能读出" in seen.text


def test_clauses_stand_in_the_words_of_the_guide() -> None:
    words = "税务部门提供的上三个年度纳税证明（复印件，加盖申请单位公章）"
    facts = replace(FACTS, clauses={"六（二）（1）": words + "；", "B.1.4": "规则手册B.1.4：发票金额勾稽"})
    items = [finding("R-95", "correct", "甲", "甲。", clause="六（二）（1）"), finding("R-207", "note", "乙", "乙。", clause="B.1.4", n=1)]
    text = Page(render_html(build(items), NoPictures(), notice=facts)).text
    assert f"依据：申请指南六（二）（1）：“{words}”" in text
    assert "依据：规则手册B.1.4：发票金额勾稽" in text


def test_data_speaks_chinese_with_units_and_without_what_machines_need() -> None:
    data: dict[str, str | int | float | bool | list[str] | None] = {
        "left": "27372000.00", "left_source": "统计B203表", "right": "273719100.00", "right_source": "申请书", "power": 1, "seals": [], "document": "d-1",
        "received": ["2017年度", "2019年度"], "voucher_key": "440319213021847392",
    }  # fmt: skip
    item = finding("R-352", "correct", "甲", "甲。", data=data)
    assert facts_of(item) == [
        ("统计B203表", "27,372,000.00 元（2,737.20 万元）"), ("申请书", "273,719,100.00 元（27,371.91 万元）"), ("已收到", "2017年度、2019年度"),
        ("票据代码与号码", "4403192130 21847392"),
    ]  # fmt: skip


def test_every_key_that_a_rule_writes_has_a_chinese_name_or_is_hidden() -> None:
    """Read from the source of the rules: a new key without a word would show up in English before a clerk."""
    keys: set[str] = set()
    for source in (Path(__file__).parents[2] / "validators" / "rules").glob("*.py"):
        for node in ast.walk(ast.parse(source.read_text("utf-8"))):
            if isinstance(node, ast.keyword) and node.arg == "data":
                keys |= {k.value for d in ast.walk(node.value) if isinstance(d, ast.Dict) for k in d.keys if isinstance(k, ast.Constant) and isinstance(k.value, str)}
    assert len(keys) > 20
    assert [key for key in sorted(keys) if key not in HIDDEN and data_label(key) == key] == []


def test_a_whole_page_is_shown_small_without_a_frame() -> None:
    crop = cut([[("f", 0, (0.0, 0.0, 1.0, 1.0))]], FakePictures()).crops[(0, 0)]
    assert crop.whole
    assert crop.frame is None


def test_the_number_on_the_paper_stands_beside_the_page_of_the_file() -> None:
    from pipeline.model import Page as PaperPage
    from pipeline.model import SourceFile

    pages = (PaperPage(index=0, content="a", label=1, volume_label=1), PaperPage(index=1, content="b", label=4, volume_label=24), PaperPage(index=2, content="c"))
    places = Places((SourceFile(id="f", path="a.pdf", pages=pages),), ())
    assert [places.page("f", n) for n in range(3)] == ["第1页（页码1）", "第2页（页码24）", "第3页"]
