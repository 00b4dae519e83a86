"""What the worker does again and again: second readings, chats, backups, sweeps, lists, watch list.

Only the last one needs unlocked keys, so it comes last.
"""

import os
from datetime import datetime, timedelta

from django.conf import settings

from oberih.alerts.gateways.serve import outbox_of
from oberih.campaigns.alarms import look
from oberih.core import time
from oberih.desk import bookkeeping, second_reading
from oberih.desk.backup import back_up, is_ours
from oberih.desk.casework.reminders import bring_back
from oberih.desk.courier import is_backup_due
from oberih.desk.leaflets import draw_due
from oberih.desk.models import Reply
from oberih.desk.reading import read_waiting
from oberih.desk.register.card_paper import draw_cards
from oberih.desk.register.letter_paper import draw_letters
from oberih.desk.search.index import catch_up
from oberih.desk.states import ReplyState
from oberih.desk.subscribers.sending import turn as subscribers
from oberih.desk.wiring import places_of_desk, watch_publisher
from oberih.keys.client import Ring
from oberih.register import catching_up
from oberih.register.boards import count_when_changed
from oberih.register.list_applying import go_on_with_all
from oberih.register.proposing import propose_when_changed
from oberih.sandbox.client import Sandbox

KEEP_WITHDRAWN = timedelta(days=1)


def work_once() -> None:
    """Do what is due; the courier tells the front of a finished backup. Raises CouldNot."""
    now = time.now()
    second_reading.take_turn()
    read_waiting(Sandbox(settings.SANDBOX_SOCKET), folder=places_of_desk().attachments)
    if is_ours() and is_backup_due(now=now):
        covered = bookkeeping.to_back_up()
        back_up(places_of_desk(), now=now)
        bookkeeping.mark_backed_up(covered, now=now)
    sweep(now=now)
    draw_due(now=now)
    draw_letters(now=now)
    draw_cards()
    look(now=now)
    bring_back(now=now)
    catch_up()
    catching_up.catch_up()
    go_on_with_all(now=now, entropy=os.urandom)
    propose_when_changed(now=now)
    count_when_changed(now=now)
    ring = Ring(settings.RING_SOCKET)
    subscribers(place=outbox_of(settings.DATA), keeper=ring, now=now)
    watch_publisher(ring).turn(now=now)


def sweep(*, now: datetime) -> None:
    """Forget replies that were taken back a day ago."""
    Reply.objects.filter(state=ReplyState.WITHDRAWN, written_at__lt=now - KEEP_WITHDRAWN).delete()
