import pytest

from graph.numerals import UNQUOTED, count, paired, parts_of, words


@pytest.mark.parametrize(
    ("label", "parts"),
    [
        ("四联三促", 7),
        ("四送一补", 5),
        ("六讲六进", 12),
        ("三会一课", 4),
        ("一岗双责", 3),
        ("一样本两指引", 3),
        ("四个一批", 4),
        ("六个一", 6),
        ("三位一体", 3),
        ("五大行动", 5),
        ("三级竞赛", 3),
        ("四德", 4),
        ("新八级", 8),
        ("两个全覆盖", 2),
    ],
)
def test_a_label_promises_as_many_parts_as_it_says(label: str, parts: int) -> None:
    assert count(label) == parts


@pytest.mark.parametrize(
    "label",
    [
        "一条心",
        "双向",
        "一站式",
        "五一",
        "五一劳动奖章",
        "三八红旗手",
        "二十大精神",
        "十四五",
        "十百千",
        "4611",
        "三年行动",
    ],
)
def test_these_promise_nothing(label: str) -> None:
    assert count(label) == 0


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("实施赛马、结对、蹲苗三大行动", ["三大"]),
        ("健全三级网络", ["三级"]),
        ("学习二十大报告", []),
        ("这是第三大平台", []),
        ("2023年三级网络", ["三级"]),
    ],
)
def test_unquoted_numeral_names(text: str, found: list[str]) -> None:
    assert [match[1] for match in UNQUOTED.finditer(text)] == found


def test_counted_words() -> None:
    assert words("四送一补") == ("送", "补")
    assert words("三大强化") == ("强化",)
    assert "" not in words("两重")
    assert count("双管齐下") == count("四部曲") == count("一国两制") == 0
    assert parts_of("三方四家") == [(3, "三方"), (4, "四家")]
    assert paired("三比三看") == (3, ("比", "看"))
    assert paired("四送一补") is None
