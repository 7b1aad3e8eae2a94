"""Done, ongoing or planned: what a clause says about its own time, in the light of its section and document."""

import re
from dataclasses import dataclass
from typing import Literal

import rjieba

from corpus.model import ClaimStatus
from graph.periods import latest

Frame = Literal["done", "plan", ""]


@dataclass(frozen=True, slots=True)
class Told:
    """What is known of a clause's time before it is read: ``frame`` from section and document; ``previous``, the status
    of the clause before it in the sentence (None for the first); the year the report was ``made`` (0: not known);
    ``issued``: the sentence has named a plan or a rule that was issued."""

    frame: Frame
    previous: ClaimStatus | None = None
    made: int = 0
    issued: bool = False


_YEARS = r"(?:(?:[一二三四五六七八九十\d]+|几)个?年|一个时期|一段时期|一段时间)"
# 将 announces a deed or means 把 (将工会工作纳入…). Adverbs and prepositions after it announce; a noun never does; a
# verb does unless the clause goes on to say where the thing is put, for then that verb is part of what is put.
_WILL = re.compile(r"(?<![名健干战闯猛麻])将(?![军士领帅近来])")
_ADVERB = re.compile(
    r"会|继续|进一步|持续|不断|大力|全面|重点|着力|积极|努力|深入|始终|紧紧|认真|切实|充分|全力|再|还|逐步|陆续|在|于|把|"
    r"一如既往|力争|至少|适时|坚持|高举|牢记|锚定|立足|围绕|按照|聚焦|紧扣|带领|团结|踔厉|以(?:更|此|新)|结合实际|新[建增]|"
    r"高(?:标准|质量|水平|起点)(?!的|发展)"
)
_DISPOSED = re.compile(
    r"纳入|融入|列入|列为|作为|当作|当成|视为|放[在到]|摆[在上到]|分为|改为|变为|转为|转化|转变|送[到进去]|引[向入]|贯穿|"
    r"结合(?:起来|$|[，。；])|[与和同].{1,12}(?:结合|融合|对接)|相结合|倾斜|延伸[到至]|下沉|前移|交[给由]|给予|吸[收引]到|"
    r"(?:提[升高]|调整|增加)[到至为]|推选为|[写记计]入|投[向入]到|用于|[决解]在"
)
_ADDED = r"同时|此外|另外|其次|首先|最后|第?[一二三四五六七八]|今年|当前|特别是"
_MUST = r"要(?!求|素|点|么|约|案|件|闻|强|害|塞|事|不是|说|问|道|领|地|义|紧)"
_PLANNED = re.compile(
    rf"^(?:展望|在)?(?:即将|(?:未来|今后)的?{_YEARS}|今后[，]|下一步|下一阶段|接下来|明年)|(?:明确|未来){_YEARS}内?将"
    rf"|力争|^(?:{_ADDED})?(?:都|还|也|就|更|必须)*{_MUST}"
    rf"|(?:工会|单位|部门|干部|企业|地区|各地|各级|我们|同志们?|大家|[两三]级)(?:都|还|也|更)?{_MUST}"
    r"|^(?:还|也|就|都|更)?(?:必须|务必)|^[^，。；]{0,10}应(?:当|该)"
    r"|(?:^|[^原按据])计划(?:最[早迟快])?(?:于|在|用|到|投入|建|新建|开展|培训)|拟(?:于|在|定(?!了)|出台|建|新建|投入|安排)"
    r"|预计(?:在|到|于|年内|今年|明年|[^，。]{0,8}(?:建成|完工|投用|竣工|启用))|有望"
    r"|即将(?:建成|投用|投入使用|竣工|完工|启用|开放|上线|动工|开工|出台|启动)(?!的)"
)
# One of these stands wherever a clause is planned: by _PLANNED, by 将, or by 要.
_MAY_BE_PLANNED = re.compile("将|要|未来|今后|即将|下一|接下来|明年|力争|必须|务必|应[当该]|计划|拟|预计|有望")
_SUBJECT_MUST = re.compile(
    r"^(?P<who>[^，。；：“”《》\d]{1,12}?)(?<![重主必需只首摘纲简扼想险提冲机紧还也将就是正])(?:都|还|也|更)?要(?![求素点么约案件闻强害塞事是说问道领地义紧])"
)
_WEAK = re.compile(r"不少于|^到20\d\d年(?:底|末)?|争取(?:在|到|用)")
_DONE = re.compile(
    r"已(?!建工会|建会)|累计|五年来|5年来|[一二三四五六七八九十两几\d近]年来|先后|成功|圆满完成|截至|过去[五一]年|去年|以来|"
    r"荣获|被评为|被命名|被授予|获评|实现了|完成了|开展了|建立了|组织了|举办了|成立了"
)
_PAST = re.compile(rf"{_DONE.pattern}|[成现到立出展升得过强]了")
# Looking back from inside a plan takes more than a 已.
_LOOKS_BACK = re.compile(
    r"截至(?:目前|去年|今年|20)|过去[一五5]年|[五5一]年来|近年来|据统计|去年|目前[，]?已|今年以来|长期以来|刚刚(?:结束|闭幕|过去)"
    r"|已经(?!建会|建立工会)|已(?:印发|出台|制定|下发|发布|颁布)"
)
_ONGOING = re.compile(
    r"正(?:在|着手|积极|加紧|加快|抓紧|陆续)(?:建|筹|推进|开展|组建|创建|打造|试点|制定|修订|起草|实施|改造|探索|申报|落实|施工|谋划|进一步办理|办理|审理|调查|调试|评审|研究)"
    r"|正在?(?:有序|稳步|扎实|全面|加速)(?:推进|建设|开展|实施|施工)"
    r"|^(?![^，。]*(?:融入|纳入|贯穿|投身|体现|运用|落实|参与|置于|放到))[^，。]*(?:建设|推进|施工|筹备|进行|编制|改造|审批|装修)(?:之)?中[，。；]?$|(?:尚|仍|还)在(?:建设|推进|施工|筹备|编制|改造)"
    r"|(?<!正)在建(?:的|[^，。；]{0,6}(?:项目|工程)|站点|驿站|\d)|尚未(?:完工|竣工|建成)|陆续(?:开工|启动建设|动工)|筹建|筹备(?!组)"
)
_MAY_GO_ON = re.compile("正|中|在|尚未|陆续|筹")  # one of these stands wherever _ONGOING matches
_PAST_TITLE = re.compile(r"回顾|过去|总结|以来|综述")
_PLAN_TITLE = re.compile(
    r"展望|(?:工会|总工会)将(?:以|在|于|继续|进一步)|规划|工作要点|工作安排|工作计划|工作打算|未来[三五]年|今后[三五]年"
)
# Words that open a passage about the future: it lasts to the end of the paragraph.
_OPENS_PLAN = re.compile(
    rf"^[^，。]{{0,8}}(?:(?:下一步|下一阶段)(?![^，。的]{{1,8}}的(?!重点|思路|打算|目标|总体))|接下来|(?:未来|今后){_YEARS}|明年)|^展望未来"
)


