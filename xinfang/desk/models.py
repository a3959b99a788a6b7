"""What an officer's pages remember for him. Nothing here is a fact about a petition, and all of it may be lost."""

from django.db import models


class Draft(models.Model):
    """A half-filled form, saved as it is typed, sealed, and gone when the form is sent or after a week."""

    officer = models.ForeignKey("organizations.Officer", models.CASCADE, related_name="+")
    page = models.CharField(max_length=200)
    sealed = models.BinaryField()
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["officer", "page"], name="draft_once_a_page")]

    class Derived:
        source = "what was typed and not yet sent"

    class Privacy:
        personal = ("sealed",)

    def __str__(self) -> str:
        return self.page


class SavedView(models.Model):
    """A filter of the worklist under a name of the officer's own."""

    officer = models.ForeignKey("organizations.Officer", models.CASCADE, related_name="+")
    name = models.CharField(max_length=40)
    query = models.CharField(max_length=500)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["officer", "name"], name="saved_view_once_a_name")]

    class Derived:
        source = "an officer's own filters"

    class Privacy:
        personal: tuple[str, ...] = ()

    def __str__(self) -> str:
        return self.name
