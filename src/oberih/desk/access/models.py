"""Who may see a case besides its owner and its team, who asked for it, and who opened what."""

from enum import StrEnum

from django.db import models
from django.db.models import F, Q

from oberih.desk.closed_lists import is_one_of


class GrantKind(StrEnum):
    """What a grant opens."""

    CASE = "case"
    IDENTITY = "identity"
    MINORS = "minors"
    ORIGINAL = "original"


class AskKind(StrEnum):
    """What a second person is asked for."""

    BREAK_GLASS = "break-glass"
    MORE_CASES = "more-cases"


class AskState(StrEnum):
    """Where a question to a second person stands."""

    WAITING = "waiting"
    AGREED = "agreed"
    REFUSED = "refused"


class Grant(models.Model):
    """That a member may see something for a reason and until a moment."""

    kind = models.CharField(max_length=10)
    case = models.CharField(max_length=9, default="", blank=True)
    member = models.CharField(max_length=40)
    reason = models.TextField()
    given_by = models.CharField(max_length=40)
    second_by = models.CharField(max_length=40, default="", blank=True)
    given_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        """A grant has an end, a reason and another person who gave it."""

        constraints = [  # noqa: RUF012  # Django's own form
            models.CheckConstraint(condition=is_one_of("kind", GrantKind), name="grant_kind"),
            models.CheckConstraint(condition=Q(ends_at__gt=F("given_at")), name="grant_ends"),
            models.CheckConstraint(condition=~Q(reason=""), name="grant_has_a_reason"),
            models.CheckConstraint(
                condition=~Q(given_by=F("member")), name="grant_by_another_person"
            ),
            models.CheckConstraint(
                condition=Q(kind="minors", case="") | (~Q(kind="minors") & ~Q(case="")),
                name="grant_names_its_case",
            ),
        ]
        indexes = [models.Index(fields=["member", "ends_at"], name="grant_of_member")]  # noqa: RUF012  # the same

    def __str__(self) -> str:
        """Return its kind alone."""
        return f"grant of {self.kind}"


class Ask(models.Model):
    """That somebody asks a second person: to break the glass, or to open more cases."""

    kind = models.CharField(max_length=12)
    state = models.CharField(max_length=8, default=AskState.WAITING)
    case = models.CharField(max_length=9, default="", blank=True)
    asked_by = models.CharField(max_length=40)
    reason = models.TextField()
    asked_at = models.DateTimeField()
    second_by = models.CharField(max_length=40, default="", blank=True)
    answered_at = models.DateTimeField(null=True)
    ends_at = models.DateTimeField(null=True)

    class Meta:
        """Two people, never one."""

        constraints = [  # noqa: RUF012  # Django's own form
            models.CheckConstraint(condition=is_one_of("kind", AskKind), name="ask_kind"),
            models.CheckConstraint(condition=is_one_of("state", AskState), name="ask_state"),
            models.CheckConstraint(
                condition=~Q(second_by=F("asked_by")), name="ask_of_another_person"
            ),
        ]
        indexes = [models.Index(fields=["state", "asked_at"], name="ask_waiting")]  # noqa: RUF012  # the same

    def __str__(self) -> str:
        """Return its kind and state."""
        return f"{self.kind} {self.state}"


class Notice(models.Model):
    """That two people broke the glass of a case: for the leads of its team, until one has seen."""

    ask = models.OneToOneField(Ask, on_delete=models.CASCADE, related_name="notice")
    team = models.CharField(max_length=40)
    made_at = models.DateTimeField()
    seen_by = models.CharField(max_length=40, default="", blank=True)
    seen_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        """Return when it was made."""
        return f"notice of {self.made_at:%Y-%m-%d}"


class Opening(models.Model):
    """When a member last opened a case, and last had it on the screen."""

    member = models.CharField(max_length=40)
    case = models.CharField(max_length=9)
    opened_at = models.DateTimeField()
    seen_at = models.DateTimeField()

    class Meta:
        """One row a member and case."""

        constraints = [  # noqa: RUF012  # Django's own form
            models.UniqueConstraint(fields=["member", "case"], name="opening_once")
        ]
        indexes = [  # noqa: RUF012  # the same
            models.Index(fields=["member", "opened_at"], name="opening_of_member"),
            models.Index(fields=["case", "seen_at"], name="opening_of_case"),
        ]

    def __str__(self) -> str:
        """Return the case's id."""
        return self.case


class FamilyIdentity(models.Model):
    """Who a family is and how to reach it: apart from its case, behind a grant of its own."""

    case = models.OneToOneField("desk.Case", on_delete=models.CASCADE, related_name="identity")
    name = models.CharField(max_length=300)
    contact = models.CharField(max_length=300, default="", blank=True)
    kept_by = models.CharField(max_length=40)
    kept_at = models.DateTimeField()

    def __str__(self) -> str:
        """Return the case's id, never the name."""
        return f"identity in {self.case_id}"
