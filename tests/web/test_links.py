import pytest

from web import links


@pytest.mark.parametrize(
    ("label", "address"),
    [("甲/乙", "/terms/%E7%94%B2%2F%E4%B9%99"), ('"?#', "/terms/%22%3F%23"), ("1+3", "/terms/1%2B3")],
)
def test_a_label_is_one_segment(label: str, address: str) -> None:
    assert links.term(label) == address


def test_empty_parameters_are_left_out() -> None:
    assert links.url("/search", q="驿站&", place="", page=None) == "/search?q=%E9%A9%BF%E7%AB%99%26"
    assert links.url("/search") == "/search"


def test_a_sentence_is_reached_by_its_span() -> None:
    assert links.document("a-1", 0, 9) == "/documents/a-1?at=0-9#at"
    assert links.document("a-1") == "/documents/a-1"


def test_the_network_and_the_sentences_of_a_term() -> None:
    assert links.graph() == "/graph"
    assert links.graph("1+3", "四送") == "/graph?term=1%2B3&to=%E5%9B%9B%E9%80%81"
    assert links.mentions("1+3") == "/terms/1%2B3?all=1"
    assert links.mentions("甲/乙", 2) == "/terms/%E7%94%B2%2F%E4%B9%99?all=1&page=2"


def test_a_place_is_one_segment_too() -> None:
    assert links.place("荆州市") == "/place/%E8%8D%86%E5%B7%9E%E5%B8%82"
    assert links.place("甲/乙") == "/place/%E7%94%B2%2F%E4%B9%99"


def test_the_pages_of_places() -> None:
    assert links.years("甲/乙") == "/place/%E7%94%B2%2F%E4%B9%99/years"
    assert links.compare() == "/compare"
    assert links.compare("甲", "乙&", "/compare.csv") == "/compare.csv?a=%E7%94%B2&b=%E4%B9%99%26"
