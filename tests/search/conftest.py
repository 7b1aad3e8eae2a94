"""A mini library with invented texts, and a tiny embedder, for the tests of searching."""

import shutil
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import numpy as np
import pytest

from corpus.lexicon import Concept
from corpus.model import (
    Claim,
    ConceptMention,
    Document,
    ParsedDocument,
    ParsedSource,
    Passage,
    Section,
    Source,
    digest,
)
from corpus.said import Doer, Manner, Said
from corpus.store import FILE_NAME, Store
from gongzhi.build import ingest
from search import clauses, suggest
from search.analyzer import squeeze
from search.claims import ClaimIndex
from search.concepts import ConceptIndex
from search.embedders import StaticEmbedder
from search.embedders.train import save
from search.engine import Engine
from search.matching import Matcher
from search.suggest import Name, Names

CONCEPTS = (
    Concept(
        "送清凉",
        ("防暑降温", "高温慰问"),
        ("大热天", "给户外干活的人送水", "绿豆汤"),
        negative_labels=("送清凉油广告",),
        broader=("四季关怀",),
        related=("送温暖",),
    ),
    Concept("送温暖", ("走访慰问",), ("过年看望", "送米送油", "寒冬"), related=("送清凉",)),
    Concept("根治欠薪", ("追回劳动报酬",), ("讨薪", "老板不给工钱", "要工钱", "血汗钱")),
    Concept("母婴室", ("爱心妈咪小屋",), ("喂奶的地方", "哺乳", "背奶")),
    Concept("劳动竞赛", ("比学赶超",), ("干活比赛", "比一比谁干得快")),
)
# title, place, code, province, level, date, [(heading, status, [paragraphs])]; all invented
Chapter = tuple[str, str, Sequence[str]]
DOCUMENTS: tuple[tuple[str, str, str, str, str, str, Sequence[Chapter]], ...] = (
    (
        "青禾市总工会年度工作总结",
        "宜昌市",
        "420500",
        "湖北省",
        "city",
        "2021-12-30",
        (
            (
                "关爱一线职工",
                "done",
                (
                    "盛夏时节，各级工会备足茶水药品，为露天岗位开展送清凉三百余场，惠及工友两万名。",
                    "岁末年初组织走访慰问，把米面油送到困难工友家中，发放款物八十万元。",
                ),
            ),
            ("下一步打算", "plan", ("明年将在车站码头再建十间爱心妈咪小屋，方便哺乳期女工。",)),
        ),
    ),
    (
        "云岭省工会综述",
        "云南省",
        "530000",
        "云南省",
        "province",
        "2023-05-06",
        (
            (
                "维护合法权益",
                "done",
                (
                    "全省工会联合多部门根治欠薪，帮助九百名建筑工友追回劳动报酬一千二百万元。",
                    "在工地一线深入开展劳动竞赛，掀起比学赶超热潮，提前四十天完成桥梁合龙。",
                ),
            ),
            ("普惠服务", "done", ("女工较多的园区建成爱心妈咪小屋六十间，配备冰箱和消毒柜。",)),
        ),
    ),
    (
        "云岭省工会综述摘登",
        "昆明市",
        "530100",
        "云南省",
        "city",
        "2023-06-01",
        (
            (
                "维护合法权益",
                "done",
                ("全省工会联合多部门根治欠薪，帮助九百名建筑工友追回劳动报酬一千二百万元。",),
            ),
        ),
    ),
)


