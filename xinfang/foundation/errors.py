"""The one family of errors a person may read."""


class Refused(Exception):
    """A request that a rule refuses. `sentence` is Chinese and may be shown; `field` names the input it stands beside."""

    def __init__(self, sentence: str, *, field: str = "", article: str = "") -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.field = field
        self.article = article
