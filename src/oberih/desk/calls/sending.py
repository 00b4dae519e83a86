"""Sends what was entered through the public front, as the family's own page would."""

from contextlib import closing

from django.conf import settings

from oberih.client.front import Front
from oberih.client.reports import Sending
from oberih.core import time
from oberih.crypto.message import Tongue
from oberih.crypto.receipt import Receipt
from oberih.desk.calls.taking import Entered, Told, take_call
from oberih.staff.models import Member
from oberih.system.training import require_sending


def send_entered(entered: Entered, *, by: Member) -> Told:
    """Return the words to read out; raises CallTaken, CallNotSent, TrainingSendsNothing."""
    require_sending(settings.DATA)
    root = bytes.fromhex((settings.DATA / "keys" / "root.pub").read_text())
    words = Receipt.generate("en" if entered.report.language is Tongue.EN else "uk")
    sending = Sending(time.now(), words)
    with closing(Front(settings.FRONT_URL, root=root)) as front:
        return take_call(entered, by=by, front=front, sending=sending)
