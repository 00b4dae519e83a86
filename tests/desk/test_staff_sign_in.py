"""Promises of the door: by invitation, by passkey, once, for a while, and with nothing kept."""

import re
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.test import Client

from oberih.audit.selectors import newest_events
from oberih.core import time
from oberih.staff.models import Invitation, Member
from oberih.staff.roles import Role
from oberih.staff.services import (
    InvitationRefused,
    NameTaken,
    NoName,
    deactivate,
    find_invitation,
    invite,
    invite_again,
    make_demo_link,
)

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
NOW = time.now()
ANSWER = (
    '{"id": "YQ", "rawId": "YQ", "type": "public-key", "response": {"clientDataJSON": "e30", '
    '"authenticatorData": "YQ", "signature": "YQ", "userHandle": "HANDLE"}}'
)


def come(role: Role = Role.OFFICER) -> Client:
    """Return a browser that came in by a demo link."""
    client = Client(headers={"host": "localhost"})
    link = make_demo_link(f"Demo {role}", role=role, now=NOW)
    assert client.get(f"/invitation/{link.token}/").status_code == 200
    return client


def test_a_stranger_is_sent_to_the_sign_in_page() -> None:
    answer = Client(headers={"host": "localhost"}).get("/passkeys/")

    assert answer.status_code == 302
    assert answer["Location"].startswith("/sign-in/")


def test_the_token_of_an_invitation_is_stored_nowhere() -> None:
    invited = invite("Olena", role=Role.OFFICER, by=None, now=NOW)

    row = Invitation.objects.get()
    assert invited.token not in row.token_hash
    assert invited.token not in repr(invited)
    assert all(invited.token not in str(event.fields) for event in newest_events())


def test_looking_at_an_invitation_does_not_use_it_up() -> None:
    invited = invite("Olena", role=Role.OFFICER, by=None, now=NOW)
    client = Client(headers={"host": "localhost"})

    for _ in range(2):
        assert "Olena" in client.get(f"/invitation/{invited.token}/").content.decode()


def test_an_invitation_is_good_for_three_days() -> None:
    invited = invite("Olena", role=Role.OFFICER, by=None, now=NOW)

    assert find_invitation(invited.token, now=NOW + timedelta(hours=71))
    with pytest.raises(InvitationRefused):
        find_invitation(invited.token, now=NOW + timedelta(hours=73))


def test_a_new_invitation_ends_the_old_one() -> None:
    first = invite("Olena", role=Role.OFFICER, by=None, now=NOW)
    invite_again(first.member, by=None, now=NOW)

    with pytest.raises(InvitationRefused):
        find_invitation(first.token, now=NOW)


@pytest.mark.parametrize("token", ["qq", "a" * 32, "%3Cb%3E"])
def test_a_made_up_token_is_refused_in_a_sentence(token: str) -> None:
    answer = Client(headers={"host": "localhost"}).get(f"/invitation/{token}/")

    assert answer.status_code == 403
    assert b"<h1>" in answer.content


def test_a_link_is_never_written_to_a_log(capsys: pytest.CaptureFixture[str]) -> None:
    invited = invite("Olena", role=Role.OFFICER, by=None, now=NOW)
    client = Client(headers={"host": "localhost"})
    client.post(f"/invitation/{invited.token}/", {"credential": "{}"})
    client.get(f"/invitation/{invited.token}x/")

    assert invited.token not in "".join(capsys.readouterr())


def test_two_members_never_share_a_name() -> None:
    invite("Olena", role=Role.OFFICER, by=None, now=NOW)

    with pytest.raises(NameTaken):
        invite(" Olena ", role=Role.LEAD, by=None, now=NOW)


@pytest.mark.parametrize("name", ["", "   ", "x" * 81])
def test_a_member_has_a_name(name: str) -> None:
    with pytest.raises(NoName):
        invite(name, role=Role.OFFICER, by=None, now=NOW)


def test_a_demo_link_signs_in_once_and_says_that_there_was_no_passkey() -> None:
    link = make_demo_link("Demo officer", role=Role.OFFICER, now=NOW)
    first, second = (Client(headers={"host": "localhost"}) for _ in range(2))

    assert first.get(f"/invitation/{link.token}/").status_code == 200
    assert second.get(f"/invitation/{link.token}/").status_code == 403
    assert 'class="notice"' in first.get("/passkeys/").content.decode()


def test_a_demo_link_opens_nothing_outside_the_demo(settings: pytest.FixtureRequest) -> None:
    settings.DEMO = False  # type: ignore[attr-defined]
    link = make_demo_link("Demo officer", role=Role.OFFICER, now=NOW)

    answer = Client(headers={"host": "localhost"}).get(f"/invitation/{link.token}/")
    assert answer.status_code == 403


