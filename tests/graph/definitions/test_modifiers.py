from collections.abc import Callable
from typing import Any

import pytest

from graph.definitions.modifiers import examples, likeness


@pytest.mark.parametrize(
    ("text", "core", "components"),
    [
        (
            "形成党委领导、政府支持、工会运作、船员参与的“大港”工作格局。",
            "大港",
            ("党委领导", "政府支持", "工会运作", "船员参与"),
        ),
        (
            "形成党委领导、政府支持、工会运作的“上下贯通”的“一”字工作格局。",
            "一",
            ("党委领导", "政府支持", "工会运作", "上下贯通"),
        ),
        ("构建“政府主导、工会牵头、企业参与”的“大港”格局。", "大港", ("政府主导", "工会牵头", "企业参与")),
        ("打造设施齐全、环境整洁、服务周到的船员“暖心港”。", "暖心港", ()),
    ],
)
def test_what_a_thing_is_like(
    found: Callable[..., list[Any]], text: str, core: str, components: tuple[str, ...]
) -> None:
    assert [(made.components, made.strength) for made in found(likeness, text, core)] == [(components, "described")]


@pytest.mark.parametrize(
    ("text", "core"),
    [
        ("打造设施齐全、环境整洁的船员“暖心港”。", "暖心港"),
        ("谈起设施齐全、环境整洁、服务周到的“暖心港”，船员都竖拇指。", "暖心港"),
    ],
)
def test_no_likeness(found: Callable[..., list[Any]], text: str, core: str) -> None:
    assert found(likeness, text, core) == []


def test_examples_before_a_name(found: Callable[..., list[Any]]) -> None:
    text = "广泛开展撒网比赛、绳结比武等“金锚”活动。"
    assert [(made.components, made.strength) for made in found(examples, text, "金锚")] == [
        (("撒网比赛", "绳结比武"), "described")
    ]
    assert found(examples, "开展撒网比赛3场、绳结比武2场等“金锚”活动。", "金锚") == []
    assert found(examples, "说起撒网比赛、绳结比武等“金锚”活动。", "金锚") == []
