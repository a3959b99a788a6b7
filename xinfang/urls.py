"""Where each face hangs."""

from django.contrib.auth.decorators import login_not_required
from django.urls import include, path
from django.views.decorators.csrf import csrf_exempt
from django.views.i18n import set_language

# The switch stands on pages without a session, so it carries no token: all that another site could change by it is a language.
urlpatterns = [
    path("i18n/setlang/", login_not_required(csrf_exempt(set_language)), name="set_language"),
    path("desk/", include("xinfang.desk.urls")),
    path("", include("xinfang.portal.urls")),
]
handler404 = "xinfang.desk.errors.not_found"
handler403 = "xinfang.desk.errors.not_allowed"
