"""Each signed-in reader's own time zone, while their page is made; visitors have the site's, and nothing is asked."""

from __future__ import annotations

from functools import lru_cache
from zoneinfo import ZoneInfo, available_timezones

from django.utils import timezone

from coranto.web import rights, times


class OwnTime:
    """Makes the page of a signed-in reader in the time zone that their account names."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        wanted = rights.present().time_zone
        if wanted not in zones():
            return self.get_response(request)
        zone = ZoneInfo(wanted)
        with timezone.override(zone), times.in_zone(zone):
            return self.get_response(request)


@lru_cache(maxsize=1)
def zones() -> tuple[str, ...]:
    """The names of time zones that a reader may choose from: UTC and those of places."""
    places = "Africa America Antarctica Arctic Asia Atlantic Australia Europe Indian Pacific".split()
    return ("UTC", *sorted(name for name in available_timezones() if name.partition("/")[0] in places and "/" in name))
