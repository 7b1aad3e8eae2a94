"""Facts: the figures of a claim, with what they count.

The subject is a verbatim run of the claim: the noun phrase after the figure (1800余户渔家 → 渔家) or, where a verb or
nothing follows, the one before it (创建船工培训基地14家 → 船工培训基地). Words and their classes come from
rjieba; a subject is a help to the reader, the sentence is the evidence.
"""

import re
from collections.abc import Iterable

import rjieba

from corpus.model import Claim, Fact, Repair, digest
from graph.figures import Figure, find_figures

_BREAK = re.compile(r"[，。；：！？,;:!?\n]")
_OPENING, _CLOSING = "“‘《（(", "”’》）)"
_LEAD = re.compile(r"^[、，,的和与及\s]+")
_TRAIL = re.compile(
    r"(?:不少于|不低于|不超过|超过|突破|将近|接近|大约|分别|总计|共计|合计|累计|年均|平均|每年|达到|增至|增加到|扩大到|"
    r"提高到|上升到|减至|保持在|稳定在|动态|均|皆|已|共|达|近|约|超|逾|为|是|有|了|到|在|至|的|和|与|、|\s)+$"
)
# Verbs that stand between a doer and what is counted. Word classes alone don't tell 培训基地 from 培训职工.
_VERBS = frozenset(
    """
    慰问 开展 加入 用于 实现 覆盖 惠及 帮助 组织 参加 参与 进行 建立 建成 建设 创建 新建 打造 培育 培养 选树
    评选 命名 表彰 发放 筹集 筹措 投入 拨付 下拨 返还 资助 救助 帮扶 走访 举办 承办 召开 培训 提供 办理 受理
    调解 化解 追回 挽回 为 向 给 对 把 被 让 使 由 以 在 从 比 较 获得 荣获 获评 被评为 授予 推荐 推动 推进 促进
    带动 拉动 吸引 吸纳 发展 新增 增加 增长 减少 净增 成立 组建 设立 配备 聘用 招聘 选聘 选派 完成 达到 超过
    突破 购买 销售 采购 发动 动员 号召 签订 征集 收集 采纳 产生 创造 节约 涉及 包括 拥有 享受 受益 惠 助 送 送出
    安排 落实 争取 协调 担任 作为 占到 直接 解决 接待 接听 发布 推出 开设 建 设 办 有 含 超 占
    """.split()
)
_COMPARED = re.compile(r"^(?:分别|均|都)?(?:较|比|与|同比|环比)")
_EACH = re.compile(r"分别|各自")
_CHANGE = re.compile(r"增长|增加|提高|提升|上升|下降|减少|降低|增幅|扩大|缩减")
_ITEM_GAP = re.compile(r"(?:[、，,]|和|与|及|以及)?")
_LISTED = re.compile(r"、|和|与|以及|及(?!时)")
_NOMINAL = ("n", "j", "l", "i", "b", "a", "vn", "uj", "c", "eng", "k", "s", "g", "t", "f", "m", "q", "z", "h", "x", "v")


def _balanced(text: str) -> str:
    """A quotation mark or bracket that lost its partner at the edge of a cut is taken off."""
    for opening, closing in zip(_OPENING, _CLOSING, strict=True):
        if text.count(opening) > text.count(closing):
            text = text.partition(opening)[0] or text.rpartition(opening)[2]
        elif text.count(closing) > text.count(opening):
            text = text.rpartition(closing)[2] or text.partition(closing)[0]
    return text


def _following(text: str) -> str:
    """The noun phrase at the beginning of ``text``, or "" where a verb comes first."""
    lead = _LEAD.match(text)
    body = text[lead.end() :] if lead and "的" in lead[0] else text
    if not body or body[0] in "、和与及（(":
        return ""
    kept = ""
    depth = 0
    for word, tag in rjieba.tag(body):
        depth += sum(word.count(c) for c in _OPENING) - sum(word.count(c) for c in _CLOSING)
        if not depth and (word in _VERBS or word == "、" or not tag.startswith(_NOMINAL)):
            break
        kept += word
    return _balanced(re.sub(r"[的和与及等、]+$", "", kept))


