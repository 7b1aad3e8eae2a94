"""The command that lets assistants ask the library."""

from pathlib import Path

import click

from gongzhi.options import library_option
from gongzhi.usage import Command


@click.command(cls=Command)
@click.option("--http", is_flag=True, help="用 HTTP，只收本机的请求；默认用标准输入输出。")
@click.option(
    "--port", default=8765, show_default=True, type=click.IntRange(0, 65535), metavar="端口", help="--http 的端口。"
)
@library_option
def mcp(http: bool, port: int, library: Path) -> None:
    """让本机的智能助手引用资料库：启动 MCP 服务（要用可选组件 mcp）。

    助手由此能查术语、检索原文、问地方、找先例、查数字、读文献，每个回答都是原句，附出处；只读，不联网。
    配置的写法见 docs/mcp.md。
    """
    from graph.errors import ExtraMissing

    try:
        from gongzhi.mcp.running import over_http, over_stdio
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] not in ("mcp", "mcp_types"):
            raise
        raise ExtraMissing("mcp", "启动 MCP 服务") from error
    if http:
        over_http(library, port)
    else:
        over_stdio(library)
