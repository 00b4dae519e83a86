import pytest

from oberih.core.names.given import given_of
from oberih.core.names.patronymics import patronymic_of
from oberih.core.names.person import person_name
from oberih.core.names.sounds import tradition_of
from oberih.core.names.surnames import surname_of
from oberih.core.names.words import one_script, words_of


def surname(text: str) -> str:
    words = words_of(text)
    return surname_of(words, tradition=tradition_of(words)).whole.plain


@pytest.mark.parametrize(
    "spellings",
    [
        "Шевченко Shevchenko Schewtschenko Chevtchenko Szewczenko Ševčenko",
        "Гнатюк Hnatiuk Gnatyuk Hnatjuk Gnatiouk",
        "Харченко Kharchenko Harchenko Chartschenko Xarchenko",
        "Хмельницький Хмельницкий Khmelnytskyi Khmelnitsky Chmelnyzkyj Chmielnycki",
        "Щербак Shcherbak Schtscherbak Szczerbak Ščerbak Shherbak",
        "Ковальов Ковалёв Ковалев Kovalov Kovalyov Kovaliov Ковальова",
        "Яценко Yatsenko Iatsenko Jacenko Яценко",
        "Білоус Белоус Bilous Belous",
        "Петрівський Петровский Petrivskyi Petrovsky Петрівська",
        "Кривий Кривой Kryvyi Krivoy",
        "Мар'яненко Марьяненко Marianenko Maryanenko",
    ],
)
def test_one_surname_has_one_sound_in_every_table(spellings: str) -> None:
    assert len({surname(one) for one in spellings.split()}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [("Шевченко", "Шевчук"), ("Бондар", "Бондаренко"), ("Коваль", "Коваленко"), ("Мороз", "Мазур")],
)
def test_two_surnames_have_two_sounds(one: str, other: str) -> None:
    assert surname(one) != surname(other)


@pytest.mark.parametrize(
    "spellings",
    [
        "Дмитро Дмитрий Dmytro Dmitri Dimitri Dmitriy Діма",
        "Олександр Александр Oleksandr Alexander Aleksandr Саша",
        "Микола Николай Mykola Nikolai Nikolay Коля",
        "Володимир Владимир Volodymyr Vladimir Wolodymyr Wladimir Вова",
        "Євген Евгений Yevhen Evgeny Eugene Ievgen Jewhen Женя",
        "Сергій Сергей Serhii Sergey Sergei Serhij",
        "Михайло Михаил Mykhailo Mikhail Michael Mixail",
        "Олексій Алексей Oleksii Alexey Alexei Aleksej",
    ],
)
def test_one_given_name_is_one_class(spellings: str) -> None:
    assert len({given_of(words_of(one)[0]).name for one in spellings.split()}) == 1


def test_kindred_names_are_evidence_and_not_one_name() -> None:
    names = [given_of(word) for word in ("георгій", "юрій", "єгор")]

    assert len({one.kin for one in names}) == 1
    assert len({one.name for one in names}) == 3


@pytest.mark.parametrize(
    "spellings",
    [
        "Миколайович Николаевич Миколаївна Николаевна Mykolaiovych Nikolaevich",
        "Григорович Григорьевич Григорівна Hryhorovych Grigorievich",
        "Ілліч Ильич Иллич Іллівна Ильинична Illich",
        "Яковлевич Якович Яківна Яковлевна",
        "Іванович Иванович Иваныч Ivanovych Iwanowitsch Ivanovich Іван",
    ],
)
def test_one_father_has_one_class(spellings: str) -> None:
    words = [words_of(one) for one in spellings.split()]
    fathers = {patronymic_of(one[0], tradition=tradition_of(one)).father for one in words}

    assert len(fathers) == 1


@pytest.mark.parametrize(
    "cells",
    [
        ("Шевченко", "Тарас", "Григорович"),
        ("Тарас", "Шевченко", "Григорович"),
        ("Шевченко Тарас Григорович", "", ""),
        ("Тарас Григорович Шевченко", "", ""),
        ("Шевченко", "Тарас Григорович", ""),
        ("Шевченко", "Григорович", "Тарас"),
    ],
)
def test_confused_cells_are_put_in_their_places(cells: tuple[str, str, str]) -> None:
    name = person_name(cells[0], cells[1], patronymic=cells[2])

    assert (name.surname, name.given, name.patronymic) == (
        ("шевченко",),
        ("тарас",),
        ("григорович",),
    )


@pytest.mark.parametrize(
    ("meant", "slipped"),
    [
        ("Николаевич", "Никлоаевич"),
        ("Mykolaiovych", "Mykloaiovych"),
        ("Глібович", "Глебовч"),
        ("Лук'янович", "Лукьянофвич"),
        ("Олександрівна", "Алексаднровна"),
        ("Назарович", "Назорович"),
    ],
)
def test_a_slip_of_the_pen_leaves_the_father_as_he_is(meant: str, slipped: str) -> None:
    fathers = {patronymic_of(words_of(one)[0]).father for one in (meant, slipped)}

    assert len(fathers) == 1


@pytest.mark.parametrize(
    ("surname", "given"),
    [("П.", "Карпець"), ("Іван", "Настюк-Гнуча"), ("Игорь", "Шальвира"), ("П. В.", "Карпець")],
)
def test_a_surname_in_the_given_name_s_place_goes_back(surname: str, given: str) -> None:
    assert person_name(surname, given).surname == words_of(given)


def test_a_surname_that_is_a_given_name_stays() -> None:
    assert person_name("Роман", "Сергій").surname == ("роман",)


@pytest.mark.parametrize(("typed", "meant"), [("Iвaн", "Іван"), ("Пeтpeнкo", "Петренко")])
def test_latin_look_alikes_in_a_cyrillic_word_are_put_right(typed: str, meant: str) -> None:
    assert one_script(typed) == meant


def test_apostrophes_of_every_kind_are_one() -> None:
    assert len({words_of(f"Мар{mark}яна") for mark in "'’ʼ`‘′"}) == 1
