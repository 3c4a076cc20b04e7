"""Scopes: how long instances live, written as classes whose inheritance is their nesting.

A scope is never instantiated. ``REQUEST`` being a subclass of ``APP`` says that a request lives inside the
application, so "deeper" is `issubclass`, and a container at a deeper scope is usable where an outer one is asked
for (it can resolve everything the outer one can).
"""

from typing import ClassVar, Self


class BaseScope:
    """The root of every tree of scopes; derive from it to make a tree of one's own.

    Args:
        skip: a class keyword. A skipped scope is passed through by `Container.enter_scope` without a target,
            and by entering anything deeper; it is entered only when it is named.

    Raises:
        TypeError: if a scope is given more than one base, or is instantiated.

    Example:
        >>> class Application(BaseScope): ...
        >>> class Event(Application): ...
        >>> issubclass(Event, Application)
        True
    """

    skipped: ClassVar[bool] = False

    def __init_subclass__(cls, *, skip: bool = False) -> None:
        """Record whether the scope is skipped and refuse a second base, which would make the tree a graph."""
        super().__init_subclass__()
        if len(cls.__bases__) != 1:
            bases = ", ".join(base.__qualname__ for base in cls.__bases__)
            message = f"the scope {cls.__qualname__} has {len(cls.__bases__)} bases ({bases}): a scope has exactly one"
            raise TypeError(message)
        cls.skipped = skip

    def __new__(cls) -> Self:
        """Refuse instances: a scope is used as a class."""
        message = f"a scope is used as a class: write {cls.__qualname__}, not {cls.__qualname__}()"
        raise TypeError(message)


class Scope:
    """The built-in chain of scopes: RUNTIME, APP, SESSION (skipped), REQUEST, ACTION, STEP.

    A scope of your own hangs anywhere in it: ``class Tenant(Scope.APP): ...`` lives inside APP, beside REQUEST.

    Example:
        >>> issubclass(Scope.REQUEST, Scope.APP)
        True
    """

    class RUNTIME(BaseScope, skip=True):
        """As long as the process: what outlives even the application."""

    class APP(RUNTIME):
        """As long as the application; where a `Container` starts."""

    class SESSION(APP, skip=True):
        """A connection or user session, such as a websocket, around several requests."""

    class REQUEST(SESSION):
        """One request, message or job."""

    class ACTION(REQUEST):
        """One of several actions within a request."""

    class STEP(ACTION):
        """One step of an action."""


class Inherit(BaseScope):
    """The scope that was left out: that of the provider class that defines the source, else APP.

    It appears in the types of sources, never as a scope that can be entered.
    """


BUILT_IN_CHAIN: tuple[type[BaseScope], ...] = (
    Scope.RUNTIME,
    Scope.APP,
    Scope.SESSION,
    Scope.REQUEST,
    Scope.ACTION,
    Scope.STEP,
)


def check_scope(scope: object, where: str, keyword: str = "scope") -> type[BaseScope]:
    """Return ``scope`` if it can be a lifetime, and otherwise say what was given instead.

    Args:
        scope: what the caller passed.
        where: the call to name in the message, for example ``"provide"``.
        keyword: the argument to name in it.

    Raises:
        TypeError: if it is not a class derived from `BaseScope`, or is `BaseScope` or `Scope` itself.
    """
    if isinstance(scope, type) and issubclass(scope, BaseScope) and scope is not BaseScope:
        return scope
    if scope is Scope:
        hint = "Scope is the namespace: name one of its scopes, for example Scope.REQUEST"
    else:
        hint = "a scope is a class, for example Scope.REQUEST or a subclass of BaseScope"
    message = f"{where}({keyword}={scope!r}): {hint}"
    raise TypeError(message)
