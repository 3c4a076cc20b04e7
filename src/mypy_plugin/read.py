"""From the types of sources to bindings: a table of small functions, one for each class of sources."""

from collections.abc import Callable, Sequence
from functools import partial
from itertools import chain, groupby
from typing import NamedTuple

from mypy.checker import TypeChecker
from mypy.nodes import TypeInfo
from mypy.types import AnyType, Instance, NoneType, TupleType, Type, UninhabitedType, UnionType, get_proper_type

from wireproof._model.binding import Binding, Kind, Origin, Parameter, replace
from wireproof._model.graph import Graph

from . import names
from .alternatives import read_alternatives
from .assume import assumed, declared_elsewhere
from .derived import bare
from .facts import MANAGERS, abstract, known, refused, wrong_yield, yields
from .generic import arguments_for, constructors, is_open
from .index import Entry, entries
from .keys import DIFFERENT_RESULTS, KeyReading, TypeKey, as_class, classes_in, make_key, read_key
from .parameters import mentions_variables, without_first_parameter
from .plain import plain
from .provider import Attribute, attribute, attributes, default_scope, definers_of
from .source_keys import SourceKeys, asked
from .targets import AMBIGUOUS, CLASS, ENTERED_CLASS, Target, noted
from .text import Style, class_name, text
from .walk import Deferred, Place, Walk

KEYS = SourceKeys()


def read_members(walk: Walk, held: Type) -> Graph[TypeKey]:
    """Read what the type of a container says that it holds into a graph, and nothing else."""
    read_held(walk, held)
    return graph_of(walk)


def read_held(walk: Walk, held: Type) -> None:
    """Read what the type of a container says that it holds."""
    _read_boxes(held, walk.top(), walk)


def with_promises(walk: Walk) -> Graph[TypeKey]:
    """Make a graph of what has been read, and of what others have been proven to provide for it."""
    required = any(binding.kind is Kind.REQUIREMENT for binding in walk.bindings)
    promised = list(assumed(graph_of(walk))) if required else []
    walk.bindings += [*promised, *declared_elsewhere(walk.bindings, walk.given)]
    return graph_of(walk)


def read_source(typ: Type, place: Place, walk: Walk) -> None:
    """Read whatever is given as a source; what cannot be understood could provide anything.

    A union is one of its members, a tuple is all of its items, None is nothing, Never is not known yet.
    """
    source = get_proper_type(typ)
    reader = _reader(source.type) if isinstance(source, Instance) else None
    if isinstance(source, Instance) and reader is not None:
        reader(source, place, walk)
    elif isinstance(source, UnionType):
        read_alternatives(source.items, lambda one: read_source(one, place, walk), walk)
    elif isinstance(source, TupleType):
        for item in source.items:
            read_source(item, place, walk)
    elif isinstance(source, UninhabitedType):
        walk.unready = True
    elif not isinstance(source, NoneType):
        walk.opaque = True


def graph_of(walk: Walk) -> Graph[TypeKey]:
    """Return the graph of what a walk has found."""
    return Graph(walk.bindings, KEYS, opaque=walk.opaque or walk.unready)


def _reader(info: TypeInfo) -> "Callable[[Instance, Place, Walk], None] | None":
    known = READERS.get(info.fullname)
    return known or next((READERS[base.fullname] for base in info.mro if base.fullname in READERS), None)


class _Call(NamedTuple):
    """The parts of a source that calls a target."""

    key: Type
    parameters: Type
    scope: Type
    target: Target | None
    asynchronous: bool
    first: int = 1
    """The number of the first parameter in the signature of the target."""


def _factory(source: Instance, place: Place, walk: Walk) -> None:
    binding = plain(source, place, walk)
    if binding is not None:
        walk.bindings.append(binding)
        return
    parameters, key, scope, _ = source.args
    call = _Call(key, parameters, scope, noted(source), source.type.has_base(names.ASYNC_FACTORY))
    _add_call(call, _target_origin(call, place, walk), place, walk)


def _method(source: Instance, place: Place, walk: Walk) -> None:
    parameters, _, key, scope, _ = source.args
    call = _Call(key, parameters, scope, noted(source), source.type.has_base(names.ASYNC_METHOD_FACTORY))
    _add_call(call, Origin(place.name, place.definition, walk.argument), place, walk)


def _add_call(call: _Call, origin: Origin, place: Place, walk: Walk) -> None:
    target = call.target
    key, untyped = KeyReading(None, DIFFERENT_RESULTS) if _is_ambiguous(call) else walk.key(call.key)
    parameters, overloads = asked(_signatures(call), call.first)
    if target is not None and target.how == ENTERED_CLASS:  # of others the class is what is built
        walk.classes.update(classes_in(target.declared))
    walk.reads(chain(parameters, *overloads))
    scope = walk.lives(call.scope, place)
    refusal = None if target is None else refused(target)
    if refusal is not None:  # that is all there is to say about it
        walk.bindings.append(
            Binding(Kind.FACTORY, _meant(call, key), origin, scope, replaces=place.replaces, refused=refusal)
        )
        return
    binding = Binding(
        Kind.FACTORY,
        key,
        origin,
        scope,
        parameters,
        overloads,
        asynchronous=call.asynchronous,
        replaces=place.replaces,
        built=None if target is None else key if target.built == call.key else known(target.built, walk),
        closes=None if target is None else known(target.closes, walk),
        yields=target is not None and yields(target),
        untyped=untyped,
        abstract=None if target is None else abstract(target),
        wrong_yield=None if target is None else wrong_yield(target),
    )
    walk.bindings.append(_opened(binding, call))


