"""Promises of alert acts: update, all clear, cancellation, exercise; what is typed and read."""

import json
import os

import pytest
from desk_cast import Browse, Desk
from lxml import etree

from oberih.alerts import services
from oberih.alerts.models import Alert
from oberih.alerts.services import (
    Draft,
    FindingsUnread,
    FollowsNothing,
    Grounds,
    RegionNotTyped,
    Words,
)
from oberih.alerts.states import AlertId, Audience, Basis, MessageType, Standing
from oberih.alerts.values import Follows, NoSuchRegion, Reach, RegionMissing
from oberih.desk import alerting
from oberih.desk.alerting import ReleaseAnswer
from oberih.formats import cap
from oberih.staff.models import Member

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
UK = Words("Просять знімки вокзалу", "Незнайомці обіцяють лист за знімки.", "Не робіть.")
EN = Words("Strangers ask for photos", "They promise a letter in return.", "Do not do it.")
RU = Words("Просят снимки вокзала", "Незнакомцы обещают письмо за снимки.", "Не делайте.")
SOURCE = Grounds(Basis.OTHER_SOURCE, source="a public warning of the police")
YES = ReleaseAnswer(only_one=False, typed="Україна", findings_read=True)
ALL = {"uk": UK, "en": EN, "ru": RU}
NAMES = {"cap": cap.NAMESPACE}


def proposed(**named: object) -> Draft:
    return Draft(**({"texts": ALL, "grounds": SOURCE} | named))  # type: ignore[arg-type]  # its own fields


def released(desk: Desk, by: tuple[Member, Member], what: Draft | None = None) -> AlertId:
    alert = alerting.draft(what or proposed(), by=by[0], now=desk.now, entropy=os.urandom)
    alerting.approve(alert, answer=YES, by=by[1], now=desk.now)
    return alert


def following(alert: AlertId, kind: MessageType) -> Draft:
    return proposed(follows=Follows(kind, alert))


def cap_of(desk: Desk, name: str) -> etree._Element:
    content = desk.front.published[name]
    cap.validate(content)
    return etree.fromstring(content)


def texts(parsed: etree._Element, path: str) -> list[str]:
    return [str(one.text) for one in parsed.iterfind(f".//cap:{path}", NAMES)]


@pytest.fixture
def two(officer: Member, lead: Member) -> tuple[Member, Member]:
    return officer, lead


def test_a_released_alert_has_a_valid_cap_file_that_its_note_names(
    desk: Desk, two: tuple[Member, Member]
) -> None:
    alert = released(desk, two)

    desk.turn()

    parsed = cap_of(desk, f"alerts/{alert}.xml")
    note = json.loads(desk.front.published[f"alerts/{alert}.note"].split(b"\n")[0])
    assert texts(parsed, "language") == ["uk-UA", "en-GB", "ru-UA"]
    assert note["body"]["cap"]["identifier"] == texts(parsed, "identifier")[0]


def test_an_update_takes_the_place_of_the_earlier_one_and_names_it(
    desk: Desk, two: tuple[Member, Member]
) -> None:
    first = released(desk, two)
    second = released(desk, two, following(first, MessageType.UPDATE))

    desk.turn()

    parsed = cap_of(desk, f"alerts/{second}.xml")
    earlier = texts(cap_of(desk, f"alerts/{first}.xml"), "identifier")[0]
    assert texts(parsed, "msgType") == ["Update"]
    assert earlier in texts(parsed, "references")[0]
    assert first.encode() not in desk.front.published["alerts.atom"]


def test_an_all_clear_says_so_to_machines(desk: Desk, two: tuple[Member, Member]) -> None:
    first = released(desk, two)
    second = released(desk, two, following(first, MessageType.ALL_CLEAR))

    desk.turn()

    assert set(texts(cap_of(desk, f"alerts/{second}.xml"), "responseType")) == {"AllClear"}


def test_a_cancellation_goes_out_at_once_with_the_prepared_words(
    desk: Desk, two: tuple[Member, Member]
) -> None:
    first = released(desk, two)
    desk.turn()
    services.cancel(first, by=two[0], now=desk.now)

    desk.turn()

    cancel = Alert.objects.get(refers_to=first)
    parsed = cap_of(desk, f"alerts/{cancel.pk}.xml")
    assert texts(parsed, "msgType") == ["Cancel"]
    assert texts(parsed, "headline")[0] == f"Скасовано: {UK.headline}"


def test_an_update_of_nothing_is_refused(desk: Desk, officer: Member) -> None:
    what = following(AlertId("aaaaaaaa"), MessageType.UPDATE)

    with pytest.raises(FollowsNothing):
        alerting.draft(what, by=officer, now=desk.now, entropy=os.urandom)


