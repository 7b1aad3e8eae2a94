import pytest

from web.gate import ATTEMPTS, ATTEMPTS_OF_ALL, LASTS, WINDOW, Gate


class Clock:
    now = 1_000_000.0

    def __call__(self) -> float:
        return self.now


def test_the_token_and_nothing_else_opens() -> None:
    gate = Gate("开门口令")
    assert gate.admits("a", "开门口令")
    for wrong in ("", "开门", "开门口令 ", "x" * 10_000, "\udc80"):
        assert not gate.admits(wrong, wrong)


def test_without_a_token_it_is_shut() -> None:
    gate = Gate("")
    assert not gate.enabled
    assert not gate.admits("a", "")
    assert not gate.holds(gate.session())


def test_guessing_is_limited_for_all_addresses_together() -> None:
    clock = Clock()
    gate = Gate("t", clock)
    for n in range(ATTEMPTS_OF_ALL):
        assert gate.wait(str(n)) == 0
        gate.admits(str(n), "x")
    assert gate.wait("another") == WINDOW
    clock.now += WINDOW
    assert gate.wait("another") == 0


def test_guessing_is_limited_for_each_address() -> None:
    clock = Clock()
    gate = Gate("t", clock)
    for _ in range(ATTEMPTS):
        assert gate.wait("a") == 0
        gate.admits("a", "x")
    assert gate.wait("a") == WINDOW
    assert gate.wait("b") == 0
    clock.now += WINDOW - 1
    assert gate.wait("a") == 1
    clock.now += 1
    assert gate.wait("a") == 0


def test_many_addresses_are_forgotten_in_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("web.gate._MOST_ADDRESSES", 3)
    clock = Clock()
    gate = Gate("t", clock)
    for address in "abcd":
        gate.admits(address, "x")
    clock.now += WINDOW
    gate.admits("e", "x")
    assert [*gate._failures] == ["e"]


def test_a_session_lasts_and_ends() -> None:
    clock = Clock()
    gate = Gate("t", clock)
    one, other = gate.session(), gate.session()
    assert "t" not in one.split(".")
    assert gate.holds(one) and gate.holds(other)
    gate.end(one)
    assert not gate.holds(one) and gate.holds(other)
    clock.now += LASTS
    assert not gate.holds(other)


def test_a_session_cannot_be_made_up() -> None:
    gate = Gate("t")
    session = gate.session()
    expiry, nonce, signature = session.split(".")
    for made_up in (
        *("", ".", "..", "9" * 12, f"{int(expiry) + 1}.{nonce}.{signature}", f"{expiry}.{nonce}.", f"x{session}"),
        Gate("another").session(),
    ):
        assert not gate.holds(made_up)
        gate.end(made_up)
    assert gate.holds(session)