def _preceding(text: str, rate: bool) -> str:
    """The noun phrase at the end of ``text``; the verb itself where nothing else stands there (筹资).

    The name of a ``rate`` has verbs inside (劳动争议调解成功率): only leading ones are cut.
    """
    body = _LEAD.sub("", _TRAIL.sub("", text))
    kept = body
    depth = position = 0
    for word, tag in rjieba.tag(body):
        verb = word in _VERBS or tag in ("d", "r")
        if rate and not verb:
            break
        position += len(word)
        depth += sum(word.count(c) for c in _OPENING) - sum(word.count(c) for c in _CLOSING)
        if not depth and position < len(body) and verb:
            kept = body[position:]
    return _balanced(_LEAD.sub("", kept))


def _subject(text: str, figure: Figure, after: int, before: int, last: str) -> str:
    """What ``figure`` counts; ``after`` is where the figure before it ends, ``before`` where the next one starts."""
    stop = _BREAK.search(text, figure.end)
    ahead = text[figure.end : min(before, stop.start() if stop else len(text))]
    starts = [match.end() for match in _BREAK.finditer(text, after, figure.start)]
    behind = text[starts[-1] if starts else after : figure.start]
    rate = figure.unit == "%"
    if rate and last and _COMPARED.search(behind):
        return last
    return (not rate and _following(ahead)) or _preceding(behind, rate) or last


def _each(text: str, figures: list[Figure], subjects: list[str]) -> dict[int, str]:
    """Subjects of figures that 分别 gives out in order, by the figures' numbers; ``subjects`` were read one by one.

    A、B分别提高9元、5元 pairs names with values. A九人、B五人，分别增长3%、4% pairs changes with the figures before them;
    where their numbers differ, the word for the change is all that is certain.
    """
    given: dict[int, str] = {}
    for each in _EACH.finditer(text):
        run = [i for i, figure in enumerate(figures) if figure.start >= each.end()][:1]
        if not run or _BREAK.search(text, each.end(), figures[run[0]].start):
            continue
        while run[-1] + 1 < len(figures) and _ITEM_GAP.fullmatch(
            text, figures[run[-1]].end, figures[run[-1] + 1].start
        ):
            run.append(run[-1] + 1)
        start = max((m.end() for m in _BREAK.finditer(text, 0, each.start())), default=0)
        names = [name for name in _LISTED.split(_preceding(text[start : each.start()], False)) if name]
        before = [i for i in range(run[0]) if not re.search(r"[。；;！？]", text[figures[i].end : each.start()])]
        if not text[start : each.start()].strip() and (
            change := _CHANGE.search(text, each.end(), figures[run[0]].start)
        ):
            paired = len(before) == len(run) and len({subjects[i] for i in before}) == len(run)
            given |= {
                i: subjects[b] if paired else change[0] for i, b in zip(run, before if paired else run, strict=True)
            }
        elif len(names) == len(run) > 1 and figures[run[0]].unit != "%":
            given |= dict(zip(run, names, strict=True))
    return given


def untrusted(start: int, end: int, doubtful: Iterable[Repair]) -> bool:
    """True where a figure at ``start:end`` touches a span that nobody vouches for: beside □□, 5万元 may be 205万元."""
    return any(r.start <= end and start <= r.end for r in doubtful)


def extract_facts(claim: Claim, doubtful: Iterable[Repair] = ()) -> list[Fact]:
    """The facts of a claim; ``doubtful`` are the repairs of its document whose spans must not be trusted."""
    repairs = [r for r in doubtful if r.end >= claim.start and r.start <= claim.end]
    figures = find_figures(claim.text)
    facts: list[Fact] = []
    subjects: list[str] = []
    for index, figure in enumerate(figures):
        after = figures[index - 1].end if index else 0
        next_start = figures[index + 1].start if index + 1 < len(figures) else len(claim.text)
        subjects.append(_subject(claim.text, figure, after, next_start, subjects[-1] if subjects else ""))
    given = _each(claim.text, figures, subjects)
    for index, figure in enumerate(figures):
        start, end = claim.start + figure.start, claim.start + figure.end
        if untrusted(start, end, repairs):
            continue
        facts.append(
            Fact(
                id=digest(claim.id, str(start), str(end)),
                claim_id=claim.id,
                document_id=claim.document_id,
                passage_id=claim.passage_id,
                subject=given.get(index, subjects[index]),
                value=figure.value,
                value_max=figure.value_max,
                unit=figure.unit,
                qualifier=figure.qualifier,
                tense="target" if claim.status == "planned" else "done",
                place=claim.place,
                place_code=claim.place_code,
                start=start,
                end=end,
            )
        )
    return facts
