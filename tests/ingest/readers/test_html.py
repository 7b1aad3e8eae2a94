"""Web pages: what stays, what goes, and how they are decoded."""

import codecs
from pathlib import Path

import pytest

from ingest.errors import EncodingUnknown, FileEmpty, MarkupTooDeep
from ingest.readers import decode

NAME = Path("页.html")
BODY = "<p>县总工会办起“夜校课堂”，受到职工欢迎。</p>"
WORDS = "县总工会办起“夜校课堂”，受到职工欢迎。"


def lines(page: str, name: Path = NAME) -> list[str]:
    return [line for line in decode(name, page.encode()).text.splitlines() if line]


@pytest.mark.parametrize(
    "around",
    [
        "<script>var 甲 = '<p>不要</p>';</script>",
        "<style>p { color: red }</style><noscript>请开启脚本</noscript><template><p>模板</p></template>",
        "<nav><p>首页 概况</p></nav><header><p>云溪工会网</p></header><footer><p>版权所有</p></footer>",
        "<aside><p>侧栏的话</p></aside><form><p>站内搜索</p><input value='词'><button>搜</button></form>",
        "<div hidden><p>藏着</p></div><p style='DISPLAY : none'>藏着</p><p aria-hidden='true'>藏着</p>",
        "<div role='navigation'>导航的话</div><div class='site-footer'>页脚的话</div><div id='breadcrumb'>路径</div>",
        "<ul><li><a href='/a'>通知公告之一</a></li><li><a href='/b'>通知公告之二</a></li></ul>",
        "<div>相关：<a href='/a'>职工书屋建设情况通报</a>、<a href='/b'>劳模疗休养安排</a></div>",
        "<p><a href='/next'>下一篇</a></p>",
        "<div>您当前的位置：<a href='/'>首页</a> &gt; 工作报告 &gt; 正文详细内容页面</div>",
        "<!-- 注 --><iframe src='x'>框架</iframe><svg><text>图</text></svg><select><option>选</option></select>",
    ],
)
def test_what_is_left_out(around: str) -> None:
    assert lines(f"<html><body>{around}{BODY}{around}</body></html>") == [WORDS]


@pytest.mark.parametrize(
    ("body", "shown"),
    [
        ("<div>一行<br>二行<br/>三行</div>", ["一行", "二行", "三行"]),
        ("<div>块前<p>块中</p>块后</div>", ["块前", "块中", "块后"]),
        ("<p>行内<b>加粗</b><span>接着</span>\n  换行处</p>", ["行内加粗接着 换行处"]),
        ("<p>&ldquo;夜校&rdquo;&#65292;&amp;课堂&#x3002;</p>", ["“夜校”，&课堂。"]),
        ("<p>&nbsp;&nbsp;缩进的段落</p><p>　　全角缩进</p>", ["\xa0\xa0缩进的段落", "　　全角缩进"]),
        ("<pre>第一行\n第二行</pre>", ["第一行", "第二行"]),
        ("<table><tr><th>县市<th>人次<tr><td>云溪<td>12</table>", ["县市\t人次", "云溪\t12"]),
        ("<table><tr><td><p>甲</p><p>乙</p></td><td>丙</td></tr></table>", ["甲 乙\t丙"]),
        (f"<table><tr><td>左栏</td><td><p>{WORDS * 12}</p><p>{WORDS}</p></td></tr></table>", ["左栏", WORDS * 12, WORDS]),
        ("<table><tr><td>1</td><td><a href='/a'>云溪化工</a></td></tr></table>", ["1\t云溪化工"]),
        ("<h2><a href='/x'>有链接的标题</a></h2><p>见<a href='/y'>办法</a>第三条规定的内容。</p>",
         ["有链接的标题", "见办法第三条规定的内容。"]),
        ("<ul><li><a href='#1'>一、回顾过去的工作</a></li><li><a href='#2'>二、今后的打算</a></li></ul>",
         ["一、回顾过去的工作", "二、今后的打算"]),
        ("<article><header><h1>题目在文中的页眉</h1></header><p>正文的话。</p></article>", ["题目在文中的页眉", "正文的话。"]),
        (f"<form id='aspnetForm'><p>{WORDS}</p></form>", [WORDS]),
        (f"<div><p>推荐阅读的话</p></div><article><p>{WORDS}</p></article>", [WORDS]),
        ("<p>没有结束标签<p>第二段", ["没有结束标签", "第二段"]),
    ],
)  # fmt: skip
def test_what_stays(body: str, shown: list[str]) -> None:
    assert lines(f"<!DOCTYPE html><html><body>{body}</body></html>") == shown


