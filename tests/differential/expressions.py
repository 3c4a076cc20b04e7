"""Sources, classes and functions as Python text."""

import re
from collections.abc import Callable, Iterable, Iterator
from textwrap import indent

from tests.differential.application import Class, Form, Function, How, Parameter, Passed, Registrations, Source

INDENT = "    "
WORD = re.compile(r"\b[A-Za-z_]\w*\b")


def words(text: str) -> set[str]:
    """Return the names in a text."""
    return set(WORD.findall(text))


def expression(source: Source) -> str:
    """Return a source as one writes it where a container is made or a provider is defined."""
    return EXPRESSIONS[source.how](source)


def _first(source: Source) -> str:
    """Return the only member of a source, which may be left out when an application is made smaller."""
    return expression(source.members[0]) if source.members else "Nothing()"


def argument(source: Source) -> str:
    """Return a source as one writes it among others, where there is no None."""
    if source.how == "perhaps":
        return f"*([{_first(source)}] if chosen({source.target}) else [])"
    return expression(source)


def _call(function: str, *arguments: str) -> str:
    return f"{function}({', '.join(argument for argument in arguments if argument)})"


def _options(source: Source) -> tuple[str, ...]:
    return (f"scope={source.scope}" if source.scope else "", *source.options)


def _bound(method: str) -> Callable[[Source], str]:
    return lambda source: _call(f"bind({source.key}).{method}", source.target, *_options(source))


EXPRESSIONS: dict[str, Callable[[Source], str]] = {
    "provide": lambda source: _call("provide", source.target, *_options(source)),
    "provide_all": lambda source: _call("provide_all", source.target, *_options(source)),
    "to": _bound("to"),
    "instance": _bound("instance"),
    "alias": _bound("alias"),
    "contribute": _bound("contribute"),
    "contributions": _bound("contributions"),
    "from_context": _bound("from_context"),
    "decorate": _bound("decorate"),
    "require": lambda source: _call("require", source.key, *_options(source)),
    "autowire": lambda source: _call("autowire", *source.options),
    "replacing": lambda source: _call("replacing", *map(expression, source.members)),
    "provider": lambda source: f"{source.target}()",
    "either": lambda source: f" if chosen({source.target}) else ".join(map(expression, source.members)) or "Nothing()",
    "perhaps": lambda source: f"{_first(source)} if chosen({source.target}) else None",
}


BASES = {Form.NAMED: ("NamedTuple",), Form.ENUM: ("Enum",), Form.TYPED_DICT: ("TypedDict",)}
"""The bases of some forms of classes."""


def class_text(defined: Class) -> str:
    """Return the definition of a class."""
    if defined.form is Form.NEW_TYPE:
        return f'{defined.name} = NewType("{defined.name}", str)'
    every = (*BASES.get(defined.form, ()), *defined.bases)
    bases = f"({', '.join(every)})" if every else ""
    decorator = "@dataclass\n" if defined.form is Form.DATA else ""
    body = "\n".join(_body(defined))
    return f"{decorator}class {defined.name}{bases}:\n{indent(body, INDENT)}"


def _body(defined: Class) -> Iterator[str]:
    yield f'"""A {defined.form.value} class."""\n'
    if defined.form in BODY:
        yield BODY[defined.form]
    elif defined.form in FIELDS:
        yield from map(FIELDS[defined.form], sorted(defined.parameters, key=_has_default))
    elif defined.otherwise is not None:
        for parameters in (defined.parameters, defined.otherwise):
            yield f"@overload\ndef __init__({signature(parameters, 'self')}) -> None: ..."
        yield "def __init__(self, *args: Any, **kwargs: Any) -> None: ...\n"
    elif defined.form is Form.CREATED:
        yield f"def __new__({signature(defined.parameters, 'cls')}) -> Self:"
        yield f"{INDENT}return super().__new__(cls)\n"
    elif defined.parameters:
        yield f"def __init__({signature(defined.parameters, 'self')}) -> None:"
        yield f"{INDENT}self.needs: object = ({', '.join(one.name for one in defined.parameters)},)\n"
    yield from _maker(defined)
    if defined.form is Form.UNFINISHED:
        yield "@abstractmethod"
    if defined.form is Form.ITERATOR:
        yield f"def __next__(self) -> Any:\n{INDENT}return anything()\n"
    if defined.form is not Form.TYPED_DICT:
        yield "def act(self) -> None: ..."


