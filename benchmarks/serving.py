"""How much the server answers, how soon, and how soon it and the commands are there.

    python -P benchmarks/serving.py 资料库 [--seconds 5] [--workers 2] > benchmarks/serving.md

A server of its own is asked over kept connections by one client process, which asks again on each of them as soon as it is
answered. No query comes twice: they are made from the labels of the lexicon, terms are those of the library. Nothing of
this is limited by the server (only logins and summaries are, ``web.gate``, ``web.allowance``), so nothing is switched off.
CPU is that of the server's processes, from /proc; what the client takes of the machine is a column of its own.
"""

import argparse
import asyncio
import json
import os
import random
import resource
import signal
import statistics
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import cycle
from pathlib import Path
from urllib.parse import quote

from corpus.lexicon import lexicon

# Where Python may not keep modules compiled, every process that is measured would compile ours again.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

CONNECTIONS = (1, 4, 16, 64)
STARTS = 5
PORT = 8941
FORMS = (
    "{a}", "{a}", "{a}怎么做", "{p}{a}", "{a} {b}", "{a}的做法和成效", "怎样开展{a}", "{p}的{a}和{b}", "{a}方面有哪些经验",
    "围绕{a}推进{b}", "{p} {a}", "职工反映{a}怎么解决", "近年来{a}取得的成绩",
)  # fmt: skip
PLACES = ("荆州市", "武汉", "宜昌市", "湖北省", "河南", "北京市", "山东省", "上海", "郑州", "2019年", "2018-2023")
QUESTIONS = (
    "哪些城市有{a}？",
    "哪些地方开展了{a}？",
    "哪些省搞了{a}？",
    "哪些城市的{a}和{b}做得好？",
    "哪些县建立了{a}？",
)
NAMES = {
    "search": "检索 `/api/search`",
    "places": "哪些地方 `/api/places`",
    "term": "术语 `/api/terms/{label}`",
    "suggest": "联想 `/api/terms?q=`",
    "home": "首页 `/`",
}


def labels() -> list[str]:
    """The official words and the plain ones of the lexicon."""
    return sorted({label for concept in lexicon() for label in (*concept.official, *concept.hidden_labels)})


def made(forms: tuple[str, ...], wanted: int) -> list[str]:
    """Distinct queries."""
    chance, words, found = random.Random(8), labels(), dict[str, None]()
    while len(found) < wanted:
        a, b = chance.sample(words, 2)
        found[chance.choice(forms).format(a=a, b=b, p=chance.choice(PLACES))] = None
    return list(found)


def typed(terms: list[str]) -> list[str]:
    """What stands in the search box while names are typed."""
    words = (word[:end] for word in (*terms, *labels()) for end in range(1, len(word) + 1))
    found = list(dict.fromkeys(words))
    random.Random(8).shuffle(found)
    return found


def asked(terms: list[str]) -> dict[str, list[str]]:
    """Kind → addresses."""
    return {
        "search": [f"/api/search?q={quote(query)}" for query in made(FORMS, 40_000)],
        "places": [f"/api/places?q={quote(query)}" for query in made(QUESTIONS, 10_000)],
        "term": [f"/api/terms/{quote(label, safe='')}" for label in terms],
        "suggest": [f"/api/terms?q={quote(query)}" for query in typed(terms)],
        "home": ["/"],
    }


# ---------------------------------------------------------------------- the client
class Connection(asyncio.Protocol):
    """Asks, and asks again when the answer is there, until the time is over."""

    def __init__(self, paths: Iterator[str], ends: float, took: list[float], wrong: list[int]) -> None:
        self._paths, self._ends, self._took, self._wrong = paths, ends, took, wrong
        self._held = bytearray()
        self._missing = -1
        self.done = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        self._ask()

    def _ask(self) -> None:
        self._began = time.perf_counter()
        if self._began >= self._ends:
            self._transport.close()
            return
        self._transport.write(f"GET {next(self._paths)} HTTP/1.1\r\nHost: 127.0.0.1:{PORT}\r\n\r\n".encode())

    def data_received(self, data: bytes) -> None:
        if self._missing < 0:
            self._held += data
            end = self._held.find(b"\r\n\r\n")
            if end < 0:
                return
            head = bytes(self._held[:end]).lower()
            length = int(head.partition(b"content-length: ")[2].partition(b"\r\n")[0])
            if b" 200 " not in head[:20]:
                self._wrong.append(int(head[9:12]))
            self._missing = length - (len(self._held) - end - 4)
            self._held.clear()
        else:
            self._missing -= len(data)
        if self._missing == 0:
            self._took.append(time.perf_counter() - self._began)
            self._missing = -1
            self._ask()

    def connection_lost(self, exc: Exception | None) -> None:
        self.done.set_result(None)


async def load(paths: Iterator[str], connections: int, seconds: float) -> tuple[list[float], list[int]]:
    took: list[float] = []
    wrong: list[int] = []
    ends, loop = time.perf_counter() + seconds, asyncio.get_running_loop()
    opened = [
        await loop.create_connection(lambda: Connection(paths, ends, took, wrong), "127.0.0.1", PORT)
        for _ in range(connections)
    ]
    await asyncio.gather(*(connection.done for _, connection in opened))
    return took, wrong


