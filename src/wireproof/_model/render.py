"""Problems in words: the one place where the text of messages is written, for the run time and for mypy alike."""

import re
from collections.abc import Callable, Iterable
from typing import Any, Generic, NamedTuple, TypeVar

from wireproof._model.binding import Binding, Kind, Parameter
from wireproof._model.keys import Naming
from wireproof._model.names import Names, mentioned
from wireproof._model.problems import Code, Problem, Step
from wireproof._model.refusals import Refusal
from wireproof._model.report import Report
from wireproof._model.scope_path import ScopePath

K = TypeVar("K")

NAMED = 4
"""How many keys a headline may list; of more, the last place counts the others."""


class _Words(NamedTuple, Generic[K]):
    """A problem together with the names to use for its keys, chosen so that no two in it look alike."""

    problem: Problem[K]
    names: Names[K]

    def key(self) -> str:
        return self.names.of(self.problem.key)

    def binding(self) -> Binding[K]:
        if self.problem.binding is None:
            raise AssertionError(self.problem)
        return self.problem.binding

    def other(self) -> Binding[K]:
        if self.problem.other is None:
            raise AssertionError(self.problem)
        return self.problem.other

    def parameter(self) -> str:
        return "" if self.problem.parameter is None else self.problem.parameter.name

    def parameter_key(self) -> str:
        return self.names.of(None if self.problem.parameter is None else self.problem.parameter.key)


def report(problem: Problem[K], keys: Naming[K]) -> Report:
    """Put a problem into words.

    Args:
        problem: the finding.
        keys: the head's knowledge about its keys, for their names.
    """
    words = _Words(problem, Names(mentioned(problem), keys))
    notes = [
        *_path(words),
        *_lacking(words),
        *_also(words),
        *_definitions(words),
        *_near(words),
        *_alternatives(words),
        *FIX[problem.code](words),
    ]
    return Report(HEADLINE[problem.code](words), tuple(notes))


def scope_name(scope: ScopePath | None) -> str:
    """Return the name of a scope as messages show it."""
    return "?" if scope is None else scope.name


def path_text(path: tuple[Step[K], ...], names: Names[K]) -> str:
    """Return a path in the form ``Users (REQUEST) -> SqlUsers.session -> Session (REQUEST)``."""
    parts: list[str] = []
    for step in path:
        scope = "" if step.scope is None else f" ({step.scope.name})"
        parts.append(f"{names.of(step.key)}{scope}")
        if step.onward:
            parts.append(step.onward)
    return " -> ".join(parts)


def _path(words: _Words[Any]) -> list[str]:
    path = words.problem.path
    return [f"path: {path_text(path, words.names)}"] if len(path) > 1 else []


def _lacking(words: _Words[Any]) -> list[str]:
    overloads = enumerate(words.problem.lacking, start=1)
    return [f"overload {number} lacks: {_listed(words, parameters)}" for number, parameters in overloads]


def _listed(words: _Words[Any], parameters: Iterable[Parameter[Any]]) -> str:
    return ", ".join(
        f'"{words.names.of(one.key)}"' if one.key is not None else f'an annotation of parameter "{one.name}"'
        for one in parameters
    )


def _also(words: _Words[Any]) -> list[str]:
    also = words.problem.also
    if not also:
        return []
    verb = "provided" if words.problem.code is Code.DUPLICATE else "required"
    return [f"also {verb} by {also} other{'s' if also > 1 else ''}"]


def _definitions(words: _Words[Any]) -> list[str]:
    problem = words.problem
    parties = [problem.binding, problem.other, *problem.alike]
    if problem.code is Code.DUPLICATE:
        parties.reverse()
    places = [party.origin.definition for party in parties if party is not None and party.origin.definition]
    return [f"defined at: {', '.join(dict.fromkeys(places))}"] if places else []


def _near(words: _Words[Any]) -> list[str]:
    near = words.problem.near
    if not near:
        return []
    shown = ", ".join(f'"{words.names.of(binding.key)}" ({_how(binding)} "{binding.origin.name}")' for binding in near)
    return [f"provided are, however: {shown}"]


def _how(binding: Binding[Any]) -> str:
    return "contributed by" if binding.kind is Kind.CONTRIBUTION else "by"


def _alternatives(words: _Words[Any]) -> list[str]:
    among = words.problem.alternatives
    if among is None:
        return []
    providing = " and ".join(f'"{name}"' for name in among.providing)
    one = len(among.providing) == 1
    if not among.lacking:
        return [f"{providing} {'provides it, but is' if one else 'provide it, but are'} not always there"]
    return [f'{providing} {"provides" if one else "provide"} it, "{among.lacking}" does not']


def _missing(words: _Words[Any]) -> str:
    if words.problem.binding is None:
        return f'No provider for "{words.key()}"'
    binding = words.binding()
    if words.problem.lacking:
        return f'No overload of "{binding.origin.name}" can be called: each lacks something that it needs'
    if words.parameter():
        return f'No provider for "{words.key()}", required by "{binding.origin.name}" (parameter "{words.parameter()}")'
    return f'No provider for "{words.key()}", required by "{binding.origin.name}"'


