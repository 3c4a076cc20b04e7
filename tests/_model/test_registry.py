"""The registry: decorations of keys."""

from tests._model.strings import graph
from wireproof._model.binding import Binding, Kind, Origin
from wireproof._model.registry import Registry

ORIGIN = Origin("source", "app.source", 0)


def test_decorations_in_order() -> None:
    """The last decoration of a key is the outermost, and each receives what is before it."""
    provider = Binding(Kind.FACTORY, "Users", ORIGIN, None)
    first, second = (Binding(Kind.DECORATION, "Users", ORIGIN, None) for _ in range(2))
    of = graph(first, provider, second)
    assert of.provider("Users") is second
    assert (of.registry.decorated(first), of.registry.decorated(second)) == (provider, first)


def test_decoration_without_a_key() -> None:
    """One whose key cannot be read receives nothing that is known."""
    decoration: Binding[str] = Binding(Kind.DECORATION, None, ORIGIN, None)
    assert Registry([decoration]).decorated(decoration) is None
