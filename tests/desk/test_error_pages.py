"""Promises of the desk's pages for what is not there: ours, in the reader's language, no echo."""

import re

import pytest
from django.test import Client, RequestFactory
from django.utils import translation

from oberih.desk import error_pages

IN_EACH = [("uk", "Тут нічого немає"), ("en", "There is nothing here")]


def browser(language: str) -> Client:
    return Client(headers={"host": "localhost", "accept-language": language})


@pytest.mark.django_db
@pytest.mark.parametrize(("language", "words"), IN_EACH)
def test_an_unknown_address_is_answered_in_the_readers_language(language: str, words: str) -> None:
    answer = browser(language).get("/nothing-of-this-kind/")

    assert answer.status_code == 404
    assert words in answer.content.decode()


@pytest.mark.django_db
def test_an_unknown_address_is_not_repeated() -> None:
    answer = browser("en").get("/a-word-that-somebody-typed/")

    assert "a-word-that-somebody-typed" not in answer.content.decode()


@pytest.mark.django_db
def test_another_host_gets_a_page_of_ours() -> None:
    answer = Client(headers={"host": "example.org", "accept-language": "uk"}).get("/")

    assert answer.status_code == 400
    assert "Це не вдалося прочитати" in answer.content.decode()


@pytest.mark.parametrize(
    ("language", "words"), [("uk", "Тут щось пішло не так"), ("en", "Something went wrong here")]
)
def test_an_error_of_ours_needs_no_database_to_be_said(language: str, words: str) -> None:
    with translation.override(language):
        answer = error_pages.broken(RequestFactory().get("/"))

    assert answer.status_code == 500
    assert words in answer.content.decode()


def test_what_django_forbids_is_said_on_a_page_of_ours() -> None:
    with translation.override("uk"):
        answer = error_pages.forbidden(RequestFactory().get("/"), PermissionError())

    assert answer.status_code == 403
    assert "Так не можна" in answer.content.decode()


def test_error_pages_carry_nothing_inline_and_ask_for_nothing_outside() -> None:
    page = error_pages.broken(RequestFactory().get("/")).content.decode()

    assert not re.search(r"<script|<style|\sstyle=|\son[a-z]+=", page)
    assert not re.search(r'(src|href|action)="(https?:)?//', page)


@pytest.mark.django_db
def test_the_icon_is_there_without_signing_in() -> None:
    answer = browser("uk").get("/favicon.ico", follow=True)

    assert b"".join(answer).startswith(b"<svg")
    assert answer.headers["Content-Type"] == "image/svg+xml"