def parsed(documents: Sequence[tuple[str, str, str, str, str, str, Sequence[Chapter]]]) -> ParsedSource:
    """A source of invented documents, as reading a file gives it."""
    content = repr(documents).encode()
    identity = digest(repr(documents))
    source = Source(identity, "mini.txt", f"{identity}.txt", "utf-8", len(content))
    out = []
    for number, (title, place, code, province, level, date, chapters) in enumerate(documents):
        identity = f"{source.id}-{number}"
        text = title
        sections: list[Section] = []
        passages: list[Passage] = []
        for i, (heading, status, paragraphs) in enumerate(chapters):
            start = len(text) + 1
            text += "\n" + heading
            section = digest(identity, heading)
            for paragraph in paragraphs:
                at = len(text) + 1
                text += "\n" + paragraph
                where = (at, len(text), at, len(text))
                key = digest(identity, paragraph)
                passages.append(Passage(key, identity, section, len(passages), paragraph, *where, (heading,)))
            sections.append(
                Section(section, identity, i, "", 1, "", heading, start, len(text), status, "body")  # type: ignore[arg-type]
            )
        document = Document(
            identity,
            source.id,
            number,
            title,
            place,
            code,
            province,
            level,
            "总结",
            "",
            date,
            "",
            text,  # type: ignore[arg-type]
        )
        out.append(ParsedDocument(document, tuple(sections), tuple(passages), ()))
    return ParsedSource(source, content, tuple(out), ())


def concept_mentions(source: ParsedSource, concepts: Iterable[Concept]) -> list[ConceptMention]:
    """Mentions of official labels, found by plain search."""
    found = []
    for item in source.documents:
        for passage in item.passages:
            for concept in concepts:
                for label in concept.official:
                    at = passage.text.find(label)
                    if at >= 0:
                        start = passage.start + at
                        found.append(
                            ConceptMention(concept.label, item.document.id, passage.id, start, start + len(label))
                        )
    return found


def fill(store: Store, documents: Sequence[tuple[str, str, str, str, str, str, Sequence[Chapter]]] = DOCUMENTS) -> None:
    """Put invented documents into a store, with the concepts they mention."""
    source = parsed(documents)
    with store.write():
        store.put_source(source)
        store.insert(concept_mentions(source, CONCEPTS))


@pytest.fixture(scope="session")
def concepts() -> tuple[Concept, ...]:
    return CONCEPTS


@pytest.fixture
def refill() -> Callable[..., None]:
    return fill


@pytest.fixture
def index_of(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Iterable[Claim]], ClaimIndex]:
    """Makes the index of claims that are in no library."""

    def short(claim: Claim) -> Said:
        doer = Doer(claim.place, claim.place_code, claim.level)
        manner = Manner(claim.how, claim.status, claim.parent, claim.parent_code, claim.period, figured=False)
        return Said(claim.id, claim.document_id, claim.start, claim.end, claim.text, doer, manner)

    def made(claims: Iterable[Claim]) -> ClaimIndex:
        known = {claim.id: claim for claim in claims}
        folder = tmp_path_factory.mktemp("claims")
        clauses.build(folder, (short(claim) for claim in known.values()))
        return ClaimIndex([folder], lambda ids: {i: known[i] for i in ids if i in known})

    return made


#: What the claims of the matcher below say.
MATCHED = (
    "建成夜班食堂九座。",
    "打造通宵食堂，添置长椅。",
    "开办“橙色护航”讲堂。",
    "开展船工水上安全演练比赛。",
    "组织职工钓鱼。",
)


@pytest.fixture
def matcher(index_of: Callable[[Iterable[Claim]], ClaimIndex]) -> Matcher:
    claims = (
        Claim(str(n), "d", "p", "", text, 0, len(text), "宜昌市", "420500", "city", "", "document", "done")
        for n, text in enumerate(MATCHED)
    )
    return Matcher(index_of(claims), ConceptIndex((Concept("夜班食堂", ("通宵食堂",), ("半夜吃饭的地方",)),)))


