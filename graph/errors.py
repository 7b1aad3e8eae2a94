"""What can go wrong with the graph. Every message is one Chinese sentence that names the next step."""

from corpus.curation import quoted
from corpus.errors import GongzhiError


class GraphError(GongzhiError):
    """The base of every error of the graph."""


class ExportUnreadable(GraphError):
    def __init__(self, name: object, reason: object) -> None:
        super().__init__(f"图谱文件“{name}”读不出来（{reason}）。请用 gongzhi export 重新导出。")


class ExtraMissing(GraphError):
    """An optional part of the program isn't installed."""

    def __init__(self, extra: str, what: str) -> None:
        super().__init__(f"{what}要用可选组件 {extra}，还没有安装。请运行 pip install 'gongzhi[{extra}]' 后再试。")


class EditRefused(GraphError):
    """The base of edits of the glossary that can't be made; nothing was changed."""


class TermUnknown(EditRefused):
    def __init__(self, label: str) -> None:
        super().__init__(f"术语表里没有“{label}”。请核对写法；文献里有而没有收的，先新增。")


class IsAlias(EditRefused):
    def __init__(self, label: str, owner: str) -> None:
        super().__init__(
            f"“{label}”是“{owner}”的别名，不是单独的术语。不要这个别名就去别名，要它独立成词就拆出，改动请写“{owner}”。"
        )


class LabelTaken(EditRefused):
    def __init__(self, label: str) -> None:
        super().__init__(f"已有术语“{label}”。两个是一回事就合并，不是一回事请换一个名字。")


class AliasTaken(EditRefused):
    def __init__(self, label: str, owner: str) -> None:
        super().__init__(f"“{label}”已是“{owner}”的别名。请先从“{owner}”去掉这个别名，或把它从“{owner}”拆出。")


class NothingChanges(EditRefused):
    def __init__(self, label: str, already: str) -> None:
        super().__init__(f"“{label}”{already}，不必再改。")


class MergesIntoItself(EditRefused):
    def __init__(self, label: str, target: str) -> None:
        super().__init__(f"“{label}”和“{target}”已是同一个术语，不能并入自己。请写两个不同的术语。")


class MergesInCircle(EditRefused):
    def __init__(self, merged: str, target: str) -> None:
        super().__init__(f"“{merged}”已并入“{target}”，不能再反过来合并。要反过来，先撤销那次合并；只换名字请改名。")


class OthersMerged(EditRefused):
    def __init__(self, label: str, merged: tuple[str, ...]) -> None:
        names = "、".join(f"“{name}”" for name in merged)
        super().__init__(f"{names}并入了“{label}”，不收它会连同不收。请先撤销合并，再不收。")


class AliasUnknown(EditRefused):
    def __init__(self, label: str, alias: str, known: tuple[str, ...]) -> None:
        names = f"它的别名有：{'、'.join(known)}。" if known else "它没有别名。"
        super().__init__(f"“{alias}”不是“{label}”的别名。{names}请照着写。")


class IsLabel(EditRefused):
    def __init__(self, label: str) -> None:
        super().__init__(f"“{label}”就是这个术语的名字，不是别名。换名字请改名，不要这个词请不收。")


class NotInTexts(EditRefused):
    def __init__(self, label: str) -> None:
        super().__init__(f"文献里没有单独用到“{label}”。请照原文的写法写，或读入用到它的文献。")


class SentenceUnknown(EditRefused):
    def __init__(self, label: str, openings: tuple[str, ...] = ()) -> None:
        named = f"它的解释开头是：{'；'.join(openings)}。" if openings else "语料里现在没有这样解释它的句子。"
        super().__init__(f"“{label}”没有这一句解释。{named}请照原句的开头写。")


class SentenceUnclear(EditRefused):
    def __init__(self, label: str, openings: tuple[str, ...]) -> None:
        super().__init__(f"“{label}”有几句解释都含这些字：{'；'.join(openings)}。请多写几个字。")


