"""Answers to place questions on a terminal, and as files."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from corpus.doubts import warning
from gongzhi.grid import grid
from web.words import CLAIM_STATUS

if TYPE_CHECKING:
    from search.answers import PlaceAnswer, PlacesAnswer, Verdict


def show_places(answer: PlacesAnswer) -> None:
    """The places in blocks: what is done, being done, planned; then what was looked through."""
    for condition in answer.conditions:
        click.echo(condition)
    headings = [column.heading for column in answer.columns]
    for status, name in CLAIM_STATUS.items():
        places = [place for place in answer.answers if place.status == status]
        if places:
            click.secho(f"\n{name}（{len(places)}）", bold=True)
            grid("地方", *headings, "原句", "文献", rows=(row for place in places for row in _rows(place)))
    if answer.unmentioned:
        click.secho(f"\n未提及（{len(answer.unmentioned)}）", bold=True)
        click.echo("、".join(answer.unmentioned))
    click.echo(f"\n{answer.coverage.line}" if answer.answers or answer.unmentioned else answer.coverage.line)


def _rows(place: PlaceAnswer) -> Iterator[tuple[str, ...]]:
    """The strongest sentence of a place, and that of what it plans besides."""
    best = place.evidence[0]
    others = [item for item in place.evidence if item.status != place.status][:1]
    parent = f"（见{place.parent}）" if place.parent else ""
    more = f"（共 {place.sentences} 句）" if place.sentences > 1 + len(others) else ""
    figures = (cells[0].text if cells else "" for cells in place.cells)
    yield (place.place + parent, *figures, best.sentence + warning(best.sentence, best.doubtful) + more, best.title)
    for item in others:
        sentence = f"【{CLAIM_STATUS[item.status]}】{item.sentence}{warning(item.sentence, item.doubtful)}"
        yield ("", *("" for _ in place.cells), sentence, item.title)


def show_verdict(verdict: Verdict) -> None:
    """Why a place is, or isn't, among the answers."""
    click.echo(verdict.line)
    if verdict.sentences:
        grid("算不算", "理由", "原句", "文献", rows=(
            ("算" if near.counts else "不算", near.reason,
             near.evidence.sentence + warning(near.evidence.sentence, near.evidence.doubtful), near.evidence.title)
            for near in verdict.sentences
        ))  # fmt: skip


def write_places(answer: PlacesAnswer, kind: str, output: Path | None) -> None:
    """An answer as a file (csv, xlsx, md); on stdout where no file is named."""
    from web.place_tables import places_csv, places_markdown, places_xlsx, table

    if kind == "xlsx":
        content = places_xlsx(table(answer))
    elif kind == "csv":
        # Excel takes a CSV file for UTF-8 only where it begins with a byte order mark.
        content = places_csv(table(answer)).encode("utf-8-sig" if output else "utf-8")
    else:
        content = places_markdown(answer).encode()
    if output is None:
        click.echo(content, nl=False)
    else:
        output.write_bytes(content)
        click.echo(f"已写入 {output}：{len(answer.answers)} 个地方。")
