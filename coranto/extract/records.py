"""Articles as JSON objects and back, without loss: what the store keeps and what the command line prints."""

from __future__ import annotations

import types
import typing
from dataclasses import MISSING, fields, is_dataclass
from datetime import date, datetime
from functools import cache

from coranto.articles import Article, Moment


def to_json(article: Article) -> dict:
    """Return `article` as a JSON object: tuples as lists, moments as ISO strings. Values that are default stay out."""
    return _written(article)


def article_from_json(value: dict) -> Article:
    """Return the article that `to_json` wrote. Unknown keys are ignored; ValueError names what does not fit."""
    if not isinstance(value, dict):
        raise ValueError(f"an article's record is a JSON object, not {type(value).__name__}")
    return _read(Article, value, "article")


def _written(value: object) -> object:
    if is_dataclass(value):
        pairs = ((field.name, getattr(value, field.name)) for field in fields(value))
        default = _defaults(type(value))
        return {name: _written(item) for name, item in pairs if name not in default or item != default[name]}
    if isinstance(value, tuple):
        return [_written(item) for item in value]
    if isinstance(value, datetime | date):
        return value.isoformat()
    return value


@cache
def _defaults(kind: type) -> dict[str, object]:
    """The default of every field of `kind` that has one: such values need not be written."""
    found = {}
    for field in fields(kind):
        if field.default is not MISSING:
            found[field.name] = field.default
        elif field.default_factory is not MISSING:
            found[field.name] = field.default_factory()
    return found


@cache
def _hints(kind: type) -> dict[str, object]:
    return typing.get_type_hints(kind)


def _read(kind: object, value: object, where: str) -> object:
    """`value` as an instance of the annotation `kind`."""
    if kind == Moment:
        return _moment(value, where)
    origin = typing.get_origin(kind)
    if origin in (typing.Union, types.UnionType):
        if value is None:
            return None
        if set(typing.get_args(kind)) == {datetime, date, type(None)}:
            return _moment(value, where)
        kind = next(option for option in typing.get_args(kind) if option is not type(None))
        return _read(kind, value, where)
    if origin is tuple:
        if not isinstance(value, list):
            raise ValueError(f"{where} must be a list, not {type(value).__name__}")
        return tuple(_read(typing.get_args(kind)[0], item, where) for item in value)
    if is_dataclass(kind):
        if not isinstance(value, dict):
            raise ValueError(f"{where} must be an object, not {type(value).__name__}")
        hints = _hints(kind)
        known = {name: _read(hints[name], item, f"{where}.{name}") for name, item in value.items() if name in hints}
        try:
            return kind(**known)
        except TypeError as error:
            raise ValueError(f"{where}: {error}") from None
    if kind is float and isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
        raise ValueError(f"{where} must be {kind.__name__}, not {type(value).__name__}")
    return value


def _moment(value: object, where: str) -> Moment:
    if not isinstance(value, str):
        raise ValueError(f"{where} must be an ISO date, not {type(value).__name__}")
    try:
        return date.fromisoformat(value) if len(value) == 10 else datetime.fromisoformat(value)
    except ValueError:
        raise ValueError(f"{where}: {value[:40]!r} is no ISO date") from None
