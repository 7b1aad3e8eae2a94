from collections.abc import Collection, Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.model import Term
from search.lookup import Lookup, note
from search.nomenclature import Nomenclature, build


def term(label: str, kind: str = "programme", *aliases: str) -> Term:
    return Term(label, label, kind, "unexplained", aliases)


TERMS = [
    term("渔工会", "organisation"),
    term("海岛工匠学院", "organisation"),
    term("船讯+", "mechanism", "“船讯+”渔家服务体系"),
    term("海岛帮扶", "programme", "“海岛帮扶”行动"),
    term("贫困渔工帮扶站", "brand"),
    term("爱心托管船", "brand", "职工爱心托管船"),
    term("强三心、去四气"),
    term("六净"),
    term("六有"),
    term("三级渔会", "organisation"),
    term("渔港示范船员评选办法"),
    term("船货共运惠渔家"),
    term("海上安全员监督岗"),
    term("向海图强·劳动光荣"),
    term("三位一体海岛治理体系", "mechanism"),
    term("三心", "concept"),
    term("送暖船", "brand"),
    term("“微”船讯", "brand"),
]


def looked_up(folder: Path, terms: Sequence[Term], quoted: Collection[str] = ()) -> Lookup:
    """The names of ``terms``, written to ``folder``."""
    build(folder, terms, quoted, [("三心", ("船上安心", "岸上放心", "家里舒心"))])
    return Lookup(Nomenclature(folder))


@pytest.fixture(scope="module")
def lookup(tmp_path_factory: pytest.TempPathFactory) -> Lookup:
    return looked_up(tmp_path_factory.mktemp("names"), TERMS, {"海岛帮扶", "船货共运惠渔家"})


@pytest.mark.parametrize(
    ("asked", "label", "how"),
    [
        ("海岛帮扶", "海岛帮扶", "label"),
        ("“海岛帮扶”", "海岛帮扶", "variant"),
        ("海岛帮扶行动", "海岛帮扶", "variant"),
        ("海岛帮扶工程", "海岛帮扶", "variant"),
        ("职工爱心托管船", "爱心托管船", "alias"),
        ("工会爱心托管船", "爱心托管船", "variant"),
        ("送暖船活动", "送暖船", "variant"),
        ("渔工会组织", "渔工会", "variant"),
        ("全省海岛帮扶", "海岛帮扶", "wider"),
        ("农村企业海岛帮扶", "海岛帮扶", "wider"),
        ("宜昌市送暖船", "送暖船", "wider"),
        ("渔港示范船员评选办法建设", "渔港示范船员评选办法", "wider"),
        ("北岸远洋渔业公司渔港示范船员评选办法", "渔港示范船员评选办法", "wider"),
        ("去四气", "强三心、去四气", "within"),
        ("强三心", "强三心、去四气", "within"),
        ("省、市、县三级渔会", "三级渔会", "parts"),
        ("船上安心、岸上放心、家里舒心", "三心", "parts"),
        ("“共商、共建、共享”三位一体海岛治理体系", "三位一体海岛治理体系", "parts"),
        ("增“三心”、去“四气”", "强三心、去四气", "variant"),
        ("“六净”“六有”标准", "六净", "several"),
        ("六净和六有", "六净", "several"),
        ("远海船员“微”船讯比赛", "“微”船讯", "wider"),
        ("船货共运", "船货共运惠渔家", None),
        ("船货共运惠", "船货共运惠渔家", "narrower"),
        ("劳动光荣", "向海图强·劳动光荣", "within"),
        ("海岛工匠学院活动", "海岛工匠学院", "wider"),
        ("贫困渔工帮扶站知识竞赛", "贫困渔工帮扶站", None),
        ("贫困渔工帮扶站竞赛", "贫困渔工帮扶站", "wider"),
        ("贫困渔工帮扶站制度", "贫困渔工帮扶站", "variant"),
        ("非渔港示范船员评选办法", "渔港示范船员评选办法", None),
        ("全省“六净”专项行动", "六净", "variant"),
        ("县里的“六净”", "六净", "variant"),
        ("“六净”晚会", "六净", "inside"),
        ("围绕“六净”写的歌", "六净", "inside"),
        ("船讯+渔家服务体系", "船讯+", "alias"),
        ("船讯+渔家", "船讯+", None),
    ],
)
def test_labels_find_terms(lookup: Lookup, asked: str, label: str, how: str | None) -> None:
    match = lookup.find(asked)
    assert (match and (match.term_id, match.how)) == ((label, how) if how else None)


@pytest.mark.parametrize(
    "asked",
    [
        "",
        "“”",
        "帮扶",
        "渔港",
        "安全员",
        "海岛精神",
        "和",
        "、",
        "六净和海",
        "示范船员",
        "监督岗",
        "海上安全员工作要求",
        "一" * 60,
        # Hours of work, were it taken apart; and no more of a name than 职工… that long.
        "职工工会" * 1000,
    ],
)
def test_what_is_no_name_finds_nothing(lookup: Lookup, asked: str) -> None:
    assert lookup.find(asked) is None


def test_several_names_are_all_told(lookup: Lookup) -> None:
    match = lookup.find("“六净”“六有”标准")
    assert match is not None and match.others == ("六有",)
    assert (
        note("“六净”“六有”标准", "六净", "several", ["六有"])
        == "“‘六净’‘六有’标准”不止一个名称，以下是“六净”，另见“六有”。"
    )


def test_a_wider_name_knows_what_stood_before_it(lookup: Lookup) -> None:
    match = lookup.find("甲镇三级渔会")
    assert match is not None and (match.how, match.beside) == ("wider", "甲镇")


def test_an_alias_of_two_terms_is_of_the_one_it_ends_in(tmp_path: Path) -> None:
    both = [term("渔代会", "mechanism", "“渔代会”四项约定"), term("四项约定", "mechanism", "渔代会“四项约定”")]
    match = looked_up(tmp_path, both).find("渔代会四项约定")
    assert match is not None and match.term_id == "四项约定"


def test_nothing_is_said_of_a_terms_own_label() -> None:
    assert note("六净", "六净", "label") == ""


@given(st.text(alphabet="“”‘’（）六净有标准、和三级渔会海岛帮扶行动+1全省组织 n", max_size=60))
def test_no_label_breaks_the_lookup(lookup: Lookup, asked: str) -> None:
    match = lookup.find(asked)
    assert match is None or match.term_id in {one.id for one in TERMS}
