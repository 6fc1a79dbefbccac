"""Compares objects with the types of Kubernetes in .build/kubernetes, which .ci/fetch-kubernetes fetches."""

import dataclasses
import importlib
import os
import sys
import types
import typing

FOLDER = os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', '.build', 'kubernetes')


class Types:
    """The types; raises ImportError without them."""

    def __init__(self):
        # Of the library the types belong to, they need these three names alone.
        schema = types.ModuleType('lightkube.core.schema')
        schema.DictMixin, schema.dataclass, schema.field = object, dataclasses.dataclass, dataclasses.field
        sys.modules['lightkube.core'] = types.ModuleType('lightkube.core')
        sys.modules['lightkube.core.schema'] = schema
        sys.path.insert(0, FOLDER)
        importlib.import_module('lightkube.models.meta_v1')

    def problems(self, thing):
        """Yields what an object has that its type has not, with the place."""
        group, _, version = thing['apiVersion'].rpartition('/')
        name = f'{group.split(".")[0] or "core"}_{version}'
        try:
            kind = getattr(importlib.import_module(f'lightkube.models.{name}'), thing['kind'])
        except (ImportError, AttributeError):
            yield f'there is no {thing["kind"]} in {thing["apiVersion"]}'
            return
        yield from check(thing, kind, thing['kind'])


def check(value, kind, place):
    """Yields the differences between a value and a type."""
    origin = typing.get_origin(kind)
    if origin is typing.Union:
        kinds = [each for each in typing.get_args(kind) if each is not type(None)]
        found = [list(check(value, each, place)) for each in kinds]
        if value is not None and all(found):
            yield from min(found, key=len)
    elif dataclasses.is_dataclass(kind):
        yield from check_members(value, kind, place)
    elif origin is list:
        if not isinstance(value, list):
            yield f'{place} is no list'
            return
        for number, each in enumerate(value):
            yield from check(each, typing.get_args(kind)[0], f'{place}[{number}]')
    elif origin is dict or kind in (dict, typing.Dict):
        if not isinstance(value, dict):
            yield f'{place} is no object'
            return
        for key, each in value.items() if typing.get_args(kind) else ():
            yield from check(each, typing.get_args(kind)[1], f'{place}.{key}')
    elif kind is float:
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            yield f'{place} is no number'
    elif isinstance(kind, type) and (not isinstance(value, kind) or kind is int and isinstance(value, bool)):
        yield f'{place} is {value!r}, and no {kind.__name__}'


def check_members(value, kind, place):
    if not isinstance(value, dict):
        yield f'{place} is no object'
        return
    hints = typing.get_type_hints(kind)
    fields = {field.metadata.get('json', field.name): field for field in dataclasses.fields(kind)}
    for key, each in value.items():
        if key not in fields:
            yield f'{place} has no member {key}'
        else:
            yield from check(each, hints[fields[key].name], f'{place}.{key}')
    for key, field in fields.items():
        is_needed = field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING
        if is_needed and key not in value:
            yield f'{place} lacks {key}'
