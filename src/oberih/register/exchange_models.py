"""The tables of what leaves the register, what is sent, and what families are told.

An outgoing row has the columns of article 17 and no others: unit, photograph, claims and kin
have no place to stand in. Who may read what is decided by the services; what may never be stands
here as constraints.
"""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.db.models.constraints import BaseConstraint

from oberih.register.exchange_states import (
    FAMILY_MESSAGES,
    NEVER_TO_PROSECUTORS,
    TELLABLE,
    Channel,
    Condition,
    ConsignmentKind,
    Paper,
    Proof,
    Purpose,
)

LONGEST_NAME = 120
LONGEST_PLACE = 200
MEMBER = 40


def _one_of(field: str, *, values: object, name: str) -> models.CheckConstraint:
    texts = sorted(str(one) for one in values)  # type: ignore[attr-defined]  # an enumeration or a tuple of one
    return models.CheckConstraint(condition=Q(**{f"{field}__in": texts}), name=name)


class Letter(models.Model):
    """A letter to a bureau; the list that goes with it is sealed to the bureau's key."""

    source = models.ForeignKey("register.Source", on_delete=models.PROTECT, related_name="letters")
    channel = models.CharField(max_length=30)
    rule = models.CharField(max_length=40)
    language = models.CharField(max_length=2)
    recipient = models.TextField()
    sealed = models.BinaryField()
    digest = models.CharField(max_length=64)
    left_out = models.PositiveIntegerField(default=0)
    made_by = models.CharField(max_length=MEMBER)
    made_at = models.DateTimeField()

    class Meta:
        """Only a bureau is written to."""

        constraints: ClassVar[list[BaseConstraint]] = [
            _one_of("channel", values=Channel, name="register_letter_channel"),
            _one_of("language", values=("uk", "en"), name="register_letter_language"),
            models.CheckConstraint(
                condition=~Q(sealed=b"") & ~Q(recipient=""), name="register_letter_sealed"
            ),
        ]

    def __str__(self) -> str:
        """Return its number."""
        return f"letter {self.pk}"


class OutgoingRow(models.Model):
    """A line of a letter's list: article 17 of the Third Convention, and nothing else."""

    letter = models.ForeignKey(Letter, on_delete=models.PROTECT, related_name="lines")
    number = models.PositiveIntegerField()
    person = models.CharField(max_length=18)
    surname = models.CharField(max_length=LONGEST_NAME)
    given = models.CharField(max_length=LONGEST_NAME, default="", blank=True)
    rank = models.CharField(max_length=60, default="", blank=True)
    born_on = models.DateField(null=True)
    service_number = models.CharField(max_length=40, default="", blank=True)

    class Meta:
        """Once a number."""

        constraints: ClassVar[list[BaseConstraint]] = [
            models.UniqueConstraint(fields=["letter", "number"], name="register_outgoing_once")
        ]

    def __str__(self) -> str:
        """Return its number alone."""
        return f"line {self.number}"


class ExportedEvent(models.Model):
    """That an event left the register for a purpose, by which consent."""

    consent = models.ForeignKey("register.Consent", on_delete=models.PROTECT, related_name="+")
    event = models.ForeignKey("register.Event", on_delete=models.PROTECT, related_name="+")
    purpose = models.CharField(max_length=30)
    source_kind = models.CharField(max_length=30)
    type = models.CharField(max_length=40)
    by = models.CharField(max_length=MEMBER)
    at = models.DateTimeField()

    class Meta:
        """The Red Cross's items and family messages never reach a prosecutor."""

        constraints: ClassVar[list[BaseConstraint]] = [
            _one_of("purpose", values=Purpose, name="register_export_purpose"),
            models.CheckConstraint(
                condition=~Q(
                    purpose=Purpose.PROSECUTOR.value,
                    source_kind__in=sorted(one.value for one in NEVER_TO_PROSECUTORS),
                ),
                name="register_never_to_prosecutors",
            ),
            models.CheckConstraint(
                condition=~Q(
                    purpose=Purpose.PROSECUTOR.value,
                    type__in=sorted(one.value for one in FAMILY_MESSAGES),
                ),
                name="register_no_family_messages_to_them",
            ),
        ]

    def __str__(self) -> str:
        """Return the purpose."""
        return self.purpose


