"""Applications as data: what is drawn, shrunk, and written as source. All types and values are kept as text."""

from dataclasses import dataclass
from enum import Enum


class Passed(Enum):
    """How an argument is passed to a parameter."""

    PLAIN = "plain"
    POSITIONAL = "positional"
    KEYWORD = "keyword"


@dataclass(frozen=True)
class Parameter:
    """A parameter of a constructor or function."""

    name: str
    annotation: str
    """Empty if there is none."""

    default: str = ""
    passed: Passed = Passed.PLAIN


class Form(Enum):
    """How a class is written."""

    PLAIN = "plain"
    """With an ``__init__``."""

    DATA = "data"
    """As a dataclass, whose fields are the parameters."""

    NAMED = "named tuple"
    """As a NamedTuple, whose fields are the parameters."""

    CREATED = "created"
    """With a ``__new__``."""

    UNFINISHED = "unfinished"
    """With an abstract method."""

    ITERATOR = "iterating"
    """With a ``__next__``."""

    ENUM = "enumerating"
    """As an Enum."""

    TYPED_DICT = "dictionary"
    """As a TypedDict."""

    ENTERED_TWICE = "entered"
    """With the methods of a context manager, those of an asynchronous one as well."""

    NEW_TYPE = "new type"
    """No class: a `typing.NewType` of ``str``."""


@dataclass(frozen=True)
class Class:
    """A class that knows nothing of the library."""

    name: str
    bases: tuple[str, ...] = ()
    parameters: tuple[Parameter, ...] = ()
    form: Form = Form.PLAIN
    otherwise: tuple[Parameter, ...] | None = None
    """What a second overload of the constructor takes."""

    maker: "Function | None" = None
    """A class method that makes one, or a static method."""

    static: bool = False


class How(Enum):
    """What kind of function it is."""

    PLAIN = "plain"
    GENERATOR = "generator"
    COROUTINE = "coroutine"
    ASYNC_GENERATOR = "async generator"
    MANAGER = "manager"
    ASYNC_MANAGER = "async manager"


@dataclass(frozen=True)
class Function:
    """A factory."""

    name: str
    parameters: tuple[Parameter, ...]
    returns: str
    """Its return annotation; empty if there is none."""

    how: How = How.PLAIN


@dataclass(frozen=True)
class Source:
    """A registration, wherever it stands."""

    how: str
    """Which expression it is: a name in the table of `tests.differential.expressions`."""

    key: str = ""
    target: str = ""
    scope: str = ""
    options: tuple[str, ...] = ()
    members: "tuple[Source, ...]" = ()
    """What it marks as replacing."""

    method: Function | None = None
    """For a method of a provider."""


@dataclass(frozen=True)
class Attribute:
    """An attribute of a provider."""

    name: str
    source: Source
    by_constructor: bool = False
    """Whether ``__init__`` sets it."""


@dataclass(frozen=True)
class Registrations:
    """A provider class."""

    name: str
    base: str
    attributes: tuple[Attribute, ...]
    about: str = ""
    """What its type variable stands for; empty if it is not generic."""


@dataclass(frozen=True)
class ScopeClass:
    """A scope of the application's own."""

    name: str
    base: str
    skip: bool = False


@dataclass(frozen=True)
class Entry:
    """The entering of a scope."""

    scope: str
    """Empty for the next one."""

    given: tuple[str, ...] = ()
    """The keys of what is given; ``Key=Other`` is a value of another type."""


class Asked(Enum):
    """How something is asked of a container."""

    RESOLVE = "resolve"
    CALL = "call"
    INJECT = "inject"
    EXTEND = "extend"
    OVERRIDE = "override"
    INJECTOR = "injector"


class Via(Enum):
    """How a container comes to where it is asked."""

    DIRECTLY = "directly"
    PARAMETER = "parameter"
    ATTRIBUTE = "attribute"
    CURRENT = "current"


@dataclass(frozen=True)
class Question:
    """One thing that is asked of the container."""

    entered: tuple[Entry, ...]
    """The scopes that are entered first, one within the other."""

    how: Asked
    keys: tuple[str, ...]
    awaits: bool = False
    sources: tuple[Source, ...] = ()
    """What is added, for those that add something."""

    again: tuple[Source, ...] = ()
    """What is added after that: to what has been extended, or by an override within the override."""

    inside: bool = False
    """Whether the scopes are entered within the override."""

    fresh: str = ""
    """The scope that each call of an injected function enters."""

    via: Via = Via.DIRECTLY
    attached: bool = True
    """Whether an injector is attached to the container."""


@dataclass(frozen=True)
class Application:
    """A whole program."""

    scopes: tuple[ScopeClass, ...]
    classes: tuple[Class, ...]
    functions: tuple[Function, ...]
    providers: tuple[Registrations, ...]
    sources: tuple[Source, ...]
    questions: tuple[Question, ...]
    start: str = ""
    """The scope that the container starts at; empty for the usual one."""

    given: tuple[str, ...] = ()
    """The same of what the container itself is given."""

    split: int = 0
    """How many of the classes are in a module of their own, if nothing in it needs the others."""

    quoted: bool = True
    """Whether annotations of classes are kept as strings."""

    twin: bool = False
    """Whether one of the classes has the name of another, from another module."""

    added: tuple[Source, ...] = ()
    """What is registered statement by statement, after the container is made."""
