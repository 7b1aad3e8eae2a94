"""Citations of chosen passages on a terminal, and the passages as a file."""

from pathlib import Path
from typing import Any

import click

from gongzhi.options import json_option, library_option, printer
from gongzhi.usage import Command

_FORMATS = ("docx", "md", "txt", "bib")


@click.command(cls=Command)
@click.argument("ids", nargs=-1, required=True, metavar="段落编号…")
@click.option("--style", type=click.Choice(["official", "plain", "bibtex"]), default="official", show_default=True,
              metavar="official|plain|bibtex", help="公文写法、只写出处、BibTeX。")  # fmt: skip
@click.option("--title", default="", metavar="题目", help="文件的题目。")
@click.option("--output", "-o", type=click.Path(path_type=Path, dir_okay=False), metavar="文件",
              help="连同原文写成文件，格式看后缀：.docx、.md、.txt、.bib。")  # fmt: skip
@library_option
@json_option
def cite(
    ids: tuple[str, ...], style: Any, title: str, output: Path | None, library: Path, as_json: bool
) -> None:  # fmt: skip
    """段落的引文；段落编号见 gongzhi search 每条结果的末尾。"""
    from gongzhi.errors import PassagesMissing
    from gongzhi.settings import engine

    kind: Any = output.suffix.lower().removeprefix(".") if output else ""
    if output and kind not in _FORMATS:
        raise click.UsageError("从文件名看不出格式，后缀请用 .docx、.md、.txt 或 .bib", click.get_current_context())
    chosen = engine(library).quotations(ids)
    if chosen.missing:
        raise PassagesMissing(chosen.missing)
    if output:
        from web.basket import FORMATS, TITLE, Basket, Item, printable
        from web.place_tables import nowhere

        content = FORMATS[kind][2](Basket(tuple(map(Item, chosen.found)), printable(title) or TITLE), nowhere)
        output.write_bytes(content if isinstance(content, bytes) else content.encode())
        click.echo(f"已写入 {output}：{len(chosen.found)} 段。")
    else:
        printer(as_json).quotations(chosen.found, style)
