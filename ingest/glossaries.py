"""The headings of appendices that explain terms: 名词注释, 【名词解释】, 附：报告中有关名词说明."""

import re

_OPEN, _CLOSE = r"[【\[（(〔《]", r"[】\])）〕》]"
_NOUN = r"(?:专[有业用]|新|专门)?(?:名词|名称|术语|用语|词语|词汇|概念|提法|缩略语|简称)"
_HEADING = re.compile(
    rf"^{_OPEN}?(?:附\s*[件录注]?\s*\d{{0,2}}\s*[：:、.．]?)?{_OPEN}?"
    r"(?:关于|对)?(?:本?(?:工作|工会)*报告|《[^》]{2,30}》|本?文|文件)?[中里内]?的?"
    r"(?:有关|相关|部分|若干|主要|重要|常用|涉及)*的?"
    rf"(?:(?:{_NOUN}[和与及、]?)+的?(?:注释|注解|解释|说明|释义|解读|简释|浅释)|(?:注释|注解|解释|释义))(?:[和与及](?:注释|解释|说明))?"
    rf"{_CLOSE}?[：:]?$"
)


def is_glossary(text: str) -> bool:
    """True for the heading of an appendix that explains terms: 名词注释, 【名词解释】, 有关名词说明.

    说明 and 解读 alone explain anything; they need a word for the terms.
    """
    return len(text) <= 60 and bool(_HEADING.match(re.sub(r"\s+", "", text)))
