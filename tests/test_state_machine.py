"""Random use of a container, beside a small model of identity, building order and cleanup order."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, initialize, invariant, precondition, rule

from tests.wiring import untyped, wire
from wireproof import Container, Scope, ScopeClosedError, ScopeNotActiveError, bind


class Engine:
    """Of APP, built without awaiting."""


class Pool:
    """Of APP, built awaiting; needs Engine."""


class Session:
    """Of REQUEST, built without awaiting; needs Engine."""


class Users:
    """Of REQUEST, built awaiting; needs Session and Pool."""


class Step:
    """Of ACTION, built without awaiting; needs Session."""


NEEDS: dict[type, list[type]] = {
    Engine: [],
    Pool: [Engine],
    Session: [Engine],
    Users: [Session, Pool],
    Step: [Session],
}
DEPTHS: dict[type, int] = {Engine: 0, Pool: 0, Session: 1, Users: 1, Step: 2}
SCOPES = [Scope.APP, Scope.REQUEST, Scope.ACTION]
AWAITED = {Pool, Users}


class BrokenError(Exception):
    """What a factory fails with."""


@dataclass(eq=False)
class Node:
    """The model of a scope: what has been built in it, in this order."""

    parent: "Node | None"
    handle: Any
    depth: int
    built: dict[type, Any] = field(default_factory=dict[type, Any])
    is_open: bool = True

    def home(self, key: type) -> "Node":
        """Return the scope around this one in which the key lives."""
        node = self
        while node.parent is not None and not node.holds(DEPTHS[key]):
            node = node.parent
        return node

    def holds(self, depth: int) -> bool:
        """Whether it was entered for a scope, or passed through it."""
        return (-1 if self.parent is None else self.parent.depth) < depth <= self.depth

    def ended(self) -> list[tuple[str, type, Any]]:
        """Return what closing it is to log: the deepest scope first, and each newest first."""
        newest_first = list(self.built.items())[::-1]
        built = sorted(newest_first, key=lambda one: -DEPTHS[one[0]])
        return [("closed", key, instance) for key, instance in built] if self.is_open else []


class Factories:
    """Factories that log, and fail or hang if they are told to."""

    def __init__(self) -> None:
        self.events: list[tuple[str, type, Any]] = []
        self.failing: type | None = None
        self.hanging: type | None = None
        self.hangs = asyncio.Event()

    def build(self, key: type) -> Any:
        """Build one, or fail."""
        if self.failing is key:
            raise BrokenError
        instance = key()
        self.events.append(("built", key, instance))
        return instance

    async def abuild(self, key: type) -> Any:
        """Do so awaiting, or wait until cancelled."""
        await asyncio.sleep(0)
        if self.hanging is key:
            self.hangs.set()
            await asyncio.Event().wait()
        return self.build(key)

    def end(self, key: type, instance: Any) -> None:
        """Log the end of one."""
        self.events.append(("closed", key, instance))

    def engine(self) -> Iterator[Engine]:
        """Lend an Engine."""
        instance = self.build(Engine)
        yield instance
        self.end(Engine, instance)

    async def pool(self, engine: Engine) -> AsyncIterator[Pool]:
        """Lend a Pool."""
        instance = await self.abuild(Pool)
        yield instance
        self.end(Pool, instance)

    def session(self, engine: Engine) -> Iterator[Session]:
        """Lend a Session."""
        instance = self.build(Session)
        yield instance
        self.end(Session, instance)

    async def users(self, session: Session, pool: Pool) -> AsyncIterator[Users]:
        """Lend Users."""
        instance = await self.abuild(Users)
        yield instance
        self.end(Users, instance)

    def step(self, session: Session) -> Iterator[Step]:
        """Lend a Step."""
        instance = self.build(Step)
        yield instance
        self.end(Step, instance)

    def container(self) -> Container[Any, Any]:
        """Return a container of them."""
        return wire(
            bind(Engine).to(self.engine),
            bind(Pool).to(self.pool),
            bind(Session).to(self.session, scope=Scope.REQUEST),
            bind(Users).to(self.users, scope=Scope.REQUEST),
            bind(Step).to(self.step, scope=Scope.ACTION),
        )


class Machine(RuleBasedStateMachine):
    """Opens and closes scopes, resolves, lets factories fail and cancels tasks."""

    nodes = Bundle("nodes")

    def __init__(self) -> None:
        super().__init__()
        self.runner = asyncio.Runner()
        self.factories = Factories()
        self.entered: list[Node] = []
        self.root = Node(None, self.factories.container(), 0)

    def run(self, work: Any) -> Any:
        """Run a coroutine in the loop of this machine."""

        async def main() -> Any:
            return await work

        return self.runner.run(main())

    @initialize(target=nodes)
    def start(self) -> Node:
        """Begin with the container."""
        return self.root

    @rule(target=nodes, parent=nodes, deeper=st.integers(1, 2))
    def enter(self, parent: Node, deeper: int) -> Node:
        """Enter a scope from another, perhaps past one between."""
        depth = min(parent.depth + deeper, 2)
        opener = parent if parent.depth < depth else parent.parent
        assert opener is not None
        if not (parent.is_open and opener.is_open):
            with pytest.raises(ScopeClosedError):
                parent.handle.enter_scope(SCOPES[depth])
            return parent
        node = Node(opener, parent.handle.enter_scope(SCOPES[depth]), depth)
        self.entered.append(node)
        return node

    @rule(node=nodes, key=st.sampled_from(list(NEEDS)), failing=st.none() | st.sampled_from(list(NEEDS)))
    def resolve(self, node: Node, key: type, failing: type | None) -> None:
        """Resolve, with one of the factories perhaps failing."""
        if DEPTHS[key] > node.depth:
            return
        self.factories.failing = failing
        expected, error = self.plan(node, key)
        before = len(self.factories.events)
        try:
            if error is not None:
                with pytest.raises(error):
                    self.ask(node, key)
            else:
                assert self.ask(node, key) is node.home(key).built.get(key, self.last(key))
        finally:
            self.factories.failing = None
        assert [(what, built) for what, built, _ in self.factories.events[before:]] == [
            ("built", one) for one in expected
        ]
        self.keep(node, before)

    def ask(self, node: Node, key: type) -> Any:
        """Resolve without awaiting where that is possible."""
        if self.needs_await(key):
            return self.run(node.handle.aresolve(key))
        return node.handle.resolve(key)

    def needs_await(self, key: type) -> bool:
        """Whether building it awaits."""
        return key in AWAITED or any(self.needs_await(need) for need in NEEDS[key])

    def plan(self, node: Node, key: type) -> tuple[list[type], type[Exception] | None]:
        """Return what will be built, in this order, and how that will end."""
        built: list[type] = []

        def visit(one: type) -> type[Exception] | None:
            home = node.home(one)
            if one in home.built or one in built:
                return None
            if not home.is_open:
                return ScopeClosedError
            for need in NEEDS[one]:
                if error := visit(need):
                    return error
            if self.factories.failing is one:
                return BrokenError
            built.append(one)
            return None

        return ([], ScopeClosedError) if not node.is_open else (built, visit(key))

    def keep(self, node: Node, before: int) -> None:
        """Take over what was built."""
        for _, built, instance in self.factories.events[before:]:
            node.home(built).built[built] = instance

    def last(self, key: type) -> Any:
        """Return the instance of a key that was built last."""
        return next(instance for _, built, instance in reversed(self.factories.events) if built is key)

    @rule(node=nodes, hanging=st.sampled_from([Pool, Users]))
    def cancel(self, node: Node, hanging: type) -> None:
        """Cancel a task in the middle of building; what it had built by then is kept."""
        key = Users if node.depth else Pool
        expected, error = self.plan(node, key)
        if error is not None or hanging not in expected:
            return
        before = len(self.factories.events)
        self.factories.hanging, self.factories.hangs = hanging, asyncio.Event()

        async def work() -> None:
            task = asyncio.ensure_future(node.handle.aresolve(key))
            await self.factories.hangs.wait()
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task

        self.run(work())
        self.factories.hanging = None
        done = expected[: expected.index(hanging)]
        assert [built for _, built, _ in self.factories.events[before:]] == done
        self.keep(node, before)

    @rule(node=consumes(nodes).filter(lambda node: node.depth > 0))
    def close(self, node: Node) -> None:
        """Close a scope: what was built in it ends, newest first."""
        self.end(node)
        with pytest.raises(ScopeClosedError):
            node.handle.resolve(Engine)

    def end(self, node: Node) -> None:
        """Close it and compare."""
        before = len(self.factories.events)
        self.run(node.handle.aclose())
        ended = node.ended()
        assert self.factories.events[before:] == ended
        node.is_open = False
        node.built.clear()

    @precondition(lambda self: self.root.is_open)
    @rule(force=st.integers(0, 9))
    def close_container(self, force: int) -> None:
        """Close the container, now and then, before the scopes inside it."""
        if force == 0:
            self.end(self.root)

    @invariant()
    def current(self) -> None:
        """What was entered last and is still open is current."""
        for depth in (1, 2):
            active = [one for one in self.active() if one.holds(depth)]
            if not active:
                with pytest.raises(ScopeNotActiveError):
                    self.root.handle.current(SCOPES[depth])
            else:
                assert self.root.handle.current(SCOPES[depth]) is active[0].handle

    def active(self) -> Iterator[Node]:
        """Yield the open scopes, the one entered last first, each followed by those around it."""
        for node in reversed(self.entered):
            around: Node | None = node if node.is_open else None
            while around is not None:
                if around.is_open:
                    yield around
                around = around.parent

    def teardown(self) -> None:
        """Close all that is open."""
        close: Callable[[Node], None] = self.end
        for node in [*reversed(self.entered), self.root]:
            close(node)
        self.runner.close()


TestMachine = untyped(Machine).TestCase
TestMachine.settings = settings(max_examples=60, stateful_step_count=30, deadline=None)
