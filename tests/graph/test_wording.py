import pytest

from graph.wording import after_verb, head_of, kind_of, without_adverbs, without_lead, without_verb


@pytest.mark.parametrize(
    ("phrase", "noun"),
    [
        ("不断健全完善阵地共用", "阵地共用"),
        ("建立了巡访制度", "巡访制度"),
        ("构建市", "市"),
        ("阵地共用", "阵地共用"),
        ("推进", "推进"),
        ("集体协商", "集体协商"),
        ("以赛促学", "以赛促学"),
        ("为民办事", "为民办事"),
        ("为船员义诊", "船员义诊"),
    ],
)
def test_leading_verbs_come_off(phrase: str, noun: str) -> None:
    assert without_lead(phrase) == noun


def test_adverbs_come_off() -> None:
    assert without_adverbs("不断大力加强管理") == "加强管理"
    assert without_adverbs("加强管理") == "加强管理"


def test_one_verb_comes_off() -> None:
    assert without_verb("优化服务平台") == "服务平台"
    assert without_verb("服务平台") == "服务平台"


def test_what_follows_the_first_verb_that_leaves_little() -> None:
    assert after_verb("这得益于该局推行省级", 4) == "省级"
    assert after_verb("一线班组", 4) == "一线班组"


@pytest.mark.parametrize(
    ("name", "head", "kind"),
    [
        ("江城工匠", "工匠", "honour"),
        ("暖心驿站", "驿站", "brand"),
        ("青年学院", "学院", "organisation"),
        ("巡访制度", "制度", "mechanism"),
        ("春晖行动", "行动", "programme"),
        ("建会率", "率", "indicator"),
        ("碧海蓝天", "", ""),
    ],
)
def test_head_nouns_tell_the_kind(name: str, head: str, kind: str) -> None:
    assert head_of(name) == head
    assert kind_of(head) == kind
