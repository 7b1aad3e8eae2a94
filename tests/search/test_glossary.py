"""The glossary as a library serves it; every sentence is invented."""

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.model import Document, ParsedDocument, ParsedSource, Passage, Section, Source, Term, digest
from corpus.revisions import Cause
from corpus.store import Store
from corpus.unsettled import put_unsettled
from graph.glossary import build_glossary
from search.glossary import GlossaryIndex

DOCUMENTS = {
    "海岛工会报告": """健全职工书屋、流动课堂、暖心驿站三大阵地平台。
持续开展“暖蜂”行动，办好职工书屋。
再次开展“暖蜂”行动，走访职工书屋。
全县打响“四大战役”，职工踊跃。
推广“法院+工会”模式，调处争议12件。
健全问题共商、场地共用、经费共管的“三共”机制。""",
    "山区工会报告": """实施“暖蜂”行动，受到欢迎。
推进“新征程、建新功”主题活动。
评选劳模创新工作室8个。""",
    "湖区工会报告": """设立“渔工”联络员，渔工代表渔工，渔工依靠渔工。
再次设立“渔工”联络员。
签订“2+1”协议，即船东协议、船员协议、保险协议。""",
    "草原工会报告": """开展助学“2+1”活动，资助牧民子女30人。
搭建问题会商协调机制，由牧民推选。
开展“三共”活动，丰富多彩。""",
}


def parsed(title: str, text: str) -> ParsedSource:
    source = Source(digest(title), title, title, "utf-8", len(text))
    place = title[:2]
    document = Document(f"{source.id}-0", source.id, 0, title, place, "", "", "county", "", "", "2022", "", text)
    passages, at = [], 0
    for i, line in enumerate(text.split("\n")):
        name = digest(document.id, line)
        passages.append(Passage(name, document.id, "", i, line, at, at + len(line), 0, 0, ()))
        at += len(line) + 1
    return ParsedSource(source, b"", (ParsedDocument(document, (), tuple(passages), ()),), ())


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[GlossaryIndex]:
    with Store.open(tmp_path_factory.mktemp("library"), create=True) as store:
        with store.write():
            for title, text in DOCUMENTS.items():
                store.put_source(parsed(title, text))
            found = build_glossary(store)
            store.put_glossary(found)
        yield GlossaryIndex(store)


@pytest.mark.parametrize(
    ("asked", "label"),
    [
        ("暖蜂", "暖蜂"),
        ("“暖蜂”", "暖蜂"),
        ("“暖蜂”行动", "暖蜂"),
        ("暖蜂行动", "暖蜂"),
        ("暖蜂品牌", "暖蜂"),
        ("暖蜂活动", "暖蜂"),
        ("县里的“暖蜂”", "暖蜂"),
        ("暖 蜂", "暖蜂"),
        ("法院＋工会", "法院+工会"),
        ("新征程•建新功", "新征程、建新功"),
        ("新征程建新功", "新征程、建新功"),
        ("勞模創新工作室", "劳模创新工作室"),
        ("四大戰役", "四大战役"),
        ("全国劳模创新工作室", "劳模创新工作室"),
        ("sdzy", "四大战役"),
        ("SDZY", "四大战役"),
        ("sidazhanyi", "四大战役"),
    ],
)
def test_lookup_finds(index: GlossaryIndex, asked: str, label: str) -> None:
    answer = index.lookup(asked)
    assert answer is not None and answer.term == label


@pytest.mark.parametrize("asked", ["", "“”", "暖风", "没有的词", "四大", "zzzz", "暖蜂和书屋的关系", "n", "++"])
def test_lookup_abstains(index: GlossaryIndex, asked: str) -> None:
    assert index.lookup(asked) is None


def test_an_explained_term_gives_its_sentence_and_parts(index: GlossaryIndex) -> None:
    answer = index.lookup("三共")
    assert answer is not None and answer.status == "explained"
    first = answer.definitions[0]
    assert first.strength == "explained"
    assert first.components == ("问题共商", "场地共用", "经费共管")
    assert first.text in DOCUMENTS["海岛工会报告"]


@pytest.mark.parametrize(
    "asked",
    [
        "渔工精神",
        "渔工服务",
        "渔工经验",
        "渔工政策",
        "职工书屋精神",
        "暖蜂精神",
        "三共政策",
        "问题会商活动",
        "问题会商",
        "劳模创新工作室经验",
    ],
)
def test_a_tail_that_makes_another_thing_is_not_answered(index: GlossaryIndex, asked: str) -> None:
    assert index.lookup(asked) is None
    assert index.similar(asked)


def test_a_pattern_with_another_tail_is_another_thing(index: GlossaryIndex) -> None:
    contract, aid, bare = index.lookup("“2+1”协议"), index.lookup("“2+1”活动"), index.lookup("2+1")
    assert contract is not None and aid is not None and bare is not None
    assert contract.status == bare.status == "explained"
    assert aid.status == "unexplained"
    assert aid.note == "有文献写作“‘2+1’活动”，没有说明指什么；别处对“2+1”的解释不一定适用。"
    assert "不一定" not in contract.note
    assert all("协议" not in definition.text for definition in aid.definitions)
    shared, festival = index.lookup("“三共”机制"), index.lookup("“三共”活动")
    assert shared is not None and shared.status == "explained"
    assert festival is not None and festival.status == "unexplained"
    assert [definition.text for definition in festival.definitions] == ["开展“三共”活动，丰富多彩。"]


def test_a_tail_that_no_document_uses_is_taken_for_the_pattern(index: GlossaryIndex) -> None:
    answer = index.lookup("三共工程")
    assert answer is not None and answer.status == "explained"


