"""One name as different offices write it: in Ukrainian, in Russian, by some twenty Latin tables."""

from collections.abc import Callable
from random import Random

_UK = "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя'"
_RU = "абвгдеёжзийклмнопрстуфхцчшщъыьэюя"


def _table(letters: str, spelled: str) -> dict[str, str]:
    return dict(zip(letters, (one.strip("_") for one in spelled.split()), strict=True))


# fmt: off
_OF_UKRAINIAN = {
    "resolution 55": "a b v h g d e ie zh z y i i i k l"
    " m n o p r s t u f kh ts ch sh shch _ iu ia _",
    "passport 2007": "a b v g g d e ie zh z y i i i k l"
    " m n o p r s t u f kh ts ch sh shch ' iu ia _",
    "bgn": "a b v h g d e ye zh z y i yi y k l m n o p r s t u f kh ts ch sh shch ' yu ya _",
    "scholarly": "a b v h g d e je ž z y i ji j k l m n o p r s t u f x c č š šč ' ju ja _",
    "library": "a b v h g d e ie zh z y i i i k l"
    " m n o p r s t u f kh ts ch sh shch ʹ iu ia _",
    "german": "a b w h g d e je sch s y i ji j k l"
    " m n o p r s t u f ch z tsch sch schtsch _ ju ja _",
    "french": "a b v h g d e ie j z y i ï ï k l m n o p r s t ou f kh ts tch ch chtch _ iou ia _",
    "polish": "a b w h g d e je ż z y i ji j k ł m n o p r s t u f ch c cz sz szcz _ ju ja _",
    "press": "a b v g g d e e zh z i i i y k l m n o p r s t u f h ts ch sh sh _ yu ya _",
    "loose": "a b v h g d e ye zh z y i i y k l m n o p r s t u f h ts ch sh sch _ yu ya _",
}
_OF_RUSSIAN = {
    "bgn": "a b v g d e e zh z i y k l m n o p r s t u f kh ts ch sh shch _ y _ e yu ya",
    "icao": "a b v g d e e zh z i i k l m n o p r s t u f kh ts ch sh shch ie y _ e iu ia",
    "gost 52535": "a b v g d e e zh z i i k l m n o p r s t u f kh tc ch sh shch _ y _ e iu ia",
    "gost 7.79": "a b v g d e yo zh z i j k l m n o p r s t u f x cz ch sh shh _ y ' e yu ya",
    "scholarly": "a b v g d e ë ž z i j k l m n o p r s t u f ch c č š šč _ y ' è ju ja",
    "german": "a b w g d e jo sch s i j k l m n o p r s t u f ch z tsch sch schtsch _ y _ e ju ja",
    "french": "a b v g d e io j z i ï k l m n o p r s t ou f kh ts tch ch chtch _ y _ e iou ia",
    "press": "a b v g d e e zh z i y k l m n o p r s t u f h ts ch sh sch _ y _ e yu ya",
}
# fmt: on
UKRAINIAN_TABLES = {name: _table(_UK, spelled) for name, spelled in _OF_UKRAINIAN.items()}
RUSSIAN_TABLES = {name: _table(_RU, spelled) for name, spelled in _OF_RUSSIAN.items()}
_COMMON_ENDINGS = (
    ("ський", "ский"), ("цький", "цкий"), ("зький", "зкий"), ("ська", "ская"), ("цька", "цкая"),
    ("ий", "ый"), ("івна", "овна"), ("ївна", "евна"), ("ійович", "иевич"), ("йович", "евич"),
)  # fmt: skip
_HARD, _AS_E, _AS_Y, _DOTLESS = 0.3, 0.15, 0.4, 0.7
"""How often a clerk writes ъ for an apostrophe, е for і, ы for и, and ё without its dots."""


def in_russian(word: str, *, chance: Random) -> str:
    """Return how a Russian-speaking clerk writes a Ukrainian surname; not always the same."""
    for ukrainian, russian in _COMMON_ENDINGS:
        if word.endswith(ukrainian):
            return _letters(word.removesuffix(ukrainian), chance=chance) + russian
    return _letters(word, chance=chance)


def in_latin(word: str, table: dict[str, str]) -> str:
    """Return a word of small letters by a table."""
    return "".join(table.get(letter, letter) for letter in word)


def declined(word: str) -> str:
    """Return a name as a sentence about him has it: of Shevchenko, of Taras."""
    if not word or not word[-1].isalpha():
        return word
    if word.endswith("ий"):
        return word[:-2] + "ого"
    endings = {"о": "а", "а": "и", "я": "ї", "ь": "я", "й": "я"}
    ending = endings.get(word[-1])
    return word[:-1] + ending if ending else word + "а"


def _letters(word: str, *, chance: Random) -> str:
    put = {"ї": "и", "є": "е", "ґ": "г", "'": "ъ" if chance.random() < _HARD else "ь"}
    put["і"] = "е" if chance.random() < _AS_E else "и"
    put["и"] = "ы" if chance.random() < _AS_Y else "и"
    told = word.replace("йо", "ё").replace("ьо", "ё")
    told = told.replace("ё", "е") if chance.random() < _DOTLESS else told
    return "".join(put.get(letter, letter) for letter in told)


Slip = Callable[[str, Random], str]


def slip_of_the_pen(word: str, chance: Random) -> str:
    """Return the word with one letter lost, doubled, changed over or replaced."""
    if len(word) < 4:  # noqa: PLR2004  # a short word would become another one
        return word
    place = chance.randrange(1, len(word) - 1)
    letters = "абвдеиклмнопрсту" if word[place] > "z" else "abdeiklmnoprstu"
    return chance.choice(
        [
            word[:place] + word[place + 1 :],
            word[:place] + word[place] + word[place:],
            word[:place] + word[place + 1] + word[place] + word[place + 2 :],
            word[:place] + chance.choice(letters) + word[place + 1 :],
        ]
    )


def with_look_alikes(word: str, chance: Random) -> str:
    """Return a Cyrillic word with one letter typed on the Latin keyboard."""
    alike = {"о": "o", "а": "a", "е": "e", "с": "c", "р": "p", "х": "x", "і": "i", "у": "y"}
    places = [place for place, letter in enumerate(word) if letter in alike]
    if not places:
        return word
    place = chance.choice(places)
    return word[:place] + alike[word[place]] + word[place + 1 :]
