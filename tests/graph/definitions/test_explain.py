"""All families together: whatever the text, an explanation stands in it and its parts are its words."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.definitions import explain
from graph.definitions.glossary_lines import components
from graph.families import FAMILIES
from graph.namings import namings, sentences_of

_WORDS = st.sampled_from(
    [
        *"“”‘’（）《》、，。；：！—+",
        *("三送", "四位一体", "五大行动", "十百千", "1+3+N", "345", "小三级", "两个结合", "查改防", "三比三看", "双15"),
        *(
            "开展",
            "打造",
            "形成了",
            "即",
            "包括",
            "是",
            "是指",
            "等",
            "的",
            "以",
            "为",
            "和",
            "由",
            "组成",
            "一是",
            "二是",
            "提供",
        ),
        *(
            "送种苗",
            "送冰块",
            "送棉衣",
            "渔港",
            "码头",
            "船员",
            "活动",
            "工作格局",
            "名",
            "十名",
            "百家",
            "千",
            "春送种苗",
            "\n",
        ),
    ]
)
_GROUPED = re.compile(r"^[^：]{1,12}：")


@given(st.lists(_WORDS, max_size=40).map("".join))
def test_explanations_stand_in_the_text(text: str) -> None:
    for sentence in sentences_of(text):
        for naming in namings(sentence):
            made = explain(naming, sentence)
            if made is None:
                continue
            assert 0 <= made.start < made.end <= len(text)
            assert made.how in FAMILIES
            said = text[made.start : made.end]
            assert all(part in said or _GROUPED.sub("", part) in said for part in made.components)
            assert all(made.components)


@given(
    st.text(alphabet="三送四联一双15+、，；：。“”《》即由组成个等", max_size=12),
    st.lists(_WORDS, max_size=20).map("".join),
)
def test_glossary_lines_never_fail(label: str, body: str) -> None:
    assert isinstance(components(label, body), tuple)


@pytest.mark.parametrize(
    "text",
    [
        "推行““三送”活动，深入人心。",
        "推行“三送活动，送种苗、送冰块、送棉衣。",
        "推行三送”活动，送种苗、送冰块、送棉衣。",
        "推行“" + "很长的名字" * 12 + "”活动，送种苗、送冰块、送棉衣。",
        "“”是指送种苗。",
        "（（“三送”（送种苗、送冰块））",
    ],
)
def test_broken_quotation_marks_and_long_names_explain_nothing(text: str) -> None:
    found = [made for s in sentences_of(text) for n in namings(s) if (made := explain(n, s))]
    assert [made for made in found if made.strength == "explained"] == []
