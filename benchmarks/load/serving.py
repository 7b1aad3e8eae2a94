"""A real server under load: searches over HTTP at 16 connections, a document added and removed while they are answered."""

import asyncio
import json
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.parse import quote, urlsplit
from urllib.request import urlopen

from load.places import reporter
from load.words import fields
from search.metrics import percentile

ROOT = Path(__file__).parent.parent.parent
CONNECTIONS = 16
_QUERIES = 5_000
_SECONDS = 8.0
_PATIENCE = 1800.0  # seconds to wait for what was added to be found, and for a server to start
_ALONE = "鲲鹏絮语"  # stands in no other document
_ADDED = (
    f"云浮市总工会2024年工作总结\n\n　　一年来，全市各级工会开展“{_ALONE}”行动12场，服务一线职工3400人次，得到各方好评。\n\n"
    "　　一、推进职工阅读，服务发展大局\n\n　　在车间设立图书角46个，组织读书分享会83场，参加职工5200人次。\n"
)
_LUA = """
local paths, at = {}, 0
for line in io.lines(os.getenv("PATHS")) do paths[#paths + 1] = line end
local threads = 0
function setup(thread) thread:set("first", threads * 2311); threads = threads + 1 end
function init() at = first end
function request() at = at + 1; return wrk.format("GET", paths[at % #paths + 1]) end
"""


def paths(seed: int = 1) -> list[str]:
    """Searches over the API, each for another place and thing."""
    chance = random.Random(f"{seed}:paths")
    labels = [label for table in fields() for label in sorted(set(table))]
    asked = (f"{reporter(chance).short}{chance.choice(labels)}" for _ in range(_QUERIES))
    return [f"/api/search?q={quote(query)}" for query in dict.fromkeys(asked)]


@contextmanager
def server(library: Path) -> Iterator[tuple[str, int]]:
    """Serves a library: the server's address and the id of its process."""
    command = [sys.executable, "-m", "gongzhi", "serve", "--library", str(library), "--port", "0"]
    alone = {"PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1", "GONGZHI_QUERIES": "off"}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT, env=os.environ | alone) as process:
        assert process.stdout is not None
        try:
            address = re.search(r"http://[\d.:]+", process.stdout.readline())
            assert address is not None, "gongzhi serve 没有启动"
            with urlopen(f"{address[0]}/api/search?q=%E8%81%8C%E5%B7%A5", timeout=_PATIENCE):
                yield address[0], process.pid
        finally:
            process.terminate()


@dataclass
class Load:
    """What clients saw: (begun, ended, whether it was answered), in seconds of the clock."""

    seen: list[tuple[float, float, bool]] = field(default_factory=list)
    stopped: bool = False

    async def client(self, address: str, asked: Sequence[str], first: int) -> None:
        """One connection that asks one question after another until it is stopped."""
        at = first
        parts = urlsplit(address)
        streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None
        while not self.stopped:
            begun = time.perf_counter()
            at += 1
            try:
                streams = streams or await asyncio.open_connection(parts.hostname, parts.port)
                answered = await _get(*streams, asked[at % len(asked)], parts.netloc)
            except (OSError, asyncio.IncompleteReadError, ValueError):
                answered, streams = False, None
            self.seen.append((begun, time.perf_counter(), answered))
        if streams is not None:
            streams[1].close()

    def told(self) -> dict[str, float]:
        """Requests, those that failed, per second, p50 and p99 in ms, the longest time without any answer in s."""
        times = [(ended - begun) * 1e3 for begun, ended, _ in self.seen]
        ends = sorted(ended for _, ended, _ in self.seen)
        return {
            "requests": len(ends),
            "failed": sum(not answered for *_, answered in self.seen),
            "per_second": (len(ends) - 1) / (ends[-1] - ends[0]),
            "p50": percentile(times, 0.5),
            "p99": percentile(times, 0.99),
            "slowest": max(times) / 1e3,
            "pause": max(after - before for before, after in pairwise(ends)),
        }


async def _get(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, path: str, host: str) -> bool:
    writer.write(f"GET {path} HTTP/1.1\r\nHost: {host}\r\n\r\n".encode())
    head = await reader.readuntil(b"\r\n\r\n")
    length = re.search(rb"(?i)content-length: *(\d+)", head)
    if length is None:
        raise ValueError("an answer without its length")
    await reader.readexactly(int(length[1]))
    return head.startswith(b"HTTP/1.1 200")


async def _asked(address: str, seconds: float) -> Load:
    load, asked = Load(), paths()
    step = len(asked) // CONNECTIONS
    clients = [asyncio.create_task(load.client(address, asked, n * step)) for n in range(CONNECTIONS)]
    await asyncio.sleep(seconds)
    load.stopped = True
    await asyncio.gather(*clients)
    return load


