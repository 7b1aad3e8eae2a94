"""Place questions over a small invented library: complete answer tables, look-alikes, plans, abstention."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus.lexicon import Concept, lexicon
from corpus.model import Document, Level, ParsedDocument, ParsedSource, Passage, Section, Source, digest
from corpus.store import Store
from graph.claims import extract_claims
from search.answers import PlacesAnswer
from search.concepts import ConceptIndex
from search.places import PlaceFinder, shown_each

CORPUS = Path(__file__).parents[3] / "shared" / "corpus"
CONCEPTS = (
    Concept("夜班食堂", ("夜宵食堂", "通宵食堂"), ("半夜吃饭的地方", "夜里有热饭")),
    Concept("船工夜校", ("水上夜校",), ("教船工识字",)),
    Concept("根治欠薪", ("追回劳动报酬", "讨薪"), ("要回报酬", "老板不给钱")),
    Concept("船体检查", ("验船", "船检"), (), negative_labels=("心灵船检", "账目船检")),
    Concept("结对支援", ("支援资金",), ()),
    Concept("婚恋交友", ("青年联谊",), ("水上婚礼", "找对象")),
)
# place, code, level, done, planned; every sentence is invented
LIBRARY: tuple[tuple[str, str, Level, str, str], ...] = (
    (
        "宜昌市",
        "420500",
        "city",
        "建成夜班食堂12座，惠及夜班工友3万余人次。开办“橙色护航”讲堂。兴山县总工会办起船工夜校。举办青年联谊九场。",
        "新建渔具图书馆六座。添置“1+3”雨衣。",
    ),
    (
        "襄阳市",
        "420600",
        "city",
        "打造通宵食堂，夜宵不打烊。深化“四护”行动，慰问船工九百名。开展心灵船检。",
        "开办船工夜校。",
    ),
    ("湖北省", "420000", "province", "全省建成夜班食堂300座。为农民工追回劳动报酬760万元。", "办好船工夜校。"),
    (
        "岳阳市",
        "430600",
        "city",
        "打造“四护一促”品牌。建立“1+30”护航队。开设“码头+”讲坛。上海市总工会捐赠救生圈。上海市总工会结对支援，投入援疆资金。帮助水手追回劳动报酬46万元。在襄阳市召开水上安全现场会。",
        "",
    ),
)


def source(place: str, code: str, level: Level, done: str, planned: str) -> ParsedSource:
    """A document of two sections: what was done, what is planned."""
    identity = digest(place)
    text, sections, passages = "", [], []
    for number, (heading, body) in enumerate((("过去五年", done), ("今后五年", planned))):
        start = len(text)
        text += heading + "\n" + body + "\n"
        section = Section(
            f"{identity}s{number}", f"{identity}-0", number, "", 1, "", heading, start, len(text),
            "plan" if number else "done", "body",
        )  # fmt: skip
        sections.append(section)
        begin = start + len(heading) + 1
        if body:
            passages.append(
                Passage(
                    f"{identity}p{number}",
                    f"{identity}-0",
                    section.id,
                    number,
                    body,
                    begin,
                    begin + len(body),
                    0,
                    0,
                    (),
                )
            )
    province = "湖南省" if code.startswith("43") else "湖北省"
    title = f"{place}总工会工作报告"
    made = Document(f"{identity}-0", identity, 0, title, place, code, province, level, "", "2030年", "2030", "", text)
    record = Source(identity, place, place, "utf-8", len(text))
    return ParsedSource(record, text.encode(), (ParsedDocument(made, tuple(sections), tuple(passages), ()),), ())


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path, create=True) as made:
        with made.write():
            for row in LIBRARY:
                parsed = source(*row)
                made.put_source(parsed)
                made.put_claims(*extract_claims(parsed.documents[0]))
        yield made


@pytest.fixture
def finder(store: Store) -> PlaceFinder:
    return PlaceFinder(store, ConceptIndex(CONCEPTS))


def table(answer: PlacesAnswer) -> dict[str, str]:
    return {place.place: place.status for place in answer.answers}


def test_a_damaged_cache_is_made_again(store: Store) -> None:
    def answered() -> PlacesAnswer:
        return PlaceFinder(store, ConceptIndex(CONCEPTS)).answer("哪些地方建了夜班食堂？")

    fresh = answered()
    assert len(fresh.answers) == 3
    (made,) = store.folder.glob("cache/segments/*/claims-affirmed")
    whole = {path: path.read_bytes() for path in sorted(made.iterdir())}
    assert len(whole) == 14
    for path, content in whole.items():
        for damaged in (content[: len(content) // 2], bytes(len(content))):
            path.write_bytes(damaged)
            assert answered() == fresh
            if path.name != "manifest.json":  # that tells when the files were written
                assert path.read_bytes() == content


def test_a_change_makes_the_cache_anew(store: Store) -> None:
    query = "哪些城市建了夜班食堂？"
    assert "襄阳市" in table(PlaceFinder(store, ConceptIndex(CONCEPTS)).answer(query))
    store.remove_source(digest("襄阳市"))
    assert "襄阳市" not in table(PlaceFinder(store, ConceptIndex(CONCEPTS)).answer(query))


def test_what_is_removed_while_it_is_served_is_not_answered(store: Store, finder: PlaceFinder) -> None:
    store.remove_source(digest("襄阳市"))
    assert table(finder.answer("哪些城市建了夜班食堂？")) == {"宜昌市": "done"}


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("哪些城市建了夜班食堂？", {"宜昌市": "done", "襄阳市": "done"}),
        ("哪些省建了夜班食堂？", {"湖北省": "done"}),
        ("哪些地方建了夜班食堂？", {"宜昌市": "done", "襄阳市": "done", "湖北省": "done"}),
        ("哪些城市有半夜吃饭的地方？", {"宜昌市": "done", "襄阳市": "done"}),
        ("哪些城市办了船工夜校？", {"兴山县": "done", "襄阳市": "planned"}),
        ("哪些城市已经办了船工夜校？", {"兴山县": "done"}),
        ("哪些城市开展了“四护”行动？", {"襄阳市": "done"}),
        ("哪些城市打造了“四护一促”？", {"岳阳市": "done"}),
        ("哪些城市开办了“橙色护航”讲堂？", {"宜昌市": "done"}),
        ("哪些城市办了“夜宵食堂”？", {"宜昌市": "done", "襄阳市": "done"}),
        ("哪里的工会帮大伙要回报酬？", {"岳阳市": "done", "湖北省": "done"}),
        ("哪些城市计划建渔具图书馆？", {"宜昌市": "planned"}),
        ("哪些城市计划办船工夜校？", {"襄阳市": "planned"}),
        ("除了宜昌哪些城市建了夜班食堂？", {"襄阳市": "done"}),
        ("湖北省哪些城市帮水手追回报酬？", {}),
        ("湖北哪些城市建了夜班食堂？", {"宜昌市": "done", "襄阳市": "done"}),
        ("宜昌市哪些区县办了船工夜校？", {"兴山县": "done"}),
        ("2030年哪些城市建了夜班食堂？", {"宜昌市": "done", "襄阳市": "done"}),
        ("2012年哪些城市建了夜班食堂？", {}),
        ("哪些地方添置了“1+3”雨衣？", {"宜昌市": "planned"}),
        ("哪些地方建立了“1+30”护航队？", {"岳阳市": "done"}),
        ("哪些地方开设了“码头+”讲坛？", {"岳阳市": "done"}),
        ("哪些城市开展了船检？", {}),
        ("哪些地方结对支援了新疆？", {"上海市": "done"}),
        ("哪些地方结对支援了贵州？", {}),
        ("哪些地方捐赠了救生圈？", {"上海市": "done"}),
        ("哪些地方得到了救生圈？", {"岳阳市": "done"}),
        ("夜班食堂", {"宜昌市": "done", "襄阳市": "done", "湖北省": "done"}),
    ],
)
def test_the_whole_table(finder: PlaceFinder, query: str, expected: dict[str, str]) -> None:
    assert table(finder.answer(query)) == expected


@pytest.mark.parametrize(
    "query",
    ["哪些城市给船工办了水上婚礼？", "哪些城市开展了“五护”行动？", "哪些城市搞了宠物托管？", "哪些企业建了夜班食堂？"],
)
def test_no_answer_rather_than_a_guess(finder: PlaceFinder, query: str) -> None:
    answer = finder.answer(query)
    assert answer.answers == ()
    assert answer.coverage.line.startswith("查了 4 份文献，") and answer.coverage.line.endswith("未提及不等于未开展。")


@pytest.mark.parametrize("query", ["哪些城市没有建夜班食堂？", "哪些城市不再办船工夜校？"])
def test_who_did_not_is_not_told(finder: PlaceFinder, query: str) -> None:
    answer = finder.answer(query)
    assert answer.answers == () and "无法回答哪些地方没有" in answer.coverage.line


@pytest.mark.parametrize("query", ["哪些城市", "哪些街道？", "哪些城市开展了活动？", "湖北省", "都", "有没有"])
def test_a_question_for_nothing_is_asked_back(finder: PlaceFinder, query: str) -> None:
    answer = finder.answer(query)
    assert answer.answers == () and answer.coverage.line.startswith("请在问题里写明")


@pytest.mark.parametrize(
    ("query", "line"),
    [
        ("桃花市建了夜班食堂吗？", "没有叫“桃花市”的地方"),
        ("鼓楼区和朝阳区谁建了夜班食堂", "“鼓楼区和朝阳区”说的是哪里"),
    ],
)
def test_a_place_that_cannot_be_told_is_asked_back(finder: PlaceFinder, query: str, line: str) -> None:
    answer = finder.answer(query)
    assert answer.answers == () and answer.coverage.line.startswith(line)


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("2030年哪些城市建了夜班食堂？", ["时间限2030 年：句中写明年份的以句中为准"]),
        ("2018年以来湖北哪些城市建了夜班食堂？", ["只看湖北省", "时间限2018 年以来："]),
        ("2018—2019年哪些城市建了夜班食堂？", ["时间限2018—2019 年："]),
        ("除了宜昌哪些城市建了夜班食堂？", ["不含宜昌市"]),
        ("哪些街道建了夜班食堂？", ["地方只细到区县"]),
        ("哪些城市建了夜班食堂？", []),
    ],
)
def test_the_answer_tells_how_conditions_were_read(finder: PlaceFinder, query: str, told: list[str]) -> None:
    conditions = finder.answer(query).conditions
    assert len(conditions) == len(told) and all(map(str.startswith, conditions, told))


def test_words_that_no_document_uses_are_told(finder: PlaceFinder) -> None:
    line = finder.answer("哪些城市有半夜吃饭的地方？").coverage.line
    assert line.startswith("原文没有出现“吃饭”，按“夜班食堂”理解，请逐句核对。")
    assert "没有出现" not in finder.answer("哪些城市有没有的东西？").coverage.line


def test_a_topic_outside_the_lexicon_is_found_by_its_words(store: Store) -> None:
    finder = PlaceFinder(store, ConceptIndex(()))
    assert table(finder.answer("哪些城市建了夜班食堂？")) == {"宜昌市": "done"}
    assert table(finder.answer("哪些城市慰问了船工？")) == {"襄阳市": "done"}


def test_a_level_given_overrides_the_question(finder: PlaceFinder) -> None:
    answer = finder.answer("哪些城市建了夜班食堂？", "province")
    assert (answer.level, table(answer)) == ("province", {"湖北省": "done"})


def test_evidence_points_at_the_document(finder: PlaceFinder, store: Store) -> None:
    place = next(a for a in finder.answer("哪些城市建了夜班食堂？").answers if a.place == "宜昌市")
    (evidence,) = place.evidence
    assert evidence.figures == ("12座", "3万余人次")
    assert (place.code, place.level, place.province, evidence.title) == (
        "420500",
        "city",
        "湖北省",
        "宜昌市总工会工作报告",
    )
    text = store.document(evidence.document_id).text
    assert text[evidence.start : evidence.end] == evidence.sentence
    assert any(evidence.sentence[a:b] == "夜班食堂" for a, b in evidence.marks)


def test_doer_and_topic_are_marked_apart(finder: PlaceFinder) -> None:
    place = next(a for a in finder.answer("哪些城市办了船工夜校？").answers if a.place == "兴山县")
    (evidence,) = place.evidence
    assert evidence.doer is not None and evidence.sentence[slice(*evidence.doer)].startswith("兴山县")
    assert [evidence.sentence[a:b] for a, b in evidence.marks] == ["船工夜校"]
    assert place.parent == "宜昌市"


def test_provinces_stay_together_strongest_first(finder: PlaceFinder) -> None:
    provinces = [place.province for place in finder.answer("哪些地方建了夜班食堂？").answers]
    assert provinces == sorted(provinces, key=provinces.index)
    answers = finder.answer("哪里的工会帮大伙要回报酬？").answers
    assert all(0.5 < place.confidence <= 1 for place in answers)


def test_an_empty_library_answers_nothing(tmp_path: Path) -> None:
    with Store.open(tmp_path / "empty", create=True) as empty:
        answer = PlaceFinder(empty, ConceptIndex(CONCEPTS)).answer("哪些城市建了夜班食堂？")
    assert answer.answers == () and answer.coverage.documents == 0


def test_evidence_from_the_corpus_is_verbatim(tmp_path: Path) -> None:
    if not CORPUS.is_dir():
        pytest.skip("the reference corpus (../shared/corpus) is not here")
    from ingest.parse import parse_source

    with Store.open(tmp_path, create=True) as made:
        with made.write():
            for path in sorted(CORPUS.glob("*.txt")):
                parsed = parse_source(path, origin=path.name)
                made.put_source(parsed)
                for document in parsed.documents:
                    made.put_claims(*extract_claims(document))
        finder = PlaceFinder(made, ConceptIndex(lexicon()))
        found = 0
        for query in ("职工书屋", "哪些省有送清凉？", "工匠学院", "讨薪"):
            for place in finder.answer(query).answers:
                for evidence in place.evidence:
                    text = made.document(evidence.document_id).text
                    assert text[evidence.start : evidence.end] == evidence.sentence
                    assert all(0 <= a < b <= len(evidence.sentence) for a, b in evidence.marks)
                    found += 1
        assert found > 10


@pytest.mark.parametrize(("places", "each"), [(0, 8), (100, 8), (101, 7), (400, 2), (3000, 1)])
def test_of_many_places_fewer_sentences_are_shown(places: int, each: int) -> None:
    assert shown_each(8, places) == each
