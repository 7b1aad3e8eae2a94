from collections.abc import Callable
from typing import Any

import pytest

from graph.definitions.itemised import extract


@pytest.mark.parametrize(
    ("text", "core", "components"),
    [
        (
            "推行“双亮”行动。一是亮身份，公开姓名。二是亮承诺，公开事项。成效明显。",
            "双亮",
            ("亮身份", "亮承诺"),
        ),
        ("抓好“三项建设”：一要建班子；二要建阵地；三要建队伍。", "三项建设", ("建班子", "建阵地", "建队伍")),
    ],
)
def test_points_after_a_name(
    found: Callable[..., list[Any]], text: str, core: str, components: tuple[str, ...]
) -> None:
    (made,) = found(extract, text, core)
    assert made.components == components
    assert text.startswith(made.text)


@pytest.mark.parametrize(
    ("text", "core"),
    [
        ("推行“双亮”行动。一是亮身份。二是亮承诺。三是亮成效。", "双亮"),
        ("推行“三亮”行动。一是亮身份。二是亮承诺。", "三亮"),
        ("深化“双亮”行动，船员满意，我们还要做好两件事：一是修码头。二是办食堂。", "双亮"),
        ("推行“双亮”行动。\n一是修码头。二是办食堂。", "双亮"),
    ],
)
def test_points_of_something_else(found: Callable[..., list[Any]], text: str, core: str) -> None:
    assert found(extract, text, core) == []
