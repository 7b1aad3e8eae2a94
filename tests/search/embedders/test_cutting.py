"""Cutting many texts at once gives the tokens that the tokenizer gives one by one."""

from hypothesis import given
from hypothesis import strategies as st

from search.embedders import BUNDLED, StaticEmbedder
from search.embedders.cutting import Unigram

EMBEDDER = StaticEmbedder(BUNDLED)
TEXTS = [
    "渔港工会为200名船员办了夜校，人均补贴1,500元。",
    "“船讯+”服务：①送冰 ②送药；㎡、Ⅱ、ﬁ、Å都是要先化开的字符",
    "ＡＢＣ Straße ΣΑΣ 𠮷野家 👍 龘靐齉",
    "",
    "。。。",
    "工" * 300,
]
Letters = st.text(st.sampled_from("渔港船员工会职代表大服务站点送清凉abc12Ａ①𠮷，。 \n龘"), max_size=30)


def one_by_one(texts: list[str]) -> list[list[int]]:
    known = EMBEDDER.vectors.any(axis=1)
    encodings = EMBEDDER.tokenizer.encode_batch_fast(texts, add_special_tokens=False)
    return [[token for token in encoding.ids if known[token]] for encoding in encodings]


def together(texts: list[str]) -> list[list[int]]:
    known = EMBEDDER.vectors.any(axis=1)
    unigram = EMBEDDER._unigram
    assert unigram is not None
    tokens, lengths = unigram.cut(texts)
    found, rest = [], tokens.tolist()
    for length in lengths.tolist():
        found.append([token for token in rest[:length] if known[token]])
        rest = rest[length:]
    assert not rest
    return found


def test_the_tokens_are_the_tokenizers() -> None:
    assert together(TEXTS) == one_by_one(TEXTS)


@given(st.lists(Letters, max_size=8))
def test_whatever_the_texts(texts: list[str]) -> None:
    assert together(texts) == one_by_one(texts)


def test_more_than_goes_together() -> None:
    many = TEXTS * 60
    assert together(many) == one_by_one(TEXTS) * 60


def test_of_equal_ways_the_one_whose_last_token_is_longest_is_taken() -> None:
    unigram = Unigram([("?", 0.0), ("a", -1.0), ("ab", -2.0), ("b", -1.0), ("c", -9.0)], 0)
    tokens, lengths = unigram.cut(["ab ba x a"])
    assert tokens.tolist() == [2, 3, 1, 1] and lengths.tolist() == [4]
