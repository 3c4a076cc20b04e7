"""Reads sources: one small function for each kind of source."""

from collections.abc import Callable, Iterable, Iterator
from itertools import count
from typing import Any, TypeGuard

from wireproof._collect.keys import taken_by
from wireproof._collect.place import Place
from wireproof._collect.recipe import Make, Recipe, scope_line
from wireproof._inspect.abstract import abstract_members
from wireproof._inspect.generics import Substitution, has_type_variables, is_open_generic
from wireproof._inspect.inference import parametrisation, standing_for
from wireproof._inspect.keys import Key, class_name, key_name, origin_of
from wireproof._inspect.signatures import Product, read_entered, read_first, read_product
from wireproof._inspect.targets import TargetKind, unwrapped
from wireproof._model.binding import Abstract, Binding, Kind, Origin, Parameter, WrongYield, replace
from wireproof._model.scope_path import ScopePath
from wireproof._typing import is_protocol
from wireproof.lifetimes import LockMode
from wireproof.scopes import BaseScope
from wireproof.sources import (
    UNSTATED,
    Alias,
    Autowire,
    Bundle,
    Contribution,
    Contributions,
    Decoration,
    Factory,
    FromContext,
    Instance,
    MethodFactory,
    Options,
    Provider,
    Replacing,
    Requirement,
)

_MAKES = {
    TargetKind.CALL: Make.CALL,
    TargetKind.GENERATOR: Make.GENERATOR,
    TargetKind.COROUTINE: Make.COROUTINE,
    TargetKind.ASYNC_GENERATOR: Make.ASYNC_GENERATOR,
    TargetKind.CONTEXT_MANAGER: Make.CONTEXT_MANAGER,
    TargetKind.ASYNC_CONTEXT_MANAGER: Make.ASYNC_CONTEXT_MANAGER,
}
_ASYNCHRONOUS = {TargetKind.COROUTINE, TargetKind.ASYNC_GENERATOR, TargetKind.ASYNC_CONTEXT_MANAGER}
_GENERATORS = {TargetKind.GENERATOR, TargetKind.ASYNC_GENERATOR}


_ORDERED = {Kind.CONTRIBUTION, Kind.DECORATION}
"""Kinds of which there may be several for a key, whose order counts."""

_replacements = count(1)
"""Numbers for sources that replace others, unique in the process: bindings of several readings are put together."""


def read_sources(sources: Iterable[object], start_scope: type[BaseScope], first: int = 0) -> list[Binding[Key]]:
    """Read the arguments of a container.

    Args:
        sources: the sources, already known to be some.
        start_scope: where the container starts; ready-made instances live in the outermost scope around it.
        first: the number of the first, if there were others before.

    Returns:
        One binding for each registration; each has a `Recipe` as its handle.
    """
    outermost = scope_line(start_scope)[0]
    numbered = enumerate(sources, start=first)
    paths: dict[type[BaseScope], ScopePath] = {}
    return [binding for argument, source in numbered for binding in _read(source, Place(argument, outermost, paths))]


def _read(source: object, place: Place) -> Iterator[Binding[Key]]:
    """Read a source; an attribute of a provider that is none provides nothing."""
    reader = READERS.get(type(source)) or next((READERS[kind] for kind in READERS if isinstance(source, kind)), None)
    if reader is not None:
        yield from reader(source, place)


def _read_provider(provider: Provider[Any], place: Place) -> Iterator[Binding[Key]]:
    """Read the attributes of a provider, sorted by name: the order in which mypy's cache has them as well.

    Where order has a meaning, for contributions and decorations, it is that of definition. A provider that holds
    itself is read once.
    """
    if any(provider is around for around in place.around):
        return
    read = {
        name: list(_read(value, place.inside(provider, cls, name)))
        for name, (cls, value) in _attributes(provider).items()
    }
    in_order = (binding for bindings in read.values() for binding in bindings if binding.kind in _ORDERED)
    for name in sorted(read):
        for binding in read[name]:
            yield next(in_order) if binding.kind in _ORDERED else binding


