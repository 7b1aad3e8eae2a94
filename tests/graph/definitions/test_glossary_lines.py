import pytest

from corpus.model import Section
from graph.definitions.glossary_lines import components, entries


@pytest.mark.parametrize(
    ("label", "body", "parts"),
    [
        (
            "三联两促",
            "联系企业、联系车间、联系班组；促进团结、促进生产。",
            ("联系企业", "联系车间", "联系班组", "促进团结", "促进生产"),
        ),
        ("四信", "即“信仰、信念、信心、信义”，是职业精神的概括。", ("信仰", "信念", "信心", "信义")),
        ("新三级", "将原有等级调整，形成由学徒、师傅、大师构成的序列。", ("学徒", "师傅", "大师")),
        ("三化", "是指推动数字化、网络化、智能化。", ("数字化", "网络化", "智能化")),
        (
            "两方三员",
            "实行企业、职工两方协商，由调解员、仲裁员、书记员三员指导。",
            ("两方：企业、职工", "三员：调解员、仲裁员、书记员"),
        ),
        (
            "1+2",
            "主合同一份，即《集体合同》《工资协议》《安全协议》。",
            ("《集体合同》", "《工资协议》", "《安全协议》"),
        ),
        (
            "23",
            "做强船舶、渔业等2个百亿产业，加快发展物流、旅游、康养等3个新兴产业。",
            ("2个百亿产业：船舶、渔业", "3个新兴产业：物流、旅游、康养"),
        ),
        (
            "三问三帮",
            "一问资金，帮助融资；二问订单，帮助打开销路，稳住生产；三问用工。",
            ("一问资金，帮助融资", "二问订单，帮助打开销路，稳住生产", "三问用工"),
        ),
        ("强本领、转作风", "练技能、学本领，察民情、解民忧。", ("练技能、学本领", "察民情、解民忧")),
        (
            "五大工坊",
            "全县建成木艺、陶艺、布艺、竹艺、纸艺“五大工坊”，带动就业。",
            ("木艺", "陶艺", "布艺", "竹艺", "纸艺"),
        ),
        (
            "双20工程",
            "明年底全县建成20个码头驿站，在全部渔港建成20分钟服务圈。",
            ("明年底全县建成20个码头驿站", "建成20分钟服务圈"),
        ),
        (
            "小三级",
            "指由乡镇工会、园区工会——渔村工会——船队工会、船厂工会所构成的三级组织。",
            ("乡镇工会、园区工会", "渔村工会", "船队工会、船厂工会"),
        ),
        ("双要约", "上下两级工会共同发出协商要约。", ()),
    ],
)
def test_components_of_a_line(label: str, body: str, parts: tuple[str, ...]) -> None:
    assert components(label, body) == parts


def test_entries_of_a_glossary_section() -> None:
    text = (
        "正文：这里不是注释。\n名词注释\n1.“三联”行动：联系企业、联系车间、联系班组。\n"
        "（2）“小四级”工会：指四级工会组织。\n没有冒号的一行。"
    )
    start = text.index("名词")
    glossary = Section("s", "d", 0, "", 1, "", "名词注释", start, len(text), "", "glossary")
    body = Section("b", "d", 1, "", 1, "", "正文", 0, start, "", "body")
    found = entries(text, [body, glossary])
    assert [(entry.core, entry.tail, entry.label) for entry in found] == [
        ("三联", "行动", "“三联”行动"),
        ("小四级", "工会", "“小四级”工会"),
    ]
    assert [text[e.explanation.start : e.explanation.end] for e in found] == [
        "“三联”行动：联系企业、联系车间、联系班组。",
        "“小四级”工会：指四级工会组织。",
    ]


def test_counted_names_inside_a_label() -> None:
    text = "名词注释\n1.“强四性、去三化”：增强先进性、广泛性、纯洁性、服务性，防止机关化、空心化、碎片化。"
    glossary = Section("s", "d", 0, "", 1, "", "名词注释", 0, len(text), "", "glossary")
    found = {entry.core: entry.explanation for entry in entries(text, [glossary])}
    assert found["四性"].components == ("先进性", "广泛性", "纯洁性", "服务性")
    assert found["三化"].components == ("机关化", "空心化", "碎片化")
    assert {text[e.start : e.end] for e in found.values()} == {text.split("1.")[1]}
    assert found["强四性、去三化"].components == ("增强先进性、广泛性、纯洁性、服务性", "防止机关化、空心化、碎片化")
