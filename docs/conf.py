"""How Sphinx builds these pages; no step of it needs the network."""

import tomllib
from pathlib import Path
from typing import Any

from docutils.nodes import Element
from sphinx.addnodes import pending_xref
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util.nodes import make_refnode

project_table = tomllib.loads((Path(__file__).parent.parent / "pyproject.toml").read_text(encoding="utf-8"))["project"]

project = project_table["name"]
version = release = project_table["version"]
author = copyright = project_table["authors"][0]["name"]  # noqa: A001  # the name that Sphinx asks for

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
exclude_patterns = ["_build", "snippets"]
html_theme = "furo"
html_title = f"{project} {version}"

myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 2

autodoc_member_order = "bysource"
autodoc_typehints = "none"
autodoc_class_signature = "separated"
default_role = "py:obj"
python_use_unqualified_type_names = True

# Names from outside this project: looking them up would need the network. Those from inside must be found.
nitpick_ignore_regex = [
    (r"py:.*", r"(builtins|typing|typing_extensions|collections|contextlib|contextvars|types|enum)(\..*)?"),
    (r"py:.*", r"(ABC|BaseException|Exception|ExceptionGroup|Protocol|StrEnum|TypeError|None|issubclass|Generic)"),
]

attribute_docstrings: dict[str, list[str]] = {}


def keep_attribute(_app: Sphinx, what: str, name: str, _obj: Any, _options: Any, lines: list[str]) -> None:
    """Put an attribute's text aside: napoleon would take what stands before a colon in it for a type."""
    if what in {"attribute", "property"}:
        attribute_docstrings[name] = list(lines)


def restore_attribute(_app: Sphinx, what: str, name: str, _obj: Any, _options: Any, lines: list[str]) -> None:
    """Undo what napoleon did to it."""
    if what in {"attribute", "property"}:
        lines[:] = attribute_docstrings.pop(name)


def find_by_last_name(app: Sphinx, env: BuildEnvironment, node: pending_xref, contnode: Element) -> Element | None:
    """Resolve the short name of something that is documented under the module that defines it."""
    objects = env.domains.python_domain.objects
    names = [name for name in objects if name.endswith(f".{node['reftarget']}") and not objects[name].aliased]
    if node.get("refdomain") != "py" or len(names) != 1:
        return None
    entry = objects[names[0]]
    return make_refnode(app.builder, node["refdoc"], entry.docname, entry.node_id, contnode, names[0])


def setup(app: Sphinx) -> None:
    """Connect the handlers; napoleon's own has priority 500."""
    app.connect("autodoc-process-docstring", keep_attribute, priority=400)
    app.connect("autodoc-process-docstring", restore_attribute, priority=600)
    app.connect("missing-reference", find_by_last_name)
