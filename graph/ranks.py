"""Ranks: 位居全国第三, 排名全省第1位, 连续三年第一, 全国首位 → 3, 1, 1, 1.

第一时间, 第一书记, 第三方, 放在首位 rank nobody: a rank needs a word that ranks, or 名 behind the ordinal.
"""

import re

from graph.measures import RANK
from graph.scanning import Figure, number, spelled

_CUE = (
    r"(?:排名|排位|位次|名次|位居|位列|名列|稳居|跃居|跃升|跻身|居于|排在|排到|进入|蝉联|夺得|夺取|荣获|获得|取得|获评|"
    r"升至|升到|保持|连续[一二两三四五六七八九十\d]+年|居|列|获|夺)"
)
_ORDINAL = r"第(?P<value>[一二三四五六七八九十百]+|\d{1,3})(?P<measure>[名位])?"
# What may follow an ordinal that ends there; anything else makes a name of it (第一时间, 第三方).
_ENDS = r"(?=[，。；、！）)\n]|$|的(?:好)?(?:成绩|名次|位次|位置)|和|与|并|及|以及)"
_SCOPE = r"(?P<scope>(?:全国|全省|全市|全区|全州|全县|全系统|全行业|省内|市内|区内|国内|西部|中部|东部|同类城市)[^，。；第]{0,8}?)"
_RANK = re.compile(rf"(?P<cue>{_CUE})(?P<between>[^，。；！？\n第]{{0,14}}?){_ORDINAL}{_ENDS}")
_NAMED = re.compile(rf"(?:{_SCOPE}|成绩|项目|总分|团体|个人|评比|考核|综合|总评){_ORDINAL}{_ENDS}")
_FIRST = re.compile(r"(?:位居|位列|名列|稳居|跃居|排名|排在|居)(?P<scope>[^，。；！？\n放摆]{0,10}?)(?:首位|榜首|之首)")
_AMONG = re.compile(
    r"(?:位居|位列|名列|稳居|跃居|排名|排在|跻身|进入|居)(?P<scope>[^，。；！？\n\d第]{0,10}?)"
    r"前(?P<value>[二三四五六七八九十百]+|\d{1,3})(?P<measure>[名位强])?" + _ENDS
)
_PLACES = r"(?:全[国省市区州县]|全系统|全行业|师市|[省市区州县国]内|西部|中部|东部|同类城市|各市州|系统内)"
_AMONG_WHOM = re.compile(rf"(?:{_PLACES}[^，。；]{{0,6}}|[^，。；]{{0,4}}中)?(?:排名|综合排名|总分|位列)?")
_BEFORE = re.compile(rf"在?{_PLACES}(?:系统|工会|同类城市)?(?:中|里)?(?:综合)?$")
_NEAR = 16  # characters; _BEFORE matches no more
# Put first is no rank: 放在第一位, 摆在首位.
_PUT = re.compile(r"[放摆置][^，。；]{0,8}$|始终[^，。；]{0,6}$")


def _value(written: str) -> float | None:
    return number(written) if written.isdigit() else spelled(written)


def find_ranks(text: str) -> list[Figure]:
    """The ranks in a folded ``text`` in reading order, in the unit 位次; the span begins at the words that rank, so that
    it says among whom."""
    found: list[Figure] = []
    taken = bytearray(len(text))
    for pattern, cue, qualifier in ((_AMONG, "前", "前"), (_FIRST, "首", ""), (_RANK, "第", ""), (_NAMED, "第", "")):
        for match in pattern.finditer(text) if cue in text else ():
            value = 1.0 if pattern is _FIRST else _value(match["value"])
            held = pattern is not _RANK or match["measure"] or _ranks(match)
            if not value or not held or _PUT.search(text, max(0, match.start() - 12), match.start()):
                continue
            if any(taken[match.start() : match.end()]):
                continue
            start = match.start()
            if pattern is _RANK and (match["cue"].startswith("连续") or not _AMONG_WHOM.fullmatch(match["between"])):
                start = text.index("第", match.start("between"))
            elif among := _BEFORE.search(text, max(0, start - _NEAR), start):
                start = among.start()
            found.append(Figure(start, match.end(), value, None, RANK, qualifier, "rank"))
            taken[start : match.end()] = b"\1" * (match.end() - start)
    return sorted(found, key=lambda figure: figure.start)


def _ranks(match: re.Match[str]) -> bool:
    """True where a bare ordinal (居全国第一) follows a word that only ranks, or says among whom."""
    return match["cue"] not in ("获", "获得", "荣获", "取得", "进入", "保持", "列") or bool(
        re.search(r"全[国省市区州县]", match["between"])
    )
