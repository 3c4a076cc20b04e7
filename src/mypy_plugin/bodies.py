"""Where mypy leaves out the bodies of functions, and with them each ``yield``."""

from itertools import chain
from pathlib import Path

from mypy.modulefinder import get_search_dirs
from mypy.nodes import MypyFile
from mypy.options import Options

from .versions import KEEPS_YIELDS, MYPY


def may_lack_bodies(module: MypyFile, options: Options) -> bool:
    """Whether it may not be known which functions of a module are generator functions.

    Before 2.4, mypy does not look into bodies where errors are ignored: in installed packages, in modules that it is
    told to be silent about. Its cache does not say whether it did, so that this goes by where a module lies.
    """
    if MYPY >= KEEPS_YIELDS:
        return False
    of_module = options.clone_for_module(module.fullname)
    return of_module.ignore_errors or of_module.follow_imports == "silent" or _is_installed(module, options)


def _is_installed(module: MypyFile, options: Options) -> bool:
    path = Path(module.path).absolute()
    return any(path.is_relative_to(folder) for folder in chain(*get_search_dirs(options.python_executable)))
