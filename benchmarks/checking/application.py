"""An application to check: services, the providers that register them, handlers that resolve them, the wiring.

Services lie in features of 80, in five layers of 16, one module each. A service needs up to four others, from the
layers below it in its own feature, from the core, which is the first feature, and now and then from the feature before.
Twenty services share a provider class. Every fifth has a handler. What is written follows from the size alone.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path
from random import Random
from typing import NamedTuple

from benchmarks.checking.texts import HANDLER, SERVICE

PER_MODULE = 16
PER_PROVIDER = 20
PER_HANDLER = 5
LAYERS = (("gateways", "APP"), ("stores", "APP"), ("sessions", "SESSION"), ("rules", "REQUEST"), ("actions", "REQUEST"))
PER_FEATURE = PER_MODULE * len(LAYERS)
MOST_NEEDS = 4
FROM_CORE = 4
CHANCE_OF_OTHER_FEATURE = 0.1
CHANGED = PER_FEATURE + 3 * PER_MODULE + 1
"""The service whose constructor and handler are edited: one of the second feature's rules."""


class Service(NamedTuple):
    """A class of the application."""

    number: int
    needs: tuple[int, ...]

    @property
    def feature(self) -> int:
        """The feature that it belongs to."""
        return self.number // PER_FEATURE

    @property
    def layer(self) -> int:
        """The number of its layer."""
        return self.number % PER_FEATURE // PER_MODULE

    @property
    def name(self) -> str:
        """The name of the class."""
        return f"Service{self.number}"

    @property
    def module(self) -> str:
        """The module that it is in."""
        return f"app.feature{self.feature}.{LAYERS[self.layer][0]}"

    @property
    def scope(self) -> str:
        """The scope that it lives in."""
        return LAYERS[self.layer][1]


def write(folder: Path, services: int, *, handler: bool = False, constructor: bool = False) -> None:
    """Write an application, or what is different in it.

    Args:
        folder: where its package is to be.
        services: how many there are.
        handler: whether the body of one handler has been edited.
        constructor: whether the constructor of one service has been edited: it needs one service less.
    """
    for name, text in files(services, handler=handler, constructor=constructor):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")


def files(services: int, *, handler: bool = False, constructor: bool = False) -> Iterator[tuple[str, str]]:
    """Yield the names and contents of all modules."""
    made = plan(services)
    if constructor:
        made[CHANGED] = made[CHANGED]._replace(needs=made[CHANGED].needs[:-1])
    yield "app/__init__.py", ""
    for number in range(made[-1].feature + 1):
        folder, members = f"app/feature{number}", made[number * PER_FEATURE : (number + 1) * PER_FEATURE]
        yield f"{folder}/__init__.py", ""
        for layer, (name, _) in enumerate(LAYERS):
            yield f"{folder}/{name}.py", _layer(made, [service for service in members if service.layer == layer])
        yield f"{folder}/providers.py", _providers(made, members)
        text = _handlers(members)
        yield f"{folder}/handlers.py", text.replace("handled", "taken", handler and number == 1)
    yield "app/wiring.py", _wiring(made[-1].feature + 1)


def plan(services: int) -> list[Service]:
    """Decide what every service needs."""
    random = Random(services)
    made: list[Service] = []
    for number in range(services):
        service = Service(number, ())
        candidates = _below(made, service) + _elsewhere(made, service, random)
        count = MOST_NEEDS if number == CHANGED else random.randrange(MOST_NEEDS + 1)
        needs = random.sample(candidates, min(count, len(candidates)))
        made.append(service._replace(needs=tuple(sorted(needs))))
    return made


def _below(made: list[Service], service: Service) -> list[int]:
    return [one.number for one in made[service.feature * PER_FEATURE :] if one.layer < service.layer]


def _elsewhere(made: list[Service], service: Service, random: Random) -> list[int]:
    if not service.feature:
        return []
    core = [one.number for one in made[:PER_FEATURE] if one.layer <= min(service.layer, 1)]
    found = random.sample(core, FROM_CORE)
    if service.layer and random.random() < CHANCE_OF_OTHER_FEATURE:
        found.append(service.number - PER_FEATURE - PER_MODULE)
    return found


