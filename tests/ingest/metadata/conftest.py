"""Reports with an invented head and foot around an invented body."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from corpus.model import Document, Evidence

BODY = """各级工会围绕中心、服务大局，推动工作取得新的进展，为地方发展作出了应有的贡献，得到了职工群众的广泛认可。

一、抓学习

办起夜校二十所，职工下班后可以就近听课，课程由职工自己点单。

二、抓服务

新建驿站十二座，改造职工之家三处，方便职工歇脚、充电、热饭。
"""


@dataclass(frozen=True)
class Read:
    """A document, and of each field how it was read and the words that say so."""

    document: Document
    evidence: dict[str, Evidence]

    def said(self, field: str) -> tuple[str, str]:
        """(how, words) of a field; empty strings where it has no evidence."""
        found = self.evidence.get(field)
        return (found.how, self.document.text[found.start : found.end]) if found else ("", "")


@pytest.fixture(scope="session")
def read(parse) -> Callable[..., Read]:
    """Read a report: ``head`` above the body, ``foot`` below it."""

    def run(head: str, foot: str = "", *, body: str = BODY, name: str = "材料.txt") -> Read:
        parsed = parse(f"{head}\n\n{body}\n{foot}\n", name).documents[0]
        return Read(parsed.document, {item.field: item for item in parsed.evidence})

    return run
