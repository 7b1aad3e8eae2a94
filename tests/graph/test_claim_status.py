"""Done, ongoing or planned, from the words of a clause and its section."""

import pytest

from corpus.model import ClaimStatus
from graph.claim_status import Frame, clause_status, document_frame, opens_plan


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
    ],
)
def test_status_of_a_clause(clause: str, frame: Frame, expected: ClaimStatus) -> None:
    assert clause_status(clause, frame, None) == expected


def test_a_plan_goes_on_until_something_is_done() -> None:
    assert clause_status("添置风扇", "", "planned") == "planned"
    assert clause_status("目前已添置风扇百台", "", "planned") == "done"


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
