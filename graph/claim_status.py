"""Done, ongoing or planned: what a clause says about its own time, in the light of its section and document."""

import re
from typing import Literal

from corpus.model import ClaimStatus

Frame = Literal["done", "plan", ""]

# 将 announces only before a verb or an adverb: before a noun it means 把 (将工会工作纳入…).
_WILL = (
    r"(?:即将|将(?=(?:会|以更|以新|继续|进一步|持续|不断|大力|全面|重点|着力|积极|努力|深入|按照|围绕|坚持|加强|加快|加大|推动|推进|"
    r"开展|建设|打造|建立|健全|完善|实施|始终|紧紧|紧扣|认真|切实|充分|通过|聚焦|全力|投入|再|逐步|陆续|启动|举办|出台|"
    r"于|在|一如既往|带领|团结|立足|探索|力争|锚定|牢记|组织|新增|新建|至少|每年|适时|采取)))"
)
_PLANNED = re.compile(
    rf"(?:工会|我们|我市|我省|委员会|集团|公司){_WILL}|^(?:展望|在)?(?:即将|未来[三五]年|今后[三五一]|下一步|下一阶段|接下来|明年)"
    rf"|^{_WILL}|力争|^(?:都|还|也|就|更|必须)?要(?!求|素|点|么|约|案|件|闻|强|害|塞|事|不是|说|问)"
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
_OPENS_PLAN = re.compile(
    r"^[^，。]{0,8}(?:下一步|下一阶段|接下来|未来[三五]年|今后(?:[三五]年|一个时期)|明年)|^展望未来"
)


def document_frame(title: str) -> Frame:
    """What a document without dated headings is about, from its title: 未来五年工作展望 is a plan."""
    return "plan" if _PLAN_TITLE.search(title) and not _PAST_TITLE.search(title) else ""


def opens_plan(sentence: str) -> bool:
    """True where a sentence turns to the future for the rest of its paragraph (下一步，…)."""
    return bool(_OPENS_PLAN.search(sentence))


def clause_status(clause: str, frame: Frame, previous: ClaimStatus | None) -> ClaimStatus:
    """The status of a clause. ``frame`` comes from section and document, ``previous`` from the clause before it in
    the sentence (None for the first): an announced plan goes on until something is said to be done."""
    if _PLANNED.search(clause):
        return "planned"
    if frame == "plan":
        return "done" if _LOOKS_BACK.search(clause) or (previous == "done" and _DONE.search(clause)) else "planned"
    done = bool(_DONE.search(clause))
    if frame != "done" and not done and _WEAK.search(clause):
        return "planned"
    if previous == "planned" and not done:
        return "planned"
    return "ongoing" if not done and _ONGOING.search(clause) else "done"
