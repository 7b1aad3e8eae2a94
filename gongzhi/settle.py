"""The command that settles a large library, where an ingestion was interrupted before it did."""

from pathlib import Path

import click

from gongzhi.options import json_option, library_option
from gongzhi.usage import Command


@click.command(cls=Command)
@library_option
@json_option
def settle(library: Path, as_json: bool) -> None:
    """补做全库术语、释义和关系的整理。

    大的资料库里增减少量文件，先让新文件能查到，随后再整理全库；第一次读入大批文件，也是先入库、再整理。整理时被打断，用这个命令接着做，下次读入文件时也会一并做完。
    """
    import json

    from gongzhi import build, show

    with show.progress(enabled=not as_json) as progress:
        waited = build.settle(library, progress=progress)
    if as_json:
        click.echo(json.dumps({"library": str(library), "waited": waited, "settled": True}, ensure_ascii=False))
    else:
        click.echo("已整理好全库的术语和关系。" if waited else "全库的术语和关系都是最新的，没有要整理的。")
