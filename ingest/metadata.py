"""What a report says of itself: place, level, type, period, date, meeting. Read, never inferred from outside."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.model import Level
from corpus.places import Gazetteer, Place, PlaceName, gazetteer

_NUMERAL = "一二三四五六七八九十"
_NATIONAL = re.compile(r"中国工会|中华全国总工会|全国总工会|全国工会|全国各级工会")
_FRAME = r"^(?:热烈庆祝|关于|在|\d{4}\s*年度?|[一二三四五]年来)?"
_ENTERPRISE = re.compile(
    _FRAME + r"(?P<unit>[^，。、：“”《》\s]{2,18}?(?:集团(?:股份)?(?:有限)?(?:责任)?(?:公司)?|公司|总厂|油田|电厂|煤矿|"
    r"银行|(?<=中铁|中建|中交|中冶|中核|中电)[一二三四五六七八九十\d]{1,4}局))(?:工会)?"
)
_DEPARTMENT = re.compile(
    _FRAME
    + r"(?P<unit>[^，。、：“”《》\s]{2,16}?(?:(?<![新大全布开格结时])局(?![面势限])|(?<!大)厅|医院|中学|小学|学校|学院|大学|研究院|"
    r"(?:教育|交通|卫生|医务|金融|建设|农林水利|财贸|机关|邮政|电力|税务)(?:系统)?(?=工会)))(?:工会)?"
)
_TYPES = (
    ("讲话", re.compile(r"讲话|致辞|发言")),
    ("综述", re.compile(r"回顾.*展望")),
    ("展望", re.compile(r"展望|工作打算|将以更")),
    ("工作总结", re.compile(r"总结")),
    ("工作报告", re.compile(r"报告|工作情况|汇报")),
    ("纪实", re.compile(r"纪实|记事|侧记|札记")),
    ("综述", re.compile(r"综述|回眸|回顾|巡礼|扫描|掠影|观察|成就|以来|五年|年来")),
    ("工作要点", re.compile(r"要点|计划|规划")),
    ("方案意见", re.compile(r"方案|意见|办法|通知")),
    ("体会文章", re.compile(r"体会|思考|心得|启示")),
)
_SINCE = rf"[^，。；：“”（）\s]{{0,16}}?第[{_NUMERAL}百]+次(?:会员)?(?:全国)?代表大会以来"
_YEAR = re.compile(r"20\d\d\s*年度?(?!代|\d|\s*\d{1,2}\s*月)(?:以来|上半年|第[一二三四]季度)?")
_PERIODS = (
    re.compile(
        rf"(?:过去|未来|今后|近)\s*(?:[{_NUMERAL}\d]{{1,2}})\s*年(?:来|间)?|[{_NUMERAL}\d]{{1,2}}\s*年(?:多)?来"
    ),
    re.compile(_SINCE),
    re.compile(r"今年以来|去年以来|上半年|过去几年|近年来"),
    re.compile(rf"[{_NUMERAL}\d]{{1,2}}年(?:间|工作|成就|深度|砥砺|综述|回眸)"),
)
_MEETING = re.compile(
    rf"[^，。；：“”（）《》！\s——]{{0,16}}?第[{_NUMERAL}百]+(?:届|次)(?:会员|全国|委员会第[{_NUMERAL}]+次)*"
    r"(?:代表大会|全体会议|全委会|全会|会议)(?!以来|确定|精神|召开以来|的?(?:部署|要求|目标|任务))"
)
_PLENUM = re.compile(r"(?:[^，。；：“”\s在]{0,10}总工会)?[^，。；：“”\s在]{0,8}(?:全委会|全委扩大会议|工作会议)(?=上)")
_HEADS = re.compile(r"^(?:.{0,10}(?:召开|举行|举办)(?:了|的)?)?(?:热烈庆祝|庆祝|在|迎接|献给|关于)?")
_OWN: tuple[tuple[Level, re.Pattern[str]], ...] = (
    ("province", re.compile(r"全省|省总工会(?!党组书记)|全区各级工会|自治区总工会")),
    ("city", re.compile(r"全市|市总工会|市委、市政府|[^一-龥]市长")),
    ("county", re.compile(r"全县|县总工会|县委、县政府")),
)
_DATE = re.compile(r"(\d{4})\s*年(?:\s*(\d{1,2})\s*月)?(?:\s*(\d{1,2})\s*日)?")
_MASKS = re.compile(r"\*+|某某|[Xx×]{2,}")


@dataclass(frozen=True, slots=True)
class Metadata:
    """The fields of corpus.model.Document that are read from the text; "" for what it doesn't say."""

    place: str
    place_code: str
    province: str
    level: Level
    type: str
    period: str
    date: str
    meeting: str


@dataclass(frozen=True, slots=True)
class _Where:
    place: str
    division: Place | None
    level: Level