def _scope(words: _Words[Any]) -> str:
    problem = words.problem
    lives = scope_name(problem.lives)
    if problem.binding is None:
        return f'"{words.key()}" lives in {lives} and cannot be resolved at {scope_name(problem.scope)}'
    if problem.binding.kind is Kind.CONTRIBUTION:
        here = scope_name(problem.scope)
        return f'Contributions to "{words.key()}" live in {here} and in {lives}, and no scope is within both'
    by = problem.binding.origin.name
    return f'"{words.key()}" lives in {lives}, but "{by}" requires it at {scope_name(problem.scope)}'


def _captive(words: _Words[Any]) -> str:
    binding = words.binding()
    holder = f'"{words.names.of(binding.key)}" ({scope_name(words.problem.lives)})'
    held = f'"{words.key()}" ({scope_name(words.problem.scope)})'
    return f'{holder} would hold the shorter-lived {held} (parameter "{words.parameter()}" of "{binding.origin.name}")'


def _cycle(words: _Words[Any]) -> str:
    return f'Dependency cycle: "{words.key()}" needs itself'


def _duplicate(words: _Words[Any]) -> str:
    first, second = words.other().origin, words.binding().origin
    if first.name == second.name:
        return f'"{words.key()}" is provided twice by "{first.name}"'
    return f'Two providers for "{words.key()}": "{first.name}" and "{second.name}"'


def _type(words: _Words[Any]) -> str:
    if words.problem.binding is None:
        return f'The context value for "{words.key()}" is of type "{words.parameter_key()}"'
    binding = words.binding()
    built = words.names.of(binding.key if binding.built is None else binding.built)
    if words.problem.parameter is not None:
        return f'"{binding.origin.name}" builds "{built}", but its on_close takes "{words.parameter_key()}"'
    return f'"{binding.origin.name}" builds "{built}", which is not the "{words.key()}" it is bound to'


def _yield(words: _Words[Any]) -> str:
    binding = words.binding()
    wrong = binding.wrong_yield
    if wrong is None:
        built = words.names.of(binding.built)
        return f'"{binding.origin.name}" yields "{built}", which is not the "{words.key()}" it is bound to'
    if wrong.generator:
        return f'"{binding.origin.name}" is a generator function but is declared to return "{wrong.declared}"'
    return f'"{binding.origin.name}" is declared to return "{wrong.declared}" but is not a generator function'


def _async(words: _Words[Any]) -> str:
    problem = words.problem
    culprit = words.other().origin.name
    if problem.binding is None:
        return f'Building "{words.key()}" awaits "{culprit}" and cannot be done without await'
    by = f'"{problem.binding.origin.name}"'
    if problem.parameter is not None:
        by = f'parameter "{words.parameter()}" of {by}'
    return f'Building "{words.key()}" awaits "{culprit}", but {by} requires it without await'


def _abstract(words: _Words[Any]) -> str:
    abstract = words.binding().abstract
    if abstract is None:
        raise AssertionError(words.problem)
    if abstract.protocol:
        return f'"{abstract.built}" is a Protocol and cannot be built'
    members = ", ".join(f'"{member}"' for member in abstract.members)
    return f'"{abstract.built}" is abstract and cannot be built: {members} not implemented'


def _untyped(words: _Words[Any]) -> str:
    problem, binding = words.problem, words.binding()
    if problem.parameter is None:
        return f'What "{binding.origin.name}" provides cannot be read: {binding.untyped}'
    return f'Parameter "{words.parameter()}" of "{binding.origin.name}" cannot be filled: {problem.parameter.untyped}'


def _target(words: _Words[Any]) -> str:
    return _refused(words).headline(words.binding().origin.name)


def _refused(words: _Words[Any]) -> Refusal:
    refused = words.binding().refused
    if refused is None:
        raise AssertionError(words.problem)
    return refused


def _context(words: _Words[Any]) -> str:
    problem = words.problem
    if problem.other is None:
        return f'Nobody declares "{words.key()}" as a context value'
    if problem.lives is not None:
        lives, scope = problem.lives.name, scope_name(problem.scope)
        return f'"{words.key()}" is a context value of {lives} and cannot be given to {scope}'
    return f'"{words.key()}" is a context value that {scope_name(problem.scope)} was not given'


def _override(words: _Words[Any]) -> str:
    return f'"{words.binding().origin.name}" is to replace a provider of "{words.key()}", but there is none'


def _unused(words: _Words[Any]) -> str:
    keys = list(dict.fromkeys(f'"{words.names.of(binding.key)}"' for binding in words.problem.alike))
    if len(keys) > NAMED:
        keys[NAMED - 1 :] = [f"{len(keys) - NAMED + 1} others"]
    *first, last = keys
    listed = f"{', '.join(first)} or {last}" if first else last
    return f"Nothing that is required needs {listed}"


