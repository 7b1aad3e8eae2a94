"""What may stand on the two sides of 地方:荆州: the names of fields, and the values of each."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from corpus.fields import LEVELS, TYPES
from corpus.places import gazetteer

#: The filters that a query can set, with the name that is shown for each.
FIELDS = {"place": "地方", "province": "省", "level": "级别", "type": "文种", "year": "年份", "status": "进展"}
_NAMES = {
    "place": "地方 地区 地点 place",
    "province": "省 省份 province",
    "level": "级别 层级 level",
    "type": "类型 文种 type",
    "year": "年 年份 年度 year",
    "status": "状态 进展 status",
    "required": "含 必含 必须含 包含 含有",
    "excluded": "不含 不包含 不要 排除",
}
#: Every word that may stand before the colon → the field, or required, or excluded.
WORDS = {word: field for field, words in _NAMES.items() for word in words.split()}
_LEVELS = {
    "national": "国家 国家级 中央",
    "province": "省 省一级 自治区",
    "city": "市 地级 地市 地市级 市一级 城市",
    "county": "县 区 区级 区县 县区 区县级 县区级 县一级 旗",
    "enterprise": "企业 企业级 公司 集团",
    "department": "部门 机关",
}
_LEVEL_WORDS = {
    word: level for level, name in LEVELS.items() for word in (level, name, *_LEVELS.get(level, "").split())
}
_STATUS = {
    "done": "done 已做 已开展 已完成 做了 完成 已做的工作 过去 成绩 回顾",
    "plan": "plan planned 计划 打算 计划开展 今后 今后的打算 未来 下一步 展望",
}
_STATUS_WORDS = {word: status for status, words in _STATUS.items() for word in words.split()}
_YEAR = re.compile(r"((?:19|20)\d\d)年?度?(?:\s*(?:-|—|–|~|至|到)\s*((?:19|20)\d\d)年?度?)?")
_CHINESE_YEAR = re.compile("[一二][九〇零○][〇零○一二三四五六七八九]{2}")
_DIGITS = dict(zip(map(ord, "〇零○一二三四五六七八九"), "000123456789", strict=True))
_LEAST_LIKENESS = 60  # of 100: a name less like the one that was written is no help
_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The values that a library has: names of the ``places`` its documents are from, and ``types`` of documents."""

    places: tuple[str, ...] = ()
    types: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Value:
    """A value as filters have it, "" where there is none; then ``problem`` says why in Chinese, with {written} for what
    was written."""

    value: str = ""
    problem: str = ""


def near_field(word: str) -> str:
    """The name of the field that a word is nearly, "" where it is like none. A character of two may differ (年分)."""
    from rapidfuzz.distance import OSA

    names = [name for name in WORDS if len(name) > 1 and name.isascii() == word.isascii()]
    found = [name for name in names if OSA.distance(word, name) == 1 and word[0] == name[0]]
    return found[0] if found else ""


def near(word: str, names: Iterable[str]) -> tuple[str, ...]:
    """The few names that a word is most like, likest first."""
    from rapidfuzz import fuzz, process

    found = process.extract(
        word, list(dict.fromkeys(names)), scorer=fuzz.ratio, score_cutoff=_LEAST_LIKENESS, limit=_SHOWN
    )
    return tuple(name for name, _, _ in found)


def year_of(text: str) -> str:
    """2018, 2018年, 二〇一八年 → 2018; 2018-2023 → 2018-2023; "" for what is no year."""
    if _CHINESE_YEAR.match(text):
        text = text.translate(_DIGITS)
    found = _YEAR.fullmatch(text)
    if found is None:
        return ""
    years = sorted(year for year in found.groups() if year)
    return "-".join(dict.fromkeys(years))


def read_value(name: str, text: str, known: Vocabulary) -> Value:
    """What ``text`` means as the value of a field."""
    match name:
        case "place":
            return _place(text, known)
        case "province":
            return _province(text)
        case "level":
            level = _LEVEL_WORDS.get(text.lower(), "")
            choices = "、".join(name for key, name in LEVELS.items() if key != "unknown")
            return Value(level, "" if level else f"没有“{{written}}”这个级别，可写{choices}；现已按普通字词查找。")
        case "status":
            status = _STATUS_WORDS.get(text.lower(), "")
            return Value(status, "" if status else "没有“{written}”这种进展，可写已做、计划；现已按普通字词查找。")
        case "year":
            year = year_of(text)
            return Value(year, "" if year else "“{written}”不是年份，请写成 2018 或 2018-2023；现已按普通字词查找。")
        case _:
            return _type(text, known)


def _place(text: str, known: Vocabulary) -> Value:
    bare = re.sub("(?:总工会|工会)$", "", text) or text
    if text in known.places:
        return Value(text)
    if place := gazetteer().resolve(bare):
        return Value(place.name)
    units = [name for name in known.places if bare in name]
    if len(units) == 1 and len(bare) > 2:
        return Value(units[0])
    if several := gazetteer().candidates(bare):
        names = gazetteer()
        whole = ["".join(p.name for p in (*reversed([*names.ancestors(c)][:-1]), c)) for c in several[:_SHOWN]]
        return Value("", f"“{{written}}”不止一处，请写全称，如{'、'.join(whole)}；现已按普通字词查找。")
    others = near(bare, (*known.places, *(name for place in gazetteer().places for name in (place.name, place.short))))
    hint = f"，相近的有{'、'.join(others)}" if others else f"，资料库里有{'、'.join(known.places[:_SHOWN])}等"
    return Value("", f"没有“{{written}}”这个地方{hint if others or known.places else ''}；现已按普通字词查找。")


def _province(text: str) -> Value:
    place = gazetteer().resolve(text)
    if place is not None and place.level == "province":
        return Value(place.name)
    above = gazetteer().province(place) if place else None
    if above is not None:
        return Value("", f"“{{written}}”不是省，它在{above.name}；现已按普通字词查找。可写“省:{above.short}”。")
    others = near(text, (p.name for p in gazetteer().places if p.level == "province"))
    hint = f"，相近的有{'、'.join(others)}" if others else ""
    return Value("", f"没有“{{written}}”这个省{hint}；现已按普通字词查找。")


def _type(text: str, known: Vocabulary) -> Value:
    types = tuple(dict.fromkeys((*known.types, *TYPES)))
    if text in types:
        return Value(text)
    for choices in (known.types, TYPES):
        holding = [name for name in choices if name.endswith(text) or name.startswith(text)]
        if len(text) > 1 and len(holding) == 1:
            return Value(holding[0])
    others = near(text, types) or known.types[:_SHOWN] or TYPES[:_SHOWN]
    return Value("", f"没有“{{written}}”这种文种，可写{'、'.join(others)}；现已按普通字词查找。")