class Consignment(models.Model):
    """A letter, parcel or transfer to somebody who is held, and by what its arrival is known."""

    person = models.ForeignKey("register.SoughtPerson", on_delete=models.PROTECT, related_name="+")
    relation = models.ForeignKey(
        "register.Relation", on_delete=models.SET_NULL, null=True, related_name="consignments"
    )
    kind = models.CharField(max_length=10)
    sent_on = models.DateField()
    carrier = models.CharField(max_length=LONGEST_NAME, default="", blank=True)
    facility = models.CharField(max_length=LONGEST_PLACE, default="", blank=True)
    acknowledged_on = models.DateField(null=True)
    proof = models.CharField(max_length=20, default="", blank=True)
    proof_note = models.CharField(max_length=LONGEST_PLACE, default="", blank=True)
    recorded_at = models.DateTimeField()

    class Meta:
        """What is acknowledged has a day and a proof, or neither."""

        constraints: ClassVar[list[BaseConstraint]] = [
            _one_of("kind", values=ConsignmentKind, name="register_consignment_kind"),
            _one_of("proof", values=Proof, name="register_consignment_proof"),
            models.CheckConstraint(
                condition=Q(acknowledged_on__isnull=True, proof="")
                | (Q(acknowledged_on__isnull=False) & ~Q(proof="")),
                name="register_consignment_proven",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["facility", "sent_on"])]

    def __str__(self) -> str:
        """Return its kind."""
        return self.kind


class FamilyNews(models.Model):
    """What one requester is told: drafted by tracing, released by another person."""

    relation = models.ForeignKey("register.Relation", on_delete=models.CASCADE, related_name="news")
    case = models.CharField(max_length=9)
    status = models.CharField(max_length=30)
    text = models.TextField()
    drafted_by = models.CharField(max_length=MEMBER)
    drafted_at = models.DateTimeField()
    released_by = models.CharField(max_length=MEMBER, default="", blank=True)
    released_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    reply = models.BigIntegerField(null=True)
    """The desk's reply that it left as: when that is taken back, the news waits again."""

    class Meta:
        """Two people, and never a death."""

        constraints: ClassVar[list[BaseConstraint]] = [
            _one_of("status", values=TELLABLE, name="register_news_never_of_death"),
            models.CheckConstraint(
                condition=~Q(drafted_by=F("released_by")), name="register_news_two_people"
            ),
            models.CheckConstraint(
                condition=Q(released_at__isnull=True) | ~Q(released_by=""),
                name="register_news_released_by_someone",
            ),
            models.UniqueConstraint(
                fields=["relation"],
                condition=Q(released_at__isnull=True, withdrawn_at__isnull=True),
                name="register_news_one_waits",
            ),
            models.UniqueConstraint(fields=["reply"], name="register_news_own_reply"),
        ]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["case"])]

    def __str__(self) -> str:
        """Return its number."""
        return f"news {self.pk}"


class CallerClaim(models.Model):
    """What a stranger claimed in a case, entered once; never a status, never told on."""

    case = models.CharField(max_length=9)
    place = models.CharField(max_length=LONGEST_PLACE, default="", blank=True)
    since = models.DateField(null=True)
    until = models.DateField(null=True)
    cellmate = models.CharField(max_length=LONGEST_NAME, default="", blank=True)
    condition = models.CharField(max_length=20, default="", blank=True)
    paper = models.CharField(max_length=10, default="", blank=True)
    entered_by = models.CharField(max_length=MEMBER)
    entered_at = models.DateTimeField()

    class Meta:
        """Months in their order."""

        constraints: ClassVar[list[BaseConstraint]] = [
            _one_of("condition", values=Condition, name="register_claim_condition"),
            _one_of("paper", values=Paper, name="register_claim_paper"),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(since__isnull=True) | Q(until__gte=F("since")),
                name="register_claim_months",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["case"])]

    def __str__(self) -> str:
        """Return its number."""
        return f"claim {self.pk}"


class ProofQuestion(models.Model):
    """A question that only the person can answer, sealed to a specialist's key; opened once."""

    relation = models.ForeignKey(
        "register.Relation", on_delete=models.CASCADE, related_name="questions"
    )
    sealed = models.BinaryField()
    made_by = models.CharField(max_length=MEMBER)
    made_at = models.DateTimeField()
    used_by = models.CharField(max_length=MEMBER, default="", blank=True)
    used_at = models.DateTimeField(null=True)

    class Meta:
        """What was used is gone."""

        constraints: ClassVar[list[BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(used_at__isnull=True) | Q(sealed=b""), name="register_question_once"
            ),
            models.CheckConstraint(
                condition=Q(used_at__isnull=True) | ~Q(used_by=""),
                name="register_question_used_by_someone",
            ),
        ]

    def __str__(self) -> str:
        """Return its number."""
        return f"question {self.pk}"
