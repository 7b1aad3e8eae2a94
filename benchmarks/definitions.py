"""Judge definitions drawn at random and write ``definitions.md``: ``python benchmarks/definitions.py``.

Builds a library from the reference corpus that lies beside the project (``--corpus``), draws definitions that explain and
definitions that only describe (``--seed``), and counts the verdicts that a reader has given on them in
``definitions.jsonl``. ``--show`` prints what is drawn with its sentence, ``--judge`` takes verdicts as JSON lines
``{"key", "verdict", "parts", "why"}`` from standard input. A verdict belongs to the term, the sentence and the parts: where
any of them has changed since, the definition counts as not judged. With the official texts beside the project (``--texts``)
the same is done for texts beyond the corpus (see ``beyond.py``).
"""

import argparse
import json
import random
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks import beyond  # noqa: E402
from corpus.model import Definition, Term, digest  # noqa: E402
from corpus.store import Store  # noqa: E402
from gongzhi.build import ingest  # noqa: E402
from graph.families import FAMILIES  # noqa: E402

VERDICTS = Path(__file__).with_suffix(".jsonl")
REPORT = Path(__file__).with_suffix(".md")
SEED = 20231
DRAWS = {"explained": 100, "described": 50}
TITLES = {"explained": "有解释的定义", "described": "只是描述的句子"}
RIGHT, EDGE, WRONG = "right", "edge", "wrong"
WORDS = {RIGHT: "对", EDGE: "两可", WRONG: "错"}


@dataclass(frozen=True, slots=True)
class Drawn:
    """A definition with the name of its term and the key that its verdict goes by."""

    key: str
    label: str
    definition: Definition


def read(corpus: Path) -> list[Drawn]:
    """All definitions of a library made from the documents of a folder, in an order that depends on nothing else."""
    with tempfile.TemporaryDirectory() as folder:
        ingest(Path(folder) / "library", sorted(corpus.glob("*.txt")))
        with Store.open(Path(folder) / "library") as store:
            labels = {term.id: term.label for term in store.select(Term)}
            found = list(store.select(Definition))
    drawn = [Drawn(_key(labels[d.term_id], d), labels[d.term_id], d) for d in found]
    return sorted({item.key: item for item in drawn}.values(), key=lambda item: item.key)


def _key(label: str, definition: Definition) -> str:
    return digest(label, definition.text, *definition.components)[:12]


def draw(drawn: Iterable[Drawn], strength: str, size: int, seed: int) -> list[Drawn]:
    """A sample of the definitions of one grade."""
    pool = [item for item in drawn if item.definition.strength == strength]
    return sorted(random.Random(seed).sample(pool, min(size, len(pool))), key=lambda item: (item.label, item.key))


def verdicts() -> dict[str, dict[str, str]]:
    """Key → the judgement given on it."""
    if not VERDICTS.exists():
        return {}
    rows = [json.loads(line) for line in VERDICTS.read_text(encoding="utf-8").splitlines()]
    return {row["key"]: row for row in rows}


def keep(drawn: Iterable[Drawn], lines: Iterable[str]) -> int:
    """Add judgements to the file; those on definitions that are not in the library are passed over."""
    known = {item.key: item for item in drawn}
    rows = verdicts()
    for line in filter(str.strip, lines):
        given = json.loads(line)
        if given["key"] not in known:
            continue
        item = known[given["key"]]
        rows[item.key] = {
            "key": item.key,
            "term": item.label,
            "grade": item.definition.strength,
            "how": item.definition.how,
            "verdict": given["verdict"],
            "parts": given.get("parts", RIGHT if item.definition.components else ""),
            "why": given.get("why", ""),
        }
    ordered = sorted(rows.values(), key=lambda row: (row["grade"], row["term"], row["key"]))
    text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in ordered)
    VERDICTS.write_text(text, encoding="utf-8")
    return len(rows)


def _share(rows: Sequence[dict[str, str]], field: str = "verdict") -> str:
    counted = Counter(row[field] for row in rows if row[field])
    total = sum(counted.values())
    if not total:
        return "—"
    return f"{counted[RIGHT]} / {total}（{counted[RIGHT] / total:.1%}），两可 {counted[EDGE]}，错 {counted[WRONG]}"


