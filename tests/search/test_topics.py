"""Questions read against a lexicon: what is looked for, and what is let alone."""

from collections.abc import Callable, Iterable

import numpy as np
import pytest
from numpy.typing import NDArray

from corpus.lexicon import Concept
from corpus.model import Claim
from search.claims import ClaimIndex
from search.concepts import ConceptIndex
from search.questions import parse_question
from search.topics import NAMED, Facet, Topic, TopicReader

TEXTS = (
    "建成夜班食堂九座。",
    "打造通宵食堂。",
    "配备兼职船长、挂职船长十二名。",
    "出台船工体检办法。",
    "开展船工体检。",
    "为快递员送雨衣。",
    "设立维权站、援助站。",
    "成立行业工会。",
)
CONCEPTS = (
    Concept("夜班食堂", ("通宵食堂", "热饭暖胃行动"), ("半夜吃饭",)),
    Concept("婚恋交友", ("青年联谊",), ("水上婚礼",)),
)


@pytest.fixture
def reader(index_of: Callable[[Iterable[Claim]], ClaimIndex]) -> TopicReader:
    claims = (
        Claim(str(n), "d", "p", "", text, 0, len(text), "宜昌市", "420500", "city", "", "document", "done")
        for n, text in enumerate(TEXTS)
    )
    return TopicReader(index_of(claims), ConceptIndex(CONCEPTS))


def read(reader: TopicReader, query: str) -> Topic:
    question = parse_question(query)
    assert question is not None
    return reader.read(question)


def test_a_quoted_name_is_exact(reader: TopicReader) -> None:
    topic = read(reader, "哪些城市有“通宵食堂”？")
    assert (topic.exact, topic.labels) == (True, {"通宵食堂": NAMED})


def test_an_unheard_name_finds_nothing(reader: TopicReader) -> None:
    topic = read(reader, "哪些城市有“橙子食堂”？")
    assert topic.exact and not topic.labels


def test_an_official_label_brings_its_kin(reader: TopicReader) -> None:
    (part,) = read(reader, "哪些城市建了夜班食堂？").parts
    weights = dict(part[0].labels)
    assert weights["通宵食堂"] > weights["热饭暖胃行动"]


def test_plain_words_bring_official_labels_only(reader: TopicReader) -> None:
    topic = read(reader, "哪些城市让人半夜吃饭？")
    assert {"夜班食堂", "通宵食堂"} <= topic.labels.keys()
    assert "半夜吃饭" not in topic.labels


@pytest.mark.parametrize("query", ["哪些城市办了水上婚礼？", "哪些城市给船长办了水上婚礼？"])
def test_an_unheard_thing_is_not_replaced_by_a_neighbour(reader: TopicReader, query: str) -> None:
    topic = read(reader, query)
    assert not topic.labels and not topic.parts


def test_coordinated_words_share_what_follows(reader: TopicReader) -> None:
    parts = read(reader, "哪些城市配了兼职或挂职船长？").parts
    assert [{word for facet in part for word in facet.words} & {"船长"} for part in parts] == [{"船长"}, {"船长"}]


def test_a_question_for_a_document_requires_one(reader: TopicReader) -> None:
    topic = read(reader, "哪些城市出台了船工体检的规定？")
    assert topic.required is not None
    assert topic.required.search(TEXTS[3]) and not topic.required.search(TEXTS[4])
    assert read(reader, "哪些城市开展了船工体检？").required is None


def test_people_are_told_from_things(reader: TopicReader) -> None:
    (part,) = read(reader, "哪些城市给快递员送了雨衣？").parts
    assert {facet.words[0]: facet.group for facet in part if facet.words[0] in ("快递员", "雨衣")} == {
        "快递员": True,
        "雨衣": False,
    }


def test_a_plain_label_is_heard_where_the_question_says_more(reader: TopicReader) -> None:
    assert read(reader, "哪些城市办水上婚礼送雨衣？").labels


def test_a_label_for_one_of_two_things_asked_is_partial() -> None:
    meal, ship = Facet(("夜饭",), (("夜班食堂", 0.8),), 5.0, False), Facet(("船检",), (), 5.0, False)
    crew, small = Facet(("船工",), (), 5.0, True), Facet(("举办",), (), 0.5, False)
    assert TopicReader.partial("夜班食堂", ((meal, ship),))
    assert not TopicReader.partial("夜班食堂", ((meal, crew, small),))
    assert not TopicReader.partial("通宵食堂", ((meal, ship),))


def test_names_with_digits_or_a_plus_at_the_end_are_exact(reader: TopicReader) -> None:
    assert read(reader, "哪些城市有“1+3”雨衣？").exact
    assert read(reader, "哪些城市有“雨衣+”品牌？").exact
    assert not read(reader, "哪些城市有“船长+船工”体检？").exact


