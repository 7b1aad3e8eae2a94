import unicodedata

import pytest

from ingest.readers.glyphs import is_garbage, plain


@pytest.mark.parametrize(
    ("printed", "meant"),
    [
        ("⼯", "工"),
        ("⺠", "民"),
        ("⻓", "长"),
        ("⻋", "车"),
        ("ﬁ", "fi"),
        ("豈", "豈"),
        ("工", "工"),
        ("①", "①"),
        ("（", "（"),
    ],
)
def test_shared_glyphs_are_read_as_written(printed, meant):
    assert plain(ord(printed)) == meant


@pytest.mark.parametrize("code", range(0x2F00, 0x2FD6))
def test_no_radical_is_left(code):
    assert "UNIFIED" in unicodedata.name(plain(code))


@pytest.mark.parametrize("code", [0x20, 0xA0, 0x3000, 0x0D, 0x200B, 0xAD])
def test_white_space_is_left_to_the_gaps(code):
    assert plain(code) == ""


@pytest.mark.parametrize("code", [0, 0xD800, 0xDFFF, 0x110000])
def test_what_is_no_character_is_marked(code):
    assert plain(code) == "\ufffd" and is_garbage(plain(code))


def test_private_use_is_kept_and_counts_as_garbage():
    assert is_garbage(plain(0xE123)) and not is_garbage("工")
