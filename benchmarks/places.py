"""Place questions on judged sets: score, ablations, calibration, errors. Writes ``places.md`` and ``places.svg``.

``python benchmarks/places.py`` reads the reference corpus and the judged questions beside the project; ``--questions FILE``
(again and again) adds more. ``--fit`` also prints the constants of ``search.calibration`` as these questions give them.
Causes of errors were judged by hand; they are kept in ``places.jsonl`` by a digest of question and place, since no judged
question or answer may stand in the project.
"""

import argparse
import copy
import hashlib
import importlib.util
import json
import os
import statistics
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

# Threads of BLAS wait for each other longer than such small products take.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import numpy as np

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from corpus.lexicon import lexicon  # noqa: E402
from corpus.store import Store  # noqa: E402
from gongzhi.build import ingest  # noqa: E402
from search.cache import Cache  # noqa: E402
from search.calibration import FITTED, Calibration  # noqa: E402
from search.concepts import ConceptIndex  # noqa: E402
from search.embedders import open_embedder  # noqa: E402
from search.matching import Matcher  # noqa: E402
from search.nearness import Nearness  # noqa: E402
from search.places import PlaceFinder  # noqa: E402
from search.questions import Question, parse_question, topic_question  # noqa: E402
from search.segments import Layout  # noqa: E402
from search.topics import Topic  # noqa: E402

CAUSES = Path(__file__).with_name("places.jsonl")
_COVERED = 0.7  # share of a quote's 4-grams by which a sentence is known to be the judged one
_BINS = (0.5, 0.6, 0.7, 0.8, 0.9, 1.001)
_ALL = replace(FITTED, threshold=0.02)
_REPEATED = 3