def _meant(call: _Call, key: TypeKey | None) -> TypeKey | None:
    """Return the key that was probably meant: what entering a context manager gives."""
    manager = get_proper_type(call.key)
    is_manager = isinstance(manager, Instance) and manager.type.fullname in MANAGERS
    return read_key(manager.args[0]).key if isinstance(manager, Instance) and is_manager else key


def _is_ambiguous(call: _Call) -> bool:
    """Whether no key is stated, and the overloads of the target do not agree on one."""
    return call.target is not None and call.target.how == AMBIGUOUS and isinstance(get_proper_type(call.key), AnyType)


def _signatures(call: _Call) -> Sequence[Type]:
    """Return what a target asks for, more than once if it is overloaded. Of a class that is found in the class.

    The type of a source that decorates has it without the first parameter.
    """
    target = call.target
    made = as_class(target.declared) if target is not None and target.how in {CLASS, ENTERED_CLASS} else None
    if isinstance(made, Instance):
        whole = constructors(made.type, arguments_for(made.type, made) if made.args else None)
    elif target is not None and target.overloads:
        whole = target.overloads
    else:
        return [call.parameters]
    return whole if call.first == 1 else [without_first_parameter(one) for one in whole]


def _opened(binding: Binding[TypeKey], call: _Call) -> Binding[TypeKey]:
    """Return the binding of a generic class that serves whatever arguments are asked for."""
    key, target = as_class(call.key), call.target
    if target is None or target.how != CLASS or not isinstance(key, Instance) or not is_open(key, target.built):
        return binding
    built = as_class(target.built)
    info = built.type if isinstance(built, Instance) else key.type
    needs = asked(constructors(info)).parameters
    parameters = tuple(one for one in needs if one.key is not None and not mentions_variables(one.key))
    opened = make_key(bare(key))
    made = make_key(bare(built)) if isinstance(built, Instance) else None
    return replace(binding, key=opened, built=made, open=True, parameters=parameters, overloads=(), handle=info)


def _target_origin(call: _Call, place: Place, walk: Walk) -> Origin:
    if call.target is None or not call.target.name:
        return _key_origin("bind", call.key, place, walk)
    module, _, name = call.target.name.partition(":")
    return Origin(name, place.definition or (f"{module}.{name}" if module else ""), walk.argument)


def _key_origin(function: str, key: Type, place: Place, walk: Walk) -> Origin:
    if place.name:
        return Origin(place.name, place.definition, walk.argument)
    return Origin(f"{function}({text(key, Style.SHORT)})", text(key, Style.FULL), walk.argument)


def _contribution(source: Instance, place: Place, walk: Walk) -> None:
    parameters, key, scope, _ = source.args
    call = _Call(key, parameters, scope, noted(source), source.type.has_base(names.ASYNC_CONTRIBUTION))
    _add_call(call, _target_origin(call, place, walk), place, walk)
    walk.bindings.append(replace(walk.bindings.pop(), kind=Kind.CONTRIBUTION, open=False, replaces=0))


def _contributions(source: Instance, place: Place, walk: Walk) -> None:
    (key,) = source.args
    _add(walk, Binding(Kind.CONTRIBUTIONS, walk.stated(key), _key_origin("bind", key, place, walk), None))


def _context(source: Instance, place: Place, walk: Walk) -> None:
    key, scope = source.args
    origin = _key_origin("bind", key, place, walk)
    lives = walk.lives(scope, place)
    _add(walk, Binding(Kind.CONTEXT, walk.stated(key), origin, lives, replaces=place.replaces))


def _given(source: Instance, _: Place, walk: Walk) -> None:
    key = known(source.args[0], walk)
    if key is None:
        walk.any_given = True
    else:
        walk.given.add(key)


def _decoration(source: Instance, place: Place, walk: Walk) -> None:
    parameters, key, _ = source.args
    call = _Call(key, parameters, key, noted(source), source.type.has_base(names.ASYNC_DECORATION), first=2)
    _add_call(call, _target_origin(call, place, walk), place, walk)
    binding = walk.bindings.pop()
    decorated = Parameter("", binding.key)
    walk.bindings.append(
        replace(
            binding,
            kind=Kind.DECORATION,
            scope=None,
            open=False,
            parameters=() if binding.overloads else (decorated, *binding.parameters),
            overloads=tuple((decorated, *overload) for overload in binding.overloads),
        )
    )


def _autowire(_: Instance, place: Place, walk: Walk) -> None:
    name = place.name or "autowire()"
    _add(walk, Binding(Kind.AUTOWIRE, None, Origin(name, place.definition or name, walk.argument), None))


