"""The door for gunicorn."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "xinfang.settings")
application = get_wsgi_application()

# What is loaded by now stays: the collector need not look through it again for every few requests.
gc.collect()
gc.freeze()
