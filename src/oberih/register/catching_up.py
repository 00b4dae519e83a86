"""Search keys of an older making are made anew, a portion at a time: the worker's part."""

from django.db import transaction

from oberih.register.models import NameForm, NameKey, SoughtPerson
from oberih.register.search_keys import VERSION, keys_of_spelling

MOST_AT_ONCE = 500


def catch_up() -> int:
    """Make the keys of some people anew whose keys are older; return how many people."""
    with transaction.atomic():
        older = SoughtPerson.objects.select_for_update().filter(keys_version__lt=VERSION)
        people = list(older.order_by("pk").values_list("pk", flat=True)[:MOST_AT_ONCE])
        if people:
            _make(people)
    return len(people)


def _make(people: list[str]) -> None:
    NameKey.objects.filter(person__in=people).delete()
    pairs = {
        (key, form.person_id)
        for form in NameForm.objects.filter(person__in=people)
        for key in keys_of_spelling(form.surname, form.given, patronymic=form.patronymic)
    }
    NameKey.objects.bulk_create(NameKey(key=key, person_id=who) for key, who in sorted(pairs))
    SoughtPerson.objects.filter(pk__in=people).update(keys_version=VERSION)
