"""What is measured, and how the result of each operation is checked before it is timed."""

from collections.abc import Callable
from time import perf_counter
from typing import Any

from benchmarks.running.harness import Scenario
from benchmarks.running.things import (
    Account,
    Connection,
    Engine,
    Handler,
    Link1,
    Link8,
    Page,
    Plain,
    Session,
    Settings,
    Transaction,
    Tree,
)

Operation = Callable[[], Any]


def expect(*conditions: bool) -> None:
    """Raise unless all conditions hold."""
    if not all(conditions):
        message = f"conditions that hold: {conditions}"
        raise ValueError(message)


def _cached(operation: Operation) -> None:
    expect(isinstance(operation(), Settings), operation() is operation())


def _transient(operation: Operation) -> None:
    expect(isinstance(operation(), Plain), operation() is not operation())


def _chain(operation: Operation) -> None:
    end = first = operation()
    length = 1
    while not isinstance(end, Link1):
        end = end.link
        length += 1
    expect(isinstance(first, Link8), length == len("12345678"), end is not operation().link.link.link.link.link.link)


def _wide(operation: Operation) -> None:
    tree = operation()
    leaves = [leaf for branch in tree.branches for leaf in branch.leaves]
    expect(
        isinstance(tree, Tree),
        len({id(leaf) for leaf in leaves}) == len(leaves) == 4 * 4,
        len({(leaf.settings, leaf.engine, leaf.clock) for leaf in leaves}) == 1,
    )


def _request(operation: Operation) -> None:
    one, other = operation(), operation()
    expect(
        isinstance(one, Handler),
        one.users.session is one.session,
        one.session is not other.session,
        one.session.engine is other.session.engine,
        isinstance(one.session.engine, Engine),
        one.settings is one.session.engine.settings,
    )


def _generators(operation: Operation) -> None:
    one, other = operation(), operation()
    expect(isinstance(one, Transaction), one.closed, one.connection.closed, one.connection is not other.connection)


def _async_request(operation: Operation) -> None:
    one, other = operation(), operation()
    expect(
        isinstance(one, Transaction), isinstance(one.connection, Connection), one.connection.closed, one is not other
    )


def _empty(operation: Operation) -> None:
    expect(operation() is not operation())


def _nested(operation: Operation) -> None:
    one, other = operation(), operation()
    expect(
        isinstance(one, Page),
        isinstance(one.account, Account),
        one.account is not other.account,
        one.account.engine is other.account.engine,
    )


def _injected(operation: Operation) -> None:
    (order, one, session, settings), (_, other, _, _) = operation(), operation()
    expect(
        order == "order",
        isinstance(one, Handler),
        isinstance(session, Session),
        one is not other,
        one.session is session,
        one.settings is settings,
    )


SINGLETON = Scenario("cached singleton", _cached, 1.8)
TRANSIENT = Scenario("transient", _transient, 1.4)
CHAIN = Scenario("chain of 8 transients", _chain, 1.15)
WIDE = Scenario("21 transients, 3 shared singletons", _wide, 1.15)
REQUEST = Scenario("request scope, 5 objects", _request, 1.25)
GENERATORS = Scenario("request scope, two generators", _generators, 1.3)
ASYNC = Scenario("async request scope", _async_request, 1.2, asynchronous=True)
EMPTY = Scenario("empty scope", _empty, 1.4)
NESTED = Scenario("app > session > request", _nested, 1.3)
INJECTED = Scenario("injected function", _injected, 1.3)
THREADS = Scenario("request scope, 8 threads", _request, 1.3, clock=perf_counter)

ALL = (SINGLETON, TRANSIENT, CHAIN, WIDE, REQUEST, GENERATORS, ASYNC, EMPTY, NESTED, INJECTED, THREADS)
