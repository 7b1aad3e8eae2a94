"""Who did it: the places and unions that a sentence names as its doer.

A place is a doer where it is the subject (兴山县总工会…, 北山市建成…), where the thing stands (位于/在…的站点), where it
made it (由…打造) or where it was done (在江苏、安徽开展). It is no doer as a venue (在…召开), destination, birthplace,
partner, giver of a prize, or inside another name (安康杯, 驻…维权站, anything in quotation marks). A union elsewhere
(上海市总工会…), the one above (省总工会…) and the whole country (全国3万家…) are doers too, so that the document's place is
not credited; so are named units (see ``graph.units``). Where a document speaks for nobody, any place may be named.
"""

import re
from dataclasses import dataclass

import rjieba

from corpus.model import Level
from corpus.places import Gazetteer, Place, PlaceName, gazetteer
from corpus.sentences import clauses
from graph.units import HEADED, subject_units

_NATION = "000000"
_NAME = re.compile(r"“[^“”]*”|‘[^‘’]*’|《[^《》]*》|「[^「」]*」")
_JOINT = re.compile(r"(?:\s|、|,|，|和|与|及|以及|省|市)*")
# The document's own union, said without its place's name.
_SELF = re.compile(
    r"(?:^|(?<=[、和与及，]))(?:[市省州县区盟旗师]|全[市省州县区]|[我本][市省州县区盟]|集团|公司|兵团|自治[区州县])"
    r"(?:级|委|域|内|各级|本级|两级)*(?:各级)?(?:总)?(?:工会)"
    r"|^(?:目前|截至[^，]{0,8}|据[^，]{0,4}|近年来|今年以来)?(?:全|我|本)[市省州县区盟集兵]"
    r"|^[市省州县][市、州县区]{0,6}(?:两级|三级|四级|各级)|^各(?:级|地|市州|市县|县区|县市|县（|市（)"
)
_ORGAN = re.compile(r"^(?:[^，。；、“”]{0,14}?)(?:总工会|工会联合会|联合工会|工会)")
_PLACE_NEXT = re.compile(
    r"^(?:市|省|州|县|区|[两三四五六七八九]个?(?:省市?|市|县|区|地)|等[\d一二三四五六七八九十两]*个?(?:省|市|县|地|区))?(?:各级)?(?:总工会|工会)"
    r"|^等[\d一二三四五六七八九十两]+个?(?:市州|县市区?|地市|区县|市县|省区市|省份?|市|县|区|州)(?!级)"
)
# One of these stands wherever _SELF matches.
_MAY_BE_SELF = re.compile("工会|全|我|本|级|各")
# One of these stands wherever a clause names a doer that is no place.
_MAY_NAME = re.compile(f"{_MAY_BE_SELF.pattern}|{HEADED.pattern}|[*＊]")
_MARK = re.compile("[“‘《「]")
# The unit that a report of a unit speaks for.
_SELF_UNIT = re.compile(r"^(?:目前|近年来|同时|此外)?(?:(?:该|本|我)(?:集团|公司|局|校|院|厂|行)|集团|公司|他们|我们)")
# 省总工会 in the report of a city, 市总工会 in that of a county.
_SENIOR = re.compile(r"^(?:\d{4}年|今年|去年|近年来)?(?P<words>(?P<rank>省|自治区|市|州)总工会)")
_RECEIVES = re.compile(r"[我全本][市县区州]|[市县区州]总工会")
_TOWNSHIP = re.compile(r"^[^，。；、“”]{1,4}(?:镇|乡|街道|社区|开发区|工业园|园区|新区)")
# What follows a name that is part of a longer one.
_LONGER = re.compile(
    r"^(?:籍|民(?![政营族主生办警建革盟兵])|人(?!民|社)|精神|话|菜|路(?!段)|大道|街(?!道)|杯|号|经验|模式|样板|会议|会谈|讲话|起义|大学|学院|日报|卫视|"
    r"工匠|大工匠|劳模|好人|品牌|户籍|方言|时间|五一|工人先锋号|先进|优秀|劳动模范|实践|故事)"
)
_NO_DOER_BEFORE = re.compile(
    r"(?:赴|前往|奔赴|抵达|走进|深入|来到|来自|回到|返回|到|去|往|援|支援|援建|向|对口|驻|学习|借鉴|推广|引进|对|比|授予|荣获|获评|获得|获|"
    r"评为|命名为|认定为|列为|入选|出席|参加|推荐|报送|联合|联动|携手|会同|同|跟|邀请|争取|协调|与|得到|受到?|应|据|被|(?<![已曾历])经|"
    r"慰问|看望|走访|为|给|帮扶|帮助|支持|资助|捐助|面向|关于|根据|按照|组织|选派|抽调|带领|委托|除|除了|不含|惠及|覆盖|辐射)"
    r"(?:了)?(?:原|省级|全国|首届|首批)?$"
)
_VENUE = re.compile(
    r"^[^，。；]{0,24}?(?:召开|举行|举办|开幕|闭幕|启动|揭牌|考察|调研|参观|落下帷幕|拉开帷幕|视察|出席|座谈)"
)
_STANDS = re.compile(r"(?:位于|坐落于|坐落在|设在|设于|建在|落户|落户于|地处)$")
_BY = re.compile(r"(?:^|[^自缘理])由$")
_AT = re.compile(r"(?:^|[^现正存所旨])在$")
_FACILITY = re.compile(
    r"^[^，。；]{0,24}?(?:的|站|驿站|站点|中心|之家|小屋|书屋|基地|学院|学校|企业|公司|车间|工地|街道|社区|园区|镇|乡|村|工会)"
)
_CARRIED_OUT = re.compile(
    r"^[^，。；召举]{0,8}?(?:率先|先行|首批)?(?:开展|试点|推行|推广|实施|建立|设立|成立|探索|组建|推开|"
    r"建成|建起|新建|建设|打造|启用|投用|落地|上线)"
)
_SUBJECT_LEAD = re.compile(
    r"^(?:[\s　]*|[一二三四五六七八九十]+是|如|例如|比如|其中|目前|近年来|今年以来|同时|此外|另外|首先|随后|近日|日前|最近|特别是|"
    r"尤其是|而|则|在?(?:(?:\d{4}|今|去|前)年)?(?:\d{1,2}月)?(?:\d{1,2}日)?(?:以来|底|初|末|起)?|据[^，]{1,4}|截至[^，]{0,8}|以|使|让|像)$"
)
_DESCRIBED = re.compile(r"^(?:作为|位于|地处|身处|素有|被誉为)[^，。；]{2,20}的$")
_ANAPHORA = re.compile(r"^(?:在|据|由|目前|如今)?[，]?(?:该|这(?!五年|些年|几年|一年)|当地)")
# The whole country as the subject, in a report that speaks for a part of it.
_NATIONWIDE = re.compile(
    r"^(?:目前|近年来|今年以来|据统计)?(?P<words>(?:中华)?全国(?:各级工会|各地工会|工会系统(?!先进|优秀|[^，。；]{0,8}(?:表彰|称号))"
    r"|(?=[共已现]{0,2}有|[共已现累计约近超]{0,4}\d)))"
)
_MASKED = re.compile(r"^[^受向对为*＊]{0,2}(?P<words>[*＊]+(?:市|县|区|州|省|镇)(?![场长民]|委书记))")


