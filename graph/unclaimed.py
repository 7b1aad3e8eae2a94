"""What a report says that is no deed: what is lacking (尚未, 不够), questions, what a person says of himself or urges."""

import re

from corpus.sentences import clauses

Spans = list[tuple[int, int]]

_LACK = "短板|弱项|不足|差距|薄弱环节|问题|困难|挑战"
# A heading over shortcomings; where it goes on to remedies (短板问题的整改措施), or tells of success, it is none.
_PROBLEM_TITLE = re.compile(
    rf"(?:存在|面临|主要|突出|当前|工作|自身)[^，,；;。]{{0,6}}(?:{_LACK})|(?:{_LACK})[和与及、]|^(?:{_LACK})$|(?:差距|不足|短板)$"
)
_REMEDY_TITLE = re.compile(
    r"解决|补齐|补强|补足|破解|弥补|缩小|克服|整改|改进|化解|攻克|针对|聚焦|防范|措施|对策|建议|打算|举措|成效|成绩|成就|"
    r"做法|经验|补短板|困难(?:职工|群体|企业|家庭|农民工|群众)"
)
# Where a paragraph turns to shortcomings; it goes on to its end, or to what will be done about them.
_OPENS_PROBLEM = re.compile(
    r"(?:矛盾|问题|困难)[^，。]{0,10}(?:仍然|依然|还)(?:比较|较为|十分)?(?:突出|严峻|较多|不少)"
    r"|(?:看到|认识到|意识到|正视)[^。]{0,60}(?:差距|不足|短板|困难|问题|薄弱环节)"
    rf"|(?:还|仍|依然|也)(?:然)?存在[^，。]{{0,14}}(?:{_LACK})"
    rf"|(?:工作|我们)中?[^，。]{{0,6}}存在[^，。]{{0,8}}(?:{_LACK})[^，。]{{0,6}}[：:]"
)
_MAY_OPEN = re.compile("矛盾|问题|困难|看到|认识到|意识到|正视|存在")  # one of these stands in each of them
_TURNS = re.compile(
    r"^(?:我们|各级工会|政府)?(?:要|必须|坚决|应当)|^(?:对此|对于这些|对这些|针对|为此|这些问题|以上问题|下一步|下步|今后|接下来|我们将)"
)
# A predicate that says what is lacking, at the end of a sentence or of an item of a list. That something bad did not
# happen (未发生一起事故) is nothing lacking.
_GOOD = (
    r"(?!发生|出现|接到|收到|返贫|少于|低于|缺席|断|停|松懈|忘|变|改变|辜负|动摇|止步|懈怠|一[起例]|有一|遗漏|拖欠|减)"
)
_LACKING = re.compile(
    r"(?:不够(?!的)[^，；。的]{0,6}|(?:相对|较为|比较|仍然|仍|还|略显|明显)滞后|(?:有|存在)[^，。；]{0,6}(?:差距|不足|短板|短缺|空白|盲区)"
    r"|(?:有待|尚待|亟待|亟需|尚需|仍需|(?:还|仍|尚)?需要?进一步)[^，；。]{1,12}"
    rf"|(?:还|尚|仍|至今|目前)(?:然|都|均|处)?(?:不|未|没有|没能|无法){_GOOD}[^，；。]{{1,14}}"
    rf"|(?:尚未|还没有?|仍未|未能|未曾){_GOOD}[^，；。]{{1,16}}"
    r"|(?:意识|能力|程度|水平|力度|实效|作用|针对性|覆盖面|积极性|主动性|吸引力|影响力|凝聚力|活力|质量|效果|质效|数量|人员|力量|经费|手段|办法)"
    r"[^，；。]{0,6}(?:不(?:强|高|大|足|多|广|明显|充分|深|实|好|均)|偏(?:低|少|弱)|较(?:低|少|弱)|有限|单一|缺乏|薄弱)"
    r"|(?:问题|矛盾|困难)(?:还|仍|仍然|依然|更加|更为)(?:很|比较|较为|十分)?(?:突出|严重|尖锐)"
    r"|不(?:平衡、?不充分|到位|完善|健全|规范|均衡|协调|扎实|深入|紧密|顺畅)|(?<!差)不(?:多|深|实|细|优|强)|(?:较为|比较|相对|仍然|还)(?:薄弱|欠缺|缺乏))[，。；;”]*$"
)
# Whatever _LACKING matches has one of these in it.
_MAY_LACK = re.compile(
    "不|未|没|滞后|差距|短[板缺]|空白|盲区|有待|尚待|亟待|需|无法|偏[低少弱]|较[低少弱]|有限|单一|薄弱|突出|严重|尖锐|欠缺|缺乏"
)
# A clause that tells of a deed beside what is lacking.
_DEED = re.compile(r"\d|已|了|累计|先后|建成|开展|成立|建立")
# What is lacking may follow what was done: 驿站建了九座，但覆盖面还不够广。
_BUT = re.compile(r"^(?:但|然而|不过|可是|只是|却)")
# Words before which a lack is what something is done about, or what somebody else felt.
_ABOUT = re.compile(
    r"^(?:针对|为(?:了)?(?:解决|破解|补齐)|围绕|聚焦|面对|克服|解决|破解|补齐|防止|避免|化解|着眼|紧盯|对|改变|不是|如果|若|只要|因)"
)
_QUESTION = re.compile(r"[？?][”’）)]*$")
_QUOTED = re.compile(r"“[^“”]*(?:”|$)")
_SPEECH = re.compile(r"[。！？!?]")
_FRAMED = re.compile(r"(?:说|说道|表示|指出|强调|坦言|感慨|感言|介绍|认为|感叹|告诉(?:笔者|记者)|谈道|讲道)[：:。]")
_FRAME = re.compile(rf"{_FRAMED.pattern}[“‘]*$")
_FRAME_END = re.compile(rf"{_FRAMED.pattern}\Z")
_LONGEST_FRAME = 8  # characters; also of what _URGES matches
_URGES = re.compile(r"(?:指出|强调|要求|嘱托|勉励|寄语|希望|号召)[：:，]?$")
_PERSONAL = re.compile(
    r"(?:我(?![们国市省县区州盟旗厂会党军院校方]|为群众)|感谢|谢谢|俺|咱(?!们工会))|让我们[^，。]{0,4}(?:重新|感受|觉得|燃起)"
)


