"""The one family of errors a person may read."""

from django.utils.translation import gettext


class Refused(Exception):
    """A request that a rule refuses.

    `sentence` is a Chinese message with %(name)s places for `values`, found in the catalogues under this very text and
    translated when it is read. `field` names the input it stands beside.
    """

    def __init__(self, sentence: str, *, field: str = "", article: str = "", **values: object) -> None:
        super().__init__(sentence)
        self.message = sentence
        self.values = values
        self.field = field
        self.article = article

    @property
    def sentence(self) -> str:
        translated = gettext(self.message)
        return translated % self.values if self.values else translated

    def __str__(self) -> str:
        return self.sentence
