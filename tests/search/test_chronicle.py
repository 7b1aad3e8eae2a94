import pytest

from search.chronicle import Step, _wording, chronicle
from search.engine import Engine
from tests.search.test_comparison import topics
from tests.search.test_profile import place


@pytest.fixture(scope="module")
def step(towns: Engine) -> Step:
    (found,) = chronicle(towns.profiler, place(towns, "衢州市")).steps
    return found


def test_the_earlier_document_comes_first(towns: Engine, step: Step) -> None:
    story = chronicle(towns.profiler, place(towns, "衢州市"))
    assert [held.document.date[:4] for held in story.documents] == ["2031", "2036"]
    assert (step.earlier, step.later) == story.documents
    assert not step.overlap


def test_what_is_new_goes_on_and_is_gone(step: Step) -> None:
    assert topics(step.new) == {"外卖骑手", "平台企业协商"}
    assert topics(step.gone) == {"疗休养", "橘灯行动"}
    assert {deed.topic for group in step.continued for deed in group.deeds} == {
        "困难职工帮扶",
        "户外劳动者服务站点",
        "母婴室",
        "送温暖",
        "互联网＋果园",
    }


def test_a_topic_with_a_word_more_is_the_same(step: Step) -> None:
    (told,) = step.reworded
    assert told.topic == "意识形态工作"
    start, end = told.before.marks[0]
    assert told.before.sentence[start:end] == "意识形态"
    assert told.before.document_id == step.earlier.document.id
    assert told.after.document_id == step.later.document.id


@pytest.mark.parametrize(
    ("label", "term", "text", "found"),
    [
        ("意识形态工作", False, "落实意识形态领域工作责任", "意识形态"),
        ("工会干部培训", False, "工会干部大培训活动", "工会干部大培训"),
        ("立体经审监督体系", True, "推进常态化经审监督体系建设", "经审监督体系"),
        ("快递行业工会联合会", False, "成立保洁行业工会联合会", None),
        ("互联网+果园", True, "用好互联网+果园服务", "互联网+果园"),
        ("橘灯行动", True, "橘灯照亮山路", None),
    ],
)
def test_how_a_name_is_known_again(label: str, term: bool, text: str, found: str | None) -> None:
    pattern = _wording(label, term)
    assert pattern is not None
    spot = pattern.search(text)
    assert (spot[0] if spot else None) == found


def test_a_short_name_is_not_looked_for() -> None:
    assert _wording("送水", False) is None


def test_figures_before_and_after(step: Step) -> None:
    found = {shared.subject: ([f.text for f in shared.a], [f.text for f in shared.b]) for shared in step.figures}
    assert found["户外劳动者服务站点"] == (["12个"], ["85个"])
    assert found["送温暖"] == (["260万元"], ["1.2亿元"])


def test_plans_and_what_came_of_them(step: Step) -> None:
    first, last = step.plans
    assert (first.topic, first.planned.status, first.done and first.done.status) == ("母婴室", "planned", "done")
    assert first.planned.document_id == step.earlier.document.id
    assert (last.topic, last.done) == ("疗休养", None)


def test_one_document_has_no_step(towns: Engine) -> None:
    story = chronicle(towns.profiler, place(towns, "宜宾市"))
    assert len(story.documents) == 1 and story.steps == ()
    assert chronicle(towns.profiler, place(towns, "丽水市")).documents == ()
