"""What a container is made of: the classes of sources, whose types carry the graph.

The type arguments are the registration: what it takes, what it gives, how long that lives. A type checker infers
them where a source is written, and the mypy plugin reads them back wherever the source ends up, also from mypy's
cache. All arguments are invariant, because unions of covariant ones would collapse and lose members.
"""

from collections.abc import Callable
from functools import update_wrapper
from typing import Any, Generic, NamedTuple, ParamSpec, Protocol, Self, cast, overload

from wireproof._typing import TypeVar
from wireproof.lifetimes import Lifetime, LockMode
from wireproof.scopes import BaseScope, Inherit, Scope

P = ParamSpec("P")
R = TypeVar("R")
T = TypeVar("T")
K = TypeVar("K")
S = TypeVar("S", bound=BaseScope)
By = TypeVar("By", default=Any)
How = TypeVar("How")
Name = TypeVar("Name")
C = TypeVar("C")
O = TypeVar("O", default=None)  # noqa: E741  # overloads
ProviderScope = TypeVar("ProviderScope", bound=BaseScope, default=Scope.APP)
X_contra = TypeVar("X_contra", contravariant=True)
X_co = TypeVar("X_co", covariant=True)


class Has(Generic[X_contra]):
    """A box in the type of a container: "it holds an ``X``, or a subclass of ``X``".

    Contravariance turns the direction around, so that ``Container[Has[FakeDatabase]]`` passes where
    ``Container[Has[Database]]`` is asked for, and a container that holds less than is asked for does not.

    Example:
        >>> def serve(container: Container[Has[Database] | Has[Web]]) -> None: ...
    """

    __slots__ = ()


class Source(Protocol[X_co]):
    """Anything that can be given to a `Container`; ``X`` is the box with what it provides."""

    def __wire__(self) -> X_co:
        """Say in the type what this source provides; never called."""
        ...


class Options(NamedTuple):
    """How a source is built and kept, apart from what it builds."""

    scope: type[BaseScope] = Inherit
    lifetime: Lifetime = Lifetime.SCOPED
    on_close: Callable[[Any], object] | None = None
    lock_mode: LockMode = LockMode.INHERIT
    enter: bool = False
    """Whether what the target returns is a context manager, and what entering it gives is provided."""


class Registration:
    """The base of all sources that are written as an expression; it marks them for whoever walks a provider."""

    __slots__ = ()

    def __wire__(self) -> Has[Self]:
        """Say in the type what this source provides."""
        return Has()


class Target(Generic[How, Name, T, R, C, O]):
    """What the mypy plugin notes about a target, in the last type argument of a source; it has no instances.

    ``How`` is a literal: ``"class"``, ``"function"``, ``"generator"``. ``Name`` is a literal with the module and the
    qualified name of the target, as in ``"app.database:open_session"``. ``T`` is what is built, ``R`` what the target
    is declared to return (a generator's iterator, for instance), ``C`` what its ``on_close`` takes, and ``O`` its
    overloads, if it is a function with some. The plugin writes ``Target[...] | Any``, so that redefining an inherited
    source with another target is no type error; where all the rest follows from the other arguments of the source, as
    it does for a class that is its own key, it writes ``How | Any``.
    """

    __slots__ = ()


class Factory(Registration, Generic[P, T, S, By]):
    """A source that calls a target with parameters ``P``, and provides a ``T`` that lives in scope ``S``.

    Made by `provide` and by ``bind(Key).to(...)``. ``By`` is filled in by the mypy plugin only.
    """

    __slots__ = ("key", "options", "target")

    def __init__(self, key: object, target: Callable[..., object], options: Options) -> None:
        """Keep the registration; ``key`` is `UNSTATED` if it is what the target builds."""
        self.key: object = key
        self.target: Callable[..., object] = target
        self.options: Options = options

    def __repr__(self) -> str:
        """Return the registration as it might have been written."""
        target = _name(self.target)
        return f"provide({target})" if self.key is UNSTATED else f"bind({_name(self.key)}).to({target})"


