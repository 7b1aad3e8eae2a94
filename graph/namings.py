"""Where a document names something: quoted names, numeral abbreviations, institutional names, subjects of 是."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from ahocorasick_rs import AhoCorasick

from corpus.sentences import sentences
from graph.marks import MARK, quoted_spans
from graph.numerals import UNQUOTED
from graph.quotations import cites, is_clause
from graph.wording import (
    CONTINUING,
    CONTINUING_VERBS,
    CREATING,
    CREATING_VERBS,
    INSTITUTIONAL,
    INSTITUTIONS,
    LONG_HEAD,
    WEAK_HEADS,
    head_of,
    without_lead,
)

Form = Literal["quoted", "numeral", "name", "work", "honour", "subject", "member", "bracket"]


@dataclass(frozen=True, slots=True)
class Naming:
    """A possible term where it stands. ``start:end`` spans quotation marks and tail, ``core_start:core_end`` the bare
    name; ``tail`` is the noun phrase after the closing quotation mark (“四德”建设 → 建设); ``weak`` says that a noun
    follows which names don't have (“一条心”意识)."""

    core: str
    tail: str
    form: Form
    start: int
    end: int
    core_start: int
    core_end: int
    weak: bool = False


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with the one after it, as spans of the document's ``text``. The last sentence of a paragraph has none
    (``next_start`` = ``next_end``), but a heading has the first of the paragraph below it."""

    text: str
    start: int
    end: int
    next_start: int
    next_end: int

    @property
    def own(self) -> str:
        return self.text[self.start : self.end]

    def before(self, naming: Naming) -> str:
        """The sentence up to a naming."""
        return self.text[self.start : naming.start]

    def after(self, naming: Naming) -> str:
        """The sentence from a naming on."""
        return self.text[naming.end : self.end]

    @property
    def following(self) -> str:
        """The next sentence, "" at the end of a paragraph."""
        return self.text[self.next_start : self.next_end]

    @property
    def is_heading(self) -> bool:
        return _is_heading(self.text, self.end)


_FINAL, _CLOSING = frozenset("。！？；!?：…"), frozenset("”’）)")
_STOP = "的了和与及或在等是为将把对被以并从到由向让使给"
_CHUNK = re.compile(rf"(?:(?!第[一二三四五六七八九十])[一-鿿A-Za-z](?<![{_STOP}])){{1,22}}")
_HEADS = re.compile(rf"(?:{LONG_HEAD})")
_WEAK = re.compile(rf"的?[一-鿿]{{0,2}}(?:{WEAK_HEADS})")
# Speech ends in a full stop; a masked character (*) leaves no name.
_SPOKEN = re.compile(r"[。！？；!?*＊□\ufffd]")
_LONGEST = 34


def head_phrase(text: str) -> str:
    """The noun phrase that ``text`` opens with, "" if none: all of it up to a function word where that ends in a head
    noun (职工服务体系，…), else its shortest beginning that does (活动中取得…)."""
    chunk = _CHUNK.match(text)
    if not chunk or text.startswith("即"):
        return ""
    if text[chunk.end() : chunk.end() + 1] == "为" and chunk[0].endswith("行"):  # 违规行为
        return head_phrase(text[: chunk.end() - 1])
    last = head_of(chunk[0])
    if len(chunk[0]) <= (18 if len(last) > 1 else 6) and last:
        return chunk[0]
    first = _HEADS.search(chunk[0])
    if first is None or first.end() > 12:
        return ""
    end = first.end()
    while more := _HEADS.match(chunk[0], end):
        end = more.end()
    return chunk[0][:end]


_APP = re.compile(r"^(?:APP|App|小程序|公众号|客户端)")
_GAINS = re.compile(r"获得?|荣获|入选|列入")


def _within(tail: str) -> str:
    """The noun phrase after a name without what becomes of it: 试点工作获省总工会…, APP各级工会…."""
    if app := _APP.match(tail):
        return app[0]
    gains = _GAINS.search(tail)
    return head_phrase(tail[: gains.start()]) if gains and gains.start() else tail


def _quoted(sentence: Sentence) -> Iterator[Naming]:
    own = sentence.own
    if not MARK.search(own) or cites(own):
        return
    for start, end in quoted_spans(own):
        core = own[start:end]
        if not 0 < end - start <= _LONGEST or _SPOKEN.search(core) or not re.search(r"[一-鿿A-Za-z\d]", core):
            continue
        if is_clause(core):
            continue
        after = own[end + 1 :]
        link = "的" if after.startswith("的") else ""
        tail = _within(head_phrase(after[len(link) :]))
        weak = _WEAK.match(after)
        if end - start == 1 and not tail:
            if not weak:
                continue
            tail, weak = weak[0].removeprefix(link), None
        stop = end + 1 + (len(link) + len(tail) if tail else 0)
        at = sentence.start
        yield Naming(core, tail, "quoted", at + start - 1, at + stop, at + start, at + end, weak is not None)


_DOES = re.compile(rf"(?<=..)(?!建设|探索)(?:{CREATING})")


def until_verb(tail: str) -> str:
    """A noun phrase cut before a verb inside it, if a noun stays: 工会开办夜校 → 工会."""
    found = _DOES.search(tail)
    return tail[: found.start()] if found and head_of(tail[: found.start()]) else tail


def _numerals(sentence: Sentence) -> Iterator[Naming]:
    own = sentence.own
    for found in UNQUOTED.finditer(own):
        if own[max(0, found.start() - 1) : found.start()] in ("“", "‘"):
            continue
        link = "的" if found[1].endswith("一体") and own.startswith("的", found.end()) else ""
        tail = until_verb(head_phrase(own[found.end() + len(link) :]).removesuffix("建设"))
        if tail:
            start, end = sentence.start + found.start(), sentence.start + found.end() + len(link) + len(tail)
            block = found[1].endswith(("一体", "一批"))
            core = found[1] if block else found[1] + tail
            yield Naming(core, tail if block else "", "numeral", start, end, start, start + len(core))


_VERB = rf"(?:{CREATING}|{CONTINUING})(?:了|好|起|着|成)?"
_PHRASE = rf"[^\W\d_{_STOP}]"
_INSTITUTION = re.compile(
    rf"(?:{_VERB}|——)(?P<name>(?:{_PHRASE}|[（(]{_PHRASE}+[)）]){{1,18}}?(?:{INSTITUTIONAL})+)(?=[，。；、,“—]|和|与|及|等|建设[，。]|$)"
)
_ACTS = re.compile(r"这|那样|此类|采取|建立|设立|成立|纳入|进入|加入|开展|举办|推进|推动|实施|构建|打造|提供|加强|促进")
_MODIFIER = re.compile(
    r"^(?:[一二两三四五六七八九十百千万亿\d]+(?:余|多)[万亿]?[亩个家座所项处条公里名]+|[^首]{0,6}首[家个份批次届]|第[一二三四五六七八九十]+届|一次|一批|一个|本单位|本部门|本地区|本行业|本系统|各种|各项|各类|一些|若干|许多|多种|有关|相应|一系列|系列|首个|首家|首批|多个|各级|各类|有关|相关|同级|我省|我市|本级)"
)


_VERBS = sorted({*CREATING_VERBS, *CONTINUING_VERBS, "——"})
_OPENS_OR_CLOSES = AhoCorasick([*_VERBS, *INSTITUTIONS], store_patterns=False)
_BARRIER = re.compile(rf"(?!{_PHRASE})[^()（）]")


def _may_name(own: str) -> bool:
    """False where no institution stands behind a verb, with nothing between them that names don't have: the pattern need
    not be tried."""
    opened, until = -1, -1
    # In the order of their ends: a verb ends before what it opens begins.
    for number, start, end in _OPENS_OR_CLOSES.find_matches_as_indexes(own, overlapping=True):
        if number >= len(_VERBS):
            if 0 <= opened < start <= until:
                return True
        else:
            barrier = _BARRIER.search(own, end + own.startswith("了", end))
            reach = barrier.start() if barrier else len(own)
            if opened < 0 or reach > until:
                opened, until = end, reach
    return False


def _names(sentence: Sentence) -> Iterator[Naming]:
    own = sentence.own
    for found in _INSTITUTION.finditer(own) if _may_name(own) else ():
        name = without_lead(found["name"])
        while modifier := _MODIFIER.match(name):
            name = name[modifier.end() :]
        if len(name) >= 4 and not _ACTS.search(name):
            end = sentence.start + found.end("name")
            start = end - len(name)
            yield Naming(name, "", "name", start, end, start, end)


_WORK = re.compile(rf"(?:{_VERB})(?P<name>{_PHRASE}{{4,14}}?)工作(?=[，。；、]|方案|任务|制度|机制|长效|$)")
_WHO = re.compile(
    r"^(?:[今去明近本]年(?=..)|(?:各级|全省|全市|工会|领导|机关|干部|职工|党员|社会)+(?:赴|深入|到|下)?|常态化)"
)
_STYLED = re.compile(
    rf"(?:打造|建设|争创|的)(?P<name>(?:(?![级层省市县区乡镇村业地上络属])[一-鿿](?<![{_STOP}])){{2}}工会)(?=[，。；、]|$)"
)
_HONOUR = re.compile(
    rf"(?<!以)(?P<name>{_PHRASE}{{2,12}}(?:(?<!等)奖|奖章|奖状|先锋号|标兵岗?|工匠|能手|示范岗|文明岗|之星|名师))\d+(?:余|多)?[名个人枚家位]"
)
#: An honour ends in one of these, and a number follows.
_AWARDS = re.compile(r"[奖章状号兵岗匠手星师]\d")
_AWARDED = re.compile(
    r"^(?:.*(?:表彰|选树|培育|获评|荣获|获得|评选出|评选|推荐|授予|涌现)|(?:全国|全省|全市|自治区|.{1,3}[省市级]|共|以上|获)+)"
)
_PEOPLE = re.compile(r"(?:劳模|先模|先进|工匠|能手|标兵|名师)+")


def _works(sentence: Sentence) -> Iterator[Naming]:
    """What is done under one name again and again, whoever does it: 开展机关干部赴基层蹲点工作 → 基层蹲点."""
    for found in _WORK.finditer(sentence.own) if "工作" in sentence.own else ():
        name = without_lead(found["name"])
        while who := _WHO.match(name):
            name = name[who.end() :]
        if len(name) >= 4:
            end = sentence.start + found.end("name")
            yield Naming(name, "", "work", end - len(name), end, end - len(name), end)


def _styles(sentence: Sentence) -> Iterator[Naming]:
    """What a union wants to be called: 打造务实工会. Only several documents make a name of it."""
    for found in _STYLED.finditer(sentence.own) if "工会" in sentence.own else ():
        start, end = sentence.start + found.start("name"), sentence.start + found.end("name")
        yield Naming(found["name"], "", "name", start, end, start, end)


def _honours(sentence: Sentence) -> Iterator[Naming]:
    """What is awarded in numbers: 选树海港工匠50人."""
    for found in _HONOUR.finditer(sentence.own) if _AWARDS.search(sentence.own) else ():
        name = found["name"]
        while lead := _AWARDED.match(name):
            name = name[lead.end() :]
        if len(name) >= 4 and not _PEOPLE.fullmatch(name):
            end = sentence.start + found.end("name")
            yield Naming(name, "", "honour", end - len(name), end, end - len(name), end)


_SPIRITS = re.compile(
    rf"(?:弘扬|发扬|传承|践行)(?:了|好)?(?P<list>{_PHRASE}{{2,6}}?精神(?:[、和与]{_PHRASE}{{2,6}}?精神)*)"
)


def _spirits(sentence: Sentence) -> Iterator[Naming]:
    """What is upheld by name: 弘扬老黄牛精神、拓荒牛精神."""
    for found in _SPIRITS.finditer(sentence.own) if "精神" in sentence.own else ():
        for item in re.finditer(r"[^、和与]+", found["list"]):
            at = sentence.start + found.start("list")
            start, end = at + item.start(), at + item.end()
            yield Naming(item[0], "", "name", start, end, start, end)


#: The number of an article, a paragraph, a point: 第三条, （二）, 1.
NUMBERING = (
    r"(?:第[一二三四五六七八九十百零\d]+[条款项章节]|[（(][一二三四五六七八九十\d]{1,3}[)）]"
    r"|[一二三四五六七八九十]{1,3}、|\d{1,3}[.．、])[\s　]*"
)
# What a law says of the words that it explains (本条例所称, 前款所称的), and whose a thing is (我国).
_CALLED = r"(?:(?:本|前|该|上述)[^，。；：“”、]{0,14}所称的?|我[国省市县区](?=第))"
# Who or what was spoken of just now is no name (这些指标, 每个干部, 其他单位).
_POINTING = (
    rf"(?:{_CALLED}|[我你他她它咱](?![国省市县区])|这|那|该|此|其|有|每|各|凡|某|也|还|就|更|都|今|如果|即使|虽然|只要|只有"
    r"|因为|由于|关于|为了|主要|重要|根本|关键|同时|任何|所有|一些|一个|一种|前者|后者|上述|以上|以下|去年|当前)"
)
_SUBJECT = re.compile(
    rf"^(?:{NUMBERING})?(?:目前|所谓|其中|职工(?=[“‘])|{_CALLED})*[，]?[“‘]?(?!{_POINTING})"
    rf"(?P<name>[^，。；：、“”‘’（）(),;:是{_STOP}\d]{{2,20}}?)(?<![愿好心全专故])[”’]?"
    r"[，,]?(?:指的是|是指(?![导挥定令])|意为(?!人民)|是(?!指[导挥定令])|就是)"
)
_SUBJECTS = re.compile(
    rf"^(?P<list>[^，。；：、“”‘’是{_STOP}\d]{{2,10}}(?:、[^，。；：、“”‘’是{_STOP}\d]{{2,10}})+)，这是"
)
_TAKEN = re.compile(rf"[把将](?P<name>{_PHRASE}{{2,12}}(?:制|{INSTITUTIONAL}))作为")
_POOL = re.compile(rf"一体化?的(?P<name>{_PHRASE}{{1,5}}型{_PHRASE}{{2,8}})(?=[，。；、“])")
_SHORT = re.compile(r"[一-鿿]{4}[（(](?:以下)?(?:简称|统称)?(?:为|：)?[“‘]?(?P<name>[一-鿿A-Za-z]{2,8})[”’]?[)）]")


def _subjects(sentence: Sentence) -> Iterator[Naming]:
    own = sentence.own
    listed = _SUBJECTS.match(own) if "，这是" in own else None
    if listed:
        for item in re.finditer(r"[^、]+", listed["list"]):
            start, end = sentence.start + item.start(), sentence.start + item.end()
            yield Naming(item[0], "", "subject", start, end, start, end)
    found = _SUBJECT.match(own) if "是" in own or "意为" in own else None
    if found:
        start, end = sentence.start + found.start("name"), sentence.start + found.end("name")
        marked = found.start("name") > 0 and sentence.text[start - 1] + sentence.text[end] in ("“”", "‘’")
        yield Naming(found["name"], "", "subject", start - marked, end + marked, start, end)
    found = _TAKEN.search(own) if "作为" in own else None
    if found:
        start, end = sentence.start + found.start("name"), sentence.start + found.end("name")
        yield Naming(found["name"], "", "name", start, end, start, end)
    patterns: tuple[tuple[Form, re.Pattern[str], bool], ...] = (
        ("member", _POOL, "一体" in own and "型" in own),
        ("bracket", _SHORT, "（" in own or "(" in own),
    )
    for form, pattern, may in patterns:
        for found in pattern.finditer(own) if may else ():
            start, end = sentence.start + found.start("name"), sentence.start + found.end("name")
            yield Naming(found["name"], "", form, start, end, start, end)


def _is_heading(text: str, end: int) -> bool:
    """True where what ends there doesn't end like a sentence."""
    return text[end - 1] not in _FINAL and not (text[end - 1] in _CLOSING and text[end - 2 : end - 1] in _FINAL)


def sentences_of(text: str) -> list[Sentence]:
    """The sentences of a document; each knows where the next one of its paragraph ends."""
    spans = sentences(text)
    found = []
    for i, (start, end) in enumerate(spans):
        following = spans[i + 1] if i + 1 < len(spans) else (end, end)
        linked = "\n" not in text[end : following[0]] or _is_heading(text, end)
        found.append(Sentence(text, start, end, *(following if linked else (end, end))))
    return found


def namings(sentence: Sentence) -> list[Naming]:
    """Everything that a sentence may be naming, in text order."""
    ways = (_quoted, _numerals, _names, _works, _styles, _honours, _subjects, _spirits)
    found = [naming for way in ways for naming in way(sentence)]
    return sorted(found, key=lambda naming: (naming.start, -naming.end, naming.form))
