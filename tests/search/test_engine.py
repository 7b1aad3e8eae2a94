"""The engine end to end on the mini library."""

import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

import search.engine
from corpus.errors import LibraryNotFound
from corpus.lexicon import Concept
from corpus.model import Passage
from corpus.store import Store
from search.analyzer import squeeze
from search.answers import Filters, Mode
from search.embedders import Embedder
from search.engine import Engine


@pytest.fixture(autouse=True, scope="module")
def own_lexicon(concepts: tuple[Concept, ...]) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patched:
        for module in (search.engine, search.finder):
            patched.setattr(module, "lexicon", lambda: concepts)
        yield


@pytest.fixture(scope="module")
def engine(own_lexicon: None, mini: Path, embedder: Embedder) -> Iterator[Engine]:
    opened = Engine.open(mini, embedder)
    yield opened
    opened.close()


def first(engine: Engine, query: str, **options: object) -> str:
    return engine.search(query, **options).hits[0].text  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("query", "part"),
    [
        ("送清凉", "露天岗位"),
        ("给户外干活的人送水", "送清凉三百余场"),
        ("老板不给工钱", "根治欠薪"),
        ("哺乳期女工", "哺乳期女工"),
        ("干活比赛", "劳动竞赛"),
        ("過年看望困難工友", "走访慰问"),
    ],
)
def test_search(engine: Engine, query: str, part: str) -> None:
    assert part in first(engine, query)


def test_a_hit_is_verbatim_and_says_why(engine: Engine) -> None:
    answer = engine.search("给户外干活的人送水")
    hit = answer.hits[0]
    document = engine.store.document(hit.document_id)
    assert document.text[hit.start : hit.end] == hit.text
    assert "送清凉" in [hit.text[start:end] for start, end in hit.highlights]
    assert any(reason.startswith("主题：送清凉") for reason in hit.why)
    assert hit.citation == "《青禾市总工会年度工作总结》（宜昌市，2021-12-30），关爱一线职工"
    assert answer.concepts[0] == "送清凉"
    assert all(hit.why for hit in answer.hits)


def test_scores_fall_and_total_counts_all(engine: Engine) -> None:
    answer = engine.search("工会关爱职工", k=2)
    assert len(answer.hits) <= 2 <= answer.total
    assert [hit.score for hit in answer.hits] == sorted((hit.score for hit in answer.hits), reverse=True)


@pytest.mark.parametrize("query", ["送清凉", "劳动竞赛"])
def test_a_query_that_stands_word_for_word_comes_first(engine: Engine, query: str) -> None:
    holding = [query in squeeze(hit.text) for hit in engine.search(query).hits]
    assert holding[0] and holding == sorted(holding, reverse=True)


def test_pages_follow_each_other(engine: Engine) -> None:
    whole = engine.search("工会女工职工", k=4)
    pages = [*engine.search("工会女工职工", k=2).hits, *engine.search("工会女工职工", k=2, offset=2).hits]
    assert [hit.passage_id for hit in pages] == [hit.passage_id for hit in whole.hits]


def test_the_same_paragraph_shows_once_with_both(engine: Engine) -> None:
    hits = engine.search("根治欠薪追回劳动报酬").hits
    copies = [hit for hit in hits if "根治欠薪" in hit.text]
    assert len(copies) == 1
    assert len(copies[0].also) == 1 and copies[0].also[0] != copies[0].document_id


@pytest.mark.parametrize(
    ("filters", "titles"),
    [
        (Filters(place="宜昌市"), {"青禾市总工会年度工作总结"}),
        (Filters(place="云南省"), {"云岭省工会综述", "云岭省工会综述摘登"}),  # a place holds what lies in it
        (Filters(province="云南"), {"云岭省工会综述", "云岭省工会综述摘登"}),
        (Filters(level="province"), {"云岭省工会综述"}),
        (Filters(year="2021"), {"青禾市总工会年度工作总结"}),
        (Filters(type="总结", year="2023", level="city"), {"云岭省工会综述摘登"}),
        (Filters(place="上海市"), set()),
    ],
)
def test_filters(engine: Engine, filters: Filters, titles: set[str]) -> None:
    answer = engine.search("工会职工女工工友", k=20, filters=filters)
    also = {engine.store.document(i).title for hit in answer.hits for i in hit.also}
    assert {hit.title for hit in answer.hits} | also == titles
    assert answer.filters == filters


