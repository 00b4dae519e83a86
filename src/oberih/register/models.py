"""The tables of the register.

A person's request lies apart from the person: who asks, as what kin, and with what consent. A
spelling is never overwritten: each source has its own. Events are only ever added; triggers in
the second migration forbid everything else.
"""

from enum import StrEnum
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.db.models.constraints import BaseConstraint

from oberih.register.board_models import BoardCount, FindingRow, OverdueRow
from oberih.register.erasure_models import ErasedEvent, Erasure
from oberih.register.exchange_models import (
    CallerClaim,
    Consignment,
    ExportedEvent,
    FamilyNews,
    Letter,
    OutgoingRow,
    ProofQuestion,
)
from oberih.register.link_models import LinkDecision, LinkProposal, LinkRun
from oberih.register.list_models import ColumnMapping, ListEntry, ListIssue, StagedRow
from oberih.register.post_models import ChannelPost, PostProposal
from oberih.register.states import (
    OFFICIAL_KINDS,
    Category,
    EventType,
    NameRole,
    Precision,
    Script,
    SourceKind,
)
from oberih.register.witness_models import WitnessGrant, WitnessIdentity

OPAQUE = 18
LONGEST_NAME = 120
LONGEST_PLACE = 200
DIGEST = 32


def one_of(field: str, *, choices: type[StrEnum], name: str) -> models.CheckConstraint:
    """Return the constraint that a field holds a member of its closed list."""
    values = [one.value for one in choices]
    return models.CheckConstraint(condition=Q(**{f"{field}__in": values}), name=name)


class SoughtPerson(models.Model):
    """Somebody who is sought; civilians and unknown are categories of their own."""

    id = models.CharField(primary_key=True, max_length=OPAQUE)
    category = models.CharField(max_length=20, default=Category.UNKNOWN.value)
    added_at = models.DateTimeField()
    keys_version = models.PositiveSmallIntegerField(default=0, db_index=True)
    """Of which making the search keys are; older ones the worker makes anew."""

    class Meta:
        """Listed by when they were added."""

        constraints: ClassVar[list[BaseConstraint]] = [
            one_of("category", choices=Category, name="register_person_category")
        ]

    def __str__(self) -> str:
        """Return the opaque id."""
        return self.id


class Source(models.Model):
    """Who says it, how reliable (A to F), how credible (1 to 6), and whether officially."""

    name = models.CharField(max_length=LONGEST_NAME, unique=True)
    kind = models.CharField(max_length=30)
    reliability = models.CharField(max_length=1, default="F")
    credibility = models.PositiveSmallIntegerField(default=6)
    is_official = models.BooleanField(default=False)

    class Meta:
        """Only a bureau, the Red Cross or a body of the state is official."""

        constraints: ClassVar[list[BaseConstraint]] = [
            one_of("kind", choices=SourceKind, name="register_source_kind"),
            models.CheckConstraint(
                condition=Q(reliability__in=list("ABCDEF")), name="register_source_reliability"
            ),
            models.CheckConstraint(
                condition=Q(credibility__range=(1, 6)), name="register_source_credibility"
            ),
            models.CheckConstraint(
                condition=Q(is_official=False) | Q(kind__in=[one.value for one in OFFICIAL_KINDS]),
                name="register_source_official",
            ),
        ]

    def __str__(self) -> str:
        """Return its name."""
        return self.name


class NameForm(models.Model):
    """A name as one source spells it."""

    person = models.ForeignKey(SoughtPerson, on_delete=models.CASCADE, related_name="names")
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="+")
    script = models.CharField(max_length=5)
    surname = models.CharField(max_length=LONGEST_NAME)
    given = models.CharField(max_length=LONGEST_NAME, default="", blank=True)
    patronymic = models.CharField(max_length=LONGEST_NAME, default="", blank=True)
    role = models.CharField(max_length=10, default=NameRole.MAIN.value)

    class Meta:
        """One row a source's spelling."""

        constraints: ClassVar[list[BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["person", "source", "surname", "given", "patronymic", "role"],
                name="register_spelling_once",
            ),
            one_of("script", choices=Script, name="register_name_script"),
            one_of("role", choices=NameRole, name="register_name_role"),
        ]

    def __str__(self) -> str:
        """Return whose it is, never the name."""
        return f"name of {self.person_id}"

    @property
    def written(self) -> str:
        """The parts in a row, as the source writes them."""
        return " ".join(filter(None, (self.surname, self.given, self.patronymic)))


class NameKey(models.Model):
    """Under this hash of a sound the person is found; coarse, never shown."""

    key = models.BigIntegerField()
    person = models.ForeignKey(SoughtPerson, on_delete=models.CASCADE, related_name="+")

    class Meta:
        """Asked by the key."""

        constraints: ClassVar[list[BaseConstraint]] = [
            models.UniqueConstraint(fields=["key", "person"], name="register_name_key_once")
        ]

    def __str__(self) -> str:
        """Return the person's opaque id."""
        return str(self.person_id)


