"""The tables of campaigns.

A *book* is one whole set of contacts, clues, wordings and links. The live one grows with every
report; a rebuild writes the next one beside it and then changes over. What people decided
(verdicts, campaigns, grants, releases) belongs to no book and survives every rebuild.
"""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.db.models.constraints import BaseConstraint

from oberih.campaigns.states import CampaignState, ClueKind, Verdict


class Fingerprint(models.Model):
    """What a picture looks like, by the hash of its file; the sandbox computed it."""

    sha256 = models.CharField(primary_key=True, max_length=64)
    bits = models.CharField(max_length=16, blank=True)

    def __str__(self) -> str:
        """Return the file's first digits."""
        return self.sha256[:8]


class Book(models.Model):
    """One whole set; its lexicon says how much each word weighs and is never changed."""

    number = models.PositiveIntegerField(primary_key=True)
    is_live = models.BooleanField(default=False)
    lexicon = models.BinaryField()
    opened_at = models.DateTimeField()

    class Meta:
        """One is live, at most one more is being written."""

        constraints: ClassVar[list[BaseConstraint]] = [
            models.UniqueConstraint(fields=["is_live"], name="one_live_and_one_new_book")
        ]

    def __str__(self) -> str:
        """Return its number."""
        return f"book {self.number}"


class Contact(models.Model):
    """What linking knows of a case: nothing that names a family, no text of hers."""

    book = models.PositiveIntegerField()
    case = models.CharField(max_length=9)
    family = models.CharField(max_length=9)
    day = models.DateField()
    region = models.CharField(max_length=80, default="", blank=True)
    channel = models.CharField(max_length=10, default="", blank=True)
    tactics = models.JSONField(default=list)
    stage = models.PositiveSmallIntegerField(null=True)
    digest = models.CharField(max_length=32)
    component = models.CharField(max_length=9, default="")
    group = models.CharField(max_length=9, default="")

    class Meta:
        """One row a case and book."""

        constraints: ClassVar[list[BaseConstraint]] = [
            models.UniqueConstraint(fields=["book", "case"], name="contact_once")
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["book", "group"]),
            models.Index(fields=["book", "component"]),
            models.Index(fields=["book", "day"]),
        ]

    def __str__(self) -> str:
        """Return the case's opaque id."""
        return self.case


class Clue(models.Model):
    """Something that contacts can share; `families` counts those that do."""

    book = models.PositiveIntegerField()
    kind = models.CharField(max_length=10)
    value = models.CharField(max_length=2100)
    families = models.PositiveIntegerField(default=0)
    joins = models.BooleanField(default=False)

    class Meta:
        """One row a value."""

        constraints: ClassVar[list[BaseConstraint]] = [
            models.UniqueConstraint(fields=["book", "kind", "value"], name="clue_once"),
            models.CheckConstraint(
                condition=Q(kind__in=[one.value for one in ClueKind]), name="clue_kind"
            ),
        ]

    def __str__(self) -> str:
        """Return its kind, never its value."""
        return self.kind


class Sighting(models.Model):
    """That a contact shows a clue; `is_near` for a picture that only resembles it."""

    clue = models.ForeignKey(Clue, on_delete=models.CASCADE, related_name="sightings")
    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="sightings")
    is_near = models.BooleanField(default=False)

    class Meta:
        """Once a contact."""

        constraints: ClassVar[list[BaseConstraint]] = [
            models.UniqueConstraint(fields=["clue", "contact"], name="sighting_once")
        ]

    def __str__(self) -> str:
        """Return its contact's number."""
        return f"sighting of {self.contact_id}"


class PictureBand(models.Model):
    """A quarter of a picture's fingerprint: pictures that differ in 3 bits share one."""

    clue = models.ForeignKey(Clue, on_delete=models.CASCADE, related_name="bands")
    book = models.PositiveIntegerField()
    band = models.CharField(max_length=6)

    class Meta:
        """Asked by the band."""

        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["book", "band"])]

    def __str__(self) -> str:
        """Return the band."""
        return self.band


