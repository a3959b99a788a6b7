"""Where each face hangs."""

from django.urls import include, path

urlpatterns = [
    path("desk/", include("xinfang.desk.urls")),
    path("", include("xinfang.portal.urls")),
]
