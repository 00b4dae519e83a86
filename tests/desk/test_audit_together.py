"""Several processes of the desk record at once, and the chain stays one chain."""

import threading

import pytest
from django.db import connection, transaction

from oberih.audit.acts import Act
from oberih.audit.selectors import verify_chain
from oberih.audit.services import record

WRITERS, ACTS = 4, 25


@pytest.mark.django_db(transaction=True)
@pytest.mark.both_databases
def test_four_writers_at_once_leave_one_whole_chain() -> None:
    before = verify_chain().entries
    writers = [threading.Thread(target=write, args=(number,)) for number in range(WRITERS)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()

    assert verify_chain().entries == before + WRITERS * ACTS


def write(number: int) -> None:
    for act in range(ACTS):
        with transaction.atomic():
            record(Act.CASE_OPENED, actor=None, subject=f"case {number}", detail=act)
    connection.close()
