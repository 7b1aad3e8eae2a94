"""What stands in quotation marks and is no name: words of a law that a sentence cites, clauses, whole sentences."""

import re

from graph.lists import cut

# A sentence that amends a text quotes what the text says: “十日”修改为“十五日”.
_AMENDS = re.compile(
    r"(?:修改|修正|更改|变更)为[“‘]|[”’](?:一词|字样|两字|的规定|这一规定)|增加(?:一[章节条款项句]|规定)|删[去除](?:了)?[“‘第]|[”’]后增加|[”’]前增写"
)
# Where a law has what it quotes: 第五条规定的“…”.
_PROVIDED = re.compile(r"(?:第[一二三四五六七八九十百零\d]+[条款项](?:第[^，。；]{1,4}[款项])?|法律|本法|条例)(?:规定|中|所称)?(?:之|的)?$")
_CLAUSE = re.compile(
    r"^(?:是|不是|我们|你|他|她|它|这|那|如果|因为|由于|只要|只有|虽然|无论|凡是|为什么|怎么|什么|没有)|的$"
    r"|应当|不得|不予|必须|有权|下列|是否|但是|就是|而是|不是[^，]"
)
#: Clauses of a slogan are about as long as each other, and none is a sentence.
_LONG, _UNEVEN = 12, 4


def cites(sentence: str) -> bool:
    """True for a sentence about the wording of a law: what it quotes are words, not names."""
    return _AMENDS.search(sentence) is not None


def provided(before: str) -> bool:
    """True where what comes next is quoted from an article: 第六十二条规定的."""
    return _PROVIDED.search(before) is not None


def is_clause(name: str) -> bool:
    """True for what says something instead of naming it: 逾期不缴的, 债权人应当申报债权, 走向世界，但仍需立足本地."""
    if _CLAUSE.search(name):
        return True
    clauses = [len(clause) for clause in cut(name, "，,；;") if clause]
    return len(clauses) > 1 and (max(clauses) - min(clauses) > _UNEVEN or max(clauses) > _LONG)
