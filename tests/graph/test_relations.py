from collections.abc import Callable

import pytest

from corpus.curation import Change
from corpus.lexicon import Concept
from corpus.model import Document, Glossary, Mention, Passage, Relation, Term
from corpus.shown import Spot
from corpus.store import Store
from graph.curation import edit
from graph.edges import INVERSES, KINDS
from graph.errors import RelationUnknown
from graph.glossary import build_glossary
from graph.relations import relations

MakeStore = Callable[..., Store]

TEXT = """海岛工会工作报告
健全蓝鲸驿站、职工书屋、流动课堂“三大阵地”。
打造“移动蓝鲸驿站”品牌，擦亮“蓝鲸驿站”品牌，办好职工书屋。
走访蓝鲸驿站，提升职工书屋。
开展“四送”行动，实施“四送一补”行动。
名词注释
1.“三个本领”：会讲、会写、会办。
2.“三种本事”：会讲、会写、会办。"""


def found(store: Store, kind: str) -> dict[tuple[str, str], Relation]:
    labels = {term.id: term.label for term in store.select(Term)}
    return {(labels[r.source_id], labels[r.target_id]): r for r in store.select(Relation, kind=kind)}


def either(relations: dict[tuple[str, str], Relation], a: str, b: str) -> Relation:
    return relations.get((a, b)) or relations[b, a]


@pytest.fixture
def made(store: MakeStore) -> Store:
    return store(("海岛", TEXT, "岱山县", "330921"))


def test_a_definition_that_lists_a_term_has_it_for_a_component(made: Store) -> None:
    relation = found(made, "has_component")["三大阵地", "职工书屋"]
    document = made.select(Document)[0]
    assert document.text[relation.start : relation.end] == "健全蓝鲸驿站、职工书屋、流动课堂“三大阵地”。"
    assert relation.weight == 1.0 and "职工书屋" in relation.reason


def test_a_name_headed_by_another_is_below_it(made: Store) -> None:
    assert ("移动蓝鲸驿站", "蓝鲸驿站") in found(made, "broader")


def test_the_same_content_under_another_name(made: Store) -> None:
    relation = either(found(made, "related"), "三个本领", "三种本事")
    assert relation.reason.endswith("所含内容相同：会讲、会写、会办")


def test_what_counts_further_is_another_thing(made: Store) -> None:
    assert either(found(made, "contrasts_with"), "四送", "四送一补").document_id


def test_every_relation_shows_its_sentences(made: Store) -> None:
    texts = {document.id: document.text for document in made.select(Document)}
    passages = {passage.id: passage for passage in made.select(Passage)}
    every = made.select(Relation)
    assert every
    for relation in every:
        assert relation.reason and 0 < relation.weight <= 1 and relation.kind in KINDS
        assert relation.source_id != relation.target_id
        if relation.kind not in INVERSES:
            assert relation.source_id < relation.target_id
        if relation.passage_id:
            passage = passages[relation.passage_id]
            assert passage.start <= relation.start < relation.end
            assert texts[relation.document_id][relation.start : relation.end].strip()


def test_the_same_library_has_the_same_relations(made: Store) -> None:
    assert build_glossary(made).relations == tuple(made.select(Relation))


# ------------------------------------------------------------------ from the lexicon, on bare records
class Text:
    """A text of two equal lines, each a passage."""

    def __init__(self, line: str) -> None:
        self._line = line

    def text(self, document_id: str) -> str:
        return f"{self._line}\n{self._line}"

    def spots(self, document_id: str) -> list[Spot]:
        size = len(self._line)
        return [Spot("p0", 0, size), Spot("p1", size + 1, 2 * size + 1)]