@pytest.mark.parametrize(
    "credential",
    [
        "",
        "{}",
        "[]",
        "null",
        "[" * 5000,
        '{"id": 1}',
        '{"id": "a", "rawId": "a", "response": {"clientDataJSON": 1}}',
        ANSWER.replace("HANDLE", "%%"),
        ANSWER.replace("HANDLE", "YWJj"),
        "x" * 20_000,
    ],
)
def test_no_made_up_credential_opens_the_door(credential: str) -> None:
    client = Client(headers={"host": "localhost"})
    client.get("/sign-in/options/")

    assert client.post("/sign-in/", {"credential": credential}).status_code == 403
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("credential", ["", "{}", '{"id": "YQ", "rawId": "YQ", "response": {}}'])
def test_no_made_up_credential_uses_an_invitation_up(credential: str) -> None:
    invited = invite("Olena", role=Role.OFFICER, by=None, now=NOW)
    client = Client(headers={"host": "localhost"})
    client.get(f"/invitation/{invited.token}/")

    answer = client.post(f"/invitation/{invited.token}/", {"credential": credential})
    assert answer.status_code == 403
    assert find_invitation(invited.token, now=NOW)


def test_signing_out_ends_the_session_on_both_sides() -> None:
    client = come()
    client.post("/sign-out/")

    assert client.get("/passkeys/").status_code == 302
    assert newest_events()[0].fields["act"] == "member.signed-out"  # type: ignore[index]


def test_an_idle_session_ends_after_an_hour() -> None:
    client = come()
    client.get("/passkeys/")
    session = client.session
    session["seen_at"] -= 3601
    session.save()

    assert client.get("/passkeys/").status_code == 302


def test_a_page_that_polls_does_not_keep_a_session_alive() -> None:
    client = come()
    client.get("/passkeys/")
    session = client.session
    session["seen_at"] = before = session["seen_at"] - 1800
    session.save()
    client.get("/passkeys/", headers={"X-Background": "1"})

    assert client.session["seen_at"] == before


def test_deactivating_a_member_ends_every_session_at_once() -> None:
    client, admin = come(), invite("Admin", role=Role.ADMIN, by=None, now=NOW).member
    deactivate(Member.objects.get(name="Demo officer"), by=admin)

    assert client.get("/passkeys/").status_code == 302


def test_the_cookie_is_strict_and_unreadable_to_scripts() -> None:
    cookie = come().cookies["desk"]

    assert (cookie["samesite"], cookie["httponly"]) == ("Strict", True)


def test_the_session_holds_no_name_and_no_report() -> None:
    come()

    decoded = [set(session.get_decoded()) for session in Session.objects.all()]
    known = {"_auth_user_id", "_auth_user_backend", "_auth_user_hash", "signed_in_by", "seen_at"}
    known |= {"locked", "two_passkeys"}
    assert all(keys <= known for keys in decoded)


def test_a_form_without_our_own_page_is_refused_in_a_sentence() -> None:
    client = Client(enforce_csrf_checks=True, headers={"host": "localhost"})

    answer = client.post("/sign-in/", {"credential": "{}"})
    assert answer.status_code == 403
    assert b"<style" not in answer.content


def test_every_page_forbids_third_parties_caches_and_frames() -> None:
    answer = Client(headers={"host": "localhost"}).get("/sign-in/")

    assert "default-src 'none'" in answer["Content-Security-Policy"]
    assert "unsafe" not in answer["Content-Security-Policy"]
    assert answer["Cache-Control"] == "no-store"
    assert not re.search(r'(src|href)="(https?:)?//', answer.content.decode())


@pytest.mark.parametrize("onward", ["https://evil.example", "//evil.example", "javascript:x", "x"])
def test_sign_in_leads_only_to_pages_of_the_desk(onward: str) -> None:
    answer = come().get("/sign-in/", {"next": onward})

    assert answer["Location"] == "/"


def test_another_host_name_is_not_answered() -> None:
    assert Client(headers={"host": "evil.example"}).get("/sign-in/").status_code == 400


def test_a_member_reads_the_desk_in_the_language_they_chose() -> None:
    client = come()
    client.post("/language/", {"language": "en", "next": "/passkeys/"})

    assert '<html lang="en">' in client.get("/passkeys/").content.decode()


def test_the_only_passkey_cannot_be_removed() -> None:
    assert come().post("/passkeys/1/remove/").status_code == 403
