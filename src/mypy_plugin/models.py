"""Pydantic models under pydantic's own mypy plugin, which lets their constructors take ``Any`` for each field."""

from collections.abc import Mapping
from typing import Any

from mypy.nodes import TypeInfo, Var
from mypy.types import AnyType, CallableType, Type, get_proper_type

from .lookup import with_types
from .names import MODEL

METADATA = "pydantic-mypy-metadata"


def is_model(info: TypeInfo) -> bool:
    """Whether a class is a model that pydantic's plugin has given a constructor."""
    return METADATA in info.metadata and info.has_base(MODEL)


def with_field_types(signature: CallableType, info: TypeInfo) -> CallableType:
    """Return the signature of a model's constructor with the types that its fields are declared with.

    The container passes what is asked for, and nothing that pydantic would have to convert.
    """
    fields: Mapping[str, Mapping[str, Any]] = info.metadata[METADATA].get("fields", {})
    by_parameter = {field.get("alias") or name: name for name, field in fields.items()}
    names = [by_parameter.get(name or "", name) for name in signature.arg_names]
    return with_types(
        signature, [_field(info, name, typ) for name, typ in zip(names, signature.arg_types, strict=True)]
    )


def _field(info: TypeInfo, name: str | None, typ: Type) -> Type:
    node = None if name is None else info.get(name)
    declared = node.node.type if node is not None and isinstance(node.node, Var) else None
    return declared if declared is not None and isinstance(get_proper_type(typ), AnyType) else typ
