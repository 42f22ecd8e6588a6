"""The turns of exports: one at a time, after searches, and whole."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from search_app import create_app
from search_app.exports.slots import Slots
from search_app.server.priority import Priority
from search_app.timed_app import TimedApp

SECONDS = 20
"""Longer than anything here takes on a busy machine."""


@pytest.fixture
def priority() -> Priority:
    return Priority()


@pytest.fixture
def slots(priority: Priority) -> Slots:
    return Slots(4, priority)


def test_long_work_waits_until_the_last_short_request_is_answered(priority: Priority) -> None:
    answered: list[str] = []
    begun = threading.Event()

    def answer(name: str, others: threading.Event | None) -> None:
        with priority.short():
            begun.set()
            if others:
                others.wait(SECONDS)
            time.sleep(0.1)
            answered.append(name)

    first_done = threading.Event()
    with ThreadPoolExecutor(2) as pool:
        last = pool.submit(answer, "last", first_done)
        assert begun.wait(SECONDS)
        pool.submit(answer, "first", None).add_done_callback(lambda _: first_done.set())
        assert priority.give_way(SECONDS)
        assert answered == ["first", "last"]
        last.result()


def test_an_export_goes_on_although_searches_never_end(slots: Slots, priority: Priority) -> None:
    with priority.short():
        assert "".join(slots.by_turns(iter("fog"))) == "fog"


def test_an_error_in_a_short_request_lets_long_work_go_on(priority: Priority) -> None:
    with pytest.raises(ZeroDivisionError), priority.short():
        raise ZeroDivisionError
    assert priority.give_way(SECONDS)


def test_exports_are_made_one_at_a_time_and_each_is_whole(slots: Slots) -> None:
    at_once, most = 0, 0

    def chunks(name: str) -> Iterator[str]:
        nonlocal at_once, most
        for number in range(300):
            at_once += 1
            most = max(most, at_once)
            sum(range(2000))
            at_once -= 1
            yield f"{name}{number} " if number % 3 else ""

    with ThreadPoolExecutor(4) as pool:
        made = list(pool.map(lambda name: "".join(slots.by_turns(chunks(name))), "abcd"))
    assert most == 1
    assert made == ["".join(chunks(name)) for name in "abcd"]


def test_an_export_with_much_to_make_gives_the_turn_away(slots: Slots) -> None:
    def endless() -> Iterator[str]:
        while True:
            yield "fog"

    exports = slots.by_turns(endless()), slots.by_turns(endless())
    for _ in range(3):
        for each in exports:
            assert next(each)


def test_an_error_midway_is_raised_and_ends_the_turn(slots: Slots) -> None:
    def fails() -> Iterator[str]:
        yield "fog"
        raise OSError("gone")

    usual = sys.getswitchinterval()
    with pytest.raises(OSError, match="gone"):
        list(slots.by_turns(fails()))
    assert sys.getswitchinterval() == usual
    assert list(slots.by_turns(iter(["harbour"]))) == ["harbour"]


@pytest.mark.parametrize(
    ("address", "is_first"), [("/search", True), ("/search.json", True), ("/search.csv", False)]
)
def test_all_go_before_exports(site_index: Path, address: str, is_first: bool) -> None:
    app = create_app(site_index)
    assert isinstance(app, TimedApp)
    endpoint, _ = app.url_map.bind("localhost").match(address)
    app.view_functions[endpoint] = lambda **_: str(not app.priority.give_way(0))
    assert app.test_client().get(address).text == str(is_first)
