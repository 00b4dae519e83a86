"""The desk as a WSGI application: `granian --interface wsgi oberih.sites.desk_wsgi:application`."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "oberih.sites.desk")

from django.core.wsgi import get_wsgi_application  # the settings are named first

application = get_wsgi_application()
