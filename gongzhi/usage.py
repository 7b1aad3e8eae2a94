"""Chinese words for what click says in English: help headings and usage errors."""

from collections.abc import Iterable, Sequence
from typing import Any

import click

_TYPES = {"INTEGER RANGE": "个数", "INTEGER": "整数", "[default: ": "[默认 ", "[required]": "[必须写]"}
_HEADINGS = {"Options": "选项", "Commands": "命令", "Arguments": "参数"}


class Formatter(click.HelpFormatter):
    """Help with Chinese headings."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        args = args.replace("[OPTIONS]", "[选项]").replace("COMMAND [ARGS]...", "命令 …")
        super().write_usage(prog, args, "用法：")

    def write_heading(self, heading: str) -> None:
        self.write(f"{'':>{self.current_indent}}{_HEADINGS.get(heading, heading)}：\n")

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        chinese = [(_in_chinese(names), _in_chinese(told)) for names, told in rows]
        super().write_dl(chinese, col_max, col_spacing)


def _in_chinese(text: str) -> str:
    for english, chinese in _TYPES.items():
        text = text.replace(english, chinese)
    return text


class Context(click.Context):
    formatter_class = Formatter


class Command(click.Command):
    context_class = Context

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = "显示用法并退出。"
        return option


class Group(Command, click.Group):
    command_class = Command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and self.get_command(ctx, args[0]) is None and not args[0].startswith("-"):
            raise click.UsageError(f"没有命令“{args[0]}”{_near(args[0], self.list_commands(ctx))}", ctx)
        return super().resolve_command(ctx, args)


def _near(word: str, known: Sequence[str]) -> str:
    from difflib import get_close_matches

    near = get_close_matches(word, known)
    return f"，是不是 {'、'.join(near)}" if near else ""


def _wanted(parameter: click.Parameter | None) -> str:
    """What a parameter takes, in Chinese."""
    kind = parameter.type if parameter is not None else None
    if isinstance(kind, click.Choice):
        return f"应为 {'、'.join(map(str, filter(None, kind.choices)))} 之一"
    if isinstance(kind, click.IntRange):
        return f"应为不小于 {kind.min} 的整数" if kind.max is None else f"应为 {kind.min} 到 {kind.max} 的整数"
    if isinstance(kind, click.Path) and not kind.exists:
        return "应为文件名，不是目录"
    if isinstance(kind, click.Path):
        return (
            "应为能读的文件或目录"
            if kind.dir_okay and kind.file_okay
            else f"应为已有的{'目录' if kind.dir_okay else '文件'}"
        )
    return "应为能读的文件" if isinstance(kind, click.File) else "应为整数"


def explain(error: click.ClickException) -> str:
    """One Chinese line for a usage error: what is wrong and where the usage stands."""
    ctx: Any = getattr(error, "ctx", None)
    where = f"。用 {ctx.command_path} --help 看用法。" if ctx is not None else "。"
    if isinstance(error, click.NoSuchOption):
        return f"没有选项 {error.option_name}{_near(error.option_name, error.possibilities or [])}{where}"
    if isinstance(error, click.BadOptionUsage):
        return f"选项 {error.option_name} 后面要写的没有写全{where}"
    if isinstance(error, click.MissingParameter):
        name = error.param.make_metavar(ctx) if error.param is not None and ctx is not None else "参数"
        return f"缺少 {name}{where}"
    if isinstance(error, click.BadParameter):
        name = error.param.get_error_hint(ctx) if error.param is not None and ctx is not None else "参数"
        return f"{name} 的值不对，{_wanted(error.param)}{where}"
    return error.format_message().rstrip(".。") + where