def _load(path: Path) -> Any:
    """The scoring program beside the project: names of places are compared as it does."""
    spec = importlib.util.spec_from_file_location("score", path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@dataclass(frozen=True)
class Judged:
    """A question with the keys of the places that did it, and of those that neither count nor hurt."""

    id: str
    query: str
    want: frozenset[str]
    free: frozenset[str]
    quotes: tuple[str, ...]
    source: str

    @property
    def question(self) -> Question:
        return parse_question(self.query) or topic_question(self.query)


@dataclass(frozen=True)
class Result:
    """How a question was answered: scores, and (place, confidence, right) of every place said to have done it."""

    judged: Judged
    f1: float
    strict: float
    precision: float
    recall: float
    missing: frozenset[str]
    wrong: frozenset[str]
    places: tuple[tuple[str, float, bool], ...]


class Bench:
    """A library ready to be asked in several ways."""

    def __init__(self, folder: Path, questions: Sequence[Judged], place_key: Callable[[str], str]) -> None:
        self.questions, self._key = questions, place_key
        self.store, self.embedder = Store.open(folder), open_embedder()
        self.whole = ConceptIndex(lexicon(), self.embedder)
        self.words = ConceptIndex(lexicon())
        self._finder = PlaceFinder(self.store, self.whole)
        self.index = self._finder._matcher.index
        self.near = Nearness.of(self.index, Layout.of(self.store, Cache(folder)), self.embedder)
        self.own = cache(self._own)

    def of_its_own(self, judged: Judged) -> frozenset[str]:
        """The concepts a question is about: those with a label of two or more characters in its topic or alternatives,
        official or plain, and the one that its topic is linked to best."""
        question = judged.question
        texts = (question.topic, *question.alternatives)
        standing = {c.label for t in texts for x in self.words.standing(t) if len(x.label) > 1 for c in x.concepts}
        return frozenset(standing | {c.label for c, _ in self.words.link(question.topic)[:1]})

    def _own(self, judged: Judged) -> tuple[ConceptIndex, ConceptIndex]:
        kept = [concept for concept in lexicon() if concept.label not in self.of_its_own(judged)]
        return ConceptIndex(kept, self.embedder), ConceptIndex(kept)

    def matcher(self, judged: Judged, kind: str, own: bool, calibration: Calibration = FITTED) -> Matcher:
        """``kind``: words (no lexicon, no vectors), concepts (no vectors), vectors (no lexicon), all."""
        if kind in ("words", "vectors"):
            return Matcher(self.index, ConceptIndex(()), self.near if kind == "vectors" else None, calibration)
        with_vectors, without = self.own(judged) if own else (self.whole, self.words)
        return Matcher(self.index, *((with_vectors, self.near) if kind == "all" else (without, None)), calibration)

    def ask(self, judged: Judged, matcher: Matcher, threshold: float | None = None) -> Result:
        finder = copy.copy(self._finder)
        finder._matcher = matcher
        sure: dict[str, float] = {}
        for answer in finder.answer(judged.query).answers:
            if answer.status == "done" and (threshold is None or answer.confidence >= threshold):
                key = self._key(answer.place)
                sure[key] = max(sure.get(key, 0), answer.confidence)
        done, want = set(sure), judged.want
        right, wrong, missing = done & want, done - want - judged.free, want - done
        precision = len(right) / (len(right) + len(wrong)) if right or wrong else float(not want)
        recall = len(right) / len(want) if want else 1.0
        f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
        if not want and not wrong:
            f1 = 1.0
        strict = 2 * len(right) / (len(done) + len(want)) if done or want else 1.0
        places = tuple((key, p, key in want) for key, p in sure.items() if key in want or key not in judged.free)
        return Result(judged, f1, strict, precision, recall, frozenset(missing), frozenset(wrong), places)

    def run(self, kind: str, own: bool) -> list[Result]:
        return [self.ask(judged, self.matcher(judged, kind, own)) for judged in self.questions]


@dataclass(frozen=True)
class Example:
    """Sentences of one question with what speaks for them: the columns, whether each is right, how much it weighs."""

    judged: Judged
    columns: Any
    right: Any
    weights: Any


class Fitting:
    """Fits the calibration to judged sentences; a question can be left out."""

    def __init__(self, bench: Bench, grams: Callable[[str], set[str]], norm: Callable[[str], str]) -> None:
        self._bench = bench
        self.weights = cache(self._weights)
        claims = bench.index.claims(range(bench.index.size))
        texts = {number: norm(claim.text) for number, claim in claims.items()}
        keys = {number: bench._key(claim.place) if claim.place else "" for number, claim in claims.items()}
        self._examples: list[Example] = []
        for judged in bench.questions:
            quotes = [grams(quote) for quote in judged.quotes]
            other = judged.want | judged.free | {""}
            truth = {
                number: any(sum(gram in text for gram in quote) >= _COVERED * len(quote) for quote in quotes)
                for number, text in texts.items()
            }
            known = {n: right for n, right in truth.items() if right or keys[n] not in other}
            for own in (False, True):
                matcher = bench.matcher(judged, "all", own)
                topic = matcher.reader.read(judged.question)
                if not topic.exact and (example := self._example(judged, matcher, topic, known)):
                    self._examples.append(example)

    def _example(self, judged: Judged, matcher: Matcher, topic: Topic, known: dict[int, bool]) -> Example | None:
        clauses, evidence = matcher.evidence(topic)
        best: dict[int, int] = {}
        sure = FITTED.confidence(evidence)
        for row, clause in enumerate(clauses):
            claim = int(self._bench.index.owners[clause])
            if claim in known and (claim not in best or sure[row] > sure[best[claim]]):
                best[claim] = row
        if not best:
            return None
        right = np.array([known[claim] for claim in best], float)
        # A question with three hundred wrong sentences must not outweigh the others.
        wrong = min(1.0, 3 * max(right.sum(), 3) / max(len(right) - right.sum(), 1))
        return Example(judged, evidence.columns()[list(best.values())], right, np.where(right == 1, 1, wrong))

    def _weights(self, without: Judged | None = None) -> tuple[float, ...]:
        """The weights and the constant that fit best, with a little ridge."""
        chosen = [example for example in self._examples if example.judged is not without]
        columns = np.concatenate([example.columns for example in chosen])
        right = np.concatenate([example.right for example in chosen])
        return _logistic(columns, right, np.concatenate([example.weights for example in chosen]))

    def held_out(self, own: bool) -> Iterator[tuple[Judged, Result]]:
        """Every question answered by a model that was fitted to the others; all places, however unsure."""
        for judged in self._bench.questions:
            *weights, constant = self.weights(judged)
            model = Calibration(tuple(weights), constant, 1.0, 0.0, _ALL.threshold)
            yield judged, self._bench.ask(judged, self._bench.matcher(judged, "all", own, model))


def _logistic(columns: Any, right: Any, weights: Any, ridge: float = 1.0) -> tuple[float, ...]:
    """Newton's method for a weighted logistic regression; the constant, last, has no ridge."""
    rows = np.c_[columns, np.ones(len(columns))]
    penalty = np.r_[np.full(rows.shape[1] - 1, ridge), 1e-6]
    found = np.zeros(rows.shape[1])
    for _ in range(30):
        p = 1 / (1 + np.exp(-rows @ found))
        slope = rows.T @ (weights * (p - right)) + penalty * found
        found -= np.linalg.solve((rows.T * (weights * p * (1 - p))) @ rows + np.diag(penalty), slope)
    return tuple(float(value) for value in found)


def read(path: Path, key: Callable[[str], str]) -> list[Judged]:
    """The judged questions of a file."""
    found = []
    for line in path.read_text("utf-8").splitlines():
        if not line.strip():
            continue
        row = json.loads(line)
        want = frozenset(key(answer["place"]) for answer in row["answers"] if answer.get("place"))
        free = frozenset(key(answer["place"]) for answer in row.get("borderline", []) if answer.get("place"))
        quotes = tuple(answer["quote"] for answer in row["answers"])
        found.append(Judged(row["id"], row["query"], want, free - want, quotes, path.stem))
    return found


def mean(results: Sequence[Result], name: str) -> float:
    """Macro average of one score."""
    return statistics.fmean(getattr(result, name) for result in results)


def _row(name: str, results: Sequence[Result]) -> str:
    cells = (f"{mean(results, score):.3f}" for score in ("f1", "strict", "precision", "recall"))
    return f"| {name} | " + " | ".join(cells) + " |"


def _by_source(results: Iterable[Result]) -> dict[str, list[Result]]:
    found: dict[str, list[Result]] = defaultdict(list)
    for result in results:
        found[result.judged.source].append(result)
    return found


def bent(pairs: Sequence[tuple[float, bool]]) -> tuple[float, float]:
    """Slope and shift that make confidences of places shares right (Platt 1999)."""
    odds = np.array([[np.log(p / (1 - p))] for p, _ in pairs])
    slope, shift = _logistic(odds, np.array([float(right) for _, right in pairs]), np.ones(len(pairs)))
    return slope, shift


def reliability(pairs: Sequence[tuple[float, bool]]) -> tuple[list[tuple[float, float, float, int]], float, float]:
    """(from, mean confidence, share right, places) by bin; expected calibration error; Brier score."""
    bins = []
    for low, high in zip((0.0, *_BINS), _BINS, strict=False):
        inside = [(p, right) for p, right in pairs if low <= p < high]
        if inside:
            share = statistics.fmean(right for _, right in inside)
            bins.append((low, statistics.fmean(p for p, _ in inside), share, len(inside)))
    error = sum(count * abs(p - share) for _, p, share, count in bins) / len(pairs)
    return bins, error, statistics.fmean((p - right) ** 2 for p, right in pairs)


def diagram(bins: Sequence[tuple[float, float, float, int]]) -> str:
    """The reliability diagram: confidence across, share right upwards, areas of dots by places."""
    side, edge = 300, 40
    most = max(count for *_, count in bins)
    dots = "".join(
        f'<circle cx="{edge + p * side:.1f}" cy="{edge + (1 - share) * side:.1f}" r="{4 + 10 * (n / most) ** 0.5:.1f}">'
        f"<title>把握 {p:.2f}，对 {share:.0%}，{n} 处</title></circle>"
        for _, p, share, n in bins
    )
    ticks = "".join(
        f'<text x="{edge + t * side / 10}" y="{edge + side + 16}" text-anchor="middle">{t / 10:.1f}</text>'
        f'<text x="{edge - 6}" y="{edge + side - t * side / 10 + 4}" text-anchor="end">{t / 10:.1f}</text>'
        for t in range(0, 11, 2)
    )
    whole = side + 2 * edge
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {whole} {whole}" font-size="11" role="img">'
        "<title>把握与答对的份额</title>"
        f'<rect x="{edge}" y="{edge}" width="{side}" height="{side}" fill="none" stroke="#999"/>'
        f'<line x1="{edge}" y1="{edge + side}" x2="{edge + side}" y2="{edge}" stroke="#999" stroke-dasharray="4"/>'
        f'<g fill="#1f5f8b" fill-opacity=".75">{dots}</g>{ticks}'
        f'<text x="{edge + side / 2}" y="{whole - 6}" text-anchor="middle">把握</text>'
        f'<text x="12" y="{edge - 12}">答对的份额</text></svg>\n'
    )


