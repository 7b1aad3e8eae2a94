"""How often the answer to a judged query is called unsure, and how often that to one about something else is.

    python benchmarks/sureness.py --library 资料库 GOLD.jsonl… > benchmarks/sureness.md

The judged queries are lines of JSON with ``query`` and ``style``; those about something else are in off_topic.txt, made up
for this: two thirds in a few words, the rest as people tell a thing.
"""

import argparse
import json
import sys
from collections import defaultdict
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from search.engine import Engine

OFF_TOPIC = Path(__file__).with_name("off_topic.txt")
LONG = 13  # characters from which a query about something else tells rather than names


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--library", type=Path, required=True)
    parser.add_argument("gold", type=Path, nargs="+")
    given = parser.parse_args()
    engine = Engine.open(given.library)
    queries: dict[str, list[str]] = defaultdict(list)
    for path in given.gold:
        for line in path.read_text("utf-8").splitlines():
            row = json.loads(line)
            queries[f"判好的：{row['style']}"].append(row["query"])
    judged = [query for found in queries.values() for query in found]
    off = OFF_TOPIC.read_text("utf-8").split("\n")[:-1]
    queries |= {
        "判好的，合计": judged,
        "无关的：短语": [query for query in off if len(query) < LONG],
        "无关的：一句话": [query for query in off if len(query) >= LONG],
        "无关的，合计": off,
    }
    print("# 没有把握的回答\n")
    print(
        "`python benchmarks/sureness.py`：判好的问题里有多少被说成“没有一段直接写到”（越少越好），与工会无关的问题里有"
    )
    print("多少被这样说（越多越好）。规则见 `search/sureness.py`，三个权重和门槛由这些问题定出。\n")
    print("| 问题 | 个数 | 说没有把握 |\n|---|---|---|")
    for name, asked in queries.items():
        unsure = sum(not engine.search(query).sure for query in asked)
        print(f"| {name} | {len(asked)} | {unsure / len(asked):.1%} |")
    engine.close()


if __name__ == "__main__":
    main()