def throughput(address: str, seconds: float = _SECONDS) -> dict[str, float | str]:
    """Searches per second at 16 connections: by wrk where it is installed, else by a client in Python."""
    wrk = shutil.which("wrk")
    if wrk is None:
        return {"tool": "asyncio", **asyncio.run(_asked(address, seconds)).told()}
    with tempfile.TemporaryDirectory() as scratch:
        script, asked = Path(scratch) / "ask.lua", Path(scratch) / "paths"
        script.write_text(_LUA, "utf-8")
        asked.write_text("\n".join(paths()), "utf-8")
        told = ""
        for span in (seconds, seconds):  # the first only to get warm: processes open the library beside
            command = [wrk, "-t2", f"-c{CONNECTIONS}", f"-d{span:.0f}s", "--latency", "-s", str(script), address]
            environment = os.environ | {"PATHS": str(asked)}
            told = subprocess.run(command, check=True, capture_output=True, text=True, env=environment).stdout
    wrong = re.search(r"Non-2xx or 3xx responses: (\d+)", told)
    return {
        "tool": "wrk",
        "requests": _number(r"(\d+) requests in", told),
        "failed": float(wrong[1]) if wrong else 0.0,
        "per_second": _number(r"Requests/sec:\s+([\d.]+)", told),
        "p50": _milliseconds("50%", told),
        "p99": _milliseconds("99%", told),
    }


def _number(pattern: str, told: str) -> float:
    found = re.search(pattern, told)
    assert found is not None, told
    return float(found[1])


def _milliseconds(share: str, told: str) -> float:
    found = re.search(rf"{share}\s+([\d.]+)(us|ms|s|m)\b", told)
    assert found is not None, told
    return float(found[1]) * {"us": 1e-3, "ms": 1, "s": 1e3, "m": 6e4}[found[2]]


async def _begin(*words: str) -> asyncio.subprocess.Process:
    """Starts ``gongzhi``."""
    return await asyncio.create_subprocess_exec(
        sys.executable, "-m", "gongzhi", *words, cwd=ROOT, env=os.environ | {"PYTHONPATH": str(ROOT)},
        stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
    )  # fmt: skip


async def _command(*words: str) -> float:
    """Runs ``gongzhi``; its seconds."""
    begun = time.perf_counter()
    process = await _begin(*words)
    _, errors = await process.communicate()
    assert process.returncode == 0, errors.decode()
    return time.perf_counter() - begun


async def _until(address: str, there: bool) -> tuple[float, int]:
    """Seconds until the added document is found, or isn't any more, by a request each tenth of a second; how many of
    these requests failed."""

    def found() -> bool | None:
        try:
            with urlopen(f"{address}/api/search?q={quote(_ALONE)}", timeout=_PATIENCE) as answer:
                return any(_ALONE in hit["text"] for hit in json.load(answer)["hits"])
        except HTTPError:
            return None

    begun, failed = time.perf_counter(), 0
    while (now := await asyncio.to_thread(found)) is not there:
        failed += now is None
        assert time.perf_counter() - begun < _PATIENCE, "what was added is not found"
        await asyncio.sleep(0.1)
    return time.perf_counter() - begun, failed


async def _changed(address: str, library: Path, file: Path) -> dict[str, float]:
    """Seconds until a document that is added is found, and until it is gone when it is removed. What the commands do after
    that (the glossary of a large library is settled) is interrupted, as it may be."""
    told = {"probes_failed": 0.0}
    for name, there, words in (
        ("add", True, ("ingest", str(file), "--library", str(library))),
        ("remove", False, ("remove", file.name, "--library", str(library))),
    ):
        command = await _begin(*words)
        told[name], failed = await _until(address, there)
        told["probes_failed"] += failed
        with suppress(ProcessLookupError):
            command.send_signal(signal.SIGINT)
        await command.communicate()
    return told


async def _swapped(address: str, library: Path, file: Path) -> dict[str, float]:
    load, asked = Load(), paths()
    step = len(asked) // CONNECTIONS
    clients = [asyncio.create_task(load.client(address, asked, n * step)) for n in range(CONNECTIONS)]
    await asyncio.sleep(2)
    before = load.told()["pause"]
    changed = await _changed(address, library, file)
    await asyncio.sleep(2)
    load.stopped = True
    await asyncio.gather(*clients)
    return {**load.told(), "pause_before": before, **changed}


def process(library: Path, term: str, times: int = 5) -> float:
    """Seconds of ``gongzhi term`` as a process of its own: the quickest of so many."""

    async def quickest() -> float:
        return min([await _command("term", term, "--library", str(library)) for _ in range(times)])

    return asyncio.run(quickest())


def measure(library: Path) -> dict[str, Any]:
    """Throughput; one document added and removed while nobody asks, and while 16 connections do; memory."""
    with tempfile.TemporaryDirectory() as scratch, server(library) as (address, process):
        file = Path(scratch) / "添一份.txt"
        file.write_text(_ADDED, "utf-8")
        told: dict[str, Any] = {"http": throughput(address)}
        told["alone"] = asyncio.run(_changed(address, library, file))
        told["swap"] = asyncio.run(_swapped(address, library, file))
        status = Path(f"/proc/{process}/status").read_text()
        told["memory"] = {
            key: int(status.split(f"{key}:")[1].split()[0]) / 1024 for key in ("VmHWM", "RssAnon", "RssFile")
        }
    return told
