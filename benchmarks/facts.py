"""Judge figures drawn at random and write ``facts.md``: ``python benchmarks/facts.py``.

Builds a library from the reference corpus that lies beside the project (``--corpus``), draws figures by chance
(``--seed``), and counts the verdicts that a reader has given on them in ``facts.jsonl``: whether value, unit, qualifier,
subject, tense and kind are right, and how many figures of the same sentence were missed. With a folder of other texts
(``--others``) the same is done for texts that no rule was written beside. ``--show`` prints what is drawn and not judged,
``--judge`` takes verdicts as JSON lines ``{"key", "wrong": [aspect…], "missed": n, "why"}`` from standard input; what is
drawn and not named there is judged right with ``--rest-right``. A verdict belongs to the sentence and all that was read of
the figure: where any of it has changed since, the figure counts as not judged. No sentence of a text is kept.
"""

import argparse
import json
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from corpus.model import Claim, Document, Fact, digest  # noqa: E402
from corpus.store import Store  # noqa: E402
from gongzhi.build import ingest  # noqa: E402

VERDICTS = Path(__file__).with_suffix(".jsonl")
REPORT = Path(__file__).with_suffix(".md")
ASPECTS = {
    "value": "数值（含范围、起点）",
    "unit": "单位",
    "qualifier": "限定词",
    "subject": "对象",
    "tense": "时态",
    "kind": "种类",
}
#: Name of the texts → how many figures are drawn, the seed, and what earlier draws said before their causes were mended.
DRAWS = {"corpus": (150, 5504), "others": (60, 5514)}
BEFORE = {
    "corpus": "此前用种子 5501、5502、5503 各抽 150 个来找错，改规则之前“对象”依次对 132、140、137 个，其余各项只错一处限定词。",
    "others": "此前用种子 5511、5512、5513 各抽 60 个来找错，后两次“对象”都对 46 个。",
}
_AROUND = 40  # characters on either side by which a figure is known again
TITLES = {"corpus": "参考语料", "others": "参考语料之外"}


@dataclass(frozen=True, slots=True)
class Drawn:
    """A figure with its claim, and how many figures were read in that claim. ``place`` is a digest of the words around
    it, ``key`` one of them and all that was read."""

    key: str
    place: str
    fact: Fact
    claim: Claim
    read: int

    @property
    def shown(self) -> str:
        start, end = self.fact.start - self.claim.start, self.fact.end - self.claim.start
        text = self.claim.text
        return f"{text[:start]}〖{text[start:end]}〗{text[end:]}".replace("\n", "⏎")


def read(paths: Sequence[Path]) -> list[Drawn]:
    """All figures of a library made from files, in an order that depends on nothing else."""
    with tempfile.TemporaryDirectory() as folder:
        ingest(Path(folder) / "library", paths)
        with Store.open(Path(folder) / "library") as store:
            claims = {claim.id: claim for claim in store.shown(Claim)}
            texts = {document.id: document.text for document in store.shown(Document)}
            facts = [fact for fact in store.shown(Fact) if not fact.doubtful]
    counted = Counter(fact.claim_id for fact in facts)
    drawn = []
    for fact in facts:
        around = texts[fact.document_id][max(0, fact.start - _AROUND) : fact.end + _AROUND]
        told = (fact.value, fact.value_max, fact.base, fact.unit, fact.qualifier, fact.subject, fact.tense, fact.kind)
        key = digest(around, *map(str, told))[:12]
        drawn.append(Drawn(key, digest(around), fact, claims[fact.claim_id], counted[fact.claim_id]))
    return sorted({item.key: item for item in drawn}.values(), key=lambda item: item.key)


def draw(pool: Sequence[Drawn], size: int, seed: int) -> list[Drawn]:
    """A sample by chance that a change of some figures leaves as it is for the others: those whose digests, mixed with
    the seed, come first."""
    return sorted(pool, key=lambda item: digest(str(seed), item.place))[:size]


def verdicts() -> dict[str, dict[str, object]]:
    """Key → the judgement given on it."""
    if not VERDICTS.exists():
        return {}
    rows = [json.loads(line) for line in VERDICTS.read_text(encoding="utf-8").splitlines()]
    return {row["key"]: row for row in rows}


def keep(drawn: Iterable[tuple[str, int, Drawn]], lines: Iterable[str], rest_right: bool) -> int:
    """Add judgements of what was drawn to the file."""
    given = {row["key"]: row for row in map(json.loads, filter(str.strip, lines))}
    rows = verdicts()
    for texts, seed, item in drawn:
        said = given.get(item.key) or ({} if rest_right and item.key not in rows else None)
        if said is not None:
            rows[item.key] = {
                "key": item.key,
                "texts": texts,
                "seed": seed,
                "unit": item.fact.unit,
                "kind": item.fact.kind,
                "read": item.read,
                "wrong": said.get("wrong", []),
                "missed": said.get("missed", 0),
                "why": said.get("why", ""),
            }
    ordered = sorted(rows.values(), key=lambda row: (str(row["texts"]), str(row["seed"]), str(row["key"])))
    VERDICTS.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in ordered), encoding="utf-8")
    return len(rows)


