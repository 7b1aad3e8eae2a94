"""What a sentence shows of a naming beside what it says of it: is it a name, what stands in a row with it?

It is told once, when a document is read; ``graph.terms`` holds it together over all documents.
"""

import re
from hashlib import blake2s

from corpus.places import gazetteer
from graph.definitions.copula import AMONG
from graph.definitions.purpose import category
from graph.merging import segments
from graph.namings import Naming, Sentence
from graph.numerals import count
from graph.quotations import provided
from graph.sightings import CREATED, MEANT, NAME, QUOTED, SHORTENED, WEAK
from graph.variants import fold
from graph.wording import CONTINUING, CREATING, NAMING, head_of, kind_of, near

_NAMED = re.compile(
    rf"(?:{CREATING}|{CONTINUING})(?:了|好|起)?(?:[^，。；：、“”的]{{0,6}})(?:[“‘][^“”‘’]*[”’][、和]?)*$"
)
_OBJECT = re.compile(rf"(?:{NAMING})(?:了|好)?(?:[“‘][^“”‘’]*[”’][、和]?)*$")
_CREATED = re.compile(rf"(?:(?:{CREATING})(?:了|起)?[^，。；：、“”的]{{0,4}}|——|[把将])$")
_MEASURED = re.compile(
    r"(?:月|年|天|日|小时|分钟|百分点|方面|问题|第一|之一|工种|项措施|项工作|项内容|项功能|个阶段|步)$"
)
_EXHORTS = re.compile(r"^(?:加快|进一步|不断|持续|切实|全力|着力)|必须|应当")
_MEANS = re.compile(r"，?(?:是指|指的是|意为)")
_SHORT = re.compile(r"简称|统称")
# A quoted name in a row that ends in 等…平台, or one that is counted (8家“爱心母婴室”).
_IN_A_ROW = re.compile(
    r"^[、和]?(?:[^，。；：、“”]{0,4}[“‘][^“”‘’]{2,12}[”’][、和]?|[^，。；：、“”等]{2,8}[、和])*[^，。；：、“”]{0,8}"
    r"等(?:系列|特色|一批|多个|各类)?[^，。；：、“”]{0,6}(?:应用|平台|品牌|项目|活动|行动|工程|课堂|服务|小程序|App|APP)"
)
_COUNTED = re.compile(r"\d(?:余|多)?[名个家间所支座辆枚]$")
_COUNTS = re.compile(r"^\d+(?:余|多)?[名个家间所支座辆枚人]")
_LEFT, _RIGHT = re.compile(r"[“‘]([^“”‘’]+)[”’][、和]?$"), re.compile(r"^[、和]?[“‘]([^“”‘’]+)[”’]")
_QUOTES = re.compile(r"[“‘]([^“”‘’]+)[”’]")


def number(text: str) -> int:
    """Sixty-three bits that identify a text."""
    return int.from_bytes(blake2s(text.encode(), digest_size=8).digest(), "big") >> 1


def traits(naming: Naming, sentence: Sentence) -> int:
    """The bits of ``graph.sightings`` that hold for a naming; those that its form never asks for are left out."""
    found = WEAK if naming.weak else 0
    if naming.form == "quoted":
        if not _EXHORTS.search(naming.core) and not provided(sentence.before(naming)):
            found |= QUOTED | (NAME if _is_name(naming, sentence) else 0)
    elif naming.form == "name":
        found |= CREATED if near(_CREATED, sentence.before(naming)) else 0
    elif naming.form == "subject":
        rest = sentence.after(naming)
        found |= MEANT if _MEANS.match(rest) or AMONG.match(rest) else 0
    elif naming.form == "bracket":
        found |= SHORTENED if _SHORT.search(sentence.before(naming)[-6:]) else 0
    return found


def _is_name(naming: Naming, sentence: Sentence) -> bool:
    """The gate for one quoted naming: is it a name, not speech or a figure of speech?"""
    name = fold(naming.core)
    if "+" in name and len(name) >= 3:
        return True
    if count(name) > 1 and len(name) <= 16:
        return not _MEASURED.search(name)
    if naming.weak:
        return False
    parts = segments(naming.core)
    if naming.tail and kind_of(head_of(naming.tail)):
        return True
    place = gazetteer().find(naming.core) if len(name) > 3 else []
    if place and place[0].start == 0 and place[0].end < len(naming.core):
        return True
    before = sentence.before(naming)
    if head_of(name) and len(name) >= 4:
        return kind_of(head_of(name)) in ("brand", "honour", "organisation") or near(_NAMED, before)
    if len(parts) > 1 and len({len(part) for part in parts}) == 1 and len(parts[0]) >= 3:
        return True
    after = sentence.after(naming)
    if len(name) >= 4 and (_COUNTED.search(before) or _COUNTS.match(after)):
        return True
    if len(name) >= 3 and after[:1] in ("、", "“", "和") and _IN_A_ROW.match(after):
        return True
    return near(_OBJECT, before) or category(naming, sentence) is not None


def beside(naming: Naming, sentence: Sentence) -> tuple[str, ...]:
    """Quoted names that vouch for a quoted naming without a tail where they are terms: those right beside it, and others
    of its series in the sentence (海岛课堂, 渔港课堂)."""
    if naming.form != "quoted" or naming.tail or naming.weak:
        return ()
    sides = _LEFT.search(sentence.before(naming)), _RIGHT.match(sentence.after(naming))
    found = {side[1]: None for side in sides if side}
    own = fold(naming.core)
    for other in _QUOTES.findall(sentence.own) if len(own) > 3 else ():
        alike = fold(other)
        if alike != own and alike[-2:] == own[-2:] and len(alike) == len(own):
            found[other] = None
    return tuple(found)
