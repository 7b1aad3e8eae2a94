"""The commands on the network: looking at it, taking it out, reading an edited glossary back."""

from pathlib import Path

import click

from gongzhi.options import json_option, library_option, printer
from gongzhi.usage import Command


@click.command(cls=Command)
@click.argument("label", default="", metavar="[术语]")
@click.option("--depth", default=1, show_default=True, type=click.IntRange(1, 3), help="走几步。")
@click.option("--kind", "kinds", multiple=True, metavar="关系",
              help="只走一种关系，用名称（组成部分）或代号（has_component）；可写几次。")  # fmt: skip
@click.option("--to", default="", metavar="术语", help="到另一个术语的最短路径，每一步附原句。")
@library_option
@json_option
def graph(label: str, depth: int, kinds: tuple[str, ...], to: str, library: Path, as_json: bool) -> None:
    """看术语之间的关系：写出术语，列出它周围的术语、地方和文献，附理由和原句；不写则给出全图概况。"""
    from gongzhi import graph as network

    if ((to or kinds) and not label) or (to and kinds):
        raise click.UsageError("--to、--kind 要与术语同用，只能用一样")
    if to:
        printer(as_json).walk(network.between(library, label, to))
    elif label:
        printer(as_json).walk(network.around(library, label, depth, kinds))
    else:
        printer(as_json).network(network.glance(library))


_FORMS = ("graphml", "json", "csv", "skos.ttl", "jsonld")


@click.command(cls=Command)
@click.argument("form", type=click.Choice(_FORMS), metavar="|".join(_FORMS))
@click.option("--output", "-o", type=click.Path(path_type=Path), metavar="文件", help="写到文件；默认标准输出。")
@library_option
def export(form: str, output: Path | None, library: Path) -> None:
    """导出术语、地方与文献的网络（GraphML、node-link JSON），或术语表（CSV、SKOS 的 Turtle 和 JSON-LD）。

    改过的 CSV、SKOS 用 gongzhi import 读回。
    """
    from corpus.store import Store
    from graph.export import FORMS

    with Store.open(library) as store:
        text = FORMS[form](store)
    if output is None:
        click.echo(text, nl=False)
    else:
        # Excel takes a CSV file for UTF-8 only where it begins with a byte order mark.
        output.write_text(text, "utf-8-sig" if form == "csv" else "utf-8", newline="")
        click.echo(f"已写到 {output}。")


@click.command("import", cls=Command)
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False), metavar="文件")
@click.option("--dry-run", is_flag=True, help="只说会改什么，不改。")
@click.option("--by", default="", envvar="GONGZHI_BY", metavar="谁",
              help="谁改的；默认取环境变量 GONGZHI_BY，再默认登录名。")  # fmt: skip
@click.option("--note", default="", metavar="为什么", help="备注；默认写文件名。")
@library_option
@json_option
def import_(file: Path, dry_run: bool, by: str, note: str, library: Path, as_json: bool) -> None:
    """读回导出后改过的术语表（CSV、Turtle、JSON-LD），改动记成编辑，一处不成就都不改。

    可以改名称、别名、类别、上位术语、相关术语和首选；删去一行是不收，添一行（编号留空）是新增。原句照文献，不能改。
    每处编辑都可以用 gongzhi terms --undo 撤销。
    """
    from gongzhi import importing

    if dry_run:
        printer(as_json).imported(importing.comparison(library, file), made=False)
    else:
        printer(as_json).imported(importing.import_(library, file, by, note), made=True)
