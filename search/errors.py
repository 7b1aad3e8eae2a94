"""What can go wrong with searching. Every message is one Chinese sentence that names the next step."""

from pathlib import Path

from corpus.errors import GongzhiError


class SearchError(GongzhiError):
    """The base of every search error that a user can act on."""


class EmbedderNotFound(SearchError):
    def __init__(self, path: Path) -> None:
        super().__init__(
            f"“{path}”里没有向量模型（缺 tokenizer.json 或 model.safetensors）。请检查模型目录，或改用自带模型。"
        )


class EmbedderUnreadable(SearchError):
    def __init__(self, path: Path | str, reason: object) -> None:
        super().__init__(f"向量模型“{path}”读不出来（{reason}）。请重新下载该模型，或改用自带模型。")


class ModelFolderMissing(SearchError):
    def __init__(self, folder: str) -> None:
        super().__init__(f"没有模型目录“{folder}”。请检查 GONGZHI_EMBEDDER 或 GONGZHI_RERANKER 写的路径，或取消它。")


class NeuralExtraMissing(SearchError):
    def __init__(self, model: str) -> None:
        super().__init__(
            f"使用模型“{model}”需要 sentence-transformers。请先运行 pip install 'gongzhi[neural]'，再重试。"
        )


class LibraryModelMissing(SearchError):
    """The model that a library was built with can't be had."""

    def __init__(self, model: str, reason: Exception) -> None:
        super().__init__(
            f"这个资料库是用向量模型“{model}”建的，现在用不了它：{reason}也可以设 GONGZHI_EMBEDDER=bundled，改用自带模型重算。"
        )


class RerankerUnreadable(SearchError):
    def __init__(self, model: str, reason: object) -> None:
        super().__init__(
            f"重排模型“{model}”读不出来（{reason}）。请检查 GONGZHI_RERANKER 写的目录或名称，或取消它，不用重排。"
        )


class DimensionTooLarge(SearchError):
    def __init__(self, model: Path | str, asked: int, has: int) -> None:
        super().__init__(
            f"向量模型“{model}”只有 {has} 维，取不出 {asked} 维。请把 GONGZHI_DIMENSION 设为不超过 {has} 的数，或取消它。"
        )


class NothingToTrainOn(SearchError):
    def __init__(self, reason: str) -> None:
        super().__init__(f"没法训练向量模型：{reason}。请换一份文本（每行一个 JSON，含 title 和 text）再试。")


class LibraryTooSmall(SearchError):
    def __init__(self, found: int, least: int) -> None:
        super().__init__(
            f"资料库太小，学不出什么：只有 {found} 个不同的标题，至少要 {least} 个。请多读入一些文献再试；现用的模型照旧。"
        )


class NotStatic(SearchError):
    def __init__(self, model: str) -> None:
        super().__init__(
            f"只有静态模型能微调，“{model}”不是。请用 --from 给出静态模型的目录；资料库现用别的模型时，"
            f"先设 GONGZHI_EMBEDDER=bundled 换回自带的。"
        )


class GoldUnreadable(SearchError):
    def __init__(self, path: Path, reason: object) -> None:
        super().__init__(
            f"评测数据“{path}”读不出来（{reason}）。请给出一个 .jsonl 文件，或含 passages.jsonl 的目录；格式见 docs/evaluate.md。"
        )


class GoldBroken(SearchError):
    def __init__(self, path: Path, line: int, reason: object) -> None:
        super().__init__(f"评测数据“{path}”第 {line} 行有误：{reason}。请改正这一行再试；格式见 docs/evaluate.md。")


class GoldEmpty(SearchError):
    def __init__(self, path: Path) -> None:
        super().__init__(f"评测数据“{path}”里一个问题也没有。请每行写一个判好的问题；格式见 docs/evaluate.md。")


class StyleUnknown(SearchError):
    def __init__(self, style: str, known: tuple[str, ...]) -> None:
        there = f"有的是：{'、'.join(known)}" if known else "问题都没有写类型（style）"
        super().__init__(f"评测数据里没有“{style}”这一类问题，{there}。请改用其中之一，或去掉 --style。")


class ConfigurationUnknown(SearchError):
    def __init__(self, name: str, known: tuple[str, ...]) -> None:
        super().__init__(
            f"没有“{name}”这种配置。可用：{'、'.join(known)}；--compare 还可以用以前 --output 存下的文件。"
        )


class RunUnreadable(SearchError):
    def __init__(self, path: Path, reason: object) -> None:
        super().__init__(f"“{path}”不是评测结果（{reason}）。请给出 gongzhi evaluate --output 存下的文件。")


class NothingInCommon(SearchError):
    def __init__(self, first: str, second: str) -> None:
        super().__init__(f"“{first}”和“{second}”没有一个问题相同，不能比较。请用同一份评测数据各量一次。")


