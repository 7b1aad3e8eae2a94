"""Printing answers: tables for people, JSON for programs. Both have one method per answer."""

import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path

import click

from corpus.model import UNSURE, Document, Evidence
from gongzhi.build import Progress, Report
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


def _guesses(evidence: Iterable[Evidence]) -> set[tuple[str, str]]:
    """(document id, field) of what was read without being sure."""
    return {(item.document_id, item.field) for item in evidence if item.confidence < UNSURE}


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

    def documents(self, documents: Sequence[Document], evidence: Iterable[Evidence]) -> None:
        guesses = _guesses(evidence)
        self._print(
            [
                {k: v for k, v in asdict(d).items() if k != "text"}
                | {"unsure": sorted(field for owner, field in guesses if owner == d.id)}
                for d in documents
            ]
        )

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

    def documents(self, documents: Sequence[Document], evidence: Iterable[Evidence]) -> None:
        guesses = _guesses(evidence)

        def shown(document: Document, field: str) -> str:
            return str(getattr(document, field)) + ("？" if (document.id, field) in guesses else "")

        _table("编号", "题名", "地方", "类型", "时间", rows=(
            (d.id, shown(d, "title"), shown(d, "place"), shown(d, "type"), shown(d, "date" if d.date else "period"))
            for d in documents
        ))  # fmt: skip
        if guesses:
            click.echo("带“？”的是推断，请核对。")

    def evaluation(self, figures: dict[str, float]) -> None:
        _table("指标", "值", rows=((name, f"{value:.3f}") for name, value in figures.items()))
