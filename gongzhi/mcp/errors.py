"""What an assistant asks for in vain; each message tells it what to do next."""

from collections.abc import Sequence

from corpus.errors import GongzhiError


class AskedInVain(GongzhiError):
    """The base of what is told to an assistant as the error of a tool."""


class TermMissing(AskedInVain):
    def __init__(self, label: str, similar: Sequence[str]) -> None:
        near = f"相近的术语：{'、'.join(similar)}，可以改查。" if similar else ""
        super().__init__(f"资料库里没有术语“{label}”。{near}也可以用 search 到原文里找；都没有，就如实说资料库里没有。")


class DocumentMissing(AskedInVain):
    def __init__(self, words: str, several: Sequence[str] = ()) -> None:
        super().__init__(
            f"“{words}”对应几份文献：{'、'.join(several)}。请用编号再查。"
            if several
            else f"资料库里没有文献“{words}”。请用 documents 列出文献，取其中的 document_id。"
        )


class PassageMissing(AskedInVain):
    def __init__(self, passage_id: str) -> None:
        super().__init__(
            f"资料库里没有编号为“{passage_id}”的段落；文献换了版本，编号会变。请用 search 重新找，取结果里的 passage_id。"
        )


class SectionMissing(AskedInVain):
    def __init__(self, words: str, title: str) -> None:
        super().__init__(f"《{title}》里没有名为“{words}”的部分。请不带 section 再读一次，从提纲里取标题。")


class OffsetBeyond(AskedInVain):
    def __init__(self, offset: int, length: int) -> None:
        super().__init__(f"offset={offset} 超过了全文的 {length} 字。请从 0 开始读。")


class ArgumentsWrong(AskedInVain):
    def __init__(self, tool: str, mistakes: Sequence[str]) -> None:
        super().__init__(f"{tool} 的参数不对：{'；'.join(mistakes)}。请按参数说明改正后再调用。")


class ToolMissing(AskedInVain):
    def __init__(self, name: str, known: Sequence[str]) -> None:
        super().__init__(f"没有工具“{name}”。可用的工具：{'、'.join(known)}。")


class ToolFailed(AskedInVain):
    def __init__(self, tool: str) -> None:
        super().__init__(f"{tool} 没能完成，详情已写到服务器的错误输出。请换个说法或缩小范围再试。")
