"""Place questions: 哪些城市开展了X？ taken apart into frame, level, conditions and topic.

Conditions (湖北省…, 除了荆州…, 2018年…, 超过1000万元…) come off first, then the frame (哪些城市…); what is left is the
topic, with its quoted names and the alternatives in brackets.
"""

import re
from dataclasses import dataclass, field
from typing import Literal

from corpus.sentences import sentences
from search.analyzer import simplified
from search.conditions import Conditions, read_conditions
from search.frames import Framed, Wanted, in_chinese, take_frame

Order = Literal["", "most", "least"]

_WIDE = {code: code - 0xFEE0 for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))}
_UNSEEN = re.compile(r"[\x00-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]+")
_YEAR = re.compile(r"(?<![一二三四五六七八九十〇零百千])(?:一九|二[〇零○])[〇零○一二三四五六七八九]{2}(?=年)")
_DIGITS = dict(zip(map(ord, "〇零○一二三四五六七八九"), "00" + "0123456789", strict=True))
_LONG = 200  # characters from which a query is a text, of which only the sentence that asks is read
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
_DO = r"(?:再|曾|开展|举办|组织|建|设|办|实行|推行|落实|完成|参加|提供|提到|提及|发|给|为|评|做|搞|推|用|纳入|成立|制定|出台|配|有)"
_DENIED = re.compile(
    rf"^(?:都|也|还|至今|目前|现在|仍然|仍|一直|从来)*(?:没有|没(?!收)|未(?!来|成年|婚)|尚未|从未|并未|缺少|缺乏|不(?={_DO}))"
    rf"|(?<!有)(?:没有?|未能|尚未|从未|并未|不再)(?={_DO})"
)
_RECEIVED = re.compile(r"^(?:都|也|已经?|曾经?|先后)*(?:得到|收到|获得|接受|争取到|受到)")
_ACTION = re.compile(
    r"^(?:都|也|已经|曾经|曾|正在|在|计划|打算|准备|将要|拟|率先|专门|还|开始|能够|能|可以)*"
    r"(?:评选命名|评选|命名|招聘配备|开展|建立健全|实现|建立|建成|建设|建起|建(?!会)|组织|举办|办起|开办|办(?!法|理)|设立|设(?!施)|搞|"
    r"推出|推行|打造|开发(?!区)|完成|实施|成立|制定|制订|编制|出台|落实|有(?!效|偿)|做|实行|推动|推进|创建|配备|开设|提供|培育|发布|探索|形成|"
    r"构建|进行|用上|用(?!工|人))?(?:过|了|起了?|着|好)*"
)
_MOST = re.compile(
    r"(?:的)?(?:数量|人数|规模|金额|总数)?(?:排名|排在|位居)?(?P<word>最多|最大|最高|最广|第一|更多|更大|更高|比较多|多一些|多些|最少|最小|最低|更少)"
    r"(?:的)?(?:一个|几个)?$"
)
_MORE = re.compile(r"(?P<word>[多高大少])$")
_FEW = frozenset({"最少", "最小", "最低", "更少", "少"})
# Who did it well no report can tell: the words come off, and the reader is told.
_JUDGED = re.compile(
    r"(?:做|搞|办|开展|抓|推进|落实|推行|建)?得(?:比较|最|更|很|较)?(?:好|不错|出色|扎实|有特色)(?:的)?"
    r"|(?:方面)?(?:的)?(?:好)?(?:经验|做法|效果|成效|工作)*(?:最|比较|更|很|较)?(?:值得(?:借鉴|学习|推广|参考|一学)|有特色|有亮点|走在前列|走在前面|可以借鉴|明显|突出)$"
    r"|有(?:什么|哪些|啥)?(?:好|先进)?(?:的)?(?:经验|做法)$|最早|最先"
)
_BOTH = re.compile(r"^(?:既|不仅|不但)(?P<first>.+?)[，,]?(?:又|还|也|而且|并且)(?P<second>.+)$")
_TOGETHER = re.compile(r"^(?:都)?同时(?P<first>.+?)(?:和|与|及|以及|、|又|还|也)(?P<second>.+)$")
_QUOTED = re.compile(r"“([^“”]+)”|‘([^‘’]+)’|「([^「」]+)」|\"([^\"]+)\"|《([^《》]+)》")
_BRACKET = re.compile(r"[（(]([^（）()]*)[)）]")
_EXAMPLE = re.compile(r"^(?:如|例如|比如|像|诸如)")
_LOOSE = "，,、 　"
_ENDING = re.compile(r"(?:的情况|的做法|的经验|吗|呢|啊|呀)?[？?。！!\s]*$")
# 中央在哪些省开展了…: who did it there says nothing about what; else the words before the frame belong to it.
_OTHERS = re.compile(r"(?:.{0,6}(?:总工会|全总|中央|国家))?(?:在|都有|还有|有|是|由|都|还|，|,|：|:)*$")


