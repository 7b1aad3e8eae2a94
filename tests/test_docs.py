"""The documents say what the program does."""

import re
import runpy
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PAGES = runpy.run_path(str(ROOT / "docs" / "make_reference.py"))["PAGES"]


@pytest.mark.parametrize("name", PAGES)
def test_reference_is_current(name: str) -> None:
    assert (ROOT / "docs" / name).read_text("utf-8") == PAGES[name](), "run python docs/make_reference.py"


@pytest.mark.parametrize("path", [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))], ids=lambda p: p.name)
def test_links_lead_somewhere(path: Path) -> None:
    for target in re.findall(r"\]\(([^)#]+)\)", path.read_text("utf-8")):
        assert target.startswith("http") or (path.parent / target).exists(), target


def test_commands_in_the_readme_exist() -> None:
    from gongzhi.cli import cli

    named = set(re.findall(r"gongzhi ([a-z]+(?:-[a-z]+)*)", (ROOT / "README.md").read_text("utf-8")))
    assert named and named <= set(cli.commands)
