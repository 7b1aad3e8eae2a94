"""What can go wrong with the graph. Every message is one Chinese sentence that names the next step."""

from corpus.errors import GongzhiError


class GraphError(GongzhiError):
    """The base of every error of the graph."""


class ExportUnreadable(GraphError):
    def __init__(self, name: object, reason: object) -> None:
        super().__init__(f"图谱文件“{name}”读不出来（{reason}）。请用 gongzhi export 重新导出。")
