"""Archives: every document in them by its name, every refusal by its reason."""

import io
import struct
import warnings
import zipfile
from pathlib import Path

import pytest

from ingest.errors import (
    ArchiveCrowded,
    ArchiveNested,
    FileDamaged,
    FileEncrypted,
    FileInflated,
    FileTooLarge,
    FormatUnsupported,
    IngestError,
    MemberPathUnsafe,
    NoFiles,
)
from ingest.files import Input, inputs
from ingest.limits import Limits
from ingest.readers import archive, zipped


def packed(members: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as container:
        for name, content in members.items():
            container.writestr(name, content)
    return file.getvalue()


def outcomes(path: Path, **limits: int) -> dict[str, bytes | type[IngestError]]:
    """What each source in a file gives: its bytes, or the kind of error, which names it."""
    found: dict[str, bytes | type[IngestError]] = {}
    for source in inputs(path, Limits(**limits)):
        assert source.name not in found
        try:
            found[source.name] = source.load()
        except IngestError as error:
            assert source.name in str(error) and "请" in str(error)
            found[source.name] = type(error)
    return found


@pytest.fixture
def bundle(tmp_path: Path):
    def write(content: bytes, name: str = "包.zip") -> Path:
        path = tmp_path / name
        path.write_bytes(content)
        return path

    return write


def test_members_are_named_by_archive_and_folder(bundle) -> None:
    path = bundle(packed({"里面/乙.txt": "乙".encode(), "甲.md": "甲".encode(), "空目录/": b""}))
    found = list(inputs(path))
    assert [source.name for source in found] == ["包.zip/甲.md", "包.zip/里面/乙.txt"]
    assert found[1].origin == f"{path.resolve()}/里面/乙.txt"
    assert found[1].path == path / "里面" / "乙.txt"
    assert outcomes(path)["包.zip/里面/乙.txt"] == "乙".encode()


def test_a_file_that_is_no_archive_is_its_only_source(bundle, package) -> None:
    for name, content in (("甲.txt", "甲".encode()), ("报告.docx", package("<w:p/>")), ("坏.zip", b"PK\x03\x04\x00")):
        path = bundle(content, name)
        (only,) = inputs(path)
        assert isinstance(only, Input) and (only.name, only.origin) == (name, str(path.resolve()))
        assert only.load() == content


def test_the_suffix_does_not_matter(bundle) -> None:
    assert outcomes(bundle(packed({"甲.txt": b"a"}), "材料.dat")) == {"材料.dat/甲.txt": b"a"}


def test_what_lies_beside_reports_is_passed_over(bundle) -> None:
    names = ("__MACOSX/._甲.txt", ".DS_Store", "目/.隐.txt", "README.md", "~$甲.docx", "甲.txt")
    assert list(outcomes(bundle(packed(dict.fromkeys(names, b"a"))))) == ["包.zip/甲.txt"]


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8"])
def test_names_that_do_not_say_their_encoding(encoding: str, bundle) -> None:
    name = "工会材料/总结（誠）.txt"  # 誠 has a backslash in it in GBK
    raw = name.encode(encoding)
    stand_in = "x" * len(raw)
    content = packed({stand_in: "文".encode()}).replace(stand_in.encode(), raw)
    assert outcomes(bundle(content)) == {f"包.zip/{name}": "文".encode()}


@pytest.mark.parametrize("name", ["/etc/甲.txt", "../甲.txt", "里/../../甲.txt", "C:\\甲.txt", "..\\甲.txt"])
def test_names_that_lead_out_are_refused_and_the_others_go_in(name: str, bundle) -> None:
    found = outcomes(bundle(packed({name: b"a", "乙.txt": b"b"})))
    assert found.pop("包.zip/乙.txt") == b"b"
    assert list(found.values()) == [MemberPathUnsafe]


def test_links_are_refused(bundle) -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as container:
        link = zipfile.ZipInfo("链接.txt")
        link.external_attr = 0o120777 << 16
        container.writestr(link, "/etc/passwd")
    assert outcomes(bundle(file.getvalue())) == {"包.zip/链接.txt": MemberPathUnsafe}


def test_an_archive_in_an_archive_is_opened_to_a_depth(bundle) -> None:
    content = packed({"四.txt": b"d"})
    for depth in ("三", "二", "一"):
        content = packed({f"{depth}.zip": content, f"{depth}.txt": b"a"})
    path = bundle(content)
    within = {"包.zip/一.txt": b"a", "包.zip/一.zip/二.txt": b"a"}
    assert outcomes(path) == within | {
        "包.zip/一.zip/二.zip/三.txt": b"a",
        "包.zip/一.zip/二.zip/三.zip": ArchiveNested,
    }
    assert outcomes(path, depth=2) == within | {"包.zip/一.zip/二.zip": ArchiveNested}
    assert outcomes(path, depth=4)["包.zip/一.zip/二.zip/三.zip/四.txt"] == b"d"


def test_what_all_archives_in_a_file_bring_counts_together(bundle) -> None:
    inner = packed({f"{n}.txt": b"a" * 100 for n in range(3)}, zipfile.ZIP_STORED)
    path = bundle(packed({f"{n}.zip": inner for n in range(3)}, zipfile.ZIP_STORED))
    assert list(outcomes(path).values()) == [b"a" * 100] * 9
    found = outcomes(path, members=10)  # 3 archives, 3 members in each of the first two
    assert [found.get(f"包.zip/{n}.zip") for n in range(3)] == [None, None, ArchiveCrowded]
    found = outcomes(path, unpacked=3 * len(inner) + 700)
    assert [found.get(f"包.zip/{n}.zip") for n in range(3)] == [None, None, FileInflated]


def test_a_bomb_of_nested_archives_ends_soon(bundle) -> None:
    """The shape of 42.zip: sixteen archives in each of sixteen, and so on."""
    content = packed({"零.txt": bytes(10**4)})
    for _ in range(5):
        content = packed({f"{n:x}.zip": content for n in range(16)})
    found = outcomes(bundle(content), depth=9)
    assert set(map(type, found.values())) <= {bytes, type} and ArchiveCrowded in found.values()
    assert sum(len(value) for value in found.values() if isinstance(value, bytes)) < 2**30


def test_members_that_share_their_bytes_are_counted_each(bundle) -> None:
    """An overlapping bomb: a long list of members, all of which begin at the same place."""
    content = bytearray(packed({"弹.txt": bytes(2**20)}))
    at = content.index(b"PK\x01\x02")
    end = content.index(b"PK\x05\x06")
    entry = bytes(content[at:end])
    content[at:end] = entry * 1500
    end = content.rindex(b"PK\x05\x06")
    struct.pack_into("<HHII", content, end + 8, 1500, 1500, len(entry) * 1500, at)
    assert outcomes(bundle(bytes(content))) == {"包.zip": FileInflated}


def test_a_list_of_members_too_long_to_read(bundle) -> None:
    content = bytearray(packed({"甲.txt": b"a"}))
    struct.pack_into("<HHI", content, content.rindex(b"PK\x05\x06") + 8, 65535, 65535, 2**30)
    path = bundle(bytes(content))
    assert archive.is_archive(path)
    assert outcomes(path) == {"包.zip": ArchiveCrowded}


def test_two_members_of_the_same_name_both_go_in(bundle) -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as container, warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        for n, name in enumerate(("目/总结.txt", "目/总结.txt", "目/总结（2）.txt", "目/总结.txt")):
            container.writestr(name, str(n))
    assert outcomes(bundle(file.getvalue())) == {
        "包.zip/目/总结.txt": b"0",
        "包.zip/目/总结（2）.txt": b"2",
        "包.zip/目/总结（3）.txt": b"1",
        "包.zip/目/总结（4）.txt": b"3",
    }


def test_a_document_in_an_archive_is_none_such(bundle, package) -> None:
    content = package("<w:p/>")
    assert outcomes(bundle(packed({"报告.docx": content}))) == {"包.zip/报告.docx": content}


def test_encrypted_members_are_named(bundle) -> None:
    content = bytearray(packed({"密.txt": b"secret", "明.txt": b"b"}))
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(signature) + offset] |= 1
    assert outcomes(bundle(bytes(content))) == {"包.zip/密.txt": FileEncrypted, "包.zip/明.txt": b"b"}


