"""The commands on the vocabulary: its terms, what people change in them, and what is to be checked."""

import sys
from pathlib import Path
from typing import Any

import click

from gongzhi.options import json_option, library_option, printer
from gongzhi.usage import Command

_PAIR: dict[str, Any] = {"nargs": 2, "multiple": True, "default": ()}
_ONE: dict[str, Any] = {"multiple": True, "default": ()}


@click.command(cls=Command)
@click.argument("words", nargs=-1, metavar="[术语]")
@click.option("--kind", default="", metavar="类别", help="只列一类：项目、品牌、荣誉、机制、机构、提法、概念、指标。")
@click.option("--status", type=click.Choice(["", "explained", "unexplained"]), default="",
              metavar="explained|unexplained", help="只列有解释的，或没有解释的。")  # fmt: skip
@click.option("--add", metavar="名", help="新增一个文献里有、而没有收的术语。", **_ONE)
@click.option("--reject", metavar="名", help="不收：它不是术语，文中不再标出。", **_ONE)
@click.option("--confirm", metavar="名", help="看过，照收：不再列为候选。", **_ONE)
@click.option("--rename", metavar="旧名 新名", help="改名；旧名成为别名。", **_PAIR)
@click.option("--merge", metavar="名 并入", help="合并：前一个并入后一个。", **_PAIR)
@click.option(
    "--split", metavar="名 别名", help="拆出：别名独立成词；同时给 --sentence，就拆出那一句所说的意思。", **_PAIR
)
@click.option(
    "--sentence", default="", metavar="句子开头", help="与 --split 同用：要拆出的意思，写它的一句解释的开头。"
)
@click.option("--alias", metavar="名 别名", help="加别名。", **_PAIR)
@click.option("--unalias", metavar="名 别名", help="去别名。", **_PAIR)
@click.option("--set-kind", metavar="名 类别", help="改类别。", **_PAIR)
@click.option("--prefer", metavar="名 句子开头", help="选定解释：这一句排在最前。", **_PAIR)
@click.option("--broader", metavar="名 上位术语", help="加上位术语。", **_PAIR)
@click.option("--no-broader", metavar="名 上位术语", help="去掉上位术语。", **_PAIR)
@click.option("--related", metavar="名 相关术语", help="加相关术语。", **_PAIR)
@click.option("--no-related", metavar="名 相关术语", help="去掉相关术语。", **_PAIR)
@click.option("--by", default="", envvar="GONGZHI_BY", metavar="谁",
              help="谁改的；默认取环境变量 GONGZHI_BY，再默认登录名。")  # fmt: skip
@click.option("--note", default="", metavar="为什么", help="备注。")
@click.option(
    "--new", is_flag=True, help="每次导入、移出、编辑以后，哪些术语是新收的、有变化的、不再收录的，最近的在前。"
)
@click.option("--since", default="", metavar="日期", help="与 --new 同用：只要这一天起的，如 2026-01-05。")
@click.option("--history", is_flag=True, help="列出编辑记录；写出术语，只列和它有关的。")
@click.option("--undo", type=int, metavar="编号", help="撤销一次编辑，编号见 --history。")
@click.option("--batch", is_flag=True, help="与 --undo 同用：同一条命令所做的一起撤销。")
@library_option
@json_option
def terms(
    words: tuple[str, ...], kind: str, status: str, sentence: str, by: str, note: str, new: bool, since: str, history: bool,
    undo: int | None, batch: bool, library: Path, as_json: bool, **said: Any,
) -> None:  # fmt: skip
    """列出术语，写出几个字就只列含有它们的；收得不对的可以编辑。

    如 gongzhi terms --merge 四季送 四季歌 --by 张三 --note 同一项工作。一条命令里可以写几处编辑，一处不成就都不改。
    编辑跟着术语走，不改原文，重新读入文献后仍然有效；术语不在库里时留着，记作“未用上”。
    """
    from gongzhi import curation, revisions

    changes = curation.changes(said, sentence)
    if bool(changes) + new + history + (undo is not None) > 1 or (batch and undo is None) or (since and not new):
        raise click.UsageError(
            "编辑、--new、--history、--undo 只能用一样，--batch 与 --undo 同用，--since 与 --new 同用"
        )
    if (changes or new or undo is not None) and words:
        raise click.UsageError(f"多出了 {' '.join(words)}")
    out = printer(as_json)
    if changes:
        out.edited(curation.edit(library, changes, by, note))
    elif undo is not None:
        out.undone(curation.undo(library, undo, batch=batch))
    elif new:
        out.recent(revisions.recent(library, since))
    elif history:
        out.edits(curation.history(library, " ".join(words)))
    else:
        out.terms(curation.listed(library, " ".join(words), kind, status))


@click.command(cls=Command)
@click.option("--strict", is_flag=True, help="有提示也算不通过。")
@library_option
@json_option
def lint(strict: bool, library: Path, as_json: bool) -> None:
    """检查词表：一名两词、上位成环、没有用到的别名、项数不合的解释、未用上的编辑等。

    有错误时退出码为 1，只有提示时为 0。
    """
    from corpus.store import Store
    from graph.lint import lint as check

    with Store.open(library) as store:
        findings = check(store)
    printer(as_json).findings(findings)
    sys.exit(1 if any(strict or finding.severity == "error" for finding in findings) else 0)
