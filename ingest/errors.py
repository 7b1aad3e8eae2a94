"""What can go wrong with a file. Every message is one Chinese sentence that names the file and the next step."""

from pathlib import Path

from corpus.errors import GongzhiError
from ingest.filenames import shown
from ingest.limits import MAX_FILE_MB, MAX_PAGES


class IngestError(GongzhiError):
    """The base of every error that reading a file can end in; ``path`` is the file."""

    def __init__(self, path: Path, fact: str, advice: str) -> None:
        super().__init__(f"“{shown(path)}”{fact}，{advice}。")
        self.path = path


class PathMissing(IngestError):
    def __init__(self, path: Path) -> None:
        super().__init__(path, "不存在", "请检查路径是否写对")


class NoFiles(IngestError):
    def __init__(self, path: Path) -> None:
        super().__init__(path, "里没有文件", "请换一个放有文献的目录或压缩包")


class FileUnreadable(IngestError):
    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(path, f"读不了（{reason}）", "请检查文件权限，或把它复制到别处再试")


class FileTooLarge(IngestError):
    def __init__(self, path: Path, size: int, limit: int) -> None:
        super().__init__(
            path,
            f"有 {size / 2**20:.1f} MiB，超过一份文件的上限 {limit / 2**20:.0f} MiB",
            f"请拆成几个文件再导入，或用环境变量 {MAX_FILE_MB} 调高上限",
        )


class TextTooLong(IngestError):
    def __init__(self, path: Path, count: int, limit: int) -> None:
        super().__init__(
            path,
            f"有 {count / 10**4:,.0f} 万字，超过一份文件的上限 {limit / 10**4:,.0f} 万字",
            f"请拆成几个文件再导入，或用环境变量 {MAX_FILE_MB} 调高上限",
        )


class PictureTooLarge(IngestError):
    def __init__(self, path: Path, width: int, height: int) -> None:
        super().__init__(
            path, f"里有 {width:,}×{height:,} 像素的图片，太大了", "请用看图软件缩小到一万像素见方以内再导入"
        )


class FileEmpty(IngestError):
    def __init__(self, path: Path) -> None:
        super().__init__(path, "里没有文字", "请确认导出时内容已保存，再重新导入")


class FileEncrypted(IngestError):
    def __init__(self, path: Path, kind: str) -> None:
        super().__init__(path, f"是加了密码的 {kind} 文件", "请先用密码打开，解除密码后保存再导入")


class FileDamaged(IngestError):
    def __init__(self, path: Path) -> None:
        super().__init__(path, "已损坏或不完整，打不开", "请重新下载或复制一份，能正常打开后再导入")


class MarkupTooDeep(IngestError):
    def __init__(self, path: Path, limit: int) -> None:
        super().__init__(
            path, f"的标签嵌套超过 {limit} 层，不是正常的网页", "请用浏览器打开，把正文复制到 TXT 文件再导入"
        )


class FileInflated(IngestError):
    def __init__(self, path: Path, size: int, limit: int) -> None:
        super().__init__(
            path,
            f"展开后有 {size / 2**20:.0f} MiB，超过上限（{limit / 2**20:.0f} MiB，或压缩到二百分之一以下）",
            f"请核对它的来源，确认无误后自己解压、拆成几份再导入，或用环境变量 {MAX_FILE_MB} 调高上限",
        )


class ArchiveCrowded(IngestError):
    def __init__(self, path: Path, count: int, limit: int) -> None:
        super().__init__(path, f"里有 {count} 个文件，超过上限 {limit} 个", "请分成几个压缩包，或解压后导入文件夹")


class ArchiveNested(IngestError):
    def __init__(self, path: Path, depth: int) -> None:
        super().__init__(path, f"是第 {depth + 1} 层压缩包，最多展开 {depth} 层", "请先把它解压出来再导入")


class MemberPathUnsafe(IngestError):
    def __init__(self, path: Path) -> None:
        super().__init__(path, "在压缩包里的路径指到了包外，没有读取", "请核对压缩包的来源，再重新打包导入")


class TooManyPages(IngestError):
    def __init__(self, path: Path, pages: int, limit: int, kind: str = "PDF ") -> None:
        super().__init__(
            path,
            f"有 {pages:,} 页，超过{kind}的上限 {limit:,} 页",
            f"请拆成几个文件再导入，或用环境变量 {MAX_PAGES} 调高上限",
        )


class OcrMissing(IngestError):
    def __init__(self, path: Path) -> None:
        super().__init__(path, "是扫描件或图片，没有文字可取", "请先运行 pip install 'gongzhi[ocr]' 装上文字识别再导入")


class FormatUnsupported(IngestError):
    def __init__(self, path: Path, kind: str, advice: str) -> None:
        super().__init__(path, f"是 {kind} 文件，本版本还不支持", advice)


class FileBinary(IngestError):
    def __init__(self, path: Path) -> None:
        super().__init__(path, "不是文本文件（含有二进制内容）", "请用原来的软件打开它，另存为 UTF-8 编码的 TXT 再导入")


class EncodingUnknown(IngestError):
    def __init__(self, path: Path, offset: int) -> None:
        super().__init__(
            path,
            f"的编码认不出（既不是 UTF-8、UTF-16，也不是 GB18030，出错处在第 {offset} 字节附近，可能混用了几种编码）",
            "请用编辑器打开核对后另存为 UTF-8 再导入",
        )
