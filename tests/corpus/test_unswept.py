import gc
from collections.abc import Iterator

import pytest

from corpus.unswept import unswept


@pytest.fixture(autouse=True)
def as_before() -> Iterator[None]:
    before, enabled = gc.get_threshold(), gc.isenabled()
    yield
    gc.set_threshold(*before)
    (gc.enable if enabled else gc.disable)()


@pytest.mark.parametrize("enabled", [True, False])
def test_the_collector_rests_and_goes_on_as_before_but_seldom(enabled: bool) -> None:
    gc.set_threshold(700, 10, 10)
    (gc.enable if enabled else gc.disable)()
    with unswept():
        assert not gc.isenabled()
    assert gc.isenabled() is enabled
    assert gc.get_threshold() == (50_000, 10, 10)


def test_an_error_leaves_the_collector_as_it_was() -> None:
    gc.enable()
    with pytest.raises(ValueError), unswept():
        raise ValueError
    assert gc.isenabled()
