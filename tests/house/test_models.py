"""What every model says of itself."""

from typing import Any

from django.db import models

from tests.house import rooms

DERIVED = {
    "archives.Awaiting",
    "desk.Draft",
    "desk.SavedView",
    "documents.AwaitingInk",
    "legislation.Citation",
    "notices.Bell",
    "notices.Message",
    "notices.Reading",
    "petitions.NoticeWaiting",
    "trace.Bookmark",
    "trace.Timed",
    "trace.Verification",
    "trace.Waiting",
}


def undeclared(model: type[models.Model]) -> str | None:
    """What is wrong with the model's `Privacy`, or None. It must be its own, not its parent's."""
    privacy: Any = vars(model).get("Privacy")
    personal = getattr(privacy, "personal", None)
    if not isinstance(personal, tuple):
        return f"{model._meta.label} has no class Privacy with a tuple `personal`"
    unknown = set(personal) - {field.name for field in model._meta.get_fields()}
    return f"{model._meta.label}.Privacy names no field: {', '.join(sorted(unknown))}" if unknown else None


def test_every_model_declares_what_is_personal() -> None:
    assert list(filter(None, map(undeclared, rooms.all_models()))) == []


def test_a_model_without_a_declaration_would_be_found() -> None:
    class Bare(models.Model):
        class Meta:
            abstract = True
            app_label = "trace"

    class Wrong(Bare):
        class Privacy:
            personal = ("shoe_size",)

        class Meta:
            abstract = True
            app_label = "trace"

    assert undeclared(Bare) == "trace.Bare has no class Privacy with a tuple `personal`"
    assert undeclared(Wrong) == "trace.Wrong.Privacy names no field: shoe_size"


def test_derived_tables_are_listed() -> None:
    """What can be thrown away and made again, or expires. Every other table holds facts and changes only by acts."""
    assert {model._meta.label for model in rooms.all_models() if "Derived" in vars(model)} == DERIVED
