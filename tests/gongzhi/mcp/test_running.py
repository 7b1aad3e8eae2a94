"""The command as an assistant starts it: over standard input and output, and over HTTP."""

import os
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import anyio
import pytest
from mcp import Client, StdioServerParameters, stdio_client

ARGUMENTS = ["-m", "gongzhi", "mcp", "--library"]
ROOT = Path(__file__).parents[3]


def environment() -> dict[str, str]:
    kept = {key: value for key, value in os.environ.items() if not key.startswith("GONGZHI_")}
    return kept | {"PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"}


def test_an_assistant_starts_it_and_asks(folder: Path, tmp_path: Path) -> None:
    started = StdioServerParameters(
        command=sys.executable, args=[*ARGUMENTS, str(folder)], env=environment(), cwd=tmp_path
    )

    async def ask() -> list[Any]:
        with (tmp_path / "errors").open("w") as errors:
            async with Client(stdio_client(started, errlog=errors)) as client:
                tools = await client.list_tools()
                answers = [await client.call_tool(name, arguments) for name, arguments in (
                    ("term", {"label": "四季行动"}), ("term", {"label": "没有的词"}), ("search", {"query": "驿站", "limit": 0}),
                )]  # fmt: skip
                return [tools, *answers]

    tools, term, missing, wrong = anyio.run(ask)
    assert len(tools.tools) == 7
    assert term.structured_content["explanations"][0]["components"][0] == "春风行动"
    assert missing.is_error and "没有的词" in missing.content[0].text
    assert wrong.is_error and "limit 不能小于 1" in wrong.content[0].text
    assert (tmp_path / "errors").read_text("utf-8") == ""


def test_a_missing_library_is_told_in_one_line(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, *ARGUMENTS, str(tmp_path / "none")],
        env=environment(), cwd=tmp_path, capture_output=True, text=True, stdin=subprocess.DEVNULL, check=False,
    )  # fmt: skip
    assert done.returncode == 1 and done.stdout == ""
    assert "资料库" in done.stderr and len(done.stderr.splitlines()) == 1


def test_what_is_no_message_ends_nothing(folder: Path, tmp_path: Path) -> None:
    """Rubbish on standard input is no reason to stop, nor to write anything but messages."""
    done = subprocess.run(
        [sys.executable, *ARGUMENTS, str(folder)],
        env=environment(), cwd=tmp_path, capture_output=True, text=True, check=False,
        input='rubbish\n{"jsonrpc": "2.0"}\n[]\n\x00\n{"jsonrpc": "2.0", "id": 1, "method": "ping"}\n',
    )  # fmt: skip
    assert done.returncode == 0
    assert all(line.startswith('{"jsonrpc"') for line in done.stdout.splitlines())
    assert "Traceback" not in done.stderr


def test_without_the_package_it_says_what_to_install(tmp_path: Path) -> None:
    """As on a machine where the extra isn't installed: ``mcp`` can't be imported."""
    script = (
        "import sys\nsys.modules['mcp'] = None\nsys.modules['mcp_types'] = None\n"
        "sys.argv = ['gongzhi', 'mcp']\nfrom gongzhi.cli import main\nmain()\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], env=environment(), cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1 and "pip install 'gongzhi[mcp]'" in done.stderr


def test_the_package_is_imported_only_when_it_runs() -> None:
    script = "import sys, gongzhi.cli; print([name for name in sys.modules if name.split('.')[0].startswith('mcp')])"
    done = subprocess.run([sys.executable, "-c", script], env=environment(), capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@contextmanager
def served(folder: Path, cwd: Path) -> Iterator[str]:
    command = [sys.executable, *ARGUMENTS, str(folder), "--http", "--port", "0"]
    with subprocess.Popen(command, env=environment(), cwd=cwd, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        line = process.stdout.readline()
        yield line.split("在 ")[1].split(" 启动")[0]
        process.terminate()


def test_over_http_only_this_machine_is_served(folder: Path, tmp_path: Path) -> None:
    async def ask(address: str) -> Any:
        async with Client(address) as client:
            return await client.call_tool("term", {"label": "四季行动"})

    with served(folder, tmp_path) as address:
        assert address.startswith("http://127.0.0.1:") and address.endswith("/mcp")
        assert anyio.run(ask, address).structured_content["explained"]
        for headers in ({"Host": "evil.example"}, {"Origin": "http://evil.example"}):
            request = urllib.request.Request(
                address,
                b"{}",
                {"Content-Type": "application/json", "Accept": "application/json, text/event-stream"} | headers,
            )
            with pytest.raises(urllib.error.HTTPError) as refused:
                urllib.request.build_opener(urllib.request.ProxyHandler({})).open(request)
            assert refused.value.code in (403, 421)
            refused.value.close()