def says_problem(title: str) -> bool:
    """True for the heading of a section about what is wrong: 工作中存在的短板, 差距和不足."""
    return bool(_PROBLEM_TITLE.search(title)) and not _REMEDY_TITLE.search(title)


def opens_problem(sentence: str) -> bool:
    """True where a sentence turns to shortcomings for the rest of its paragraph."""
    return bool(_MAY_OPEN.search(sentence) and _OPENS_PROBLEM.search(sentence))


def leaves_problem(sentence: str) -> bool:
    """True where a paragraph on shortcomings goes over to what is done about them."""
    return bool(_TURNS.search(sentence))


def personal_speech(text: str) -> Spans:
    """Spans of the quotations in ``text`` in which a person speaks of himself, or somebody is urged."""
    found = []
    for match in _QUOTED.finditer(text) if "“" in text else ():
        spoken = bool(_SPEECH.search(match[0])) or _introduced(text, match.start())
        at = match.start()
        if spoken and (_PERSONAL.search(match[0]) or _URGES.search(text, max(0, at - _LONGEST_FRAME), at)):
            found.append(match.span())
    return found


def _introduced(text: str, quote: int) -> bool:
    """True where words that introduce speech stand before the quotation mark at ``quote``."""
    while quote and text[quote - 1] in "“‘":
        quote -= 1
    return bool(_FRAME_END.search(text, max(0, quote - _LONGEST_FRAME), quote))


def unclaimed(sentence: str) -> Spans:
    """Spans of a sentence that claim nothing: the whole of a question, and the words that only introduce speech."""
    if ("？" in sentence or "?" in sentence) and _QUESTION.search(sentence):
        return [(0, len(sentence))]
    if not _FRAMED.search(sentence):
        return []
    return [(start, end) for start, end in clauses(sentence) if _FRAME.search(sentence[start:end])]


def denied(sentence: str) -> Spans:
    """Spans of a sentence that say what is not done or not enough: clauses, and items of a list that end in such a
    clause, as far back as no deed is told and no 但 stands between."""
    found: Spans = []
    if not _MAY_LACK.search(sentence):
        return found
    first = 0
    for start, end in clauses(sentence):
        clause = sentence[start:end]
        if _BUT.match(clause):
            first = start
        ends = clause.rstrip("”’")[-1:] in "。；;！" or end == len(sentence)
        if _MAY_LACK.search(clause) and _LACKING.search(clause) and not _ABOUT.match(clause):
            found.append((first if ends else start, end))
        if ends or _DEED.search(clause):
            first = end
    return found
