"""Search side by side with its peers, on the same passages and queries, in one run: ``python benchmarks/search.py``.

Writes ``search.md``. Peers are in ``benchmarks/peers``; they are no part of the product, and those that are not
installed (``pip install -e '.[bench]'``) are named in the report.
Reads the reference corpus, the judged queries and the public sets that lie beside the project. With ``--gold`` (other
judged queries over the same corpus) or ``--only`` the report is printed, and written only where ``--output`` says.
"""

import argparse
import itertools
import json
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "benchmarks")]

from corpus.model import Passage  # noqa: E402
from gongzhi.build import ingest  # noqa: E402
from gongzhi.evaluation import STYLES  # noqa: E402
from peers import PEERS, Searching, Unavailable  # noqa: E402
from peers.product import WHOLE, apart, built, configured, library_of, over, unlikened  # noqa: E402
from search.engine import Engine  # noqa: E402
from search.evaluate import DEPTH, Configuration, Group, Run, compare, configuration, measure, searcher  # noqa: E402
from search.judged import Judged, read_judged, with_texts  # noqa: E402
from search.metrics import interval, mean, paired, percentile  # noqa: E402
from search.ranking import Weights  # noqa: E402

SECTIONS = ("peers", "parts", "weights", "public")
FACTORS = (0.5, 0.75, 1.0, 1.25, 1.5)  # of the published weights: the grid of the cross-validation
TUNED = ("concept", "dense")
FOLDS = 5
HYBRID = configuration("hybrid")
REFERENCE = "参考问题"
WARMING = 200  # headings asked before anything is timed


@dataclass
class Bench:
    """A library, its passages, the sets of judged queries, and what a system did on each set, by system."""

    folder: Path
    engine: Engine
    passages: list[Passage]
    sets: dict[str, list[Judged]]
    runs: dict[tuple[str, str], dict[str, Run]] = field(default_factory=dict)
    costs: dict[tuple[str, str], tuple[float, int | None]] = field(default_factory=dict)
    absent: list[str] = field(default_factory=list)
    start: str = ""

    def ask(self, name: str, setup: str, search: Callable[[str], Sequence[tuple[str, str]]]) -> None:
        """Ask a system every query; the first one of all warms it up."""
        _say(f"{name} {setup}")
        self.runs[name, setup] = {}
        for title, queries in self.sets.items():
            search(queries[0].query)
            self.runs[name, setup][title] = measure(f"{name} {setup}", queries, search)

    def ask_peer(self, name: str, setup: str, searching: Searching) -> None:
        def search(query: str) -> list[tuple[str, str]]:
            return [(self.passages[row].id, self.passages[row].text) for row in searching.search(query, DEPTH)]

        self.ask(name, setup, search)


def _say(text: str) -> None:
    print(f"{time.strftime('%H:%M:%S')} {text}", file=sys.stderr)


def opened(folder: Path, corpus: Path, golds: dict[str, Path]) -> Bench:
    """The library of the corpus, made anew, with our own runs."""
    _say("建库")
    ingest(folder, sorted(corpus.glob("*.txt")))
    engine, seconds, size = built(folder)
    passages = engine.store.shown(Passage)
    texts = {passage.id: passage.text for passage in passages}
    bench = Bench(
        folder, engine, passages, {name: with_texts(read_judged(gold), texts) for name, gold in golds.items()}
    )
    bench.costs[WHOLE, ""] = seconds, size
    engine.close()
    bench.engine, bench.start = _started(folder, next(iter(bench.sets.values()))[0].query)
    # A server has answered others before: its memory of passages is warm, the queries are new to it.
    headings = dict.fromkeys(heading for passage in passages for heading in passage.headings)
    for heading in list(headings)[:WARMING]:
        bench.engine.search(heading)
    bench.ask(WHOLE, "", searcher(bench.engine, HYBRID))
    return bench


