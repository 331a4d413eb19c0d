"""Strict models: unknown fields are refused, and every pydantic error becomes a problem with its line."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Annotated, TypeVar, get_args

from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationError

from zhishu.errors import Problem, did_you_mean
from zhishu.pack.lines import Lined, Path
from zhishu.terms import Text


class Strict(BaseModel):
    """A frozen model that refuses fields it does not know."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, arbitrary_types_allowed=True)


def _text(value: object) -> Text:
    if isinstance(value, Text):
        return value
    if isinstance(value, Mapping) and set(value) == {"zh", "en"}:
        zh, en = value["zh"], value["en"]
        if isinstance(zh, str) and isinstance(en, str) and zh.strip() and en.strip():
            return Text(zh.strip(), en.strip())
    raise ValueError("bilingual")


def _exact(value: object) -> Decimal:
    if isinstance(value, bool):
        raise ValueError("number")
    if isinstance(value, int):
        return Decimal(value)
    if isinstance(value, Decimal):
        return value
    raise ValueError("number")


Bilingual = Annotated[Text, BeforeValidator(_text)]
Exact = Annotated[Decimal, BeforeValidator(_exact)]
ModelT = TypeVar("ModelT", bound=Strict)


def validate(model: type[ModelT], lined: Lined, prefix: Path = ()) -> tuple[ModelT | None, list[Problem]]:
    """Return the model of the data at a path, or every problem with file and line."""
    data: object = lined.data
    for step in prefix:
        # a path is made of the document's own keys and positions, which the type of plain data cannot say
        data = data[step] if isinstance(data, dict | list) else None  # type: ignore[index]  # see above
    try:
        return model.model_validate(data), []
    except ValidationError as error:
        return None, [_problem(item, model, lined, prefix) for item in error.errors()]


def _problem(item: Mapping[str, object], model: type[BaseModel], lined: Lined, prefix: Path) -> Problem:
    raw = item.get("loc")
    loc: Path = tuple(raw) if isinstance(raw, tuple) else ()
    path = (*prefix, *loc)
    where = lined.where(path)
    name = ".".join(str(part) for part in path) or lined.file
    kind = str(item.get("type"))
    if kind == "extra_forbidden":
        known = _fields_at(model, loc[:-1])
        return Problem(
            "pack-unknown-field",
            where,
            Text(f"不认识的字段 {name}", f"unknown field {name}"),
            did_you_mean(str(loc[-1]), known),
        )
    if kind == "missing":
        return Problem(
            "pack-missing-field",
            where,
            Text(f"缺少字段 {name}", f"the field {name} is missing"),
            Text("补上这个字段", "add the field"),
        )
    given = item.get("input")
    if loc and loc[-1] == "at" and isinstance(given, int | Decimal):
        return Problem(
            "cite-at-number",
            where,
            Text(
                f"at 写成了数：{given}；20.10 会变成 20.1", f"`at` is a number here: {given}; 20.10 would become 20.1"
            ),
            Text(f'加引号：at: "{given}"', f'put it in quotes: at: "{given}"'),
        )
    if "bilingual" in str(item.get("msg")):
        return Problem(
            "pack-bilingual",
            where,
            Text(f"{name} 要写中英文两种", f"{name} needs both languages"),
            Text("写作 {zh: …, en: …}", "write {zh: …, en: …}"),
        )
    said = str(item.get("msg"))
    return Problem(
        "pack-bad-value",
        where,
        Text(f"{name} 的值不合要求：{given!s:.80}", f"{name} has a value that does not fit: {given!s:.80} ({said})"),
        Text("按字段说明改写（docs/reference/pack.md）", "see the field in docs/reference/pack.md"),
    )


def _fields_at(model: type[BaseModel], loc: Path) -> list[str]:
    """Return the field names a model allows at a location inside it."""
    here: object = model
    for step in loc:
        if isinstance(here, type) and issubclass(here, BaseModel):
            field = here.model_fields.get(str(step))
            here = _inner(field.annotation) if field is not None else here
    return list(here.model_fields) if isinstance(here, type) and issubclass(here, BaseModel) else []


def _inner(annotation: object) -> object:
    """Return the model inside dict[str, M], tuple[M, …], M | None, or the annotation itself."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    for part in get_args(annotation):
        found = _inner(part)
        if isinstance(found, type) and issubclass(found, BaseModel):
            return found
    return annotation
