"""Printing answers: tables for people, JSON for programs. Both have one method per answer."""

import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

import click

from corpus.fields import FIELDS, LEVELS
from corpus.model import Document
from corpus.record import Field
from gongzhi.build import Progress, Report
from gongzhi.corrections import Sheet
from graph.corrections import Entry
from search.answers import FactRow, PlacesAnswer, SearchAnswer, TermAnswer

STATUS = {"done": "已开展", "ongoing": "持续开展", "planned": "计划"}


@contextmanager
def progress(*, enabled: bool) -> Iterator[Progress]:
    """A progress bar on a terminal's stderr, or silence."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as Bar

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    console = Console(stderr=True)
    with Bar(*columns, console=console, disable=not (enabled and console.is_terminal), transient=True) as bar:
        task = bar.add_task("准备")
        yield lambda stage, done, total: bar.update(task, description=stage, completed=done, total=total)


class Json:
    """Every answer as one JSON value on stdout."""

    def _print(self, value: object) -> None:
        click.echo(json.dumps(value, ensure_ascii=False, indent=1))

    def ingested(self, report: Report, library: Path) -> None:
        self._print({"library": str(library), **asdict(report)})

    def search(self, answer: SearchAnswer) -> None:
        self._print(asdict(answer))

    def term(self, answer: TermAnswer) -> None:
        self._print(asdict(answer))

    def places(self, answer: PlacesAnswer) -> None:
        self._print(asdict(answer))

    def facts(self, rows: Iterable[FactRow]) -> None:
        self._print([asdict(row) for row in rows])

    def documents(self, documents: Sequence[Document]) -> None:
        self._print([{k: v for k, v in asdict(d).items() if k != "text"} for d in documents])

    def document(self, sheet: Sheet) -> None:
        about = {k: v for k, v in asdict(sheet.document).items() if k != "text"}
        self._print({**about, "source": sheet.source, "fields": [asdict(field) for field in sheet.fields]})

    def corrections(self, entries: Sequence[Entry]) -> None:
        self._print([{**asdict(e.correction), "document_id": e.document.id if e.document else None} for e in entries])

    def evaluation(self, figures: dict[str, float]) -> None:
        self._print(figures)


def _table(*columns: str, rows: Iterable[Sequence[object]]) -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table(box=None, pad_edge=False, header_style="bold")
    for column in columns:
        table.add_column(column, overflow="fold")  # a sentence is evidence: never cut short
    for row in rows:
        table.add_row(*(str(cell) for cell in row))
    Console().print(table, markup=False)


def _worded(field: str, value: str) -> str:
    words = LEVELS if field == "level" else {}
    return words.get(value, value) or "—"


def _corrected(field: Field) -> str:
    """What stands in place of what was read, or nothing."""
    if field.correction is not None:
        return _worded(field.field, field.correction.value)
    return f"{_worded(field.field, field.value)}（随地方）" if field.follows else ""


def _moment(made: str) -> str:
    """An ISO 8601 time as the clock on the wall showed it."""
    return f"{datetime.fromisoformat(made).astimezone():%Y-%m-%d %H:%M}"


class Tables:
    """Every answer as text for a terminal."""

    def ingested(self, report: Report, library: Path) -> None:
        for failure in report.failures:
            click.echo(f"未读入：{failure.reason}", err=True)
        for name in report.copies:
            click.echo(f"“{name}”与另一份文件内容相同，只收一份。")
        if report.bundled_removed:
            click.echo(f"已移出随附的摘编 {report.bundled_removed} 份（它们只作示例）。")
        names = ("读入文件", "文献", "段落", "名词", "事项", "修复", "用时（秒）")
        counts = (report.files, report.documents, report.passages, report.terms, report.claims, report.repairs)
        _table(*names, rows=[(*counts, f"{report.seconds:.1f}")])
        click.echo(f"资料库在 {library}。打开网页：gongzhi serve --library {library}")

    def search(self, answer: SearchAnswer) -> None:
        if answer.concepts:
            click.echo(f"按这些主题理解：{'、'.join(answer.concepts)}")
        for rank, hit in enumerate(answer.hits, 1):
            click.secho(f"{rank}. {hit.citation}", bold=True)
            click.echo(f"   {hit.text}")
            click.secho(f"   {'；'.join(hit.why)}", dim=True)
        if not answer.hits:
            click.echo("没有找到。换个说法，或少用几个词再试。")

    def term(self, answer: TermAnswer) -> None:
        click.secho(answer.term, bold=True)
        if answer.aliases:
            click.echo(f"又作：{'、'.join(answer.aliases)}")
        if answer.status == "unexplained":
            click.echo("语料中未见解释。")
        titles = {use.document_id: use.title for use in answer.documents}
        for definition in answer.definitions:
            where = f"{definition.place}，" if definition.place else ""
            grade = "解释" if definition.strength == "explained" else "说明"
            click.echo(f"{grade}：{definition.text}（{where}《{titles.get(definition.document_id, '')}》）")
            if definition.components:
                click.echo(f"  含：{'；'.join(definition.components)}")
        for use in answer.uses:
            click.echo(f"用例：{use.sentence}（《{use.title}》）")
        if answer.related:
            click.echo("相关：" + "、".join(f"{r.term}（{r.relation}）" for r in answer.related))
        click.echo(f"见于 {len(answer.documents)} 份文献，{answer.mentions} 处。")

    def places(self, answer: PlacesAnswer) -> None:
        _table("地方", "状态", "数字", "原句", "文献", rows=(
            (place.place, STATUS[place.status], "、".join(first.figures), first.sentence, first.title)
            for place in answer.answers for first in place.evidence[:1]
        ))  # fmt: skip
        click.echo(answer.coverage.line)

    def facts(self, rows: Iterable[FactRow]) -> None:
        _table("地方", "对象", "数值", "单位", "原句", rows=(
            (row.fact.place, row.fact.subject, f"{row.fact.qualifier}{row.fact.value:g}", row.fact.unit, row.sentence)
            for row in rows
        ))  # fmt: skip

    def documents(self, documents: Sequence[Document]) -> None:
        _table("编号", "题名", "地方", "类型", "时间", rows=(
            (d.id, d.title, d.place, d.type, d.date or d.period) for d in documents
        ))  # fmt: skip

    def document(self, sheet: Sheet) -> None:
        click.secho(sheet.document.title, bold=True)
        click.echo(f"{sheet.document.id}　来源 {sheet.source}")
        text = sheet.document.text
        _table("项目", "读出", "更正", "更正时间", "依据", rows=(
            (
                FIELDS[field.field],
                _worded(field.field, field.read),
                _corrected(field),
                _moment(field.correction.made) if field.correction else "",
                text[field.start : field.end],
            )
            for field in sheet.fields
        ))  # fmt: skip

    def corrections(self, entries: Sequence[Entry]) -> None:
        _table("文献", "项目", "读出", "更正", "时间", "", rows=(
            (
                f"{entry.document.title}（{entry.document.id}）" if entry.document else entry.correction.title,
                FIELDS[entry.correction.field],
                _worded(entry.correction.field, entry.correction.found),
                _worded(entry.correction.field, entry.correction.value),
                _moment(entry.correction.made),
                "" if entry.document else f"未用上：{entry.correction.origin} 不在库里",
            )
            for entry in entries
        ))  # fmt: skip

    def evaluation(self, figures: dict[str, float]) -> None:
        _table("指标", "值", rows=((name, f"{value:.3f}") for name, value in figures.items()))