def _maker(defined: Class) -> Iterator[str]:
    if defined.maker is not None:
        yield "@staticmethod" if defined.static else "@classmethod"
        yield f"{function_text(defined.maker, '' if defined.static else 'cls')}\n"


def _field(parameter: Parameter) -> str:
    keyword = ["kw_only=True"] if parameter.passed is Passed.KEYWORD else []
    default = [f"default_factory=lambda: {parameter.default}"] if parameter.default else []
    return f"{parameter.name}: {parameter.annotation} = field({', '.join(keyword + default)})"


def _item(parameter: Parameter) -> str:
    return f"{parameter.name}: {parameter.annotation}{' = ' if parameter.default else ''}{parameter.default}"


ENTERING = """\
def __enter__(self) -> Self: return self
def __exit__(self, *_: object) -> None: ...
async def __aenter__(self) -> Self: return self
async def __aexit__(self, *_: object) -> None: ..."""
BODY = {Form.ENUM: 'ONE = "one"', Form.TYPED_DICT: "one: str", Form.ENTERED_TWICE: ENTERING}
FIELDS = {Form.DATA: _field, Form.NAMED: _item}


def _has_default(parameter: Parameter) -> bool:
    return bool(parameter.default)


def function_text(function: Function, first: str = "") -> str:
    """Return the definition of a function; ``first`` is a parameter before the others: ``self``."""
    decorator, definition, statement = BODIES[function.how]
    arrow = f" -> {function.returns}" if function.returns else ""
    header = f"{definition} {function.name}({signature(function.parameters, first)}){arrow}:"
    return f"{decorator}{header}\n{INDENT}{statement} anything()"


BODIES = {
    How.PLAIN: ("", "def", "return"),
    How.GENERATOR: ("", "def", "yield"),
    How.COROUTINE: ("", "async def", "return"),
    How.ASYNC_GENERATOR: ("", "async def", "yield"),
    How.MANAGER: ("@contextmanager\n", "def", "yield"),
    How.ASYNC_MANAGER: ("@asynccontextmanager\n", "async def", "yield"),
}


def signature(parameters: Iterable[Parameter], first: str = "") -> str:
    """Return the parameters of a function: positional-only ones, then plain ones, then those after a star."""
    ordered = sorted(parameters, key=_has_default)
    positional = [_parameter(one) for one in ordered if one.passed is Passed.POSITIONAL]
    # A default before the slash would ask for defaults after it.
    plain = [_parameter(one) for one in ordered if one.passed is Passed.PLAIN]
    keyword = [_parameter(one) for one in ordered if one.passed is Passed.KEYWORD]
    before = [*([first] if first else []), *positional]
    parts = [*before, *(["/"] if positional else []), *plain, *(["*", *keyword] if keyword else [])]
    return ", ".join(parts)


def _parameter(parameter: Parameter) -> str:
    annotated = f"{parameter.name}: {parameter.annotation}" if parameter.annotation else parameter.name
    if not parameter.default:
        return annotated
    return f"{annotated} = {parameter.default}" if parameter.annotation else f"{annotated}={parameter.default}"


def provider_text(provider: Registrations) -> str:
    """Return the definition of a provider class."""
    of_class = [one for one in provider.attributes if not one.by_constructor]
    of_instance = [one for one in provider.attributes if one.by_constructor]
    bases = f"{provider.base}, Generic[T]" if provider.about else provider.base
    lines = [f"class {provider.name}({bases}):", f'{INDENT}"""Some registrations."""\n']
    for one in of_class:
        method = one.source.method
        text = f"{one.name} = {expression(one.source)}" if method is None else _method(one.source, method)
        lines.append(indent(text, INDENT))
    if of_instance:
        lines.append(f"{INDENT}def __init__(self) -> None:")
        lines.append(f"{INDENT * 2}super().__init__()")
        lines += [f"{INDENT * 2}self.{one.name} = {expression(one.source)}" for one in of_instance]
    return "\n".join(lines)


def _method(source: Source, method: Function) -> str:
    return f"@{_call('provide', *_options(source))}\n{function_text(method, 'self')}"
