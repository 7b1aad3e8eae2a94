"""Judge claims drawn at random and write ``claims.md``: ``python benchmarks/claims.py``.

Builds a library from the reference corpus that lies beside the project (``--corpus``), and one from news and government
reports beside it (``--texts``) that no rule was written for; draws claims (``--seed``) and counts the judgements that a
reader has given on them in ``claims.jsonl``. ``--show`` prints what is drawn and not yet judged, with the words around it;
``--judge`` takes judgements as JSON lines ``{"key", "wrong", "why"}`` from standard input, where ``wrong`` lists the aspects
that are wrong (doer, status, polarity, period), and counts all that ``--show`` prints as judged. A judgement belongs to the
words of the claim and to what was read from them: where any of it has changed since, the claim counts as not judged.
"""

import argparse
import json
import lzma
import random
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from corpus.model import Claim, Document, Section, digest  # noqa: E402
from corpus.store import Store  # noqa: E402
from gongzhi.build import ingest  # noqa: E402

VERDICTS = Path(__file__).with_suffix(".jsonl")
REPORT = Path(__file__).with_suffix(".md")
SEED = 6
DRAWS = {"corpus": 120, "beyond": 60, "named": 60}
TITLES = {"corpus": "参考语料", "beyond": "参考语料之外", "named": "参考语料之外，句中点名是谁的"}
TEXTS = {"news": 75, "government report": 25}
_NAMING = {"news": 300}  # names of places and units are few in a hundred texts
ASPECTS = {"doer": "谁做的", "status": "已做、在做还是计划", "polarity": "肯定还是否定", "period": "哪一年"}
_SHORT = 3000  # resolutions and forewords among the government reports
_AROUND = 60


@dataclass(frozen=True, slots=True)
class Drawn:
    """A claim with what a judge has to see."""

    key: str
    claim: Claim
    document: Document
    headings: tuple[str, ...]


def key(claim: Claim) -> str:
    """What a judgement belongs to."""
    read = (claim.place, claim.how, claim.status, claim.polarity, claim.period, claim.parent)
    return digest(claim.text, *read)[:12]


def read(files: Iterable[Path]) -> list[Drawn]:
    """The claims of a library made from files, one for each key, in an order that depends on nothing else."""
    with tempfile.TemporaryDirectory() as folder:
        ingest(Path(folder) / "library", sorted(files))
        with Store.open(Path(folder) / "library") as store:
            documents = {document.id: document for document in store.shown(Document)}
            sections = {section.id: section for section in store.select(Section)}
            claims = store.shown(Claim)
    found = {}
    for claim in claims:
        path, section = [], sections.get(claim.section_id)
        while section:
            path.append(section.title[:20] + (f"[{section.status}]" if section.status else ""))
            section = sections.get(section.parent_id)
        found[key(claim)] = Drawn(key(claim), claim, documents[claim.document_id], tuple(path))
    return sorted(found.values(), key=lambda drawn: drawn.key)


def beyond(texts: Path, folder: Path, seed: int, drawn: dict[str, int]) -> list[Path]:
    """Files of news and government reports, so many of each, from the official texts."""
    rows = defaultdict(list)
    with lzma.open(texts, "rt", encoding="utf-8") as lines:
        for number, line in enumerate(lines):
            row = json.loads(line)
            if row["source"] == "news" or (row["source"] == "government report" and len(row["text"]) > _SHORT):
                rows[row["source"]].append((number, f"{row['title']}\n{row['text']}".lstrip()))
    files = []
    for source, count in drawn.items():
        for number, text in random.Random(f"{seed} {source}").sample(rows[source], count):
            files.append(folder / f"{source.split()[0]}-{number:05}.txt")
            files[-1].write_text(text, encoding="utf-8")
    return files


