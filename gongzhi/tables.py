"""Printing answers for people: text for a terminal, with one method per answer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

import click

from corpus.doubts import Doubt, told, warning
from corpus.fields import FIELDS, LEVELS
from corpus.model import Document, Edit, Taught
from corpus.record import Field
from corpus.repairs import kind_name, visible
from gongzhi.evaluation import show_evaluation
from gongzhi.grid import grid as _table
from gongzhi.lessons import moment, show_asked, show_lessons, show_taught, show_untaught
from gongzhi.matrix import show_matrix
from gongzhi.places import show_places, show_verdict
from gongzhi.precedents import show_drafted
from gongzhi.revisions import show_recent
from gongzhi.show import now
from graph.checks import CHECKS
from graph.curation import told as edit_told
from graph.edges import EDGE_KINDS, NODE_TYPES
from graph.edges import KINDS as RELATIONS
from graph.table import KINDS
from web.words import HOW

if TYPE_CHECKING:
    from gongzhi.backup import Manifest, Restored
    from gongzhi.build import Report
    from gongzhi.corrections import Sheet
    from gongzhi.curation import TermLine
    from gongzhi.graph import Walk
    from gongzhi.ledger import Action, Change
    from gongzhi.repairs import Record, Row, Summary
    from gongzhi.revisions import Told
    from graph.communities import Overview
    from graph.corrections import Entry
    from graph.lint import Finding
    from graph.reimport import Comparison
    from search.answers import FactsAnswer, Occurrences, PlacesAnswer, RelatedTerm, SearchAnswer, TermAnswer, Verdict
    from search.citation import Quotation, Style
    from search.embedders.adapt import Adaptation
    from search.evaluate import Contest, Run
    from search.matrix import Matrix
    from search.precedents import PrecedentAnswer
    from search.queries import Asked

TENSE = {"done": "已完成", "target": "目标"}
ACTIONS: dict[Action, str] = {
    "added": "新增",
    "replaced": "更新",
    "moved": "移动",
    "copy": "重复",
    "removed": "移出",
    "unchanged": "未变",
    "failed": "未读入",
}
NEAR = RELATIONS["related"]
_LISTED = 20  # files: more are counted


#: What is said of a file to which that happened.
_SAID = {
    "moved": "“{}”只是换了名字或位置，不用重读。",
    "copy": "“{}”与另一份文件内容相同，只收一份。",
    "removed": "“{}”已不在原处，移出资料库。",
}


def _files(changes: Sequence[Change]) -> str:
    """How many files each action befalls, in one sentence."""
    counts = Counter(change.action for change in changes)
    return "文件：" + "，".join(f"{name} {counts[action]}" for action, name in ACTIONS.items() if counts[action]) + "。"


def _quoted(sentence: str, doubtful: Sequence[Doubt]) -> str:
    """A sentence in a table, with the warning that goes with it."""
    return sentence + warning(sentence, doubtful)


def _marked(text: str, doubtful: Sequence[Doubt]) -> str:
    """``text`` with what is doubtful underlined, on a terminal that can."""
    for doubt in sorted(doubtful, key=lambda doubt: -doubt.start):
        words = click.style(text[doubt.start : doubt.end], fg="yellow", underline=True)
        text = text[: doubt.start] + words + text[doubt.end :]
    return text


def _doubt(text: str, doubtful: Sequence[Doubt], indent: str) -> None:
    """The line below a quotation that is doubtful."""
    if doubtful:
        click.secho(f"{indent}此处存疑：{told(text, doubtful)}。引用前请核对原件。", fg="yellow")


_PLACE = ("原件行", "正文字")


def _counted(counts: dict[str, int]) -> str:
    return "，".join(f"{kind_name(kind)} {count}" for kind, count in counts.items())


def _place(row: Row) -> tuple[object, object]:
    """Where a repair is, under ``_PLACE``: its line in the file and its character in the text, as far as it has them."""
    return row.line or "", row.repair.start + 1 if row.repair.document_id else ""


def _change(row: Row) -> tuple[str, str]:
    """Before and after, with the changed part in brackets and its white space to be seen."""
    change = row.change
    head, tail = visible(change.head), visible(change.tail)
    before = f"{head}［{visible(change.removed)}］{tail}" if change.removed else f"{head}{tail}"
    if not row.repair.after:
        return before, "（删去）"
    if row.repair.before == row.repair.after:
        return before, "（与正文分开）"
    return before, f"{head}［{visible(change.added)}］{tail}" if change.added else f"{head}{tail}"


def _worded(field: str, value: str) -> str:
    words = LEVELS if field == "level" else {}
    return words.get(value, value) or "—"


def _corrected(field: Field) -> str:
    """What stands in place of what was read, or nothing."""
    if field.correction is not None:
        return _worded(field.field, field.correction.value)
    return f"{_worded(field.field, field.value)}（随地方）" if field.follows else ""


def _basis(field: Field, text: str) -> str:
    """How a field was read, the sentence that says it, and whether somebody should look at it."""
    how = HOW.get(field.evidence.how, field.evidence.how) if field.evidence is not None else ""
    said = "：".join(part for part in (how, text[field.start : field.end]) if part)
    return f"{said}（推断，请核对）" if field.doubt == "weak" else said or ("没有读出" if field.doubt else "")


def _no_lines(walk: Walk) -> str:
    """Why a walk leads nowhere."""
    if not walk.to:
        return "没有这样的联系。"
    return "两个写法是同一个术语。" if walk.to == walk.term else "没有路径：两个术语之间没有联系。"


class Tables:
    """Every answer as text for a terminal."""

    def ingested(self, report: Report, library: Path) -> None:
        for failure in report.failures:
            click.echo(f"未读入：{failure.reason}", err=True)
        for action in ("moved", "copy", "removed"):
            files = [change.file for change in report.changes if change.action == action]
            for name in files[:_LISTED]:
                click.echo(f"{_SAID[action].format(name)}")
            if len(files) > _LISTED:
                click.echo(f"……这样的共 {len(files)} 份。")
        for copy in report.near_copies[:_LISTED]:
            click.echo(
                f"《{copy.title}》（{copy.file}）与《{copy.shown}》（{copy.shown_file}）基本相同：两份都收，查询时只出一份。"
            )
        if not report.settled:
            click.echo("新文件已能查到；全库的术语和关系还没有整理完，请运行 gongzhi settle 接着做。")
        if report.bundled_removed:
            click.echo(f"已移出随附的摘编 {report.bundled_removed} 份（它们只作示例）。")
        click.echo(_files(report.changes))
        names = ("文献", "段落", "术语", "事项", "修复", "用时（秒）")
        counts = (report.documents, report.passages, report.terms, report.claims, report.repairs)
        _table(*names, rows=[(*counts, f"{report.seconds:.1f}")])
        click.echo(f"资料库在 {library}。打开网页：gongzhi serve --library {library}")

    def backed_up(self, file: Path, manifest: Manifest) -> None:
        held = f"{manifest.counts['document']} 份文献、{manifest.counts['term']} 个术语"
        click.echo(f"已备份到 {file}（{held}）。恢复：gongzhi restore {file}")

    def restored(self, library: Path, restored: Restored) -> None:
        if restored.aside:
            click.echo(f"原来的资料库留在 {restored.aside}。")
        manifest = restored.manifest
        click.echo(
            f"已恢复到 {moment(manifest.made)} 的备份：{manifest.counts['document']} 份文献。资料库在 {library}。"
        )

    def preview(self, changes: Sequence[Change]) -> None:
        shown = [change for change in changes if change.action != "unchanged"]
        if shown:
            _table("将会", "文件", "篇数", "说明", rows=(
                (ACTIONS[c.action], c.file, len(c.documents) or "", c.reason or "、".join(c.documents)) for c in shown
            ))  # fmt: skip
        click.echo(f"{_files(changes)}这是预演，没有写入。")

    def watched(self, report: Report, news: Sequence[Change]) -> None:
        for change in news:
            about = change.reason or (f"{len(change.documents)} 篇" if change.documents else "")
            click.echo(f"{now()} {ACTIONS[change.action]} {change.file}{f'（{about}）' if about else ''}")
        click.echo(f"{now()} 资料库现有文献 {report.documents} 篇、段落 {report.passages} 段。")

    def precedents(self, answer: PrecedentAnswer) -> None:
        show_drafted(answer)
        click.secho("整篇的相近段落", bold=True)
        self.search(answer.search)

    def search(self, answer: SearchAnswer) -> None:
        if answer.concepts:
            click.echo(f"按这些主题理解：{'、'.join(answer.concepts)}")
        for note in answer.notes:
            click.echo(note)
        if answer.offers:
            click.echo(f"您是不是要找：{'、'.join(answer.offers)}")
        for rank, hit in enumerate(answer.hits, 1):
            click.secho(f"{rank}. {hit.citation}", bold=True)
            click.echo(f"   {_marked(hit.text, hit.doubtful)}")
            click.secho(f"   {'；'.join(hit.why)}　编号 {hit.passage_id}", dim=True)
        if not answer.hits and any(map(str.isalnum, answer.query)):
            click.echo("没有找到。换个说法，或少用几个词再试；文献里有而叫法不同的，用 gongzhi teach 教它。")
        elif answer.hits and not answer.sure:
            click.echo("没有一段直接写到，以上只是意思略近，请自行判断。叫法不同的，用 gongzhi teach 教它。")

    def quotations(self, found: Sequence[Quotation], style: Style) -> None:
        for quotation in found:
            click.echo(getattr(quotation.citations, style))

    def term(self, answer: TermAnswer) -> None:
        click.secho(answer.term, bold=True)
        if answer.note:
            click.echo(answer.note)
        if answer.aliases:
            click.echo(f"又作：{'、'.join(answer.aliases)}")
        if answer.status == "unexplained":
            click.echo("语料中未见解释。")
        titles = {use.document_id: use.title for use in answer.documents}
        several = len(answer.meanings) > 1
        for meaning in answer.meanings if several else ():
            parts = f"：{'、'.join(meaning.components)}" if meaning.components else ""
            click.echo(f"义项 {meaning.sense}{parts}（{'，'.join((*meaning.places, meaning.period)).strip('，')}）")
        for definition in answer.definitions:
            sense = f"［{definition.sense}］" if several else ""
            where = f"{definition.place}，" if definition.place else ""
            grade = (
                "解释"
                if definition.strength == "explained"
                else "别处的说明，不一定是同一回事"
                if definition.elsewhere
                else "说明"
            )
            click.echo(
                f"{grade}{sense}：{_marked(definition.text, definition.doubtful)}（{where}《{titles.get(definition.document_id, '')}》）"
            )
            _doubt(definition.text, definition.doubtful, "  ")
            if definition.components:
                click.echo(f"  含：{'；'.join(definition.components)}")
        for use in answer.uses:
            click.echo(f"用例：{_marked(use.sentence, use.doubtful)}（《{use.title}》）")
            _doubt(use.sentence, use.doubtful, "  ")
        if answer.look_alikes:
            click.echo(f"注意区分：{'、'.join(answer.look_alikes)}")
        for relation, others in groupby(answer.related, key=lambda other: other.relation):
            self._related(relation, list(others))
        click.echo(f"见于 {len(answer.documents)} 份文献，{answer.mentions} 处。")

    def occurrences(self, answer: Occurrences) -> None:
        click.secho(answer.term, bold=True)
        _table("文献", "原句", "正文字", "原件字", rows=(
            (found.title, _quoted(found.sentence, found.doubtful), found.start + 1,
             "" if found.source_start is None else found.source_start + 1)
            for found in answer.mentions
        ))  # fmt: skip
        last = answer.offset + len(answer.mentions)
        click.echo(f"共 {answer.total} 处。" + (f"接着看：--offset {last}" if last < answer.total else ""))

    def _related(self, relation: str, others: Sequence[RelatedTerm]) -> None:
        """One kind of relation, with reasons; with sentences, too, where terms do more than stand near each other."""
        if relation == NEAR:
            click.echo(f"{relation}：{'、'.join(f'{other.term}（{other.reason}）' for other in others)}")
            return
        for other in others:
            click.echo(f"{relation}：{other.term}（{other.reason}）")
            if other.evidence:
                click.secho(f"  {other.evidence.sentence}（《{other.evidence.title}》）", dim=True)

    def matrix(self, found: Matrix) -> None:
        show_matrix(found)

    def places(self, answer: PlacesAnswer) -> None:
        show_places(answer)

    def verdict(self, verdict: Verdict) -> None:
        show_verdict(verdict)

    def facts(self, answer: FactsAnswer) -> None:
        if not answer.facts:
            click.echo("没有一个数字合乎条件。可以放宽条件，或换一个地方、术语的名称；没有写到不等于没有。")
        else:
            self._figures(answer)
        if answer.doubtful:
            click.secho("\n存疑，不计入", bold=True)
            _table("地方", "原文", "为什么", "原句", "文献", rows=(
                (figure.place, figure.written, figure.reason, figure.sentence, figure.title) for figure in answer.doubtful
            ))  # fmt: skip

    @staticmethod
    def _figures(answer: FactsAnswer) -> None:
        _table("地方", "数字", "对象", "时态", "原句", "文献", rows=(
            (row.fact.place, row.written, row.fact.subject, TENSE[row.fact.tense], _quoted(row.sentence, row.doubtful),
             row.title)
            for row in answer.facts
        ))  # fmt: skip
        if answer.total > len(answer.facts):
            click.echo(f"共 {answer.total} 个，以上是前 {len(answer.facts)} 个；用 --limit 多看一些。")

    def documents(self, documents: Iterable[Document], guessed: Mapping[str, Collection[str]]) -> None:
        def shown(document: Document, field: str) -> str:
            return str(getattr(document, field)) + ("？" if field in guessed.get(document.id, ()) else "")

        _table("编号", "题名", "地方", "类型", "时间", rows=(
            (d.id, shown(d, "title"), shown(d, "place"), shown(d, "type"), shown(d, "date" if d.date else "period"))
            for d in documents
        ))  # fmt: skip
        if guessed:
            click.echo("带“？”的是推断，请核对。")

    def record(self, record: Record) -> None:
        click.secho(f"《{record.document.title}》（{record.document.id}，来源 {record.source}）", bold=True)
        click.echo(_counted(record.counts) or "这篇没有改动。")
        rows = (*record.rows, *record.source_rows)
        doubtful = [row for row in rows if row.repair.doubtful]
        if doubtful:
            click.secho("\n存疑，未改动", bold=True)
            _table("种类", *_PLACE, "原句", "原因", rows=(
                (kind_name(row.repair.kind), *_place(row), _change(row)[0], row.repair.reason) for row in doubtful
            ))  # fmt: skip
        beside = f"来源文件里不属于任何一篇的文字（{_counted(record.source_counts)}）"
        for heading, part in (("改动", record.rows), (beside, record.source_rows)):
            changed = [row for row in part if not row.repair.doubtful]
            if part is record.source_rows and len(changed) > _LISTED:  # the contents of a compilation, for each report
                click.echo(f"\n{heading}，--json 可看全部。")
            elif changed:
                click.secho(f"\n{heading}", bold=True)
                _table("种类", *_PLACE, "原件", "整理后", "原因", rows=(
                    (kind_name(row.repair.kind), *_place(row), *_change(row), row.repair.reason) for row in changed
                ))  # fmt: skip

    def summaries(self, summaries: Sequence[Summary]) -> None:
        _table("编号", "题名", "存疑", "改动和存疑", rows=(
            (s.id, s.title, s.doubtful or "", _counted(s.counts)) for s in summaries
        ))  # fmt: skip
        if not summaries:
            click.echo("没有改动，也没有存疑的地方。")

    def document(self, sheet: Sheet) -> None:
        click.secho(sheet.document.title, bold=True)
        click.echo(f"{sheet.document.id}　来源 {sheet.source}")
        if any(map(_corrected, sheet.fields)):
            _table("项目", "读出", "更正", "更正时间", "依据", rows=(
                (
                    FIELDS[field.field],
                    _worded(field.field, field.read),
                    _corrected(field),
                    moment(field.correction.made) if field.correction else "",
                    _basis(field, sheet.document.text),
                )
                for field in sheet.fields
            ))  # fmt: skip
        else:
            _table("项目", "读出", "依据", rows=(
                (FIELDS[field.field], _worded(field.field, field.read), _basis(field, sheet.document.text))
                for field in sheet.fields
            ))  # fmt: skip

    def corrections(self, entries: Sequence[Entry]) -> None:
        if not entries:
            click.echo("还没有更正。")
            return
        _table("文献", "项目", "读出", "更正", "时间", "", rows=(
            (
                f"{entry.document.title}（{entry.document.id}）" if entry.document else entry.correction.title,
                FIELDS[entry.correction.field],
                _worded(entry.correction.field, entry.correction.found),
                _worded(entry.correction.field, entry.correction.value),
                moment(entry.correction.made),
                "" if entry.document else f"未用上：{entry.correction.origin} 不在库里",
            )
            for entry in entries
        ))  # fmt: skip

    def terms(self, lines: Sequence[TermLine]) -> None:
        _table("术语", "类别", "解释", "文献", "处数", "又作", rows=(
            (line.term.label, KINDS[line.term.kind], "有" if line.term.status == "explained" else "", line.documents,
             line.mentions, "、".join(line.term.aliases))
            for line in lines
        ))  # fmt: skip
        click.echo(f"共 {len(lines)} 个。" if lines else "没有符合条件的术语。少写几个字再试。")

    def recent(self, found: Sequence[Told]) -> None:
        show_recent(found)

    def edited(self, edits: Sequence[Edit]) -> None:
        for edit in edits:
            click.echo(f"已改：{edit_told(edit)}（编号 {edit.ordinal}）。")
        last = edits[-1].ordinal
        click.echo(f"撤销：gongzhi terms --undo {last}{' --batch' if len(edits) > 1 else ''}")

    def undone(self, edits: Sequence[Edit]) -> None:
        for edit in edits:
            click.echo(f"已撤销 {edit.ordinal}：{edit_told(edit)}。")

    def edits(self, edits: Sequence[Edit]) -> None:
        if not edits:
            click.echo("还没有编辑。")
            return
        _table("编号", "时间", "谁", "改了什么", "备注", "", rows=(
            (
                edit.ordinal,
                moment(edit.made),
                edit.who,
                edit_told(edit),
                edit.note,
                f"{moment(edit.undone)} 撤销" if edit.undone else f"未用上：{edit.idle}" if edit.idle else "",
            )
            for edit in edits
        ))  # fmt: skip

    def taught(self, lesson: Taught) -> None:
        show_taught(lesson)

    def untaught(self, lesson: Taught) -> None:
        show_untaught(lesson)

    def lessons(self, lessons: Sequence[Taught]) -> None:
        show_lessons(lessons)

    def asked(self, queries: Sequence[Asked]) -> None:
        show_asked(queries)

    def cleared(self, count: int) -> None:
        click.echo(f"已清空 {count} 条。")

    def findings(self, findings: Sequence[Finding]) -> None:
        counts = Counter(finding.severity for finding in findings)
        for finding in findings:
            mark = click.style("错误", fg="red") if finding.severity == "error" else "提示"
            click.echo(f"{mark}　{CHECKS[finding.code][1]}　{finding.message}")
        click.echo(f"错误 {counts['error']} 处，提示 {counts['hint']} 处。" if findings else "没有发现问题。")

    def network(self, overview: Overview) -> None:
        click.echo("节点：" + "，".join(f"{NODE_TYPES[kind]} {count}" for kind, count in overview.nodes.items()) + "。")
        click.echo("关系：" + "，".join(f"{EDGE_KINDS[kind]} {count}" for kind, count in overview.edges.items()) + "。")
        click.secho("\n联系最多的术语", bold=True)
        _table("术语", "强度", "联系", rows=((c.term, f"{c.weight:.1f}", c.relations) for c in overview.central))
        click.secho("\n成群的术语（常在一起，或互为上下位、组成部分）", bold=True)
        _table("个数", "其中", rows=((group.size, "、".join(group.leading)) for group in overview.communities))
        click.echo(f"另有 {overview.alone} 个术语还没有与别的术语联系起来。")

    def walk(self, walk: Walk) -> None:
        click.secho(f"{walk.term} → {walk.to}" if walk.to else walk.term, bold=True)
        if not walk.lines:
            click.echo(_no_lines(walk))
        # Where a term stands is told in full only where nothing else is.
        brief = {"used_by", "mentions"} if not walk.to and len({line.kind for line in walk.lines}) > 1 else set()
        for line in walk.lines:
            count = "" if line.type == "term" or line.weight <= 1 else f"，{line.weight:g} 处"
            kind = "" if line.type == "term" else f"（{NODE_TYPES[line.type]}{count}）"
            near = not walk.to and line.source == walk.term
            told = f"{line.relation}：{line.target}" if near else f"{line.source} ─{line.relation}→ {line.target}"
            click.echo(f"{told}（{line.reason}）" if line.reason else f"{told}{kind}")
            if line.sentence and line.kind not in brief:
                click.secho(f"  {line.sentence}（《{line.title}》）", dim=True)

    def imported(self, found: Comparison, made: bool) -> None:
        for change in found.changes:
            click.echo(edit_told(change))
        for note in found.notes:
            click.secho(f"注意：{note}。", fg="yellow")
        if not found.changes:
            click.echo("与资料库相同，没有要改的。")
        else:
            click.echo(f"共 {len(found.changes)} 处{'，已改。' if made else '。这是预演，没有改动。'}")

    def evaluation(self, run: Run, comparisons: Sequence[Contest], rivals: dict[str, Run] | None) -> None:
        show_evaluation(run, comparisons, rivals)

    def adaptation(self, found: Adaptation) -> None:
        from gongzhi.adapting import compared

        click.echo(f"学了 {found.passages} 段、{found.headings - found.held} 个标题，留出 {found.held} 个标题来量。")
        _table("量什么", "现用", "微调后", rows=compared(found.before, found.after))
        click.echo(
            "微调后的模型已放进资料库，从此用它；换回自带的：gongzhi adapt --reset"
            if found.better
            else "微调后没有更好，不采用；现用的模型照旧。"
        )
