"""What reports are written with: pools of words, clauses ready to be filled in, the lexicon's labels, figures, places.

A clause is a format string and its slots. A slot is a table to draw from, or a number: the place in a document's context
(``CONTEXT``) where the word, or the table, stands. Tables are drawn from uniformly; what is frequent stands in them often.
"""

import random
import re
import tomllib
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any

from corpus.lexicon import WRITING, Concept, lexicon
from corpus.places import gazetteer

Chance = Callable[[], float]
Slot = int | list[str]
Clause = tuple[str, tuple[Slot, ...]]
#: The words of a document's context, in this order.
CONTEXT = {word: n for n, word in enumerate("全 市 党 地 短 年 次 届 时 概 询 名 名二 县 核 头 列 末 旨意 系".split())}
_TABLE = 1024
_SEED = 20_030_901  # of the tables: the same for every corpus
_SLOT = re.compile(r"\{([^{}]+)\}")
_ENTERPRISE = "{字}{字}{业}{单}"

#: What ``sentences.toml`` holds.
SAID: dict[str, Any] = tomllib.loads(Path(__file__).with_name("sentences.toml").read_text("utf-8"))
NAMES: dict[str, Any] = SAID["names"]
SYSTEMS: list[str] = SAID["titles"]["systems"]

#: Concepts that place questions ask for: told of only where the answer key knows it, and by words that no other has.
ASKED = (
    "公租房合租安居", "职工集体婚礼", "职工心理驿站", "工会直播带货", "职工微电影", "职工游泳与冰雪运动",
    "职工棋牌比赛", "工会林与劳模林", "返岗复工专列", "未成年工保护", "法治体检", "工会大篷车流动服务", "骑手停车与充换电",
    "工匠年薪制", "好师傅评选", "产业工人社区", "职工无偿献血", "职工合唱歌咏", "职工太极健身操", "职工理发洗衣等便民服务",
    "新市民追梦桥", "工友村", "安全隐患随手拍", "法律知识竞赛", "网络主播入会", "护工护理员入会",
    "房产中介员入会", "二元制培养", "网上练兵", "职工发明专利", "质量管理小组活动", "职工子女研学", "留守儿童关爱",
    "退役军人与军属职工", "应急救护培训", "交通安全与文明骑行", "工运史编撰", "工会国际交流", "职工食堂与餐饮",
    "见义勇为与好人好事", "敬老助老", "反诈禁毒与防骗宣传", "劳模主题公园", "职工文工团与文联",
    "便利型阅读站点", "电子职工书屋",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Topic:
    """A concept that is asked for, and the one of its labels, which only it has, that it is told and asked for by."""

    concept: Concept
    label: str


def clauses(said: Iterable[str]) -> list[list[Clause]]:
    """For each clause its variants: one for each way to fill what is itself a phrase."""
    return [[_compiled(text) for text in _expanded(one)] for one in said]


def say(variants: Sequence[Sequence[Clause]], context: Sequence[str | list[str]], chance: Chance) -> str:
    """One of the clauses, filled in."""
    ways = variants[int(chance() * len(variants))]
    form, slots = ways[int(chance() * len(ways))]
    words = [context[slot] if slot.__class__ is int else slot for slot in slots]
    return form % tuple(
        [word if word.__class__ is str else word[int(chance() * len(word))] for word in words]  # type: ignore[index, arg-type]
    )


def _expanded(text: str) -> list[str]:
    """A clause without slots that are filled with phrases."""
    text = text.replace("{企}", _ENTERPRISE)
    phrases = [word for word in _SLOT.findall(text) if word in ("果", "旨")]
    if not phrases:
        return [text]
    made = []
    for chosen in product(*(SAID["words"][word] for word in phrases)):
        each = iter(chosen)
        filled = _SLOT.sub(lambda found: next(each) if found[1] in ("果", "旨") else found[0], text)  # noqa: B023
        made.append(filled)
    return made


def _compiled(text: str) -> Clause:
    slots: list[Slot] = [CONTEXT[word] if word in CONTEXT else tables()[word] for word in _SLOT.findall(text)]
    return _SLOT.sub("%s", text.replace("%", "%%")), tuple(slots)


@cache
def said(part: str, kind: str) -> list[list[Clause]]:
    """The clauses of a part of ``sentences.toml``."""
    found = SAID[part][kind]
    return clauses([found] if isinstance(found, str) else found)


@cache
def tables() -> dict[str, list[str]]:
    """Slot → what fills it: words, figures, labels of any field, aims of made-up names."""
    chance = random.Random(_SEED)
    made = {word: _zipf(pool, chance) for word, pool in SAID["words"].items() if word not in ("果", "旨")}
    made["字"] = list(SAID["words"]["字"])
    made |= _figures(chance)
    made["另"] = [label for labels in fields() for label in labels]
    return made


def _zipf(pool: Sequence[str], chance: random.Random, size: int = _TABLE, offset: float = 4) -> list[str]:
    return chance.choices(pool, [1 / (rank + offset) for rank in range(len(pool))], k=size)


def _figures(chance: random.Random) -> dict[str, list[str]]:
    """Counts of one to seven digits, as reports write them."""

    def number(low: float, high: float) -> str:
        value = 10 ** chance.uniform(low, high)
        if value >= 10_000 and chance.random() < 0.85:
            return f"{value / 10_000:.{chance.randrange(3)}f}万"
        return str(int(value))

    def about(text: str) -> str:
        way = chance.random()
        if way < 0.12:
            return f"近{text}"
        if way < 0.35:
            rounded = text if "万" in text else f"{text[0]}{'0' * (len(text) - 1)}" if len(text) > 1 else "10"
            return f"{rounded}{'余' if way < 0.24 else '多'}"
        return text

    def many(low: float, high: float, unit: str, size: int = 4 * _TABLE) -> list[str]:
        return [f"{about(number(low, high))}{unit}" for _ in range(size)]

    def money() -> str:
        if chance.random() < 0.1:
            return f"{10 ** chance.uniform(0, 1.2):.2f}亿元"
        return f"{about(str(int(10 ** chance.uniform(0.7, 3.8))))}万元"

    return {
        "人": [*many(1.5, 5.5, "人次"), *many(1.3, 4.5, "人"), *many(1.3, 4, "名")],
        "员": many(1, 2.6, "名"),
        "家": [*many(0.7, 3.5, "家单位"), *many(0.7, 3.3, "家企业"), *many(0.7, 2.5, "个基层工会")],
        "个": many(0.5, 3, "个"),
        "场": [*many(0.7, 3, "场次"), *many(0.5, 2.5, "场")],
        "件": [*many(1, 3.5, "件"), *many(0.7, 3, "项")],
        "期": many(0.4, 2, "期"),
        "钱": [money() for _ in range(4 * _TABLE)],
        "率": [f"{chance.uniform(60, 99.9):.{chance.randrange(2)}f}%" for _ in range(_TABLE)],
        "点": [f"{chance.uniform(0.5, 15):.1f}" for _ in range(_TABLE)],
    }


@cache
def topics() -> tuple[Topic, ...]:
    """The concepts that are asked for, the most frequent first."""
    asked = [concept for concept in lexicon() if concept.label in ASKED]
    others = [
        label for concept in lexicon() if concept.label not in ASKED for label in (concept.label, *concept.alt_labels)
    ]
    found = []
    for concept in asked:
        rival = [
            *others,
            *(label for other in asked if other is not concept for label in (other.label, *other.alt_labels)),
        ]
        labels = [label for label in (concept.label, *concept.alt_labels) if _usable(label)]
        own = [label for label in labels if not any(label in one or one in label for one in rival)]
        if own:
            found.append(Topic(concept, own[0]))
    random.Random(_SEED).shuffle(found)
    return tuple(found)


@cache
def fields() -> tuple[list[str], ...]:
    """For each field of the lexicon a table of its labels."""
    kept = [label for topic in topics() for label in (topic.concept.label, *topic.concept.alt_labels)]
    groups: dict[str, list[str]] = defaultdict(list)
    for concept in lexicon():
        if concept.group != WRITING and concept.label not in ASKED:
            for label in (concept.label, *concept.alt_labels):
                if _usable(label) and not any(label in one or one in label for one in kept):
                    groups[concept.group].append(label)
    chance = random.Random(_SEED)
    made = []
    for group in sorted(groups):
        labels = sorted(set(groups[group]))
        chance.shuffle(labels)
        made.append(_zipf(labels, chance, 4 * _TABLE, 12))
    return tuple(made)


def _usable(label: str) -> bool:
    """True for a label that can stand in any clause and names no place."""
    return (
        3 <= len(label) <= 12
        and not re.search(r"[“”、，·+＋/\d一二三四五六七八九十]", label)
        and not gazetteer().find(label)
    )
