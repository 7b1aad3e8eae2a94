"""The shape of a title: what genre a short line names, and whose report it would be."""

import re
from dataclasses import dataclass
from typing import Literal

from ingest.lines import is_row
from ingest.numbering import numbering

_GENRES = (
    r"报告|总结|综述|讲话|致辞|发言|纪实|侧记|记事|札记|展望|回眸|回顾|巡礼|扫描|掠影|观察|要点|计划|方案|意见|通知|规划|打算|"
    r"安排|汇报|情况|材料|经验|做法|体会|简报|通报|事迹|调研|办法|决定|决议|开幕词|闭幕词|主持词|祝词|贺词|倡议书|提纲|述职|启示"
)
_GENRE = re.compile(rf"({_GENRES})(?:[（(][^（）()]{{1,20}}[）)])?$")
_EVENT = re.compile(rf"^在.{{4,70}}?上(?:所?作?的)?[^，。；：]{{0,10}}(?:{_GENRES})(?:[（(][^（）()]{{1,20}}[）)])?$")
_GENERIC = (
    r"全[市省县区国州盟旗系]|各[级地市县]|我[们市省县区局校院]|本[市省县区局校院]|基层|广大|企业工会|机关工会|"
    r"过去|今后|未来|近|当前|下一|上[半一]|第|学校|医院|公司|集团|乡镇|街道|社区|[省市县]级|车间|班组|女职工|职工|会员|"
    r"[市省县区州局校院]?总?工会"
)
_VERBS = (
    r"加强|推进|深化|做好|强化|开展|坚持|落实|实施|打造|创建|构建|提升|服务|围绕|贯彻|学习|组织|推动|建设|完善|健全|聚焦|"
    r"突出|发挥|维护|支持|助力|进一步|切实|扎实|充分|全面|努力|以|把|让|为|从|当好|新时代|关心|关爱|注重|严格|认真|积极"
)
_UNIT = (
    r"总工会|工会|工委|集团|公司|学校|小学|中学|大学|学院|医院|局|厅|街道|社区|联合会|委员会|开发区|矿区?|厂|院|银行"
)
_OWNER = re.compile(
    rf"^(?:关于|中共|在|热烈庆祝)?+(?:\d{{4}}\s*年度?|[一二三四五]年来)?+(?!{_GENERIC}|{_VERBS})"
    rf"(?P<owner>[^\s，,。：:、“”《》（）()\d年]{{2,20}}?(?:{_UNIT}|[省市县区州盟旗乡镇](?![级域情委直属内外间场民]))"
    r"(?:[^\s，。：、“”《》（）()\d]{0,8}?工会)?)"
)
_UNION = re.compile(r"(?:[省市县区州盟旗]|集团|公司|局|厅|院|校|学|厂|矿|银行|街道|[乡镇]|系统|X|\*)总?工会$")
_QUOTED = re.compile(r"^[《“].*[》”]$")
_SUBTITLE = re.compile(r"^(?:——|―+|—|--+|──+)\s*")
_MARK = re.compile(
    r"^[【〖\[（(]?\s*(?:第\s*([一二三四五六七八九十\d]{1,3})\s*篇|(?:范文|材料|例文|样本|文稿|篇)\s*([一二三四五六七八九十\d]{1,3}))"
    r"\s*[】〗\]）)]?\s*[：:、]?\s*|"
    r"\s*[【〖\[（(]?(?:第\s*([一二三四五六七八九十\d]{1,3})\s*篇|篇\s*([一二三四五六七八九十\d]{1,3}))[】〗\]）)]?[：:]?$"
)
_SPACED = re.compile(r"^\S(?:\s+\S)+$")  # a title set wide: 工 作 报 告
_INNER = re.compile(r"[。；：:？?]")
_LONGEST = 64


@dataclass(frozen=True, slots=True)
class Shape:
    """How a line is like a title: ``owned`` names a body and a genre, ``event`` an occasion (在…上的讲话), ``bare`` a
    genre only, ``named`` a union only; ``genre`` and ``owner`` as written, or ""."""

    kind: Literal["owned", "event", "bare", "named"]
    genre: str
    owner: str


def plain(text: str) -> str:
    """A title line without the dash of a subtitle and the mark of a piece (第一篇：, 篇1)."""
    words = _MARK.sub("", _SUBTITLE.sub("", text), count=1).strip()
    return words or text


def piece(text: str) -> str:
    """The number with which a line marks a piece of a collection (第三篇, 【篇三】, 范文3), as written; or ""."""
    match = _MARK.search(text) if len(text) <= _LONGEST else None
    return next((group for group in match.groups() if group), "") if match else ""


def is_subtitle(text: str) -> bool:
    """True for a line that begins with the dash of a subtitle."""
    return bool(_SUBTITLE.match(text))


def could_be_title(text: str) -> bool:
    """True for a short line that is no sentence, no numbered heading and no row of a table."""
    if not 2 <= len(text) <= _LONGEST or is_row(text):
        return False
    if _INNER.search(plain(text)) or text[-1] in "，、,；！!":
        return False
    return numbering(text) is None or bool(piece(text))


def shape(text: str) -> Shape | None:
    """The shape of a title that ``text`` has, or None."""
    words = plain(text)
    words = re.sub(r"\s+" if _SPACED.match(words) else r"(?<=\d)\s+|\s+(?=\d)", "", words)
    if not 4 <= len(words) <= _LONGEST + 20 or _QUOTED.match(words) or _INNER.search(words):
        return None
    genre = _GENRE.search(words)
    owner = _OWNER.match(words)
    name = owner["owner"] if owner else ""
    if _EVENT.match(words):
        return Shape("event", genre[1] if genre else "", name)
    if genre:
        return Shape("owned" if name else "bare", genre[1], name)
    return Shape("named", "", name) if _UNION.search(name) and len(words) >= len(name) + 4 else None
