"""What a figure counts: a verbatim run of the sentence.

It is the noun phrase after the figure (1800余户渔家 → 渔家) or, where a verb or nothing follows, the one before it (创建船工
培训基地14家 → 船工培训基地); the verb itself where no noun stands there (筹资). Words and their classes come from rjieba;
a subject is a help to the reader, the sentence is the evidence: a vaguer one will do, a wrong one won't.
"""

import re
from bisect import bisect_left, bisect_right

import rjieba

from graph.scanning import Figure

_BREAK = re.compile(r"[，。；：！？,;:!?\n]")
_OPENING, _CLOSING = "“‘《（(", "”’》）)"
_SHIFT = dict.fromkeys(_OPENING, 1) | dict.fromkeys(_CLOSING, -1)
_MARK = re.compile(f"[{_OPENING}{_CLOSING}]")
_LEAD = re.compile(r"^[、，,的和与及等\s]+")
_TRAIL = re.compile(
    r"(?:不少于|不低于|不超过|超过|突破|将近|接近|大约|分别|总计|共计|合计|累计|年均|日均|月均|人均|平均|每年|每(?:个|名|户|家|人|位|场|次|月)|达到|达成|增至|"
    r"增加到|扩大到|提高到|上升到|提升到|提升至|提高至|降至|下降到|减至|减少到|(?:动态)?(?:保持|稳定|控制|维持)在|压降[至到]|持续|要|预计|全部|多达|"
    r"由原来|由原有|从原来|从原有|原来|原有|同比|环比|连续|先后|一般|现|(?:19|20)\d\d年(?:底|末)?|均|皆|已|共|达|近|约|超|逾|为|是|有|了|到|在|至|的|和|与|、|——|—|\s)+$"
)
# When something was, or is meant to be: no part of what is counted.
_WHEN = re.compile(
    r"^(?:力争|确保|争取|截至|截止|到|自|从|在|至)?(?:(?:19|20)\d\d年(?:度|底|末|以来|至今|[以之]后|及以后|上半年|下半年)?(?:\d{1,2}月(?:底|末|份)?)?"
    r"|[今去明前]年(?:以来)?|目前|近年来|[一二三四五六七八九十\d]+年来|[一二三四五六七八九十\d]+年(?:间|内)?(?=[累共总年])|每年)[，,]?"
)
_SO_FAR = re.compile(
    r"^(?:[、，,的和与及等\s]|累计|共计|总计|合计|共(?![青享产商建])|已经|已(?!建)|先后|现有|现已|现(?=有|已|$)|目前|还|也|又|再|并(?!轨)|连续"
    r"|(?:较|比|与)?(?:(?:19|20)\d\d年|去年|上年)?同期|过去[一二三四五六七八九十\d]+个?[年月天]|(?:以[^，。；]{1,20})?为代表的)+"
)
# Verbs that stand between a doer and what is counted. Word classes alone don't tell 培训基地 from 培训职工.
_VERBS = frozenset(
    """
    慰问 开展 加入 用于 实现 覆盖 惠及 帮助 组织 参加 参与 进行 建立 建成 建设 创建 新建 打造 培育 培养 选树
    评选 命名 表彰 发放 筹集 筹措 投入 拨付 下拨 返还 资助 救助 帮扶 走访 举办 承办 召开 培训 提供 办理 受理
    调解 化解 追回 挽回 为 向 给 对 把 被 让 使 由 以 在 从 比 较 获得 荣获 获评 被评为 授予 推荐 推动 推进 促进
    带动 拉动 吸引 吸纳 发展 新增 增加 增长 减少 净增 成立 组建 设立 配备 聘用 招聘 选聘 选派 完成 达到 超过
    突破 购买 销售 采购 发动 动员 号召 签订 征集 收集 采纳 产生 创造 节约 涉及 包括 拥有 享受 受益 惠 助 送 送出
    安排 落实 争取 协调 担任 作为 占到 直接 解决 接待 接听 发布 推出 开设 建 设 办 有 含 超 占 提出 出台 制定 印发
    结成 形成 取得 实施 下设 增设 提交 涌现 涌现出 给予 撬动 募集 划拨 兑付 发现 拓展 推评 承接 转办 购置 配发 配置
    集结 凝聚 汇聚 签约 推送 刊发 刊登 发表 编写 编印 修订 起草 开办 兴办 创办 搭建 评出 选出 受到 列支 收缴 交纳
    获 列入 纳入 融入 进入 晋升 收到 调处 妥善 处理 排查 整改 培养出 下派 派出 招募 吸收 会聚 集聚 制作 拍摄 命名为
    夺得 夺取 评为 公布 发展壮大 壮大 完善 确认 确定 确保 力争
    """.split()
)
_STOPS = frozenset(
    "全部 全体 全额 均 都 皆 已 将 共 并 并且 而 则 通过 于 得到 获 获得 着 正 还 也 就 又 再 如期 以及 及 至".split()
)
_QUANTIFIERS = frozenset("各类 各种 各项 各级 各级各类 各 各式 各行业 不同 多种 其他 该 这些 此类 相关".split())
# Said with their verb they say something, without it nothing: 培训人数, 服务时长; 已建工会企业, 共同缔造试点.
_KEPT = re.compile(r".{1,3}(?:人数|人次|金额|总额|总数|数量|时长|面积|次数|期数)$|已建|共同|自主|自愿")
# What the figure before went with: 覆盖12个企业的联合工会2个.
_ITS_NOUN = re.compile(r"^[^，。；：、\s]{0,12}?的(?=[^，。；、]{2})")
# How long something may take counts nothing: 自受理之日起30个工作日内.
_WITHIN = re.compile(r"之?以?内")
# A list closed by its kind: 白糖、绿豆等慰问物资.
_OTHERS = re.compile(r"、[^，。；]*?等(?:各类|各种)?(?=[^，。；、]{2})")
_COMPARED = re.compile(r"^(?:分别|均|都)?(?:较|比|与|同比|环比)")
_SHARE = re.compile(r"(?:占(?:到|了|据)?|完成[^，。；]{0,6}(?:计划|任务|目标)[^，。；]{0,4}的)[^，。；]*$")
_FROM = re.compile(r"(?:由|从|自)(?:原来|原有|过去|最初)?的?(?:(?:19|20)\d\d年(?:年?底|末)?)?的?$")
_SENTENCE_END = re.compile(r"[。；;！？]")
_EACH = re.compile(r"分别|各自")
_CHANGE = re.compile(r"增长|增加|提高|提升|上升|下降|减少|降低|增幅|扩大|缩减")
_ITEM_GAP = re.compile(r"(?:[、，,]|和|与|及|以及)?")
_LISTED = re.compile(r"、|和|与|以及|及(?!时)")
_PARTING = re.compile("、|以及|和|与|及|的")
_NOMINAL = ("n", "j", "l", "i", "b", "a", "vn", "uj", "c", "eng", "k", "s", "g", "t", "f", "m", "q", "z", "h", "x", "v")
# Measures that are nouns themselves; the others need theirs, which may come after a clause (3名参加培训的技师).
_NOUNS = frozenset(
    """
    人 人次 元 美元 欧元 港元 日元 英镑 % ‰ 成 倍 个百分点 百分点 天 年 个月 小时 个小时 分钟 个工作日 米 公里 次 场次
    件次 项次 亩 吨
    """.split()
)
# Verbs that are the first part of a name where its head follows: 27门培训课程, 300万元慰问资金.
_NAMING = frozenset("培训 帮扶 慰问 救助 资助 招聘 推荐 表彰 补助 奖励 互助 服务".split())
_SUMS = re.compile(r"(?:资金|经费|补贴|物资|物品|用品|品|金)$")
_INSIDE = frozenset("内 以内 之内 后 以后 之后 前 以前 之前 里 中 间".split())
# After a figure these begin what people do.
_PREDICATES = frozenset("普及 讲解 解读 演示 购买 赠送 支持 构成 申报 走上 开店 驻村 落地".split())
# Said of people at the end of a run that has no verb for jieba: 职工疗休养, 农民工免费体检.
_LOOSE = re.compile(
    r"(?:[的和与及等、]|免费|全额|稳定|顺利|直接|参赛|创业|就业|入会|疗|在线|共同|现场|驻村|落地|开店|线上线下|线上|线下)+$"
)
# Verbs that jieba joins to what follows: 选树省, 购买量身.
_RUN = re.compile(r"选树|评选出|共商共建|创树|购买(?=量身)")
_LED = re.compile(r"^(?:出|了|过|到|着)(?=[^生版口席勤行])")
# Heads of names that have a verb inside: 职工创业基地, 维权服务站点.
_HEAD = re.compile(
    r"(?:中心|基地|站点|站|驿站|室|点|队伍?|班|馆|园区?|校|课堂|台|屋|平台|项目|课程|课|案件|案例|活动|工程|协议|合同|制度|机制|"
    r"办法|措施|举措|政策|岗位|品牌|名额|课题|联盟|团队?|小组|需求|证书|工种|竞赛|大赛|比赛|讲座|培训班|成果|产品|专利|标准|资金|经费|基金|贷款|金|物资|物品|用品|慰问品|"
    r"能手|标兵|选手|工匠|技师|教师|导师|者|员|人才|骨干|干部|家庭|子女|先进)$"
)
# Places among which something ranks are not what ranks.
_SCOPE = re.compile(
    r"(?:在|位|于)?(?:全[国省市区州县系统行业]+|师市|[省市区州县]内|西部|中部|东部|同类城市|各?市州|系统内?)*(?:中|里)?"
)


