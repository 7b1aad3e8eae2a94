from collections.abc import Callable
from typing import Any

import pytest

from graph.definitions.acronym import extract


@pytest.mark.parametrize(
    ("text", "core", "components"),
    [
        ("开展“查改防”活动，查隐患、改习惯、防事故，港口平安。", "查改防", ("查隐患", "改习惯", "防事故")),
        (
            "以“查船上隐患、改老旧习惯、防重大事故”为主题，开展“查改防”活动。",
            "查改防",
            ("查船上隐患", "改老旧习惯", "防重大事故"),
        ),
        (
            "推进“岸船家”一体化，做到同建码头岸、同护远洋船、同暖船员家。",
            "岸船家",
            ("同建码头岸", "同护远洋船", "同暖船员家"),
        ),
    ],
)
def test_items_for_each_character(
    found: Callable[..., list[Any]], text: str, core: str, components: tuple[str, ...]
) -> None:
    assert [made.components for made in found(extract, text, core)] == [components]


@pytest.mark.parametrize(
    ("text", "core"),
    [
        ("开展“查改防”活动，查隐患、防事故、改习惯。", "查改防"),
        ("打造“渔港家”品牌，建设渔村食堂、港区书屋、码头浴室。", "渔港家"),
        ("开展“查改防”活动，港口平安。", "查改防"),
    ],
)
def test_items_that_do_not_spell_the_name(found: Callable[..., list[Any]], text: str, core: str) -> None:
    assert found(extract, text, core) == []