class AsyncFactory(Factory[P, T, S, By]):
    """A `Factory` whose creation needs ``await``."""

    __slots__ = ()


class MethodFactory(Generic[P, R, T, S, By]):
    """A method of a provider that builds a ``T`` for scope ``S``; made by ``@provide()``.

    On the class it is this descriptor. On an instance it is the method as it was written, of type
    ``Callable[P, R]``, so that a unit test can call it. ``By`` is filled in by the mypy plugin only.
    """

    def __init__(self, function: Callable[..., Any], options: Options) -> None:
        """Keep the function and take over its name and documentation."""
        self.function = function
        self.options = options
        update_wrapper(cast("Any", self), function)

    @overload
    def __get__(self, instance: None, owner: type[Any], /) -> Self: ...
    @overload
    def __get__(self, instance: object, owner: type[Any], /) -> Callable[P, R]: ...
    def __get__(self, instance: object, owner: type[Any], /) -> Any:
        """Return the registration from the class, the bound method from an instance."""
        if instance is None:
            return self
        bound: object = self.function.__get__(instance, owner)
        return bound

    def __repr__(self) -> str:
        """Return the decorated function's name."""
        return f"@provide() {self.function.__qualname__}"


class AsyncMethodFactory(MethodFactory[P, R, T, S, By]):
    """A `MethodFactory` whose creation needs ``await``."""


class Instance(Registration, Generic[T]):
    """A source that provides an object that exists already; made by ``bind(Key).instance(obj)``."""

    __slots__ = ("instance", "key", "on_close")

    def __init__(self, key: object, instance: T, on_close: Callable[[T], object] | None) -> None:
        """Keep the object, which belongs to whoever made it unless ``on_close`` is given."""
        self.key: object = key
        self.instance: T = instance
        self.on_close: Callable[[T], object] | None = on_close

    def __repr__(self) -> str:
        """Return the registration as it might have been written."""
        return f"bind({_name(self.key)}).instance({self.instance!r})"


class Alias(Registration, Generic[K, T]):
    """A source that provides under key ``K`` the instance of key ``T``; made by ``bind(Key).alias(Other)``."""

    __slots__ = ("key", "other")

    def __init__(self, key: object, other: object) -> None:
        """Keep the two keys."""
        self.key: object = key
        self.other: object = other

    def __repr__(self) -> str:
        """Return the registration as it might have been written."""
        return f"bind({_name(self.key)}).alias({_name(self.other)})"


class Contribution(Registration, Generic[P, T, S, By]):
    """A source that adds one to the collection ``Sequence[T]``; made by ``bind(Key).contribute(...)``."""

    __slots__ = ("key", "options", "target")

    def __init__(self, key: object, target: Callable[..., object], options: Options) -> None:
        """Keep the registration."""
        self.key: object = key
        self.target: Callable[..., object] = target
        self.options: Options = options

    def __repr__(self) -> str:
        """Return the registration as it might have been written."""
        return f"bind({_name(self.key)}).contribute({_name(self.target)})"


class AsyncContribution(Contribution[P, T, S, By]):
    """A `Contribution` whose creation needs ``await``."""

    __slots__ = ()


class Contributions(Registration, Generic[T]):
    """A source that declares the collection ``Sequence[T]``; made by ``bind(Key).contributions()``."""

    __slots__ = ("key",)

    def __init__(self, key: object) -> None:
        """Keep the key of the members."""
        self.key: object = key

    def __repr__(self) -> str:
        """Return the declaration as it might have been written."""
        return f"bind({_name(self.key)}).contributions()"


class FromContext(Registration, Generic[T, S]):
    """A source that provides what its scope is given when it is entered; made by ``bind(Key).from_context(...)``."""

    __slots__ = ("key", "scope")

    def __init__(self, key: object, scope: type[BaseScope]) -> None:
        """Keep the key and the scope."""
        self.key: object = key
        self.scope: type[BaseScope] = scope

    def __repr__(self) -> str:
        """Return the registration as it might have been written."""
        return f"bind({_name(self.key)}).from_context()"


