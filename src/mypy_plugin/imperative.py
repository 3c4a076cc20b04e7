"""What is added to a container after it was made, as if it had been given to it when it was made."""

from collections.abc import Iterator

from mypy.checker import TypeChecker
from mypy.checkexpr import has_uninhabited_component
from mypy.nodes import CallExpr, Context, MemberExpr, RefExpr
from mypy.subtypes import is_subtype
from mypy.types import Instance, ProperType, Type, get_proper_type

from wireproof._model.binding import Binding, Kind, Origin
from wireproof._model.problems import Code, Problem

from .adding import scope_body
from .ahead import Ahead
from .arguments import Given, OneOf, Sources, given_by
from .codes import OF_PROBLEM, OPAQUE, WIRE
from .keys import make_key
from .lookup import unknown
from .names import CONTAINER
from .read import KEYS
from .report import fail, report
from .statements import Either, Following, Steps, following
from .targets import CALLABLE, CLASS, FUNCTION, GENERATOR, Target, note_again, noted
from .text import Style, text

LOST = "Other code may add to this container here, so that nothing can be called missing in it"
KEEP = "use the container first, or add all there is to add before, in the same scope"
LATE = "The container has been used, so nothing can be added to it"
INSTEAD = "use extend(...) or override(...)"

NOTHING = OneOf([[]])
"""What is added if there is only one way, and that adds nothing. An empty list says that nobody knows."""


def added_to(api: TypeChecker, call: Context, container: Instance) -> Sources | None:
    """Return what is added to the container that is made by a call, and report what nobody can know about it.

    None if mypy has not inferred yet what is needed to say what that is.
    """
    story = following(scope_body(api), call) if isinstance(call, CallExpr) else None
    if not isinstance(call, CallExpr) or story is None:
        return ()
    if not (story.steps or story.late or any(isinstance(one, MemberExpr) for one in story.lost)):
        return [NOTHING] if _stays_empty(call, story) else ()
    with Ahead(api, story).knowing(container) as ahead:
        if not all(ahead.learn(argument) for one in story.calls() for argument in one.args):
            return None
        added = list(_sources(ahead, story.steps))
    for late in story.late:
        fail(api, LATE, [INSTEAD], late, WIRE)
    for expression in story.lost:
        if not isinstance(expression, MemberExpr):  # for the others the statement itself says so
            fail(api, LOST, [KEEP], expression, OPAQUE)
    return [*added, *([Given(unknown(), call)] if story.lost else [])]


def _stays_empty(call: CallExpr, story: Following) -> bool:
    """Whether a container is made of nothing, and used before anybody could add to it."""
    own = isinstance(call.callee, RefExpr) and call.callee.fullname == CONTAINER  # a subclass may add by itself
    return own and story.used and not story.lost and not any(kind.is_positional(star=True) for kind in call.arg_kinds)


def _sources(ahead: Ahead, steps: Steps) -> Iterator[Given | OneOf]:
    for step in steps:
        if isinstance(step, Either):
            yield OneOf([list(_sources(ahead, branch)) for branch in step.branches])
        else:
            yield from _given(ahead, step)


def _given(ahead: Ahead, call: CallExpr) -> Iterator[Given]:
    method = call.callee.name if isinstance(call.callee, MemberExpr) else ""
    if method == "add":
        arguments = zip(call.args, call.arg_kinds, strict=True)
        types = ((ahead.type_of(argument), kind, argument) for argument, kind in arguments)
        yield from given_by(ahead.api, types)
        return
    typ = ahead.type_of(call)
    if method == "add_instance":
        _check_instance(ahead, call, get_proper_type(typ))
    known = _checked(ahead.api, call, method, typ)
    yield Given(unknown() if has_uninhabited_component(known) else known, call)  # mypy says what is wrong there


def _check_instance(ahead: Ahead, call: CallExpr, source: ProperType) -> None:
    """Report an object that is not what it is added as; mypy itself finds a type that both have in common."""
    if not isinstance(source, Instance) or not source.args:
        return
    built, key = ahead.type_of(call.args[0]), source.args[0]
    if not is_subtype(built, key):
        origin = Origin(f"bind({text(key, Style.SHORT)})", text(key, Style.FULL), 0)
        binding = Binding(Kind.INSTANCE, make_key(key), origin, None, built=make_key(built))
        report(ahead.api, Problem(Code.TYPE, binding.key, binding), KEYS, call)


def _checked(api: TypeChecker, call: CallExpr, method: str, typ: Type) -> Type:
    """Report what is added by the method for something else; what is known of it then counts as little as it can."""
    proper = get_proper_type(typ)
    target = noted(proper) if isinstance(proper, Instance) else None
    finding = None if target is None else _wrong(method, target)
    if target is None or finding is None or not isinstance(proper, Instance):
        return typ
    headline, code = finding
    fail(api, headline, [], call, OF_PROBLEM[code])
    return note_again(api, proper, target._replace(how=CALLABLE))


def _wrong(method: str, target: Target) -> tuple[str, Code] | None:
    """Return what the container says when it is given this target by this method."""
    called = f"{method}({target.name.partition(':')[2]})"
    prefix = "an async" if target.asynchronous else "a"
    if method == "add_concrete" and target.how in {FUNCTION, GENERATOR}:
        return f"{called}: must be a class; for a function use add_factory", Code.TARGET
    if method in {"add_factory", "add_generator"} and target.how == CLASS:
        return f"{called}: that is a class; use add_concrete", Code.TARGET
    if method == "add_factory" and target.how == GENERATOR:
        return f"{called}: that is {prefix} generator function; use add_generator", Code.YIELD
    if method == "add_generator" and target.how == FUNCTION:
        return f"{called}: that is a plain function; use add_factory", Code.YIELD
    return None
