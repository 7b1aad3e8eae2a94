"""What figures count, in invented sentences."""

import pytest
import rjieba
from hypothesis import given
from hypothesis import strategies as st

from graph.figures import find_figures
from graph.subjects import subjects


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("创建船工培训基地14家", ["船工培训基地"]),
        ("惠及1800余户小微企业", ["小微企业"]),
        ("募集760多万元慰问抗旱队伍", ["募集"]),
        ("欠薪案件调解成功率超过70%", ["欠薪案件调解成功率"]),
        ("投入经费88万元，补助32家食堂", ["经费", "食堂"]),
        ("建会率分别达到91%和93%", ["建会率", "建会率"]),
        (
            "船工总量达到3万人、船长900人，分别较2017年增长8%、5%",
            ["船工总量", "船长", "船工总量", "船长"],
        ),
        ("凉棚9座、雨衣80件、渔具70套，分别增长8%、5%", ["凉棚", "雨衣", "渔具", "增长", "增长"]),
        ("船工补贴、船长津贴分别提高60元、50元", ["船工补贴", "船长津贴"]),
        ("技师达3.6万人，较2017年增长11%", ["技师", "技师"]),
        ("补助标准由40万元提升至60万元", ["补助标准"]),
        ("互助病种由原来11项扩大到19项", ["互助病种"]),
        ("渔家慰问、船工津贴标准人均分别提高160元、50元", ["渔家慰问", "船工津贴标准"]),
        ("规范化工会达到128个，占总数的94%", ["规范化工会", "规范化工会"]),
        ("完成产值2.6亿元，全市排名第一，完成计划的103%", ["产值", "产值", "产值"]),
        ("小李获得评茶项目第二名", ["评茶项目"]),
        ("30名技师的风采", ["技师"]),
        ("选派5名参加培训的技师", ["技师"]),
        ("这是一场由2700余人共同参与的大会", [""]),
        ("800名船工晋升技术等级", ["船工"]),
        ("出台21条具体落实举措", ["具体落实举措"]),
        ("表彰85名优秀选手", ["优秀选手"]),
        ("网约车行业建会率达100%，组建率达90%", ["网约车行业建会率", "组建率"]),
        ("按照渔港工会每个30万元的标准拨付", ["标准"]),
        ("工会共筹集3亿元对船工送清凉", ["筹集"]),
    ],
)
def test_subject(text: str, expected: list[str]) -> None:
    found = subjects(text, find_figures(text))
    assert found == expected
    assert all(subject in text for subject in found)


@given(st.text("船工的、夜校 培训5a，\n", max_size=20))
def test_words_make_up_their_text(text: str) -> None:
    assert "".join(word for word, _ in rjieba.tag(text)) == text


@given(
    st.lists(
        st.sampled_from(["较", "船工、", "船长", "分别", "各自", "增长", "5%", "30人", "。", "，", "、"]), max_size=14
    ).map("".join)
)
def test_every_figure_has_one_subject(text: str) -> None:
    figures = find_figures(text)
    assert len(subjects(text, figures)) == len(figures)