@pytest.mark.parametrize("mode", ["hybrid", "lexical", "semantic"])
def test_status_keeps_to_plans(engine: Engine, mode: Mode) -> None:
    answer = engine.search("爱心妈咪小屋", mode=mode, filters=Filters(status="plan"))
    assert [hit.text[:2] for hit in answer.hits] == ["明年"]
    assert answer.total == answer.facets["status"]["plan"] == 1


def test_a_place_in_the_query_comes_first(engine: Engine) -> None:
    assert "六十间" in first(engine, "云南 爱心妈咪小屋")
    assert "十间爱心" in first(engine, "宜昌 爱心妈咪小屋")
    assert engine.search("宜昌 爱心妈咪小屋").filters == Filters(place="宜昌市")


def test_documents_take_turns(engine: Engine) -> None:
    usual, turns = (engine.search("为工友开展", k=9, diverse=diverse) for diverse in (False, True))
    owners, turning = ([hit.document_id for hit in answer.hits] for answer in (usual, turns))
    assert len(set(owners)) < len(owners) == len(turning) == len(set(turning))
    assert usual.total == turns.total and owners[0] == turning[0]
    pages = [hit for offset in range(3) for hit in engine.search("为工友开展", 1, offset=offset, diverse=True).hits]
    assert pages == list(turns.hits)


def test_facets_count_what_was_found(engine: Engine) -> None:
    answer = engine.search("爱心妈咪小屋")
    assert answer.facets["province"] == {"云南省": 1, "湖北省": 1}
    assert answer.facets["year"] == {"2021": 1, "2023": 1}


@pytest.mark.parametrize("mode", ["hybrid", "lexical", "semantic"])
@pytest.mark.parametrize(
    "query", ["爱心妈咪小屋", "为工友开展", "工会", "宜昌 女职工 -十间", "“爱心妈咪小屋”", "年份:2023"]
)
@pytest.mark.parametrize(
    "filters",
    [
        Filters(),
        Filters(province="云南省"),
        Filters(place="宜昌市", level="city"),
        Filters(year="2023", status="done"),
        Filters(type="总结", year="2021、2023"),
    ],
)
def test_a_count_is_what_is_left_when_its_value_is_chosen(
    engine: Engine, query: str, mode: Mode, filters: Filters
) -> None:
    answer = engine.search(query, mode=mode, filters=filters)
    assert answer.complete
    for name, counts in answer.facets.items():
        around = {"place": "", "province": ""} if name in ("place", "province") else {}
        for value, count in counts.items():
            chosen = replace(filters, **(around | {name: value}))
            assert engine.search(query, mode=mode, filters=chosen).total == count, (name, value)


def test_conditions_only_take_away_from_what_was_found(engine: Engine) -> None:
    query = "爱心妈咪小屋"
    whole = {hit.passage_id for hit in engine.search(query, k=50).hits}
    for filters in (Filters(province="湖北省"), Filters(level="city"), Filters(status="plan")):
        assert {hit.passage_id for hit in engine.search(query, k=50, filters=filters).hits} <= whole
    # Where nothing is left, what comes nearest is shown, and told to be no more than that.
    nearest = engine.search("减员增效清退", filters=Filters(year="2021"))
    assert not nearest.sure


def test_the_latest_come_first_where_that_is_asked_for(engine: Engine) -> None:
    usual, newest = (engine.search("为工友开展", k=20, newest=newest) for newest in (False, True))
    dates = [engine.store.document(hit.document_id).date for hit in newest.hits]
    assert dates == sorted(dates, reverse=True) and len(set(dates)) > 1
    assert newest.total == usual.total and len(newest.hits) == len(usual.hits)


