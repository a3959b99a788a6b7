from django.urls import path

from xinfang.portal import doors, following

app_name = "portal"
urlpatterns = [
    path("", doors.home, name="home"),
    path("file/", doors.file, name="file"),
    path("query/", following.query, name="query"),
    path("query/evaluate/", following.evaluate, name="evaluate"),
]
