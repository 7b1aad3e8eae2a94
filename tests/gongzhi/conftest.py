"""Reports made up for a seed: as many as a test needs, no two alike."""

import random
from collections.abc import Callable

import pytest

PLACES = ("荆州市", "宜昌市", "昆明市", "绍兴市", "洛阳市", "泸州市", "长沙市", "遵义市")
DEEDS = (
    "建成户外劳动者驿站{n}个",
    "走访困难职工{n}户",
    "举办技能竞赛{n}场",
    "调处劳动争议{n}件",
    "组织疗休养{n}批",
    "新建基层工会{n}家",
    "培训工会干部{n}人次",
    "发放助学金{n}万元",
    "开办职工夜校{n}期",
    "签订集体合同{n}份",
)
ENDS = ("受到职工好评", "比上年有所增加", "覆盖各县区", "形成了自己的做法", "其中一线职工占多数", "重点放在园区")


def make_report(seed: int, place: str = "", year: int = 0, paragraphs: int = 4) -> str:
    """The text of a report: title, two headings, paragraphs with figures."""
    chance = random.Random(seed)
    place = place or chance.choice(PLACES)
    year = year or chance.randint(2015, 2023)
    lines = [f"{place}总工会{year}年工作总结", "", "一、主要工作", ""]
    for n in range(paragraphs):
        if n == paragraphs - 1:
            lines += ["二、下一步打算", ""]
        chosen = chance.sample(DEEDS, 4)
        sentences = [f"{deed.format(n=chance.randint(3, 900))}，{chance.choice(ENDS)}。" for deed in chosen]
        lines += ["".join(sentences), ""]
    return "\n".join(lines)


@pytest.fixture
def report() -> Callable[..., str]:
    return make_report
