"""Backends of every kind, empty, and documents to put into them; all texts are invented."""

import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import pytest

from corpus.lexicon import Concept, topics
from corpus.model import Claim, ConceptMention, Document, Fact, Passage, Repair, Section, Source, digest
from corpus.store import Store
from milvus_server import Server
from search.backends.interface import Backend, Parcel
from search.backends.local import LocalBackend
from search.cache import Cache
from search.concepts import ConceptIndex
from search.embedders import Embedder
from search.finder import Finder
from search.segments import Layout

#: What queries mean.
KNOWN = (
    Concept("送清凉", ("防暑降温",), ("大热天", "给户外干活的人送水")),
    Concept("送温暖", ("走访慰问",), ("过年看望", "送米送油")),
    Concept("根治欠薪", ("追回劳动报酬",), ("讨薪", "老板不给工钱")),
    Concept("母婴室", ("爱心妈咪小屋",), ("喂奶的地方",)),
)
LABELS = ("送清凉", "走访慰问", "根治欠薪", "爱心妈咪小屋")
KINDS = ("local", "milvus-file", "milvus-server")


@dataclass(frozen=True)
class Town:
    """A report to be made: its number, whose it is, and its chapters (heading, status, paragraphs)."""

    number: int
    place: str
    code: str
    province: str
    level: str
    date: str
    chapters: Sequence[tuple[str, str, Sequence[str]]]
    type: str = "总结"
    period: str = ""
    same_as: str = ""


TOWNS = (
    Town(
        0, "宜昌市", "420500", "湖北省", "city", "2021-12-30",
        (
            ("关爱一线职工", "done", ("盛夏时节备足茶水药品，为露天岗位送清凉三百余场，惠及工友两万名。",
                                       "岁末年初组织走访慰问，把米面油送到困难工友家中，又到车站走访慰问。")),
            ("下一步打算", "plan", ("明年在码头再建十间爱心妈咪小屋。方便哺乳期女工歇脚换衣。",)),
        ),
    ),
    Town(
        1, "云南省", "530000", "云南省", "province", "2023-05-06",
        (("维护合法权益", "done", ("全省联合多部门根治欠薪，帮助九百名建筑工友追回劳动报酬。",
                                   "女工较多的园区建成爱心妈咪小屋六十间，配备冰箱和消毒柜。")),),
        type="综述", period="2022年度",
    ),
    Town(
        2, "昆明市", "530100", "云南省", "city", "2023-06-01",
        (("普惠服务", "done", ("为快递站点的小哥送清凉，发放遮阳帽八百顶。",)),),
    ),
    Town(3, "", "", "", "unknown", "", (("", "", ("职工书屋办起夜读会，读者踊跃。",)),), type=""),
)  # fmt: skip


def parcel(town: Town, further: str = "") -> Parcel:
    """A report as it is put into a backend; ``further`` is one more sentence in its first paragraph."""
    source = Source(digest(str(town.number)), f"第{town.number}份.txt", f"原处/{town.number}.txt", "utf-8", 99)
    identity = f"{source.id}-0"
    text, sections, passages, mentions, claims = f"第{town.number}份报告", [], [], [], []
    for i, (heading, status, paragraphs) in enumerate(town.chapters):
        begin, key = len(text) + 1, digest(identity, heading, str(i))
        text += "\n" + heading
        for paragraph in paragraphs:
            paragraph += "" if passages else further
            start = len(text) + 1
            text += "\n" + paragraph
            where = (start, len(text), start, len(text))
            passage = Passage(digest(identity, paragraph), identity, key, len(passages), paragraph, *where, (heading,))
            passages.append(passage)
            for label in LABELS:
                at = paragraph.find(label)
                while at >= 0:
                    at += start
                    concept = {"走访慰问": "送温暖", "爱心妈咪小屋": "母婴室"}.get(label, label)
                    mentions.append(ConceptMention(concept, identity, passage.id, at, at + len(label)))
                    at = text.find(label, at + 1)
            claim = digest(passage.id, "claim")
            said = ("document", "planned" if status == "plan" else "done")
            claims.append(
                Claim(claim, identity, passage.id, key, paragraph, start, len(text), town.place, town.code,
                      town.level, "", *said)  # type: ignore[arg-type]
            )  # fmt: skip
        sections.append(Section(key, identity, i, "", 1, "", heading, begin, len(text), status, "body"))  # type: ignore[arg-type]
    document = Document(
        identity, source.id, 0, f"第{town.number}份报告", town.place, town.code, town.province, town.level,
        town.type, town.period, town.date, "", text, same_as=town.same_as,  # type: ignore[arg-type]
    )  # fmt: skip
    mentions.sort(key=lambda one: (one.start, one.end))
    claims.sort(key=lambda one: (one.start, one.id))
    first = passages[0]
    facts = (
        Fact(digest(identity, "fact"), claims[0].id, identity, first.id, "岗位", 3.5, None, "个", "", "done", town.place,
             town.code, first.start, first.start + 2),
    )  # fmt: skip
    repairs = (Repair(source.id, identity, 0, "masked", first.start, first.start + 1, 0, 1, "某", "某", True, "隐去"),)
    return Parcel(source, document, tuple(sections), tuple(passages), tuple(claims), facts, tuple(mentions), repairs)


