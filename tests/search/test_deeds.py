import pytest

from corpus.lexicon import WRITING
from corpus.model import Document
from search.deeds import OTHER, Deed, part_of, telling
from search.engine import Engine
from tests.search.test_likeness import said


def deeds(towns: Engine, name: str, period: str = "") -> dict[str, Deed]:
    place = towns.profiler.resolve(name).place
    assert place is not None
    return {deed.topic: deed for group in towns.profiler.profile(place, period).groups for deed in group.deeds}


def test_a_topic_has_its_sentences_by_status(towns: Engine) -> None:
    found = deeds(towns, "衢州市")["母婴室"]
    assert (found.done, found.ongoing, found.planned, found.total) == (2, 0, 1, 3)
    assert [sentence.status for sentence in found.sentences] == ["done", "done", "planned"]
    assert [sentence.period[:4] for sentence in found.sentences] == ["2035", "2030", "2032"]
    assert found.told("planned") == found.sentences[2:]


def test_every_sentence_is_verbatim_and_points_at_the_topic(towns: Engine) -> None:
    texts = {document.id: document.text for document in towns.store.select(Document)}
    for deed in deeds(towns, "衢州市").values():
        assert deed.sentences
        for sentence in deed.sentences:
            assert texts[sentence.document_id][sentence.start : sentence.end] == sentence.sentence
            assert all(sentence.sentence[start:end] for start, end in sentence.marks)
            assert all(figure in sentence.sentence for figure in sentence.figures)


def test_a_name_on_the_same_words_belongs_to_the_concept(towns: Engine) -> None:
    found = deeds(towns, "衢州市")
    assert found["户外劳动者服务站点"].names == ("户外劳动者驿站",)
    assert "户外劳动者驿站" not in found


def test_a_programme_that_no_concept_covers_is_a_topic_of_its_own(towns: Engine) -> None:
    found = deeds(towns, "衢州市")["橘灯行动"]
    assert found.group == OTHER
    assert found.key.startswith("term:")


def test_how_reports_are_written_is_no_deed(towns: Engine) -> None:
    assert all(deed.group != WRITING for name in ("衢州市", "宜宾市", "浙江省") for deed in deeds(towns, name).values())


def test_what_others_in_the_place_did_is_not_its_own(towns: Engine) -> None:
    assert "职工书屋与阅读" not in deeds(towns, "衢州市")
    assert deeds(towns, "柯城区")["职工书屋与阅读"].done == 1


LONG = "；".join(f"第{n}项，走访车间里的职工，记下他们关心的事，一件一件办出结果" for n in range(6)) + "。"


@pytest.mark.parametrize(
    ("text", "words", "shown"),
    [
        ("走访职工；建成书屋。", "书屋", "走访职工；建成书屋。"),
        (LONG, "第0项", LONG[: LONG.index("；") + 1]),
        (LONG, "第5项", LONG[LONG.rindex("；") + 1 :]),
        (LONG.replace("；", "，"), "第3项", LONG.replace("；", "，")),
    ],
)
def test_of_a_long_sentence_the_part_is_shown(text: str, words: str, shown: str) -> None:
    at = text.index(words)
    start, end = part_of(text, at, at + len(words))
    assert text[start:end] == shown


def test_a_heading_tells_nothing() -> None:
    assert not telling(said("深化驿站建设。"))
    assert telling(said("全市工会走遍山区，把每一处驿站都修好，方便夜班司机歇脚喝水。"))
