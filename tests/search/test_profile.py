from search.directory import KnownPlace
from search.engine import Engine
from search.profile import Profile


def place(towns: Engine, name: str) -> KnownPlace:
    found = towns.profiler.resolve(name).place
    assert found is not None
    return found


def profile(towns: Engine, name: str, period: str = "") -> Profile:
    return towns.profiler.profile(place(towns, name), period)


def test_documents_of_its_own_and_of_others(towns: Engine) -> None:
    found = profile(towns, "衢州市")
    assert [held.document.title for held in found.documents] == [
        "衢州市总工会2036年工作总结",
        "衢州市总工会2031年工作总结",
    ]
    assert [(held.document.place, held.claims) for held in found.told_in] == [("浙江省", 1)]
    assert found.sentences == sum(held.claims for held in (*found.documents, *found.told_in))


def test_a_period_limits_topics_and_figures(towns: Engine) -> None:
    whole = profile(towns, "衢州市")
    planned = profile(towns, "衢州市", "2032")
    assert "2032" in dict(whole.periods)
    assert planned.periods == whole.periods
    assert {deed.topic for group in planned.groups for deed in group.deeds} == {"母婴室", "疗休养"}
    assert {figure.text for figure in planned.figures} == {"20个", "三百名"}
    assert profile(towns, "衢州市", "1999").groups == ()


def test_figures_that_can_be_compared_stand_together(towns: Engine) -> None:
    figures = [f for f in profile(towns, "衢州市").figures if f.topic == "送温暖"]
    assert [(f.text, f.unit, f.value) for f in figures] == [
        ("1.2亿元", "元", 120_000_000),
        ("260万元", "元", 2_600_000),
    ]
    for figure in figures:
        (start, end) = figure.evidence.marks[0]
        assert figure.evidence.sentence[start:end] == figure.text


def test_a_subject_that_says_little_is_told_with_its_topic(towns: Engine) -> None:
    figures = {figure.text: figure for figure in profile(towns, "宜宾市").figures}
    assert (figures["3万元"].fact.subject, figures["3万元"].about) == ("筹资", "困难职工帮扶")
    assert figures["140个"].about == ""


def test_terms_that_nobody_else_uses(towns: Engine) -> None:
    used = {used.term.label: used for used in profile(towns, "衢州市").terms}
    assert used["橘灯行动"].only
    assert not used["户外劳动者驿站"].only
    assert used["户外劳动者驿站"].mentions == 2


def test_a_place_without_documents_has_what_others_tell(towns: Engine) -> None:
    found = profile(towns, "丽水市")
    assert found.documents == ()
    assert [held.document.place for held in found.told_in] == ["浙江省"]
    assert {deed.topic for group in found.groups for deed in group.deeds} == {"户外劳动者服务站点", "送温暖"}


def test_a_province_has_what_its_places_have_in_common(towns: Engine) -> None:
    common = {topic.topic: {p.name for p in topic.places} for topic in profile(towns, "浙江省").common}
    assert common["户外劳动者服务站点"] == {"衢州市", "丽水市"}
    assert "疗休养" not in common
    assert profile(towns, "柯城区").common == ()


def test_a_province_that_nobody_writes_of_has_its_places_only(towns: Engine) -> None:
    found = profile(towns, "四川省")
    assert (found.groups, found.figures, found.terms, found.documents) == ((), (), (), ())
    assert [told.place.name for told in found.below] == ["宜宾市", "翠屏区"]