def _share(part: int, whole: int) -> str:
    return f"{part} / {whole}（{part / whole:.1%}）" if whole else "—"


def table(rows: Sequence[dict[str, object]]) -> list[str]:
    """The share right of each aspect, and how many figures of the sentences were found."""
    lines = ["| | 对 |", "|---|---|"]
    for aspect, title in ASPECTS.items():
        right = sum(aspect not in row["wrong"] for row in rows)  # type: ignore[operator]
        lines.append(f"| {title} | {_share(right, len(rows))} |")
    lines.append(f"| **六项全对** | **{_share(sum(not row['wrong'] for row in rows), len(rows))}** |")
    found = sum(int(str(row["read"])) for row in rows)
    missed = sum(int(str(row["missed"])) for row in rows)
    return [*lines, f"| 同句的数字有没有漏 | {_share(found, found + missed)} |", ""]


def report(pools: dict[str, list[Drawn]]) -> str:
    """The text of ``facts.md``."""
    given = verdicts()
    lines = [
        "# 数字抽查\n",
        "由 `python benchmarks/facts.py` 生成。从全部数字中随机抽取，逐个对照原句判断六项，再看同一句里有没有漏掉的数字。"
        "判断逐条记在 `facts.jsonl`（只记摘要值，不记原句）；读出的任何一项变了，旧判断作废，算“未判”，不计入。"
        "抽到的错误改了规则就换种子重抽，下表是最后一次抽的，抽过之后没有再改。\n",
        "判断的是写规则的一人。对象只要是原文里数的那样东西就算对，宽窄不论；为空算对还是错，看句中有没有写明。\n",
    ]
    for texts, (size, seed) in DRAWS.items():
        lines.append(f"## {TITLES[texts]}\n")
        pool = pools.get(texts)
        if pool:
            sample = draw(pool, size, seed)
            rows = [given[item.key] for item in sample if item.key in given]
            drawn = f"共 {len(pool)} 个数字，抽 {len(sample)} 个（种子 {seed}），"
            lines.append(f"{drawn}已判 {len(rows)} 个，未判 {len(sample) - len(rows)} 个。{BEFORE[texts]}\n")
        else:
            rows = [row for row in given.values() if row["texts"] == texts]
            lines.append(f"这次没有找到这批文献，以下是以前判的 {len(rows)} 个（种子 {seed}）。{BEFORE[texts]}\n")
        lines += table(rows)
        faults = [row for row in rows if row["wrong"] or row["missed"]]
        if faults:
            lines += ["| 单位 | 种类 | 错在 | 漏 | 为什么 |", "|---|---|---|---|---|"]
            for row in faults:
                wrong = "、".join(ASPECTS[str(a)] for a in row["wrong"])  # type: ignore[attr-defined]
                lines.append(f"| {row['unit']} | {row['kind']} | {wrong or '—'} | {row['missed']} | {row['why']} |")
            lines.append("")
    return "\n".join(lines)


def main() -> None:
    """Draw, and show, judge or report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", type=Path, default=ROOT.parent / "shared" / "corpus")
    parser.add_argument("--others", type=Path, help="a folder of other texts (.txt), left out if absent")
    parser.add_argument("--show", action="store_true", help="print what is drawn and not yet judged")
    parser.add_argument("--judge", action="store_true", help="read verdicts from standard input")
    parser.add_argument("--rest-right", action="store_true", help="what is drawn and not named is right")
    options = parser.parse_args()
    folders = {"corpus": options.corpus, "others": options.others}
    pools = {name: read(sorted(path.glob("*.txt"))) for name, path in folders.items() if path and path.is_dir()}
    drawn = [(name, DRAWS[name][1], item) for name, pool in pools.items() for item in draw(pool, *DRAWS[name])]
    if options.judge:
        print(f"共有 {keep(drawn, sys.stdin.read().splitlines(), options.rest_right)} 条判断。")
    elif options.show:
        given = verdicts()
        for name, _, item in drawn:
            if item.key not in given:
                fact = item.fact
                told = (
                    f"{fact.value:g}",
                    fact.value_max,
                    fact.base,
                    fact.unit,
                    fact.qualifier,
                    fact.subject,
                    fact.tense,
                    fact.kind,
                )
                print(
                    item.key, name, item.shown, " | ".join("" if word is None else str(word) for word in told), sep="\t"
                )
    else:
        REPORT.write_text(report(pools), encoding="utf-8")
        print(REPORT.read_text(encoding="utf-8"))


if __name__ == "__main__":
    main()