def test_it_is_known_whether_others_follow(engine: Engine) -> None:
    everything = len(engine.search("为工友开展", k=50).hits)
    assert not engine.search("为工友开展", k=everything).more
    assert engine.search("为工友开展", k=everything - 1).more
    assert not engine.search("为工友开展", k=1, offset=everything - 1).more
    assert engine.search("地方:云南", k=1).more


def test_modes_differ(engine: Engine) -> None:
    query = "大热天"
    by_word, by_meaning = (engine.search(query, mode=mode).hits[0] for mode in ("lexical", "semantic"))
    assert "送清凉" in by_meaning.text and "送清凉" not in by_word.text


@pytest.mark.parametrize("query", ["", "？", "quantum", "   "])
def test_nothing_found_is_an_answer(engine: Engine, query: str) -> None:
    answer = engine.search(query)
    assert answer.hits == () and answer.total == 0


def test_precedents(engine: Engine) -> None:
    draft = (
        "入夏以来，组织各级力量深入露天作业场所，为环卫、建筑、快递等岗位的工友送去清凉饮品和防暑药品。"
        "同时畅通投诉渠道，联合有关部门帮助被拖欠工钱的工友追回劳动报酬，依法维护其合法权益。"
    )
    answer = engine.precedents(draft, k=3)
    found = " ".join(hit.text for hit in answer.search.hits[:3])
    assert "露天岗位" in found and "追回劳动报酬" in found
    assert engine.intent(draft) == "precedents"


@pytest.mark.parametrize(
    ("query", "intent"), [("哪些城市开展了送清凉？", "places"), ("送清凉的做法", "search"), ("字" * 80, "precedents")]
)
def test_intent(engine: Engine, query: str, intent: str) -> None:
    assert engine.intent(query) == intent


def test_places_terms_facts_are_answered(engine: Engine) -> None:
    assert engine.places("哪些城市开展了送清凉？").answers == ()  # no claims were put in
    assert engine.term("没有这个术语") is None
    assert engine.facts().facts == ()
    assert engine.suggest("送清", 3) is not None


