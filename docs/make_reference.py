"""Write ``docs/cli.md``, ``docs/api.md`` and ``docs/graph.md`` from the program itself: ``python docs/make_reference.py``.

A test fails when they differ from what this makes, so the reference is never out of date.
"""

import tempfile
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent


def commands() -> str:
    """The command line's help, command by command, as Markdown."""
    import click

    from gongzhi.cli import cli
    from gongzhi.usage import Context

    parts = ["# 命令行\n\n由 `docs/make_reference.py` 生成。\n"]
    with Context(cli, info_name="gongzhi", max_content_width=88, terminal_width=88) as top:
        parts.append(f"```text\n{cli.get_help(top)}\n```\n")
        for name in sorted(cli.commands):
            command: click.Command = cli.commands[name]
            with Context(command, info_name=name, parent=top) as ctx:
                parts.append(f"## {name}\n\n```text\n{command.get_help(ctx)}\n```\n")
    return "\n".join(parts)


def _parameters(operation: dict[str, Any], models: dict[str, Any]) -> str:
    names = [f"`{p['name']}`{'（必填）' if p.get('required') else ''}" for p in operation.get("parameters", [])]
    said = "、".join(names) or "—"
    if body := operation.get("requestBody"):
        (kind, content), *_ = body["content"].items()
        schema = content["schema"]
        model = models[schema["$ref"].rpartition("/")[2]] if "$ref" in schema else schema
        need = model.get("required", ())
        fields = "、".join(f"`{name}`{'（必填）' if name in need else ''}" for name in model["properties"])
        said = f"{said}；内容（{'JSON' if kind == 'application/json' else '表单'}）：{fields}"
    return f"{said}；请求头 `Authorization: Bearer 口令`" if operation.get("security") else said


def routes() -> str:
    """The JSON routes, a row each, as Markdown."""
    from corpus.store import Store
    from web.app import create_app

    with tempfile.TemporaryDirectory() as folder:
        Store.open(Path(folder), create=True).close()
        schema = create_app(Path(folder)).openapi()
    models = schema["components"]["schemas"]
    rows = [
        f"| {method.upper()} | `{path}` | {operation.get('summary', '')} | {_parameters(operation, models)} |"
        for path, methods in sorted(schema["paths"].items())
        for method, operation in sorted(methods.items())
    ]
    head = "# 接口\n\n由 `docs/make_reference.py` 生成；完整的类型说明见运行中的 `/openapi.json`。\n"
    return "\n".join([head, "| 方法 | 路径 | 作用 | 参数 |", "|---|---|---|---|", *rows, ""])


def vocabulary() -> str:
    """The kinds of terms, definitions, edges and repairs, as Markdown."""
    from corpus.repairs import KINDS as REPAIRS
    from graph.edges import EDGE_KINDS, NODE_TYPES
    from graph.families import FAMILIES
    from graph.table import KINDS
    from web.words import HOW

    parts = ["# 图谱里的类别\n\n由 `docs/make_reference.py` 生成。\n"]
    for title, names in (
        ("术语的类别", KINDS),
        ("解释的识别依据", FAMILIES),
        ("节点的类别", NODE_TYPES),
        ("边的类别", EDGE_KINDS),
        ("题录的依据", HOW),
        ("整理和存疑的种类", REPAIRS),
    ):
        rows = "\n".join(f"| `{key}` | {name} |" for key, name in names.items())
        parts.append(f"## {title}\n\n| 代号 | 名称 |\n|---|---|\n{rows}\n")
    return "\n".join(parts)


PAGES = {"cli.md": commands, "api.md": routes, "graph.md": vocabulary}

if __name__ == "__main__":
    for name, make in PAGES.items():
        (HERE / name).write_text(make(), "utf-8")