@pytest.fixture(scope="session")
def mini(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the mini library, for those who only read it."""
    folder = tmp_path_factory.mktemp("mini")
    with Store.open(folder, create=True) as store:
        fill(store)
    return folder


@pytest.fixture
def library(mini: Path, tmp_path: Path) -> Path:
    """A folder with the mini library, not opened for asking yet."""
    copy = tmp_path / "library"
    copy.mkdir()
    shutil.copy(mini / FILE_NAME, copy)
    return copy


@pytest.fixture(scope="session")
def embedder(tmp_path_factory: pytest.TempPathFactory) -> StaticEmbedder:
    """A model whose tokens are the characters of the mini library, each with a fixed random vector."""
    from tokenizers import Regex, Tokenizer, models, pre_tokenizers

    text = squeeze(repr(DOCUMENTS) + repr(CONCEPTS))
    characters = sorted(set(text))
    tokenizer = Tokenizer(models.Unigram([("[UNK]", -20.0), *((c, -5.0) for c in characters)], unk_id=0))
    tokenizer.pre_tokenizer = pre_tokenizers.Split(Regex(r"[^\p{L}\p{N}]+"), "removed")
    vectors = np.random.default_rng(1).standard_normal((len(characters) + 1, 64)).astype(np.float32)
    vectors[0] = 0
    folder = tmp_path_factory.mktemp("model")
    save(folder, tokenizer, vectors)
    return StaticEmbedder(folder)


@pytest.fixture(scope="session")
def towns(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    """Two reports of one city, one of another city, one of a province: read by the real pipeline, all invented."""
    folder = tmp_path_factory.mktemp("towns")
    ingest(folder, [Path(__file__).with_name("towns")])
    return Engine.open(folder)


#: What the index of names below holds.
NAMED = (
    Name("三送行动", "term", "项目，有解释", 9),
    Name("三送行动", "term", "项目，有解释", 9, "三送"),
    Name("职工书屋", "term", "机构", 8),
    Name("职工书吧", "term", "机构", 1),
    Name("四大工程", "term", "项目", 5),
    Name("1+3", "term", "模式", 2),
    Name("送清凉", "topic", "", 7),
    Name("高温慰问", "topic", "同“送清凉”", 7),
    Name("送清凉", "topic", "说的是“发绿豆汤”", 7, "发绿豆汤"),
    Name("宜昌市", "place", "市级", 20),
    Name("宜昌市", "place", "市级", 20, "宜昌"),
    Name("重庆市", "place", "省级", 3),
    Name("关爱一线职工", "heading", "2 份文献的标题", 2),
    Name("青禾市总工会工作总结", "document", "宜昌市", 1),
)


@pytest.fixture(scope="session")
def named(tmp_path_factory: pytest.TempPathFactory) -> Names:
    """An index of a few names."""
    folder = tmp_path_factory.mktemp("names")
    suggest.build(folder, NAMED, {})
    return Names(folder)


def _bert(folder: Path, labels: int = 0) -> Path:
    """A transformer of two layers with random weights and a word piece for each of a few characters."""
    transformers = pytest.importorskip("transformers", reason="需要 neural 附加包")
    torch = pytest.importorskip("torch", reason="需要 neural 附加包")
    folder.mkdir(exist_ok=True)
    words = [
        "[PAD]",
        "[UNK]",
        "[CLS]",
        "[SEP]",
        "[MASK]",
        *sorted(set("夏天送清凉冬温暖为这个句子生成表示以用于检索相关文章：")),
    ]
    (folder / "vocab.txt").write_text("\n".join(words), "utf-8")
    torch.manual_seed(5)
    config = transformers.BertConfig(
        vocab_size=len(words), hidden_size=32, num_hidden_layers=2, num_attention_heads=2, intermediate_size=64,
        max_position_embeddings=128, initializer_range=0.5, **({"num_labels": labels} if labels else {}),
    )  # fmt: skip
    kind = transformers.BertForSequenceClassification if labels else transformers.BertModel
    kind(config).save_pretrained(folder)
    transformers.BertTokenizerFast(str(folder / "vocab.txt"), model_max_length=128).save_pretrained(folder)
    return folder


@pytest.fixture(scope="session")
def tiny_bert(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A sentence encoder made here: nothing is downloaded."""
    return _bert(tmp_path_factory.mktemp("tiny") / "tiny-bge-small-zh")


@pytest.fixture(scope="session")
def tiny_cross(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return _bert(tmp_path_factory.mktemp("tiny") / "cross", 1)


@pytest.fixture(scope="session")
def tiny_classifier(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return _bert(tmp_path_factory.mktemp("tiny") / "three", 3)