@pytest.mark.parametrize(
    ("title", "body", "first"),
    [
        ("云溪县总工会2021年工作总结", BODY, "云溪县总工会2021年工作总结"),
        ("云溪县总工会2021年工作总结_云溪工会网", BODY, "云溪县总工会2021年工作总结"),
        ("云溪县总工会2021-2022年工作总结-云溪县人民政府", BODY, "云溪县总工会2021-2022年工作总结"),
        ("云溪县总工会2021年工作总结", f"<h1>云溪县总工会<br>2021年工作总结</h1>{BODY}", "云溪县总工会"),
        ("首页", BODY, WORDS),
        ("Untitled", BODY, WORDS),
    ],
)
def test_title_is_the_first_line_where_the_body_lacks_it(title: str, body: str, first: str) -> None:
    shown = lines(f"<html><head><title>{title}</title></head><body>{body}</body></html>")
    assert shown[0] == first and "".join(shown).count("工作总结") <= 1


PAGE = "<html><head>{}<title>镕堃㐂工会工作总结</title></head><body><p>镕堃㐂工会办起“夜校课堂”。</p></body></html>"


@pytest.mark.parametrize(
    ("meta", "encode", "encoding"),
    [
        ('<meta charset="utf-8">', lambda page: page.encode(), "utf-8"),
        ('<meta http-equiv="Content-Type" content="text/html; charset=gb2312">', lambda p: p.encode("gb18030"), "gb18030"),
        ("<META CHARSET='GBK'>", lambda page: page.encode("gb18030"), "gb18030"),
        ("", lambda page: page.encode("gb18030"), "gb18030"),
        ('<meta charset="utf-8">', lambda page: page.encode("gb18030"), "gb18030"),
        ('<meta charset="gb2312">', lambda page: codecs.BOM_UTF8 + page.encode(), "utf-8"),
        ('<meta charset="gb2312">', lambda page: codecs.BOM_UTF16_LE + page.encode("utf-16-le"), "utf-16-le"),
        ('<meta charset="no-such">', lambda page: page.encode(), "utf-8"),
    ],
)  # fmt: skip
def test_encodings(meta, encode, encoding) -> None:
    read = decode(NAME, encode(PAGE.format(meta)))
    assert read.encoding == encoding
    assert read.text.splitlines()[-1] == "镕堃㐂工会办起“夜校课堂”。"


def test_traditional_pages_in_big5() -> None:
    page = '<html><head><meta charset="big5"></head><body><p>總工會辦起課堂。</p></body></html>'
    assert decode(NAME, page.encode("big5")).text == "總工會辦起課堂。"


def test_a_page_in_no_encoding_says_so() -> None:
    with pytest.raises(EncodingUnknown, match="编码"):
        decode(NAME, b'<html><meta charset="utf-8"><p>\xff\xff\xff</p>')


@pytest.mark.parametrize("name", ["页.txt", "页.doc", "页"])
def test_a_page_is_a_page_whatever_its_suffix(name: str) -> None:
    page = f"\n<?xml version='1.0'?><!-- 保存自网站 -->\n<HTML><body><nav>导航</nav>{BODY}</body></HTML>"
    assert lines(page, Path(name)) == [WORDS]


def test_a_page_of_nothing_but_links_has_no_text() -> None:
    with pytest.raises(FileEmpty):
        decode(NAME, "<html><body><ul><li><a href='/a'>甲</a><li><a href='/b'>乙</a></ul></body></html>".encode())


def test_a_page_nested_deeply_is_read() -> None:
    assert lines("<html><body>" + "<div>" * 1900 + WORDS) == [WORDS]


def test_a_page_nested_without_end_is_refused() -> None:
    with pytest.raises(MarkupTooDeep, match="嵌套"):
        decode(NAME, ("<html><body>" + "<div>" * 500_000).encode())
