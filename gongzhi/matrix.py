"""The command that sets places against topics."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from gongzhi.options import json_option, library_option, printer
from gongzhi.usage import Command

if TYPE_CHECKING:
    from search.matrix import Count, Matrix


@click.command(cls=Command)
@click.option(
    "--topic", "topics", multiple=True, metavar="做法", help="一项做法或一个问句，可以写几次；不写则由资料库选。"
)
@click.option("--province", default="", metavar="省", help="只看这个省的地方。")
@click.option("--level", type=click.Choice(["", "province", "city", "county", "enterprise"]), default="", metavar="层级",
              help="只要这一层级：province、city、county、enterprise；默认省、市、县。")  # fmt: skip
@click.option("--order", type=click.Choice(["code", "most"]), default="code", metavar="code|most",
              help="按地区，或提到项数多的在前。")  # fmt: skip
@library_option
@json_option
def matrix(
    topics: tuple[str, ...], province: str, level: str, order: Any, library: Path, as_json: bool
) -> None:  # fmt: skip
    """地方与做法对照：每个地方说到每项做法几句。

    数字是已开展的句数，“在”是正在开展，“拟”是计划开展，· 是未提及（不等于未开展）。

    如 gongzhi matrix --topic 职工书屋 --topic 送清凉 --province 湖北省。
    """
    from gongzhi.settings import engine

    printer(as_json).matrix(engine(library).matrix(topics, province, level, order))


def show_matrix(found: "Matrix") -> None:
    """The matrix on a terminal."""
    from gongzhi.grid import grid

    if found.rows:
        grid(
            "地方",
            *(f"{column.topic}（{column.places}）" for column in found.topics),
            rows=((row.place, *map(_cell, row.cells)) for row in found.rows),
        )
    if found.left_out:
        click.echo(f"一次最多 {len(found.topics)} 项，没有列入：{'、'.join(found.left_out)}。")
    said = f"{len(found.rows)} 个地方" if found.rows else "没有一处提到"
    click.echo(f"查了 {found.documents} 份文献，{said}；· 是未提及，未提及不等于未开展。")


def _cell(cell: "Count") -> str:
    parts = ((cell.done, ""), (cell.ongoing, "在"), (cell.planned, "拟"))
    return " ".join(f"{number}{word}" for number, word in parts if number) or "·"
