"""The automatic numbers of a DOCX document, counted paragraph by paragraph (ECMA-376 Part 1, 17.9)."""

import re
from dataclasses import dataclass
from typing import Any

import cn2an
from docx.oxml.ns import qn

_DIGITS = str.maketrans("0123456789", "〇一二三四五六七八九")
_WIDE = str.maketrans("0123456789", "０１２３４５６７８９")
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
          (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip
_COUNTING = {
    "chineseCounting", "chineseCountingThousand", "taiwaneseCounting", "taiwaneseCountingThousand", "japaneseCounting",
}  # fmt: skip
_LEGAL = {"chineseLegalSimplified", "ideographLegalTraditional"}
_DIGITAL = {"ideographDigital", "taiwaneseDigital", "japaneseDigitalTenThousand"}
_ROWS = {"ideographTraditional": "甲乙丙丁戊己庚辛壬癸", "ideographZodiac": "子丑寅卯辰巳午未申酉戌亥"}
# Characters that hold a number in a ring, in brackets, with a full stop: runs of (first value, last value, first).
_ENCLOSED = {
    "decimalEnclosedCircle": ((1, 20, "①"), (21, 35, "㉑"), (36, 50, "㊱")),
    "decimalEnclosedCircleChinese": ((1, 20, "①"), (21, 35, "㉑"), (36, 50, "㊱")),
    "decimalEnclosedParen": ((1, 20, "⑴"),),
    "decimalEnclosedFullstop": ((1, 20, "⒈"),),
    "ideographEnclosedCircle": ((1, 10, "㊀"),),
}


def _roman(value: int) -> str:
    found = ""
    for amount, letters in _ROMAN:
        count, value = divmod(value, amount)
        found += letters * count
    return found


def _letter(value: int) -> str:
    """a … z, aa, bb … zz, aaa: the letter is repeated."""
    times, at = divmod(value - 1, 26)
    return chr(ord("a") + at) * (times + 1)


def written(value: int, form: str) -> str:
    """``value`` in a number format of WordprocessingML (ST_NumberFormat); decimal for those that have no other use."""
    if form in ("none", "bullet"):
        return ""
    if form in _COUNTING:
        return str(cn2an.an2cn(value, "low"))
    if form in _LEGAL:
        return str(cn2an.an2cn(value, "up"))
    if form in _DIGITAL:
        return str(value).translate(_DIGITS)
    if form in _ROWS and value >= 1:
        return _ROWS[form][(value - 1) % len(_ROWS[form])]
    for first, last, char in _ENCLOSED.get(form, ()):
        if first <= value <= last:
            return chr(ord(char) + value - first)
    if form in ("lowerRoman", "upperRoman") and 0 < value < 4000:
        return _roman(value) if form == "lowerRoman" else _roman(value).upper()
    if form in ("lowerLetter", "upperLetter") and 0 < value <= 780:
        return _letter(value) if form == "lowerLetter" else _letter(value).upper()
    if form in ("decimalFullWidth", "decimalFullWidth2"):
        return str(value).translate(_WIDE)
    return f"{value:02d}" if form == "decimalZero" else str(value)


def value_of(element: Any, path: str, default: str = "") -> str:
    """The ``w:val`` of the child at ``path`` (w:a/w:b), or ``default`` where there is no such child."""
    for step in path.split("/"):
        element = element.find(qn(step)) if element is not None else None
    return default if element is None else str(element.get(qn("w:val"), default))


def _integer(text: str, default: int) -> int:
    return int(text) if re.fullmatch(r"-?\d{1,9}", text) else default


def is_on(element: Any, path: str) -> bool:
    """True where a toggle (w:vanish, w:isLgl) is there and not switched off."""
    return value_of(element, path, "none") in ("1", "true", "on") or (
        element is not None and (child := element.find(qn(path))) is not None and child.get(qn("w:val")) is None
    )


@dataclass(frozen=True, slots=True)
class Level:
    """How one level is numbered: ``text`` with %1 … %9 for the levels' numbers; ``restart`` counts levels from 1."""

    start: int
    form: str
    text: str
    restart: int | None
    legal: bool
    style: str


@dataclass(frozen=True, slots=True)
class _List:
    """A w:num: the abstract list whose counters it shares, its levels, the starts that it gives anew."""

    abstract: str
    levels: dict[int, Level]
    starts: dict[int, int]


def _level(element: Any) -> Level:
    restart = value_of(element, "w:lvlRestart")
    return Level(
        _integer(value_of(element, "w:start"), 0),
        value_of(element, "w:numFmt", "decimal"),
        value_of(element, "w:lvlText"),
        _integer(restart, 0) if restart else None,
        is_on(element, "w:isLgl"),
        value_of(element, "w:pStyle"),
    )


def _levels(element: Any) -> dict[int, Level]:
    return {_integer(lvl.get(qn("w:ilvl"), ""), 0): _level(lvl) for lvl in element.iterchildren(qn("w:lvl"))}


class Styles:
    """The paragraph styles of a document: what they and the styles they are based on say."""

    def __init__(self, part: Any) -> None:
        found = [] if part is None else list(part.iterchildren(qn("w:style")))
        self._styles = {style.get(qn("w:styleId")): style for style in found}
        self._default = next(
            (
                style.get(qn("w:styleId"))
                for style in found
                if style.get(qn("w:type")) == "paragraph" and style.get(qn("w:default")) in ("1", "true", "on")
            ),
            "",
        )

    def chain(self, style: str) -> list[tuple[str, Any]]:
        """(id, element) of a style and those it is based on; of the default style for ""."""
        found: dict[str, Any] = {}
        at = style or self._default
        while at in self._styles and at not in found:
            found[at] = self._styles[at]
            at = value_of(self._styles[at], "w:basedOn")
        return list(found.items())


class Numbering:
    """The counters of a document's lists; paragraphs must be given in their order."""

    def __init__(self, part: Any, styles: Styles) -> None:
        self._styles = styles
        self._lists: dict[str, _List] = {}
        self._counts: dict[str, dict[int, int]] = {}
        self._begun: set[tuple[str, int]] = set()
        if part is None:
            return
        abstracts = {a.get(qn("w:abstractNumId")): a for a in part.iterchildren(qn("w:abstractNum"))}
        nums = {num.get(qn("w:numId")): num for num in part.iterchildren(qn("w:num"))}
        for name, num in nums.items():
            abstract = self._abstract(value_of(num, "w:abstractNumId"), abstracts, nums)
            if abstract:
                self._lists[name] = self._list(num, abstract, abstracts[abstract])

    def _abstract(self, name: str, abstracts: dict[str, Any], nums: dict[str, Any]) -> str:
        """The abstract list that has the levels: a list may only name a numbering style, whose list has them."""
        seen: set[str] = set()
        while name in abstracts and name not in seen:
            seen.add(name)
            link = value_of(abstracts[name], "w:numStyleLink")
            if not link:
                return name
            style = next((style for _, style in self._styles.chain(link)), None)
            name = value_of(nums.get(value_of(style, "w:pPr/w:numPr/w:numId")), "w:abstractNumId")
        return ""

    @staticmethod
    def _list(num: Any, name: str, abstract: Any) -> _List:
        levels = _levels(abstract)
        starts: dict[int, int] = {}
        for override in num.iterchildren(qn("w:lvlOverride")):
            at = _integer(override.get(qn("w:ilvl"), ""), 0)
            for level in override.iterchildren(qn("w:lvl")):
                levels[at] = _level(level)
            start = value_of(override, "w:startOverride")
            if start:
                starts[at] = _integer(start, 1)
        return _List(name, levels, starts)

    def _place(self, properties: Any) -> tuple[str, int]:
        """(list, level) of a paragraph with these properties (w:pPr): its own, else its style's; ("", 0) for none."""
        own = None if properties is None else properties.find(qn("w:numPr"))
        num, level = value_of(own, "w:numId"), value_of(own, "w:ilvl")
        if num:
            return num, _integer(level, 0)
        for style_id, style in self._styles.chain(value_of(properties, "w:pStyle")):
            num = value_of(style, "w:pPr/w:numPr/w:numId")
            if num:
                levels = self._lists[num].levels if num in self._lists else {}
                # A level that names the style is its level, whatever the style says (17.9.23 pStyle).
                linked = next((at for at, of in levels.items() if of.style == style_id), None)
                written_level = level or value_of(style, "w:pPr/w:numPr/w:ilvl")
                return num, linked if linked is not None and not level else _integer(written_level, 0)
        return "", 0

    def label(self, properties: Any) -> str:
        """The number that Word shows before a paragraph with these properties (w:pPr or None); "" for none.

        Counts the paragraph. Bullets are ornaments, not numbers: "".
        """
        name, at = self._place(properties)
        of = self._lists.get(name)
        if of is None or at not in of.levels:
            return ""
        counts = self._counts.setdefault(of.abstract, {})
        if (name, at) not in self._begun:
            self._begun.add((name, at))
            if at in of.starts:
                counts.pop(at, None)
        counts[at] = counts[at] + 1 if at in counts else self._start(of, at)
        for deeper in [level for level in counts if level > at]:
            restart = of.levels[deeper].restart if deeper in of.levels else None
            if restart is None or at < restart:
                del counts[deeper]
        level = of.levels[at]
        if level.form == "bullet":
            return "● "  # whatever its font shows

        def number(match: re.Match[str]) -> str:
            index = int(match[1]) - 1
            form = of.levels[index].form if index in of.levels else "decimal"
            return written(counts.get(index, self._start(of, index)), "decimal" if level.legal else form)

        return re.sub(r"%([1-9])", number, level.text)

    @staticmethod
    def _start(of: _List, at: int) -> int:
        return of.starts.get(at, of.levels[at].start if at in of.levels else 1)