def report(drawn: Sequence[Drawn], cases: list[beyond.Case], seed: int) -> str:
    """The text of ``definitions.md``; without cases it says that there were no texts beyond the corpus."""
    given = verdicts()
    lines = [
        "# 定义抽查\n",
        f"由 `python benchmarks/definitions.py` 生成。从参考语料全部定义中随机抽取（种子 {seed}），逐条对照原句判断：",
        "句子是不是在解释这个名称，名称本身成不成立，列出的组成部分对不对、全不全。判断逐条记在 `definitions.jsonl`，",
        "名称、原句或组成部分变了的，旧判断作废，算“未判”，不计入下表。两可不算对。\n",
        "规则是看着这份语料写的，有解释的定义几乎全部抽到，所以这里的比例偏乐观；换一批文献，以那批的抽查为准。"
        "判断的是写规则的一人，另一人只看过有解释的 45 条。\n",
    ]
    for strength, size in DRAWS.items():
        sample = draw(drawn, strength, size, seed)
        judged = [given[item.key] for item in sample if item.key in given]
        pool = sum(item.definition.strength == strength for item in drawn)
        lines += [
            f"## {TITLES[strength]}\n",
            f"语料中共 {pool} 条，抽 {len(sample)} 条，已判 {len(judged)} 条，未判 {len(sample) - len(judged)} 条。\n",
            "| | 对 |",
            "|---|---|",
            f"| **定义** | **{_share(judged)}** |",
            f"| 组成部分（列出的） | {_share(judged, 'parts')} |",
        ]
        families: dict[str, list[dict[str, str]]] = defaultdict(list)
        for row in judged:
            families[row["how"]].append(row)
        lines += [f"| {FAMILIES[how]} `{how}` | {_share(families[how])} |" for how in FAMILIES if how in families]
        lines.append("")
        doubtful = [row for row in judged if row["verdict"] != RIGHT or row["parts"] in (EDGE, WRONG)]
        if doubtful:
            lines += ["| 名称 | 识别依据 | 定义 | 组成部分 | 为什么 |", "|---|---|---|---|---|"]
            lines += [
                f"| {row['term']} | {FAMILIES[row['how']]} | {WORDS[row['verdict']]} | {WORDS.get(row['parts'], '—')} "
                f"| {row['why']} |"
                for row in doubtful
            ]
            lines.append("")
    lines += beyond.report(cases) if cases else ["## 参考语料之外\n", "没有找到这批文献，未抽查。\n"]
    return "\n".join(lines)


def main() -> None:
    """Draw, and show, judge or report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", type=Path, default=ROOT.parent / "shared" / "corpus")
    texts = ROOT.parent / "shared" / "texts" / "official_texts.jsonl.xz"
    parser.add_argument(
        "--texts", type=Path, default=texts, help="official texts beyond the corpus, left out if absent"
    )
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--show", action="store_true", help="print what is drawn and not yet judged")
    parser.add_argument("--judge", action="store_true", help="read verdicts from standard input")
    options = parser.parse_args()
    if not options.corpus.is_dir():
        sys.exit(f"没有参考语料：{options.corpus}")
    drawn = read(options.corpus)
    cases = beyond.draw(options.texts) if options.texts.is_file() else []
    if options.judge:
        lines = sys.stdin.read().splitlines()
        print(f"共有 {keep(drawn, lines)} 条判断，参考语料之外 {beyond.keep(cases, lines)} 条。")
    elif options.show:
        given = verdicts()
        for strength, size in DRAWS.items():
            for item in draw(drawn, strength, size, options.seed):
                if item.key not in given:
                    made = item.definition
                    print(item.key, strength, made.how, item.label, "/".join(made.components), made.text, sep=" | ")
        judged = beyond.verdicts()
        for case in cases:
            if case.key not in judged:
                parts = "/".join(case.components)
                print(case.key, case.source, case.sort, case.how, case.label, parts, case.shown, sep=" | ")
    else:
        REPORT.write_text(report(drawn, cases, options.seed), encoding="utf-8")
        print(REPORT.read_text(encoding="utf-8"))


if __name__ == "__main__":
    main()