def timing(bench: Bench) -> str:
    """Time of an answer with everything in memory."""
    finder = copy.copy(bench._finder)
    finder._matcher = Matcher(bench.index, bench.whole, bench.near)
    took = []
    for number in range(_REPEATED):
        for judged in bench.questions:
            start = time.perf_counter()
            finder.answer(judged.query)
            if number:
                took.append(1e3 * (time.perf_counter() - start))
    took.sort()
    return f"| {took[len(took) // 2]:.1f} | {took[int(0.95 * len(took))]:.1f} |"


def _digest(query: str, place: str) -> str:
    """What an error goes by in ``places.jsonl``."""
    return hashlib.sha256(f"{query}\n{place}".encode()).hexdigest()[:16]


def errors(results: Sequence[Result]) -> Iterator[str]:
    """Errors by cause, as far as they were judged."""
    causes = {}
    for line in CAUSES.read_text("utf-8").splitlines():
        row = json.loads(line)
        causes[row["error"]] = row["cause"]
    found: Counter[tuple[str, str]] = Counter()
    for result in results:
        for kind, places in (("漏", result.missing), ("错", result.wrong)):
            found.update((kind, causes.get(_digest(result.judged.query, place), "未判")) for place in places)
    yield "| 漏或错 | 原因 | 处 |"
    yield "|---|---|---|"
    for (kind, cause), count in sorted(found.items(), key=lambda pair: (pair[0][0], -pair[1])):
        yield f"| {kind} | {cause} | {count} |"


