"""What the holidays of the notices are called in the reader's language."""

from django.utils.translation import gettext, gettext_noop

from xinfang.foundation.text import listed

CALLED = (
    *(gettext_noop("元旦"), gettext_noop("春节"), gettext_noop("清明节"), gettext_noop("端午节")),
    *(gettext_noop("劳动节"), gettext_noop("“五一”"), gettext_noop("“五一”国际劳动节")),
    *(gettext_noop("中秋节"), gettext_noop("国庆节"), gettext_noop("“十一”")),
)


def called(name: str) -> str:
    """One holiday, or several that fall together. A name that no year has had before stays as the notice has it."""
    return listed(gettext(one) for one in name.split("、")) if name else ""
