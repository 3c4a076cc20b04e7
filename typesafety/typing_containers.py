"""Where a container may be passed: to who asks for as much as it holds, at its scope or an outer one."""

from typing import Any, assert_type

from wireproof import BaseScope, Container, Has, Provider, Scope, provide, reveal_graph


class Config: ...


class Database(Provider):
    config = provide(Config)


class Postgres(Database): ...


class Web(Provider[Scope.REQUEST]): ...


class Jobs(Provider): ...


class Tenant(Scope.APP): ...


class Application(BaseScope): ...


Both = Has[Database] | Has[Web]


def needs_database(container: Container[Has[Database]]) -> None: ...
def needs_postgres(container: Container[Has[Postgres]]) -> None: ...
def needs_both(container: Container[Has[Database] | Has[Web]]) -> None: ...
def needs_request(container: Container[Has[Database], Scope.REQUEST]) -> None: ...
def needs_any_scope(container: Container[Has[Database], BaseScope]) -> None: ...
def needs_something(container: Container) -> None: ...


def what_is_held() -> None:
    # mypy_alone: joins several sources to object
    assert_type(Container(Database(), Web()), Container[Has[Database] | Has[Web], Scope.APP])
    # mypy_alone: joins several sources to object
    assert_type(Container(Web(), Database()), Container[Has[Database] | Has[Web]])
    # mypy_alone: joins several sources to object
    assert_type(Container(Database(), Web(), Jobs()), Container[Has[Database] | Has[Web] | Has[Jobs]])
    # mypy_alone: joins several sources to object
    assert_type(Container(Database(), Web(), start_scope=Scope.RUNTIME), Container[Both, Scope.RUNTIME])
    # mypy_alone: joins several sources to object
    assert_type(Container(Database(), Web()).enter_scope(), Container[Both, Scope.REQUEST])
    assert_type(Container(), Container[Any, Scope.APP])


def as_much_as_is_asked_for(database: Container[Has[Database]], both: Container[Both]) -> None:
    needs_database(database)
    needs_both(both)
    needs_something(database)
    needs_something(both)
    needs_any_scope(database)


def more_than_is_asked_for(both: Container[Both], all_three: Container[Both | Has[Jobs]]) -> None:
    needs_database(both)
    needs_database(all_three)
    needs_both(all_three)
    needs_database(Container(Database(), Web()))  # mypy_alone: lets what is asked for decide what is held
    needs_both(Container(Database(), Web(), Jobs()))  # mypy_alone: lets what is asked for decide what is held
    # mypy_alone: lets what is asked for decide what is held
    assigned: Container[Has[Database]] = Container(Database(), Web())
    needs_database(assigned)


def one_after_the_other() -> None:
    postgres = Container(Postgres())
    needs_database(postgres)
    needs_both(postgres)  # refused
    needs_request(postgres)  # refused
    needs_both(postgres.enter_scope())  # refused
    needs_request(postgres.enter_scope())
    needs_database(Container(Database(), start_scope=Scope.RUNTIME).enter_scope())


def returned() -> Container[Has[Database]]:
    return Container(Database(), Web())


def less_than_is_asked_for(database: Container[Has[Database]], jobs: Container[Has[Jobs]]) -> None:
    needs_both(database)  # refused
    needs_both(jobs)  # refused
    needs_database(jobs)  # refused
    needs_database(Container(Jobs()))  # refused
    # mypy_alone: lets what is asked for decide what is held
    # pyrefly: lets what is asked for decide what is held
    needs_both(Container(Database()))  # refused
    needs_both(Container(Database(), Jobs()))  # refused
    assigned: Container[Has[Database]] = Container(Jobs(), Web())  # refused
    del assigned


def a_subclass_stands_for_its_base(postgres: Container[Has[Postgres]], database: Container[Has[Database]]) -> None:
    needs_database(postgres)
    needs_database(Container(Postgres()))  # mypy_alone: lets what is asked for decide what is held
    needs_both(Container(Postgres(), Web()))  # mypy_alone: lets what is asked for decide what is held
    needs_postgres(postgres)
    needs_postgres(database)  # refused
    # mypy_alone: lets what is asked for decide what is held
    # pyrefly: lets what is asked for decide what is held
    needs_postgres(Container(Database()))  # refused
    needs_postgres(Container(Database(), Web()))  # refused


def deeper_than_is_asked_for(request: Container[Has[Database], Scope.REQUEST], both: Container[Both]) -> None:
    needs_database(request)
    needs_database(both.enter_scope(Tenant))
    needs_request(request)
    needs_request(request.enter_scope())
    needs_request(both.enter_scope())
    needs_request(both.enter_scope(Scope.STEP))
    needs_any_scope(both.enter_scope(Scope.STEP))


def too_shallow(both: Container[Both], runtime: Container[Both, Scope.RUNTIME]) -> None:
    needs_request(both)  # refused
    needs_request(both.enter_scope(Scope.SESSION))  # refused
    needs_request(both.enter_scope(Tenant))  # refused
    needs_request(Container(Database()))  # refused  # pyrefly: lets what is asked for decide the scope
    needs_database(runtime)  # refused
    # pyrefly: lets what is asked for decide the scope
    needs_database(Container(Database(), start_scope=Scope.RUNTIME))  # refused
    # pyrefly: lets what is asked for decide the scope
    needs_database(Container(Database(), start_scope=Application))  # refused


def deep_enough_but_too_little(jobs: Container[Has[Jobs], Scope.REQUEST]) -> None:
    needs_request(jobs)  # refused


def not_a_box() -> None:
    needs_database(Database())  # refused
    needs_database(None)  # refused
    needs_something(Database())  # refused


def looked_at(request: Container[Both, Scope.REQUEST]) -> None:
    assert_type(reveal_graph(request), Container[Both, Scope.REQUEST])
    reveal_graph(Database())  # refused
