"""How often something that costs may be asked for."""

from web.allowance import Allowance


def test_an_address_has_its_share_and_all_have_theirs() -> None:
    now = [100.0]
    allowance = Allowance(each=2, whole=3, window=60, now=lambda: now[0])
    assert [allowance.take("甲"), allowance.take("甲")] == [0, 0]
    now[0] += 10
    assert allowance.take("甲") == 50
    assert allowance.take("乙") == 0
    assert allowance.take("丙") == 50, "all together had three"
    now[0] += 50
    assert [allowance.take("甲"), allowance.take("丙")] == [0, 0]


def test_what_is_refused_does_not_count() -> None:
    now = [0.0]
    allowance = Allowance(each=1, whole=9, window=60, now=lambda: now[0])
    assert allowance.take("甲") == 0
    for _ in range(20):
        now[0] += 2
        allowance.take("甲")
    now[0] = 61
    assert allowance.take("甲") == 0


def test_many_addresses_are_not_kept_for_ever() -> None:
    allowance = Allowance(each=1, whole=100_000, window=60, now=lambda: 0.0)
    for number in range(3000):
        assert allowance.take(str(number)) == 0
    assert allowance.take("2999") > 0