def test_a_named_place_is_looked_for_by_itself(reader: TopicReader) -> None:
    topic = read(reader, "哪些城市给新疆船工体检？")
    assert [place.name for place in topic.named] == ["新疆维吾尔自治区"]
    assert not any("新疆" in facet.words for part in topic.parts for facet in part)


@pytest.mark.parametrize(
    ("topic", "says"),
    [
        ("活动", False),
        ("", False),
        ("的", False),
        ("有没有", False),
        ("湖北省", False),
        ("桥", True),
        ("船工体检", True),
        ("夜班食堂", True),
    ],
)
def test_words_of_the_trade_say_nothing(reader: TopicReader, topic: str, says: bool) -> None:
    assert reader.says(topic) == says


def test_a_concept_that_no_claim_speaks_of_excuses_no_noun(
    index_of: Callable[[Iterable[Claim]], ClaimIndex],
) -> None:
    claim = Claim("1", "d", "p", "", "办水手联谊。", 0, 6, "宜昌市", "420500", "city", "", "document", "done")
    concepts = (Concept("水手联谊", (), ("水手交友",)), Concept("水手婚礼", ("江心婚礼",), ("水手成亲",)))
    reader = TopicReader(index_of([claim]), ConceptIndex(concepts))
    assert not read(reader, "哪些城市办了江心婚礼？").parts
    assert read(reader, "哪些城市办了水手联谊？").parts


def words(part: tuple[Facet, ...]) -> set[str]:
    return {word for facet in part for word in facet.words}


def test_what_stands_before_the_first_of_several_things_is_shared_by_bare_ones(reader: TopicReader) -> None:
    first, second = read(reader, "哪些城市推行雨衣维权站、援助站？").parts
    assert "雨衣" in words(first) & words(second)
    weights = [next(f.weight for f in part if "雨衣" in f.words) for part in (first, second)]
    assert weights[1] < weights[0]


def test_what_examples_are_of_belongs_to_each(reader: TopicReader) -> None:
    parts = read(reader, "哪些城市成立了快递、雨衣这类行业工会？").parts
    assert len(parts) == 2 and all("行业" in words(part) for part in parts)


def test_participation_is_no_list(reader: TopicReader) -> None:
    (part,) = read(reader, "哪些城市参与了船工体检？").parts
    assert "体检" in words(part)


def test_a_word_that_no_claim_has_weighs_little(reader: TopicReader) -> None:
    (part,) = read(reader, "哪些城市飞奔着搞船工体检？").parts
    weights = {facet.words[0]: facet.weight for facet in part}
    assert weights["飞奔"] < weights["体检"]


def test_words_of_like_meaning_join_where_no_concept_gives_any(
    index_of: Callable[[Iterable[Claim]], ClaimIndex],
) -> None:
    class Alike:
        def akin(self, word: str) -> tuple[tuple[str, float], ...]:
            return (("雨衣", 0.8),) if word == "蓑衣" else ()

        def likeness(self, text: str, other: str) -> float:
            return 0.0

        def cosines(self, texts: object, clauses: NDArray[np.int64]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
            raise AssertionError("reading compares no clauses")

    claims = (
        Claim(str(n), "d", "p", "", text, 0, len(text), "宜昌市", "420500", "city", "", "document", "done")
        for n, text in enumerate(TEXTS)
    )
    reader = TopicReader(index_of(claims), ConceptIndex(CONCEPTS), Alike())
    (part,) = read(reader, "哪些城市给快递员送了蓑衣？").parts
    assert next(facet for facet in part if "蓑衣" in facet.words).akin == (("雨衣", 0.8),)


def test_a_word_before_the_name_of_a_body_is_not_the_body(
    index_of: Callable[[Iterable[Claim]], ClaimIndex],
) -> None:
    text = "设立橙光工会，开展采茶比武。"
    claim = Claim("1", "d", "p", "", text, 0, len(text), "宜昌市", "420500", "city", "", "document", "done")
    concepts = (Concept("橙光工会", ()), Concept("采茶比武活动", ()))
    reader = TopicReader(index_of([claim]), ConceptIndex(concepts))
    (body,), (deed,) = (read(reader, f"哪些城市办了{name}？").parts[0] for name in ("橙光工会", "采茶比武活动"))
    assert (body.words, deed.words) == (("橙光工会",), ("采茶比武活动", "采茶比武"))


def test_people_are_no_answer_to_a_thing_asked_for_them(index_of: Callable[[Iterable[Claim]], ClaimIndex]) -> None:
    claims = [
        Claim(str(n), str(n), "p", "", text, 0, len(text), "宜昌市", "420500", "city", "", "document", "done")
        for n, text in enumerate(("成立快递员凉亭协会。", "慰问快递员。"))
    ]
    concepts = (Concept("快递员", ("快递员凉亭",), ("送货人乘凉的地方",)),)
    labels = read(TopicReader(index_of(claims), ConceptIndex(concepts)), "哪些城市有送货人乘凉的地方？").labels
    assert "快递员" not in labels and "快递员凉亭" in labels
