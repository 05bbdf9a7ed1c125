"""Where one paper ends and the next begins."""

from __future__ import annotations

from dataclasses import replace

from extractors.assemble import split
from extractors.page import ReadPage
from pipeline.model import PageLabel
from tests.extractors.readings import PageBuilder


def titled(text: str, *body: str, size: float = 20) -> PageBuilder:
    page = PageBuilder().centre(40, text, size)
    for i, line in enumerate(body):
        page.at(25, 70 + 9 * i, line)
    return page


def prose(*extra: str) -> PageBuilder:
    """A page of running text without any title."""
    page = PageBuilder()
    for i in range(20):
        page.at(22, 30 + 8 * i, "公司根据生产需要对现有车间进行改造，并按计划推进各项工作安排。")
    for i, text in enumerate(extra):
        page.at(22, 200 + 8 * i, text)
    return page


TAX = ("纳税人名称：深圳市甲乙公司", "纳税人识别号：914403001922038216", "税款所属期：2019年1月1日至2019年12月31日")
LICENCE = ("统一社会信用代码 914403001922038216", "名称 深圳市甲乙公司", "法定代表人 张三", "经营范围 机械", "登记机关")


def report(year: int, number: str, start: int, *, file: str = "f1", cover: bool = True) -> list[ReadPage]:
    """Cover, opinion, three statements with titles of their own, notes: seven pages."""
    front = PageBuilder().centre(70, "深圳市甲乙精密制造有限公司", 18).centre(90, f"{year}年度", 16).centre(110, "审计报告", 30).centre(130, number)
    opinion = titled("审计报告", number, "深圳市甲乙精密制造有限公司全体股东：", "一、审计意见", f"我们审计了{year}年12月31日的资产负债表，",
                     "在所有重大方面按照企业会计准则的规定编制，公允反映了财务状况。", "中国注册会计师：")  # fmt: skip
    statements = [titled(t, "编制单位：深圳市甲乙精密制造有限公司", "项目 期末余额 期初余额") for t in ("资产负债表", "利润表", "现金流量表")]
    notes = [titled("财务报表附注", "一、公司基本情况"), prose("增值税", "纳税人识别号", "税务局")]
    builders = [*([front] if cover else []), opinion, *statements, *notes]
    return [b.page(start + i, file=file) for i, b in enumerate(builders)]


def kinds(pages: list[ReadPage]) -> list[tuple[str, int]]:
    return [(draft.kind, len(draft.pages)) for draft in split(pages)]


def test_a_volume_in_one_file() -> None:
    pages = [titled("2020年度企业技术改造扶持计划申报材料").page(0), titled("材料目录", "1. 项目申请书.......3", "2. 备案表.......9").page(1)]
    pages += [titled("企业技术改造扶持计划项目申请书", "申请单位：甲乙").page(2, label=1, total=3)]
    pages += [prose().page(3, label=2, total=3), titled("五、承诺", size=12).page(4, label=3, total=3)]
    pages += [titled("深圳市企业技术改造项目备案表", "项目名称", "建设单位").page(5), titled("营业执照", *LICENCE).page(6)]
    pages += [titled("纳税证明", *TAX).page(7), titled("纳税证明", *TAX).page(8)]
    pages += report(2018, "深甲审字[2019]第0101号", 9) + report(2019, "深甲审字[2020]第0202号", 16)
    assert kinds(pages) == [
        ("supporting", 2), ("application_form", 3), ("filing_certificate", 1), ("business_licence", 1), ("tax_certificate", 1),
        ("tax_certificate", 1), ("audit_report", 7), ("audit_report", 7),
    ]  # fmt: skip
    assert [d.pages[0].index for d in split(pages)] == [0, 2, 5, 6, 7, 8, 9, 16]


def test_a_long_report_stays_one_paper() -> None:
    pages = report(2019, "深甲审字[2020]第0202号", 0)
    pages += [prose("所有者权益变动").page(7 + i) for i in range(30)]
    assert kinds(pages) == [("audit_report", 37)]


def test_reports_without_covers_are_told_apart_by_their_numbers() -> None:
    pages = report(2018, "深甲审字[2019]第0101号", 0, cover=False) + report(2019, "深甲审字[2020]第0202号", 6, cover=False)
    assert kinds(pages) == [("audit_report", 6), ("audit_report", 6)]


def test_the_firms_own_licence_belongs_to_its_report() -> None:
    pages = report(2019, "深甲审字[2020]第0202号", 0)
    pages.append(titled("营业执照", "统一社会信用代码 9144", "名称 深圳丙丁会计师事务所（普通合伙）", "登记机关").page(7))
    pages.append(titled("营业执照", *LICENCE).page(8))
    assert kinds(pages) == [("audit_report", 8), ("business_licence", 1)]


def test_statements_without_a_report_stand_for_themselves() -> None:
    pages = [titled(t, "编制单位：深圳市甲乙公司").page(i) for i, t in enumerate(("资产负债表", "利润表", "现金流量表"))]
    assert kinds(pages) == [("financial_statement", 3)]


def test_a_new_file_is_a_new_paper() -> None:
    pages = [titled("纳税证明", *TAX).page(0, file="a"), prose().page(0, file="b"), prose().page(1, file="b")]
    assert kinds(pages) == [("tax_certificate", 1), ("unknown", 2)]


def test_pictures_of_one_paper_are_joined_by_their_numbers() -> None:
    pages = [titled("企业技术改造扶持计划项目申请书").page(0, file="a", label=1, total=3)]
    pages += [prose().page(0, file="b", label=2, total=3), prose().page(0, file="c", label=3, total=3), prose().page(0, file="d", label=1, total=2)]
    assert kinds(pages) == [("application_form", 3), ("unknown", 1)]


