"""Precedents, lacks and overlaps on reports of six towns: real names of places, nothing that was ever written."""

from collections.abc import Iterator

import pytest

from gongzhi.build import ingest
from search.engine import Engine
from search.precedents import FRAME, HEADING, NOTHING, PrecedentAnswer

#: place → what its report says of the summer, and of other things.
TOWNS = {
    "漳州市": "盛夏三伏，工会夏送清凉到海堤，投入资金36万元，慰问晒盐工人4200名，还给每个盐场支起遮阳棚。",
    "宝鸡市": "入伏以后夏送清凉走遍隧洞口，共投入资金52万元，为掘进班组添置风扇和冰柜，工人们说洞里凉快多了。",
    "绵阳市": "工会干部夏送清凉上桥面，筹集资金18.5万元，慰问桥梁工人1300名，架桥进度一天没有耽误。",
    "株洲市": "机车车间高温难耐，夏送清凉推到炉前，投入资金41万元，慰问炉前工人2600名。",
    "遵义市": "遵义市工会夏送清凉到茶山，投入资金9万元，采茶女工头上多了草帽，手边多了凉茶。",
    "大庆市": "草原上的夏天很短，夏送清凉的车队仍跑了三百里，给井场送去西瓜和蚊帐，井场职工连声叫好。",
}
#: What all of them write.
PHRASE = "奏响时代强音，谱写灯火通明的壮丽诗篇"


def report(place: str, text: str) -> str:
    return (
        f"{place}总工会2023年工作总结\n2023年12月20日\n\n一、过去一年的工作\n"
        f"一年来，各级工会{PHRASE}，做了不少实事。\n{text}\n"
        f"{place}还为夜班职工开了读书角，藏书由职工自己挑选，借书不用押金，深夜也有人值守。\n"
    )


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    folder = tmp_path_factory.mktemp("lanterns")
    (folder / "reports").mkdir()
    for place, text in TOWNS.items():
        (folder / "reports" / f"{place}.txt").write_text(report(place, text), "utf-8")
    ingest(folder / "library", [folder / "reports"])
    opened = Engine.open(folder / "library")
    yield opened
    opened.close()


def told(answer: PrecedentAnswer) -> set[tuple[str, str]]:
    return {(lack.topic, lack.label) for lack in answer.lacks}


def test_each_clause_has_its_own_precedents(engine: Engine) -> None:
    draft = "今年夏天，我们组织夏送清凉活动，把茶水送到工地。为夜班职工开办读书角，职工可以借书。"
    summer, books = engine.precedents(draft).clauses
    assert summer.topics == ("送清凉",) and 1 <= len(summer.precedents) <= 3
    assert all("夏送清凉" in one.evidence.sentence for one in summer.precedents)
    assert all("读书角" in one.evidence.sentence for one in books.precedents)
    assert len({one.evidence.document_id for one in summer.precedents}) == len(summer.precedents)


def test_a_precedent_is_verbatim_with_its_reasons(engine: Engine) -> None:
    (clause,) = engine.precedents("组织夏送清凉活动，慰问炉前工人。").clauses
    best = clause.precedents[0]
    sentence = best.evidence
    assert best.place == "株洲市" and sentence.sentence == TOWNS["株洲市"]
    assert sentence.figures == ("41万元", "2600名")
    assert engine.store.document(sentence.document_id).text[sentence.start : sentence.end] == sentence.sentence
    assert best.why and 0 < best.score <= 1
    marked = {sentence.sentence[start:end] for start, end in sentence.marks}
    assert any("夏送清凉" in words for words in marked)


@pytest.mark.parametrize(
    ("draft", "note"),
    [
        ("新式咖啡机采用双泵设计，萃取压力稳定。", NOTHING),
        (f"各级工会{PHRASE}。", FRAME),
        ("在市委的坚强领导下，以改革精神为指引，深入学习贯彻大会精神。", FRAME),
        ("一、过去一年的工作\n组织夏送清凉活动，慰问炉前工人。", HEADING),
    ],
)
def test_some_clauses_need_no_precedent(engine: Engine, draft: str, note: str) -> None:
    first = engine.precedents(draft).clauses[0]
    assert (first.note, first.precedents) == (note, ())


def test_a_figure_makes_a_set_phrase_worth_looking_at(engine: Engine) -> None:
    (clause,) = engine.precedents(f"各级工会{PHRASE}，慰问职工300名。").clauses
    assert clause.note != FRAME


def test_what_many_places_give_is_lacking(engine: Engine) -> None:
    (money, people) = engine.precedents("今年夏天，我们组织夏送清凉活动，把茶水送到工地。").lacks
    assert (money.kind, money.topic, money.having, money.places) == ("figure", "送清凉", 5, 6)
    assert (people.having, people.places, people.paragraph) == (3, 6, 1)
    assert money.told == "写“送清凉”的 6 个地方里，5 个写了投入或发放了多少钱"
    assert len(money.examples) == len(set(money.named)) == 2
    for place, example in zip(money.named, money.examples, strict=True):
        assert example.sentence == TOWNS[place]
        assert next(example.sentence[start:end] for start, end in example.marks).endswith("万元")