def test_two_updates_of_one_alert_do_not_both_take_its_place(
    desk: Desk, two: tuple[Member, Member]
) -> None:
    first = released(desk, two)
    other = following(first, MessageType.UPDATE)
    late = alerting.draft(other, by=two[0], now=desk.now, entropy=os.urandom)
    released(desk, two, following(first, MessageType.UPDATE))

    with pytest.raises(FollowsNothing):
        alerting.approve(late, answer=YES, by=two[1], now=desk.now)


def test_an_exercise_stands_in_no_feed_and_is_marked_in_cap(
    desk: Desk, two: tuple[Member, Member]
) -> None:
    drill = released(desk, two, proposed(reach=Reach(standing=Standing.EXERCISE)))

    desk.turn()

    lists = ("alerts.atom", "alerts.feed.json", "alerts.json")
    parsed = cap_of(desk, f"exercises/{drill}.xml")
    assert not any(drill.encode() in desk.front.published.get(name, b"") for name in lists)
    assert texts(parsed, "status") == ["Exercise"]
    assert texts(parsed, "headline")[1].startswith("EXERCISE: ")
    assert f"alerts/{drill}.note" not in desk.front.published


@pytest.mark.parametrize(
    ("regions", "typed"),
    [
        ((), "Ukraine "),
        (("UA-32",), "Київська область"),
        (("UA-32", "UA-46"), "Lviv region, kyiv region"),
    ],
)
def test_an_actual_alert_goes_out_when_its_region_is_typed(
    desk: Desk, two: tuple[Member, Member], regions: tuple[str, ...], typed: str
) -> None:
    audience = Audience.REGION if regions else Audience.PUBLIC
    what = proposed(reach=Reach(audience, regions))
    alert = alerting.draft(what, by=two[0], now=desk.now, entropy=os.urandom)

    alerting.approve(
        alert, answer=ReleaseAnswer(only_one=False, typed=typed), by=two[1], now=desk.now
    )

    assert Alert.objects.get(pk=alert).state == "approved"


@pytest.mark.parametrize("typed", ["", "Київська область", "yes"])
def test_an_actual_alert_stays_when_another_region_is_typed(
    desk: Desk, two: tuple[Member, Member], typed: str
) -> None:
    alert = alerting.draft(proposed(), by=two[0], now=desk.now, entropy=os.urandom)

    with pytest.raises(RegionNotTyped):
        alerting.approve(
            alert, answer=ReleaseAnswer(only_one=False, typed=typed), by=two[1], now=desk.now
        )


def test_an_exercise_needs_no_typing(desk: Desk, two: tuple[Member, Member]) -> None:
    what = proposed(reach=Reach(standing=Standing.EXERCISE))
    alert = alerting.draft(what, by=two[0], now=desk.now, entropy=os.urandom)

    alerting.approve(alert, answer=ReleaseAnswer(only_one=False), by=two[1], now=desk.now)

    assert Alert.objects.get(pk=alert).state == "approved"


def test_a_finding_must_be_read_before_the_release(desk: Desk, two: tuple[Member, Member]) -> None:
    named = Words("Пише Марія Вигадана", "Обіцяє дзвінок.", "Не відповідайте.")
    what = proposed(texts={"uk": named, "en": EN, "ru": RU})
    alert = alerting.draft(what, by=two[0], now=desk.now, entropy=os.urandom)

    with pytest.raises(FindingsUnread):
        alerting.approve(
            alert, answer=ReleaseAnswer(only_one=False, typed="Україна"), by=two[1], now=desk.now
        )


@pytest.mark.parametrize("regions", [("UA-99",), ("RU-MOW",)])
def test_a_region_that_does_not_exist_is_refused(regions: tuple[str, ...]) -> None:
    with pytest.raises(NoSuchRegion):
        Reach(Audience.REGION, regions)


def test_an_alert_for_regions_names_one() -> None:
    with pytest.raises(RegionMissing):
        Reach(Audience.REGION)


def test_each_note_names_the_hash_of_the_one_before(desk: Desk, two: tuple[Member, Member]) -> None:
    first, second = released(desk, two), released(desk, two)

    desk.turn()

    from oberih.alerts.documents import hash_of  # noqa: PLC0415  # beside its use

    notes = [desk.front.published[f"alerts/{one}.note"] for one in (first, second)]
    body = json.loads(notes[1].split(b"\n")[0])["body"]
    assert body["previous"] == hash_of(notes[0])


def test_the_form_inserts_the_library_s_instruction(officer: Member, browse: Browse) -> None:
    page = browse(officer).post("/alerts/new/", {"insert": "1", "tactic": "M1", "text_uk": "Так"})

    assert "Не платіть." in page.content.decode()


def test_the_page_shows_every_form_before_the_release(
    desk: Desk, two: tuple[Member, Member], browse: Browse
) -> None:
    alert = alerting.draft(proposed(), by=two[0], now=desk.now, entropy=os.urandom)

    page = browse(two[1]).get(f"/alerts/{alert}/").content.decode()

    assert "UCS-2" in page
    assert "urn:oasis:names:tc:emergency:cap:1.2" in page
    assert f"Скасовано: {UK.headline}" in page