def test_numbers_that_start_anew_end_a_paper() -> None:
    pages = [titled("项目建设实施方案", "申报单位：甲乙").page(0, label=1), prose().page(1, label=2), prose().page(2, label=1), prose().page(3, label=2)]
    assert kinds(pages) == [("implementation_plan", 2), ("unknown", 2)]


def test_the_running_number_of_the_volume_ties_nothing_together() -> None:
    def stamped(page: ReadPage, number: int) -> ReadPage:
        label = PageLabel(number=number, text=str(number), box=(0.9, 0.95, 0.95, 0.97))
        return replace(page, reading=page.reading.model_copy(update={"label": label}))

    pages = [stamped(titled("企业技术改造扶持计划项目申请书").page(0), 7), stamped(titled("营业执照", *LICENCE).page(1), 8)]
    pages += [stamped(titled("深圳市企业技术改造项目备案表", "项目名称").page(2), 9), stamped(prose().page(3), 10)]
    reported = report(2018, "深甲审字[2019]第0101号", 4)
    numbered = [replace(p, reading=p.reading.model_copy(update={"label": PageLabel(number=i, total=6, text=f"第{i}页 共6页", box=(0.4, 0.95, 0.6, 0.97))}))
                for i, p in enumerate(reported)][1:]  # fmt: skip
    pages += [stamped(reported[0], 11), *numbered]
    assert kinds(pages) == [("application_form", 1), ("business_licence", 1), ("filing_certificate", 1), ("unknown", 1), ("audit_report", 7)]


def test_an_unnumbered_cover_goes_with_the_text_behind_it() -> None:
    pages = [titled("项目建设实施方案", "申报单位：甲乙").page(0), prose().page(1, label=1), prose().page(2, label=2)]
    assert kinds(pages) == [("implementation_plan", 3)]


def test_blank_pages_stay_inside_and_fall_off_at_the_end() -> None:
    blank = PageBuilder()
    pages = [titled("项目建设实施方案").page(0), blank.page(1, blank=True), prose().page(2), blank.page(3, blank=True), titled("纳税证明", *TAX).page(4)]
    drafts = split(pages)
    assert [[p.index for p in d.pages] for d in drafts] == [[0, 1, 2], [4]]


def test_broken_pages_are_left_to_their_error() -> None:
    pages = [titled("纳税证明", *TAX).page(0), PageBuilder().page(1, error="坏页")]
    assert [[p.index for p in d.pages] for d in split(pages)] == [[0]]


def test_an_unknown_page_says_what_was_seen() -> None:
    (draft,) = split([prose().page(0)])
    assert draft.kind == "unknown" and "公司根据生产需要" in draft.note and draft.confidence < 0.5


def test_a_misread_character_in_a_title_is_borne() -> None:
    assert kinds([titled("深圳市企业技木改造项目备案表", "项目名称").page(0)]) == [("filing_certificate", 1)]
    assert kinds([titled("营业执熙", *LICENCE).page(0)]) == [("business_licence", 1)]


def test_words_alone_name_a_page_whose_title_is_cut_off() -> None:
    page = PageBuilder()
    for i, text in enumerate((*TAX, "税种 实缴金额", "原凭证号 入库日期", "国家税务总局深圳市税务局")):
        page.at(22, 30 + 9 * i, text)
    (draft,) = split([page.page(0)])
    assert draft.kind == "tax_certificate" and draft.confidence < 0.95


def test_exact_repeats_are_marked() -> None:
    pages = [titled("纳税证明", *TAX).page(0, content="h:1"), titled("纳税证明", *TAX).page(1, content="h:2"), titled("纳税证明", *TAX).page(2, content="h:1")]
    assert [d.copy for d in split(pages)] == [False, False, True]


def test_a_mention_of_another_paper_is_no_title() -> None:
    pages = [titled("项目建设实施方案").page(0), prose("详见纳税证明和审计报告。").page(1)]
    assert kinds(pages) == [("implementation_plan", 2)]


def test_every_page_that_is_neither_blank_nor_broken_has_one_paper() -> None:
    pages = report(2019, "深甲审字[2020]第0202号", 0) + [prose().page(i, label=i) for i in range(7, 12)] + [titled("采购合同", "甲方", "乙方").page(12)]
    seen = [p.index for d in split(pages) for p in d.pages]
    assert sorted(seen) == list(range(13)) and len(seen) == len(set(seen))


def test_small_print_beside_a_large_title_is_none_of_it() -> None:
    """统一社会信用代码 stands at the height of 营业执照: the row is not the title, its large piece is."""
    beside = PageBuilder().at(20, 50, "914403001922038216").at(80, 50.5, "营业执照", 26).centre(64, "(副本)")
    for i, text in enumerate(LICENCE):
        beside.at(22, 90 + 9 * i, text)
    pages = [titled("企业技术改造扶持计划项目申请书", "申请单位：甲乙").page(0, label=1, total=2), prose().page(1, label=2, total=2), beside.page(2)]
    assert kinds(pages) == [("application_form", 2), ("business_licence", 1)]


def test_behind_the_last_page_of_a_paper_words_alone_open_the_next() -> None:
    untitled = PageBuilder()
    for i, text in enumerate((*LICENCE, "营业期限 永续经营", "注册资本 人民币伍仟万元")):
        untitled.at(22, 60 + 9 * i, text)
    form = titled("企业技术改造扶持计划项目申请书", "申请单位：甲乙").page(0, label=1, total=2)
    assert kinds([form, prose().page(1, label=2, total=2), untitled.page(2)]) == [("application_form", 2), ("business_licence", 1)]
    assert kinds([form, prose().page(1, label=1, total=2), untitled.page(2)])[0] == ("application_form", 1)
