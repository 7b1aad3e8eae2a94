from collections.abc import Callable

import pytest

from corpus.lexicon import lexicon
from corpus.model import Term
from corpus.store import Store

MakeStore = Callable[..., Store]


def labels(store: Store) -> set[str]:
    return {term.label for term in store.select(Term)}


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("持续开展“暖蜂”行动。", "暖蜂"),
        ("推进“六净”班组建设。", "六净"),
        ("推广“医院+工会”做法，效果良好。", "医院+工会"),
        ("形成“晨读时光”“夜话沙龙”等职工文化品牌。", "夜话沙龙"),
        ("全县选树“临江工匠”20名。", "临江工匠"),
        ("唱响“学本领强素质、作贡献建新功”。", "学本领强素质、作贡献建新功"),
        ("实施拜师、结对、比武三大行动。", "三大行动"),
        ("成立海岛职工服务联盟，解决船员难题。", "海岛职工服务联盟"),
        ("所谓蓝色课堂，是指面向船员的流动课堂。", "蓝色课堂"),
        ("打造“灯塔”职工书屋。", "灯塔"),
        ("总结推广“岱山做法”，让群众满意。", "岱山做法"),
    ],
)
def test_a_name_gets_in(store: MakeStore, text: str, label: str) -> None:
    assert label in labels(store(("甲", text)))


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("大家都说，这真是一道“好菜”。", "好菜"),
        ("树立“一条心”意识，凝聚合力。", "一条心"),
        ("工会成了职工避风的“屋檐”。", "屋檐"),
        ("他笑着说：“今年收成不错”，大家都乐了。", "今年收成不错"),
        ("过了“三个月”，再来验收。", "三个月"),
        ("三大平台让人称赞。", "三大平台"),
        ("成立协会，服务职工。", "协会"),
        ("渔港驿站是在去年建成的。", "渔港驿站"),
    ],
)
def test_speech_and_figures_of_speech_stay_out(store: MakeStore, text: str, label: str) -> None:
    assert label not in labels(store(("甲", text)))


def test_names_quoted_in_several_documents_get_in(store: MakeStore) -> None:
    once, other = "干部们要当“海上灯塔”。", "大家说起“海上灯塔”，都竖大拇指。"
    assert "海上灯塔" not in labels(store(("甲", once)))
    assert "海上灯塔" in labels(store(("甲", once), ("乙", other)))


def test_bare_and_quoted_names_are_one_term_with_its_forms_as_aliases(store: MakeStore) -> None:
    text = "开展“暖蜂”行动。\n实施“暖蜂”行动，走访骑手。\n“暖蜂”品牌叫响。"
    (term,) = [term for term in store(("甲", text)).select(Term) if "暖蜂" in term.label]
    assert term.label == "暖蜂"
    assert {"“暖蜂”行动", "“暖蜂”品牌"} <= set(term.aliases)
    assert term.kind == "programme"


def test_a_mere_pattern_takes_its_tail(store: MakeStore) -> None:
    text = "构建宣教、培训、援助“三位一体”服务格局。\n形成党员、干部、职工“三位一体”治理模式。"
    assert {"“三位一体”服务格局", "“三位一体”治理模式"} <= labels(store(("甲", text)))


def test_a_lexicon_name_is_a_term_where_documents_use_it(store: MakeStore) -> None:
    name = next(concept.label for concept in lexicon() if len(concept.label) > 3)
    assert name in labels(store(("甲", f"{name}迈上新台阶。")))
    assert name not in labels(store(("甲", "各项工作迈上新台阶。")))