def test_caches_are_reused_and_rebuilt(library: Path, embedder: Embedder) -> None:
    def order(folder: Path) -> list[str]:
        opened = Engine.open(folder, embedder)
        try:
            return [hit.passage_id for hit in opened.search("工会关爱职工").hits]
        finally:
            opened.close()

    fresh = order(library)
    found = [*(library / "cache").iterdir(), *(library / "cache").glob("segments/*/*")]
    kinds = sorted(path for path in found if path.is_dir() and path.name != "segments")
    assert sorted(path.relative_to(library / "cache").parts[-1] for path in kinds) == [
        "centres",
        "claims-affirmed",
        "claims-denied",
        "concepts",
        "figures",
        "fingerprints",
        "lexical",
        "names",
        "nearness",
        "rarity",
        "rows",
        "terms",
        "tokens",
        "usage",
        "vectors",
        "words",
    ]
    assert order(library) == fresh
    for kind in kinds:
        # What each file of a cache is worth is told in test_cache.
        path = max(
            (path for path in kind.iterdir() if path.name != "manifest.json"), key=lambda path: path.stat().st_size
        )
        for damaged in (path.read_bytes()[: path.stat().st_size // 2], b"garbage" * 9):
            path.write_bytes(damaged)
            assert order(library) == fresh
    shutil.rmtree(library / "cache")
    assert order(library) == fresh


def test_a_read_only_library_is_served(library: Path, embedder: Embedder) -> None:
    (library / "cache").write_text("nobody can make a folder here")
    opened = Engine.open(library, embedder)
    assert "露天岗位" in first(opened, "送清凉")
    opened.close()


def test_another_generation_is_searched_anew(library: Path, embedder: Embedder, refill: Callable[..., None]) -> None:
    Engine.open(library, embedder).close()
    with Store.open(library) as store:
        for number, chapter in enumerate(["新建书屋百家，配书万册。", "新设托管班八十个。"]):
            document = (f"增补{number}", "武汉市", "420100", "湖北省", "city", "2024", [("新篇", "done", [chapter])])
            refill(store, [document])
    opened = Engine.open(library, embedder)
    assert first(opened, "托管班") == "新设托管班八十个。"
    opened.close()


def test_an_empty_library_answers(tmp_path: Path, embedder: Embedder) -> None:
    Store.open(tmp_path, create=True).close()
    opened = Engine.open(tmp_path, embedder)
    assert opened.search("送清凉").hits == ()
    opened.close()


def test_a_missing_library_is_named(tmp_path: Path, embedder: Embedder) -> None:
    with pytest.raises(LibraryNotFound):
        Engine.open(tmp_path / "nowhere", embedder)


def test_the_served_path_imports_nothing_heavy(library: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from search.library import Library\n"
        "library = Library(Path(sys.argv[1])); engine = library.engine()\n"
        "engine.search('送清凉'); engine.places('哪些城市送清凉？'); engine.term('送清凉'); engine.intent('送清凉')\n"
        "print([m for m in ('torch', 'sentence_transformers', 'ingest') if m in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(library)],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).parents[2],
    )
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize(
    ("query", "holds", "lacks"),
    [
        ("“爱心妈咪小屋”", "爱心妈咪小屋", "送清凉"),
        ("“关爱一线职工”", "", "爱心妈咪小屋"),  # in a heading
        ("工友 -“走访慰问”", "", "走访慰问"),
        ("工友 -欠薪", "", "欠薪"),
    ],
)
def test_every_hit_holds_what_is_quoted_and_nothing_excluded(
    engine: Engine, query: str, holds: str, lacks: str
) -> None:
    for mode in ("hybrid", "lexical"):
        answer = engine.search(query, mode=mode)  # type: ignore[arg-type]
        assert answer.hits
        assert all(holds in hit.text and lacks not in hit.text for hit in answer.hits)
        assert answer.operators and not answer.notes


def test_a_field_in_the_query_is_a_filter(engine: Engine) -> None:
    answer = engine.search("地方:宜昌 工友")
    assert {hit.place for hit in answer.hits} == {"宜昌市"} and answer.filters == Filters(place="宜昌市")
    several = engine.search("地方:宜昌,昆明 工友")
    assert {hit.place for hit in several.hits} == {"宜昌市", "昆明市"}
    # What was chosen on the page holds against what is written.
    assert {hit.place for hit in engine.search("地方:宜昌 工友", filters=Filters(place="昆明市")).hits} == {"昆明市"}


def test_conditions_alone_list_what_meets_them(engine: Engine) -> None:
    answer = engine.search("地方:宜昌 状态:计划")
    assert [hit.text[:2] for hit in answer.hits] == ["明年"] and answer.total == 1
    everything = engine.search("地方:宜昌", 2)
    assert everything.total == 3 and len(everything.hits) == 2
    assert engine.search("地方:宜昌", 2, offset=2).hits[0].text.startswith("明年")
    assert engine.search("-慰问").hits == ()


def test_what_stands_nowhere_only_raises(engine: Engine) -> None:
    answer = engine.search("“走访慰闻”")
    assert answer.hits and "没有一段写有“走访慰闻”" in answer.notes[0] and answer.offers == ("“走访慰问”",)
    apart = engine.search("“走访慰问” “爱心妈咪小屋”")
    assert apart.hits and "没有要求引号里的话一字不差" in apart.notes[0]


def test_a_condition_that_nothing_meets_is_told(engine: Engine) -> None:
    answer = engine.search("送清凉", filters=Filters(place="火星"))
    assert not answer.hits and "没有地方为“火星”的文献" in answer.notes[0]


def test_pinyin_and_misspelt_names_are_searched_as_what_they_mean(engine: Engine) -> None:
    assert first(engine, "songqingliang") == first(engine, "送清凉")
    answer = engine.search("送青凉")
    assert "送清凉" in answer.hits[0].text and "已按“送清凉”查找" in answer.notes[0]
    assert engine.search("送青凉", signs=False).notes == ()


@pytest.mark.parametrize(
    ("query", "intent"),
    [
        ("哪些城市开展了送清凉", "places"),
        ("哪些城市开展了“送清凉”", "places"),
        ("哪些城市开展了送清凉 -宜昌", "search"),
        ("地方:宜昌 送清凉", "search"),
        ("“送清凉”", "search"),
    ],
)
def test_signs_make_a_search_of_a_question(engine: Engine, query: str, intent: str) -> None:
    assert engine.intent(query) == intent


def test_suggestions_of_all_kinds(engine: Engine) -> None:
    kinds = {one.label: one.kind for typed in ("送清", "宜", "关爱", "云岭", "绿豆") for one in engine.suggest(typed)}
    assert kinds["宜昌市"] == "place" and kinds["关爱一线职工"] == "heading"
    assert kinds["云岭省工会综述"] == "document" and kinds["送清凉"] == "topic"
    assert engine.suggest("绿豆")[0].note == "说的是“绿豆汤”"
    assert "送清凉" in [
        one.label for one in engine.suggest("给户外干活的工友送")
    ]  # near to it, though nobody wrote it so


NASTY = (
    "", " ", "水", "，。！？", "😀😀", "\x00\x07", "\ud800送清凉", "送清凉\udcff", ".*+?[](){}^$|\\", "' OR 1=1; --",
    'text:送清凉 AND (a OR "b', "*", "送清凉~2^3", "“", "”“", "「『", "-", "--", "地方:", ":", "：：", "-地方:宜昌", "“”", "%00",
    "送" * 59, "清凉" * 10_000, "“" * 500, "-甲 " * 300, "地方:宜昌 " * 200, "a" * 20_000, "A" * 40 + "‘", "１２３", "\u202e送清凉",
)  # fmt: skip


@pytest.mark.parametrize("query", NASTY)
def test_whatever_is_asked_there_is_an_answer(engine: Engine, query: str) -> None:
    answer = engine.search(query)
    answer.query.encode()
    assert all(note.endswith("。") for note in answer.notes)
    assert engine.intent(query) in ("term", "places", "precedents", "search")
    assert len(engine.suggest(query, 5)) <= 5


@pytest.mark.parametrize(
    ("query", "saying"),
    [("“灯下三问” -驿站 地方:荆州", "灯下三问"), ("给夜班的人送饭", "给夜班的人送饭"), ("-驿站", ""), ("“”", "")],
)
def test_a_query_without_its_signs(engine: Engine, query: str, saying: str) -> None:
    assert engine.saying(query) == saying


@pytest.mark.parametrize(("letters", "offered"), [("yich", ("宜昌市",)), ("qqqqq", ()), ("yi", ())])
def test_letters_that_begin_a_name_are_offered_it(engine: Engine, letters: str, offered: tuple[str, ...]) -> None:
    answer = engine.search(letters)
    assert not answer.hits and answer.offers == offered


def test_what_is_like_a_passage_comes_from_other_documents(engine: Engine) -> None:
    passages = {passage.text: passage for passage in engine.store.select(Passage)}
    asked = next(passage for text, passage in passages.items() if "爱心妈咪小屋六十间" in text)
    found = engine.similar(asked)
    assert found
    assert "爱心妈咪小屋" in found[0].text
    assert all(hit.document_id != asked.document_id for hit in found)
    assert list(engine.similar(asked, 1)) == [found[0]]


def test_a_copy_of_a_passage_in_another_document_is_like_it(engine: Engine) -> None:
    (one, other) = (p for p in engine.store.select(Passage) if p.text.startswith("全省工会联合多部门根治欠薪"))
    for asked, twin in ((one, other), (other, one)):
        assert engine.similar(asked)[0].document_id == twin.document_id


def test_nothing_is_like_a_passage_about_something_else(engine: Engine) -> None:
    passage = engine.store.select(Passage)[0]
    assert engine.similar(replace(passage, text="月球背面采回的岩石保存在充满氮气的玻璃箱里。")) == ()
