"""Which term a label means, and how that is known: its name, a way to write it, a name narrower or wider than it.

A likeness alone never answers. What has no term of its own may be answered by one that is narrower or wider, and says so.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal

from corpus.places import gazetteer
from graph.marks import quoted_spans
from graph.merging import segments
from graph.numerals import count
from graph.variants import CLASSIFIERS, core, fold, generic, is_tail, patterned, rests, skeleton, without_bracket
from graph.wording import head_of, kind_of
from search.nomenclature import Named, Nomenclature

How = Literal["label", "variant", "alias", "pinyin", "parts", "several", "wider", "narrower", "within", "inside"]
_QUOTED = re.compile(r"[“‘\"「]([^“”‘’\"「」]{2,})[”’\"」]")
# Whose, for whom or at what level, said before a name that is the same without it: 全国工人先锋号, 城市困难职工解困脱困.
_QUALIFIERS = re.compile(
    r"""(?:全国|全省|全市|全区|全县|国家级|省级|市级|县级|省|市|区|县|各级|工会|职工|劳模|工匠|农民工|女职工|会员|困难|城市|城镇
    |农村|企业|领导机关|机关干部|机关|干部|赴|深入|集团|系统|行业|区域|园区|社区|乡镇|街道|基层|新时代|新型|示范性|标准化|规范化|线上|网上)+""",
    re.VERBOSE,
)
_LEVELS = re.compile(r"全国|全省|全市|全区|全县|国家级|省级|市级|县级")
_LISTED = re.compile(
    r"^(?P<list>[^、]+(?:、[^、]+)+?)(?P<name>(?:十[一二]|[二三四五六七八九十两])(?:级|大|项|个|种|类|方|位一体).+)$"
)
_AND = re.compile(r"[、，和与及]")
_ALL_QUOTED = re.compile(r"“([^“”]*)”")
_LATIN = re.compile(r"[a-zA-Z]{2,}")
_MARKS = ' “”‘’"'
# What stands before a name and turns it into its contrary: 非公益活动.
_NOT = tuple("非未无不反")
# Where a name is that of a place to go to: what is held there isn't the place.
_STANDING = re.compile("[站点家屋园寓场圈]$")
#: Characters of a label that is looked at closely: what takes a name apart takes the cube of its length.
_LONGEST = 60
#: The least length of a name that answers for a longer one, of one that names by itself, of a beginning.
_NAME, _LONG_NAME, _BEGINNING = 4, 6, 5


@dataclass(frozen=True, slots=True)
class Match:
    """A term and how the label that was asked for led to it; ``others`` are further terms that the label names,
    ``beside`` the words before a wider term's name, folded, that the answer should fit."""

    term_id: str
    how: How
    others: tuple[str, ...] = ()
    beside: str = ""


#: How a label leads to a term that isn't quite what it asks for.
BESIDE: tuple[How, ...] = ("wider", "narrower", "within", "inside")
#: how → the sentence that tells the reader; nothing is said of a term asked for by its label.
NOTES: dict[How, str] = {
    "label": "",
    "variant": "“{asked}”是“{term}”的另一种写法。",
    "alias": "“{asked}”是“{term}”的又一名称。",
    "pinyin": "按拼音“{asked}”查到“{term}”。",
    "parts": "“{asked}”所列的，是“{term}”的各项内容。",
    "several": "“{asked}”不止一个名称，以下是“{term}”{others}。",
    "wider": "语料中没有单列“{asked}”，以下是比它宽的“{term}”。",
    "narrower": "语料中没有单列“{asked}”，以下是比它具体的“{term}”。",
    "inside": "语料中没有单列“{asked}”，以下是其中引号里的“{term}”。",
    "within": "语料中没有单列“{asked}”，它是“{term}”的一部分。",
}


def note(asked: str, term: str, how: How, others: Iterable[str] = ()) -> str:
    """The sentence that tells how a label led to a term, "" where it is the term's own."""
    more = "、".join(f"“{other}”" for other in others)
    return NOTES[how].format(asked=_told(asked), term=_told(term), others=f"，另见{more}" if more else "")


def _told(name: str) -> str:
    """A name as it stands inside quotation marks."""
    bare = name.strip()
    if quoted := _ALL_QUOTED.fullmatch(bare):
        bare = quoted[1]
    return bare.translate(str.maketrans("“”", "‘’"))


