"""Closing, seen from inside."""

from collections.abc import Iterator

from wireproof import Container, bind


def test_second_of_two_that_close_at_once_has_nothing_to_do() -> None:
    """Who finds the closing claimed leaves it to whoever has claimed it."""
    closed: list[int] = []

    def lend() -> Iterator[int]:
        yield 3
        closed.append(3)

    container = Container(bind(int).to(lend))
    container.resolve(int)
    del container._ending  # another thread has come so far
    container.close()
    assert closed == []
    container._ending = None
    container.close()
    assert closed == [3]


def test_class_can_be_looked_at() -> None:
    """Tools that read every attribute of the class do not use it; what comes with first use is not there."""
    assert not hasattr(Container, "_program")
