"""Unions of units that are no division: enterprises, departments, industries, development zones."""

import re
from dataclasses import dataclass

from corpus.model import Level
from corpus.places import Gazetteer, Place, gazetteer
from corpus.surroundings import Surroundings

_FRAME = r"^(?:热烈庆祝|关于|在|\d{4}\s*年度?|[一二三四五]年来)?"
_ENTERPRISE = re.compile(
    _FRAME + r"(?P<unit>[^，。、：“”《》\s]{2,18}?(?:集团(?:股份)?(?:有限)?(?:责任)?(?:公司)?|公司|总厂|油田|电厂|煤矿|"
    r"银行|(?<=中铁|中建|中交|中冶|中核|中电)[一二三四五六七八九十\d]{1,4}局))(?:工会)?"
)
_DEPARTMENT = re.compile(
    _FRAME
    + r"(?P<unit>[^，。、：“”《》\s]{2,16}?(?:(?<![新大全布开格结时])局(?![面势限])|(?<!大)厅|医院|中学|小学|学校|"
    r"学院|大学|研究院))(?:工会)?"
)
_INDUSTRY = re.compile(
    _FRAME
    + r"(?P<unit>(?P<of>[^，。、：“”《》\s]{0,12}?)(?:教育|教科文卫体|科教文卫体?|教科文|交通(?:运输)?|卫生(?:健康)?|医务|"
    r"金融|建设|建筑|农林水利?(?:气象)?|财贸(?:轻纺烟草|金融|轻化)?|(?:中央和国家|直属|[省市区县州]直)?机关|邮政|邮电|电力|税务|"
    r"能源化学(?:地质)?|机械冶金(?:建材)?|机电冶煤?|海员(?:建设)?|国防(?:工业|邮电)|轻工|纺织|煤炭|石油|铁路|民航|公路|"
    r"水利|林业|农垦|建工|城建|科技|文化|快递|货运|物流|家政|互联网)(?:系统|行业|产业)?)(?:总?工会|工会联合会|工委)"
)
# 中国教育工会X大学委员会: the union of the university under the statutes of the industry.
_COMMITTEE = re.compile(
    r"^(?:在)?中国[\u4e00-\u9fff]{2,8}工会(?P<unit>[^，。、：“”《》\s]{2,16}?(?:大学|学院|学校|公司|集团|医院))委员会"
)
_WHOSE = re.compile(r"(?:中国|全国|中华全国|[全本我]?[省市县州区]|自治[区州])?")
_ZONE = re.compile(
    _FRAME
    + r"(?P<unit>[^，。、：“”《》\s]{0,14}?(?:开发区|高新区|经开区|新区|保税区|工业园区|示范区|管理区|度假区|风景区|合作区))"
    r"(?:党工委|管委会)?(?:总工会|工会|各级工会)"
)
_NATIONAL = re.compile("^(?:中国|全国|中华全国)")


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit named at ``start:end`` of some words; ``division`` is where it lies, if that is known."""

    name: str
    level: Level
    division: Place | None
    start: int
    end: int


def _division(unit: str, names: Gazetteer, near: Surroundings) -> Place | None:
    """The division that a unit's name begins with. A short name may be a brand (平安, 东方): the text must know it."""
    hits = names.find(unit)
    if not hits or hits[0].start > 2:
        return None
    place = hits[0].places[0] if len(hits[0].places) == 1 else names.resolve(unit[hits[0].start : hits[0].end])
    place = place or near.choose(hits[0].places)
    if place is None or hits[0].full or place.level == "province" or near.names(place):
        return place
    return None


def _owned(words: str, names: Gazetteer) -> bool:
    """True where the words before an industry only say whose it is: 湖北省, 昌吉州, 中国, 省."""
    hits = names.find(words)
    return bool(_WHOSE.fullmatch(words)) or bool(hits and hits[0].start == 0 and _WHOSE.fullmatch(words, hits[-1].end))


def find_unit(words: str, near: Surroundings) -> Unit | None:
    """The unit whose union the words begin with, or None."""
    names = gazetteer()
    kinds: tuple[tuple[Level, re.Pattern[str]], ...] = (
        ("department", _COMMITTEE),
        ("department", _INDUSTRY),
        ("enterprise", _ENTERPRISE),
        ("department", _DEPARTMENT),
        ("county", _ZONE),
    )
    for level, pattern in kinds:
        match = pattern.search(words)
        if match is None or "工会" in match["unit"] or re.search(r"代表大会|全委会|[*＊×]", match["unit"]):
            continue
        unit, start = match["unit"], match.start("unit")
        if pattern is _INDUSTRY:
            if not _owned(match["of"], names):
                continue
            whole = words[start : match.end()]
            division = names.by_code("000000") if _NATIONAL.match(unit) else _division(unit, names, near)
            return Unit(re.sub("工委$", "工会", whole), level, division, start, match.end())
        if pattern is _ZONE:
            hits = names.find(unit)
            if hits and hits[-1].end == len(unit) and hits[-1].full:
                continue  # 滨海新区 is a division
            return Unit(unit, level, _division(unit, names, near), start, match.end("unit"))
        return Unit(unit + "工会", level, _division(unit, names, near), start, match.end())
    return None
