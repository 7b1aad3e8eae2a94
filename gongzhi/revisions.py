"""What is new in the glossary, for the command line."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from corpus.revisions import Novelty, Revision
from corpus.store import Store
from gongzhi.lessons import moment

_SHOWN = 40
_HEADINGS = {"new": "新收", "changed": "有变化", "gone": "不再收录"}


@dataclass(frozen=True, slots=True)
class Told:
    """A revision with the terms that it tells."""

    revision: Revision
    novelties: tuple[Novelty, ...]


def recent(folder: Path, since: str = "") -> list[Told]:
    """What became of the glossary, the last revision first; from the day ``since`` (2026-01-05) on."""
    with Store.open(folder) as store:
        found = [revision for revision in store.select(Revision) if moment(revision.made)[:10] >= since]
        return [Told(one, tuple(store.select(Novelty, revision=one.ordinal))) for one in found]


def show_recent(found: Sequence[Told]) -> None:
    """Print it for people."""
    if not found:
        click.echo("没有变动。")
    for told in found:
        revision = told.revision
        click.echo(f"{moment(revision.made)}  {'；'.join(revision.details) or '文献有变动'}")
        if revision.first:
            click.echo(f"  建库：{revision.new} 个术语都是新的。")
        for kind, heading in _HEADINGS.items():
            _show(heading, [novelty for novelty in told.novelties if novelty.kind == kind], getattr(revision, kind))
        if revision.used:
            click.echo(f"  只是用到它的文献有增减的 {revision.used} 个。")


def _show(heading: str, lines: Sequence[Novelty], count: int) -> None:
    if lines:
        names = "、".join(n.label + (f"（{'；'.join(n.what)}）" if n.what else "") for n in lines[:_SHOWN])
        click.echo(f"  {heading} {count} 个：{names}{' 等' if count > _SHOWN else ''}")
