"""Definitions and names in texts that no rule was written for: part of ``python benchmarks/definitions.py``.

Draws government reports, laws and news from the official texts that lie beside the project, builds a library of each
source, and draws from it definitions and names without any. Verdicts are kept in ``beyond.jsonl``, without sentences.
"""

import json
import lzma
import random
import tempfile
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from corpus.model import Definition, Document, Mention, Term, digest
from corpus.store import Store
from gongzhi.build import ingest

VERDICTS = Path(__file__).with_suffix(".jsonl")
SEED = 20236
#: source → how many texts, how many explained and described definitions, how many names without a definition
DRAWS = {"government report": (40, 30, 20, 50), "law": (70, 20, 10, 25), "news": (140, 10, 10, 25)}
SOURCES = {"government report": "政府工作报告等", "law": "法律法规", "news": "新闻"}
SORTS = {"explained": "有解释的定义", "described": "只是描述的句子", "name": "没有定义的名称"}
_SHORT = 3000  # resolutions and forewords among the reports


@dataclass(frozen=True, slots=True)
class Case:
    """What is to be judged: ``shown`` is the sentence of a definition, or the words around a name."""

    key: str
    source: str
    sort: str
    label: str
    how: str
    components: tuple[str, ...]
    shown: str


def draw(texts: Path, seed: int = SEED) -> list[Case]:
    """The cases of all sources, the same for the same seed and the same rules."""
    rows = defaultdict(list)
    with lzma.open(texts, "rt", encoding="utf-8") as lines:
        for i, line in enumerate(lines):
            row = json.loads(line)
            if row["source"] != "government report" or len(row["text"]) > _SHORT:
                rows[row["source"]].append((i, f"{row['title']}\n{row['text']}".lstrip()))
    cases = []
    for source, (texts_drawn, *sizes) in DRAWS.items():
        drawn = random.Random(f"{seed} {source}").sample(rows[source], texts_drawn)
        with tempfile.TemporaryDirectory() as folder:
            files = [Path(folder) / f"{i:05}.txt" for i, _ in drawn]
            for path, (_, text) in zip(files, drawn, strict=True):
                path.write_text(text, encoding="utf-8")
            ingest(Path(folder) / "library", files)
            with Store.open(Path(folder) / "library") as store:
                for sort, size in zip(SORTS, sizes, strict=True):
                    pool = sorted(_cases(store, source, sort), key=lambda case: case.key)
                    cases += random.Random(f"{seed} {sort}").sample(pool, min(size, len(pool)))
    return cases


def _cases(store: Store, source: str, sort: str) -> list[Case]:
    labels = {term.id: term.label for term in store.select(Term)}
    definitions = list(store.select(Definition))
    if sort != "name":
        return [
            Case(
                digest(labels[d.term_id], d.text, *d.components)[:12],
                source,
                sort,
                labels[d.term_id],
                d.how,
                d.components,
                d.text,
            )
            for d in definitions
            if d.strength == sort
        ]
    seen = {mention.term_id: mention for mention in store.select(Mention)}
    texts = {document.id: document.text for document in store.select(Document)}
    defined = {d.term_id for d in definitions}
    return [
        Case(digest("name", source, label)[:12], source, sort, label, "", (), _around(seen.get(term_id), texts))
        for term_id, label in labels.items()
        if term_id not in defined
    ]


def _around(mention: Mention | None, texts: dict[str, str]) -> str:
    return texts[mention.document_id][max(0, mention.start - 24) : mention.end + 20] if mention else ""


def verdicts() -> dict[str, dict[str, str]]:
    """Key → the judgement given on it."""
    lines = VERDICTS.read_text(encoding="utf-8").splitlines() if VERDICTS.exists() else []
    return {row["key"]: row for row in map(json.loads, lines)}


def keep(cases: list[Case], lines: list[str]) -> int:
    """Write the judgements (JSON lines of key, verdict, parts, why) on these cases; others are dropped."""
    given = verdicts() | {row["key"]: row for row in map(json.loads, filter(str.strip, lines))}
    kept = [
        {
            "key": case.key,
            "source": case.source,
            "sort": case.sort,
            "term": case.label,
            "how": case.how,
            "verdict": given[case.key]["verdict"],
            "parts": given[case.key].get("parts", "right" if case.components else ""),
            "why": given[case.key].get("why", ""),
        }
        for case in cases
        if case.key in given
    ]
    ordered = sorted(kept, key=lambda row: (row["source"], row["sort"], row["term"], row["key"]))
    text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in ordered)
    VERDICTS.write_text(text, encoding="utf-8")
    return len(kept)


def report(cases: list[Case]) -> list[str]:
    """The lines of the second table of ``definitions.md``."""
    given = verdicts()
    told = "、".join(f"{SOURCES[source]} {sizes[0]} 篇" for source, sizes in DRAWS.items())
    lines = [
        "## 参考语料之外\n",
        f"参考语料以外、不是工会文体的文献（{told}，种子 {SEED}）。政府工作报告这一类够长的只有 65 篇，改规则时全都抽到过，"
        "表里有几条正是照着改过的，所以这一类偏乐观；法规和新闻除偶然重合外没有看过。由写规则的一人看着截短的原句判断，"
        "挑出两可和错的，其余算对，没有第二人核对。没有定义的名称看它是不是真有所指的名称、口号、项目、"
        "机制或组织，泛称算两可，残缺和误认算错。判断记在 `beyond.jsonl`。\n",
        "| | 抽取 | 未判 | 对 | 两可 | 错 | 组成部分对 |",
        "|---|---|---|---|---|---|---|",
    ]
    for sort, title in SORTS.items():
        for source in (*SOURCES, ""):
            drawn = [case for case in cases if case.sort == sort and source in ("", case.source)]
            rows = [given[case.key] for case in drawn if case.key in given]
            counted = [sum(row["verdict"] == word for row in rows) for word in ("right", "edge", "wrong")]
            parts = [row["parts"] for row in rows if row["parts"]]
            share = f"{counted[0]}（{counted[0] / len(rows):.1%}）" if rows else "—"
            whole = f"{parts.count('right')} / {len(parts)}" if parts else "—"
            name = f"{title}：{SOURCES[source]}" if source else f"**{title}：合计**"
            lines.append(
                f"| {name} | {len(drawn)} | {len(drawn) - len(rows)} | {share} | {counted[1]} | {counted[2]} | {whole} |"
            )
    doubtful = [row for row in given.values() if row["verdict"] != "right" or row["parts"] in ("edge", "wrong")]
    words = {"right": "对", "edge": "两可", "wrong": "错", "": "—"}
    lines += ["", "| 名称 | 出处 | 定义或名称 | 组成部分 | 为什么 |", "|---|---|---|---|---|"]
    lines += [
        f"| {row['term']} | {SOURCES[row['source']]}，{SORTS[row['sort']]} | {words[row['verdict']]} | {words[row['parts']]} "
        f"| {row['why']} |"
        for row in doubtful
    ]
    return [*lines, ""]
