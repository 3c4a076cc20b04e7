"""Counting what is built and reused, and names of scopes."""

import asyncio

import pytest

from tests.wiring import wire
from wireproof import Lifetime, Scope, StatsDisabledError, bind, provide


class Engine:
    pass


class Session:
    def __init__(self, engine: Engine) -> None:
        self.engine = engine


class Users:
    def __init__(self, session: Session, engine: Engine) -> None:
        self.session, self.engine = session, engine


SOURCES = (provide(Engine), provide(Session, scope=Scope.REQUEST), provide(Users, scope=Scope.REQUEST))


def test_building_and_reuse() -> None:
    """Each instance built counts once, each reuse of a kept one too, also as a dependency."""
    container = wire(*SOURCES, stats=True)
    request = container.enter_scope(Scope.REQUEST)
    request.resolve(Users)
    request.resolve(Users)
    stats = container.stats()
    assert stats.resolutions_by_key == {Users: 1, Session: 1, Engine: 1}
    assert stats.cache_hits_by_key == {Users: 1, Engine: 1}
    assert (stats.resolutions, stats.cache_hits) == (3, 2)


async def test_awaiting_counts_the_same() -> None:
    """What is resolved awaiting is counted like what is not."""
    container, other = wire(*SOURCES, stats=True), wire(*SOURCES, stats=True)
    request = container.enter_scope(Scope.REQUEST)
    await request.aresolve(Users)
    await request.aresolve(Users)
    plain = other.enter_scope(Scope.REQUEST)
    plain.resolve(Users)
    plain.resolve(Users)
    assert container.stats() == other.stats()


async def test_what_needs_await_counts() -> None:
    """So is what is built awaiting."""

    async def make() -> Engine:
        await asyncio.sleep(0)
        return Engine()

    container = wire(bind(Engine).to(make), *SOURCES[1:], stats=True)
    await container.enter_scope(Scope.REQUEST).aresolve(Users)
    assert container.stats().resolutions_by_key == {Users: 1, Session: 1, Engine: 1}
    assert container.stats().cache_hits_by_key == {Engine: 1}


def test_all_scopes_together() -> None:
    """The figures are those of the container with all its scopes, whichever of them is asked."""
    container = wire(*SOURCES, stats=True)
    for _ in range(3):
        with container.enter_scope(Scope.REQUEST) as request:
            request.resolve(Session)
            assert request.stats() == container.stats()
    assert container.stats().resolutions_by_key == {Session: 3, Engine: 1}


def test_transients_are_never_reused() -> None:
    """A transient counts as built each time."""
    container = wire(provide(Engine, lifetime=Lifetime.TRANSIENT), stats=True)
    container.resolve(Engine)
    container.resolve(Engine)
    assert (container.stats().resolutions, container.stats().cache_hits) == (2, 0)


def test_failed_building_does_not_count() -> None:
    """What a factory failed to build was not built."""

    def fail() -> Engine:
        raise ValueError(Engine)

    container = wire(bind(Engine).to(fail), stats=True)
    with pytest.raises(ValueError, match="Engine"):
        container.resolve(Engine)
    assert container.stats().resolutions == 0


def test_figures_are_a_picture_of_a_moment() -> None:
    """What was returned does not change later."""
    container = wire(*SOURCES, stats=True)
    before = container.stats()
    container.resolve(Engine)
    assert before.resolutions == 0
    assert before.resolutions_by_key == {}


def test_without_counting() -> None:
    """A container that was not asked to count says so, and its code has nothing of it."""
    container = wire(*SOURCES)
    with pytest.raises(StatsDisabledError, match="stats=True"):
        container.stats()
    container.enter_scope(Scope.REQUEST).resolve(Users)
    assert not any("counters." in source for source in container._program._compiler.module.sources)


def test_identity() -> None:
    """Each container and each entered scope has a name of its own, which stays, and says what it is."""
    container, other = wire(), wire()
    request = container.enter_scope(Scope.REQUEST)
    before = container.id
    names = {before, other.id, request.id, container.enter_scope(Scope.REQUEST).id}
    assert len(names) == 4
    assert request.id.startswith("request-")
    container.close()
    assert container.id == before
