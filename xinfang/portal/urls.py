from django.urls import path

from xinfang.portal import acting, bookings, doors, filing, following, log, look, published, receipts

app_name = "portal"
urlpatterns = [
    path("", doors.home, name="home"),
    path("file/", doors.file, name="file"),
    path("file/write/", filing.write, name="write"),
    path("look/", look.look, name="look"),
    path("book/", bookings.book, name="book"),
    path("book/mine/", bookings.mine, name="booking"),
    path("book/cancel/", bookings.cancel, name="booking-cancel"),
    path("query/", following.query, name="query"),
    path("news/", published.news, name="news"),
    path("news/search/", published.search, name="published-search"),
    path("news/figures/", published.open_figures, name="figures"),
    path("news/<int:publication>/", published.article, name="article"),
    path("news/<slug:column>/", published.column, name="column"),
    path("query/act/<slug:name>/", acting.act, name="act"),
    path("query/evaluate/", following.evaluate, name="evaluate"),
    path("receipt/", receipts.receipt, name="receipt"),
    path("receipt/take/", receipts.take, name="receipt-take"),
    path("receipt/witness.pyz", receipts.witness, name="witness"),
    path("receipt/verify.<slug:ending>", receipts.tool, name="receipt-tool"),
    path("log/checkpoint", log.checkpoint, name="log-checkpoint"),
    path("log/keys", log.keys, name="log-keys"),
    path("log/cosignature", log.cosignature, name="log-cosignature"),
    path("log/tile/entries/<path:path>", log.entries, name="log-entries"),
    path("log/tile/<int:level>/<path:path>", log.tile, name="log-tile"),
]
