"""What tests of containers share: wirings that a type checker is to know nothing of, and what they raise."""

from typing import Any

import pytest

from wireproof import Container, GraphError


def untyped(value: object) -> Any:
    """Return a value that fits everywhere, to be given where it does not belong."""
    return value


def wire(*sources: object, **options: object) -> Container[Any, Any]:
    """Return a container about which a type checker knows nothing."""
    make: Any = Container
    container: Container[Any, Any] = make(*sources, **options)
    return container


def annotated(function: object, **annotations: object) -> Any:
    """Return a function with the annotations it is given here, which no type checker would let it have."""
    changed: Any = function
    changed.__annotations__ = annotations
    return changed


def broken(*sources: object, **options: object) -> GraphError:
    """Return the error that a wiring that cannot work raises."""
    with pytest.raises(GraphError) as caught:
        wire(*sources, **options)
    return caught.value


def headlines(error: GraphError) -> list[str]:
    """Return the first line of each problem."""
    return [report.headline for report in error.reports]
