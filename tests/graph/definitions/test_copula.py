import pytest

from graph.definitions.copula import extract
from graph.namings import namings, sentences_of


def grades(text: str, core: str) -> list[str]:
    return [
        found.strength
        for sentence in sentences_of(text)
        for naming in namings(sentence)
        if naming.core == core and (found := extract(naming, sentence))
    ]


def explained(text: str, core: str) -> bool:
    return "explained" in grades(text, core)


@pytest.mark.parametrize(
    ("text", "core"),
    [
        ("所谓蓝色课堂，是指面向远洋船员的流动课堂。", "蓝色课堂"),
        ("“银桥”指的是退休技师帮带青年的工作制度。", "银桥"),
        ("渔港驿站是县总工会为船员搭建的服务平台，全年开放。", "渔港驿站"),
        ("职工“老班长”是对班组带头人的亲切称呼。", "老班长"),
        ("老班长、老师傅、老大哥，这是对班组带头人的亲切称呼。", "老师傅"),
        ("“银桥”就是由退休技师帮带青年，让手艺不断线。", "银桥"),
        ("“船员直通车”是县总工会为船员开通的服务热线，全天有人接听。", "船员直通车"),
        ("远洋船员是渔业队伍中常年漂泊的骨干力量，最需要关心。", "远洋船员"),
        ("“短”课堂的推广，就是让船员在靠岸的半小时里学会一招。", "短"),
        ("“三方议事”由社区、企业、工会组成。", "三方议事"),
    ],
)
def test_what_it_is(text: str, core: str) -> None:
    assert explained(text, core)


@pytest.mark.parametrize(
    ("text", "core"),
    [
        ("渔港驿站是推动服务升级的重要抓手。", "渔港驿站"),
        ("渔港驿站是县总工会服务船员的具体举措，全年开放。", "渔港驿站"),
        ("渔港驿站是该县的传统品牌，船员夸赞。", "渔港驿站"),
        ("渔港驿站是服务船员的有效途径。", "渔港驿站"),
        ("渔港驿站是安全生产的坚实保障。", "渔港驿站"),
        ("渔港驿站是服务船员的重要平台。", "渔港驿站"),
    ],
)
def test_praise_only_describes(text: str, core: str) -> None:
    assert set(grades(text, core)) == {"described"}


def test_what_it_is_counts_with_praise_after_it() -> None:
    assert explained("渔港驿站是县总工会搭建的服务平台，也是关爱船员的具体举措。", "渔港驿站")


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
    assert grades(text, core) == []


@pytest.mark.parametrize(
    ("text", "core"),
    [
        ("“两岸一线”是海岛发展的最佳方式。", "两岸一线"),
        ("完善海岛服务体系是全体会员共同确定的标准。", "完善海岛服务体系"),
        ("“海岛杯”指导各地开展竞赛。", "海岛杯"),
        ("主要措施是扩大渔港的方式。", "主要措施"),
    ],
)
def test_praise_and_pointing_explain_nothing(text: str, core: str) -> None:
    assert "explained" not in grades(text, core)
