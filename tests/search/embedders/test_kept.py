"""No text is encoded twice; a file that can't be used is done without."""

import sqlite3
from collections.abc import Iterable
from pathlib import Path

import numpy as np
import pytest

from search.embedders import BUNDLED, StaticEmbedder
from search.embedders.base import Floats
from search.embedders.counted import Counted
from search.embedders.kept import FILE_NAME, Kept, VectorFile, digest, discard, remembering

TEXTS = ("为一线职工送清凉", "走访困难职工", "举办技能竞赛", "建设职工书屋")


class Desk:
    """A kept embedder and how many texts it has really encoded."""

    def __init__(self, folder: Path, size: int = 0) -> None:
        self.encoded = 0
        counted = Counted(StaticEmbedder(BUNDLED, size), self._told)
        self.kept = Kept(counted, folder / "cache" / FILE_NAME)
        self.plain = StaticEmbedder(BUNDLED, size)

    def _told(self, done: int) -> None:
        self.encoded = done

    def encode(self, texts: Iterable[str]) -> Floats:
        with remembering(self.kept) as embedder:
            return embedder.encode(texts)

    def __len__(self) -> int:
        with VectorFile(self.kept.path, self.kept.id) as file:
            return len(file)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def test_a_text_is_encoded_once(desk: Desk, tmp_path: Path) -> None:
    first = desk.encode([*TEXTS[:3], TEXTS[0]])
    assert desk.encoded == 3 and len(desk) == 3
    np.testing.assert_allclose(first, desk.plain.encode([*TEXTS[:3], TEXTS[0]]), atol=5e-4)
    second = desk.encode([TEXTS[3], TEXTS[1]])
    assert desk.encoded == 4
    np.testing.assert_array_equal(second[1], first[1])
    again = Desk(tmp_path)
    np.testing.assert_array_equal(again.encode(TEXTS), np.stack([*first[:3], second[0]]))
    assert again.encoded == 0


def test_nothing_is_asked_of_nothing(desk: Desk) -> None:
    assert desk.encode([]).shape == (0, desk.plain.size)


def test_queries_and_single_texts_are_not_kept(desk: Desk) -> None:
    np.testing.assert_array_equal(desk.kept.encode(TEXTS), desk.plain.encode(TEXTS))
    np.testing.assert_array_equal(desk.kept.encode_queries(TEXTS), desk.plain.encode(TEXTS))
    with remembering(desk.kept) as embedder:
        np.testing.assert_array_equal(embedder.encode_queries(TEXTS), desk.plain.encode(TEXTS))
    assert not len(desk)


def test_another_model_s_vectors_are_never_taken(desk: Desk, tmp_path: Path) -> None:
    desk.encode(TEXTS)
    other = Desk(tmp_path, 48)
    assert other.encode(TEXTS[:2]).shape == (2, 48) and other.encoded == 2 and len(other) == 2


def test_what_others_encoded_is_taken(desk: Desk) -> None:
    with desk.kept.keeping() as keep:
        keep([digest(text) for text in TEXTS], desk.plain.encode(TEXTS).astype(np.float16))
    np.testing.assert_array_equal(desk.encode(TEXTS), desk.plain.encode(TEXTS).astype(np.float16).astype(np.float32))
    assert desk.encoded == 0


def test_a_vector_of_another_length_is_encoded_anew(desk: Desk) -> None:
    with desk.kept.keeping() as keep:
        keep([digest(TEXTS[0])], np.ones((1, 5), np.float16))
    np.testing.assert_allclose(desk.encode(TEXTS[:1]), desk.plain.encode(TEXTS[:1]), atol=5e-4)
    assert desk.encoded == 1


def test_what_nothing_wants_any_more_is_cleared_away(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("search.embedders.kept._LEAST", 3)
    desk.encode(TEXTS)
    # What was asked for since the last clearing stays, whoever asked for it: words of claims are wanted by no passage.
    desk.kept.clear(lambda: TEXTS[:1])
    assert len(desk) == 4
    desk.encode(TEXTS[1:2])
    desk.kept.clear(lambda: pytest.fail("nothing has gathered since"))
    desk.encode(["来年再建驿站", "来年再办夜校"])
    desk.kept.clear(lambda: TEXTS[:1])
    assert len(desk) == 4
    before = desk.encoded
    desk.encode([TEXTS[0], TEXTS[1], "来年再建驿站", "来年再办夜校"])
    assert desk.encoded == before
    desk.encode(TEXTS[2:])
    assert desk.encoded == before + 2


@pytest.mark.parametrize("content", [b"no database", b"SQLite format 3\0" + b"\1" * 4096])
def test_a_damaged_file_is_made_anew(desk: Desk, content: bytes) -> None:
    desk.kept.path.parent.mkdir()
    desk.kept.path.write_bytes(content)
    np.testing.assert_allclose(desk.encode(TEXTS), desk.plain.encode(TEXTS), atol=5e-4)
    desk.encode(TEXTS)
    desk.encode(TEXTS)
    assert desk.encoded <= 8 and len(desk) == 4


def test_a_file_damaged_inside_is_made_anew(desk: Desk) -> None:
    with VectorFile(desk.kept.path, desk.kept.id) as file:
        file.put([digest(str(n)) for n in range(500)], np.ones((500, desk.plain.size), np.float16))
    whole = bytearray(desk.kept.path.read_bytes())
    whole[8192:] = b"\xff" * (len(whole) - 8192)
    desk.kept.path.write_bytes(whole)
    np.testing.assert_allclose(desk.encode(TEXTS), desk.plain.encode(TEXTS), atol=5e-4)
    desk.encode(TEXTS)
    assert desk.encoded <= 8 and len(desk) == 4


def test_without_a_file_everything_is_encoded(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file where the folder should be")
    for times in (1, 2):
        np.testing.assert_array_equal(desk.encode(TEXTS), desk.plain.encode(TEXTS))
        assert desk.encoded == 4 * times
    with desk.kept.keeping() as keep:
        keep([b""], np.ones((1, 2), np.float16))
    desk.kept.clear(lambda: pytest.fail("there is nothing to clear"))


def test_a_locked_file_is_done_without_and_stays(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("search.embedders.kept._WAIT", 0)
    desk.encode(TEXTS[:2])
    other = sqlite3.connect(desk.kept.path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    np.testing.assert_allclose(desk.encode(TEXTS), desk.plain.encode(TEXTS), atol=5e-4)
    other.execute("ROLLBACK")
    other.close()
    assert len(desk) == 2


def test_a_file_begun_in_vain_leaves_nothing(desk: Desk, tmp_path: Path) -> None:
    desk.encode(TEXTS)
    discard(desk.kept.path)
    assert not (tmp_path / "cache").exists()
    desk.encode(TEXTS)
    (tmp_path / "cache" / "other").mkdir()
    discard(desk.kept.path)
    assert [path.name for path in (tmp_path / "cache").iterdir()] == ["other"]


def test_a_static_model_is_left_as_it_is(desk: Desk) -> None:
    with remembering(desk.plain) as embedder:
        assert embedder is desk.plain