def _balanced(text: str) -> str:
    """A quotation mark or bracket that lost its partner at the edge of a cut is taken off."""
    if not _MARK.search(text):
        return text
    for opening, closing in zip(_OPENING, _CLOSING, strict=True):
        if text.count(opening) > text.count(closing):
            text = text.partition(opening)[0] or text.rpartition(opening)[2]
        elif text.count(closing) > text.count(opening):
            text = text.rpartition(closing)[2] or text.partition(closing)[0]
    return text


def _depth(depth: int, word: str) -> int:
    """How many marks are open after ``word``; one that closes what was opened elsewhere counts for nothing."""
    shift = _SHIFT.get(word)
    return max(0, depth + shift) if shift else depth


def _following(text: str, counted: bool) -> str:
    """The noun phrase at the beginning of ``text``, or "" where a verb comes first. After a classifier (``counted``) a
    clause may come between that and the noun it goes with."""
    lead = _LEAD.match(text)
    body = text[lead.end() :] if lead and "的" in lead[0] else text
    if not body or body[0] in "、和与及（(/":
        return ""
    if run := _RUN.search(body, 1):
        body = body[: run.start()]
    named = bool(lead and "的" in lead[0])
    kept, noun, depth, words, position = "", False, 0, rjieba.tag(body), 0
    while words and words[0][0] in _QUANTIFIERS:
        position += len(words[0][0])
        words = words[1:]
    for place, (word, tag) in enumerate(words):
        at, position = position, position + len(word)
        depth = _depth(depth, word)
        if not depth:
            if word == "的":
                # 技师的风采: technicians are counted; 省级以上的奖章, 优秀的技师: the noun comes after.
                before = words[place - 1]
                thing = before[1].startswith(("n", "l", "j", "vn")) or before[0] in _CLOSING
                if kept and thing and counted and not body.startswith("的“", at):
                    break
                if not kept:
                    continue
            elif word == "、" and (others := _OTHERS.match(body, at)):
                return _following(body[others.end() :], True) or kept
            elif word == "之":
                pass
            elif word == "、" or word in _STOPS or not tag.startswith(_NOMINAL) or (word in _INSIDE and not kept):
                break
            elif not kept and tag == "v" and not counted and not named and word not in _NAMING:
                return ""
            elif word in _VERBS or (noun and (tag == "v" or word in _PREDICATES)):
                # A name may have a verb inside (具体落实举措, 职工创业基地); a clause has no head like that at its end.
                rest = body[at:]
                piece = _PARTING.split(rest, maxsplit=1)[0]
                sums = word in _NAMING and (counted or _SUMS.search(piece))
                whole = (kept or sums) and len(piece) <= 14 and _HEAD.search(re.sub(r"（.*$", "", piece))
                if not whole and not noun:
                    return _following(rest[rest.rindex("的") + 1 :], False) if counted and "的" in rest else ""
                if not whole or (noun and word in _VERBS):
                    break
        kept += word
        # 优秀选手, 改革举措: the dictionary takes some nouns for verbs; behind an adjective the last word is one.
        noun = noun or (tag.startswith(("n", "l", "j", "i", "eng", "vn", "x")) and word not in _OPENING)
        noun = noun or (tag == "v" and place == len(words) - 1 and kept != word)
    kept = _LOOSE.sub("", kept)
    return _balanced(kept) if noun or depth else ""