def document_frame(title: str) -> Frame:
    """What a document without dated headings is about, from its title: 未来五年工作展望 is a plan."""
    return "plan" if _PLAN_TITLE.search(title) and not _PAST_TITLE.search(title) else ""


def opens_plan(sentence: str) -> bool:
    """True where a sentence turns to the future for the rest of its paragraph (下一步，…)."""
    return bool(_OPENS_PLAN.search(sentence))


def _obliges(clause: str) -> bool:
    """True where a subject of a few words is told what it must do: 政府要特别关心…."""
    match = _SUBJECT_MUST.match(clause) if "要" in clause else None
    if match is None or ("”" in clause and "“" not in clause):
        return False
    before, after = rjieba.tag(match["who"]), rjieba.tag(clause[match.end() :][:8])
    return bool(after) and after[0][1][0] in "vdpil" and not any(tag[0] in "vu" and tag != "vn" for _, tag in before)


def _announces(clause: str) -> bool:
    """True where a 将 of the clause speaks of the future."""
    for will in _WILL.finditer(clause):
        rest = clause[will.end() :]
        before = clause[: will.start()][-1:]
        if before == "即":
            if will.start() == 1 or rest.startswith(("到来", "来临")):
                return True
            continue  # 即将毕业的大学生
        if before == "必" or _ADVERB.match(rest):
            return True
        tags = [tag for _, tag in rjieba.tag(rest)[:2]]
        acts = tags and (tags[0][0] in "vdp" or (tags[0][0] == "a" and tags[1:] == ["v"]))
        if acts and not rest.startswith("更多") and not _DISPOSED.search(rest):
            return True
    return False


