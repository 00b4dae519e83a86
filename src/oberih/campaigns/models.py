"""The tables of campaigns.

A *book* is one whole set of contacts, clues, wordings and links. The live one grows with every
report; a rebuild writes the next one beside it and then changes over. What people decided
(verdicts, campaigns, grants, releases) belongs to no book and survives every rebuild.
"""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.db.models.constraints import BaseConstraint

from oberih.campaigns.decisions import (
    Campaign,
    CampaignCase,
    Claim,
    ClueVerdict,
    Grant,
    LinkVerdict,
    Release,
    SetApart,
    Tally,
)
from oberih.campaigns.states import ClueKind


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
    digest = models.CharField(max_length=32, default="")
    """The hash of the lexicon, so that nobody reads megabytes to see that it is the same."""
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
    is_held = models.BooleanField(default=False)
    """Of a day with too many, or set apart: it counts for nothing."""
    is_apart = models.BooleanField(default=False)
    """A person called it a fake: it joins only others of its kind."""

    class Meta:
        """One row a case and book."""

        constraints: ClassVar[list[BaseConstraint]] = [
            models.UniqueConstraint(fields=["book", "case"], name="contact_once")
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["book", "group", "day"], name="contact_of_group"),
            models.Index(fields=["book", "component"]),
            models.Index(fields=["book", "day"]),
            models.Index(fields=["book", "family"], name="contact_of_family"),
            models.Index(fields=["book"], condition=Q(is_held=True), name="contact_held"),
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
        """Asked by the key, in the order of ranks."""

        constraints: ClassVar[list[BaseConstraint]] = [
            models.UniqueConstraint(fields=["book", "key", "rank"], name="wording_key_once")
        ]

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


class Look(models.Model):
    """When the worker last looked for bursts."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    at = models.DateTimeField()

    class Meta:
        """There is one."""

        constraints: ClassVar[list[BaseConstraint]] = [
            models.CheckConstraint(condition=Q(id=1), name="one_look")
        ]

    def __str__(self) -> str:
        """Return when."""
        return f"{self.at:%Y-%m-%d %H:%M}"


__all__ = [
    "Book",
    "Burst",
    "Campaign",
    "CampaignCase",
    "Claim",
    "Clue",
    "ClueVerdict",
    "Contact",
    "Fingerprint",
    "Grant",
    "Group",
    "LinkVerdict",
    "Look",
    "PictureBand",
    "Release",
    "ScriptLink",
    "SetApart",
    "Sighting",
    "Tally",
    "Utterance",
    "Wording",
    "WordingKey",
]
