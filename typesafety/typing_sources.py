"""What a container takes: sources, and nothing that only looks like one."""

from typing import Any, assert_type

from wireproof import Container, Has, Provider, Scope, Source, bind, provide, replacing, require
from wireproof.scopes import Inherit
from wireproof.sources import AwaitedRequirement, Instance, Replacing, Requirement


class Config: ...


class Engine:
    def __init__(self, config: Config) -> None: ...


class Database(Provider):
    config = provide(Config)
    engine = provide(Engine)


class FakeDatabase(Provider):
    config = provide(Config)


class Duck:
    def __wire__(self) -> int:
        return 0


def sources(config: Config) -> None:
    Container(Database())
    Container(provide(Config), provide(Engine))
    Container(bind(Config).instance(config), provide(Engine), require(Engine))
    Container(Database(), replacing(bind(Config).instance(config)))
    Container(Database(), replacing(FakeDatabase()))
    Container(Database(), lock_mode="thread")
    source: Source[Has[Database]] = Database()
    del source


def no_sources(config: Config) -> None:
    Container(3)  # refused
    Container(Database)  # refused
    Container(config)  # refused
    Container(Config)  # refused
    Container(None)  # refused
    Container("database")  # refused
    Container([Database()])  # refused
    Container(bind(Config))  # refused
    Container(provide())  # refused
    Container(Database(), 3)  # refused
    Container(Database(), Database)  # refused
    Container(3, start_scope=Scope.RUNTIME)  # refused
    Container(Database(), lock_mode="threads")  # refused
    Container(Database(), unknown=True)  # refused


def replacements(config: Config) -> None:
    assert_type(replacing(Database()), Replacing[Database])
    assert_type(replacing(bind(Config).instance(config)), Replacing[Instance[Config]])
    replacing(3)  # refused
    replacing(Database)  # refused
    replacing(Config)  # refused
    replacing(bind(Config))  # refused


def requirements() -> None:
    assert_type(require(Config), Requirement[Config, Inherit])
    assert_type(require(Config | None), Requirement[Config | None, Inherit])
    assert_type(require(Config, scope=Scope.REQUEST), Requirement[Config, Scope.REQUEST])
    assert_type(require(Config, awaited=False), Requirement[Config, Inherit])
    assert_type(require(Config, awaited=True), AwaitedRequirement[Config, Inherit])
    assert_type(require(Config, scope=Scope.APP, awaited=True), AwaitedRequirement[Config, Scope.APP])
    require(3)  # refused
    require("config")  # refused
    require(Config())  # refused
    require(Config, scope=Engine)  # refused
    require(Config, awaited="yes")  # refused


def the_registration_is_what_is_held(config: Config) -> None:
    assert_type(Container(bind(Config).instance(config)), Container[Has[Instance[Config]]])
    assert_type(Container(replacing(Database())), Container[Any])  # refused
