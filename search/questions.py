"""Place questions: 哪些城市开展了X？ taken apart into frame, level and topic.

The frame (哪些/哪里/哪几个/有没有… + 城市/省/地方/单位, 各有多少) is taken off; what is left is the topic, with its
quoted names and the alternatives in brackets. Conditions (湖北省…, 除了荆州…, 2018年…) come off first.
"""

import re
from dataclasses import dataclass, field
from typing import Literal

from search.conditions import Conditions, read_conditions

Wanted = Literal["", "province", "city", "county", "township", "enterprise"]

_LEVELS: tuple[tuple[str, Wanted], ...] = (
    (r"省(?:级|份|区市|市区|市)?(?!总工会)|自治区|直辖市", "province"),
    (r"(?:大|小|中小)?城市|地级市|地市|市州|市县|县市|市(?:级)?(?!总工会|民)", "city"),
    (r"区县|县区|县域|县城|县(?:级)?(?!总工会)|区(?!域)", "county"),
    (r"(?:国有|国|央|民营|大)?企业?(?!业)|公司|集团|单位|厂(?:家)?", "enterprise"),
    (r"街道|乡镇|镇街|社区|村居|村庄|村(?!级|民|屋)|乡村|园区|开发区", "township"),
    (r"地方|地区|地(?!方|区)|总工会|工会|兄弟工会|同行", ""),
)
_NOUN = "|".join(f"(?:{pattern})" for pattern, _ in _LEVELS)
_WHICH = r"(?:哪些|哪几个|哪几家|哪个|哪一个|哪家|哪一家|什么|谁家的?|有没有(?:哪个|哪些|哪)?|多少个?|几个)"
# 哪些城市的工会…, 哪里的工会…, 哪儿…
_FRAME = re.compile(
    rf"(?:(?:请问|想知道|想问|查一下|查查|帮我查|看看|目前|现在|全国|国内|都)*)?"
    rf"(?:{_WHICH}(?P<noun>{_NOUN})|(?:哪里|哪儿|哪地|何地|什么地方)|谁家)"
    r"(?:的)?(?:工会组织|总工会|工会|里面|里)?"
)
_TAIL = re.compile(rf"的(?P<noun>{_NOUN})(?:都)?(?:有哪些|是哪些|有哪几个|是哪个|是哪里|有几个)[？?]*$")
_COUNT = re.compile(
    r"[，,、；]?\s*(?:各自|分别|都|一共|总共|共|各)?(?:有|是|为|建了|投入了|帮助了|花了)?(?:多少|几)[^，。？?]{0,8}[？?]*$"
    r"|[，,]\s*(?:效果|做法|数量|情况|规模)(?:如何|怎么样|怎样)[？?]*$"
)
_DONE = re.compile(r"^(?:都|也|目前|现在|曾经)?(?:已经?|曾经?)")
_PLANNED = re.compile(
    r"^(?:都|也|还|正在|正|目前|今年|明年|近期|未来[^，]{0,3}|今后[^，]{0,3})?"
    r"(?:计划(?!生育)|打算|准备|将要|将(?=会|在|于|来|新|建|开展|举办|组织|成立|推)|要(?!求|素|闻|回|到|债|薪|账|钱|件|害)|拟(?![定订人]))"
)
# Which did not, or no longer do: a report that is silent says nothing about it.
_DO = (
    r"(?:再|曾|开展|举办|组织|建|设|办|实行|推行|落实|完成|参加|提供|发|给|为|评|做|搞|推|用|纳入|成立|制定|出台|配|有)"
)
_DENIED = re.compile(
    rf"^(?:都|也|还|至今|目前|现在|仍然|仍|一直|从来)*(?:没有|没(?!收)|未(?!来|成年|婚)|尚未|从未|并未|缺少|缺乏|不(?={_DO}))"
    rf"|(?<!有)(?:没有?|未能|尚未|从未|并未|不再)(?={_DO})"
)
_RECEIVED = re.compile(r"^(?:都|也|已经?|曾经?|先后)*(?:得到|收到|获得|接受|争取到|受到)")
_ACTION = re.compile(
    r"^(?:都|也|已经|曾经|曾|正在|在|计划|打算|准备|将要|拟|率先|专门|还|开始)*(?:评选命名|评选|命名|招聘配备|开展|建立健全|实现|建立|建成|建设|建起|建|组织|举办|办起|开办|办|设立|设|搞|推出|推行|打造|完成|实施|成立|制定|制订|编制|出台|"
    r"落实|有|做|实行|推动|推进|创建|配备|开设|提供|培育|发布|探索|形成|构建|进行|用上|用)?(?:过|了|起了?|着|好)*"
)
_QUOTED = re.compile(r"“([^“”]+)”|‘([^‘’]+)’|「([^「」]+)」|\"([^\"]+)\"|《([^《》]+)》")
_BRACKET = re.compile(r"[（(]([^（）()]*)[)）]")
_EXAMPLE = re.compile(r"^(?:如|例如|比如|像|诸如)")
_LOOSE = "，,、 　"
_ENDING = re.compile(r"(?:的情况|的做法|的经验|吗|呢|啊|呀)?[？?。！!\s]*$")