def _layer(made: list[Service], members: list[Service]) -> str:
    lines = [
        '"""Services of one layer."""',
        "",
        "from collections.abc import Mapping",
        "from dataclasses import dataclass",
    ]
    lines += ["", *_imports(made[need] for need in sorted({need for one in members for need in one.needs})), ""]
    return "\n".join(lines) + "\n".join(_service(made, service) for service in members)


def _service(made: list[Service], service: Service) -> str:
    needs = [(f"service{need}", made[need].name) for need in service.needs]
    return SERVICE.format(
        name=service.name,
        parameters="".join(f", {name}: {kind}" for name, kind in needs),
        assignments="".join(f"\n        self._{name} = {name}" for name, _ in needs),
        calls="".join(f"\n        counts.update(self._{name}.summary())" for name, _ in needs),
    )


def _providers(made: list[Service], members: list[Service]) -> str:
    needed = {need for service in members for need in (service.number, *service.needs)}
    lines = ['"""Providers of one feature."""', "", "from collections.abc import Iterator", ""]
    lines += ["from wireproof import Provider, Scope, bind, provide", ""]
    lines += [*_imports(made[need] for need in sorted(needed)), ""]
    parts = [members[start : start + PER_PROVIDER] for start in range(0, len(members), PER_PROVIDER)]
    for number, part in enumerate(parts):
        lines += ["", f"class Part{number}(Provider):", '    """Twenty services."""', ""]
        lines += [line for one in part for line in REGISTRATIONS[one.number % len(REGISTRATIONS)](made, one)]
    lines += ["", "", f"class Feature{members[0].feature}(Provider):", '    """All of this feature."""', ""]
    lines += [f"    part{number} = Part{number}()" for number in range(len(parts))]
    return "\n".join([*lines, ""])


def _class(_: list[Service], service: Service) -> list[str]:
    return [f"    service{service.number} = provide({service.name}, scope=Scope.{service.scope})"]


def _bound(_: list[Service], service: Service) -> list[str]:
    return [f"    service{service.number} = bind({service.name}).to({service.name}, scope=Scope.{service.scope})"]


def _method(made: list[Service], service: Service) -> list[str]:
    return _decorated(made, service, service.name, "return")


def _generator(made: list[Service], service: Service) -> list[str]:
    return _decorated(made, service, f"Iterator[{service.name}]", "yield")


def _decorated(made: list[Service], service: Service, returned: str, statement: str) -> list[str]:
    parameters = "".join(f", service{need}: {made[need].name}" for need in service.needs)
    return [
        "",
        f"    @provide(scope=Scope.{service.scope})",
        f"    def service{service.number}(self{parameters}) -> {returned}:",
        f"        {statement} {service.name}({', '.join(f'service{need}' for need in service.needs)})",
        "",
    ]


REGISTRATIONS = (_class, _class, _bound, _class, _method, _class, _bound, _class, _generator, _class)
"""How services are registered, in turn."""


def _handlers(members: list[Service]) -> str:
    handled = members[PER_HANDLER - 1 :: PER_HANDLER]
    lines = ['"""Handlers of one feature."""', "", "from collections.abc import Sequence", ""]
    lines += ["from wireproof import Scope", "", "from app.wiring import App", *_imports(handled), ""]
    return "\n".join(lines) + "\n".join(HANDLER.format(number=one.number, service=one.name) for one in handled)


def _wiring(features: int) -> str:
    lines = ['"""The wiring: what the application is made of."""', "", "from typing import TypeAlias", ""]
    lines += ["from wireproof import Container, Has, Provider", ""]
    lines += [f"from app.feature{number}.providers import Feature{number}" for number in range(features)]
    lines += ["", "", "class Application(Provider):", '    """All features."""', ""]
    lines += [f"    feature{number} = Feature{number}()" for number in range(features)]
    lines += ["", "", "App: TypeAlias = Container[Has[Application]]", "", "", "def build() -> App:"]
    lines += ['    """Put the application together."""', "    return Container(Application())", ""]
    return "\n".join(lines)


def _imports(services: Iterable[Service]) -> list[str]:
    by_module: dict[str, list[str]] = {}
    for service in services:
        by_module.setdefault(service.module, []).append(service.name)
    return [f"from {module} import {', '.join(names)}" for module, names in sorted(by_module.items())]