class Given(Generic[T]):
    """In the type of a scope: it was given a ``T`` when it was opened. It has no instances.

    The mypy plugin puts it there, and with it proves that what needs the value can be resolved.

    Example:
        >>> def handle(request: Container[Has[Web] | Has[Given[Request]], Scope.REQUEST]) -> None: ...
    """

    __slots__ = ()


class Decoration(Registration, Generic[P, T, By]):
    """A source that puts something around the instance of another; made by ``bind(Key).decorate(...)``."""

    __slots__ = ("key", "target")

    def __init__(self, key: object, target: Callable[..., object]) -> None:
        """Keep the registration."""
        self.key: object = key
        self.target: Callable[..., object] = target

    def __repr__(self) -> str:
        """Return the registration as it might have been written."""
        return f"bind({_name(self.key)}).decorate({_name(self.target)})"


class AsyncDecoration(Decoration[P, T, By]):
    """A `Decoration` that needs ``await``."""

    __slots__ = ()


class Autowire(Registration):
    """A source that provides every concrete class that nobody else does; made by `autowire`."""

    __slots__ = ("lifetime",)

    def __init__(self, lifetime: Lifetime) -> None:
        """Keep the lifetime of what is built."""
        self.lifetime: Lifetime = lifetime

    def __repr__(self) -> str:
        """Return the registration as it might have been written."""
        return f"autowire(lifetime={self.lifetime!r})"


B = TypeVar("B")


class Bundle(Registration, Generic[B]):
    """Several sources in one; made by `provide_all`.

    ``B`` is a tuple of the types of its members, which only the mypy plugin fills in.
    """

    __slots__ = ("sources",)

    def __init__(self, sources: tuple[Registration, ...]) -> None:
        """Keep the sources."""
        self.sources: tuple[Registration, ...] = sources

    def __repr__(self) -> str:
        """Return the sources as they might have been written."""
        return f"provide_all({', '.join(map(repr, self.sources))})"


class Requirement(Registration, Generic[T, S]):
    """A need for ``T`` at scope ``S``, which some other source has to fill; made by `require`."""

    __slots__ = ("awaited", "key", "scope")

    def __init__(self, key: object, scope: type[BaseScope], *, awaited: bool) -> None:
        """Keep the need."""
        self.key: object = key
        self.scope: type[BaseScope] = scope
        self.awaited: bool = awaited

    def __repr__(self) -> str:
        """Return the requirement as it might have been written."""
        return f"require({_name(self.key)})"


class AwaitedRequirement(Requirement[T, S]):
    """A `Requirement` of whoever will await it."""

    __slots__ = ()


F = TypeVar("F", bound=Source[Any])


class Replacing(Registration, Generic[F]):
    """A source marked as taking the place of others; made by `replacing`."""

    __slots__ = ("source",)

    def __init__(self, source: F) -> None:
        """Keep the source."""
        self.source: F = source

    def __repr__(self) -> str:
        """Return the registration as it might have been written."""
        return f"replacing({self.source!r})"


class Provider(Generic[ProviderScope]):
    """A class of registrations that belong together; its type argument is their default scope.

    Methods marked with `provide` and attributes that hold sources are its registrations. It may have a constructor
    with configuration of its own. Redefining a name in a subclass replaces the registration of that name.

    Example:
        >>> class Database(Provider[Scope.REQUEST]):
        ...     users = bind(Users).to(SqlUsers)
        ...
        ...     @provide(scope=Scope.APP)
        ...     def engine(self, settings: Settings) -> Iterator[Engine]: ...
    """

    def __wire__(self) -> Has[Self]:
        """Say in the type what this source provides."""
        return Has()


class Unstated:
    """The key of a source that states none: what its target builds."""

    def __repr__(self) -> str:
        """Return a name for error messages."""
        return "UNSTATED"


UNSTATED = Unstated()


def _name(subject: object) -> str:
    name: object = getattr(subject, "__qualname__", None)
    return name if isinstance(name, str) else repr(subject)
