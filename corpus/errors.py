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


class LibraryReadOnly(LibraryError):
    def __init__(self, path: object) -> None:
        super().__init__(f"资料库“{path}”所在的目录不能写。请检查目录权限，或用 --library 换一个目录。")


class DocumentNotFound(LibraryError):
    def __init__(self, document_id: str) -> None:
        super().__init__(f"没有编号为“{document_id}”的文献。用 gongzhi documents 查看全部编号。")


class LexiconBroken(LibraryError):
    def __init__(self, path: object, reason: object) -> None:
        super().__init__(f"概念词表“{path}”有误：{reason}。请改正后再试。")
