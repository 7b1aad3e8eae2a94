"""Who reports: places of the gazetteer, enterprises and departments, and how their reports speak of them."""

import random
from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import cache

from corpus.places import Place, gazetteer
from load.words import SYSTEMS, tables

#: Share of the reports of each level.
_LEVELS = {"province": 0.15, "city": 0.45, "county": 0.3, "enterprise": 0.06, "department": 0.04}
#: Ending of a place's name → how its reports say all of it, its union, its party committee.
_FORMS = {
    "自治区": ("全区", "自治区总工会", "自治区党委"),
    "自治州": ("全州", "州总工会", "州委"),
    "自治县": ("全县", "县总工会", "县委"),
    "自治旗": ("全旗", "旗总工会", "旗委"),
    "地区": ("全地区", "地区工会", "地委"),
    "盟": ("全盟", "盟工会", "盟委"),
    "省": ("全省", "省总工会", "省委"),
    "市": ("全市", "市总工会", "市委"),
    "县": ("全县", "县总工会", "县委"),
    "旗": ("全旗", "旗总工会", "旗委"),
    "区": ("全区", "区总工会", "区委"),
}


@dataclass(frozen=True, slots=True)
class Reporter:
    """``name`` as titles have it; ``code`` is that of the place whose deeds it tells, "" for an enterprise or department.

    ``forms``: all of it, its union, its party committee; ``below``: counties that it may speak of, by name.
    """

    name: str
    short: str
    code: str
    level: str
    forms: tuple[str, str, str]
    below: tuple[Place, ...] = ()
    system: str = ""


@cache
def _reporting() -> dict[str, list[Reporter]]:
    places = [place for place in gazetteer().places if place.level != "national"]
    found: dict[str, list[Reporter]] = defaultdict(list)
    alike = Counter(place.name for place in places)
    by_code = {place.code: place for place in places}
    plain = [
        place
        for place in places
        if alike[place.name] == 1 and len(place.name) > 2 and gazetteer().resolve(place.name) == place
    ]
    below: dict[str, list[Place]] = defaultdict(list)
    for place in plain:
        if place.level == "county" and len(place.name) > 3:
            below[place.parent].append(place)
    known = {place.code for place in plain}
    for place in places:
        forms = next((forms for ending, forms in _FORMS.items() if place.name.endswith(ending)), None)
        if forms is None:
            continue
        name = place.name
        if place.code not in known:
            if place.parent not in by_code:
                continue
            name = by_code[place.parent].name + name
        children = tuple(below[place.code]) if place.level == "city" else ()
        found[place.level].append(Reporter(name, place.short, place.code, place.level, forms, children))
    return found


def reporter(chance: random.Random) -> Reporter:
    """Somebody who writes a report."""
    (level,) = chance.choices(list(_LEVELS), list(_LEVELS.values()))
    reporting = _reporting()
    if level == "enterprise":
        pools = tables()
        name = f"{chance.choice(pools['字'])}{chance.choice(pools['字'])}{chance.choice(pools['业'])}集团"
        return Reporter(name, name, "", level, ("全公司", "公司工会", "公司党委"))
    if level == "department":
        place, system = chance.choice(reporting["city"]), chance.choice(SYSTEMS)
        return Reporter(place.name, place.short, "", level, ("全系统", f"{system}工会", "局党组"), system=system)
    return chance.choice(reporting[level])
