"""A score as Markdown tables in Chinese: what ``sample score`` prints and ``docs/benchmarks/`` keeps."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from extractors.vocabulary import KINDS, kind_title
from flows.score.result import Accusation, FieldScore, FieldWord, Score
from pipeline.model.finding import SEVERITY_WORDS

_READING_WORDS = {"truth": "真值（只考规则）", "noisy": "真值加实测误差", "real": "真实识别（全流程）"}
_FACT_WORDS = {"label": "印刷页码", "volume_label": "册页码", "rotation": "页面方向", "blank": "空白页", "kind": "材料种类"}
_SEAL_WORDS = {
    "company": "公章", "invoice": "发票专用章", "finance": "财务专用章", "contract": "合同专用章", "legal_person": "个人名章", "firm": "事务所章",
    "authority": "机关章", "printed": "监制章（印刷）", "seam": "骑缝章", "unknown": "未判明",
}  # fmt: skip
_RULES_SHOWN = 25


def score_lines(score: Score) -> list[str]:
    """All tables, worst first where order matters."""
    return [*_head(score), "", *_defects(score), "", *_accusations(score), *_reading(score)]


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f}%" if whole else "–"


def _table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[str]:
    yield "| " + " | ".join(head) + " |"
    yield "|" + " --- |" * len(head)
    for row in rows:
        yield "| " + " | ".join(str(cell) for cell in row) + " |"


def _head(score: Score) -> Iterator[str]:
    planted = sum(d.planted for d in score.defects if not d.innocent)
    found = sum(d.found for d in score.defects if not d.innocent)
    innocents = sum(d.planted for d in score.defects if d.innocent)
    accused = sum(d.accused for d in score.defects if d.innocent)
    clean = {s.sample.rsplit("@", 1)[0] for s in score.samples if s.clean}
    accused_clean = {a.sample for a in score.accusations_on_clean}
    median = score.median_reviews_on_clean
    yield f"读法：{_READING_WORDS.get(score.reading, score.reading)}　环节：{'、'.join(score.stages)}"
    yield ""
    yield from _table(("指标", "数值"), [
        ("样例份数（其中无缺陷）", f"{len({s.sample.rsplit('@', 1)[0] for s in score.samples})}（{len(clean)}）"),
        ("埋入缺陷 / 找到", f"{planted} / {found}（{_share(found, planted)}）"),
        ("无辜相似情形 / 被误指", f"{innocents} / {accused}（{_share(accused, innocents)}）"),
        ("无缺陷样例中被误指的份数", f"{len(accused_clean)} / {len(clean)}（{_share(len(accused_clean), len(clean))}），共 {len(score.accusations_on_clean)} 条"),
        ("无缺陷样例“需人工核验”条数的中位数", "–" if median is None else f"{median:g}"),
        ("有缺陷样例中与所埋缺陷无关的补正/不予受理", len(score.accusations_beside)),
    ])  # fmt: skip


def _defects(score: Score) -> Iterator[str]:
    guilty = sorted((d for d in score.defects if not d.innocent), key=lambda d: (d.recall, d.name))
    innocent = sorted((d for d in score.defects if d.innocent), key=lambda d: (-d.accused, d.name))
    if guilty:
        yield from _table(("缺陷", "埋入", "找到", "找到率", "规则对而位置不对", "给出的级别"), (
            (d.name, d.planted, d.found, _share(d.found, d.planted), d.elsewhere or "",
             "、".join(f"{SEVERITY_WORDS[s]} {n}" for s, n in d.severities.items()))  # type: ignore[index]
            for d in guilty
        ))  # fmt: skip
    if innocent:
        yield ""
        yield from _table(("无辜的相似情形", "出现", "被误指"), ((d.name, d.planted, d.accused) for d in innocent))


def _accusations(score: Score) -> Iterator[str]:
    for title, found in (("无缺陷样例中的误指", score.accusations_on_clean), ("有缺陷样例中无关的补正/不予受理", score.accusations_beside)):
        if found:
            yield from _table((title, "条数", "例"), _by_rule(found))
            yield ""


def _by_rule(accusations: Sequence[Accusation]) -> Iterator[tuple[str, int, str]]:
    counts = Counter(a.rule for a in accusations)
    for rule, count in counts.most_common(_RULES_SHOWN):
        example = next(a for a in accusations if a.rule == rule)
        yield rule, count, f"{example.sample}：{example.message[:60].replace('|', '／')}"


def _words(fields: Sequence[FieldScore], *words: FieldWord) -> int:
    return sum(f.words.get(word, 0) for f in fields for word in words)


def _reading(score: Score) -> Iterator[str]:
    if score.reading != "truth":
        yield from _fields(score)
    if score.seals:
        yield ""
        yield from _table(("印章", "实有", "找到", "召回率", "种类对", "多出"), (
            (_SEAL_WORDS.get(s.role, s.role), s.truth, s.found, _share(s.found, s.truth), s.role_right, s.invented) for s in score.seals
        ))  # fmt: skip
    if score.pages:
        yield ""
        yield from _table(("页面事实", "实有", "对", "对的占比", "错或凭空", "没读出"), (
            (_FACT_WORDS.get(p.fact, p.fact), p.truth, p.right, _share(p.right, p.truth), p.wrong, p.none) for p in score.pages
        ))  # fmt: skip


def _fields(score: Score) -> Iterator[str]:
    def row(title: str, fields: Sequence[FieldScore]) -> tuple[object, ...]:
        total = sum(f.total for f in fields)
        right = _words(fields, "right_proved", "right_read")
        worst = sorted((f for f in fields if f.words.get("silent_wrong")), key=lambda f: -f.words["silent_wrong"])[:3]
        return (
            title, total, _share(right, total), _share(_words(fields, "right_proved"), total), _share(_words(fields, "doubtful_right", "doubtful_wrong"), total),
            _share(_words(fields, "missing"), total), _share(_words(fields, "silent_wrong"), total), _words(fields, "silent_wrong"),
            "、".join(f"{f.field} {f.words['silent_wrong']}" for f in worst),
        )  # fmt: skip

    kinds = [kind for kind in KINDS if any(f.kind == kind for f in score.fields)]
    rows = [row(kind_title(kind), [f for f in score.fields if f.kind == kind]) for kind in kinds]
    yield from _table(
        ("材料", "值", "对且有把握", "其中已证实", "存疑", "未读出", "错而不自知", "条", "错得最多的字段"), [*rows, row("合计", score.fields)]
    )
