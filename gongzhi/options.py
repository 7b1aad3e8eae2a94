"""What the commands share: options, and the printer that they choose."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

Function = TypeVar("Function", bound=Callable[..., Any])


def library_option(function: Function) -> Function:
    """``--library DIR``: the option, else the environment, else ./library."""
    return click.option(
        "--library",
        type=click.Path(path_type=Path),
        envvar="GONGZHI_LIBRARY",
        default=Path("library"),
        metavar="目录",
        help="资料库目录；默认取环境变量 GONGZHI_LIBRARY，再默认 ./library。",
    )(function)


def json_option(function: Function) -> Function:
    """``--json``: print data instead of a table."""
    return click.option("--json", "as_json", is_flag=True, help="输出 JSON。")(function)


def printer(as_json: bool) -> Any:
    """The module that prints answers: tables for people, JSON for programs."""
    if as_json:
        from gongzhi.show import Json

        return Json()
    from gongzhi.tables import Tables

    return Tables()