def test_damaged_members_are_named(bundle) -> None:
    content = packed({"坏.txt": b"0123456789", "好.txt": b"b"}, zipfile.ZIP_STORED).replace(
        b"0123456789", b"012345678x"
    )
    assert outcomes(bundle(content)) == {"包.zip/坏.txt": FileDamaged, "包.zip/好.txt": b"b"}


def test_rare_compression_is_named(bundle) -> None:
    assert outcomes(bundle(packed({"甲.txt": b"a" * 99}, zipfile.ZIP_LZMA))) == {"包.zip/甲.txt": FormatUnsupported}


def test_a_truncated_archive_is_damaged(bundle) -> None:
    path = bundle(packed({"甲.txt": b"a" * 999})[:-30])
    (only,) = inputs(path)
    with pytest.raises(FileDamaged, match=r"包\.zip"):
        from ingest import readers

        readers.decode(only.path, only.load())


def test_an_archive_with_nothing_in_it(bundle) -> None:
    assert outcomes(bundle(packed({}))) == {"包.zip": NoFiles}


def test_too_many_members(bundle) -> None:
    assert len(outcomes(bundle(packed({f"{n}.txt": b"a" for n in range(3)})), members=3)) == 3
    assert outcomes(bundle(packed({f"{n}.txt": b"a" for n in range(4)})), members=3) == {"包.zip": ArchiveCrowded}


