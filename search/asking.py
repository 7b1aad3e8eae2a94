"""What is asked of a term: 四大会战是什么 asks for 四大会战."""

import re

_BEFORE = re.compile(r"^(?:请问|什么是|啥是|何谓|何为|解释一下|解释)")
_AFTER = re.compile(
    r"(?:的(?:含义|意思|定义|内容)(?:是什么|是啥)?|(?:都)?(?:是|指|指的是)(?:什么|啥)(?:意思)?|是什么意思|什么意思|包括(?:什么|哪些|啥)|有哪些内容)?[呀啊呢吗？?。！!\s]*$"
)


def asked_label(query: str) -> str:
    """The label that a question about meaning asks for, without its frame; a query without a frame as it is."""
    label = _BEFORE.sub("", query.strip())
    return _AFTER.sub("", label).strip()
