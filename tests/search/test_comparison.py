from search.comparison import Comparison, compare
from search.deeds import DeedGroup
from search.engine import Engine
from tests.search.test_profile import profile


def compared(towns: Engine, a: str, b: str) -> Comparison:
    return compare(profile(towns, a), profile(towns, b))


def topics(groups: tuple[DeedGroup, ...]) -> set[str]:
    return {deed.topic for group in groups for deed in group.deeds}


def test_topics_of_both_and_of_one(towns: Engine) -> None:
    found = compared(towns, "衢州市", "宜宾市")
    assert {deed.topic for group in found.both for deed in group.deeds} == {"困难职工帮扶", "户外劳动者服务站点"}
    assert found.shared == 2
    assert {"母婴室", "橘灯行动"} <= topics(found.only_a)
    assert topics(found.only_b) == {"技能竞赛"}


def test_the_sides_change_places(towns: Engine) -> None:
    one, other = compared(towns, "衢州市", "宜宾市"), compared(towns, "宜宾市", "衢州市")
    assert topics(one.only_a) == topics(other.only_b)
    assert {used.term.id for used in one.terms} == {used.term.id for used in other.terms}


def test_each_side_shows_a_sentence_of_its_own(towns: Engine) -> None:
    for group in compared(towns, "衢州市", "宜宾市").both:
        for deed in group.deeds:
            assert deed.shown_a in deed.a.sentences and deed.shown_b in deed.b.sentences
            assert deed.shown_a.status != "planned"


def test_figures_of_the_same_thing(towns: Engine) -> None:
    found = {shared.subject: shared for shared in compared(towns, "衢州市", "宜宾市").figures}
    huts = found["户外劳动者服务站点"]
    assert ([f.text for f in huts.a], [f.text for f in huts.b], huts.unit) == (["85个", "12个"], ["140个"], "个")
    money = {shared.subject: shared for shared in compared(towns, "衢州市", "丽水市").figures}["送温暖"]
    assert [f.value for f in money.b] == [8_000_000]


def test_a_word_that_says_nothing_is_no_subject_to_compare_by(towns: Engine) -> None:
    for shared in compared(towns, "衢州市", "宜宾市").figures:
        assert all(figure.topic or len(figure.key) > 2 for figure in (*shared.a, *shared.b))


def test_places_with_nothing_in_common(towns: Engine) -> None:
    found = compared(towns, "柯城区", "丽水市")
    assert (found.both, found.figures, found.terms) == ((), (), ())
    assert topics(found.only_a) and topics(found.only_b)