def _started(folder: Path, query: str) -> tuple[Engine, str]:
    """An engine whose indexes are there, and what opening it and its first answer took."""
    started = time.perf_counter()
    engine = Engine.open(folder)
    ready = time.perf_counter()
    engine.search(query)
    first = time.perf_counter() - ready
    return engine, f"工知打开资料库（索引已有）{ready - started:.2f} 秒，打开后的第一问 {first * 1e3:.0f} 毫秒。"


def ask_parts(bench: Bench) -> None:
    """Ours without each part."""
    for setup, chosen in configured().items():
        bench.ask(WHOLE, setup, searcher(bench.engine, chosen))
    with apart():
        bench.ask(WHOLE, "不合并相同的段落", searcher(bench.engine, HYBRID))
    with unlikened():
        engine = Engine.open(bench.folder)
    bench.ask(WHOLE, "认概念不用向量", searcher(engine, HYBRID))
    engine.close()


def ask_peers(bench: Bench) -> None:
    texts = [passage.text for passage in bench.passages]
    for peer in PEERS:
        with tempfile.TemporaryDirectory() as temporary:
            started = time.perf_counter()
            try:
                searching = peer.make(texts, Path(temporary))
            except ImportError as error:
                bench.absent.append(f"{peer.name}（{peer.setup}）：没有装（{error.name}）")
                continue
            except Unavailable as reason:
                bench.absent.append(f"{peer.name}（{peer.setup}）：{reason}")
                continue
            bench.costs[peer.name, peer.setup] = time.perf_counter() - started, searching.size
            bench.ask_peer(peer.name, peer.setup, searching)


def results(bench: Bench, title: str, systems: Sequence[tuple[str, str]]) -> Iterator[str]:
    """The table of a set of queries: ours first, then these systems, and the test of ours against each."""
    ours = bench.runs[WHOLE, ""][title]
    styles = [group.style for group in ours.groups[1:]]
    names = " | ".join(STYLES.get(style, style) for style in styles)
    yield f"| 系统 | 设置 | nDCG@10（95% 区间） | {names} | MRR | 召回@10 | p50 | p95 | 工知领先（95% 区间） | p | 胜/平/负 |"
    yield "|" + "---|" * (10 + len(styles))
    shown = {key: bench.runs[key][title] for key in ((WHOLE, ""), *systems)}
    best = {style: max(round(run.figures[f"ndcg10_{style}"], 3) for run in shown.values()) for style in styles}
    for (name, setup), run in shown.items():
        whole = run.groups[0]
        by_style = " | ".join(_marked(run.figures[f"ndcg10_{style}"], best[style]) for style in styles)
        row = (
            f"| {name} | {setup or '**全部**'} | {_figure(whole)} | {by_style} | {run.figures['mrr']:.3f} "
            f"| {run.figures['recall10']:.3f} | {whole.p50:.1f} | {whole.p95:.1f} | "
        )
        if not setup and name == WHOLE:
            yield row + "| | |"
            continue
        test = compare(ours, run).contrasts[0].test
        yield (
            f"{row}{test.difference:+.3f}（{test.low:+.3f}～{test.high:+.3f}） | {_p(test.p)} "
            f"| {test.wins}/{test.ties}/{test.losses} |"
        )


def _marked(value: float, best: float) -> str:
    return f"**{value:.3f}**" if round(value, 3) == best else f"{value:.3f}"


def _figure(group: Group) -> str:
    figure = group.figures["ndcg10"]
    return f"{figure.mean:.3f}（{figure.low:.3f}～{figure.high:.3f}）"


def _p(p: float) -> str:
    return "<0.001" if p < 0.001 else f"{p:.3f}"


def by_style(bench: Bench, title: str, systems: Sequence[tuple[str, str]]) -> Iterator[str]:
    """nDCG@10 with its interval, style by style."""
    groups = bench.runs[WHOLE, ""][title].groups
    yield (
        "| 系统 | 设置 | " + " | ".join(f"{STYLES.get(g.style, g.style)}（{g.queries} 问）" for g in groups[1:]) + " |"
    )
    yield "|" + "---|" * (1 + len(groups))
    for name, setup in ((WHOLE, ""), *systems):
        cells = " | ".join(_figure(group) for group in bench.runs[name, setup][title].groups[1:])
        yield f"| {name} | {setup or '**全部**'} | {cells} |"


