"""The fields of a document that people may put right: their names, and which values they can have."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches

from corpus.errors import (
    CorrectionRefused,
    DateInvalid,
    FieldUnknown,
    InvalidValue,
    LevelUnknown,
    PlaceAmbiguous,
    PlaceUnknown,
    TitleMissing,
    ValueTooLong,
)
from corpus.model import ClaimStatus, Level
from corpus.places import Place, gazetteer

#: In the order in which they are shown.
FIELDS = {
    "title": "题名",
    "issuer": "发文单位",
    "place": "地方",
    "level": "级别",
    "type": "文种",
    "period": "时期",
    "date": "日期",
    "meeting": "会议",
    "speaker": "讲话人",
}
LEVELS = {
    "national": "全国",
    "province": "省级",
    "city": "市级",
    "county": "县级",
    "enterprise": "企业",
    "department": "部门",
    "unknown": "未注明",
}
#: What became of a thing claimed, in the order in which answers have it.
CLAIM_STATUS: dict[ClaimStatus, str] = {"done": "已开展", "ongoing": "正在开展", "planned": "计划开展"}
#: The usual types of reports, to choose from; any other may be written.
TYPES = (
    *("工作报告", "工作总结", "讲话", "综述", "纪实", "展望", "工作要点"),
    *("方案", "通知", "意见", "办法", "制度", "体会文章"),
)
MOST = 200
#: The levels at which a place may be a unit (北山集团工会) instead of a division.
_UNIT_LEVELS = ("enterprise", "department", "national")
_OTHER_NAMES = {
    **{"标题": "title", "地点": "place", "层级": "level", "类型": "type", "时间": "date", "期间": "period"},
    **{"单位": "issuer", "发文机关": "issuer", "发言人": "speaker", "报告人": "speaker"},
}
_DATE = re.compile(r"(\d{4})\s*(?:[-/.年]\s*(\d{1,2})\s*(?:[-/.月]\s*(\d{1,2})\s*日?|月?)|年?)")
_UNION = re.compile(r"(?:总工会|工会)$")


@dataclass(frozen=True, slots=True)
class Location:
    """What a place says of a document; ``level`` is None where the place is a unit or none."""

    place: str
    place_code: str
    province: str
    level: Level | None


def field_named(word: str) -> str:
    """The field that a word names, in Chinese or as in the records. Raises FieldUnknown."""
    word = word.strip()
    names = {name: field for field, name in FIELDS.items()} | _OTHER_NAMES
    field = word if word in FIELDS else names.get(word)
    if field is None:
        raise FieldUnknown(word, tuple(FIELDS.values()))
    return field


def full_name(place: Place) -> str:
    """A division's name; with the divisions around it where others are called the same."""
    names = gazetteer()
    if names.resolve(place.name) == place:
        return place.name
    around = [above.name for above in names.ancestors(place) if above.level != "national"]
    return "".join((*reversed(around), place.name))


def location(value: str) -> Location:
    """What a document whose place is ``value`` (as ``checked`` gave it) has as place, code, province and level."""
    names = gazetteer()
    place = names.resolve(value)
    if place is None:
        # A unit lies in the division that it is named after.
        hits = names.find(value)
        division = names.resolve(value[hits[0].start : hits[0].end]) if hits else None
    else:
        division = place
    province = names.province(division) if division else None
    return Location(
        place.name if place else value,
        division.code if division else "",
        province.name if province else "",
        place.level if place else None,
    )


def checked(values: Mapping[str, str], level: str) -> dict[str, str]:
    """The values (field → value, "" for: the text doesn't say) as they are kept.

    ``level`` is the one that the document has now. Raises CorrectionRefused with every value that can't be.
    """
    kept: dict[str, str] = {}
    mistakes: list[InvalidValue] = []
    words = {field: _one_line(value) for field, value in values.items()}
    for field, value in words.items():
        try:
            if len(value) > MOST:
                raise ValueTooLong(field, FIELDS[field], MOST)
            match field:
                case "title" if not value:
                    raise TitleMissing
                case "level":
                    kept[field] = _level(value)
                case "date":
                    kept[field] = _date(value) if value else ""
                case "place":
                    kept[field] = _place(value, _said_level(words) or level) if value else ""
                case _:
                    kept[field] = value
        except InvalidValue as mistake:
            mistakes.append(mistake)
    if mistakes:
        raise CorrectionRefused(tuple(mistakes))
    return kept


def _one_line(value: str) -> str:
    """Without control characters, line breaks and doubled spaces."""
    return " ".join("".join(c if c.isprintable() else " " for c in value).split())


def _said_level(words: Mapping[str, str]) -> str:
    return _levels().get(words.get("level", ""), "")


def _levels() -> dict[str, str]:
    """Every word for a level: city, 市级, 市."""
    return {word: level for level, name in LEVELS.items() for word in (level, name, name.removesuffix("级"))}


def _level(value: str) -> str:
    level = _levels().get(value or "unknown")
    if level is None:
        raise LevelUnknown(value, tuple(LEVELS.values()))
    return level


def _date(value: str) -> str:
    match = _DATE.fullmatch(value)
    if match is None or not 1900 <= int(match[1]) <= 2100:
        raise DateInvalid(value)
    year, month, day = match[1], match[2], match[3]
    try:
        date(int(year), int(month or 1), int(day or 1))
    except ValueError as error:
        raise DateInvalid(value) from error
    return "-".join((year, *(f"{int(part):02d}" for part in (month, day) if part)))


def _place(value: str, level: str) -> str:
    names = gazetteer()
    # 荆州市总工会 reports for 荆州市.
    for name in dict.fromkeys((value, _UNION.sub("", value))):
        if place := names.resolve(name):
            return full_name(place)
    if candidates := tuple(map(full_name, _readings(_UNION.sub("", value)))):
        raise PlaceAmbiguous(value, candidates)
    if level in _UNIT_LEVELS:
        return value
    known = [name for place in names.places for name in (place.name, place.short)]
    raise PlaceUnknown(value, tuple(dict.fromkeys(get_close_matches(value, known))))


def _readings(name: str) -> Iterator[Place]:
    """The divisions that a name may mean: all that bear it, or that lie where its first part says."""
    names = gazetteer()
    hits = names.find(name)
    whole = len(hits) == 1 and (hits[0].start, hits[0].end) == (0, len(name))
    yield from names.candidates(name) or (hits[0].places if whole else ())
