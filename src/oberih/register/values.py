"""What is handed to the register: spellings, marks, people, sources, consents."""

from dataclasses import dataclass, field
from datetime import date

from oberih.core.names.words import is_cyrillic, words_of
from oberih.register.states import Category, NameRole, Precision, Script, SourceKind

RUSSIAN_LETTERS = frozenset("ыэъё")


@dataclass(frozen=True, slots=True)
class Spelling:
    """A name as one source writes it."""

    surname: str
    given: str = ""
    patronymic: str = ""
    role: NameRole = NameRole.MAIN

    @property
    def script(self) -> Script:
        """Whose letters these are; Cyrillic without a letter of Russian alone is Ukrainian."""
        words = words_of(f"{self.surname} {self.given} {self.patronymic}")
        if not any(is_cyrillic(word) for word in words):
            return Script.LATIN
        is_russian = any(RUSSIAN_LETTERS & set(word) for word in words)
        return Script.RUSSIAN if is_russian else Script.UKRAINIAN


@dataclass(frozen=True, slots=True)
class Marks:
    """What tells the person from a namesake; empty where the source does not say."""

    born_on: date | None = None
    born_year: int | None = None
    birthplace: str = ""
    father_given: str = ""
    mother_maiden: str = ""
    service_number: str = ""
    rank: str = ""
    unit: str = ""

    @property
    def precision(self) -> Precision:
        """How much of the day of birth is known."""
        if self.born_on is not None:
            return Precision.DAY
        return Precision.UNKNOWN if self.born_year is None else Precision.YEAR

    @property
    def is_empty(self) -> bool:
        """Whether the source says nothing."""
        return self == Marks()


@dataclass(frozen=True, slots=True)
class Sought:
    """A person to add: what one source says of them."""

    source: int
    spelling: Spelling
    category: Category = Category.UNKNOWN
    marks: Marks = field(default_factory=Marks)


@dataclass(frozen=True, slots=True)
class SourceWords:
    """A source to add."""

    name: str
    kind: SourceKind
    reliability: str = "F"
    credibility: int = 6
    is_official: bool = False


@dataclass(frozen=True, slots=True)
class Agreed:
    """What a requester agreed to."""

    purpose: str
    scope: str
    given_on: date
    expires_on: date