@dataclass(frozen=True, slots=True)
class Question:
    """A place question. ``topic`` is what is asked about, without frame, brackets and question mark.

    ``action`` is the verb that was taken off it; ``quoted`` names stand in quotation marks; ``alternatives`` stand in
    brackets and any of them will do; ``status`` is "done" where the question says 已经, "planned" for 计划, else "".
    ``anyone``: units answer beside places. ``denied``: it asks who did not do it. ``received``: it asks who was given
    something. ``order``: it asks who has most or least of it. ``judged``: it asks who did it well. ``together`` are topics
    that one place must all have done. An empty topic asks for nothing.
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
    order: Order = ""
    judged: bool = False
    together: tuple[str, ...] = ()
    anyone: bool = False

    def told(self) -> tuple[str, ...]:
        """How the question was understood beside its topic, one Chinese phrase each."""
        said = list(self.conditions.told())
        if self.status:
            said.append("只看已经做的" if self.status == "done" else "只看计划做的")
        if self.order:
            said.append(f"按数字从{'多到少' if self.order == 'most' else '少到多'}排列")
        if self.judged:
            said.append("文献不评比好坏先后，做了的全部列出")
        if self.together:
            said.append(f"同时做了{'、'.join(self.together)}")
        return tuple(said)


def _spans(text: str) -> list[tuple[int, int]]:
    return [match.span() for match in _QUOTED.finditer(text)]


def quoted_names(text: str) -> tuple[str, ...]:
    """What stands in quotation marks, in reading order."""
    return tuple(next(filter(None, match.groups())) for match in _QUOTED.finditer(text))


def _brackets(topic: str) -> tuple[str, tuple[str, ...]]:
    """The topic without its brackets, and the alternatives they held. 产业工人（技能）培训基地 keeps the short name and
    gives the long one as an alternative; （如…） is an example, no alternative."""
    alternatives: list[str] = []
    while match := _BRACKET.search(topic):
        inside, before, after = match[1].strip(), topic[: match.start()], topic[match.end() :]
        if not _EXAMPLE.match(inside):
            if after and not re.search("[、，,/；]|或", inside) and not re.match(r"[，。？?、的等]|或|和", after):
                alternatives.append(before + inside + after)
            else:
                names = quoted_names(inside)
                alternatives += names or [
                    part.strip() for part in re.split(r"[、，,/；]|或者?", inside) if part.strip()
                ]
        topic = before + after
    return topic, tuple(dict.fromkeys(a for a in alternatives if len(a) > 1))


def _typed(query: str) -> str:
    """A query as it was meant: without what cannot be seen, in simplified characters, digits and years written plainly."""
    text = simplified(_UNSEEN.sub(" ", query).strip().translate(_WIDE))
    names = _spans(text)
    return _YEAR.sub(
        lambda year: year[0] if any(a <= year.start() < b for a, b in names) else year[0].translate(_DIGITS), text
    )


def _bare(topic: str) -> str:
    """A topic without the verb that it begins with."""
    action = _ACTION.match(topic)
    return topic[len(action[0]) if action else 0 :].strip(_LOOSE + "的")


def _asking(query: str) -> str:
    """What of a query to read: all of it, of a long text the sentence that asks for places ("" where none does)."""
    if len(query) <= _LONG:
        return query
    parts = [query[start:end] for start, end in sentences(query)]
    return next((part for part in parts if len(part) <= _LONG and take_frame(part, _spans(part))), "")


def topic_question(query: str, level: Wanted = "") -> Question:
    """A query without a frame, read as the topic itself (职工书屋); a long text asks for nothing."""
    if len(query) > _LONG:
        return Question(query, "", "", level, "", (), ())
    conditions, text = read_conditions(_typed(query))
    topic, alternatives = _brackets(_ENDING.sub("", text))
    return Question(query, topic.strip(_LOOSE), "", level, "", quoted_names(topic), alternatives, conditions)


def parse_question(query: str) -> Question | None:
    """The parts of a place question, or None where the query asks for no places."""
    asked = _asking(in_chinese(_typed(query)))
    conditions, text = read_conditions(asked)
    framed = take_frame(text, _spans(text), bool(conditions.compared))
    if framed is None and conditions.whether:
        framed = Framed("", text, "")
    if framed is None:
        return None
    rest = _ENDING.sub("", _COUNT.sub("", framed.rest)).lstrip(_LOOSE)
    head = _OTHERS.sub("", framed.head).removesuffix("的") if framed.head else ""
    denial = next((m for m in _DENIED.finditer(rest) if not any(a <= m.start() < b for a, b in _spans(rest))), None)
    if denial and not denial.start():
        rest = rest[denial.end() :]
    status: Literal["", "done", "planned"] = ""
    if planned := _PLANNED.match(rest):
        status, rest = "planned", rest[planned.end() :]
    elif _DONE.match(rest):
        status = "done"
    received = bool(_RECEIVED.match(rest))
    ranked = _MOST.search(head + rest) or (_MORE.search(head + rest) if conditions.compared else None)
    order: Order = "" if ranked is None else "least" if ranked["word"] in _FEW else "most"
    if ranked:
        head, rest = (
            (head, rest[: ranked.start() - len(head)]) if ranked.start() >= len(head) else (head[: ranked.start()], "")
        )
    judged = _JUDGED.search(rest) or _JUDGED.search(head)
    head, rest = _JUDGED.sub("", head), _JUDGED.sub("", rest)
    action = _ACTION.match(rest)
    verb = action[0] if action else ""
    both = _BOTH.match(rest) or _TOGETHER.match(rest)
    together = tuple(_bare(both[name]) for name in ("first", "second")) if both else ()
    topic, alternatives = _brackets((_bare(head) if head else "") + rest[len(verb) :])
    topic = (topic[1:] if topic.startswith("的") else topic).strip(_LOOSE)
    return Question(
        query,
        topic,
        verb,
        framed.level,
        status,
        quoted_names(topic),
        alternatives,
        conditions,
        denial is not None,
        received,
        order,
        judged is not None,
        together,
        framed.anyone,
    )