def _attributes(provider: Provider[Any]) -> dict[str, tuple[type[Provider[Any]], object]]:
    """Return each attribute with the class that defines it; those of the instance count for its own class."""
    found: dict[str, tuple[type[Provider[Any]], object]] = {}
    for cls in reversed(type(provider).__mro__):
        if _is_provider(cls):
            found |= {name: (cls, value) for name, value in _variables(cls)}
    return found | {name: (type(provider), value) for name, value in _variables(provider)}


def _is_provider(cls: type) -> TypeGuard[type[Provider[Any]]]:
    return issubclass(cls, Provider)


def _variables(subject: object) -> Iterable[tuple[str, object]]:
    return vars(subject).items()


def _read_method(method: MethodFactory[..., Any, Any, Any], place: Place) -> Iterator[Binding[Key]]:
    bound = method.function.__get__(place.owner, type(place.owner))
    yield _called(bound, None, place.attribute, method.options, place, place.substitution)


def _read_factory(factory: Factory[..., Any, Any], place: Place) -> Iterator[Binding[Key]]:
    stated = None if factory.key is UNSTATED else factory.key
    substitution = standing_for(factory.target, stated)
    yield _called(factory.target, stated, _target_name(factory.target), factory.options, place, substitution)


def _called(
    target: Callable[..., Any],
    stated: Key | None,
    name: str,
    options: Options,
    place: Place,
    substitution: Substitution,
    *,
    decorates: bool = False,
) -> Binding[Key]:
    product = read_entered(target) if options.enter else read_product(target, stated, substitution)
    taken = taken_by(target, substitution, decorates=decorates)
    scope = place.chosen(options.scope)
    is_open = is_open_generic(target) and (stated is None or is_open_generic(stated))
    recipe = Recipe(_MAKES[product.kind], target, taken, options.lifetime, options.on_close, options.lock_mode)
    return Binding(
        kind=Kind.FACTORY,
        key=product.reading.key if stated is None else stated,
        origin=place.origin(name, _definition(target)),
        scope=place.path(scope),
        parameters=_closed(taken.asked()) if is_open else taken.asked(),
        overloads=() if is_open else taken.overloads_asked(),
        asynchronous=product.kind in _ASYNCHRONOUS,
        replaces=place.replaces,
        built=product.reading.key if stated is None or options.enter else _built(target, stated, product),
        closes=None if options.on_close is None else read_first(options.on_close),
        yields=product.declares_yield,
        untyped=product.reading.untyped if stated is None else "",
        abstract=_abstract(target),
        wrong_yield=None if options.enter else _wrong_yield(product),
        open=is_open,
        handle=recipe,
    )


def _built(target: Any, stated: Key, product: Product) -> Key | None:
    is_closed = is_open_generic(target) and not is_open_generic(stated)
    return parametrisation(target, stated) if is_closed else product.reading.key


def _closed(parameters: Iterable[Parameter[Key]]) -> tuple[Parameter[Key], ...]:
    """Return what a generic class that serves all parametrisations needs for each of them."""
    return tuple(one for one in parameters if one.key is not None and not has_type_variables(one.key))


def _abstract(target: object) -> Abstract | None:
    called: object = unwrapped(target)
    cls: object = origin_of(called) or called
    if not isinstance(cls, type):
        return None
    protocol = is_protocol(cls)
    members = abstract_members(cls)
    return Abstract(class_name(cls), protocol, members) if protocol or members else None


def _wrong_yield(product: Product) -> WrongYield | None:
    generator = product.kind in _GENERATORS
    if generator == product.declares_yield or not product.declared:
        return None
    return WrongYield(product.declared, generator)


def _read_instance(source: Instance[Any], place: Place) -> Iterator[Binding[Key]]:
    recipe = Recipe(Make.VALUE, source.instance, on_close=source.on_close)
    yield Binding(
        kind=Kind.INSTANCE,
        key=source.key,
        origin=_origin(place, "bind", source.key),
        scope=place.path(place.outermost),
        replaces=place.replaces,
        built=source.instance.__class__,  # not type(): a mock with a spec answers with the class it stands for
        handle=recipe,
    )


