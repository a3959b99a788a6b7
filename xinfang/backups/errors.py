"""What is wrong with a backup, each with the sentence the operator reads."""

from xinfang.foundation.errors import Refused


class Unusable(Refused):
    """A backup that cannot be made, or that is not what it says it is."""