class Wording(models.Model):
    """A stranger's text as linking keeps it: hashes of its words, no words."""

    book = models.PositiveIntegerField()
    rank = models.BigIntegerField()
    sketch = models.BinaryField()
    best = models.FloatField(default=0)

    class Meta:
        """One row a text."""

        constraints: ClassVar[list[BaseConstraint]] = [
            models.UniqueConstraint(fields=["book", "rank"], name="wording_once")
        ]

    def __str__(self) -> str:
        """Return its rank."""
        return str(self.rank)


class Utterance(models.Model):
    """That a contact said a wording."""

    wording = models.ForeignKey(Wording, on_delete=models.CASCADE, related_name="utterances")
    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="utterances")

    class Meta:
        """Once a contact."""

        constraints: ClassVar[list[BaseConstraint]] = [
            models.UniqueConstraint(fields=["wording", "contact"], name="utterance_once")
        ]

    def __str__(self) -> str:
        """Return its contact's number."""
        return f"utterance of {self.contact_id}"


class WordingKey(models.Model):
    """A posting: under this key stands the wording of this rank."""

    book = models.PositiveIntegerField()
    key = models.BigIntegerField()
    rank = models.BigIntegerField()

    class Meta:
        """Asked by the key, in the order of ranks; and by the rank, when a wording goes."""

        constraints: ClassVar[list[BaseConstraint]] = [
            models.UniqueConstraint(fields=["book", "key", "rank"], name="wording_key_once")
        ]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["book", "rank"])]

    def __str__(self) -> str:
        """Return the key."""
        return str(self.key)


class ScriptLink(models.Model):
    """Two wordings alike, verified word by word; `one` has the lesser rank."""

    book = models.PositiveIntegerField()
    one = models.ForeignKey(Wording, on_delete=models.CASCADE, related_name="links_up")
    other = models.ForeignKey(Wording, on_delete=models.CASCADE, related_name="links_down")
    strength = models.FloatField()
    words = models.PositiveIntegerField()

    class Meta:
        """Once a pair."""

        constraints: ClassVar[list[BaseConstraint]] = [
            models.UniqueConstraint(fields=["one", "other"], name="script_link_once")
        ]

    def __str__(self) -> str:
        """Return its strength."""
        return f"{self.strength:.2f}"


class LinkVerdict(models.Model):
    """What a person said of a link between two cases; the strengths of that day train weights."""

    one = models.CharField(max_length=9)
    other = models.CharField(max_length=9)
    verdict = models.CharField(max_length=8)
    reasons = models.JSONField(default=list)
    by = models.CharField(max_length=40)
    at = models.DateTimeField()

    class Meta:
        """One verdict a pair, the newest; the audit has them all."""

        constraints: ClassVar[list[BaseConstraint]] = [
            models.UniqueConstraint(fields=["one", "other"], name="link_verdict_once"),
            models.CheckConstraint(condition=Q(one__lt=F("other")), name="link_verdict_order"),
            models.CheckConstraint(
                condition=Q(verdict__in=[one.value for one in Verdict]), name="link_verdict_known"
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["other"])]

    def __str__(self) -> str:
        """Return the verdict."""
        return self.verdict


class ClueVerdict(models.Model):
    """What a person said of a clue: innocent ones (a bank, a news channel) join nobody."""

    kind = models.CharField(max_length=10)
    value = models.CharField(max_length=2100)
    verdict = models.CharField(max_length=8)
    by = models.CharField(max_length=40)
    at = models.DateTimeField()

    class Meta:
        """One verdict a clue."""

        constraints: ClassVar[list[BaseConstraint]] = [
            models.UniqueConstraint(fields=["kind", "value"], name="clue_verdict_once"),
            models.CheckConstraint(
                condition=Q(verdict__in=[one.value for one in Verdict]), name="clue_verdict_known"
            ),
        ]

    def __str__(self) -> str:
        """Return the verdict."""
        return self.verdict