# A plan or rule that was issued; what it provides for has not been done thereby.
_ISSUED = re.compile(
    r"(?:印发|出台|制定|下发|发布|颁布|编制|制发|审议通过)[^，。；]{0,12}"
    r"(?:《[^《》]*》|(?:规划|方案|计划|意见|办法|通知|要点|规定|细则|措施)[，；。]?$)"
)
_PROVIDES = re.compile(r"^(?:并|也|其中)?(?:(?:明确|提出)(?!了)|要求|规定|计划|部署|力求|力争|提出到)")
_LEAD = re.compile(
    r"^(?:站在|在|为了?|面对|按照|根据|围绕|随着|以|从|自|结合|立足|针对|今后|未来)[^，]*"
    r"(?:上|中|下|里|内|后|前|时|际|间|来|起|目标|方面|抓手|重点|主线|导向|引领|契机|要求|部署|精神|需求|要|点)，$"
)
_URGED = re.compile(
    rf"(?:^|[，；：])(?:{_ADDED})?(?:我们|各级[^，]{{0,6}}|全[市省]{{0,8}})?(?:都|还|也)*{_MUST}|(?:以下|下列|如下)[^。]{{0,12}}[：。]$"
)


def leads(clause: str) -> bool:
    """True where a clause says no deed, only when, where or about what the next one is: 在新的征途上，."""
    if not clause.endswith("，") or re.search(r"\d|了|已|累计", clause):
        return False
    return bool(_LEAD.match(clause)) or not any(tag[0] == "v" and tag != "vn" for _, tag in rjieba.tag(clause))


def urges(sentence: str) -> bool:
    """True where a sentence says what must be done, so that the bare verbs after it say it too (要…。加强…。)."""
    return bool(_URGED.search(sentence)) and not re.search("[“”？]", sentence)


def is_bare(sentence: str) -> bool:
    """True where a sentence begins with what is done, without saying who or when: 深化…, 大力推进…."""
    tags = rjieba.tag(sentence[:12])
    return bool(tags) and (tags[0][1] in ("v", "d", "ad", "vn") or bool(_ADVERB.match(sentence)))


def issues(clause: str) -> bool:
    """True where a clause says that a plan or a rule was issued."""
    return bool(_ISSUED.search(clause))


def clause_status(clause: str, told: Told) -> ClaimStatus:
    """The status of a clause: an announced plan goes on until something is said to be done, and a year after that of
    the report is one to come."""
    if _MAY_BE_PLANNED.search(clause) and (_PLANNED.search(clause) or _announces(clause) or _obliges(clause)):
        return "planned"
    year = latest(clause) if told.made else 0
    if year > told.made or (told.issued and _PROVIDES.match(clause)):
        return "planned"
    if told.frame == "plan":
        back = _LOOKS_BACK.search(clause) or (told.previous == "done" and _PAST.search(clause))
        return "done" if back else "planned"
    weak = told.frame != "done" and told.previous != "done" and not year and _WEAK.search(clause)
    if weak or told.previous == "planned":
        return "done" if _DONE.search(clause) else "planned"
    ongoing = _MAY_GO_ON.search(clause) and _ONGOING.search(clause) and not _DONE.search(clause)
    return "ongoing" if ongoing else "done"
