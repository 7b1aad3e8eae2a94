import unicodedata

import pytest

from ingest.readers.glyphs import is_garbage, plain, wide_marks


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


@pytest.mark.parametrize(
    ("recognised", "meant"),
    [
        ("(一）抓培训", "（一）抓培训"),
        ("（二)抓维权", "（二）抓维权"),
        ("(1)办班36期", "（1）办班36期"),
        ("职工说:“好!”，走了;又来", "职工说：“好！”，走了；又来"),
        ("云溪(试点)县,青石镇", "云溪（试点）县，青石镇"),
        ("比例为1:2，共3,200人(次", "比例为1:2，共3,200人（次"),
        ("Wi-Fi (5G), PM2.5", "Wi-Fi (5G), PM2.5"),
        ("配备设备8台(套)", "配备设备8台（套）"),
    ],
)
def test_marks_in_recognised_chinese_are_wide(recognised, meant):
    assert wide_marks(recognised) == meant and len(meant) == len(recognised)