def _read_alias(source: Alias[Any, Any], place: Place) -> Iterator[Binding[Key]]:
    yield Binding(
        kind=Kind.ALIAS,
        key=source.key,
        origin=_origin(place, "bind", source.key),
        scope=None,
        parameters=(Parameter("", source.other),),
        replaces=place.replaces,
        built=source.other,
    )


def _read_contribution(source: Contribution[..., Any, Any], place: Place) -> Iterator[Binding[Key]]:
    substitution = standing_for(source.target, source.key)
    binding = _called(source.target, source.key, _target_name(source.target), source.options, place, substitution)
    yield replace(binding, kind=Kind.CONTRIBUTION, open=False, replaces=0)


def _read_contributions(source: Contributions[Any], place: Place) -> Iterator[Binding[Key]]:
    yield Binding(Kind.CONTRIBUTIONS, source.key, _origin(place, "bind", source.key), None)


def _read_context(source: FromContext[Any, Any], place: Place) -> Iterator[Binding[Key]]:
    yield Binding(
        kind=Kind.CONTEXT,
        key=source.key,
        origin=_origin(place, "bind", source.key),
        scope=place.path(place.chosen(source.scope)),
        replaces=place.replaces,
        handle=Recipe(Make.CONTEXT, source.key, lock_mode=LockMode.NONE),
    )


def _read_decoration(source: Decoration[..., Any], place: Place) -> Iterator[Binding[Key]]:
    substitution = standing_for(source.target, source.key, decorates=True)
    name = _target_name(source.target)
    binding = _called(source.target, source.key, name, Options(), place, substitution, decorates=True)
    yield replace(
        binding,
        kind=Kind.DECORATION,
        scope=None,
        parameters=_decorating(binding.parameters, source.key),
        overloads=tuple(_decorating(overload, source.key) for overload in binding.overloads),
        open=False,
    )


def _decorating(parameters: tuple[Parameter[Key], ...], key: Key) -> tuple[Parameter[Key], ...]:
    """Return what a decorator needs, the first of which is what it decorates."""
    return tuple(
        one if number else one._replace(name="", key=key, optional=False, untyped="")
        for number, one in enumerate(parameters)
    )


def _read_bundle(source: Bundle[Any], place: Place) -> Iterator[Binding[Key]]:
    for member in source.sources:
        yield from _read(member, place)


def _read_autowire(source: Autowire, place: Place) -> Iterator[Binding[Key]]:
    name = place.attribute or "autowire()"
    yield Binding(Kind.AUTOWIRE, None, place.origin(name, name), None, handle=source.lifetime)


def _origin(place: Place, verb: str, key: Key) -> Origin:
    return place.origin(place.attribute or f"{verb}({key_name(key)})", key_name(key, qualified=True))


def _read_requirement(source: Requirement[Any, Any], place: Place) -> Iterator[Binding[Key]]:
    yield Binding(
        kind=Kind.REQUIREMENT,
        key=source.key,
        origin=_origin(place, "require", source.key),
        scope=place.path(place.chosen(source.scope)),
        parameters=(Parameter("", source.key),),
        awaited=source.awaited,
    )


def _read_replacing(source: Replacing[Any], place: Place) -> Iterator[Binding[Key]]:
    yield from _read(source.source, place._replace(replaces=place.replaces or next(_replacements)))


def _target_name(target: object) -> str:
    return class_name(_named(target))


def _definition(target: object) -> str:
    """Return where a target is defined; of the function behind a partial that is not said, mypy may not know it."""
    return class_name(_named(target), qualified=True) if unwrapped(target) is target else ""


def _named(target: object) -> object:
    """Return what to call a target by: for a partial the function behind it."""
    target = unwrapped(target)
    return target if hasattr(target, "__qualname__") else type(target)


READERS: dict[type, Callable[[Any, Place], Iterator[Binding[Key]]]] = {
    Provider: _read_provider,
    MethodFactory: _read_method,
    Factory: _read_factory,
    Contribution: _read_contribution,
    Contributions: _read_contributions,
    FromContext: _read_context,
    Decoration: _read_decoration,
    Bundle: _read_bundle,
    Autowire: _read_autowire,
    Instance: _read_instance,
    Alias: _read_alias,
    Requirement: _read_requirement,
    Replacing: _read_replacing,
}
