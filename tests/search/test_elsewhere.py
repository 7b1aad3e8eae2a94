"""Other matters link nothing, and union work is never taken for them."""

from pathlib import Path

import pytest

from corpus.lexicon import lexicon, topics
from search.analyzer import squeeze
from search.concepts import ConceptIndex
from search.elsewhere import elsewhere
from search.embedders import open_embedder

STRANGERS = Path(__file__).parents[2] / "benchmarks" / "bridge_strangers.txt"


@pytest.fixture(scope="module")
def index() -> ConceptIndex:
    wholes = dict.fromkeys(topic for found in topics(lexicon()).values() for topic in found)
    return ConceptIndex(wholes, open_embedder())


def test_no_word_of_other_matters_is_one_of_ours() -> None:
    ours = {squeeze(label) for concept in lexicon() for label in (*concept.official, *concept.hidden_labels)}
    others = [squeeze(word) for field in elsewhere() for word in field]
    assert len(others) == len(set(others))
    assert not ours & set(others)


@pytest.mark.parametrize(
    "query",
    [
        "红烧肉怎么做",
        "今天股市行情",
        "hello",
        "量子力学",
        "手机壳",
        "猫咪不吃东西怎么办",
        "怎么修电脑蓝屏",
        "苹果手机多少钱",
        "土豆丝怎么炒才脆",
        "冥王星为什么被除名",
        "狼人杀规则",
        "Python 怎么读文件",
        "莎士比亚悲剧",
        "SELECT * FROM users",
        "12345",
        "😀😀😀",
    ],
)
def test_other_matters_link_nothing(index: ConceptIndex, query: str) -> None:
    assert index.link(query) == []


def test_hardly_a_query_on_other_matters_links_anything(index: ConceptIndex) -> None:
    asked = STRANGERS.read_text("utf-8").splitlines()
    assert len(asked) >= 50
    assert sum(bool(index.link(query)) for query in asked) <= len(asked) // 7


@pytest.mark.parametrize(
    ("query", "topic"),
    [
        ("大日头底下抡大锤的人，给他们端碗凉茶", "送清凉"),
        ("老板躲着不见，半年的血汗钱泡了汤", "根治欠薪"),
        ("娃儿放了假家里没人照看", "爱心托管班"),
        ("扫大街的大姐想找个地儿热口饭", "户外劳动者服务站点"),
        ("小伙子快三十了还没对象", "婚恋交友"),
        ("给跑长途的师傅弄个能冲澡睡觉的地方", "司机之家"),
        ("心里头堵得慌想找个人唠唠", "心理健康服务"),
        ("工友得了癌，大伙儿凑钱救他", "大病救助"),
        ("咱厂里的大事得让工人晓得", "厂务公开"),
        ("下棋打球比赛", "职工文体活动"),
        ("股份制企业的职工董事", "职工董事监事"),
        ("体检", "体检"),
    ],
)
def test_union_work_is_heard_in_any_words(index: ConceptIndex, query: str, topic: str) -> None:
    assert topic in [concept.label for concept, _ in index.link(query)]