class OneSense(EditRefused):
    def __init__(self, label: str) -> None:
        super().__init__(f"“{label}”的解释都是同一个意思，拆出就什么也不剩。只换名字请改名。")


class TermKindUnknown(EditRefused):
    def __init__(self, kind: str, known: tuple[str, ...]) -> None:
        super().__init__(f"没有“{kind}”这个类别。类别有：{'、'.join(known)}。")


class RelatesToItself(EditRefused):
    def __init__(self, label: str) -> None:
        super().__init__(f"“{label}”不能和自己有关系。请写两个不同的术语。")


class BroaderInCircle(EditRefused):
    def __init__(self, label: str, broader: str) -> None:
        super().__init__(f"“{label}”已是“{broader}”的上位术语，不能再反过来。请先去掉那个关系。")


class RelationUnknown(EditRefused):
    def __init__(self, label: str, other: str, relation: str) -> None:
        super().__init__(f"“{other}”不是“{label}”的{relation}，没有可去的。请核对两个术语。")


class EditIdle(EditRefused):
    """An edit that would change nothing, as was found once the documents were read with it; ``why`` says it."""

    def __init__(self, why: str) -> None:
        super().__init__(why)


class EditNotFound(GraphError):
    def __init__(self, ordinal: int) -> None:
        super().__init__(f"没有编号为 {ordinal} 的编辑。请从编辑记录里找编号。")


class EditUndone(EditRefused):
    def __init__(self, ordinal: int) -> None:
        super().__init__(f"编辑 {ordinal} 已经撤销，不必再撤销。")


class MeaningUnknown(EditRefused):
    """Words that nothing is called by; ``suggestions`` are labels to take instead."""

    def __init__(self, meant: str, suggestions: tuple[str, ...]) -> None:
        near = f"是不是{'、'.join(map(quoted, suggestions))}？" if suggestions else ""
        super().__init__(f"主题、术语和文献里都没有“{meant}”这个说法。{near}请写一个文献里用到的官方说法。")
        self.suggestions = suggestions


class MeaningUnclear(EditRefused):
    """Words that several concepts are called by; ``suggestions`` are their names."""

    def __init__(self, meant: str, suggestions: tuple[str, ...]) -> None:
        super().__init__(f"“{meant}”是几个主题共用的说法。请写其中一个：{'、'.join(map(quoted, suggestions))}。")
        self.suggestions = suggestions


class AlreadyMeant(EditRefused):
    def __init__(self, label: str, concept: str) -> None:
        super().__init__(f"“{label}”已经按“{concept}”查，不必再教。查不到想要的，请换一个官方说法。")


class SayingOfficial(EditRefused):
    def __init__(self, label: str, concept: str) -> None:
        super().__init__(f"“{label}”本身是“{concept}”的官方说法，不能改指别的。请教一个更像大白话的说法。")


class SayingTooCommon(EditRefused):
    def __init__(self, label: str, passages: int) -> None:
        super().__init__(f"“{label}”太常见，文献里有 {passages} 段写到，教了会牵连别的问题。请写得长一点、具体一点。")


class LessonNotFound(GraphError):
    def __init__(self, ordinal: int) -> None:
        super().__init__(f"没有编号为 {ordinal} 的说法。请从教过的说法里找编号。")


class LessonUndone(EditRefused):
    def __init__(self, ordinal: int) -> None:
        super().__init__(f"说法 {ordinal} 已经撤销，不必再撤销。")


class ImportUnreadable(GraphError):
    """An edited glossary that can't be read back; ``why`` names the row or the line. Nothing was changed."""

    def __init__(self, name: str, why: str) -> None:
        super().__init__(f"“{name}”不能读回：{why}。资料库保持原样，请改正后再试。")


class ImportTooShort(GraphError):
    def __init__(self, name: str, kept: int, known: int) -> None:
        super().__init__(
            f"“{name}”里只有资料库 {known} 个术语中的 {kept} 个。为免误删，没有读回：请在完整导出的文件上修改。"
        )