class ConditionInvalid(SearchError):
    """The base of conditions that can't be understood."""


class YearUnreadable(ConditionInvalid):
    def __init__(self, text: str) -> None:
        super().__init__(f"“{text}”不是年份。请写成 2018 或 2018-2023。")


class AmountUnreadable(ConditionInvalid):
    def __init__(self, text: str) -> None:
        super().__init__(f"“{text}”不是一个数量。请写成 1000万元、200家、95% 这样的数，或只写数字。")


class UnitsDiffer(ConditionInvalid):
    def __init__(self, least: str, most: str) -> None:
        super().__init__(f"“{least}”和“{most}”单位不同，不能比较。请用同一种单位写上下限。")


class SpanInvalid(SearchError):
    """The base of stretches of a text that can't be quoted."""


class SpanUnknown(SpanInvalid):
    def __init__(self, start: int, end: int) -> None:
        super().__init__(f"这份文献里没有第 {start}—{end} 字这一段。请在正文里重新选择要引的句子。")


class SpanTooLong(SpanInvalid):
    def __init__(self, length: int, most: int) -> None:
        super().__init__(f"选中的句子共 {length} 字，一次最多引 {most} 字。请分几次引。")


class SegmentIncomplete(SearchError):
    """Files of an index are missing and can't be made as they were: some of the documents have left the library."""

    def __init__(self) -> None:
        super().__init__("资料库的索引缺了一部分，将整个重建；请稍候重试。")


class BackendError(SearchError):
    """The base of what can go wrong with the store of passages and claims that GONGZHI_BACKEND names."""


class BackendUnknown(BackendError):
    def __init__(self, name: str, known: tuple[str, ...]) -> None:
        super().__init__(
            f"没有叫“{name}”的后端。请把 GONGZHI_BACKEND 设为{'或'.join(known)}，或取消它，用本机的资料库。"
        )


class BackendAddressMissing(BackendError):
    def __init__(self) -> None:
        super().__init__(
            "GONGZHI_BACKEND 设为 milvus，却没有写地址。请设 GONGZHI_MILVUS_URI，如 http://127.0.0.1:19530，或一个 .db 文件。"
        )


class MilvusExtraMissing(BackendError):
    def __init__(self) -> None:
        super().__init__("使用 Milvus 需要 pymilvus。请先运行 pip install 'gongzhi[milvus]'，再重试。")


class BackendUnreachable(BackendError):
    def __init__(self, address: str, tries: int) -> None:
        super().__init__(
            f"连不上 Milvus（{address}），试了 {tries} 次。请检查 GONGZHI_MILVUS_URI 和那边的服务是否在运行，再重试。"
        )


class BackendSlow(BackendError):
    def __init__(self, address: str, seconds: float, tries: int) -> None:
        super().__init__(
            f"Milvus（{address}）每次 {seconds:g} 秒都没有答复，试了 {tries} 次。请稍后再试，或调大 GONGZHI_MILVUS_TIMEOUT。"
        )


class BackendDenied(BackendError):
    def __init__(self, address: str) -> None:
        super().__init__(f"Milvus（{address}）不接受这个口令。请检查 GONGZHI_MILVUS_TOKEN，再重试。")


class BackendRefused(BackendError):
    def __init__(self, address: str, reason: object) -> None:
        super().__init__(f"Milvus（{address}）不接受这个请求（{reason}）。请运行 gongzhi doctor 查看，再重试。")


class BackendSchemaDiffers(BackendError):
    def __init__(self, address: str, found: int, known: int) -> None:
        version = "更新" if found > known else "较早"
        todo = "请升级工知后再用" if found > known else "请换一个 GONGZHI_MILVUS_NAME，把原来的文件重新 ingest"
        super().__init__(
            f"Milvus（{address}）里的资料库是由{version}版本的工知建立的（结构版本 {found}，本程序用的是 {known}）。{todo}。"
        )


class BackendDimensionDiffers(BackendError):
    def __init__(self, address: str, found: int, wanted: int) -> None:
        super().__init__(
            f"Milvus（{address}）里的向量是 {found} 维，现用的模型给出 {wanted} 维。"
            f"请改回原来的模型，或换一个 GONGZHI_MILVUS_NAME 重新 ingest。"
        )


class BackendModelDiffers(BackendError):
    def __init__(self, address: str, found: str, wanted: str) -> None:
        super().__init__(
            f"Milvus（{address}）里的向量由模型“{found}”算出，现用的是“{wanted}”。"
            f"请改回原来的模型，或换一个 GONGZHI_MILVUS_NAME 重新 ingest。"
        )


class BackendIncomplete(BackendError):
    def __init__(self, address: str, written: int, wanted: int) -> None:
        super().__init__(
            f"写入 Milvus（{address}）的一批不完整（应有 {wanted} 行，只有 {written} 行），没有启用，原有内容不变。请再写一次。"
        )
