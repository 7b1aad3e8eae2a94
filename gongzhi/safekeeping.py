"""The commands that write a backup of a library and put one back."""

from pathlib import Path

import click

from gongzhi.options import json_option, library_option, printer
from gongzhi.usage import Command


@click.command(cls=Command)
@click.argument("file", required=False, type=click.Path(path_type=Path), metavar="[文件]")
@click.option("--force", is_flag=True, help="文件已经有了就覆盖。")
@library_option
@json_option
def backup(file: Path | None, force: bool, library: Path, as_json: bool) -> None:
    """备份：把整个资料库写成一个文件；正在使用、正在读入时也可以做。

    不写文件，就在当前目录按时间取名；写目录，就放在那个目录里。更正、术语编辑、教过的说法都在内；读者问过的问题不在内。
    """
    from gongzhi import show
    from gongzhi.backup import backup as make
    from gongzhi.backup import default_name

    target = Path(default_name()) if file is None else file / default_name() if file.is_dir() else file
    with show.progress(enabled=not as_json) as progress:
        manifest = make(library, target, force=force, progress=progress)
    printer(as_json).backed_up(target, manifest)


@click.command(cls=Command)
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False), metavar="文件")
@click.option("--force", is_flag=True, help="资料库里已有内容也替换；原来的留作备份，放在资料库目录里。")
@library_option
@json_option
def restore(file: Path, force: bool, library: Path, as_json: bool) -> None:
    """恢复：先核对备份是否完好，再一次换上；中途打断，资料库保持原样。正在运行的网页自动用上新的内容。"""
    from gongzhi import show
    from gongzhi.backup import restore as put_back

    with show.progress(enabled=not as_json) as progress:
        restored = put_back(library, file, force=force, progress=progress)
    printer(as_json).restored(library, restored)