def costs(bench: Bench) -> Iterator[str]:
    yield "| 系统 | 设置 | 建索引（秒） | 索引（MB） |"
    yield "|---|---|---|---|"
    for (name, setup), (seconds, size) in bench.costs.items():
        yield f"| {name} | {setup} | {seconds:.2f} | {'—' if size is None else f'{size / 1e6:.1f}'} |"


def cross_validated(bench: Bench, queries: Sequence[Judged]) -> Iterator[str]:
    """nDCG@10 where each fold is scored with the weights that were best on the other folds."""
    published = Weights()
    cells = list(itertools.product(FACTORS, repeat=len(TUNED)))
    table = []
    for cell in cells:
        values = {name: getattr(published, name) * factor for name, factor in zip(TUNED, cell, strict=True)}
        chosen = Configuration("cell", weights=replace(published, **values))
        run = measure("cell", queries, searcher(bench.engine, chosen))
        table.append([outcome.measures["ndcg10"] for outcome in run.outcomes])
    held: list[float] = []
    picked = []
    for part in range(FOLDS):
        inside = [i for i in range(len(queries)) if i % FOLDS != part]
        best = max(range(len(cells)), key=lambda cell: sum(table[cell][i] for i in inside))
        picked.append(cells[best])
        held += [table[best][i] for i in range(len(queries)) if i % FOLDS == part]
    means = [statistics.fmean(row) for row in table]
    weights = "、".join(f"{name} {getattr(published, name):g}" for name in TUNED)
    yield (
        f"公布的权重（{weights}）得 {means[cells.index((1.0,) * len(TUNED))]:.3f}；各乘以 "
        f"{'、'.join(f'{factor:g}' for factor in FACTORS)} 的 {len(cells)} 种组合得 {min(means):.3f} 到 {max(means):.3f}。"
        f"{FOLDS} 折交叉验证（每折用别的折上最好的权重）得 **{statistics.fmean(held):.3f}**，各折选中的倍数："
        + "、".join("×".join(f"{factor:g}" for factor in cell) for cell in picked)
        + "。"
    )


def public(path: Path, folder: Path) -> Iterator[str]:
    """A public retrieval set: first and tenth rank, and the test against BM25 (bm25s)."""
    data: dict[str, Any] = json.loads(path.read_text("utf-8"))
    passages, queries = data["passages"], data["queries"]
    library_of(folder / "library", path.stem, passages)
    engine, _, _ = built(folder / "library")
    systems: list[tuple[str, str, Searching]] = [
        (WHOLE, setup, over(engine, chosen))
        for setup, chosen in (
            ("**全部**", HYBRID),
            ("不要概念", configuration("no-concept")),
            ("只按字词", configuration("lexical")),
        )
    ]
    for number, peer in enumerate(peer for peer in PEERS if peer.public):
        (folder / str(number)).mkdir()
        try:
            systems.append((peer.name, peer.setup, peer.make(passages, folder / str(number))))
        except ImportError:
            continue
    found = {}
    for name, setup, searching in systems:
        _say(f"{path.stem} {name} {setup}")
        found[name, setup] = _asked(searching, queries)
    bar = next((hits for (name, _), hits in found.items() if name == "bm25s"), None)
    for (name, setup), (first, ten, times) in found.items():
        cells = [f"{mean(values):.3f}（{_between(values)}）" for values in (first, ten)]
        told = ["", ""]
        if bar and (first, ten) != bar[:2]:
            tests = [paired(values, other) for values, other in zip((first, ten), bar[:2], strict=True)]
            told = [f"{test.difference:+.3f}，p {_p(test.p)}" for test in tests]
        ms = percentile(times, 0.5)
        yield f"| {name} | {setup} | {cells[0]} | {told[0]} | {cells[1]} | {told[1]} | {ms:.1f} |"
    engine.close()


