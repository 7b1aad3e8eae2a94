"""Enumeration before the label: A、B、C“三大行动” (the count must agree), 以A、B、C为主要内容的“X”, 集A、B、C于一体的X."""

import re

from graph.definitions.base import Explanation
from graph.lists import bare, before
from graph.namings import Naming, Sentence
from graph.numerals import count
from graph.variants import fold

_CONTENT = re.compile(r"以(?P<list>[^，。；]*、[^。；]*?)为(?:主要|核心)?(?:内容|形式)的?[“‘]?$")
_POOL = re.compile(
    r"^.*集(?!体|中|团|约|聚|成|合)(?P<list>[^。；]*?、[^。；]*?)等?(?:多种|多项|各项)?(?:功能|服务|内容|作用|职能)?于?(?:为)?一体化?的?[“‘]?$"
)

_MADE_OF = re.compile(r"(?<!自)(?<!理)由(?P<list>[^，。；“”]*、[^，。；“”]*?)(?:共同)?(?:组成|构成)的[“‘]?$")
#: What the three end in.
ENDS = ("一体", "一体化", "内容", "形式", "组成", "构成")
# 三国建立所谓“X”: what stands before 所谓 is no list, unless 等 ends one there.
_SO_CALLED = re.compile(r"(?<!等)所谓的?[“‘]?$")
# Two things done (两项活动) are no name unless quotation marks make one of them.
_TWO = re.compile(r"两[项张支堂]")
_LEVEL = re.compile(r"省|市|区(?!域)|县|乡镇|乡|镇|街道|社区|村|园区|企业|班组|车间|集团|公司|分厂|厂")


def extract(naming: Naming, sentence: Sentence) -> Explanation | None:
    """The list that ends right before the naming, or None."""
    ahead = sentence.before(naming)
    if _SO_CALLED.search(ahead):
        return None
    promised = count(fold(naming.core))
    ends = (ahead[:-1] if ahead.endswith(("“", "‘")) else ahead).removesuffix("的").endswith(ENDS)
    for pattern in (_POOL, _CONTENT, _MADE_OF) if ends else ():
        found = pattern.search(ahead)
        if found:
            parts = [bare(part) for part in re.split(r"、|和|，|以及", bare(found["list"])) if bare(part)]
            return _explanation(sentence, tuple(parts), promised < 2 or len(parts) == promised)
    if promised < 2 or naming.form in ("name", "subject", "member", "bracket"):
        return None
    if naming.form == "numeral" and _TWO.match(naming.core):
        return None
    listed = before(ahead, promised)
    if listed and _goes_on(ahead, listed.items, naming, sentence.after(naming)[:2]):
        return None
    if listed is None:
        return _levels(naming, sentence, ahead, promised)
    return _explanation(sentence, listed.items, listed.complete)


def _goes_on(ahead: str, items: tuple[str, ...], naming: Naming, tail: str) -> bool:
    """True where the list goes on behind the naming: 甲污染防治、乙污染防治和工业“三废”治理."""
    return (
        naming.form == "quoted"
        and len(tail) == 2
        and ahead.endswith(items[-1])
        and not items[-1].endswith(tail)
        and all(item.endswith(tail[:1]) or item.endswith(tail[1:]) for item in items[:-1])
        and 2 * len(items[-1]) <= min(map(len, items[:-1]))
    )


def _levels(naming: Naming, sentence: Sentence, ahead: str, promised: int) -> Explanation | None:
    """Fewer items than N级 promises, where they name N levels: 市县服务中心、乡镇社区服务站、企业职工之家五级阵地."""
    if not re.search(r"级", naming.core[:3]):
        return None
    for size in range(promised - 1, 1, -1):
        listed = before(ahead, size)
        if listed and listed.complete and sum(len(_LEVEL.findall(item)) for item in listed.items) == promised:
            return _explanation(sentence, listed.items, True)
    return None


def _explanation(sentence: Sentence, parts: tuple[str, ...], complete: bool) -> Explanation:
    """Parts whose number is not the one that the name promises only describe it, and are marked so."""
    if complete:
        return Explanation(sentence.start, sentence.end, parts, "explained", "enumeration_before")
    return Explanation(sentence.start, sentence.end, parts, "described", "enumeration_short")
