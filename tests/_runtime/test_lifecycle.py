"""Closing, seen from inside."""

from collections.abc import Iterator

from wireproof import Container, bind
from wireproof._runtime import lifecycle


def test_second_of_two_that_close_at_once_has_nothing_to_do() -> None:
    """Who finds the closing claimed leaves it to whoever has claimed it."""
    closed: list[int] = []

    def lend() -> Iterator[int]:
        yield 3
        closed.append(3)

    container = Container(bind(int).to(lend))
    container.resolve(int)
    lifecycle._closing[id(container)] = object()  # another thread has come so far
    container.close()
    assert closed == []
    del lifecycle._closing[id(container)]
    container.close()
    assert closed == [3]


def test_class_can_be_looked_at() -> None:
    """Tools that read every attribute of the class do not use it; what comes with first use is not there."""
    assert not hasattr(Container, "_program")