def _asked(searching: Searching, queries: Iterable[dict[str, Any]]) -> tuple[list[float], list[float], list[float]]:
    """For each query: is a relevant passage first (0 or 1), is one among ten, milliseconds."""
    first, ten, times = [], [], []
    for query in queries:
        started = time.perf_counter()
        rows = list(searching.search(query["q"], DEPTH))
        times.append((time.perf_counter() - started) * 1e3)
        relevant = set(query["rel"])
        first.append(float(bool(relevant & set(rows[:1]))))
        ten.append(float(bool(relevant & set(rows[:DEPTH]))))
    return first, ten, times


def _between(values: Sequence[float]) -> str:
    low, high = interval(values)
    return f"{low:.3f}～{high:.3f}"


def report(bench: Bench, sections: Sequence[str], public_sets: Path) -> Iterator[str]:
    if "parts" in sections:
        ask_parts(bench)
    parts = [key for key in bench.runs if key[0] == WHOLE and key[1]]
    if "peers" in sections:
        ask_peers(bench)
    peers = [key for key in bench.runs if key[0] != WHOLE]
    yield "# 检索效果：与同类并排"
    yield ""
    yield (
        f"由 `python benchmarks/search.py` 一次跑成：参考语料 {len(bench.passages)} 段，同样的段落、同样的问题、同一台机器"
        f"（{os.cpu_count()} 核），各取前十段。同类只看段落正文（连标题一起给，它们反而低一些），分词按各自最好的简单设置，"
        "自己的默认设置另列。各类问题里最高的加粗。用时是毫秒；工知的用时含理由和高亮。区间是 95% 自助区间，p 是成对随机化检验。"
        "指标的定义见 [docs/evaluate.md](../docs/evaluate.md)。"
    )
    for title, queries in bench.sets.items():
        yield from ("", f"## {title}：{len(queries)} 个判好的问题", "")
        yield from results(bench, title, peers)
        if parts:
            yield from ("", "工知去掉一部分：", "")
            yield from results(bench, title, parts)
        yield from ("", "各类问题的 nDCG@10 与区间：", "")
        yield from by_style(bench, title, [*peers, *parts])
        if "weights" in sections:
            yield ""
            yield from cross_validated(bench, queries)
    if bench.absent:
        yield from ("", "没能测的：" + "；".join(bench.absent) + "。")
    yield from ("", "## 建索引", "")
    yield from costs(bench)
    yield from ("", bench.start)
    if "public" in sections:
        yield from ("", "## 公开数据集：词表帮不上的地方")
        for path in sorted(public_sets.glob("*.json")):
            data = json.loads(path.read_text("utf-8"))
            yield from (
                "",
                f"{data['name']}：{len(data['queries'])} 问，{len(data['passages'])} 段，每段一份文献。",
                "",
            )
            yield "| 系统 | 设置 | R@1 | 比 BM25 | R@10 | 比 BM25 | p50 |"
            yield "|---|---|---|---|---|---|---|"
            with tempfile.TemporaryDirectory() as temporary:
                yield from public(path, Path(temporary))


def main() -> None:
    shared = ROOT.parent / "shared"
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", type=Path, default=shared / "corpus")
    parser.add_argument("--gold", type=Path, nargs="+", metavar="FILE")
    parser.add_argument("--public", type=Path, default=shared / "benchmarks")
    parser.add_argument("--only", nargs="+", choices=SECTIONS, metavar="SECTION", help=" ".join(SECTIONS))
    parser.add_argument("--output", type=Path)
    options = parser.parse_args()
    output = options.output or (None if options.gold or options.only else Path(__file__).with_suffix(".md"))
    with tempfile.TemporaryDirectory() as temporary:
        golds = {path.stem: path for path in options.gold or []} or {REFERENCE: shared / "gold"}
        bench = opened(Path(temporary) / "library", options.corpus, golds)
        made = "\n".join(report(bench, options.only or SECTIONS, options.public)) + "\n"
        bench.engine.close()
    if output:
        output.write_text(made, "utf-8")
    print(made)


if __name__ == "__main__":
    main()
