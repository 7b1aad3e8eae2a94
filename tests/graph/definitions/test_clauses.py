from collections.abc import Callable
from typing import Any

import pytest

from graph.definitions.clauses import extract


@pytest.mark.parametrize(
    ("text", "core", "components", "strength"),
    [
        (
            "近年来，建设渔业馆、港口馆，出版画册《潮起——图说船员百年》，上线运行云上船员馆，形成了“四位一体”的展示体系。",
            "四位一体",
            ("渔业馆", "港口馆", "《潮起——图说船员百年》", "云上船员馆"),
            "explained",
        ),
        (
            "设立渔港宣讲室和码头培训点，在全县率先构建“宣培”一体化阵地。",
            "宣培",
            ("渔港宣讲室", "码头培训点"),
            "described",
        ),
    ],
)
def test_parts_in_the_clauses_before(
    found: Callable[..., list[Any]], text: str, core: str, components: tuple[str, ...], strength: str
) -> None:
    assert [(made.components, made.strength) for made in found(extract, text, core)] == [(components, strength)]


@pytest.mark.parametrize(
    ("text", "core"),
    [
        ("建设渔业馆、港口馆，形成了“四位一体”的展示体系。", "四位一体"),
        ("建设渔业馆、港口馆，职工满意，上线云上馆，形成“三位一体”的展示体系。", "三位一体"),
        ("建设渔业馆、港口馆，上线云上馆，大家谈起“三位一体”都点头。", "三位一体"),
        ("设立渔港宣讲室和码头培训点，在全县率先构建“银桥”阵地。", "银桥"),
    ],
)
def test_clauses_that_make_something_else(found: Callable[..., list[Any]], text: str, core: str) -> None:
    assert found(extract, text, core) == []
