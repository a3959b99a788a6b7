"""What this room refuses, in sentences that say what to do instead."""

from django.utils.translation import gettext as _

from xinfang.foundation.errors import Refused


class WrongKind(Refused):
    """The content is of no kind that is taken. `hint` helps with a near miss."""

    def __init__(self, accepted: str, *, hint: str = "") -> None:
        super().__init__(_("这种文件不能上传。可以上传的有：%(accepted)s。") % {"accepted": accepted} + hint)


class EmptyFile(Refused):
    """Nothing in it."""

    def __init__(self) -> None:
        super().__init__(_("这是一个空文件，请检查后重新上传。"))


class TooLarge(Refused):
    """More than its kind may bring: bytes, pixels, or what a package unfolds to."""


class Unclean(Refused):
    """The file is damaged or locked, so no clean copy can be made of it."""

    def __init__(self) -> None:
        super().__init__(_("这个文件已损坏或者设有密码，打不开。请重新保存为不加密码的文件后再上传。"))


class Damaged(Refused):
    """What lies in the store is not what was put there, or the key is not its key."""

    def __init__(self) -> None:
        super().__init__(_("这份文件在保存处已损坏或者缺失，不能打开，请联系系统管理员。"))
