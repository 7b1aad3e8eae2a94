"""Done, ongoing or planned: what a clause says about its own time, in the light of its section and document."""

import re
from typing import Literal

import rjieba

from corpus.model import ClaimStatus

Frame = Literal["done", "plan", ""]

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
_PLANNED = re.compile(
    rf"^(?:展望|在)?(?:即将|(?:未来|今后)的?{_YEARS}|今后[，]|下一步|下一阶段|接下来|明年)|(?:明确|未来){_YEARS}内?将"
    r"|力争|^(?:都|还|也|就|更|必须)?要(?!求|素|点|么|约|案|件|闻|强|害|塞|事|不是|说|问)"
    r"|(?:^|[^原按据])计划(?:于|在|用|到|投入|建|新建|开展|培训)|拟(?:于|在|定(?!了)|出台|建|新建|投入)"
)
_WEAK = re.compile(r"不少于|^到20\d\d年(?:底|末)?|争取(?:在|到|用)")
_DONE = re.compile(
    r"已(?!建工会|建会)|累计|五年来|5年来|[一二三四五六七八九十两几\d近]年来|先后|成功|圆满完成|截至|过去[五一]年|去年|以来|"
    r"荣获|被评为|被命名|被授予|获评|实现了|完成了|开展了|建立了|组织了|举办了|成立了"
)
# Looking back from inside a plan takes more than a 已.
_LOOKS_BACK = re.compile(r"截至(?:目前|去年|今年|20)|过去五年|[五5]年来|近年来|据统计|去年|目前[，]?已")
_ONGOING = re.compile(
    r"正(?:在|着手|积极|加紧|加快|抓紧|陆续)(?:建|筹|推进|开展|组建|创建|打造|试点|制定|修订|起草|实施|改造|探索|申报|落实|施工|谋划)"
    r"|陆续(?:开工|启动建设|动工)|筹建|筹备(?!组)"
)
_PAST_TITLE = re.compile(r"回顾|过去|总结|以来|综述")
_PLAN_TITLE = re.compile(
    r"展望|(?:工会|总工会)将(?:以|在|于|继续|进一步)|规划|工作要点|工作安排|工作计划|工作打算|未来[三五]年|今后[三五]年"
)
# Words that open a passage about the future: it lasts to the end of the paragraph.
_OPENS_PLAN = re.compile(rf"^[^，。]{{0,8}}(?:下一步|下一阶段|接下来|(?:未来|今后){_YEARS}|明年)|^展望未来")


def document_frame(title: str) -> Frame:
    """What a document without dated headings is about, from its title: 未来五年工作展望 is a plan."""
    return "plan" if _PLAN_TITLE.search(title) and not _PAST_TITLE.search(title) else ""


def opens_plan(sentence: str) -> bool:
    """True where a sentence turns to the future for the rest of its paragraph (下一步，…)."""
    return bool(_OPENS_PLAN.search(sentence))


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


def clause_status(clause: str, frame: Frame, previous: ClaimStatus | None) -> ClaimStatus:
    """The status of a clause. ``frame`` comes from section and document, ``previous`` from the clause before it in
    the sentence (None for the first): an announced plan goes on until something is said to be done."""
    if _PLANNED.search(clause) or _announces(clause):
        return "planned"
    if frame == "plan":
        return "done" if _LOOKS_BACK.search(clause) or (previous == "done" and _DONE.search(clause)) else "planned"
    done = bool(_DONE.search(clause))
    if frame != "done" and not done and _WEAK.search(clause):
        return "planned"
    if previous == "planned" and not done:
        return "planned"
    return "ongoing" if not done and _ONGOING.search(clause) else "done"