def _fix_missing(words: _Words[Any]) -> list[str]:
    name = words.key()
    if words.problem.key is None:
        return ["annotate the parameters of one of them"]
    if words.problem.other is not None:  # it is provided, for its parametrisations
        return [f"ask for it with its arguments: {name}[...]"]
    if words.problem.members is not None:
        member = words.names.of(words.problem.members)
        may_be_empty = f"say that it may be empty: bind({member}).contributions()"
        return [f"contribute to it, bind({member}).contribute(...), or {may_be_empty}"]
    argument = "instance(value)" if not name.isidentifier() else f"instance({_variable(name)})"
    return [f"add a source for it, for example: bind({name}).{argument}"]


def _variable(name: str) -> str:
    if name.islower():
        return "value"
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()


def _fix_scope(words: _Words[Any]) -> list[str]:
    scope = words.problem.lives
    code = "..." if scope is None else scope.code
    if words.problem.binding is not None and words.problem.binding.kind is Kind.CONTRIBUTION:
        return ["let all of them live in scopes of one line"]
    if words.problem.binding is None:
        return [f"enter that scope first, for example: with container.enter_scope({code}) as scope: ..."]
    return [f"require it where it lives: require({words.key()}, scope={code})"]


def _fix_captive(words: _Words[Any]) -> list[str]:
    scope = words.problem.scope
    code = "..." if scope is None else scope.code
    return [f'let "{words.names.of(words.binding().key)}" live as briefly: scope={code}']


def _fix_async(words: _Words[Any]) -> list[str]:
    if words.problem.parameter is not None:
        return [f"take its async form: {words.parameter()}: Callable[[], Awaitable[{words.key()}]]"]
    if words.problem.binding is None:
        return [f"await it: await container.aresolve({words.key()})"]
    return [f"say that it is awaited: require({words.key()}, awaited=True)"]


def _fix_untyped(words: _Words[Any]) -> list[str]:
    if words.problem.parameter is None:
        return ["annotate what it returns, or state the key: bind(Key).to(...)"]
    return [f"annotate it, for example: {words.parameter()}: Config"]


def _fix_target(words: _Words[Any]) -> list[str]:
    return [_refused(words).fix(words.binding().origin.name)]


def _fix_type(words: _Words[Any]) -> list[str]:
    if words.problem.binding is None:
        return [f"give an instance of {words.key()}"]
    if words.problem.parameter is not None:
        return ["give an on_close that takes what is built"]
    return ["bind what it builds, or build what is bound"]


def _fix_context(words: _Words[Any]) -> list[str]:
    problem, name = words.problem, words.key()
    if problem.other is None:
        code = "..." if problem.scope is None else problem.scope.code
        return [f"declare it: bind({name}).from_context(scope={code})"]
    where = scope_name(problem.lives or problem.scope)
    return [f"give it where {where} is opened: context={{{name}: value}}"]


def _fix_yield(words: _Words[Any]) -> list[str]:
    wrong = words.binding().wrong_yield
    name = words.key() if words.problem.key is not None else "..."
    iterator = "AsyncIterator" if words.binding().asynchronous else "Iterator"
    if wrong is None:
        return [f'yield an instance of it and declare "-> {iterator}[{name}]"']
    if wrong.generator:
        return [f'declare what it yields, as in "-> {iterator}[...]"']
    return [f'yield the instance, or return it and declare "-> {name}"']


def _fix(text: str) -> Callable[[_Words[Any]], list[str]]:
    return lambda words: [text.format(key=words.key() if words.problem.key is not None else "...")]


HEADLINE: dict[Code, Callable[[_Words[Any]], str]] = {
    Code.MISSING: _missing,
    Code.SCOPE: _scope,
    Code.CAPTIVE: _captive,
    Code.CYCLE: _cycle,
    Code.DUPLICATE: _duplicate,
    Code.TYPE: _type,
    Code.YIELD: _yield,
    Code.ASYNC: _async,
    Code.ABSTRACT: _abstract,
    Code.UNTYPED: _untyped,
    Code.OVERRIDE: _override,
    Code.CONTEXT: _context,
    Code.UNUSED: _unused,
    Code.TARGET: _target,
}

FIX: dict[Code, Callable[[_Words[Any]], list[str]]] = {
    Code.MISSING: _fix_missing,
    Code.SCOPE: _fix_scope,
    Code.CAPTIVE: _fix_captive,
    Code.CYCLE: _fix("break it: let one of them take what it needs from outside, or split it in two"),
    Code.DUPLICATE: _fix("if one is meant to win, mark it: replacing(...)"),
    Code.TYPE: _fix_type,
    Code.TARGET: _fix_target,
    Code.YIELD: _fix_yield,
    Code.ASYNC: _fix_async,
    Code.ABSTRACT: _fix("register a class that implements it, for example: bind({key}).to(Implementation)"),
    Code.UNTYPED: _fix_untyped,
    Code.UNUSED: _fix("leave it out, or say who resolves it: require({key})"),
    Code.CONTEXT: _fix_context,
    Code.OVERRIDE: _fix("leave out replacing(...), or add the source that it is to replace"),
}

NOTES: tuple[Callable[[_Words[Any]], list[str]], ...] = (_path, _also, _definitions, _near, _alternatives)