class Identity(models.Model):
    """What tells a person from a namesake, as one source says it."""

    person = models.ForeignKey(SoughtPerson, on_delete=models.CASCADE, related_name="identities")
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="+")
    born_on = models.DateField(null=True)
    born_year = models.PositiveSmallIntegerField(null=True)
    born_precision = models.CharField(max_length=8, default=Precision.UNKNOWN.value)
    birthplace = models.CharField(max_length=LONGEST_PLACE, default="", blank=True)
    birthplace_code = models.CharField(max_length=19, default="", blank=True)
    father_given = models.CharField(max_length=LONGEST_NAME, default="", blank=True)
    mother_maiden = models.CharField(max_length=LONGEST_NAME, default="", blank=True)
    service_number = models.CharField(max_length=40, default="", blank=True)
    rank = models.CharField(max_length=60, default="", blank=True)
    unit = models.CharField(max_length=LONGEST_PLACE, default="", blank=True)

    class Meta:
        """A day is known or it is not: "01-01" is a year."""

        constraints: ClassVar[list[BaseConstraint]] = [
            one_of("born_precision", choices=Precision, name="register_born_precision"),
            models.CheckConstraint(
                condition=Q(born_precision=Precision.DAY.value, born_on__isnull=False)
                | (~Q(born_precision=Precision.DAY.value) & Q(born_on__isnull=True)),
                name="register_born_as_precise",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["service_number"])]

    def __str__(self) -> str:
        """Return whose it is."""
        return f"identity of {self.person_id}"


class Requester(models.Model):
    """Somebody who asks for a person; apart from the person and from every other requester.

    `case` is the conversation's opaque id where there is one. The words are for those who answer
    her; no page joins two requesters.
    """

    id = models.CharField(primary_key=True, max_length=OPAQUE)
    name = models.CharField(max_length=LONGEST_NAME)
    reach = models.CharField(max_length=LONGEST_PLACE, default="", blank=True)
    case = models.CharField(max_length=9, default="", blank=True)
    verified_how = models.CharField(max_length=20, default="", blank=True)
    added_at = models.DateTimeField()

    def __str__(self) -> str:
        """Return the opaque id."""
        return self.id


class Relation(models.Model):
    """As what kin a requester asks for a person."""

    requester = models.ForeignKey(Requester, on_delete=models.CASCADE, related_name="relations")
    person = models.ForeignKey(SoughtPerson, on_delete=models.CASCADE, related_name="relations")
    kin = models.CharField(max_length=40)

    class Meta:
        """Once a pair."""

        constraints: ClassVar[list[BaseConstraint]] = [
            models.UniqueConstraint(fields=["requester", "person"], name="register_relation_once")
        ]

    def __str__(self) -> str:
        """Return the two ids."""
        return f"{self.requester_id} for {self.person_id}"


class Consent(models.Model):
    """What a requester agreed to: for what, to whom, until when."""

    relation = models.ForeignKey(Relation, on_delete=models.CASCADE, related_name="consents")
    purpose = models.CharField(max_length=40)
    scope = models.CharField(max_length=LONGEST_PLACE)
    given_on = models.DateField()
    expires_on = models.DateField()
    withdrawn_on = models.DateField(null=True)

    class Meta:
        """It ends."""

        constraints: ClassVar[list[BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(expires_on__gt=models.F("given_on")), name="register_consent_ends"
            )
        ]

    def __str__(self) -> str:
        """Return its purpose."""
        return self.purpose


class Event(models.Model):
    """What happened, as a source says it; chained, never changed, replaced only by a later one."""

    position = models.BigIntegerField(primary_key=True)
    person = models.ForeignKey(SoughtPerson, on_delete=models.PROTECT, related_name="events")
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="events")
    type = models.CharField(max_length=40)
    occurred_from = models.DateField(null=True)
    occurred_to = models.DateField(null=True)
    learned_on = models.DateField()
    recorded_at = models.DateTimeField()
    place = models.CharField(max_length=LONGEST_PLACE, default="", blank=True)
    note = models.CharField(max_length=2000, default="", blank=True)
    credibility = models.PositiveSmallIntegerField(default=6)
    supersedes = models.OneToOneField("self", on_delete=models.PROTECT, null=True)
    salt = models.BinaryField(max_length=DIGEST)
    leaf = models.BinaryField(max_length=DIGEST)
    digest = models.BinaryField(max_length=DIGEST)

    class Meta:
        """An interval has an order; positions begin at 1; an event is replaced once."""

        constraints: ClassVar[list[BaseConstraint]] = [
            one_of("type", choices=EventType, name="register_event_type"),
            models.CheckConstraint(
                condition=Q(occurred_to__isnull=True)
                | Q(occurred_from__isnull=True)
                | Q(occurred_to__gte=models.F("occurred_from")),
                name="register_event_interval",
            ),
            models.CheckConstraint(condition=Q(position__gte=1), name="register_event_from_one"),
            models.CheckConstraint(
                condition=Q(credibility__range=(1, 6)), name="register_event_credibility"
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["type", "occurred_to"])]

    def __str__(self) -> str:
        """Return its position alone."""
        return f"event {self.position}"


__all__ = [
    "BoardCount",
    "CallerClaim",
    "ChannelPost",
    "ColumnMapping",
    "Consent",
    "Consignment",
    "ErasedEvent",
    "Erasure",
    "Event",
    "ExportedEvent",
    "FamilyNews",
    "FindingRow",
    "Identity",
    "Letter",
    "LinkDecision",
    "LinkProposal",
    "LinkRun",
    "ListEntry",
    "ListIssue",
    "NameForm",
    "NameKey",
    "OutgoingRow",
    "OverdueRow",
    "PostProposal",
    "ProofQuestion",
    "Relation",
    "Requester",
    "SoughtPerson",
    "Source",
    "StagedRow",
    "WitnessGrant",
    "WitnessIdentity",
]