def lines(bench: Bench, fitting: Fitting, output: Path) -> Iterator[str]:
    """The report; writes the diagram beside it."""
    yield "# 地点问题"
    yield ""
    yield (
        f"由 `python benchmarks/places.py` 生成：参考语料 {bench.index.size} 条事项，{len(bench.questions)} 个判好的问题"
        "（只读，不进项目）。分数按题平均；“严格”把计划和别的级别答成已做也算错。"
    )
    yield ""
    yield (
        "“去掉本题主题”：凡有两字以上的说法（官方的或口头的）写在问题里的概念，加上问题最像的那个概念，从词表中拿掉再问。"
        "自带的句向量是用整个词表训练的，所以这一行对用了向量的做法偏高；“只看字词”不受影响。"
    )
    if {"dev", "held"} & {judged.source for judged in bench.questions}:
        yield ""
        yield (
            "places 是项目旁的判定题。dev、held 两组由一人读完 38 份文献写成，写的人没有看过程序和它的答案；题目不随项目发布。"
            "dev 用来改规则、定常数；held 不用来定常数，只在取舍个别改动时看过总分，所以最接近没有见过的题，仍略偏高。"
        )
    for source, questions in _by_source(_empty(bench.questions)).items():
        yield from ["", f"## {source}（{len(questions)} 问）", ""]
        yield "| 用什么找 | F1 | 严格 | 准确 | 召回 |"
        yield "|---|---|---|---|---|"
        chosen = [result.judged for result in questions]
        for name, kind, own in (
            ("只看字词", "words", False),
            ("字词 + 概念", "concepts", False),
            ("**字词 + 概念 + 向量**", "all", False),
            ("字词 + 概念，去掉本题主题", "concepts", True),
            ("**全部，去掉本题主题**", "all", True),
            ("字词 + 向量，没有词表", "vectors", False),
        ):
            yield _row(name, [bench.ask(judged, bench.matcher(judged, kind, own)) for judged in chosen])
    held = {own: list(fitting.held_out(own)) for own in (False, True)}
    # Names in quotation marks have a confidence of their own, which nothing is fitted to.
    pairs = [(p, ok, judged) for own in held for judged, r in held[own] for _, p, ok in r.places if 0 < p < 0.97]
    bending = {
        judged.id: bent([(p, ok) for p, ok, other in pairs if other is not judged]) for judged in bench.questions
    }
    yield from ["", "## 留一题交叉验证", ""]
    yield (
        "权重和折算都由别的题定出，再答这一题（每题两遍：词表齐全、去掉本题主题）。上面的表用的是由 places 和 dev 两组定出的常数。"
    )
    yield ""
    yield "| 题 | F1 | 严格 | 准确 | 召回 |"
    yield "|---|---|---|---|---|"
    for own, name in ((False, "词表齐全"), (True, "去掉本题主题")):
        again = []
        for judged in bench.questions:
            *weights, constant = fitting.weights(judged)
            model = Calibration(tuple(weights), constant, *bending[judged.id], FITTED.threshold)
            again.append(bench.ask(judged, bench.matcher(judged, "all", own, model)))
        for source, results in _by_source(again).items():
            yield _row(f"{source}，{name}", results)
    calibrated = [(_bend(p, *bending[judged.id]), ok) for p, ok, judged in pairs]
    calibrated += [(p, ok) for _, r in held[False] for _, p, ok in r.places if p >= 0.97]
    bins, error, brier = reliability(calibrated)
    yield from ["", "## 把握是否可信", "", f"![把握与答对的份额]({output.with_suffix('.svg').name})", ""]
    yield (
        f"同上，留一题：答出的每个地方（门槛 {FITTED.threshold} 以下的也列出，不会答出）一处，把握取最强的一句。"
        f"ECE {error:.3f}，Brier {brier:.3f}。"
    )
    yield ""
    yield "| 把握 | 平均把握 | 对的份额 | 处 |"
    yield "|---|---|---|---|"
    for low, p, share, count in bins:
        high = next(value for value in _BINS if value > low)
        yield f"| {low:.1f}–{min(high, 1):.1f} | {p:.2f} | {share:.2f} | {count} |"
    output.with_suffix(".svg").write_text(diagram(bins), "utf-8")
    first = next(iter(_by_source(_empty(bench.questions))))
    known = [judged for judged in bench.questions if judged.source == first]
    yield from ["", f"## 错在哪里（{first}，词表齐全）", ""]
    yield from errors([bench.ask(judged, bench.matcher(judged, "all", False)) for judged in known])
    yield from ["", "## 用时（BLAS 一个线程）", "", "| p50 毫秒 | p95 毫秒 |", "|---|---|", timing(bench)]


