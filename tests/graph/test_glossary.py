from collections.abc import Callable

import pytest

from corpus.lexicon import lexicon
from corpus.model import ConceptMention, Definition, Document, Mention, Passage, Term
from corpus.store import Store
from graph.families import FAMILIES
from graph.glossary import build_glossary
from graph.variants import core, fold

MakeStore = Callable[..., Store]

ISLAND = """海岛工会工作报告
持续开展“暖蜂”行动36场，覆盖骑手2万人次。
健全问题共商、场地共用、经费共管的“三共”机制。
深化集体协商，推进“三共”机制落地。
名词注释
1.“三联”行动：联系企业、联系车间、联系班组。"""


def term(store: Store, label: str) -> Term:
    return next(term for term in store.select(Term) if term.label == label)


def test_definitions_are_verbatim_and_stand_in_their_passage(store: MakeStore) -> None:
    made = store(("海岛", ISLAND, "舟山市", "330900"))
    definition = made.select(Definition, term_id=term(made, "三共").id)[0]
    document = made.select(Document)[0]
    assert definition.text == document.text[definition.start : definition.end]
    assert definition.text == "健全问题共商、场地共用、经费共管的“三共”机制。"
    assert (definition.components, definition.strength, definition.how, definition.place) == (
        ("问题共商", "场地共用", "经费共管"),
        "explained",
        "enumeration_before",
        "舟山市",
    )
    (passage,) = made.select(Passage, id=definition.passage_id)
    assert passage.start <= definition.start and definition.end <= passage.end


def test_only_an_explanation_makes_a_term_explained(store: MakeStore) -> None:
    made = store(("海岛", ISLAND))
    assert term(made, "三共").status == term(made, "三联").status == "explained"
    assert term(made, "暖蜂").status == "unexplained"
    assert {d.strength for d in made.select(Definition, term_id=term(made, "暖蜂").id)} == {"described"}


def test_a_glossary_line_goes_before_other_definitions(store: MakeStore) -> None:
    made = build_glossary(store(("海岛", "推行“三联”行动，即联系田间、联系渔港、联系码头。\n" + ISLAND)))
    identity = next(term.id for term in made.terms if term.label == "三联")
    assert [d.how for d in made.definitions if d.term_id == identity] == ["glossary", "enumeration_after"]


def test_one_label_keeps_its_senses_with_their_places(store: MakeStore) -> None:
    made = store(
        ("甲", "实施拜师、结对、比武三大行动。", "舟山市", "330900"),
        ("乙", "实施清河、护林、治沙三大行动。", "丽水市", "331100"),
    )
    found = made.select(Definition, term_id=term(made, "三大行动").id)
    assert {(d.place, d.components) for d in found} == {
        ("舟山市", ("拜师", "结对", "比武")),
        ("丽水市", ("清河", "护林", "治沙")),
    }


def test_what_is_done_describes_a_quoted_term_that_nothing_explains(store: MakeStore) -> None:
    made = store(("甲", "大家参加“潮声夜话”，“潮声夜话”，“潮声夜话”。\n推广“潮声夜话”，组织老船员讲述海上故事。"))
    (definition,) = made.select(Definition, term_id=term(made, "潮声夜话").id)
    assert (definition.how, definition.text) == ("deed", "推广“潮声夜话”，组织老船员讲述海上故事。")


def test_mentions_of_terms_and_concepts(store: MakeStore) -> None:
    concept = next(concept.label for concept in lexicon() if len(concept.label) > 3)
    made = store(("海岛", f"{ISLAND}\n{concept}迈上新台阶。"))
    text = made.select(Document)[0].text
    found = [text[m.start : m.end] for m in made.select(Mention, term_id=term(made, "三共").id)]
    assert found == ["“三共”机制", "“三共”机制"]
    assert concept in {mention.concept for mention in made.select(ConceptMention)}


def test_a_heading_by_itself_defines_nothing(store: MakeStore) -> None:
    made = store(("甲", "一、打造“暖蜂”驿站，方便骑手歇脚充电\n二、实施“护航”工程\n实施“护航”工程，惠及船员2万人次。"))
    bee, guard = term(made, "暖蜂"), term(made, "护航")
    assert made.select(Definition, term_id=bee.id) == []
    assert {d.text for d in made.select(Definition, term_id=guard.id)} == {"实施“护航”工程，惠及船员2万人次。"}
    assert [m.passage_id for m in made.select(Mention, term_id=bee.id)] == [""]