def iso_date(text: str) -> str:
    """2023年10月24日 → 2023-10-24, 2023年 → 2023, a date that can't be → its possible part, none → ""."""
    match = _DATE.search(text)
    if match is None:
        return ""
    year, month, day = match[1], int(match[2] or 0), int(match[3] or 0)
    if not 1900 <= int(year) <= 2100:
        return ""
    if not 1 <= month <= 12:
        return year
    return f"{year}-{month:02d}-{day:02d}" if 1 <= day <= 31 else f"{year}-{month:02d}"


def _named(names: Gazetteer, text: str, hit: PlaceName) -> Place | None:
    """The division that a find means: a full name, or a short one right before 工会, 总工会, 各级."""
    place = names.resolve(text[hit.start : hit.end]) or (hit.places[0] if len(hit.places) == 1 else None)
    if place is None or place.level == "national":
        return None
    return place if hit.full or re.match(r"(?:总?工会|各级)", text[hit.end :]) else None


def _first_place(text: str) -> Place | None:
    names = gazetteer()
    return next((place for hit in names.find(text) if (place := _named(names, text, hit))), None)


def _unit(title: str) -> _Where | None:
    """The enterprise or department that a title begins with, by the name of its union."""
    kinds: tuple[tuple[Level, re.Pattern[str]], ...] = (("enterprise", _ENTERPRISE), ("department", _DEPARTMENT))
    for level, pattern in kinds:
        match = pattern.search(title)
        if match is None or "工会" in match["unit"] or re.search(r"代表大会|全委会", match["unit"]):
            continue
        unit = match["unit"]
        hits = gazetteer().find(unit)
        division = gazetteer().resolve(unit[hits[0].start : hits[0].end]) if hits else None
        return _Where(unit + "工会", division, level)
    return None


def _union_places(text: str) -> Counter[str]:
    """How often each division is named as having a union: X总工会, X工会, X各级工会."""
    names, counted = gazetteer(), Counter[str]()
    for hit in names.find(text):
        if not re.match(r"(?:总?工会|各级工会)", text[hit.end :]):
            continue
        place = _named(names, text, hit)
        if place is not None:
            counted[place.code] += 1
    return counted


def _own_level(text: str) -> Level:
    """The level that a report speaks of as its own (全市, 市委、市政府), where it names no place."""
    counted = [(len(pattern.findall(text)), level) for level, pattern in _OWN]
    most, level = max(counted, key=lambda pair: pair[0])
    return level if most >= 3 else "unknown"


def _where(title: str, issuers: Sequence[str], body: str) -> _Where:
    unit = _unit(title)
    if unit is not None:
        return unit
    national = _NATIONAL.search(title)
    place = _first_place(title)
    if national and (place is None or title.find(place.short) > national.start()):
        return _Where("全国", gazetteer().by_code("000000"), "national")
    for text in issuers:
        if place is None:
            if _NATIONAL.search(text):
                return _Where("全国", gazetteer().by_code("000000"), "national")
            place = _first_place(text)
    opening = body[:1500]
    if place is None and not len(_MASKS.findall(body)) >= 3:
        unions = _union_places(opening).most_common(1)
        place = gazetteer().by_code(unions[0][0]) if unions else None
    if place is not None:
        return _Where(place.name, place, place.level)
    return _Where("", None, _own_level(body))


def _period(title: str, opening: str) -> str:
    """The span of time a report covers, as written: the title's, else the opening's; spans before bare years."""
    for text, patterns in ((title, (_YEAR, *_PERIODS)), (opening, (*_PERIODS, _YEAR))):
        for pattern in patterns:
            match = pattern.search(text)
            if match:
                return re.sub(r"\s|(?<=年)(?:工作|成就|深度|砥砺|综述|回眸)", "", match.group())
    return ""


def _type(title: str, opening: str, headings: Sequence[str], placed: bool) -> str:
    for name, pattern in _TYPES:
        if pattern.search(title):
            return name
    if re.search(r"请予审议|报告工作", opening):
        return "工作报告"
    if any("完成情况" in heading for heading in headings):
        return "工作总结"
    return "综述" if placed else "体会文章"


def _meeting(title: str, opening: str) -> str:
    for text in (title, opening):
        for match in _MEETING.finditer(text):
            name = _HEADS.sub("", match.group().lstrip("—"))
            if "工会" in name or "工代会" in name or text is title:
                return name
    plenum = _PLENUM.search(title)
    return _HEADS.sub("", plenum.group()) if plenum else ""


def metadata(
    title: str, issuers: Sequence[str], dates: Sequence[str], body: str, headings: Sequence[str], front: str = ""
) -> Metadata:
    """The metadata of a report from its title, issuing bodies, date lines, body and headings.

    ``front`` is the title of the compilation it stands in: its year dates a report that gives none itself.
    """
    where = _where(title, issuers, body)
    opening = body[:800]
    division = where.division
    province = gazetteer().province(division) if division else None
    years = [text for text in (title, front) if re.search(r"20\d\d\s*年", text)]
    date = next(filter(None, map(iso_date, (*dates, *years))), "")
    return Metadata(
        where.place,
        division.code if division else "",
        province.name if province else "",
        where.level,
        _type(title, opening, headings, bool(where.place)),
        _period(title, opening),
        date,
        _meeting(title, opening),
    )
