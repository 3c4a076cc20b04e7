"""The graph of a container as data."""

from collections.abc import Callable, Sequence

import pytest

from wireproof import Container, Provider, Scope, bind, provide, replacing, require


class Config: ...


class Engine:
    def __init__(self, config: Config) -> None: ...


class Session:
    def __init__(self, engine: Engine, later: Callable[[], Engine]) -> None: ...


class Check: ...


class Report: ...


class Database(Provider):
    engine = provide(Engine)
    session = provide(Session, scope=Scope.REQUEST)


class Web(Provider[Scope.REQUEST]):
    session = require(Session)


def test_a_node_is_a_registration() -> None:
    """It says what is provided, how, in which scope, by whom and where."""
    first, second, _ = Container(Database(), bind(Config).instance(Config())).graph.nodes
    assert (first.key, first.kind, first.scope, first.name) == (Engine, "factory", Scope.APP, "Engine")
    assert first.definition == f"{__name__}.Database.engine"
    assert (second.scope, second.number) == (Scope.REQUEST, 1)


def test_an_edge_is_a_need() -> None:
    """What is behind a function that resolves later is needed as well, but later."""
    edges = Container(Database(), provide(Config)).graph.edges
    assert [(edge.consumer.key, edge.parameter, edge.provider.key, edge.later) for edge in edges] == [
        (Engine, "config", Config, False),
        (Session, "engine", Engine, False),
        (Session, "later", Engine, True),
    ]


def test_what_was_replaced_takes_no_part() -> None:
    """There is one node for a key."""
    nodes = Container(provide(Config), replacing(bind(Config).instance(Config()))).graph.nodes
    assert [node.kind for node in nodes] == ["instance"]


def test_what_no_requirement_needs_is_unused() -> None:
    """Needs are followed to their end."""
    container = Container(Database(), Web(), provide(Config), provide(Report), bind(Check).contribute(Check))
    assert [node.key for node in container.graph.unused()] == [Report, Check]


@pytest.mark.parametrize("entry_point", [Check, Sequence[Check]])
def test_entry_points_need_what_provides_and_what_contributes(entry_point: type) -> None:
    """They stand beside the requirements."""
    container = Container(bind(Check).contribute(Check), provide(Report))
    assert [node.key for node in container.graph.unused(entry_point)] == [Report]


def test_without_any_need_nothing_is_unused() -> None:
    """Nobody has said what is asked for."""
    assert Container(provide(Report)).graph.unused() == ()


def test_an_entry_point_is_a_type() -> None:
    """As for `resolve`."""
    with pytest.raises(TypeError, match=r"unused\('Report'\)"):
        Container(provide(Report)).graph.unused("Report")


def test_as_text_it_is_a_tree() -> None:
    """The one that `reveal_graph` prints."""
    assert str(Container(provide(Report)).graph).splitlines()[1].startswith("  Report (APP) by Report")


def test_code_grows_with_use() -> None:
    """The generated code can be read: nothing before the container is used, then what was asked for."""
    container = Container(bind(Config).instance(Config()), provide(Engine))
    assert container.graph.code == ""
    container.resolve(Engine)
    assert "def get_app_engine(scope):" in container.graph.code
