"""What the holidays of the notices are called in the reader's language."""

from django.utils.translation import gettext_lazy as _

from xinfang.foundation.text import Text, listed

_CALLED: dict[str, Text] = {
    "元旦": _("元旦"),
    "春节": _("春节"),
    "清明节": _("清明节"),
    "劳动节": _("劳动节"),
    "“五一”": _("劳动节"),
    "“五一”国际劳动节": _("劳动节"),
    "端午节": _("端午节"),
    "中秋节": _("中秋节"),
    "国庆节": _("国庆节"),
    "“十一”": _("国庆节"),
}


def called(name: str) -> str:
    """One holiday, or several that fall together. A name that no year has had before stays as the notice has it."""
    return listed(_CALLED.get(one, one) for one in name.split("、")) if name else ""
