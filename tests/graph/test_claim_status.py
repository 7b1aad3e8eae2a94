"""Done, ongoing or planned, from the words of a clause and its section."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.model import ClaimStatus
from graph import claim_status as rules
from graph.claim_status import Frame, Told, clause_status, document_frame, is_bare, issues, leads, opens_plan, urges


@pytest.mark.parametrize(
    ("clause", "frame", "expected"),
    [
        ("建成凉棚九座", "", "done"),
        ("建成凉棚九座", "plan", "planned"),
        ("市总工会将新建凉棚九座", "", "planned"),
        ("市总工会将凉棚交给社区管理", "", "done"),
        ("将食堂纳入民生实事", "", "done"),
        ("宜昌市工会将以船工满意为目标", "", "planned"),
        ("县总工会将高标准履行职责", "", "planned"),
        ("县总工会将结合实际", "", "planned"),
        ("县总工会将扎实办好船工夜校", "", "planned"),
        ("其余凉棚也将在今年全部建成", "", "planned"),
        ("船工大会将于3月9日开幕", "", "planned"),
        ("明确未来5年内将建成渔具图书馆", "", "planned"),
        ("今后5年", "done", "planned"),
        ("将学习渔具安全放在首位", "", "done"),
        ("将更多凉棚向码头倾斜", "", "done"),
        ("首次将9名船长推选为代表", "", "done"),
        ("将培训、比武与晋级紧密结合", "", "done"),
        ("慰问即将出海的船工", "", "done"),
        ("要切实办好夜班食堂", "", "planned"),
        ("要求各单位报送材料", "", "done"),
        ("力争五年内建成凉棚百座", "done", "planned"),
        ("到2031年末建成凉棚百座", "", "planned"),
        ("每年办夜校不少于30场", "", "planned"),
        ("每年办夜校不少于30场", "done", "done"),
        ("确保了船工按时领薪", "", "done"),
        ("下一步开展采茶比武", "", "planned"),
        ("计划投入九万元", "", "planned"),
        ("按计划投入九万元", "", "done"),
        ("正在筹建船工医院", "", "ongoing"),
        ("凉棚陆续开工", "", "ongoing"),
        ("工友正在凉棚里歇脚", "", "done"),
        ("已建成凉棚九座", "", "done"),
        ("截至目前已建成凉棚九座", "plan", "done"),
        ("已建工会企业凉棚覆盖率达到四成", "plan", "planned"),
        ("已印发《船工夜校办法》", "plan", "done"),
        ("今年以来办夜校九场", "plan", "done"),
        ("各级工会都要办好船工夜校", "", "planned"),
        ("我们要办好船工夜校", "", "planned"),
        ("同时要办好船工夜校", "", "planned"),
        ("主要办船工夜校", "", "done"),
        ("必须办好船工夜校", "", "planned"),
        ("渔工驿站即将投入使用", "", "planned"),
        ("慰问即将开工的船工", "", "done"),
        ("船工医院有望年内开诊", "", "planned"),
        ("预计今年建成凉棚九座", "", "planned"),
        ("船工医院正在有序建设", "", "ongoing"),
        ("船工医院尚在施工", "done", "ongoing"),
        ("在建凉棚项目九个", "", "ongoing"),
        ("船工医院项目推进中", "", "ongoing"),
        ("在建设中攻坚", "", "done"),
        ("船工案件正在进一步办理", "", "ongoing"),
        ("将夜校融入渔港建设中", "", "done"),
        ("政府要特别关心船工", "", "planned"),
        ("凉棚投资要量力而行", "", "planned"),
        ("需要添置雨衣的船工", "", "done"),
        ("船工安全要重视”这一主题", "", "done"),
        ("船长应当带头上夜校", "", "planned"),
        ("已经办起船工夜校", "plan", "done"),
        ("计划最早于年底添置雨衣", "", "planned"),
        ("持续办好船工夜校", "done", "done"),
        ("常态化办船工夜校", "", "done"),
        ("不断完善船工夜校", "plan", "planned"),
    ],
)
def test_status_of_a_clause(clause: str, frame: Frame, expected: ClaimStatus) -> None:
    assert clause_status(clause, Told(frame)) == expected


def test_a_plan_goes_on_until_something_is_done() -> None:
    assert clause_status("添置风扇", Told("", "planned")) == "planned"
    assert clause_status("目前已添置风扇百台", Told("", "planned")) == "done"


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("宜昌市工会未来五年工作展望", "plan"),
        ("宜昌市总工会将以更大力度服务职工", "plan"),
        ("过去五年工作回顾及未来五年工作展望", ""),
        ("宜昌市工会五年工作综述", ""),
    ],
)
def test_frame_of_a_document(title: str, expected: Frame) -> None:
    assert document_frame(title) == expected


def test_a_paragraph_may_turn_to_the_future() -> None:
    assert opens_plan("下一步，市总工会将办好夜校。")
    assert opens_plan("今后5年，市总工会办好夜校。")
    assert not opens_plan("五年来，市总工会办好夜校。")
    assert not opens_plan("负责下一步打捞工作的渔船驶过。")


def test_figures_of_what_is_done_every_year_after_a_deed() -> None:
    assert clause_status("每年办夜校不少于30场", Told("", "done")) == "done"


def test_clauses_that_lead_to_the_next_one() -> None:
    assert leads("在新的航程上，") and leads("渔港的凉棚，")
    assert not leads("建成凉棚，") and not leads("在宜昌建成凉棚9座，") and not leads("在新的航程上。")


@pytest.mark.parametrize(
    ("clause", "made", "frame", "expected"),
    [
        ("到2022年底建成凉棚百座", 2023, "", "done"),
        ("到2025年底建成凉棚百座", 2023, "", "planned"),
        ("2026年建成凉棚百座", 2023, "done", "planned"),
        ("到2025年底建成凉棚百座", 0, "", "planned"),
        ("落实《2021—2030年渔港规划》", 2023, "done", "done"),
    ],
)
def test_a_year_after_the_reports_is_to_come(clause: str, made: int, frame: Frame, expected: ClaimStatus) -> None:
    assert clause_status(clause, Told(frame, made=made)) == expected


def test_what_an_issued_plan_provides_for_is_planned() -> None:
    assert issues("出台《船工夜校五年规划》，")
    assert issues("制定渔工驿站实施方案，")
    assert not issues("按规划建成凉棚，")
    assert clause_status("明确每镇办一所船工夜校", Told("done", "done", issued=True)) == "planned"
    assert clause_status("明确每镇办一所船工夜校", Told("done", "done")) == "done"
    assert clause_status("明确了办学经费", Told("done", "done", issued=True)) == "done"


def test_bare_verbs_after_what_must_be_done() -> None:
    assert urges("各级工会要办好船工夜校。") and urges("今年要抓好以下几项工作。")
    assert not urges("办好船工夜校。") and not urges("“我们要向你学习！”")
    assert is_bare("添置渔具图书。") and is_bare("大力添置雨衣。")
    assert not is_bare("船长添置雨衣。") and not is_bare("3月，添置雨衣。")


@pytest.mark.parametrize(
    ("cue", "pattern"),
    [
        (rules._MAY_BE_PLANNED, rules._PLANNED),
        (rules._MAY_BE_PLANNED, rules._WILL),
        (rules._MAY_BE_PLANNED, rules._SUBJECT_MUST),
        (rules._MAY_GO_ON, rules._ONGOING),
    ],
)
@given(data=st.data())
def test_a_cue_stands_in_all_that_its_pattern_finds(
    cue: re.Pattern[str], pattern: re.Pattern[str], data: st.DataObject
) -> None:
    found = data.draw(st.from_regex(pattern))
    assert cue.search(found)
