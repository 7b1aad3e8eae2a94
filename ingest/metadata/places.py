"""Which place, or unit, a report comes from, and of what level: read, never inferred from outside."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.model import Level
from corpus.places import Place, PlaceName, gazetteer
from corpus.surroundings import Surroundings
from ingest.imprint import number_year
from ingest.metadata.findings import Finding, Words
from ingest.metadata.issuers import bodies
from ingest.metadata.report import Report
from ingest.metadata.units import Unit, find_unit

_NATION = "000000"
_NATIONAL = re.compile(r"中国工会|中华全国总工会|全国总工会|全国工会(?!代表)|全国各级工会")
_NATIONAL_NUMBER = re.compile(r"^总工(?:办)?发")
_UNION = re.compile(r"(?:总?工会|各级(?:总)?工会)")
_MASK = r"(?:[*＊×✕□○]+|[XxＸ]{1,4}|某{1,2})"
_MASKED = re.compile(rf"{_MASK}(?P<rank>省|自治区|市|州|盟|县|区|旗)(?:各级)?(?:总?工会)")
_MASKS = re.compile(r"\*+|某某|[Xx×]{2,}")
_RANKS: dict[str, Level] = {
    "省": "province", "自治区": "province", "市": "city", "州": "city", "盟": "city",
    "县": "county", "区": "county", "旗": "county",
}  # fmt: skip
_OWN: tuple[tuple[Level, re.Pattern[str]], ...] = (
    ("province", re.compile(r"全省|省总工会(?!党组书记)|全区各级工会|自治区总工会")),
    ("city", re.compile(r"全市|市总工会|市委、市政府|[^一-龥]市长")),
    ("county", re.compile(r"全县|县总工会|县委、县政府")),
)
_SPEAKS_FOR = re.compile(
    r"(?:我|现|谨)(?:谨)?(?:代表|受)(?=[^，。；]{2,30}?(?:工会|委员会)[^，。；]{0,16}?(?:委托|，?[向作就]))"
)
_UNIONS_IN = 1500
_OFTEN = 3


@dataclass(frozen=True, slots=True)
class Where:
    """A canonical place or unit ("" if unknown), the division it is or lies in, the level, and what says so."""

    place: str
    division: Place | None
    level: Level
    findings: tuple[Finding, ...]


class PlaceReader:
    """Reads where one report comes from."""

    def __init__(self, report: Report) -> None:
        self._report = report
        self._names = gazetteer()
        self._near = Surroundings(report.text, self._names, report.cover.text)
        notes = (line for line in report.head if line.how == "note" and "工会" in line.text)
        title = (report.title,) if report.title.start >= 0 else ()
        self._lines = (*title, *bodies(report), *notes)

    def read(self) -> Where:
        """The place of the title, else of the lines around it, else of the union that speaks in the text."""
        for words in self._lines:
            found = self._unit(words) or self._division(words)
            if found:
                return found
            if masked := _MASKED.search(words.text):
                level = _RANKS[masked["rank"]]
                return Where("", None, level, (words.finding("level", level, masked.span()),))
        for line in self._report.head:
            if number_year(line.text) and (mark := _NATIONAL_NUMBER.match(line.text)):
                return self._nation(line, mark.span(), "number")
        return self._spoken() or self._from_file() or self._own_level()

    def _unit(self, words: Words) -> Where | None:
        unit = find_unit(words.text, self._near)
        if unit is None:
            return None
        span = (unit.start, unit.end)
        findings = (words.finding("place", unit.name, span), words.finding("level", unit.level, span))
        return Where(unit.name, unit.division or self._lies_in(words, unit), unit.level, findings)

    def _lies_in(self, words: Words, unit: Unit) -> Place | None:
        """Where the lines around the title name a division that a unit's own name doesn't."""
        if unit.level == "enterprise":
            return None
        others = (line for line in self._lines if line is not words)
        return next((place for line in others for _, place in self._named(line.text) if place), None)

    def _nation(self, words: Words, span: tuple[int, int], how: str = "") -> Where:
        findings = (words.finding("place", "全国", span, how), words.finding("level", "national", span, how))
        return Where("全国", self._names.by_code(_NATION), "national", findings)

    def _division(self, words: Words) -> Where | None:
        """The division whose union the words name first, else the first division they name."""
        national = _NATIONAL.search(words.text)
        named = list(self._named(words.text))
        unions = [pair for pair in named if _UNION.match(words.text, pair[0].end)]
        hit, place = next(iter(unions or named), (None, None))
        if national and (hit is None or hit.start > national.start()):
            return self._nation(words, national.span())
        return self._at(words, hit, place, "" if unions else "title_word") if hit else None

    def _at(self, words: Words, hit: PlaceName, place: Place | None, how: str) -> Where:
        if words.how != "title" and how == "title_word":
            how = "mention"
        union = _UNION.match(words.text, hit.end)
        span = (hit.start, union.end() if union else hit.end)
        if place is None:  # one of several divisions of that name: what it is called and its level are known
            place = hit.places[0]
            name = words.finding("place", place.name, span, "mention")
            return Where(place.name, None, place.level, (name, words.finding("level", place.level, span, how)))
        findings = (words.finding("place", place.name, span, how), words.finding("level", place.level, span, how))
        return Where(place.name, place, place.level, findings)

    def _named(self, text: str) -> Iterator[tuple[PlaceName, Place | None]]:
        """The divisions that a text names, by full names or by short ones right before 工会, 总工会, 各级; None for
        one of several of that name and level."""
        for hit in self._names.find(text):
            if not hit.full and not re.match(r"(?:总?工会|各级)", text[hit.end :]):
                continue
            place = hit.places[0] if len(hit.places) == 1 else self._names.resolve(text[hit.start : hit.end])
            if place is None:
                place = self._near.choose(hit.places)
            if place is not None and place.level == "national":
                continue
            if place is not None or (hit.full and len({reading.level for reading in hit.places}) == 1):
                yield hit, place

    def _spoken(self) -> Where | None:
        """The place whose union the opening says it speaks for, else names most; none where names are masked."""
        opening, body = self._report.opening, self._report.body
        if match := _SPEAKS_FOR.search(opening.text):
            words = Words(opening.text[match.end() : match.end() + 30], opening.start + match.end(), "opening")
            if found := self._unit(words) or self._division(words):
                return found
        if len(_MASKS.findall(body.text)) >= _OFTEN:
            return None
        text = body.text[:_UNIONS_IN]
        hits = [(hit, place) for hit, place in self._named(text) if place and _UNION.match(text, hit.end)]
        counts = Counter(place.code for _, place in hits)
        if not counts:
            return None
        code, most = counts.most_common(1)[0]
        second = counts.total() - most
        hit, place = next((hit, place) for hit, place in hits if place.code == code)
        if most >= _OFTEN and most > second:
            return self._at(body, hit, place, "unions")
        # 省总工会 named in passing by a report that says 全市 throughout is not its own.
        return self._at(body, hit, place, "mention") if self._own_level().level in ("unknown", place.level) else None

    def _from_file(self) -> Where | None:
        file = self._report.file
        return self._unit(file) or self._division(file)

    def _own_level(self) -> Where:
        """The level that a report speaks of as its own (全市, 市委、市政府), where it names no place."""
        title, body = self._report.title, self._report.body
        for level, pattern in _OWN:
            if title.start >= 0 and (first := pattern.search(title.text)):
                return Where("", None, level, (title.finding("level", level, first.span(), "wording"),))
        counted = [(len(pattern.findall(body.text)), level, pattern) for level, pattern in _OWN]
        most, level, pattern = max(counted, key=lambda row: row[0])
        first = pattern.search(body.text)
        if most < _OFTEN or first is None:
            return Where("", None, "unknown", ())
        return Where("", None, level, (body.finding("level", level, first.span(), "wording"),))
