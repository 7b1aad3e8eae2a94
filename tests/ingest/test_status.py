import pytest

from ingest.status import Node, modality, period_of, said, status_of, statuses


@pytest.mark.parametrize(
    ("words", "status"),
    [
        ("过去五年的主要工作", "done"),
        ("2021年工作回顾", "done"),
        ("取得的成效", "done"),
        ("主要任务完成情况", "done"),
        ("今后五年工作的总体要求", "plan"),
        ("今后五年的主要工作", "plan"),
        ("下一步工作打算", "plan"),
        ("下一步主要工作措施", "plan"),
        ("未来展望", "plan"),
        ("解决短板的措施", "plan"),
        ("过去五年回顾及未来五年展望", ""),
        ("存在的主要问题", ""),
        ("工作中的短板", ""),
        ("对职工的服务还不够", ""),
        ("强化思想引领", None),
    ],
)
def test_status_of_a_heading(words, status):
    assert status_of(words) == status


@pytest.mark.parametrize(
    ("title", "heading", "status"),
    [
        ("白河市总工会2023年工作总结", "2024年重点工作", "plan"),
        ("白河市总工会2023年工作总结", "2023年重点工作", "done"),
        ("白河市总工会2023年工作总结和2024年工作计划", "2024年重点工作", "plan"),
        ("白河市总工会2024年工作要点", "2024年重点工作", "plan"),
        ("白河市总工会2024年工作要点", "2023年重点工作", "done"),
        ("在白河市总工会2024年全会上的讲话", "2024年重点工作", None),
        ("在白河市总工会2024年全会上的讲话", "2023年重点工作", "done"),
        ("白河市总工会工作总结", "2024年重点工作", None),
    ],
)
def test_years_are_compared_with_the_title(title, heading, status):
    assert said(heading, period_of(title))[0] == status


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("要深入车间班组，听取职工意见。要办好实事，解决急难愁盼。要守好底线，维护队伍稳定。", "plan"),
        ("将建设驿站，方便户外职工。力争三年内覆盖所有乡镇。继续办好夜校，提升技能。", "plan"),
        ("建成驿站20个，方便户外职工。组织了12场竞赛。累计发放补助300万元。", "done"),
        ("工会是职工的家。职工是工会的根。根深才能叶茂。", ""),
        ("要深入车间班组，听取职工意见。", ""),
        ("建成驿站20个，方便户外职工。要办好实事，解决急难愁盼。要守好底线。组织了12场竞赛。", ""),
    ],
)
def test_modality(text, status):
    assert modality(text) == status


def test_a_result_hoped_for_is_a_plan():
    nodes = [Node("今后五年的任务", -1, ""), Node("在思想引领上取得新成效", 0, ""), Node("已经取得的经验", 0, "")]
    assert statuses(nodes, "") == ["plan", "plan", "done"]


def test_a_mixed_heading_leaves_it_to_its_children():
    nodes = [Node("工作回顾与展望", -1, ""), Node("工作成效", 0, ""), Node("总体要求", 0, ""), Node("强化引领", 0, "")]
    assert statuses(nodes, "") == ["", "done", "plan", ""]


def test_problems_stay_problems():
    text = "服务要更细。作风要更实。覆盖要更广。"
    assert statuses([Node("存在的问题", -1, text), Node("服务还不够细", 0, text)], "白河市总工会工作总结") == ["", ""]


def test_only_what_a_heading_says_goes_on_in_the_next_chapter():
    urging = "要深入车间班组，听取职工意见。要办好实事，解决急难愁盼。要守好底线，维护队伍稳定。"
    said_so = [Node("今后五年的任务", -1, ""), Node("建设坚强有力的工会", -1, "")]
    assert statuses(said_so, "") == ["plan", "plan"]
    not_said = [Node("坚持服务引领", -1, urging), Node("建设坚强有力的工会", -1, "")]
    assert statuses(not_said, "") == ["plan", ""]
