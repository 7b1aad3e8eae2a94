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
        ("选树海港工匠50人。", "海港工匠"),
        ("“渔工惠”、网上“蓝海学堂”“刷脸入会”、线上招聘等应用全面铺开。", "渔工惠"),
        ("建成“海边母婴角”8家，8家“海边书香角”挂牌。", "海边书香角"),
        ("推广“渔港夜话”模式，又有了“海岛夜话”。", "海岛夜话"),
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
        ("落实“加快建设渔业现代化体系”工程。", "加快建设渔业现代化体系"),
        ("坚持“哪里有渔船，哪里就必须有渔会”，“哪里有渔船，哪里就必须有渔会”活动。", "哪里有渔船，哪里就必须有渔会"),
        ("成立协会，服务职工。", "协会"),
        ("渔港驿站是在去年建成的。", "渔港驿站"),
        ("组织开展机关干部赴海岛联户工作。", "海岛联户"),
        ("打造务实工会，服务船员。", "务实工会"),
        ("“未完的引号里有“暖蜂二字，没有下文。", "暖蜂"),
        ("‘“”’“‘’”都是空的。", ""),
        (f"开展“{'长' * 60}”活动。", "长" * 60),
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


def test_an_everyday_word_with_a_tail_is_a_term_of_its_own(store: MakeStore) -> None:
    text = "弘扬渔工精神、老船长精神。\n选树渔工，渔工在行动，渔工有干劲。\n成立“渔工”协会。"
    made = store(("甲", text), ("乙", text + "\n推广渔工精神。"))
    assert {"渔工精神", "老船长精神", "渔工"} <= labels(made)


def test_a_row_of_terms_is_not_a_term(store: MakeStore) -> None:
    text = "弘扬老黄牛精神、拓荒牛精神。\n开展“老黄牛精神、拓荒牛精神”宣讲活动。"
    found = labels(store(("甲", text), ("乙", text)))
    assert {"老黄牛精神", "拓荒牛精神"} <= found
    assert "老黄牛精神、拓荒牛精神" not in found


def test_a_name_in_quotation_marks_is_the_same_with_a_tail(store: MakeStore) -> None:
    text = "开展“暖蜂”行动。\n实施“暖蜂”行动，走访骑手。\n推行暖蜂服务工程，走访骑手。"
    assert {label for label in labels(store(("甲", text))) if "暖蜂" in label} == {"暖蜂"}


def test_what_is_done_with_a_name_is_no_other_way_to_write_it(store: MakeStore) -> None:
    text = "推进“六净”共写建设。\n传递“暖蜂”倾情关爱，开展“暖蜂”行动。\n推进“六净”班组建设。\n明确“六净”整治总体思路。\n树立“六净”思想。"
    aliases = {alias for term in store(("甲", text)).select(Term) for alias in term.aliases}
    assert {"“暖蜂”行动", "“六净”班组建设"} <= aliases
    assert not aliases & {"“六净”共写建设", "“暖蜂”倾情关爱", "“六净”整治总体思路", "“六净”思想"}


def test_what_several_sentences_say_a_thing_is_is_a_term(store: MakeStore) -> None:
    once = "渔业社是船员自愿结成的组织，遍布海岛。"
    assert "渔业社" not in labels(store(("甲", once)))
    assert "渔业社" in labels(store(("甲", once), ("乙", "渔业社是联系船员的群众团体，作用很大。")))


def test_a_numeral_name_ends_before_a_verb(store: MakeStore) -> None:
    found = labels(store(("甲", "市、县、镇三级工会兴办渔民夜校试点30家。")))
    assert "三级工会" in found and not any("兴办" in label for label in found)


def test_a_mere_pattern_takes_its_tail(store: MakeStore) -> None:
    text = "构建宣教、培训、援助“三位一体”服务格局。\n形成党员、干部、职工“三位一体”治理模式。"
    assert {"“三位一体”服务格局", "“三位一体”治理模式"} <= labels(store(("甲", text)))


def test_a_lexicon_name_is_a_term_where_documents_use_it(store: MakeStore) -> None:
    name = next(concept.label for concept in lexicon() if len(concept.label) > 3)
    assert name in labels(store(("甲", f"{name}迈上新台阶。")))
    assert name not in labels(store(("甲", "各项工作迈上新台阶。")))


def test_what_is_done_again_and_again_under_one_phrase_is_a_term(store: MakeStore) -> None:
    once = "组织开展机关干部赴海岛联户工作。\n健全工会干部深入海岛联户工作机制。"
    assert "海岛联户" not in labels(store(("甲", once)))
    (term,) = [t for t in store(("甲", once), ("乙", "推进海岛联户工作，成效明显。")).select(Term) if "联户" in t.label]
    assert (term.label, term.kind) == ("海岛联户", "mechanism")


def test_what_several_unions_want_to_be_called_is_a_term(store: MakeStore) -> None:
    made = store(("甲", "打造务实工会，服务船员。"), ("乙", "建设敢闯敢干的务实工会。"))
    assert {term.kind for term in made.select(Term) if term.label == "务实工会"} == {"slogan"}


def test_names_in_other_words_are_one_term(store: MakeStore) -> None:
    text = "开展“远洋与近海渔技大赛”活动。\n举办“远洋近海渔技大赛”，比出水平。"
    (term,) = [term for term in store(("甲", text)).select(Term) if "渔技" in term.label]
    assert {"远洋与近海渔技大赛", "远洋近海渔技大赛"} <= {term.label, *term.aliases}


def test_a_list_of_its_parts_is_the_term(store: MakeStore) -> None:
    text = "打响“船上安心、岸上放心、家里舒心”品牌。\n健全船上安心、岸上放心、家里舒心的“三心”机制。"
    (term,) = [term for term in store(("甲", text)).select(Term) if "心" in term.label]
    assert term.label == "三心" and "船上安心、岸上放心、家里舒心" in term.aliases


def test_an_official_name_that_a_glossary_line_explains_is_that_term(store: MakeStore) -> None:
    text = "聚焦“4611”现代产业体系，办好竞赛。\n名词注释\n1.“4611”现代产业体系：全县四类产业的总称，各有侧重。"
    assert "4611现代产业体系" in {label for concept in lexicon() for label in concept.official}
    assert {"4611", "4611现代产业体系"} & labels(store(("甲", text))) == {"4611"}


def test_a_sort_after_a_name_makes_another_thing_unless_the_name_mostly_has_it(store: MakeStore) -> None:
    made = store(
        ("甲", "选树“临江工匠”20名。\n表彰“临江工匠”。\n建成“临江工匠”学院。\n办好“暖港”驿站。\n再建“暖港”驿站。"),
        ("乙", "宣传“临江工匠”。\n开展“临江工匠”评选活动。"),
    )
    aliases = {term.label: term.aliases for term in made.select(Term)}
    assert "“临江工匠”学院" not in aliases["临江工匠"]
    assert "“临江工匠”评选活动" in aliases["临江工匠"]
    assert "“暖港”驿站" in aliases["暖港"]
