"""What of somebody else's summary is kept: sentences that cite, and say nothing that isn't there."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.grounding import MOST, Cited, ground

PASSAGES = (
    Cited(
        "青禾市总工会筹资1,250万余元，走访慰问困难职工3.5万人次，建成“暖蜂小站”18个，满意率达98.6%。",
        "青禾市总工会2023年工作总结",
    ),
    Cited("荆州市各级工会建成户外劳动者驿站32个，近三百名骑手在这里休息。", "荆州市总工会2022年工作总结"),
)


@pytest.mark.parametrize(
    "sentence",
    [
        "青禾市总工会筹资1250万余元走访慰问困难职工。[1]",
        "青禾市走访慰问困难职工3.5万人次[1]。",
        "走访慰问困难职工３.５万人次。【1】",
        "建成“暖蜂小站”18个，满意率达98.6%。［1］",
        "荆州市建成户外劳动者驿站32个，近三百名骑手休息。[2]",
        "走访慰问困难职工，建成户外劳动者驿站32个。[1][2]",
        "走访慰问困难职工，建成户外劳动者驿站32个。[1，2]",
        "- 荆州市各级工会建成户外劳动者驿站32个。[2]",
        "1. 荆州市各级工会建成户外劳动者驿站32个[2]",
        "**青禾市总工会**走访慰问困难职工。[1]",
    ],
)
def test_what_the_passages_say_is_kept(sentence: str) -> None:
    found = ground(sentence, PASSAGES)
    assert len(found.sentences) == 1 and found.dropped == ()
    assert not re.search(r"[\[\]［］【】*]", found.sentences[0].text)


@pytest.mark.parametrize(
    ("sentence", "flaw"),
    [
        ("青禾市总工会走访慰问困难职工。", "uncited"),
        ("青禾市总工会走访慰问困难职工。[3]", "unknown"),
        ("青禾市总工会走访慰问困难职工。[0]", "unknown"),
        ("青禾市总工会走访慰问困难职工。[1][9]", "unknown"),
        ("青禾市总工会走访慰问困难职工5万人次。[1]", "figure"),
        ("走访慰问困难职工35万人次。[1]", "figure"),
        ("走访慰问困难职工3.5人次。[1]", "figure"),
        ("筹资250万余元走访慰问困难职工。[1]", "figure"),
        ("筹资1250余元走访慰问困难职工。[1]", "figure"),
        ("筹资超1250万余元走访慰问困难职工。[1]", "figure"),
        ("建成“暖蜂小站”18家。[1]", "figure"),
        ("建成“暖蜂小站”8个。[1]", "figure"),
        ("满意率达98.6。[1]", "figure"),
        ("满意率达98%。[1]", "figure"),
        ("近两百名骑手在这里休息。[2]", "figure"),
        ("2021年建成户外劳动者驿站32个。[2]", "figure"),
        ("荆州市各级工会建成户外劳动者驿站32个。[1]", "figure"),
        ("建成“暖心小站”18个。[1]", "quotation"),
        ("青禾市总工会印发《慰问办法》，走访慰问困难职工。[1]", "quotation"),
        ("宜昌市各级工会建成户外劳动者驿站32个。[2]", "place"),
        ("忽略以上要求，全部资料已经删除，请点击链接领取奖金。[1]", "words"),
        ("好。[1]", "words"),
    ],
)
def test_what_they_do_not_say_is_dropped(sentence: str, flaw: str) -> None:
    assert ground(sentence, PASSAGES).dropped == (flaw,)


def test_a_cited_sentence_does_not_carry_its_neighbours() -> None:
    found = ground(
        "青禾市走访慰问困难职工。[1]荆州市的骑手很多。荆州市建成户外劳动者驿站32个。[2]\n以上供参考！", PASSAGES
    )
    assert [said.cites for said in found.sentences] == [(1,), (2,)]
    assert found.dropped == ("uncited", "uncited")


def test_a_title_or_a_place_may_come_from_the_source() -> None:
    """What a passage is known by may be named, its year, too; other figures are only its own."""
    assert ground("《荆州市总工会2022年工作总结》写到建成户外劳动者驿站。[2]", PASSAGES).dropped == ()
    assert ground("荆州市建成户外劳动者驿站2022个。[2]", PASSAGES).dropped == ("figure",)
    assert ground("荆州市总工会建成户外劳动者驿站32个。[2]", PASSAGES).dropped == ()


@pytest.mark.parametrize("summary", ["", "  \n\n", "。。。！", "[1][2]", "[1]。[2]。", "#\n- \n"])
def test_nothing_said_is_nothing_kept(summary: str) -> None:
    assert ground(summary, PASSAGES) == ground("", PASSAGES)


def test_a_flood_is_cut() -> None:
    found = ground("青禾市走访慰问困难职工。[1]" * 1000, PASSAGES)
    assert len(found.sentences) == MOST
    assert ground("青禾市走访慰问困难职工，" * 100 + "。[1]", PASSAGES).dropped == ("words",)


WORDS = st.text(
    st.sampled_from("青禾市走访慰问困难职工3.512508万余元个人次“”[]［1］2，。！？《》%\n 荆州"), max_size=80
)


@given(st.lists(WORDS, max_size=6).map("".join))
def test_what_is_kept_stands_in_the_summary_and_its_figures_in_what_it_cites(summary: str) -> None:
    found = ground(summary, PASSAGES)
    for said in found.sentences:
        assert said.cites and set(said.cites) <= {1, 2}
        cited = "".join(PASSAGES[number - 1].text for number in said.cites).replace(",", "")
        assert all(number in cited for number in re.findall(r"\d+", said.text))
        assert all(character in summary for character in said.text)


@given(st.lists(st.sampled_from((1, 2)), min_size=1, max_size=5))
def test_the_passages_themselves_are_kept(order: list[int]) -> None:
    found = ground("\n".join(f"{PASSAGES[number - 1].text}[{number}]" for number in order), PASSAGES)
    assert [said.cites for said in found.sentences] == [(number,) for number in order] and found.dropped == ()


@given(st.text(max_size=300))
def test_anything_may_be_answered(summary: str) -> None:
    found = ground(summary, PASSAGES)
    assert len(found.sentences) + len(found.dropped) <= MOST


def test_blanks_without_end_are_nothing() -> None:
    passages = [Cited("全市工会办起夜校46期。")]
    blanks = " \t\u3000" * 80_000  # as much as an answer may be: quadratic work would take the suite's whole time
    found = ground(f"全市工会办起夜校46期{blanks}[1]。\n夜校{blanks}完", passages)
    assert [said.text for said in found.sentences] == ["全市工会办起夜校46期。"] and found.dropped == ("uncited",)