def untold(asked: str, term: str) -> str:
    """The sentence for a way to write a counting name that no document explains, though others explain the name."""
    return f"有文献写作“{_told(asked)}”，没有说明指什么；别处对“{_told(term)}”的解释不一定适用。"


class Lookup:
    """The rules by which a label finds one of the ``names`` of terms."""

    def __init__(self, names: Nomenclature) -> None:
        self._names = names

    def find(self, label: str) -> Match | None:
        """The term that a label means, None where the glossary has none."""
        rules: tuple[tuple[How, Callable[[str, str], Named | None]], ...] = (
            ("variant", self._variant),
            ("narrower", self._bare),
            ("parts", self._parts_of),
            ("variant", self._framed),
            ("inside", self._inside),
        )
        folded = fold(label)
        if not folded:
            return None
        if found := self._names.name(folded):
            if label.strip() == found.label:
                return Match(found.id, "label")
            return Match(found.id, "variant" if core(folded) == core(fold(found.label)) else "alias")
        if len(folded) > _LONGEST:
            return None
        for how, rule in rules:
            if found := rule(label, folded):
                return Match(found.id, how)
        if several := self._several(label):
            return several
        if wider := self._wider(folded):
            return wider
        # A label that is written with a quotation mark in it and stands inside this one: 船员“微”故事会.
        if len(marked := self._names.marked_in(label)) == 1:
            return Match(marked.pop().id, "wider")
        if narrower := self._narrower(folded):
            return narrower
        if _LATIN.fullmatch(label.strip()):
            spelt = label.strip().lower()
            if found := self._names.initials(spelt) or self._names.spelt(spelt):
                return Match(found.id, "pinyin")
        return None

    # ------------------------------------------------------------------ the same name, written otherwise
    def _variant(self, label: str, folded: str) -> Named | None:
        if self._held_at(folded):
            return None
        bare = core(folded)
        if bare != folded and (found := self._names.name(bare)):
            return found
        # Two tails may make two things of a phrase: only a name that counts, or one asked for bare, leaves them aside.
        found = self._names.core(bare)
        if found and (patterned(bare) or (bare == folded and len(bare) >= 4 and found.quoted)):
            return found
        # After a short everyday word a tail makes another thing: only names in quotation marks go without theirs.
        for rest in rests(folded):
            found = self._names.name(rest)
            if found and (found.quoted or _is_label(found, rest, folded.removeprefix(rest))):
                return found
        for name in (folded, bare):
            if len(slim := skeleton(name)) >= _NAME and (found := self._names.skeleton(slim)):
                return found
        return self._names.name(fold(without_bracket(label)))

    def _bare(self, label: str, folded: str) -> Named | None:
        """A name of some length whose term has a classifier, which may say more than the name: 求学圆梦 → 求学圆梦行动."""
        slim = skeleton(folded)
        return self._names.bones(slim) if len(slim) >= _NAME and core(folded) == folded else None

    def _framed(self, label: str, folded: str) -> Named | None:
        """A name in quotation marks with nothing of its own around them (全省“暖蜂”专项行动), a union called an organisation."""
        if folded.endswith("组织") and (found := self._names.name(folded.removesuffix("组织"))):
            return found if found.kind == "organisation" else None
        quoted = _QUOTED.findall(label)
        if len(quoted) != 1 or (found := self._names.name(fold(quoted[0]))) is None:
            return None
        before, after = map(fold, label.split(quoted[0], 1))
        plain = not before or _QUALIFIERS.fullmatch(before) is not None or before.endswith("的")
        return found if plain and is_tail(after) else None

    def _inside(self, label: str, folded: str) -> Named | None:
        """The one name in quotation marks, where the rest says more than that: “五一”晚会."""
        quoted = _QUOTED.findall(label)
        return self._names.name(fold(quoted[0])) if len(quoted) == 1 else None

    # ------------------------------------------------------------------ what it consists of
    def _parts_of(self, label: str, folded: str) -> Named | None:
        """A name by its parts: by themselves, in quotation marks before it (“甲、乙、丙”三位一体的丁体系), or listed before
        its number (省、市、县三级工会)."""
        listed = frozenset(map(fold, segments(label.strip("“”‘’"))))
        if len(listed) > 1 and (found := self._names.consisting(listed)):
            return found
        for start, end in quoted_spans(label):
            rest = fold(label[end + 1 :]).replace("一体的", "一体")
            if (
                start == 1
                and len(segments(label[start:end])) > 1
                and count(rest) > 1
                and (found := self._names.name(rest))
            ):
                return found
        counted = _LISTED.match(label.strip())
        if counted and len(counted["list"].split("、")) == count(fold(counted["name"])):
            return self._names.name(fold(counted["name"]))
        return None

    def _several(self, label: str) -> Match | None:
        """A label of several names: “六好”“六有”标准. One term that holds them all goes before the first of them."""
        quoted = [fold(name) for name in _QUOTED.findall(label)]
        names = quoted if len(quoted) > 1 else [fold(name) for name in _AND.split(label)]
        if len(names) < 2 or min(map(len, names)) < 2:
            return None
        if len(quoted) > 1:
            holding = self._names.holding(names)
            if len(holding) == 1:
                return Match(holding.pop().id, "variant")
        found = [term.id for name in names if (term := self._names.name(name))]
        if len(found) < 2 or (len(quoted) < 2 and len(found) < len(names)):
            return None
        return Match(found[0], "several", tuple(dict.fromkeys(i for i in found if i != found[0])))

    # ------------------------------------------------------------------ names wider and narrower
    def _wider(self, folded: str) -> Match | None:
        """The longest name that the label ends in, after words that say whose it is, a place, or with length enough."""
        place = gazetteer().find(folded)
        after_place = place[0].end if place and place[0].start == 0 else 0
        for start in range(1, len(folded) - 1):
            rest = folded[start:]
            found = self._names.name(rest) or (self._names.skeleton(skeleton(rest)) if len(rest) >= _NAME else None)
            if found is None:
                continue
            if folded[:start].endswith(_NOT):
                return None
            level = start == after_place or _LEVELS.fullmatch(folded[:start])
            short = patterned(rest) or (len(rest) > 2 and (level or found.quoted))
            if not (len(rest) >= _NAME or short):
                continue
            whose = _QUALIFIERS.fullmatch(folded[:start]) or _QUALIFIERS.fullmatch(folded[after_place:start])
            long = len(rest) >= _LONG_NAME or (len(rest) >= _NAME and patterned(rest))
            if whose or level or (long and not generic(rest)):
                beside = "" if _QUALIFIERS.fullmatch(folded[:start]) else core(folded[:start]).removesuffix("工作")
                return Match(found.id, "wider", beside=beside)
        if (
            folded.endswith("建设")
            and len(rest := folded.removesuffix("建设")) >= _NAME
            and (found := self._names.name(rest))
        ):
            return Match(found.id, "wider")
        if found := self._held_at(folded):
            return Match(found.id, "wider")
        return None

    def _held_at(self, folded: str) -> Named | None:
        """The organisation or place of which an activity is asked for (户外劳动者驿站活动): the activity is another thing."""
        for tail in CLASSIFIERS:
            rest = folded.removesuffix(tail)
            if rest != folded and len(rest) >= _NAME and kind_of(head_of(tail)) == "programme":
                standing = kind_of(head_of(rest)) == "organisation" or _STANDING.search(rest)
                found = self._names.name(rest) if standing else None
                if found and found.kind in ("organisation", "brand"):
                    return found
        return None

    def _narrower(self, folded: str) -> Match | None:
        """The only term whose label is this one after words that say whose it is, or that has it for one of its parts, or
        begins with it."""
        counting = len(folded) > 2 and patterned(folded[1:])  # 去四化
        if (len(folded) < _NAME and not counting) or generic(folded):
            return None
        place = gazetteer().find(folded)
        opens = len(folded) >= _BEGINNING and not (place and place[0].start == 0)
        held = self._names.labelled(folded)
        whose = {
            term
            for name, term in held
            if name.endswith(folded) and _QUALIFIERS.fullmatch(name.removesuffix(folded)) is not None
        }
        if len(whose) == 1:
            return Match(whose.pop().id, "narrower")
        if whole := self._names.piece(folded):
            return Match(whole.id, "within")
        written = {
            term
            for name, term in held
            if opens and name.startswith(folded) and (term.quoted or term.label.startswith("“"))
        }
        return Match(written.pop().id, "narrower") if len(written) == 1 else None


def _is_label(term: Named, rest: str, tail: str) -> bool:
    """True where a classifier stands after a term's own label of some length: 送温暖活动."""
    return len(rest) > 2 and tail in CLASSIFIERS and fold(term.label) == rest
