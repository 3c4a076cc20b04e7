"""The plugin's options, from the configuration file that mypy itself was given.

``[wireproof]`` in ``mypy.ini`` or ``setup.cfg``, ``[tool.wireproof]`` in ``pyproject.toml``.
"""

import configparser
import re
import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NamedTuple, cast

FULL_NAME = re.compile(r"\w+(\.\w+)+(\[.+\])?")


class ConfigurationError(Exception):
    """An option is unknown, or has a value that is none."""


class Configuration(NamedTuple):
    """The options."""

    strict: bool = False
    """Whether the opt-in checks are on: those that say where nothing is proven, and what is not used."""

    entry_points: frozenset[str] = frozenset()
    """Full names of keys that are asked for although no source requires them."""

    def as_data(self) -> dict[str, object]:
        """Return the options in a form that can be written as JSON, always the same for the same options."""
        return {"strict": self.strict, "entry_points": sorted(self.entry_points)}


def read_configuration(path: str | None) -> Configuration:
    """Read the options from mypy's configuration file; without one, all have their defaults.

    Raises:
        ConfigurationError: if there is an option that does not exist, or a value that is none.
    """
    options: dict[str, Any] = {}
    section: Mapping[str, object] = {} if path is None else _section(Path(path))
    for name, value in section.items():
        if name not in OPTIONS:
            choices = ", ".join(sorted(OPTIONS))
            message = f'{path}: unknown option "{name}" of the wireproof plugin; it has: {choices}'
            raise ConfigurationError(message)
        option = OPTIONS[name]
        options[name] = option.read(option.parse(value) if isinstance(value, _Text) else value)
        if options[name] is None:
            message = f'{path}: the option "{name}" of the wireproof plugin is {option.what}, not {value!r}'
            raise ConfigurationError(message)
    return Configuration(**options)


class _Text(str):
    """A value from a file in which all values are text."""

    __slots__ = ()


class _Option(NamedTuple):
    """How the value of an option is read."""

    what: str
    """What it has to be."""

    parse: Callable[[str], object]
    """Make a value of text; what is none may stay text."""

    read: Callable[[object], object | None]
    """Return a value in the form of `Configuration`; None if it is none."""


def _section(path: Path) -> Mapping[str, object]:
    """Return what the file says. mypy has read it before, so that it is only broken if it is being written."""
    try:
        return _toml(path) if path.suffix == ".toml" else _ini(path)
    except (OSError, ValueError, configparser.Error) as error:
        message = f"{path}: {error}"
        raise ConfigurationError(message) from None


def _toml(path: Path) -> Mapping[str, object]:
    tables: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
    section: object = tables.get("tool", {}).get("wireproof", {})
    if not isinstance(section, dict):
        message = f"tool.wireproof is a table of options, not {section!r}"
        raise ValueError(message)  # noqa: TRY004  # a wrong file, not a wrong call
    return cast("dict[str, object]", section)


def _ini(path: Path) -> Mapping[str, object]:
    parser = configparser.RawConfigParser()
    parser.read(path, encoding="utf-8")
    return {name: _Text(text) for name, text in parser["wireproof"].items()} if parser.has_section("wireproof") else {}


def _parse_boolean(text: str) -> object:
    return configparser.RawConfigParser.BOOLEAN_STATES.get(text.lower(), text)


def _read_boolean(value: object) -> bool | None:
    return value if isinstance(value, bool) else None


def _parse_list(text: str) -> list[str]:
    return [stripped for part in re.split("[,\n]", text) if (stripped := part.strip())]


def _read_names(value: object) -> frozenset[str] | None:
    if not isinstance(value, list) or not value:
        return None
    items = cast("list[object]", value)
    names = frozenset(item for item in items if isinstance(item, str) and FULL_NAME.fullmatch(item))
    return names if all(item in names for item in items) else None


OPTIONS: dict[str, _Option] = {
    "strict": _Option("true or false", _parse_boolean, _read_boolean),
    "entry_points": _Option("a list of full names such as shop.domain.Order", _parse_list, _read_names),
}