@dataclass(frozen=True, slots=True)
class Question:
    """A place question. ``topic`` is what is asked about, without frame, brackets and question mark.

    ``action`` is the verb that was taken off it; ``quoted`` names stand in quotation marks; ``alternatives`` stand in
    brackets and any of them will do; ``status`` is "done" where the question says 已经, "planned" for 计划, else "".
    ``denied``: it asks who did not. ``received``: it asks who was given something. An empty topic asks for nothing.
    """

    query: str
    topic: str
    action: str
    level: Wanted
    status: Literal["", "done", "planned"]
    quoted: tuple[str, ...]
    alternatives: tuple[str, ...]
    conditions: Conditions = field(default_factory=Conditions)
    denied: bool = False
    received: bool = False


def _spans(text: str) -> list[tuple[int, int]]:
    return [match.span() for match in _QUOTED.finditer(text)]


def quoted_names(text: str) -> tuple[str, ...]:
    """What stands in quotation marks, in reading order."""
    return tuple(next(filter(None, match.groups())) for match in _QUOTED.finditer(text))


def _level(noun: str | None) -> Wanted:
    if not noun:
        return ""
    return next(level for pattern, level in _LEVELS if re.fullmatch(pattern, noun))


def _brackets(topic: str) -> tuple[str, tuple[str, ...]]:
    """The topic without its brackets, and the alternatives they held. 产业工人（技能）培训基地 keeps the short name and
    gives the long one as an alternative; （如…） is an example, no alternative."""
    alternatives: list[str] = []
    while match := _BRACKET.search(topic):
        inside, before, after = match[1].strip(), topic[: match.start()], topic[match.end() :]
        if not _EXAMPLE.match(inside):
            if after and not re.match(r"[，。？?、的等]|或|和", after):
                alternatives.append(before + inside + after)
            else:
                names = quoted_names(inside)
                alternatives += names or [
                    part.strip() for part in re.split(r"[、，,/；]|或者?", inside) if part.strip()
                ]
        topic = before + after
    return topic, tuple(dict.fromkeys(a for a in alternatives if len(a) > 1))


def topic_question(query: str, level: Wanted = "") -> Question:
    """A query without a frame, read as the topic itself (职工书屋)."""
    conditions, text = read_conditions(query.strip())
    topic, alternatives = _brackets(_ENDING.sub("", text))
    return Question(query, topic.strip(_LOOSE), "", level, "", quoted_names(topic), alternatives, conditions)


def parse_question(query: str) -> Question | None:
    """The parts of a place question, or None where the query asks for no places."""
    conditions, text = read_conditions(query.strip())
    names = _spans(text)
    frame = next((m for m in _FRAME.finditer(text) if not any(a <= m.start() < b for a, b in names)), None)
    tail = None if frame else _TAIL.search(text)
    match = frame or tail
    if match is None:
        return None
    head = text[: match.start()]
    rest = text[match.end() :] if frame else ""
    rest = _ENDING.sub("", _COUNT.sub("", rest)).lstrip(_LOOSE)
    if tail:
        rest, head = head, ""
    elif head:
        # 中央在哪些省开展了…: who did it there says nothing about what; else the words before belong to it.
        head = re.sub(r"(?:.{0,6}(?:总工会|全总|中央|国家))?(?:在|有|是|由|，|,|：|:)*$", "", head)
    denied = any(not any(a <= m.start() < b for a, b in _spans(rest)) for m in _DENIED.finditer(rest))
    status: Literal["", "done", "planned"] = ""
    if planned := _PLANNED.match(rest):
        status, rest = "planned", rest[planned.end() :]
    elif _DONE.match(rest):
        status = "done"
    received = bool(_RECEIVED.match(rest))
    action = _ACTION.match(rest)
    verb = action[0] if action else ""
    topic, alternatives = _brackets(head + rest[len(verb) :])
    topic = topic.strip(_LOOSE)
    level = _level(match["noun"])
    names_quoted = quoted_names(topic)
    return Question(query, topic, verb, level, status, names_quoted, alternatives, conditions, denied, received)
