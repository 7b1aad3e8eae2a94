import pytest

from corpus.revisions import Revision
from web.news import Batch, paged


def batch(number: int) -> Batch:
    return Batch(Revision(number, "2031-05-06T07:08:09+00:00", "ingest", (), False, 1, 0, 0, 0), (), (), (), ())


@pytest.mark.parametrize(
    ("lengths", "pages"),
    [
        ([], []),
        ([5], [[0]]),
        ([4, 6], [[0, 1]]),
        ([4, 7], [[0], [1]]),
        ([40, 1, 2], [[0], [1, 2]]),
        ([10, 1], [[0], [1]]),
    ],
)
def test_pages_hold_whole_batches(lengths: list[int], pages: list[list[int]]) -> None:
    made = paged(((batch(i), length) for i, length in enumerate(lengths)), 10)
    assert [[one.revision.ordinal for one in held] for held in made] == pages