def test_the_same_documents_give_the_same_glossary(store: MakeStore) -> None:
    one = store(("甲", ISLAND), ("乙", "开展“暖蜂”行动。"))
    other = store(("乙", "开展“暖蜂”行动。"), ("甲", ISLAND))
    assert build_glossary(one) == build_glossary(other)


def test_an_empty_library_has_an_empty_glossary(store: MakeStore) -> None:
    found = build_glossary(store())
    assert (found.terms, found.definitions, found.mentions, found.relations) == ((), (), (), ())


@pytest.fixture(scope="session")
def texts(corpus_store: Store) -> dict[str, str]:
    return {document.id: document.text for document in corpus_store.select(Document)}


def test_every_definition_of_the_corpus_is_verbatim(corpus_store: Store, texts: dict[str, str]) -> None:
    definitions = corpus_store.select(Definition)
    assert len(definitions) > 200
    for definition in definitions:
        assert definition.text == texts[definition.document_id][definition.start : definition.end]
        assert definition.how in FAMILIES


def test_every_mention_of_the_corpus_is_a_name_of_its_term(corpus_store: Store, texts: dict[str, str]) -> None:
    names = {term.id: {core(fold(name)) for name in (term.label, *term.aliases)} for term in corpus_store.select(Term)}
    mentions = corpus_store.select(Mention)
    assert len(mentions) > 1000
    for mention in mentions:
        assert core(fold(texts[mention.document_id][mention.start : mention.end])) in names[mention.term_id]


def test_components_of_an_explained_enumeration_stand_in_its_sentence(corpus_store: Store) -> None:
    for definition in corpus_store.select(Definition):
        if definition.how.startswith("enumeration"):
            assert all(fold(component) in fold(definition.text) for component in definition.components)


def labels(store: Store) -> set[str]:
    return {term.label for term in store.select(Term)}


LONGEST = "海岛渔港" * 15
BROKEN = f"""海岛工会工作报告
推进“没有合上引号的名称，落实各项任务。
建立“外层“内层”名称”机制，开展“工作”活动。
实施“{LONGEST}”工程。
名词注释
1.“三联”行动：
2.：没有名称的这一行。
3.“”：空的引号里没有名称。
4.“未闭合行动：联系企业、联系车间。
5.“{LONGEST}”：指一个很长的名称。
6.“五送”行动：送岗位、送清凉、送助学。
7.工作：指日常的各种事务。"""


def test_broken_lines_and_quotation_marks_make_no_nonsense(store: MakeStore) -> None:
    made = store(("海岛", BROKEN))
    found = labels(made)
    assert {"五送", "未闭合行动"} <= found
    for label in found:
        assert 2 <= len(label) <= 40
        assert label.count("“") == label.count("”")
    assert not found & {"工作", "“”", "2.", "2", LONGEST}


def test_a_glossary_line_whose_list_disagrees_with_the_numeral_is_marked(store: MakeStore) -> None:
    made = store(("海岛", BROKEN))
    (definition,) = made.select(Definition, term_id=term(made, "五送").id)
    assert (definition.how, definition.strength) == ("enumeration_short", "described")
    assert definition.components == ("送岗位", "送清凉", "送助学")
    assert term(made, "五送").status == "unexplained"


def test_a_line_without_a_definition_explains_nothing(store: MakeStore) -> None:
    made = store(("海岛", BROKEN + "\n推进“三联”行动。"))
    assert not made.select(Definition, how="glossary", text="“三联”行动：")
    assert all(term.status == "unexplained" for term in made.select(Term) if term.label == "三联")


def test_an_everyday_word_that_a_law_explains_is_not_linked_everywhere(store: MakeStore) -> None:
    made = store(("海岛渔港条例", "第二条 本条例所称动物，是指渔港里的鱼和蟹。\n渔港的动物应当登记，禁止伤害动物。"))
    animal = term(made, "动物")
    assert animal.status == "explained"
    assert not made.select(Mention, term_id=animal.id)


@pytest.mark.parametrize(
    ("sentence", "kept"),
    [
        ("海岛渔港建设集团有限公司（以下简称“岛港集团”）工会成立。", {"岛港集团"}),
        ("为了保护舟山古镇（以下简称古镇），制定本条例。", set()),
        ("对渔船、码头和灯塔（以下统称渔港设施）加强管理。", set()),
        ("舟山市渔业管理局（以下简称市渔管局）负责登记。", set()),
        ("使用事业性渔港收据（以下简称渔港收据）。", set()),
    ],
)
def test_a_short_name_for_one_document_is_no_term(store: MakeStore, sentence: str, kept: set[str]) -> None:
    assert labels(store(("海岛", sentence))) & {"岛港集团", "古镇", "渔港设施", "市渔管局", "渔港收据"} == kept