def _preceding(text: str, rate: bool) -> str:
    """The noun phrase at the end of ``text``; the verb itself where nothing else stands there (筹资).

    The name of a ``rate`` has verbs inside (劳动争议调解成功率): only leading ones are cut.
    """
    body = _SO_FAR.sub("", _TRAIL.sub("", _WHEN.sub("", _LEAD.sub("", text))))
    words = rjieba.tag(body)
    if words and words[-1][0] in ("由", "被", "对", "给", "向"):
        return ""
    kept = body
    depth = position = 0
    for place, (word, tag) in enumerate(words):
        verb = word in _VERBS or tag in ("d", "r", "p")
        if rate and not verb:
            break
        position += len(word)
        depth = _depth(depth, word)
        if not verb or depth or position >= len(body) or _KEPT.match(word + body[position:]):
            continue
        if place and body[position] == "、":
            continue  # a verb before 、 is a noun in a list: 职工慰问、集体福利标准
        if len(body) - position < 2:
            break  # 组建率, 覆盖率, 一体化建设点
        kept = body[position:]
    if not rate and (runs := [run.end() for run in _RUN.finditer(kept) if run.end() < len(kept) - 1]):
        kept = kept[runs[-1] :]
    if words and words[-1][0] in _VERBS and kept.endswith(words[-1][0]) and len(words) > 1 and not rate:
        kept = words[-1][0] if _bare_verb(words) else kept
    return _balanced(_LED.sub("", _LEAD.sub("", kept)))