def test_sizes_are_limited(bundle) -> None:
    content = {"大.txt": b"a" * 101, "小.txt": b"b", "大.pdf": b"%PDF-" + b"a" * 101}
    found = outcomes(bundle(packed(content, zipfile.ZIP_STORED)), text=100, package=200)
    assert found == {"包.zip/大.txt": FileTooLarge, "包.zip/小.txt": b"b", "包.zip/大.pdf": content["大.pdf"]}
    found = outcomes(bundle(packed({"甲.txt": b"a" * 80, "乙.txt": b"b" * 80})), unpacked=150)
    assert found == {"包.zip": FileInflated}


def test_a_bomb_is_refused_before_it_is_read(bundle) -> None:
    bomb = bytes(zipped.RATIO_FROM + 1)
    assert outcomes(bundle(packed({"弹.txt": bomb}))) == {"包.zip": FileInflated}
    padding = {f"{n}.txt": bytes(range(256)) * 300 for n in range(3)}
    mixed = packed({"弹.txt": bomb}, zipfile.ZIP_DEFLATED)
    assert len(mixed) < zipped.RATIO_FROM / zipped.RATIO
    file = io.BytesIO(mixed)
    with zipfile.ZipFile(file, "a", zipfile.ZIP_STORED) as container:
        for name, content in padding.items():
            container.writestr(name, content)
    found = outcomes(bundle(file.getvalue()))
    assert found.pop("包.zip/弹.txt") is FileInflated and all(isinstance(content, bytes) for content in found.values())
    assert len(found) == 3


def test_a_member_that_lies_about_its_size_is_cut_off(bundle) -> None:
    content = bytearray(packed({"谎.txt": bytes(5_000_000)}))
    at = content.index(b"PK\x01\x02") + 24
    content[at : at + 4] = struct.pack("<I", 1000)
    assert outcomes(bundle(bytes(content))) == {"包.zip/谎.txt": FileDamaged}


def test_a_document_that_unpacks_too_far_is_refused(package) -> None:
    from ingest.readers import decode

    content = package("<w:p/>" * (zipped.RATIO_FROM // 6 + 1))
    with pytest.raises(FileInflated, match=r"弹\.docx"):
        decode(Path("弹.docx"), content)