def _bend(p: float, slope: float, shift: float) -> float:
    return float(1 / (1 + np.exp(-(slope * np.log(p / (1 - p)) + shift))))


def _empty(questions: Iterable[Judged]) -> list[Result]:
    return [Result(judged, 0, 0, 0, 0, frozenset(), frozenset(), ()) for judged in questions]


def fitted(bench: Bench, fitting: Fitting) -> Iterator[str]:
    """The constants that all questions give, and F1 by threshold with each question left out."""
    *weights, constant = fitting.weights()
    held = {own: list(fitting.held_out(own)) for own in (False, True)}
    pairs = [(p, ok) for own in held for _, r in held[own] for _, p, ok in r.places if 0 < p < 0.97]
    slope, shift = bent(pairs)
    yield f"weights {[round(w, 2) for w in weights]} constant {constant:.2f} slope {slope:.2f} shift {shift:.2f}"
    exact = [ok for _, r in held[False] for _, p, ok in r.places if p >= 0.97]
    yield f"named exactly: {statistics.fmean(exact):.3f} of {len(exact)}"
    for threshold in (0.3, 0.35, 0.4, 0.5):
        cells = []
        for own in (False, True):
            results = []
            for judged in bench.questions:
                *others, last = fitting.weights(judged)
                model = Calibration(tuple(others), last, slope, shift, float(threshold))
                results.append(bench.ask(judged, bench.matcher(judged, "all", own, model)))
            cells += [f"{source} {mean(rs, 'f1'):.3f}" for source, rs in _by_source(results).items()]
        yield f"threshold {threshold:.2f}: " + "; ".join(cells)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    shared = ROOT.parent / "shared"
    parser.add_argument("--corpus", type=Path, default=shared / "corpus")
    parser.add_argument("--questions", type=Path, action="append", default=[shared / "gold" / "places.jsonl"])
    parser.add_argument("--score", type=Path, default=shared / "tools" / "score.py")
    parser.add_argument("--fit", action="store_true", help="print the constants that the questions give")
    parser.add_argument("--output", type=Path, default=Path(__file__).with_name("places.md"))
    options = parser.parse_args()
    score = _load(options.score)
    questions = [judged for path in options.questions for judged in read(path, score.place_key)]
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        ingest(folder, sorted(options.corpus.glob("*.txt")))
        bench = Bench(folder, questions, score.place_key)
        fitting = Fitting(bench, score.grams, score.norm)
        if options.fit:
            for line in fitted(bench, fitting):
                print(line, flush=True)
            return
        report = "\n".join(lines(bench, fitting, options.output))
    options.output.write_text(report + "\n", "utf-8")
    print(report)


if __name__ == "__main__":
    main()