@dataclass(frozen=True, slots=True)
class Doer:
    """A named doer: canonical ``place`` ("" for a masked one), and the words that name it; whether it is a unit that is
    no division, and whether it lies ``inside`` the document's place."""

    place: str
    code: str
    level: Level
    words: str
    unit: bool = False
    inside: bool = False


@dataclass(frozen=True, slots=True)
class Run:
    """Neighbouring clauses of one sentence with the same doers; none named: it is the section's or the document's.
    ``clauses`` are the spans that ``start:end`` is made of."""

    clauses: tuple[tuple[int, int], ...]
    doers: tuple[Doer, ...]

    @property
    def start(self) -> int:
        """Where the first clause begins."""
        return self.clauses[0][0]

    @property
    def end(self) -> int:
        """Where the last clause ends."""
        return self.clauses[-1][1]


@dataclass(frozen=True, slots=True)
class Home:
    """The place a document speaks for: its code and canonical name ("" where it names none)."""

    code: str
    place: str


def _is_word(clause: str, hit: PlaceName) -> bool:
    """True where a short name is more often a word than a place: 比如, 资源, 合作."""
    tags = rjieba.tag(clause[hit.start : hit.end])
    return len(tags) == 1 and tags[0][1] in ("v", "vn", "n", "a", "ad", "an", "d", "c", "b", "i", "l")


