"""Annotations with names that do not exist, which need no quotes from Python 3.14 on."""

import sys
from typing import Any

import pytest

from wireproof import Container, GraphError, Injected, provide
from wireproof._inspect.signatures import read_parameters, read_product

pytestmark = pytest.mark.skipif(sys.version_info < (3, 14), reason="only then annotations are evaluated when asked for")


class Config:
    pass


def written(source: str) -> Any:
    """Return the function ``target`` of a module that does without ``from __future__ import annotations``."""
    names: dict[str, Any] = {"Config": Config, "Injected": Injected}
    exec(compile(source, "made_up.py", "exec", dont_inherit=True), names)  # noqa: S102  # what older ones cannot parse
    return names["target"]


def test_one_name_leaves_the_others_readable() -> None:
    """What can be evaluated is, and the rest says which name there is not."""
    config, price = read_parameters(written("def target(config: Config, price: list[Decimal]): ..."))
    assert config.parameter is not None
    assert config.parameter.key is Config
    assert price.parameter is not None
    assert price.parameter.untyped.startswith('the name "Decimal" in its annotation does not exist at run time')


def test_such_a_name_as_the_result() -> None:
    """It is said of the result as well, and does not matter to the parameters."""
    target = written("def target(config: Config) -> Decimal: ...")
    assert read_product(target, None).reading.untyped.startswith('the name "Decimal"')
    assert len(read_parameters(target)) == 1


def test_such_a_name_with_a_default() -> None:
    """A parameter that cannot be read is no matter if it has a default."""
    assert read_parameters(written("def target(price: Decimal | None = None): ...")) == ()


def test_a_class_that_comes_later() -> None:
    """What is defined below is there when a container is made."""
    target = written("class target:\n    def __init__(self, other: Later): ...\nclass Later: ...")
    assert isinstance(
        Container(provide(target), provide(target.__init__.__annotations__["other"])).resolve(target), target
    )


def test_the_graph_says_which_name() -> None:
    """A target with such a parameter is one problem of the graph, not an error of its own."""
    target = written("class target:\n    def __init__(self, other: Missing): ...")
    with pytest.raises(GraphError, match='the name "Missing" in its annotation does not exist'):
        Container(provide(target))


def test_injecting_beside_such_a_name() -> None:
    """Only what is injected has to be known."""
    injected = Container(provide(Config)).inject(written("def target(price: Decimal, it: Injected[Config]): return it"))
    assert isinstance(injected(3), Config)


def test_injecting_such_a_name() -> None:
    """What is to be injected has to exist."""
    with pytest.raises(TypeError, match='names "Missing", which does not exist at run time'):
        Container().inject(written("def target(it: Injected[Missing]): ..."))
