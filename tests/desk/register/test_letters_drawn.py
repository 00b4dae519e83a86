"""Letters on paper: nobody's name, the sealed list inside, the article or the policy said."""

from datetime import date, timedelta

import pytest
from register_cast import Cast

from oberih.crypto.age import Identity
from oberih.desk.register import letter_paper
from oberih.formats import letter as printed
from oberih.formats.letter import PrintedLetter
from oberih.register import services
from oberih.register.letters import LetterWish, write_letter
from oberih.register.models import Letter, Requester
from oberih.register.refusals import NoSuchLetter
from oberih.register.states import EventType, SourceKind
from oberih.register.values import Agreed

pytestmark = pytest.mark.django_db
KEY = Identity.from_seed(bytes(range(32)))


def written(register: Cast, *, rule: str, language: str) -> Letter:
    person, today = register.person("Гнатюк", "Остап"), register.now.date()
    for kind in (EventType.CAPTURED, EventType.ARRIVED_CAMP):
        register.event(person, kind, occurred_to=today - timedelta(days=40))
    row = Requester(id=f"r-{register.entropy(4).hex()}", name="Соломія", added_at=register.now)
    relation = services.add_requester(row, person=person, kin="дружина", by=register.tracing)
    agreed = Agreed("tracing", "НІБ", today, today + timedelta(days=9))
    services.agree(relation, agreed, by=register.tracing)
    source = register.source(SourceKind.BUREAU, official=True).pk
    wish = LetterWish(source, rule, language, str(KEY.recipient))
    return write_letter(wish, by=register.tracing, now=register.now)


@pytest.mark.parametrize(
    ("rule", "language", "says"),
    [
        ("capture-card", "uk", "enabled to write direct to his family"),
        ("capture-card", "en", "We ask under the Geneva Convention III, art. 70"),
        ("ask-again", "uk", "день запиту є нашим власним правилом"),
        ("ask-again", "en", "the day of asking is our own policy"),
    ],
)
def test_a_letter_quotes_its_article_or_says_that_it_is_policy(
    register: Cast, rule: str, language: str, says: str
) -> None:
    page = printed.page(letter_paper.paper(written(register, rule=rule, language=language)))

    assert says in page
    assert "Гнатюк" not in page


def test_the_worker_draws_it_with_the_sealed_list_inside(register: Cast) -> None:
    pytest.importorskip("weasyprint")
    row = written(register, rule="ask-again", language="uk")

    drawn = letter_paper.draw_letters(now=register.now)
    pdf = letter_paper.take_out(row.pk, by=register.tracing)

    assert (drawn, letter_paper.draw_letters(now=register.now)) == (1, 0)
    assert pdf.startswith(b"%PDF-")
    assert b"/EmbeddedFile" in pdf


def test_a_letter_that_is_not_drawn_is_not_handed_out(register: Cast) -> None:
    with pytest.raises(NoSuchLetter):
        letter_paper.take_out(999_999, by=register.tracing)


def test_a_letter_fetches_nothing() -> None:
    letter = PrintedLetter(
        "uk", "<img src='http://x.example/'>", "", date(2026, 1, 2), "s", ("p",), "", "small"
    )

    assert "<img" not in printed.page(letter)
