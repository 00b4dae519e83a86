"""Beside "do not write" no clock runs: lists say that, and why, instead of how long is left."""

from datetime import timedelta

import pytest
from desk_cast import TODAY, Browse

from oberih.desk.models import Case, Conversation
from oberih.desk.selectors import View, queue
from oberih.desk.shift import shift_page
from oberih.staff.models import Member

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
FORBIDS = [
    ({"is_alone": False}, "не писати"),
    ({"is_deleted": True}, "родина видалила розмову"),
    ({"moved_to": "cd" * 32}, "триває в іншій справі"),
    ({"words_must_change": True}, "чекає нових слів"),
]


def case(number: int, *, merged_into: str = "", **conversation: object) -> Case:
    """Return a case that has waited for days."""
    since = TODAY - timedelta(days=9)
    made = Case.objects.create(
        id=f"CASE-{number:04}", filed_at=since, waiting_since=since, merged_into=merged_into
    )
    Conversation.objects.create(
        mailbox=f"{number:064}", case=made, recipient="", verify_key="", wrapped_mac=b"",
        **conversation,
    )  # fmt: skip
    return made


@pytest.mark.parametrize(("state", "said"), FORBIDS)
def test_the_queue_and_the_shift_say_why_nothing_may_be_written(
    lead: Member, browse: Browse, state: dict[str, object], said: str
) -> None:
    case(1, **state)
    browser = browse(lead)

    for path in ("/", "/shift/"):
        page = browser.get(path).content.decode()
        assert f'forbidden">{said}' in page
        assert "прострочено" not in page.partition("CASE-0001")[2].partition("</li>")[0]


def test_what_cannot_be_answered_is_not_counted_as_overdue(lead: Member) -> None:
    case(1)
    case(2, is_alone=False)
    case(3, is_deleted=True)

    page = shift_page(by=Member.objects.get(pk=lead.pk), now=TODAY)

    assert (page.total, page.overdue) == (3, 1)


def test_who_is_not_alone_silences_the_case_in_which_hers_is_worked_on(lead: Member) -> None:
    main = case(1)
    case(2, merged_into=main.pk, is_alone=False)

    rows = queue(View(), by=Member.objects.get(pk=lead.pk), now=TODAY).rows

    assert {row.case.pk: bool(row.forbidden) for row in rows}[main.pk]


def test_a_deleted_conversation_leaves_the_other_one_of_the_case_to_be_answered(
    lead: Member,
) -> None:
    main = case(1, is_deleted=True)
    case(2, merged_into=main.pk)

    rows = queue(View(), by=Member.objects.get(pk=lead.pk), now=TODAY).rows

    assert not {row.case.pk: row.forbidden for row in rows}[main.pk]
