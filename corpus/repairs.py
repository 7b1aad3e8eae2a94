"""Repairs as people read them: what each kind is called, which part of a change is the change."""

import re
from dataclasses import dataclass

from corpus.model import Repair

#: Kind of a repair → what people call it; changes first, then what is only marked doubtful.
KINDS: dict[str, str] = {
    "line_join": "断行接续",
    "space": "多余空格",
    "heading_split": "标题另起",
    "duplicate_heading": "重复标题",
    "caption": "图片说明",
    "advert": "广告",
    "page_number": "页码",
    "running_head": "页眉页脚",
    "slanted_print": "斜印文字",
    "tracked_change": "修订删去",
    "hidden_text": "隐藏文字",
    "unseen": "不显示的字符",
    "split": "另成一篇",
    "toc": "目录",
    "front_matter": "封面文字",
    "toc_missing": "有目无文",
    "lost_number": "数字缺失",
    "mask": "字词遮盖",
    "contact": "夹带联系方式",
    "foreign_word": "夹杂外文",
    "garbled": "乱码",
    "lost_punctuation": "标点缺失",
    "cut_sentence": "句子中断",
    "ocr": "识别存疑",
    "picture_page": "图片页",
    "encoding": "编码混用",
}
_CONTEXT = 8
_LINE_END = re.compile(r"\r\n|[\r\n\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_BLANK = re.compile(r"[^\S\t]")


def kind_name(kind: str) -> str:
    """The Chinese name of a kind; one that has none stands for itself."""
    return KINDS.get(kind, kind)


def kind_named(name: str) -> str:
    """The kind that has a Chinese name; a kind itself, or what names none, stays as it is."""
    return next((kind for kind, known in KINDS.items() if known == name), name)


@dataclass(frozen=True, slots=True)
class Change:
    """``head + removed + tail`` became ``head + added + tail``; nothing was ``added`` where a line was left out, and
    both are empty where words were only set apart."""

    head: str
    removed: str
    added: str
    tail: str


def change_of(repair: Repair, text: str) -> Change:
    """What a repair changed, with the words on either side as they stand in ``text``, the repaired text.

    The words in the record itself are the source's, with every other flaw that was repaired beside this one.
    """
    before, after = repair.before, repair.after
    if not after or before == after:
        return Change(after, "" if after else before, "", "")
    shorter = min(len(before), len(after))
    head = next((i for i in range(shorter) if before[i] != after[i]), shorter)
    shorter -= head
    tail = next((i for i in range(shorter) if before[-1 - i] != after[-1 - i]), shorter)
    opening = max(text.rfind("\n", 0, repair.start) + 1, repair.start - _CONTEXT)
    closing = text.find("\n", repair.end)
    closing = min(closing if closing >= 0 else len(text), repair.end + _CONTEXT)
    return Change(
        text[opening : repair.start],
        before[head : len(before) - tail],
        after[head : len(after) - tail],
        text[repair.end : closing],
    )


def visible(text: str) -> str:
    """``text`` with its white space to be seen: ↵ for a line end, ⇥ for a tab, · for a space of any width."""
    return _BLANK.sub("·", _LINE_END.sub("↵", text).replace("\t", "⇥"))
