from collections.abc import Callable

import pytest

from corpus.lexicon import lexicon
from corpus.model import ConceptMention, Definition, Document, Mention, Passage, Term
from corpus.store import Store
from graph.definitions import FAMILIES
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
    assert (found.terms, found.definitions, found.mentions, found.concept_mentions) == ((), (), (), ())


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