def _instance(source: Instance, place: Place, walk: Walk) -> None:
    (key,) = source.args
    origin = _key_origin("bind", key, place, walk)
    _add(walk, Binding(Kind.INSTANCE, walk.stated(key), origin, walk.outermost(), replaces=place.replaces))


def _alias(source: Instance, place: Place, walk: Walk) -> None:
    key, other = source.args
    parameter = Parameter("", walk.stated(other))
    origin = _key_origin("bind", key, place, walk)
    _add(walk, Binding(Kind.ALIAS, walk.stated(key), origin, None, (parameter,), replaces=place.replaces))


def _requirement(source: Instance, place: Place, walk: Walk) -> None:
    required, scope = source.args
    key = known(required, walk)
    origin = _key_origin("require", required, place, walk)
    awaited = source.type.has_base(names.AWAITED_REQUIREMENT)
    parameters = (Parameter("", key),)
    _add(walk, Binding(Kind.REQUIREMENT, key, origin, walk.lives(scope, place), parameters, awaited=awaited))


def _add(walk: Walk, binding: Binding[TypeKey]) -> None:
    walk.bindings.append(binding)


def _replacing(source: Instance, place: Place, walk: Walk) -> None:
    read_source(source.args[0], place._replace(replaces=place.replaces or walk.new_group()), walk)


def _bundle(source: Instance, place: Place, walk: Walk) -> None:
    members = get_proper_type(source.args[0])
    walk.opaque = walk.opaque or not isinstance(members, TupleType)
    for member in members.items if isinstance(members, TupleType) else ():
        read_source(member, place, walk)


def _provider(source: Instance, place: Place, walk: Walk) -> None:
    walk.classes.add(source.type)
    walk.opaque = walk.opaque or source.type.fullname == names.PROVIDER or source.type.fallback_to_any
    with walk.inside(make_key(source)) as entered:
        if entered and walk.deferred is not None:
            _put_off(source, place.replaces, walk, walk.deferred)
        elif entered:
            for found in attributes(source):
                _attribute(source, found, place.replaces, walk)


def _put_off(source: Instance, replaces: int, walk: Walk, deferred: list[Deferred]) -> None:
    """Read of a provider only the keys, where they are known without reading more."""
    for has_key, run in groupby(_listed(walk.api, source.type), lambda one: bool(one[0].key)):
        if has_key:
            deferred.append(Deferred(len(walk.bindings), list(run), partial(_one, source, replaces)))
        else:
            for entry, definer in run:
                _one(source, replaces, entry.name, definer, walk)


def _listed(api: TypeChecker, provider: TypeInfo) -> list[tuple[Entry, TypeInfo]]:
    """Return what a provider has, sorted by name, each with the class that defines it; redefined ones once."""
    classes = definers_of(provider)
    if len(classes) == 1:
        return [(entry, provider) for entry in entries(api, provider)]
    last = {name: definer for definer in classes for name in definer.names}
    listed = [(entry, definer) for definer in classes for entry in entries(api, definer)]
    return sorted((one for one in listed if last[one[0].name] is one[1]), key=lambda one: one[0])


def _one(source: Instance, replaces: int, name: str, definer: TypeInfo, walk: Walk) -> None:
    found = attribute(source, name, definer)
    if found is not None:
        _attribute(source, found, replaces, walk)


def _attribute(source: Instance, attribute: Attribute, replaces: int, walk: Walk) -> None:
    """Read a registration of a provider."""
    name, definer, typ = attribute
    if typ is None:
        walk.unready = True
        return
    owner = walk.owners.get((source, definer))
    if owner is None:
        short, full = (class_name(definer, style) for style in (Style.SHORT, Style.FULL))
        owner = walk.owners[source, definer] = Place(short, full, default_scope(source, definer))
    place = Place(f"{owner.name}.{name}", f"{owner.definition}.{name}", owner.default, replaces)
    read_source(typ, place, walk)


def _any_source(source: Instance, place: Place, walk: Walk) -> None:
    _read_boxes(source.args[0], place, walk)


def _read_boxes(typ: Type, place: Place, walk: Walk) -> None:
    held = get_proper_type(typ)
    for item in held.items if isinstance(held, UnionType) else [held]:
        box = get_proper_type(item)
        if isinstance(box, Instance) and box.type.fullname == names.HAS:
            read_source(box.args[0], place, walk)
        else:
            walk.opaque = walk.any_given = True


READERS: dict[str, Callable[[Instance, Place, Walk], None]] = {
    names.FACTORY: _factory,
    names.METHOD_FACTORY: _method,
    names.CONTRIBUTION: _contribution,
    names.CONTRIBUTIONS: _contributions,
    names.FROM_CONTEXT: _context,
    names.GIVEN: _given,
    names.DECORATION: _decoration,
    names.BUNDLE: _bundle,
    names.AUTOWIRE: _autowire,
    names.INSTANCE: _instance,
    names.ALIAS: _alias,
    names.REQUIREMENT: _requirement,
    names.REPLACING: _replacing,
    names.PROVIDER: _provider,
    names.SOURCE: _any_source,
}
"""By the class of the source, or the base that it has first in its MRO."""
