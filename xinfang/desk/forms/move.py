"""What the forms of all moves share."""

from typing import Any, ClassVar

from xinfang.desk.forms.base import DeskForm
from xinfang.organizations.models import Officer


class MoveForm(DeskForm):
    """The form of one verb: `arguments` are the verb's own words, `panel` is what the page shows beside the form.

    A move that asks for nothing is this form as it stands: a page with its norm and a button.
    """

    template_name = "desk/move.html"
    from_address: ClassVar[tuple[str, ...]] = ()
    """What a link to the page may fill in beforehand, for a person to look at and send."""

    def __init__(self, *args: Any, subject: Any, officer: Officer, **kwargs: Any) -> None:
        self.subject, self.officer = subject, officer
        super().__init__(*args, **kwargs)

    def arguments(self) -> dict[str, Any]:
        return dict(self.cleaned_data)

    def panel(self) -> dict[str, Any]:
        return {}