class Campaign(models.Model):
    """A group that a person named and confirmed."""

    id = models.CharField(primary_key=True, max_length=9)
    name = models.CharField(max_length=120)
    state = models.CharField(max_length=9, default=CampaignState.CONFIRMED)
    merged_into = models.ForeignKey("self", on_delete=models.PROTECT, null=True)
    confirmed_by = models.CharField(max_length=40)
    confirmed_at = models.DateTimeField()

    class Meta:
        """States; a merged one names the other, never itself."""

        constraints: ClassVar[list[BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(state__in=[one.value for one in CampaignState]), name="campaign_state"
            ),
            models.CheckConstraint(
                condition=Q(state="merged", merged_into__isnull=False)
                | (~Q(state="merged") & Q(merged_into__isnull=True)),
                name="campaign_merged_somewhere",
            ),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | ~Q(merged_into=F("id")),
                name="campaign_not_into_itself",
            ),
        ]

    def __str__(self) -> str:
        """Return the opaque id."""
        return self.id


class CampaignCase(models.Model):
    """That a person confirmed a case as part of a campaign."""

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="cases")
    case = models.CharField(max_length=9, unique=True)

    def __str__(self) -> str:
        """Return the case's opaque id."""
        return self.case


class Grant(models.Model):
    """That the side of a case lets the side of another case see whose a link is."""

    case = models.CharField(max_length=9)
    other = models.CharField(max_length=9)
    by = models.CharField(max_length=40)
    at = models.DateTimeField()

    class Meta:
        """Once."""

        constraints: ClassVar[list[BaseConstraint]] = [
            models.UniqueConstraint(fields=["case", "other"], name="grant_once"),
            models.CheckConstraint(condition=~Q(case=F("other")), name="grant_to_another"),
        ]

    def __str__(self) -> str:
        """Return the case that was opened."""
        return self.case


class Release(models.Model):
    """That a person let a quarantined day of a group count after all."""

    case = models.CharField(max_length=9)
    day = models.DateField()
    by = models.CharField(max_length=40)
    at = models.DateTimeField()

    class Meta:
        """Once; named by a case of the group, so that it survives when the group grows."""

        constraints: ClassVar[list[BaseConstraint]] = [
            models.UniqueConstraint(fields=["case", "day"], name="release_once")
        ]

    def __str__(self) -> str:
        """Return the day."""
        return self.day.isoformat()


class Group(models.Model):
    """The sums of one group, kept so that no page counts them."""

    book = models.PositiveIntegerField()
    name = models.CharField(max_length=9)
    contacts = models.PositiveIntegerField()
    families = models.PositiveIntegerField()
    first_day = models.DateField()
    last_day = models.DateField()
    third_day = models.DateField(null=True)
    quarantined = models.PositiveIntegerField(default=0)

    class Meta:
        """Listed by families."""

        constraints: ClassVar[list[BaseConstraint]] = [
            models.UniqueConstraint(fields=["book", "name"], name="group_once")
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["book", "families", "last_day"])
        ]

    def __str__(self) -> str:
        """Return its name."""
        return self.name


class Burst(models.Model):
    """An alarm of the last look: a series that grew beyond its own 56 days."""

    tactic = models.CharField(max_length=4, default="", blank=True)
    region = models.CharField(max_length=80, default="", blank=True)
    channel = models.CharField(max_length=10, default="", blank=True)
    group = models.CharField(max_length=9, default="", blank=True)
    seen = models.PositiveIntegerField()
    expected = models.FloatField()
    tail = models.FloatField()
    looked_at = models.DateTimeField()

    class Meta:
        """The least likely first."""

        ordering: ClassVar[list[str]] = ["tail", "pk"]

    def __str__(self) -> str:
        """Return how unlikely it is."""
        return f"{self.tail:.1e}"
