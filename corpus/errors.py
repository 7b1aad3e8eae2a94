"""What can go wrong with a library. Every message is one Chinese sentence that names the next step."""


class GongzhiError(Exception):
    """The base of every error that a user can act on: its text is one Chinese sentence."""


class LibraryError(GongzhiError):
    """The base of what can go wrong with a library."""


class LibraryNotFound(LibraryError):
    def __init__(self, path: object) -> None:
        super().__init__(
            f"没有找到资料库“{path}”。请先用 gongzhi ingest 文件或目录 建库，或用 --library 指定已有资料库。"
        )


class LibraryUnreadable(LibraryError):
    def __init__(self, path: object, reason: object) -> None:
        super().__init__(f"资料库“{path}”打不开（{reason}）。请换一个目录重新 ingest，或从备份恢复。")


class LibrarySchemaDiffers(LibraryError):
    def __init__(self, path: object, found: int, known: int) -> None:
        version = "更新" if found > known else "较早"
        todo = "请升级工知后再打开" if found > known else "请换一个目录，把原来的文件重新 ingest"
        super().__init__(
            f"资料库“{path}”是由{version}版本的工知建立的（结构版本 {found}，本程序用的是 {known}）。{todo}。"
        )


class LibraryBusy(LibraryError):
    def __init__(self, path: object) -> None:
        super().__init__(f"资料库“{path}”正被另一个进程写入。请等它结束后再试。")


class LibraryUnwritable(LibraryError):
    def __init__(self, path: object, reason: object) -> None:
        super().__init__(f"资料库“{path}”写不进去（{reason}），保持原样。请检查磁盘剩余空间后再试。")


class LibraryReadOnly(LibraryError):
    def __init__(self, path: object) -> None:
        super().__init__(f"资料库“{path}”所在的目录不能写。请检查目录权限，或用 --library 换一个目录。")


class DocumentNotFound(LibraryError):
    def __init__(self, document_id: str) -> None:
        super().__init__(f"没有编号为“{document_id}”的文献。用 gongzhi documents 查看全部编号。")


class LexiconBroken(LibraryError):
    def __init__(self, path: object, reason: object) -> None:
        super().__init__(f"概念词表“{path}”有误：{reason}。请改正后再试。")


class InvalidValue(GongzhiError):
    """The base of values that a field of a document can't have; ``suggestions`` are values to take instead."""

    def __init__(self, field: str, message: str, suggestions: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.field = field
        self.suggestions = suggestions


class FieldUnknown(GongzhiError):
    def __init__(self, name: str, known: tuple[str, ...]) -> None:
        super().__init__(f"没有“{name}”这一项。可以更正的有：{'、'.join(known)}。")


class TitleMissing(InvalidValue):
    def __init__(self) -> None:
        super().__init__("title", "题名不能为空。请写上题名，或撤销更正，恢复读出的题名。")


class ValueTooLong(InvalidValue):
    def __init__(self, field: str, name: str, limit: int) -> None:
        super().__init__(field, f"{name}超过 {limit} 字。请缩短后再试。")


class DateInvalid(InvalidValue):
    def __init__(self, value: str) -> None:
        super().__init__("date", f"“{value}”不是日期。请写成 2023、2023-10 或 2023-10-24。")


class LevelUnknown(InvalidValue):
    def __init__(self, value: str, known: tuple[str, ...]) -> None:
        super().__init__("level", f"没有“{value}”这一级。请写{'、'.join(known)}之一。", known)


class PlaceAmbiguous(InvalidValue):
    def __init__(self, value: str, candidates: tuple[str, ...]) -> None:
        super().__init__("place", f"叫“{value}”的不止一处：{'、'.join(candidates)}。请写全称。", candidates)


class PlaceUnknown(InvalidValue):
    def __init__(self, value: str, near: tuple[str, ...]) -> None:
        nearby = f"相近：{'、'.join(near)}。" if near else ""
        super().__init__(
            "place",
            f"没有叫“{value}”的省、市、县。{nearby}如果是企业、部门或全国性单位，请同时写明级别（企业、部门、全国）。",
            near,
        )


class LabelInvalid(InvalidValue):
    def __init__(self, field: str, label: str) -> None:
        # A message goes to a terminal, too: what can't be seen isn't said.
        shown = "".join(c for c in label if c.isprintable())
        said = f"“{shown}”不能作术语" if label else "没有写出术语"
        super().__init__(field, f"{said}：至少要有两个字，不能有换行和看不见的字符。请改正后再试。")


class CharacterInvalid(InvalidValue):
    def __init__(self, field: str, name: str) -> None:
        super().__init__(field, f"{name}里有换行或看不见的字符。请删去后再试。")


class SayingInvalid(InvalidValue):
    def __init__(self, field: str, name: str, written: str) -> None:
        shown = "".join(c for c in written if c.isprintable())
        said = f"“{shown}”不能作{name}" if shown else f"没有写出{name}"
        super().__init__(field, f"{said}：至少要有两个字，不能有换行和看不见的字符。请改正后再试。")


class EditIncomplete(InvalidValue):
    def __init__(self, kind: str, wanted: str) -> None:
        super().__init__("value", f"{kind}还要写明{wanted}。请补上后再试。")


class CorrectionRefused(GongzhiError):
    """Values that can't be; ``mistakes`` has one for each field. Nothing was changed."""

    def __init__(self, mistakes: tuple[InvalidValue, ...]) -> None:
        super().__init__("\n".join(map(str, mistakes)))
        self.mistakes = mistakes


class NothingToUndo(GongzhiError):
    def __init__(self, title: str, names: tuple[str, ...]) -> None:
        what = f"的{'、'.join(names)}" if names else ""
        super().__init__(f"《{title}》{what}没有更正过，不必撤销。用 gongzhi documents --corrections 查看全部更正。")
