import re
from hashlib import sha256

import brotli  # type: ignore[import-untyped]  # it ships no types
import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from oberih.front.bundles import bundle

from .conftest import Answer


def policy_of(answer: Answer) -> dict[str, str]:
    header = answer["Content-Security-Policy"]
    return dict(part.strip().split(" ", 1) for part in header.split(";"))


def test_a_page_may_load_and_send_only_to_its_own_origin() -> None:
    policy = policy_of(Client().get("/uk/"))

    assert policy.pop("trusted-types") == "oberih"
    assert policy.pop("require-trusted-types-for") == "'script'"
    assert {name for name, value in policy.items() if value == "'none'"} == {
        *("default-src", "base-uri", "frame-ancestors")
    }
    assert set(policy.values()) == {"'none'", "'self'"}


@pytest.mark.parametrize("address", ["/api/envelopes", "/published/x.note"])
def test_what_is_not_a_page_runs_nothing(address: str) -> None:
    policy = policy_of(Client().get(address))

    assert policy == {"default-src": "'none'", "frame-ancestors": "'none'"}


@pytest.mark.parametrize("address", ["/uk/", "/api/envelopes", "/nothing", "/published/x.note"])
def test_every_answer_is_kept_out_of_caches_and_guessing(address: str) -> None:
    answer = Client().get(address)

    assert answer["Cache-Control"] == "no-store"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Referrer-Policy"] == "same-origin"
    assert not answer.cookies


@pytest.mark.django_db  # the end of an answer looks at the connection
def test_a_built_file_is_fetched_once() -> None:
    answer = Client().get(bundle("page.css").url, headers={"accept-encoding": "br"})
    answer.close()

    assert "immutable" in answer["Cache-Control"]
    assert answer["Content-Encoding"] == "br"


def test_the_front_has_no_session_account_or_admin(settings: Settings) -> None:
    loaded = [*settings.INSTALLED_APPS, *settings.MIDDLEWARE]

    assert not [name for name in loaded if re.search("session|auth|admin|messages", name)]
    assert settings.DEBUG is False


def test_https_is_kept_to_once_it_was_used(settings: Settings) -> None:
    settings.SECURE_HSTS_SECONDS = 60

    answer = Client().get("/uk/", headers={"x-forwarded-proto": "https"})

    assert answer["Strict-Transport-Security"] == "max-age=60"


@pytest.mark.django_db  # the end of an answer looks at the connection
def test_the_second_reader_is_fetched_once_and_packed() -> None:
    answer = Client().get(bundle("second.bin").url, headers={"accept-encoding": "br"})
    content = b"".join(answer.streaming_content)  # type: ignore[attr-defined]  # a file's answer
    answer.close()

    assert "immutable" in answer["Cache-Control"]
    assert answer["Content-Encoding"] == "br"
    assert re.fullmatch(r".*\.[0-9a-f]{12}\.bin", bundle("second.bin").url)
    assert sha256(brotli.decompress(content)).hexdigest()[:12] in bundle("second.bin").url