def test_what_the_draft_has_is_not_lacking(engine: Engine) -> None:
    answer = engine.precedents("我们组织夏送清凉活动，投入资金7万元，把茶水送到工地。")
    assert told(answer) == {("送清凉", "惠及或参加了多少人")}


@pytest.mark.parametrize("draft", ["为夜班职工办了灯谜会，猜中的有奖。", "新式咖啡机采用双泵设计，萃取压力稳定。", ""])
def test_of_what_few_places_write_nothing_is_lacking(engine: Engine, draft: str) -> None:
    assert engine.precedents(draft).lacks == ()


def test_a_copied_sentence_is_told_with_its_source(engine: Engine) -> None:
    draft = "我市的灯会办得很热闹，职工都来看。" + TOWNS["宝鸡市"]
    (overlap,) = engine.precedents(draft).overlaps
    assert (overlap.level, overlap.share, overlap.place, overlap.clause) == ("copied", 1.0, "宝鸡市", 2)
    assert [draft[start:end] for start, end in overlap.spans] == [TOWNS["宝鸡市"][:-1]]
    assert overlap.evidence.sentence == TOWNS["宝鸡市"]
    assert overlap.kept == ("52万元",) and overlap.changed == ()
    assert "几乎照抄" in overlap.told and "52万元" in overlap.checks[0]


def test_figures_that_were_changed_are_told(engine: Engine) -> None:
    draft = TOWNS["漳州市"].replace("4200名", "5700名")
    (overlap,) = engine.precedents(draft).overlaps
    assert [(pair.draft, pair.source) for pair in overlap.changed] == [("5700名", "4200名")]
    assert overlap.kept == ("36万元",)
    assert not any("700" in draft[start:end] for start, end in overlap.spans)


def test_a_long_run_in_a_sentence_of_ones_own_is_partly_the_same(engine: Engine) -> None:
    draft = "今年我们也想了不少办法，其中为掘进班组添置风扇和冰柜，工人们说洞里凉快多了，这是后话，明年还要接着做下去。"
    (overlap,) = engine.precedents(draft).overlaps
    assert overlap.level == "partial" and 18 <= overlap.longest < 30
    assert "也可能是通用的提法" in overlap.told and overlap.kept == ()


@pytest.mark.parametrize(
    "draft",
    [
        f"各级工会{PHRASE}，做了不少实事。",  # six places write it
        "组织夏送清凉活动，把茶水送到工地，让工人们歇歇脚。",
        "《漳州市总工会2023年工作总结》已经印发。",
        "",
    ],
)
def test_what_is_anybodys_is_no_overlap(engine: Engine, draft: str) -> None:
    assert engine.precedents(draft).overlaps == ()


@pytest.mark.parametrize(
    ("around", "left"),
    [
        ("洛阳市总工会办了灯谜会，职工都来猜。\n", ("遵义市",)),
        ("贵州省总工会办了灯谜会，职工都来猜。\n", ()),  # the town lies in it
        ("", ()),  # nothing says that the draft isn't theirs
    ],
)
def test_a_name_left_in_a_copy_is_told(engine: Engine, around: str, left: tuple[str, ...]) -> None:
    (overlap,) = engine.precedents(around + TOWNS["遵义市"]).overlaps
    assert overlap.left == left
    assert any("遵义市" in check for check in overlap.checks) == bool(left)


def test_the_passages_for_the_whole_are_those_of_a_search(engine: Engine) -> None:
    draft = "组织夏送清凉活动，慰问炉前工人。"
    assert engine.precedents(draft, k=2).search.hits == engine.search(draft, 2).hits


@pytest.mark.parametrize("draft", ["", "。", "，" * 3000, "😀" * 30, "a.*(", "“职工", "短", "\n\n"])
def test_odd_drafts_are_answered(engine: Engine, draft: str) -> None:
    answer = engine.precedents(draft)
    assert answer.overlaps == () and answer.lacks == ()


@pytest.mark.parametrize(("draft", "lacking"), [("夏天职工", False), ("夏送清凉", True)])
def test_a_few_words_lack_something_only_where_they_name_a_topic(engine: Engine, draft: str, lacking: bool) -> None:
    assert bool(engine.precedents(draft).lacks) == lacking


def test_a_draft_of_very_many_clauses_is_cut(engine: Engine) -> None:
    answer = engine.precedents("".join(f"第{i}座灯塔亮起来了。" for i in range(420)))
    assert len(answer.clauses) == 400 and "只看了前 400 句" in answer.notes[0]


def test_a_short_clause_is_no_set_phrase(engine: Engine) -> None:
    assert engine.precedents("点亮灯塔。").clauses[0].note == NOTHING
