"""What can go wrong with the graph. Every message is one Chinese sentence that names the next step."""

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