def _bare_verb(words: list[tuple[str, str]]) -> bool:
    """True where the last word of a clause is its verb, with no noun of its own before it (工会共筹集)."""
    return words[-1][1].startswith("v") and words[-1][1] != "vn"


def subject_of(text: str, figure: Figure, after: int, before: int, last: str) -> str:
    """What ``figure`` counts; ``after`` is where the figure before it ends, ``before`` where the next one starts."""
    stop = _BREAK.search(text, figure.end, max(before, figure.end))
    ahead = text[figure.end : stop.start() if stop else before]
    starts = [match.end() for match in _BREAK.finditer(text, after, figure.start)]
    behind = text[starts[-1] if starts else after : figure.start]
    if figure.kind == "rank":
        ranked = _preceding(behind, False)
        if ranked and not _SCOPE.fullmatch(ranked):
            return ranked
        return "" if re.search(r"[。；;]", text[after : figure.start]) else last
    rate = figure.unit == "%"
    if after and not starts:
        behind = _ITS_NOUN.sub("", behind)
    if figure.unit in ("天", "个工作日", "个月", "小时", "年") and _WITHIN.match(ahead):
        return ""
    if figure.base is not None:
        behind = _FROM.sub("", behind)
    if rate and last and _COMPARED.search(behind):
        return last
    if rate and (share := _SHARE.search(behind)):
        return _preceding(behind[: share.start()], True) or last
    measure = re.sub(r"^[万亿千百]+", "", figure.unit)
    counted = measure not in _NOUNS
    ahead = re.sub(r"^(?:/|每)[一-鿿]{1,2}", "", ahead) if ahead.startswith(("/", "每")) else ahead
    if rate and ahead.startswith("的") and not behind.rstrip("均达到约近超过在为").endswith("率"):
        return _following(ahead, False) or _preceding(behind, True) or last
    found = (not rate and figure.kind != "change" and _following(ahead, counted)) or _preceding(behind, rate)
    if not found and measure in ("人", "名") and (words := rjieba.tag(ahead)) and words[0][1].startswith("v"):
        return ""  # 1人获得一等奖, 2人受伤: what came before is not what these are
    return found or last


def subjects(text: str, figures: list[Figure]) -> list[str]:
    """What each of the figures of ``text`` counts."""
    found: list[str] = []
    for index, figure in enumerate(figures):
        after = figures[index - 1].end if index else 0
        before = figures[index + 1].start if index + 1 < len(figures) else len(text)
        found.append(subject_of(text, figure, after, before, found[-1] if found else ""))
    given = _each(text, figures, found)
    return [given.get(index, subject) for index, subject in enumerate(found)]


def _each(text: str, figures: list[Figure], subjects: list[str]) -> dict[int, str]:
    """Subjects of figures that 分别 gives out in order, by the figures' numbers; ``subjects`` were read one by one.

    A、B分别提高9元、5元 pairs names with values. A九人、B五人，分别增长3%、4% pairs changes with the figures before them;
    where their numbers differ, the word for the change is all that is certain.
    """
    given: dict[int, str] = {}
    if not _EACH.search(text):
        return given
    begins, ends = [figure.start for figure in figures], [figure.end for figure in figures]
    clauses, sentences = ([0, *(match.end() for match in stop.finditer(text))] for stop in (_BREAK, _SENTENCE_END))
    for each in _EACH.finditer(text):
        run = [bisect_left(begins, each.end())]
        if run[0] == len(figures) or _BREAK.search(text, each.end(), begins[run[0]]):
            continue
        while run[-1] + 1 < len(figures) and _ITEM_GAP.fullmatch(
            text, figures[run[-1]].end, figures[run[-1] + 1].start
        ):
            run.append(run[-1] + 1)
        start = clauses[bisect_right(clauses, each.start()) - 1]
        if not text[start : each.start()].strip() and (change := _CHANGE.search(text, each.end(), figures[run[0]].end)):
            sentence = sentences[bisect_right(sentences, each.start()) - 1]
            before = range(bisect_left(ends, sentence), run[0])
            paired = len(before) == len(run) and len({subjects[i] for i in before}) == len(run)
            given |= {
                i: subjects[b] if paired else change[0] for i, b in zip(run, before if paired else run, strict=True)
            }
        elif len(run) > 1 and figures[run[0]].unit != "%":
            names = [name for name in _LISTED.split(_preceding(text[start : each.start()], False)) if name]
            given |= dict(zip(run, names, strict=True)) if len(names) == len(run) else {}
    return given
