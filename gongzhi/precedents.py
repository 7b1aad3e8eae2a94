"""Printing what the writer of a draft is told."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from search.answers import Evidence
    from search.overlap import Overlap
    from search.precedents import ClauseAnswer, Precedent, PrecedentAnswer


def show_drafted(answer: PrecedentAnswer) -> None:
    """The clauses with their precedents and warnings, then what many places have and the draft lacks."""
    overlaps = {overlap.clause: overlap for overlap in answer.overlaps}
    for note in answer.notes:
        click.secho(note, fg="yellow")
    click.secho("逐句", bold=True)
    for clause in answer.clauses:
        _clause(clause, overlaps.get(clause.clause.number))
    if answer.lacks:
        click.secho("别处常写、草稿没有的", bold=True)
    for lack in answer.lacks:
        click.echo(f"· {lack.told}：")
        for place, example in zip(lack.named, lack.examples, strict=True):
            click.echo(f"    {_quoted(example, place)}")


def _clause(answer: ClauseAnswer, overlap: Overlap | None) -> None:
    click.echo(f"{answer.clause.number:>3}. {answer.clause.text}")
    if overlap is not None:
        click.secho(f"     {overlap.told}", fg="yellow")
        click.secho(f"     来源：{_quoted(overlap.evidence, overlap.place, overlap.date)}", fg="yellow")
        for line in overlap.checks:
            click.secho(f"     {line}", fg="yellow")
    if answer.note:
        click.secho(f"     {answer.note}", dim=True)
    for precedent in answer.precedents:
        click.echo(f"   - {_quoted(precedent.evidence, *_told(precedent))}")
        click.secho(f"     {'；'.join(precedent.why)}", dim=True)


def _told(precedent: Precedent) -> tuple[str, str]:
    """Where a precedent is from and when, what was guessed marked."""
    place, date = (f"{value}？" if value and name in precedent.guessed else value
                   for name, value in (("place", precedent.place), ("date", precedent.date)))  # fmt: skip
    return place, date


def _quoted(evidence: Evidence, *about: str) -> str:
    origin = "，".join(part for part in about if part)
    return f"{evidence.sentence}（{origin + '，' if origin else ''}《{evidence.title}》）"
