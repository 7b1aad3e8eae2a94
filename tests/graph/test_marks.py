from hypothesis import given
from hypothesis import strategies as st

from graph.marks import quoted_spans


@given(st.text(alphabet="“”‘’「」名", max_size=30))
def test_quoted_spans_lie_between_their_marks(text: str) -> None:
    for start, end in quoted_spans(text):
        assert text[start - 1] + text[end] in {"“”", "‘’", "「」"}


def test_nested_quotation_marks_give_both_spans() -> None:
    text = "“用好‘法院+工会’模式”"
    assert [text[start:end] for start, end in quoted_spans(text)] == ["用好‘法院+工会’模式", "法院+工会"]
