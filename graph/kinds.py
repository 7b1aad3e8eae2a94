"""What sort of thing a term is: by the noun it ends in, the nouns that follow it, its own build, and what is done with it."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping

from graph.counting import Occurrences
from graph.merging import segments
from graph.wording import head_of, kind_of

# Kinds that the last word of a name settles; the others are better told from the words after it.
_TELLING = frozenset({"honour", "organisation", "brand", "indicator"})
#: What the last word of a name says against words after it that tell only what is wanted of it (双15工程: 目标).
_ACTING = frozenset({"programme", "mechanism"})
# A union that is to be something: 暖心工会. Not one of a trade, a place or a level.
_STYLED = re.compile(r"^[^级层省市县区乡镇村业地上络属家+\d]{2}工会$")
_DONE = re.compile(r"(?:开展|实施|推行|启动|组织|举办|打好|打响)(?:了|好)?[“‘]?")
_ENDS = re.compile(r"[^\w]|$|和|与|及|等|的|活动|行动|工作|工程|试点|建设")
#: The share of its places at which a thing is being carried out that makes a programme of it.
_MOSTLY = 3


def kind_from(label: str, heads: Mapping[str, int]) -> str:
    """The kind of a term by its label and by the head nouns after it with how often each follows; "concept" at last."""
    own = kind_of(head_of(label))
    ranked = [
        kind for head, _ in sorted(heads.items(), key=lambda pair: (-pair[1], pair[0])) if (kind := kind_of(head))
    ]
    if "+" in label or "＋" in label:  # who or what goes together is a way of working, whatever comes of it
        return next((kind for kind in ranked if kind not in ("organisation", "concept", "slogan")), "mechanism")
    if _STYLED.match(label) and not head_of(label[:-2]):
        return next((kind for kind in ranked if kind != "organisation"), "slogan")
    if label.startswith("最美") and own in ("", "concept"):
        return "honour"
    if own in _TELLING and len(label) > 2:
        return own
    if ranked and not (own in _ACTING and ranked[0] in ("slogan", "indicator")):
        return ranked[0]
    return own or ("slogan" if len(segments(label)) > 1 or len(label) > 8 else "concept")


def carried_out(labels: Iterable[str], texts: Iterable[str]) -> frozenset[str]:
    """Those of the labels that documents mostly carry out (开展“建会强会”): they are programmes."""
    names = frozenset(labels)
    sizes: dict[str, tuple[int, ...]] = {}
    for name in sorted(names, key=lambda name: -len(name)):
        known = sizes.get(name[:1], ())
        sizes[name[:1]] = known if len(name) in known else (*known, len(name))
    seen = Occurrences(names)
    done: Counter[str] = Counter()
    for text in texts:
        seen.see(text)
        for verb in _DONE.finditer(text):
            at = verb.end()
            for size in sizes.get(text[at : at + 1], ()):
                if (name := text[at : at + size]) in names:
                    done[name] += _ENDS.match(text, at + size) is not None
                    break
    everywhere = seen.counts
    return frozenset(name for name, times in done.items() if _MOSTLY * times >= everywhere[name])
