"""The administrator's page: inviting, roles, ending access; nobody else has a hand in it."""

import re

import pytest
from django.test import Client

from oberih.audit.selectors import newest_events
from oberih.core import time
from oberih.staff.models import Member
from oberih.staff.roles import Role
from oberih.staff.services import invite, make_demo_link

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
NOW = time.now()
OTHERS = [Role.OFFICER, Role.ANALYST, Role.TRACING]


def come(role: Role) -> Client:
    client = Client(headers={"host": "localhost"})
    link = make_demo_link(f"Demo {role}", role=role, now=NOW)
    client.get(f"/invitation/{link.token}/")
    return client


def test_the_admin_invites_and_sees_the_link_once() -> None:
    admin = come(Role.ADMIN)
    page = admin.post("/staff/invite/", {"name": "Olena", "role": "officer"}).content.decode()
    (link,) = re.findall(r"/invitation/[\w-]+/", page)

    assert "Olena" in Client(headers={"host": "localhost"}).get(link).content.decode()
    assert link not in admin.get("/staff/").content.decode()


def test_a_name_that_is_taken_is_said_beside_the_field() -> None:
    admin = come(Role.ADMIN)
    for status in (200, 400):
        answer = admin.post("/staff/invite/", {"name": "Olena", "role": "officer"})
        assert answer.status_code == status

    assert "errorlist" in answer.content.decode()


@pytest.mark.parametrize("fields", [{}, {"name": "Olena"}, {"name": "Olena", "role": "king"}])
def test_a_role_that_does_not_exist_is_refused(fields: dict[str, str]) -> None:
    assert come(Role.ADMIN).post("/staff/invite/", fields).status_code == 400


def test_the_admin_proposes_a_role_and_ends_access_at_once() -> None:
    admin, olena = come(Role.ADMIN), invite("Olena", role=Role.OFFICER, by=None, now=NOW).member
    admin.post(f"/staff/{olena.pk}/role/", {"role": "lead"})
    admin.post(f"/staff/{olena.pk}/leave/")

    olena.refresh_from_db()
    assert (olena.role, olena.is_active) == ("officer", False)
    acts = [event.fields["act"] for event in newest_events(2) if event.fields]
    assert acts == ["member.deactivated", "role.asked"]


@pytest.mark.parametrize("role", [Role.LEAD, Role.AUDITOR])
def test_the_lead_and_the_auditor_see_the_staff_and_change_nothing(role: Role) -> None:
    client, olena = come(role), invite("Olena", role=Role.OFFICER, by=None, now=NOW).member

    page = client.get("/staff/").content.decode()
    assert "Olena" in page
    assert "/leave/" not in page
    assert client.post("/staff/invite/", {"name": "X", "role": "lead"}).status_code == 403
    for way in ("link", "role", "leave"):
        answer = client.post(f"/staff/{olena.pk}/{way}/", {"role": "lead"})
        assert answer.status_code == 403


@pytest.mark.parametrize("role", OTHERS)
def test_others_neither_see_nor_change_the_staff(role: Role) -> None:
    client = come(role)
    olena = invite("Olena", role=Role.OFFICER, by=None, now=NOW).member

    assert client.get("/staff/").status_code == 403
    assert client.post("/staff/invite/", {"name": "X", "role": "lead"}).status_code == 403
    for way in ("link", "role", "leave"):
        assert client.post(f"/staff/{olena.pk}/{way}/", {"role": "lead"}).status_code == 403
    assert not Member.objects.filter(name="X").exists()


def test_a_lost_passkey_means_a_new_link_for_the_same_member() -> None:
    admin, olena = come(Role.ADMIN), invite("Olena", role=Role.OFFICER, by=None, now=NOW).member
    page = admin.post(f"/staff/{olena.pk}/link/").content.decode()

    assert re.search(r"/invitation/[\w-]+/", page)
    assert Member.objects.filter(name="Olena").count() == 1
