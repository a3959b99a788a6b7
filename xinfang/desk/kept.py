"""Nothing typed is lost: when a form arrives and nobody is signed in, its fields travel with the sign-in page and come back.

They lie in one signed field of the page itself, so that nothing of them is stored here. Signed, so that what comes back is
what went out; it is shown again and never acted upon. Uploads do not travel: a browser gives a file only to its own form.
"""

from dataclasses import asdict, dataclass
from datetime import timedelta

from django.core import signing
from django.http import HttpRequest, HttpResponseBase, QueryDict
from django.shortcuts import redirect
from django.urls import Resolver404, ResolverMatch, resolve

SALT = "desk.kept"
LIFE = timedelta(days=1)
DOORS = frozenset({"sign-in", "sign-out", "password"})
SECRET = frozenset({"csrfmiddlewaretoken", "password", "old", "again", "kept"})


@dataclass(frozen=True)
class Kept:
    """The form that was on its way to `path`."""

    path: str
    fields: list[tuple[str, str]]
    had_files: bool = False

    @classmethod
    def of(cls, request: HttpRequest) -> "Kept":
        fields = [(name, value) for name, values in request.POST.lists() if name not in SECRET for value in values]
        return cls(request.path, [(name, str(value)) for name, value in fields], bool(request.FILES))

    def packed(self) -> str:
        return signing.dumps(asdict(self), salt=SALT, compress=True)

    @property
    def is_for_a_door(self) -> bool:
        match = desk_match(self.path)
        return match is not None and match.url_name in DOORS

    @property
    def data(self) -> QueryDict:
        data = QueryDict(mutable=True)
        for name, value in self.fields:
            data.appendlist(name, value)
        return data


def packed_in(request: HttpRequest) -> Kept | None:
    """What a page of the door carried. None for what was not packed here, or too long ago."""
    text = request.POST.get("kept", "")
    try:
        return Kept(**signing.loads(text, salt=SALT, max_age=LIFE)) if text else None
    except signing.BadSignature:
        return None


def kept_of(request: HttpRequest) -> Kept | None:
    """What came back with this request, for the form to show."""
    return getattr(request, "kept", None)


def shown_again(request: HttpRequest, kept: Kept) -> HttpResponseBase:
    """The page of the form, filled in as it was. A page that has no form to show is opened as it stands."""
    match = desk_match(kept.path)
    if match is None or kept.is_for_a_door:
        return redirect("desk:worklist")
    if not getattr(getattr(match.func, "view_class", None), "shows_kept", False):
        return redirect(kept.path)
    request.method, request.path, request.path_info = "GET", kept.path, kept.path
    request.resolver_match = match
    request.kept = kept  # type: ignore[attr-defined]
    answer: HttpResponseBase = match.func(request, *match.args, **match.kwargs)
    return answer


def desk_match(path: str) -> ResolverMatch | None:
    """Where a path of the desk leads; None for every other path."""
    try:
        match = resolve(path)
    except Resolver404:
        return None
    return match if match.namespace == "desk" else None