@pytest.fixture(scope="session")
def known() -> tuple[Concept, ...]:
    """What queries mean."""
    return KNOWN


@pytest.fixture(scope="session")
def reports() -> tuple[Parcel, ...]:
    """Four reports of different places, levels, years and kinds."""
    return tuple(map(parcel, TOWNS))


@pytest.fixture(scope="session")
def longer() -> Callable[[int, str], Parcel]:
    """One of the four, by number, with a further sentence."""
    return lambda number, further: parcel(TOWNS[number], further)


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server that all tests share: none of them may kill it."""
    pytest.importorskip("milvus_lite", reason="需要 milvus 附加包")
    running = Server(tmp_path_factory.mktemp("server"))
    yield running
    running.kill()


@pytest.fixture(scope="module")
def killable(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server that the tests of a module may kill, if they start it again."""
    pytest.importorskip("milvus_lite", reason="需要 milvus 附加包")
    running = Server(tmp_path_factory.mktemp("killable"))
    yield running
    running.kill()


#: Opens a backend of one kind: every call another handle on the same library.
Opening = Callable[[], Backend]


def finding(embedder: Embedder, concepts: tuple[Concept, ...]) -> Callable[[Store, Cache, Layout], Finder]:
    """How the indexes of a library are opened."""
    index = ConceptIndex(concepts, embedder)
    return lambda store, cache, layout: Finder(store, cache, layout, index, topics(concepts), embedder)


_NUMBERS = count()


@contextmanager
def _openings(
    request: pytest.FixtureRequest, embedder: Embedder, concepts: tuple[Concept, ...]
) -> Iterator[Callable[[str], Opening]]:
    """Makes empty libraries by kind. Handles are closed at the end."""
    handles: list[Backend] = []
    folder = Path(tempfile.mkdtemp(prefix="gongzhi-"))

    def kept(backend: Backend) -> Backend:
        handles.append(backend)
        return backend

    def made(kind: str) -> Opening:
        name = f"t{next(_NUMBERS)}"
        if kind == "local":
            find = finding(embedder, concepts)
            return lambda: kept(LocalBackend(Store.open(folder / name, create=True), find))
        pytest.importorskip("pymilvus", reason="需要 milvus 附加包")
        from search.backends.milvus import MilvusBackend

        uri = request.getfixturevalue("embedded") if kind == "milvus-file" else request.getfixturevalue("server").uri
        return lambda: kept(MilvusBackend.open(uri, embedder, name=name, create=True))

    yield made
    for backend in handles:
        backend.close()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def embedded(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The file of an embedded Milvus, for all tests of this process."""
    return str(tmp_path_factory.mktemp("embedded") / "m.db")


@pytest.fixture
def openings(
    request: pytest.FixtureRequest, embedder: Embedder, concepts: tuple[Concept, ...]
) -> Iterator[Callable[[str], Opening]]:
    with _openings(request, embedder, concepts) as made:
        yield made


@pytest.fixture(scope="module")
def module_openings(request: pytest.FixtureRequest, embedder: Embedder) -> Iterator[Callable[[str], Opening]]:
    with _openings(request, embedder, KNOWN) as made:
        yield made


@pytest.fixture(params=KINDS)
def opening(request: pytest.FixtureRequest, openings: Callable[[str], Opening]) -> Opening:
    """Opens handles on one empty library, of each kind in turn."""
    return openings(request.param)


@pytest.fixture
def backend(opening: Opening) -> Backend:
    """An empty backend, of each kind in turn."""
    return opening()
