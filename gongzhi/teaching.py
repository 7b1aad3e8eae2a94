"""The commands on what people ask and don't find: teaching plain words, and the list of queries without a sure answer."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from gongzhi.options import json_option, library_option, printer
from gongzhi.usage import Command

if TYPE_CHECKING:
    from search.answers import Filters, PlacesAnswer, SearchAnswer

_SHOWN = 50


@click.command(cls=Command)
@click.argument("words", nargs=-1, metavar="[大白话 官方说法]")
@click.option("--list", "listed", is_flag=True, help="列出教过的说法，撤销了的也在内。")
@click.option("--undo", type=int, metavar="编号", help="撤销一个说法，编号见 --list。")
@click.option("--by", default="", envvar="GONGZHI_BY", metavar="谁",
              help="谁教的；默认取环境变量 GONGZHI_BY，再默认登录名。")  # fmt: skip
@click.option("--note", default="", metavar="为什么", help="备注。")
@library_option
@json_option
def teach(
    words: tuple[str, ...], listed: bool, undo: int | None, by: str, note: str, library: Path, as_json: bool
) -> None:
    """没找到？教它一个说法：大白话指的是哪个主题、术语或官方说法。

    如 gongzhi teach 大热天发冰棍 送清凉 --note 常有人问。立即生效，检索和“哪些地方”都认得；重新读入文献后仍然有效，
    随时可以撤销。官方说法要是词表里的主题、术语表里的术语，或文献里用到的字样。
    """
    from corpus.store import Store
    from gongzhi.curation import login
    from graph import teaching

    if bool(words) + listed + (undo is not None) != 1 or len(words) not in (0, 2):
        raise click.UsageError("请写大白话和官方说法各一个（有空格的加引号），或只用 --list、--undo 之一")
    out = printer(as_json)
    with Store.open(library) as store:
        if words:
            out.taught(teaching.teach(store, *words, who=by or login(), note=note))
        elif undo is not None:
            out.untaught(teaching.unteach(store, undo))
        else:
            out.lessons(teaching.lessons(store))


@click.command(cls=Command)
@click.option("--clear", is_flag=True, help="清空。")
@click.option("--limit", default=_SHOWN, show_default=True, type=click.IntRange(1, 500), help="最多几条。")
@library_option
@json_option
def queries(clear: bool, limit: int, library: Path, as_json: bool) -> None:
    """列出没有查到、或没有把握的问题，问得多的在前；教会了、查得到了的自动去掉。

    只记问的话、次数和首末日期，不记是谁问的；电话、证件号、姓名、住址等先隐去，长段文字不记。设环境变量
    GONGZHI_QUERIES=off 就不再记。
    """
    from corpus.store import Store
    from gongzhi.settings import engine
    from search.queries import QueryLog

    log, out = QueryLog(library), printer(as_json)
    Store.open(library).close()
    if clear:
        out.cleared(log.clear())
    else:
        opened = engine(library)
        out.asked(log.listed(lambda asked: not opened.unanswered(asked.query, asked.way), limit))


def note_search(library: Path, answer: "SearchAnswer", given: "Filters") -> None:
    """Keep the query of an answer that isn't sure; ``given`` are the conditions set beside it."""
    from search.queries import unanswered

    if unanswered(answer, given):
        _note(library, answer.query, found=bool(answer.hits))


def note_places(library: Path, answer: "PlacesAnswer", level: str) -> None:
    """Keep a question that no place answers; ``level`` is the condition set beside it."""
    from search.queries import unplaced

    if unplaced(answer, level):
        _note(library, answer.query, places=True)


def _note(library: Path, query: str, *, found: bool = False, places: bool = False) -> None:
    from gongzhi.settings import keeps_queries
    from search.queries import QueryLog

    log = QueryLog(library, kept=keeps_queries())
    log.note(query, way="places" if places else "search", found=found)
    log.close()