class DoerFinder:
    """Finds doers in the sentences of one document. Remembers the last one for a sentence that begins with 该 or 这."""

    def __init__(self, home: Home, places: Gazetteer | None = None) -> None:
        self._places = places or gazetteer()
        self._home = self._places.by_code(home.code) if home.code else None
        self._own_name = home.place
        #: True where the document speaks for a unit, which 集团 or 我们 may be.
        self._is_unit = self._home is None and bool(home.place)
        self._last: tuple[Doer, ...] = ()

    def forget(self) -> None:
        """A new paragraph begins: nothing is carried over."""
        self._last = ()

    def runs(self, sentence: str) -> list[Run]:
        """The clause runs of a sentence with their doers, in reading order, covering every clause."""
        current = self._last if _ANAPHORA.match(sentence) else ()
        hits = self._places.find(sentence)
        marked = _MARK.search(sentence) is not None
        found: list[tuple[tuple[Doer, ...], list[tuple[int, int]]]] = []
        for start, end in clauses(sentence):
            inside = [hit.shifted(start) for hit in hits if start <= hit.start < end] if hits else hits
            clause = sentence[start:end]
            names = [match.span() for match in _NAME.finditer(clause)] if marked else []
            named, own = self._clause(clause, inside, names)
            if named or own:
                current = named
            elif start and sentence[start - 1] == "；":
                current = ()  # the items of a list are told apart by semicolons
            if found and found[-1][0] == current:
                found[-1][1].append((start, end))
            else:
                found.append((current, [(start, end)]))
        self._last = found[-1][0] if found else ()
        return [Run(tuple(spans), doers) for doers, spans in found]

    def heading(self, title: str) -> tuple[Doer, ...]:
        """The place that a section's heading begins with, as the doer of what stands under it."""
        hits = [hit for hit in self._places.find(title) if hit.full and hit.start == 0]
        place = self._inside(hits[0]) if hits else None
        return (self._doer(place, title[: hits[0].end], inside=True),) if place else ()

    @staticmethod
    def _doer(place: Place, words: str, inside: bool = False) -> Doer:
        return Doer(place.name, place.code, place.level, words, inside=inside)

    def _inside(self, hit: PlaceName) -> Place | None:
        """The reading of a name that lies in the document's place (or anywhere, for a national document and for one
        that speaks for nobody)."""
        if self._home is None and not self._own_name:
            sole = hit.places[0] if len(hit.places) == 1 else None
            return sole if sole and sole.level != "national" else None
        if self._home is None or self._is_home(hit):
            return None
        readings = [p for p in hit.places if self._contains(p)]
        if self._home.level == "national":
            return self._places.resolve(hit.places[0].name) or (readings[0] if len(readings) == 1 else None)
        return readings[0] if readings else None

    def _contains(self, place: Place) -> bool:
        assert self._home is not None
        # The cities of 新疆生产建设兵团 (codes 659…) stand under 新疆 in the list of divisions.
        return self._places.inside(place, self._home.code) or (
            self._home.code == "660000" and place.code.startswith("659")
        )

    def _outside(self, clause: str, group: list[PlaceName]) -> list[Place]:
        """The places of a group whose unions, outside the document's place, are the subject of a clause."""
        if not _PLACE_NEXT.match(clause[group[-1].end :]):
            return []
        if not _SUBJECT_LEAD.match(clause[: group[0].start]) or _SELF.match(clause):
            return []
        around = {place.code for place in self._around()}
        found = []
        for hit in group:
            place = hit.places[0] if len(hit.places) == 1 else self._places.resolve(clause[hit.start : hit.end])
            if place is None or place.code in around or not (hit.full or place.level == "province"):
                return []
            found.append(place)
        return found

    def _around(self) -> list[Place]:
        """The document's place and the divisions around it."""
        return [self._home, *self._places.ancestors(self._home)] if self._home else []

    def _senior(self, clause: str) -> Doer | None:
        """The union above the document's, called 省总工会 or 市总工会 without its name."""
        match = _SENIOR.match(clause)
        if match is None or self._home is None:
            return None
        rank = "province" if match["rank"] in ("省", "自治区") else "city"
        own = self._home.level == rank or (self._home.level == "county" and self._home.name.endswith(match["rank"]))
        above = None if own else next((place for place in self._around()[1:] if place.level == rank), None)
        return self._doer(above, match["words"]) if above else None

    def _above(self, hit: PlaceName) -> Place | None:
        """The reading of a name that is a division around the document's place."""
        if self._home is None or not hit.full:
            return None
        around = {place.code for place in self._places.ancestors(self._home)}
        return next((p for p in hit.places if p.code in around), None)

    def _is_home(self, hit: PlaceName) -> bool:
        return self._home is not None and any(p.code == self._home.code for p in hit.places)

    def _clause(
        self, clause: str, hits: list[PlaceName], names: list[tuple[int, int]]
    ) -> tuple[tuple[Doer, ...], bool]:
        """The doers that a clause names, and whether it names the document's own place or union; ``hits`` are the names
        of places in it, ``names`` the spans that stand in quotation marks."""
        if not hits and not self._is_unit and not _MAY_NAME.search(clause):
            return (), False
        if names and hits:
            hits = [hit for hit in hits if not any(a <= hit.start < b for a, b in names)]
        own_words = _SELF.search(clause) if _MAY_BE_SELF.search(clause) else None
        if own_words and any(hit.start < own_words.start() + 2 and own_words.start() < hit.end for hit in hits):
            own_words = None  # the 市总工会 inside 枝江市总工会
        own = own_words is not None and not any(a <= own_words.start() < b for a, b in names)
        if self._is_unit and _SELF_UNIT.match(clause):
            own = True
        doers: list[Doer] = []
        for group in self._groups(clause, hits):
            listed = [place for hit in group if (place := self._inside(hit))]
            first, last = group[0], group[-1]
            if any(self._is_home(hit) for hit in group):
                own = own or self._accepted(clause, group)
            beside = (
                own_words is not None
                and own_words.end() < first.start
                and bool(_JOINT.fullmatch(clause, own_words.end(), first.start))
            )
            if listed and len(listed) >= len(group) - 1 and (beside or self._accepted(clause, group)):
                words = clause[first.start : last.end]
                doers += [self._doer(place, words, inside=self._home is not None) for place in listed]
            elif (above := self._above(first)) and first.start == 0 and clause.startswith("总工会", first.end):
                doers.append(self._doer(above, clause[: first.end]))
            elif not own_words and (outsiders := self._outside(clause, group)):
                doers += [self._doer(place, clause[first.start : last.end]) for place in outsiders]
        doers += [
            Doer(unit.name, "", unit.level, clause[unit.start : unit.end], unit=True, inside=True)
            for unit in subject_units(clause, self._places, self._own_name)
        ]
        if "总工会" in clause and (senior := self._senior(clause)):
            doers.append(senior)
            own = own and bool(_RECEIVES.search(clause, len(senior.words)))
        part = not (self._home and self._home.level == "national")
        nation = _NATIONWIDE.match(clause) if part and "全国" in clause else None
        if nation and (whole := self._places.by_code(_NATION)):
            doers.append(self._doer(whole, nation["words"]))
        masked = _MASKED.match(clause) if "*" in clause or "＊" in clause else None
        if masked and not any(a <= masked.start("words") < b for a, b in names):
            doers.append(Doer("", "", "unknown", masked["words"]))
        if not doers:
            return (), own
        named = tuple({doer.code or doer.place or doer.words: doer for doer in doers}.values())
        if named and own and self._home is not None and own_words is not None:
            # 市总工会和兴山县总工会: both.
            home = Doer(self._own_name or self._home.name, self._home.code, self._home.level, own_words[0])
            named = (home, *named)
        return named, own

    @staticmethod
    def _groups(clause: str, hits: list[PlaceName]) -> list[list[PlaceName]]:
        """Names in a list (兴山县、远安县) belong together."""
        groups: list[list[PlaceName]] = []
        for hit in hits:
            if groups and _JOINT.fullmatch(clause, groups[-1][-1].end, hit.start) and hit.start > groups[-1][-1].end:
                groups[-1].append(hit)
            else:
                groups.append([hit])
        return groups

    def _accepted(self, clause: str, group: list[PlaceName]) -> bool:
        first, last = group[0], group[-1]
        before, after = clause[: first.start], clause[last.end :]
        full = last.full
        union = bool(_PLACE_NEXT.match(after))
        if _LONGER.match(after) or (_NO_DOER_BEFORE.search(before) and not _BY.search(before)):
            return False
        if clause.endswith("：") and after == "：":
            return first.start == 0  # 宜昌：…
        if not full and len(group) < 2 and not union and (not _TOWNSHIP.match(after) or _is_word(clause, first)):
            return False  # a bare short name: 荆州工人文化宫, 安康
        if self._home is None and not self._own_name and not _SUBJECT_LEAD.match(before) and not _BY.search(before):
            return False  # nobody is spoken for: what stands there may be anybody's
        if _STANDS.search(before) or _BY.search(before):
            return True
        if _AT.search(before):
            if _VENUE.match(after) or "的基础上" in after:
                return False
            return bool(_CARRIED_OUT.match(after) or _FACILITY.match(after)) or (full and after.startswith("，"))
        if _SUBJECT_LEAD.match(before):
            return full or union or bool(_TOWNSHIP.match(after)) or len(group) > 1
        if full and after.startswith("，") and _DESCRIBED.match(before):
            return True
        return full and bool(_ORGAN.match(after)) and not before.endswith(("的", "、", "和", "与", "及"))