def test_an_unexplained_term_gives_typical_uses_and_no_explanation(index: GlossaryIndex) -> None:
    answer = index.lookup("四大战役")
    assert answer is not None and answer.status == "unexplained"
    assert all(definition.strength == "described" for definition in answer.definitions)
    assert [use.sentence for use in answer.uses] == ["全县打响“四大战役”，职工踊跃。"]
    ((start, end),) = answer.uses[0].marks
    assert answer.uses[0].sentence[start:end].strip("“”") == "四大战役"


def test_documents_and_mentions_are_counted(index: GlossaryIndex) -> None:
    answer = index.lookup("暖蜂")
    assert answer is not None
    assert [(use.title, use.place, use.mentions) for use in answer.documents] == [
        ("海岛工会报告", "海岛", 2),
        ("山区工会报告", "山区", 1),
    ]
    assert answer.mentions == 3
    assert len({use.document_id for use in answer.uses}) == 2


def test_related_terms_say_why(index: GlossaryIndex) -> None:
    shelf, whole, bee = index.lookup("职工书屋"), index.lookup("三大阵地平台"), index.lookup("暖蜂")
    assert shelf is not None and whole is not None and bee is not None
    assert ("三大阵地平台", "所属整体") in {(r.term, r.relation) for r in shelf.related}
    assert ("职工书屋", "组成部分") in {(r.term, r.relation) for r in whole.related}
    assert ("职工书屋", "相关") in {(r.term, r.relation) for r in bee.related}


def test_what_can_be_suggested(index: GlossaryIndex) -> None:
    found = {name: (suggestion, mentions) for name, suggestion, mentions in index.suggestible()}
    suggestion, mentions = found["暖蜂"]
    assert (suggestion.label, suggestion.kind, mentions) == ("暖蜂", "term", 3) and suggestion.note
    assert "有解释" in found["三共"][0].note


def test_similar_labels_are_suggested_for_what_has_no_answer(index: GlossaryIndex) -> None:
    assert "四大战役" in index.similar("四大战疫")
    assert "职工书屋" in index.similar("书屋")
    assert index.similar("") == ()


def test_looking_up_loads_no_network() -> None:
    root = Path(__file__).parents[2]
    code = "import sys, search.glossary; sys.exit('networkx' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=root, check=False).returncode == 0


@pytest.mark.parametrize(
    ("asked", "how", "note"),
    [
        ("暖蜂", "label", ""),
        ("“暖蜂”品牌", "variant", "“‘暖蜂’品牌”是“暖蜂”的另一种写法。"),
        ("全省职工书屋", "wider", "语料中没有单列“全省职工书屋”，以下是比它宽的“职工书屋”。"),
    ],
)
def test_an_answer_tells_how_the_label_led_to_it(index: GlossaryIndex, asked: str, how: str, note: str) -> None:
    answer = index.lookup(asked)
    assert answer is not None and (answer.how, answer.note) == (how, note)


def test_an_answer_sums_up_its_meanings(index: GlossaryIndex) -> None:
    answer = index.lookup("三共")
    assert answer is not None
    (meaning,) = answer.meanings
    assert (meaning.places, meaning.period) == (("海岛",), "2022")
    assert meaning.components == ("问题共商", "场地共用", "经费共管")


def test_a_counting_name_with_a_place_before_it_is_answered_by_what_that_place_says(index: GlossaryIndex) -> None:
    anywhere, elsewhere = index.lookup("全县三共"), index.lookup("宜昌市三共")
    assert anywhere is not None and anywhere.how == "wider" and anywhere.status == "explained"
    assert elsewhere is not None and elsewhere.definitions == ()


def test_note_on_a_name_is_read_first(tmp_path: Path) -> None:
    before, heading = "健全问题共商、场地共用、经费共管的“三共”机制。", "名词注释"
    text = "\n".join((before, heading, "“三共”机制：指问题共商、场地共用、经费共管。"))
    given = parsed("渔港工会报告", text)
    notes = Section(
        "n", given.documents[0].document.id, 0, "", 1, "", heading, len(before) + 1, len(text), "", "glossary"
    )
    with Store.open(tmp_path / "library", create=True) as store:
        with store.write():
            store.put_source(replace(given, documents=(replace(given.documents[0], sections=(notes,)),)))
            store.put_glossary(build_glossary(store))
        answer = GlossaryIndex(store).lookup("三共")
    assert answer and [d.how for d in answer.definitions] == ["glossary", "enumeration_before"]


def test_a_term_is_looked_up_without_reading_the_others(index: GlossaryIndex, monkeypatch: pytest.MonkeyPatch) -> None:
    store, read = index._store, []
    select = store.select
    monkeypatch.setattr(store, "select", lambda cls, **asked: (read.append((cls, asked)), select(cls, **asked))[1])
    assert GlossaryIndex(store).lookup("三共") == index.lookup("三共")
    assert not {(Term, ()), (Document, ())} & {(cls, tuple(asked)) for cls, asked in read}


def test_a_term_that_left_while_the_library_waits_is_not_answered(tmp_path: Path) -> None:
    with Store.open(tmp_path / "library", create=True) as store:
        for title, text in DOCUMENTS.items():
            store.put_source(parsed(title, text))
        store.put_glossary(build_glossary(store))
        assert GlossaryIndex(store).lookup("新征程建新功")
        with store.write():
            store.remove_source(digest("山区工会报告"))
            store.tidy_glossary()
            put_unsettled(store, Cause("remove", ("山区工会报告",)))
        later = GlossaryIndex(store)
        assert later.lookup("新征程建新功") is None and "新征程、建新功" not in later.similar("新征程建新宫")
        found = later.lookup("暖蜂")
        assert found is not None and [use.place for use in found.documents] == ["海岛"]
