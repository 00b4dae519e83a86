"""The 27 regions by their codes in ISO 3166-2."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

REGIONS: dict[str, Promise] = {
    "UA-05": _("Vinnytsia region"),
    "UA-07": _("Volyn region"),
    "UA-12": _("Dnipropetrovsk region"),
    "UA-14": _("Donetsk region"),
    "UA-18": _("Zhytomyr region"),
    "UA-21": _("Zakarpattia region"),
    "UA-23": _("Zaporizhzhia region"),
    "UA-26": _("Ivano-Frankivsk region"),
    "UA-30": _("Kyiv"),
    "UA-32": _("Kyiv region"),
    "UA-35": _("Kirovohrad region"),
    "UA-43": _("Crimea"),
    "UA-09": _("Luhansk region"),
    "UA-46": _("Lviv region"),
    "UA-48": _("Mykolaiv region"),
    "UA-51": _("Odesa region"),
    "UA-53": _("Poltava region"),
    "UA-56": _("Rivne region"),
    "UA-40": _("Sevastopol"),
    "UA-59": _("Sumy region"),
    "UA-61": _("Ternopil region"),
    "UA-63": _("Kharkiv region"),
    "UA-65": _("Kherson region"),
    "UA-68": _("Khmelnytskyi region"),
    "UA-71": _("Cherkasy region"),
    "UA-77": _("Chernivtsi region"),
    "UA-74": _("Chernihiv region"),
}


def region_name(code: str) -> str:
    """Return a region's name; what a reporter typed freely stands for itself."""
    return str(REGIONS.get(code, code))
