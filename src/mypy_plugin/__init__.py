"""The mypy plugin of wireproof: ``plugins = wireproof.mypy_plugin`` in mypy's configuration.

It reads the graph of a container from the types of its sources and runs the checks that the container itself runs.
"""

import hashlib
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from mypy.errors import CompileError
from mypy.nodes import MypyFile, TypeInfo
from mypy.options import Options
from mypy.plugin import (
    FunctionContext,
    FunctionSigContext,
    MethodContext,
    MethodSigContext,
    Plugin,
    ReportConfigContext,
)
from mypy.types import FunctionLike, Type
from mypy.version import __version__ as mypy_version

from .codes import STRICT
from .config import Configuration, ConfigurationError, read_configuration
from .guard import guarded_lookup, guarded_signature_lookup
from .hooks import (
    DEFINITIONS,
    FUNCTION_SIGNATURES,
    METHOD_SIGNATURES,
    METHODS,
    OWN_METHODS,
    RECEIVERS,
    SIGNATURES,
    functions,
)
from .names import CONTAINER
from .versions import OLDEST, numbers

# mypy drops its caches when this changes, or what `report_config_data` returns.
__version__ = "0.1.0"

HERE = Path(__file__).parent
LOCAL = "@"  # and the line, after the name of a class in a function


class WireproofPlugin(Plugin):
    """The hooks, and what mypy asks a plugin about itself."""

    def __init__(self, options: Options) -> None:
        """Read the configuration; what is wrong with it is said when mypy can show it properly."""
        super().__init__(options)
        self._configuration = Configuration()
        self._files = _digest(HERE, HERE.parent / "_model")
        self._error = _unsupported(mypy_version)
        try:
            self._configuration = read_configuration(options.config_file)
        except ConfigurationError as error:
            self._error = str(error)
        if self._configuration.strict:
            options.enabled_error_codes |= STRICT - options.disabled_error_codes
        self._functions = functions(self._configuration)
        self._callees: dict[str, bool] = {}

    def set_modules(self, modules: dict[str, MypyFile]) -> None:
        """Take over the modules of a run; the first moment at which an error about the set-up is shown as one."""
        if self._error:
            raise CompileError([f"wireproof: {self._error}"], use_stdout=True)
        super().set_modules(modules)
        self._callees.clear()

    def report_config_data(self, ctx: ReportConfigContext) -> dict[str, object]:  # noqa: ARG002  # as mypy calls it
        """Return what the results depend on besides the sources."""
        return {"version": __version__, "files": self._files, "options": self._configuration.as_data()}

    @guarded_lookup
    def get_function_hook(self, fullname: str) -> Callable[[FunctionContext], Type] | None:
        """Return the hook of a function or a constructor."""
        return self._functions.get(CONTAINER if self._makes_container(fullname) else fullname)

    @guarded_signature_lookup
    def get_function_signature_hook(self, fullname: str) -> Callable[[FunctionSigContext], FunctionLike] | None:
        """Return the hook of the signature of a function or a constructor."""
        return FUNCTION_SIGNATURES.get(CONTAINER if self._makes_container(fullname) else fullname)

    @guarded_lookup
    def get_method_hook(self, fullname: str) -> Callable[[MethodContext], Type] | None:
        """Return the hook of a method."""
        owner, _, name = fullname.rpartition(".")
        if name in METHODS and self._is_receiver(owner):
            return METHODS[name]
        return DEFINITIONS.get(name) or OWN_METHODS.get(fullname)

    @guarded_signature_lookup
    def get_method_signature_hook(self, fullname: str) -> Callable[[MethodSigContext], FunctionLike] | None:
        """Return the hook of the signature of a method."""
        owner, _, name = fullname.rpartition(".")
        return SIGNATURES[name] if name in SIGNATURES and self._is_receiver(owner) else METHOD_SIGNATURES.get(fullname)

    def _makes_container(self, fullname: str) -> bool:
        """Whether it is a class of containers that has no constructor of its own.

        mypy asks for the hooks of every call in a program twice, and of the same functions again and again. It asks
        when it checks calls, by when the class of a name stays what it is, but in the daemon.
        """
        known = self._callees.get(fullname)
        if known is None:
            known = self._looks_like_container(fullname)
            if not self.options.fine_grained_incremental:
                self._callees[fullname] = known
        return known

    def _looks_like_container(self, fullname: str) -> bool:
        symbol = self.lookup_fully_qualified(fullname)
        info = None if symbol is None else symbol.node
        constructor = info.get_method("__init__") if isinstance(info, TypeInfo) else None
        return constructor is not None and constructor.info.fullname == CONTAINER

    def _is_receiver(self, fullname: str) -> bool:
        """Whether it is a class whose methods have hooks; one in a function, which cannot be found, may be one.

        Nor can those be found that other plugins make up, as mypy's own for ``functools.singledispatch`` does. The
        first plugin with a hook wins, and there it must be theirs.
        """
        symbol = self.lookup_fully_qualified(fullname)
        if symbol is None:
            return LOCAL in fullname
        return isinstance(symbol.node, TypeInfo) and any(map(symbol.node.has_base, RECEIVERS))


def plugin(version: str) -> type[Plugin]:  # noqa: ARG001  # as mypy calls it
    """Return the plugin's class; mypy's entry point."""
    return WireproofPlugin


def _digest(*folders: Path) -> str:
    """Return a digest of all that decides what is reported: of the plugin, mypy itself looks at this file only.

    A file that goes away meanwhile (an editor or an installer at work) is no reason to fail: the next run has another
    digest in any case.
    """
    digest = hashlib.sha256()
    for path in sorted(path for folder in folders for path in folder.rglob("*.py")):
        with suppress(OSError):
            digest.update(path.read_bytes())
    return digest.hexdigest()


def _unsupported(version: str) -> str:
    if numbers(version) >= OLDEST:
        return ""
    oldest = ".".join(map(str, OLDEST))
    return f"the plugin needs mypy {oldest} or newer, this is {version}"
