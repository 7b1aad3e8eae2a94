"""What was taught, and what people ask and don't find, as tables."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

import click

from corpus.curation import quoted
from corpus.model import Taught
from gongzhi.grid import grid

if TYPE_CHECKING:
    from search.queries import Asked

_WAYS = {"search": "检索", "places": "哪些地方"}


def moment(made: str) -> str:
    """An ISO 8601 time as the clock on the wall showed it."""
    return f"{datetime.fromisoformat(made).astimezone():%Y-%m-%d %H:%M}"


def show_taught(lesson: Taught) -> None:
    click.echo(f"已教会：{quoted(lesson.label)}按{quoted(lesson.concept)}查（编号 {lesson.ordinal}），现在起有效。")
    click.echo(f"撤销：gongzhi teach --undo {lesson.ordinal}")


def show_untaught(lesson: Taught) -> None:
    click.echo(f"已撤销 {lesson.ordinal}：{quoted(lesson.label)}不再按{quoted(lesson.concept)}查。")


def show_lessons(lessons: Sequence[Taught]) -> None:
    if not lessons:
        click.echo("还没有教过。如 gongzhi teach 大热天发冰棍 送清凉")
        return
    grid("编号", "时间", "谁", "大白话", "官方说法", "备注", "", rows=(
        (
            lesson.ordinal,
            moment(lesson.made),
            lesson.who,
            lesson.label,
            lesson.concept,
            lesson.note,
            f"{moment(lesson.undone)} 撤销" if lesson.undone else "",
        )
        for lesson in lessons
    ))  # fmt: skip


def show_asked(queries: Sequence[Asked]) -> None:
    if not queries:
        click.echo("没有查不到的问题。")
        return
    grid("次数", "问的话", "问法", "查到什么", "首次", "最近", rows=(
        (asked.times, asked.query, _WAYS[asked.way], "没有把握" if asked.found else "没有", asked.first, asked.last)
        for asked in queries
    ))  # fmt: skip
    click.echo("文献里有而叫法不同的，教它：gongzhi teach 大白话 官方说法；没有收进来的，读入有关文献。")
