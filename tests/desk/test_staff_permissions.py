"""Who may do what: every cell of the table, as a sentence for the one who may and who may not."""

import re

import pytest
from django.test import Client

from oberih.audit.acts import Act
from oberih.core import time
from oberih.staff.models import Member
from oberih.staff.roles import NotPermitted, Permission, Role, may, table
from oberih.staff.services import deactivate, invite, require
from oberih.staff.two_people import agree_to_role, propose_role

NOW = time.now()
ALLOWED = {
    Role.OFFICER: {
        "alert.approve", "alert.cancel", "alert.draft", "attachment.see", "campaign.see",
        "case.answer", "case.assign", "case.close", "case.note", "case.read", "consent.record",
        "danger.declare", "evidence.see", "identifier.confirm", "identifier.propose",
        "queue.see", "referral.make", "shift.see", "case.identify", "case.break-glass",
        "figures.release", "complaint.make", "case.transfer", "case.merge", "call.take",
    },
    Role.LEAD: {
        "alert.approve", "alert.cancel", "alert.draft", "attachment.see", "audit.verify",
        "campaign.link", "campaign.see", "case.answer", "case.assign", "case.assign-others",
        "case.close", "case.erase", "case.grant", "case.note", "case.read", "consent.record",
        "danger.declare", "evidence.export", "evidence.see", "identifier.confirm",
        "identifier.propose", "keys.see", "queue.see", "referral.make", "shift.see", "staff.see",
        "case.minors", "case.identify", "case.break-glass", "staff.agree", "device.approve",
        "figures.see", "figures.release", "care.see", "complaint.make",
        "case.transfer", "case.merge", "call.take", "register.erase", "register.witness",
    },
    Role.ANALYST: {"alert.draft", "campaign.link", "campaign.see", "identifier.propose",
                   "queue.see", "complaint.make"},
    Role.TRACING: {"queue.see", "register.change", "register.kin", "register.see",
                   "register.erase", "register.witness", "complaint.make"},
    Role.ADMIN: {"complaint.make", "audit.verify", "keys.see", "staff.change", "staff.invite",
                 "staff.see", "staff.agree", "staff.teams", "device.approve"},
    Role.AUDITOR: {"audit.read", "audit.verify", "complaint.read", "keys.see", "staff.see"},
}  # fmt: skip
CELLS = [(role, permission) for role in Role for permission in Permission]


@pytest.mark.parametrize(("role", "permission"), CELLS)
def test_a_role_may_do_exactly_what_the_table_says(role: Role, permission: Permission) -> None:
    member = Member(name="Somebody", role=role.value)

    assert may(role, permission) is (permission.value in ALLOWED[role])
    if permission.value in ALLOWED[role]:
        require(member, permission)
    else:
        with pytest.raises(NotPermitted):
            require(member, permission)


@pytest.mark.parametrize("permission", Permission)
def test_a_member_who_left_may_do_nothing(permission: Permission) -> None:
    with pytest.raises(NotPermitted):
        require(Member(name="Left", role="lead", is_active=False), permission)


def test_every_permission_stands_in_the_table() -> None:
    assert set(table()) == set(Permission)


@pytest.mark.parametrize("name", [*Permission, *Act])
def test_names_of_permissions_and_acts_keep_their_grammar(name: str) -> None:
    assert re.fullmatch(r"[a-z]+\.[a-z]+(-[a-z]+)*", name)


@pytest.mark.parametrize("person", [Role.ADMIN, Role.AUDITOR, Role.TRACING, Role.ANALYST])
def test_nobody_but_officers_and_the_lead_reads_a_case(person: Role) -> None:
    cases = {one for one in Permission if one.value.startswith(("case.", "attachment."))}

    assert not any(may(person, one) for one in cases)


@pytest.mark.django_db
@pytest.mark.both_databases
def test_only_the_admin_proposes_roles_and_never_their_own() -> None:
    admin, officer = (invite(str(role), role=role, by=None, now=NOW).member
                      for role in (Role.ADMIN, Role.OFFICER))  # fmt: skip

    for changed, by in ((admin, officer), (admin, admin)):
        with pytest.raises(NotPermitted):
            propose_role(changed, to=Role.LEAD, by=by, now=NOW)
        with pytest.raises(NotPermitted):
            deactivate(changed, by=by)


@pytest.mark.django_db
@pytest.mark.both_databases
def test_a_role_holds_when_a_second_person_agrees_and_ends_every_session() -> None:
    admin, officer, lead = (invite(str(role), role=role, by=None, now=NOW).member
                            for role in (Role.ADMIN, Role.OFFICER, Role.LEAD))  # fmt: skip
    change = propose_role(officer, to=Role.LEAD, by=admin, now=NOW)
    before = Member.objects.get(pk=officer.pk)
    for who in (admin, officer):
        with pytest.raises(NotPermitted):
            agree_to_role(change.pk, by=who, now=NOW)

    agree_to_role(change.pk, by=lead, now=NOW)

    after = Member.objects.get(pk=officer.pk)
    assert (before.role, after.role, after.generation) == ("officer", "lead", before.generation + 1)


@pytest.mark.django_db
def test_nobody_has_a_password() -> None:
    member = invite("Olena", role=Role.OFFICER, by=None, now=NOW).member

    assert not member.has_usable_password()
    assert not member.check_password("")
    assert not Client().login(username="Olena", password="")
    assert "password" not in {field.name for field in Member._meta.get_fields()}  # noqa: SLF001