def glossary(*labels: str, given: tuple[Relation, ...] = ()) -> tuple[Text, int, Glossary]:
    """Terms that stand in a text of two passages, each term once in both; ids are labels."""
    line = "和".join(labels) + "。"
    mentions = []
    for n, start in enumerate((0, len(line) + 1)):
        for label in labels:
            at = start + line.find(label)
            mentions.append(Mention(label, "d", f"p{n}", at, at + len(label)))
    terms = tuple(Term(label, label, "programme", "unexplained", ()) for label in labels)
    return Text(line), 2, Glossary(terms, (), given, tuple(mentions))


def kinds(concepts: list[Concept], *labels: str, given: tuple[Relation, ...] = ()) -> dict[tuple[str, str], str]:
    return {(r.source_id, r.target_id): r.kind for r in relations(*glossary(*labels, given=given), concepts)}


def test_the_lexicon_says_what_is_above_near_and_not_to_be_confused() -> None:
    concepts = [
        Concept("送甜汤", broader=("送关怀",), related=("送绿荫",), negative_labels=("送甜头",)),
        Concept("送关怀", broader=("送甜汤",)),  # a cycle: the first one said holds
    ]
    made = kinds(concepts, "送甜汤", "送关怀", "送绿荫", "送甜头")
    assert made["送甜汤", "送关怀"] == "broader" and ("送关怀", "送甜汤") not in made
    assert made["送甜汤", "送绿荫"] == "related"
    assert made["送甜头", "送甜汤"] == "contrasts_with"


def test_what_stands_above_is_not_near_too() -> None:
    concepts = [Concept("甲项目", broader=("乙项目",), related=("丙项目",)), Concept("乙项目", broader=("丙项目",))]
    made = kinds(concepts, "甲项目", "乙项目", "丙项目")
    assert [kind for pair, kind in made.items() if set(pair) == {"甲项目", "丙项目"}] == []


def test_what_people_said_goes_first() -> None:
    said = Relation("乙项目", "甲项目", "broader", 1.0, "张三认定", "", "", 0, 0)
    made = kinds([Concept("甲项目", broader=("乙项目",))], "甲项目", "乙项目", given=(said,))
    assert made == {("乙项目", "甲项目"): "broader"}


def test_people_take_relations_away(made: Store) -> None:
    edit(made, [Change("unrelate", "移动蓝鲸驿站", "broader:蓝鲸驿站")])
    assert ("移动蓝鲸驿站", "蓝鲸驿站") not in found(made, "broader")
    with pytest.raises(RelationUnknown, match="“职工书屋”不是“移动蓝鲸驿站”的上位术语"):
        edit(made, [Change("unrelate", "移动蓝鲸驿站", "broader:职工书屋")])
    with pytest.raises(RelationUnknown):  # broader, not related
        edit(made, [Change("unrelate", "移动蓝鲸驿站", "related:蓝鲸驿站")])
    edit(made, [Change("relate", "移动蓝鲸驿站", "broader:蓝鲸驿站")])
    assert found(made, "broader")["移动蓝鲸驿站", "蓝鲸驿站"].weight == 1.0


def test_related_is_taken_away_from_either_side(made: Store) -> None:
    assert either(found(made, "related"), "三个本领", "三种本事")
    edit(made, [Change("unrelate", "三种本事", "related:三个本领")])
    edit(made, [Change("kind", "三种本事", "slogan")])
    assert not {("三个本领", "三种本事"), ("三种本事", "三个本领")} & found(made, "related").keys()


def test_relations_of_the_reference_corpus(corpus_store: Store) -> None:
    above = {}
    for a, b in found(corpus_store, "broader"):
        above.setdefault(a, set()).add(b)
    for term in above:
        seen, waiting = set[str](), list(above[term])
        while waiting:
            node = waiting.pop()
            assert node != term
            if node not in seen:
                seen.add(node)
                waiting += above.get(node, ())
    assert ("全国模范职工之家", "模范职工之家") in found(corpus_store, "broader")
    assert either(found(corpus_store, "contrasts_with"), "四送", "四送一补")
    assert either(found(corpus_store, "related"), "四季歌", "四季送")
