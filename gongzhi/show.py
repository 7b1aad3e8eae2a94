"""Printing answers for programs: JSON with one method per answer, as ``tables`` has; and the progress bar."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from corpus.model import Document, Edit, Taught
from corpus.repairs import kind_name
from graph.curation import told

if TYPE_CHECKING:
    from gongzhi.backup import Manifest, Restored
    from gongzhi.build import Progress, Report
    from gongzhi.corrections import Sheet
    from gongzhi.curation import TermLine
    from gongzhi.graph import Walk
    from gongzhi.ledger import Change
    from gongzhi.repairs import Record, Summary
    from gongzhi.revisions import Told
    from graph.communities import Overview
    from graph.corrections import Entry
    from graph.lint import Finding
    from graph.reimport import Comparison
    from search.answers import FactsAnswer, Occurrences, PlacesAnswer, SearchAnswer, TermAnswer, Verdict
    from search.citation import Quotation, Style
    from search.embedders.adapt import Adaptation
    from search.evaluate import Contest, Run
    from search.matrix import Matrix
    from search.precedents import PrecedentAnswer
    from search.queries import Asked


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


def now() -> str:
    """The time of day, for a line of a log."""
    return datetime.now().strftime("%H:%M:%S")


class Json:
    """Every answer as one JSON value on stdout."""

    def _print(self, value: object) -> None:
        click.echo(json.dumps(value, ensure_ascii=False, indent=1))

    def ingested(self, report: Report, library: Path) -> None:
        self._print({"library": str(library), "counts": report.counts, **asdict(report)})

    def backed_up(self, file: Path, manifest: Manifest) -> None:
        self._print({"file": str(file), **asdict(manifest)})

    def restored(self, library: Path, restored: Restored) -> None:
        aside = restored.aside and str(restored.aside)
        self._print({"library": str(library), "aside": aside, **asdict(restored.manifest)})

    def preview(self, changes: Sequence[Change]) -> None:
        self._print([asdict(change) for change in changes])

    def watched(self, report: Report, news: Sequence[Change]) -> None:
        """One line for each run: a stream of JSON values."""
        told = {"time": now(), "changes": [asdict(change) for change in news], "documents": report.documents}
        click.echo(json.dumps(told, ensure_ascii=False))

    def precedents(self, answer: PrecedentAnswer) -> None:
        """The passages as a search has them, and beside them what else is told."""
        told = {name: value for name, value in asdict(answer).items() if name not in ("text", "search")}
        self._print({**asdict(answer.search), **told})

    def search(self, answer: SearchAnswer) -> None:
        self._print(asdict(answer))

    def quotations(self, found: Sequence[Quotation], style: Style) -> None:
        self._print([asdict(quotation) for quotation in found])

    def term(self, answer: TermAnswer) -> None:
        self._print(asdict(replace(answer, documents=tuple(answer.documents))))

    def occurrences(self, answer: Occurrences) -> None:
        self._print(asdict(answer))

    def matrix(self, found: Matrix) -> None:
        self._print(asdict(found))

    def places(self, answer: PlacesAnswer) -> None:
        self._print(asdict(answer))

    def verdict(self, verdict: Verdict) -> None:
        self._print(asdict(verdict))

    def facts(self, answer: FactsAnswer) -> None:
        self._print(asdict(answer))

    def documents(self, documents: Iterable[Document], guessed: Mapping[str, Collection[str]]) -> None:
        self._print(
            [
                {k: v for k, v in asdict(d).items() if k != "text"} | {"unsure": sorted(guessed.get(d.id, ()))}
                for d in documents
            ]
        )

    def record(self, record: Record) -> None:
        about = {"id": record.document.id, "title": record.document.title, "source": record.source}
        both = {"repairs": record.rows, "source_repairs": record.source_rows}
        lists = {
            name: [{**asdict(row.repair), "name": kind_name(row.repair.kind), "line": row.line} for row in rows]
            for name, rows in both.items()
        }
        self._print({"document": about, "counts": record.counts, "source_counts": record.source_counts, **lists})

    def summaries(self, summaries: Sequence[Summary]) -> None:
        self._print([asdict(summary) for summary in summaries])

    def document(self, sheet: Sheet) -> None:
        about = {k: v for k, v in asdict(sheet.document).items() if k != "text"}
        self._print({**about, "source": sheet.source, "fields": [asdict(field) for field in sheet.fields]})

    def corrections(self, entries: Sequence[Entry]) -> None:
        self._print([{**asdict(e.correction), "document_id": e.document.id if e.document else None} for e in entries])

    def terms(self, lines: Sequence[TermLine]) -> None:
        self._print([{**asdict(line.term), "documents": line.documents, "mentions": line.mentions} for line in lines])

    def recent(self, found: Sequence[Told]) -> None:
        self._print([{**asdict(told.revision), "terms": [asdict(n) for n in told.novelties]} for told in found])

    def edited(self, edits: Sequence[Edit]) -> None:
        self.edits(edits)

    def undone(self, edits: Sequence[Edit]) -> None:
        self.edits(edits)

    def edits(self, edits: Sequence[Edit]) -> None:
        self._print([{**asdict(edit), "told": told(edit)} for edit in edits])

    def taught(self, lesson: Taught) -> None:
        self._print(asdict(lesson))

    def untaught(self, lesson: Taught) -> None:
        self._print(asdict(lesson))

    def lessons(self, lessons: Sequence[Taught]) -> None:
        self._print([asdict(lesson) for lesson in lessons])

    def asked(self, queries: Sequence[Asked]) -> None:
        self._print([asdict(asked) for asked in queries])

    def cleared(self, count: int) -> None:
        self._print({"cleared": count})

    def findings(self, findings: Sequence[Finding]) -> None:
        self._print([asdict(finding) | {"key": finding.key} for finding in findings])

    def network(self, overview: Overview) -> None:
        self._print(asdict(overview))

    def walk(self, walk: Walk) -> None:
        self._print(asdict(walk))

    def imported(self, found: Comparison, made: bool) -> None:
        self._print({"made": made, **asdict(found)})

    def evaluation(self, run: Run, comparisons: Sequence[Contest], _rivals: object) -> None:
        from search.evaluate import as_data

        self._print(as_data(run) | {"comparisons": [asdict(comparison) for comparison in comparisons]})

    def adaptation(self, found: Adaptation) -> None:
        figures = {"before": asdict(found.before), "after": asdict(found.after)}
        counts = {"passages": found.passages, "headings": found.headings, "held": found.held}
        self._print({"adopted": found.better, **counts, **figures})
