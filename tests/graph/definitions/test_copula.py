import pytest

from graph.definitions.copula import extract
from graph.namings import namings, sentences_of


def explained(text: str, core: str) -> bool:
    return any(
        naming.core == core and extract(naming, sentence) is not None
        for sentence in sentences_of(text)
        for naming in namings(sentence)
    )


@pytest.mark.parametrize(
    ("text", "core"),
    [
        ("所谓蓝色课堂，是指面向远洋船员的流动课堂。", "蓝色课堂"),
        ("“银桥”指的是退休技师帮带青年的工作制度。", "银桥"),
        ("渔港驿站是县总工会为船员搭建的服务平台，全年开放。", "渔港驿站"),
        ("职工“老班长”是对班组带头人的亲切称呼。", "老班长"),
        ("老班长、老师傅、老大哥，这是对班组带头人的亲切称呼。", "老师傅"),
        ("“三方议事”由社区、企业、工会组成。", "三方议事"),
    ],
)
def test_what_it_is(text: str, core: str) -> None:
    assert explained(text, core)


@pytest.mark.parametrize(
    ("text", "core"),
    [
        ("办好“流动学堂”，指导基层开展培训。", "流动学堂"),
        ("渔港驿站是在去年五月建成的。", "渔港驿站"),
        ("“银桥”是否有效，要看实践。", "银桥"),
        ("大家都说“老班长”是我们最需要的人。", "老班长"),
        ("今年是攻坚之年。", "今年"),
    ],
)
def test_no_explanation(text: str, core: str) -> None:
    assert not explained(text, core)
