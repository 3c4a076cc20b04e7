"""The plugin's options, from the configuration file that mypy itself was given.

``[wireproof]`` in ``mypy.ini`` or ``setup.cfg``, ``[tool.wireproof]`` in ``pyproject.toml``.
"""

import configparser
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path


class ConfigurationError(Exception):
    """An option is unknown, or has a value that is none."""


@dataclass(frozen=True)
class Configuration:
    """The options."""

    strict: bool = False
    """Whether the opt-in checks that say where nothing is proven are on."""


def read_configuration(path: str | None) -> Configuration:
    """Read the options from mypy's configuration file; without one, all have their defaults.

    Raises:
        ConfigurationError: if there is an option that does not exist, or a value that is none.
    """
    options: Mapping[str, object] = {} if path is None else _section(Path(path))
    known = {field.name for field in fields(Configuration)}
    for name in options:
        if name not in known:
            choices = ", ".join(sorted(known))
            message = f'{path}: unknown option "{name}" of the wireproof plugin; it has: {choices}'
            raise ConfigurationError(message)
    return Configuration(**{name: _boolean(path, name, value) for name, value in options.items()})


def _section(path: Path) -> Mapping[str, object]:
    if path.suffix == ".toml":
        tables: dict[str, dict[str, dict[str, object]]] = tomllib.loads(path.read_text(encoding="utf-8"))
        return tables.get("tool", {}).get("wireproof", {})
    parser = configparser.RawConfigParser()
    parser.read(path, encoding="utf-8")
    return parser["wireproof"] if parser.has_section("wireproof") else {}


def _boolean(path: str | None, name: str, value: object) -> bool:
    states = configparser.RawConfigParser.BOOLEAN_STATES
    if isinstance(value, bool):
        return value
    if isinstance(value, str) and value.lower() in states:
        return states[value.lower()]
    message = f'{path}: the option "{name}" of the wireproof plugin is true or false, not {value!r}'
    raise ConfigurationError(message)