# ---------------------------------------------------------------------- the server
@contextmanager
def serving(library: Path, workers: int) -> Iterator[subprocess.Popen[bytes]]:
    command = [sys.executable, "-m", "gongzhi", "serve", "--library", str(library), "--port", str(PORT)]
    server = subprocess.Popen([*command, "--workers", str(workers)], stdout=subprocess.DEVNULL)
    try:
        yield server
    finally:
        server.send_signal(signal.SIGINT)
        server.wait()


def first_answer(path: str) -> str:
    while True:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{PORT}{path}", timeout=60) as answer:
                text: str = answer.read().decode()
                return text
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.002)


def processes(root: int) -> dict[int, tuple[float, float]]:
    """Process → (seconds of CPU, resident MiB): the server and all that it started."""
    parents, found = dict[int, int](), dict[int, tuple[float, float]]()
    tick, page = os.sysconf("SC_CLK_TCK"), os.sysconf("SC_PAGE_SIZE")
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            held = (folder / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        pid = int(folder.name)
        parents[pid] = int(held[1])
        found[pid] = ((int(held[11]) + int(held[12])) / tick, int(held[21]) * page / 2**20)
    ours = {root}
    while more := {pid for pid, parent in parents.items() if parent in ours} - ours:
        ours |= more
    return {pid: found[pid] for pid in ours}


def measured(server: int, paths: Iterator[str], connections: int, seconds: float) -> str:
    """The cells of a row."""
    before, own = processes(server), time.process_time()
    took, wrong = asyncio.run(load(paths, connections, seconds))
    after, own = processes(server), time.process_time() - own
    cpu = sum(seconds for seconds, _ in after.values()) - sum(seconds for seconds, _ in before.values())
    cuts = statistics.quantiles(took, n=100, method="inclusive") if len(took) > 1 else took * 99
    each = [len(took) / seconds, cuts[49] * 1e3, cuts[98] * 1e3, cpu / len(took) * 1e3, own / len(took) * 1e3]
    return " | ".join([f"{each[0]:,.0f}", *(f"{value:.2f}" for value in each[1:]), str(len(wrong))])


# ---------------------------------------------------------------------- the report
def throughput(library: Path, workers: int, seconds: float) -> None:
    with serving(library, workers) as server:
        first_answer("/readyz")
        while f"gongzhi_answerers {workers}\n" not in first_answer("/metrics"):
            time.sleep(0.1)
        suggested = json.loads(first_answer("/api/terms?limit=5000"))["suggestions"]
        kinds = {kind: cycle(paths) for kind, paths in asked([row["label"] for row in suggested]).items()}
        for paths in kinds.values():
            asyncio.run(load(paths, 4, 1))
        print(f"\n## 另开 {workers} 个进程\n")
        print(
            "| 问什么 | 连接 | 每秒答 | 中位（毫秒） | p99（毫秒） | 服务器 CPU（毫秒/次） | 客户端 CPU | 不是 200 的 |"
        )
        print("|---|---|---|---|---|---|---|---|")
        for kind, paths in kinds.items():
            for connections in CONNECTIONS:
                print(f"| {NAMES[kind]} | {connections} | {measured(server.pid, paths, connections, seconds)} |")
        memory = ", ".join(f"{size:.0f}" for _, size in sorted(processes(server.pid).values(), reverse=True))
        print(f"\n内存（MiB，主进程和另开的各进程）：{memory}。", flush=True)


def starts(library: Path) -> None:
    print("\n## 启动\n")
    print("| 做什么 | 最快（秒） | 中位（秒） | CPU（秒） |")
    print("|---|---|---|---|")
    search = f"/api/search?q={quote('送温暖')}"
    for name, path in (("/healthz", "/healthz"), ("/api/search", search), ("/", "/")):
        rows = []
        for _ in range(STARTS):
            began = time.perf_counter()
            with serving(library, 0) as server:
                first_answer(path)
                rows.append((time.perf_counter() - began, processes(server.pid)[server.pid][0]))
        shown(f"`gongzhi serve` 到答出 `{name}`", rows)
    given = ["--library", str(library)]
    for command in (["--help"], ["term", "四大会战", *given], ["search", "送温暖", *given],
                    ["places", "哪些城市有职工服务中心？", *given]):  # fmt: skip
        rows = []
        for _ in range(STARTS):
            before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
            subprocess.run([sys.executable, "-m", "gongzhi", *command], stdout=subprocess.DEVNULL, check=True)
            took, after = time.perf_counter() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
            rows.append((took, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime))
        shown(f"`gongzhi {' '.join(command[:2]).removesuffix(' --library')}`", rows)


def shown(name: str, rows: list[tuple[float, float]]) -> None:
    times = [took for took, _ in rows]
    print(
        f"| {name} | {min(times):.2f} | {statistics.median(times):.2f} | {min(cpu for _, cpu in rows):.2f} |",
        flush=True,
    )


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("library", type=Path)
    parser.add_argument("--seconds", type=float, default=5)
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--only", choices=["starts", "throughput"])
    chosen = parser.parse_args()
    print("# 服务器答得多快\n")
    print(
        f"`python -P benchmarks/serving.py`：{os.cpu_count()} 个处理器核，每格 {chosen.seconds:g} 秒，问句不重复；客户端在同一台机器上。"
    )
    if chosen.only != "throughput":
        starts(chosen.library)
    if chosen.only != "starts":
        for workers in dict.fromkeys((chosen.workers, 0)):
            throughput(chosen.library, workers, chosen.seconds)


if __name__ == "__main__":
    main()
