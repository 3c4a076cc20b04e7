"""Functions that fill in what is injected, with the parameters of the function that they wrap.

A wrapper of its own for each function passes arguments on by position, and needs neither to bind nor to copy them.
"""

from collections.abc import Callable, Collection, Iterator
from typing import TYPE_CHECKING, Any

from wireproof._emit.module import GeneratedModule
from wireproof._inspect.written import KEYWORD_ONLY, POSITIONAL_ONLY, VAR_KEYWORD, VAR_POSITIONAL

if TYPE_CHECKING:
    from inspect import Parameter, Signature

_MY = "_wireproof_"
"""What begins every name in a wrapper that is not a parameter of the function."""


_STARS: dict[int, str] = {VAR_POSITIONAL: "*", VAR_KEYWORD: "**"}
_FORMS: dict[int, str] = {
    **{kind: f"{stars}{{0}}" for kind, stars in _STARS.items()},
    KEYWORD_ONLY: "{0}={0}",
}


def wrapper(
    function: Callable[..., Any],
    signature: "Signature",
    keys: dict[str, Any],
    *,
    awaiting: bool,
    given: dict[str, Any],
) -> Callable[..., Any] | None:
    """Return a function around a function or coroutine function, None if no parameter list can say what is needed.

    Args:
        function: the function.
        signature: its signature.
        keys: what is injected, by the names of the parameters.
        awaiting: whether it is a coroutine function.
        given: what the wrapper uses: ``choose``, a function that gives the scope to resolve from, for ``owner``;
            ``injected``, the mark for what is not passed; ``resolve_all`` and ``keys``, to resolve what is injected
            together; and if calls run in scopes of their own ``kind``, ``OPEN`` and ``leave``.
    """
    listed = _parameters(signature, keys)
    if listed is None:
        return None
    module = GeneratedModule({f"{_MY}{name}": value for name, value in given.items()})
    module.namespace[f"{_MY}function"] = function
    module.namespace |= {f"{_MY}key_{name}": key for name, key in keys.items()}
    module.namespace |= {f"{_MY}default_{one.name}": one.default for one in signature.parameters.values()}
    body = _body(_passed(signature), keys, awaiting=awaiting, scoped="kind" in given)
    head = f"{'async ' if awaiting else ''}def {_MY}wrapper({listed}):"
    module.run("\n".join((head, *(f"    {line}" for line in body), "")))
    made: Callable[..., Any] = module.namespace[f"{_MY}wrapper"]
    return made


def _parameters(signature: "Signature", injected: Collection[str]) -> str | None:
    """Return the parameter list; None if one that has to be passed would come behind one that need not be."""
    texts: list[str] = []
    by_position, before = True, None
    required = True
    for one in signature.parameters.values():
        if before == POSITIONAL_ONLY != one.kind:
            texts.append("/")
        if one.kind == KEYWORD_ONLY and by_position:
            texts.append("*")
        by_position = by_position and one.kind not in {VAR_POSITIONAL, KEYWORD_ONLY}
        default = _default(one, injected)
        if by_position and not default and not required and one.kind != VAR_KEYWORD:
            return None
        required = required and not default
        stars = _STARS.get(one.kind, "")
        texts.append(f"{stars}{one.name}{default}")
        before = one.kind
    return ", ".join([*texts, *(["/"] if before == POSITIONAL_ONLY else [])])


def _default(one: "Parameter", injected: Collection[str]) -> str:
    if one.name in injected:
        return f"={_MY}injected"
    return "" if one.default is one.empty else f"={_MY}default_{one.name}"


def _passed(signature: "Signature") -> str:
    return ", ".join(_FORMS.get(one.kind, "{0}").format(one.name) for one in signature.parameters.values())


def _body(passed: str, keys: Collection[str], *, awaiting: bool, scoped: bool) -> Iterator[str]:
    """Yield what a wrapper does; a scope of its own is a ``with`` written out, which spares looking for its methods."""
    scope, await_ = f"{_MY}scope", "await " if awaiting else ""
    call = f"{await_}{_MY}function({passed})"
    if not scoped:
        yield f"{scope} = {_MY}choose({_MY}owner)"
        yield from _filled(keys, scope, await_)
        yield f"return {call}"
        return
    exit_ = f"{await_}{scope}.__{'a' if awaiting else ''}exit__"
    yield f"{scope} = {_MY}choose({_MY}owner).enter_scope({_MY}kind)"
    yield f"{_MY}ends = False"
    yield "try:"
    yield from (f"    {line}" for line in _filled(keys, scope, await_))
    yield f"    {_MY}result = {call}"
    yield f"    {_MY}ends = True"
    yield f"    {exit_}(None, None, None)"
    yield f"    return {_MY}result"
    yield f"except BaseException as {_MY}error:"
    yield f"    if not {_MY}ends:"
    yield f"        {exit_}(type({_MY}error), {_MY}error, {_MY}error.__traceback__)"
    yield "    raise"
    yield "finally:"  # nobody else has a handle to it; if it cannot be closed it at least does not stay current
    yield f"    if {scope}._state is {_MY}OPEN:"
    yield f"        {_MY}leave({scope})"


def _filled(names: Collection[str], scope: str, await_: str) -> Iterator[str]:
    """Yield the lines that get what was not passed: all together, as mostly nothing is, or each by itself."""
    if len(names) == 1:
        yield from _filled_one(next(iter(names)), scope, await_)
    elif names:
        yield f"if {' is '.join((f'{_MY}injected', *names))}:"
        yield f"    {', '.join(names)} = {await_}{_MY}resolve_all({scope}, {_MY}keys)"
        yield "else:"
        yield from (f"    {line}" for name in names for line in _filled_one(name, scope, await_))


def _filled_one(name: str, scope: str, await_: str) -> Iterator[str]:
    yield f"if {name} is {_MY}injected:"
    yield f"    {name} = {await_}{scope}.{'aresolve' if await_ else 'resolve'}({_MY}key_{name})"
