import pytest

from graph.definitions.before import extract
from graph.namings import namings, sentences_of


def explained(text: str, core: str) -> list[tuple[tuple[str, ...], str]]:
    return [
        (found.components, found.strength)
        for sentence in sentences_of(text)
        for naming in namings(sentence)
        if naming.core == core and (found := extract(naming, sentence))
    ]


@pytest.mark.parametrize(
    ("text", "core", "components"),
    [
        ("全县健全问题共商、场地共用、经费共管的“三共”机制。", "三共", ("问题共商", "场地共用", "经费共管")),
        ("开办书法、摄影、面点三大课堂，学员踊跃。", "三大课堂", ("书法", "摄影", "面点")),
        ("构建宣教、培训、援助“三位一体”服务格局。", "三位一体", ("宣教", "培训", "援助")),
        ("实施“春学、夏练、秋赛、冬评”四季行动的“四季”计划。", "四季", ()),
        ("以技术比武、绝活展示为主要内容的“金钥匙”竞赛全面铺开。", "金钥匙", ("技术比武", "绝活展示")),
        (
            "办好市县船员中心、乡镇社区船员站、企业船员屋五级船员服务阵地。",
            "五级船员服务阵地",
            ("市县船员中心", "乡镇社区船员站", "企业船员屋"),
        ),
        ("落实“比安全、比质量、比效益”为主题的“三比”竞赛。", "三比", ("比安全", "比质量", "比效益")),
        (
            "健全县渔业工会—乡镇渔业工会—渔村渔业工会“小三级”工会网络。",
            "小三级",
            ("县渔业工会", "乡镇渔业工会", "渔村渔业工会"),
        ),
        ("由港口、船东、工会共同组成的“三方议事会”开张。", "三方议事会", ("港口", "船东", "工会")),
        ("形成“医院+港口+工会”三位一体关爱格局。", "三位一体", ("医院", "港口", "工会")),
        ("建成集阅读、休憩、充电等功能于一体的样板型服务站，受到欢迎。", "样板型服务站", ("阅读", "休憩", "充电")),
    ],
)
def test_list_before(text: str, core: str, components: tuple[str, ...]) -> None:
    assert explained(text, core) == ([(components, "explained")] if components else [])


@pytest.mark.parametrize(
    ("text", "core"),
    [
        ("增强“四个意识”，坚定“四个自信”，做到令行禁止。", "四个自信"),
        ("认真学习，扎实工作，坚决落实“一岗双责”。", "一岗双责"),
        ("开展宣讲、培训、慰问等“暖冬”活动。", "暖冬"),
        ("开展送种苗、送冰块两项活动。", "两项活动"),
        ("健全港口、码头、船队五级网络。", "五级网络"),
    ],
)
def test_no_list_before(text: str, core: str) -> None:
    assert explained(text, core) == []


def test_a_list_of_another_size_only_describes_and_says_so() -> None:
    text = "以拜师学艺、技术攻关、安全生产为主要内容的“五赛”活动全面铺开。"
    (naming,) = [naming for naming in namings(sentences_of(text)[0]) if naming.core == "五赛"]
    found = extract(naming, sentences_of(text)[0])
    assert found is not None
    assert (found.strength, found.how) == ("described", "enumeration_short")
    assert found.components == ("拜师学艺", "技术攻关", "安全生产")


def test_most_of_a_list_is_not_the_list() -> None:
    assert explained("推动司机、骑手、船员等四大群体入会。", "四大群体") == [(("司机", "骑手", "船员"), "described")]


def test_a_short_list_only_describes() -> None:
    assert explained("推动司机、骑手等八大群体入会。", "八大群体") == [(("司机", "骑手"), "described")]


@pytest.mark.parametrize(
    ("text", "name", "parts"),
    [
        ("第六条 本省建立省、市、县、村四级渔长体系。", "四级渔长体系", ("省", "市", "县", "村")),
        ("渔港自治县建立县、乡（镇）、村三级渔长制度。", "三级渔长制度", ("县", "乡（镇）", "村")),
        ("规划设施齐全、服务完善的渔业中心、渔村中心和渔港中心三级服务网络。", "三级服务网络", ("渔业中心", "渔村中心", "渔港中心")),
        ("坚持和完善渔民生活保障、渔船保险、渔村救助的“三条保障线”制度。", "三条保障线", ("渔民生活保障", "渔船保险", "渔村救助")),
        ("推进偷捕、偷运、偷售等所谓“三偷”问题治理。", "三偷", ("偷捕", "偷运", "偷售")),
        ("立足海岛、快速反应、多点发力、紧抓四治“四步”工作。", "四步", ("立足海岛", "快速反应", "多点发力", "紧抓四治")),
    ],
)  # fmt: skip
def test_what_stands_around_a_list_is_left_out(text: str, name: str, parts: tuple[str, ...]) -> None:
    assert [components for components, _ in explained(text, name)] == [parts]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("落实和完善“双岗”政策。", "双岗"),
        ("甲国、乙国和丙国三国建立所谓“三海伙伴”。", "三海伙伴"),
        ("加强近海水质防治、渔港空气防治和渔船“三废”治理。", "三废"),
        ("开展宣讲、培训“双管齐下”。", "双管齐下"),
    ],
)
def test_what_only_looks_like_a_list(text: str, name: str) -> None:
    assert explained(text, name) == []