def draw(corpus: Path, texts: Path, seed: int) -> dict[str, list[Drawn]]:
    """The samples, the same for the same seed and rules; half of those beyond the corpus are from news."""
    found = {"corpus": random.Random(seed).sample(read(corpus.glob("*.txt")), DRAWS["corpus"])}
    if texts.is_file():
        with tempfile.TemporaryDirectory() as folder:
            files = beyond(texts, Path(folder), seed, TEXTS)
            found["beyond"] = []
            for source in TEXTS:
                part = read(path for path in files if path.name.startswith(source.split()[0]))
                found["beyond"] += random.Random(f"{seed} {source}").sample(part, DRAWS["beyond"] // 2)
        with tempfile.TemporaryDirectory() as folder:
            part = read(beyond(texts, Path(folder), seed + 1, _NAMING))
            part = [item for item in part if item.claim.how == "sentence"]
            found["named"] = random.Random(f"{seed} named").sample(part, DRAWS["named"])
    return found


def verdicts() -> dict[str, dict[str, object]]:
    """Key → the judgement given on it."""
    if not VERDICTS.exists():
        return {}
    rows = [json.loads(line) for line in VERDICTS.read_text(encoding="utf-8").splitlines()]
    return {row["key"]: row for row in rows}


def show(samples: dict[str, list[Drawn]]) -> None:
    """Print what is not yet judged."""
    given = verdicts()
    for drawn in (item for sample in samples.values() for item in sample if item.key not in given):
        claim, document = drawn.claim, drawn.document
        before = document.text[document.text.rfind("\n", 0, claim.start) + 1 : claim.start][-_AROUND:]
        after = document.text[claim.end :].split("\n", 1)[0][:20]
        print(drawn.key, f"<{document.place}|{document.title[:16]}|{document.period} {document.date}>", *drawn.headings)
        print(
            f"    {claim.place}（{claim.doer}）{claim.how} {claim.status} {claim.polarity} {claim.period} ↑{claim.parent}:",
            f"…{before}【{claim.text}】{after}",
        )


def keep(samples: dict[str, list[Drawn]], lines: Iterable[str]) -> None:
    """Add judgements: what is not named among ``lines`` is right."""
    rows = verdicts()
    named = {row["key"]: row for row in map(json.loads, filter(str.strip, lines))}
    for sample, drawn in ((name, item) for name, items in samples.items() for item in items):
        if drawn.key not in rows or drawn.key in named:
            row = named.get(drawn.key, {})
            rows[drawn.key] = {
                "key": drawn.key, "sample": sample, "wrong": row.get("wrong", []), "why": row.get("why", ""),
            }  # fmt: skip
    text = "".join(json.dumps(rows[name], ensure_ascii=False) + "\n" for name in sorted(rows))
    VERDICTS.write_text(text, encoding="utf-8")


def report(samples: dict[str, list[Drawn]], seed: int) -> str:
    """The text of ``claims.md``."""
    given = verdicts()
    lines = [
        "# 事项抽查\n",
        f"由 `python benchmarks/claims.py` 生成。从参考语料和语料之外的新闻、政府工作报告所读出的事项中随机抽取（种子 {seed}），",
        "逐条对照上下文判断：是谁做的，已做、在做还是计划，肯定还是否定，说的是哪一年。判断逐条记在 `claims.jsonl`，不含原句；",
        "原句或读出的内容变了的，旧判断作废，算“未判”。句子只是背景、议论的，只要没有读成别人做的、没有把计划读成已做，不算错。\n",
        "判断的是写规则的一人。规则先后在另外几批抽样（别的种子）上改过，这一批抽出后没有再为它改规则。前一批（种子 5）在改规则之前："
        "参考语料全对 117 / 120，语料之外谁做的 58 / 60、状态 54 / 60，点名的 54 / 60。参考语料整个是写规则时看过的，"
        "所以以语料之外的两栏为准。那里没有工会的地方报告，随机抽到的几乎都算“文献自己”，所以另从新闻里抽句中点了名的地方和单位。\n",
        "| | 抽取 | 已判 | " + " | ".join(ASPECTS.values()) + " | 全对 |",
        "|---|---|---|" + "---|" * (len(ASPECTS) + 1),
    ]
    for name, sample in samples.items():
        judged = [given[item.key] for item in sample if item.key in given]
        wrong = Counter(aspect for row in judged for aspect in row["wrong"])  # type: ignore[attr-defined]
        shares = [_share(len(judged) - wrong[aspect], len(judged)) for aspect in ASPECTS]
        whole = _share(sum(not row["wrong"] for row in judged), len(judged))
        lines.append(f"| {TITLES[name]} | {len(sample)} | {len(judged)} | " + " | ".join((*shares, whole)) + " |")
    drawn = [item.claim for sample in samples.values() for item in sample]
    counts = Counter((claim.status, claim.polarity) for claim in drawn)
    named = sum(claim.how == "sentence" for claim in drawn)
    lines += [
        "",
        f"抽到的事项里句中点名的 {named} 条；已做 {counts['done', 'affirmed']}，在做 {counts['ongoing', 'affirmed']}，"
        f"计划 {counts['planned', 'affirmed']}，否定 {sum(n for (_, p), n in counts.items() if p == 'denied')}；"
        f"写明年份的 {sum(bool(claim.period) for claim in drawn)} 条。\n",
    ]
    faults = [row for sample in samples.values() for item in sample if (row := given.get(item.key)) and row["wrong"]]
    if faults:
        lines += ["| 错在 | 为什么 |", "|---|---|"]
        lines += [f"| {'、'.join(ASPECTS[a] for a in row['wrong'])} | {row['why']} |" for row in faults]  # type: ignore[attr-defined]
        lines.append("")
    return "\n".join(lines)


def _share(part: int, whole: int) -> str:
    return f"{part} / {whole}（{part / whole:.1%}）" if whole else "—"


def main() -> None:
    """Draw, and show, judge or report."""
    parser = argparse.ArgumentParser(description=__doc__)
    shared = ROOT.parent / "shared"
    parser.add_argument("--corpus", type=Path, default=shared / "corpus")
    parser.add_argument("--texts", type=Path, default=shared / "texts" / "official_texts.jsonl.xz")
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--show", action="store_true", help="print what is drawn and not yet judged")
    parser.add_argument("--judge", action="store_true", help="read judgements from standard input")
    options = parser.parse_args()
    if not options.corpus.is_dir():
        sys.exit(f"没有参考语料：{options.corpus}")
    samples = draw(options.corpus, options.texts, options.seed)
    if options.judge:
        keep(samples, sys.stdin.read().splitlines())
    elif options.show:
        show(samples)
    else:
        REPORT.write_text(report(samples, options.seed), encoding="utf-8")
        print(REPORT.read_text(encoding="utf-8"))


if __name__ == "__main__":
    main()
