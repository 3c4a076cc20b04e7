"""`reveal_graph` when the program runs; what it prints is compared with mypy in ``tests/mypy_plugin``."""

import pytest

from tests.wiring import untyped
from wireproof import Container, Scope, provide, reveal_graph


class Clock: ...


def test_it_prints_to_the_standard_error_stream_and_returns_the_container(capsys: pytest.CaptureFixture[str]) -> None:
    """So it can be put around any expression."""
    container = Container(provide(Clock))
    assert reveal_graph(container) is container
    printed = f"Revealed graph at APP:\n  Clock (APP) by Clock [{Clock.__module__}.Clock]\n"
    assert capsys.readouterr() == ("", printed)


def test_a_scope_is_a_container_as_well(capsys: pytest.CaptureFixture[str]) -> None:
    """The heading names it."""
    with Container(provide(Clock)).enter_scope(Scope.REQUEST) as request:
        reveal_graph(request)
    assert capsys.readouterr().err.startswith("Revealed graph at REQUEST:\n")


def test_looking_does_not_start_the_container() -> None:
    """More can be registered afterwards."""
    container = reveal_graph(Container())
    untyped(container).add_concrete(Clock)
    assert Clock in container


def test_anything_else_is_refused() -> None:
    """The message says what was given."""
    with pytest.raises(TypeError, match=r"reveal_graph\(3\): must be a container"):
        reveal_graph(3)  # type: ignore[type-var]  # pyright: ignore[reportArgumentType]  # what is tested
