from oberih.check.thrift import asked_of, thrifty

WORDS = {
    "пидпалив": {1},
    "пидпалила": {1},
    "пидпалили": {1},
    "пидпали": {2},
    "шафа": {3},
}
STEMS = {"шаф": {4}, "реле": {5}}


def classes_of(key: str, words: dict[str, set[int]], stems: dict[str, set[int]]) -> set[int]:
    found = set(words.get(key, set()))
    for length in range(2, len(key) + 1):
        found |= stems.get(key[:length], set())
    return found


def test_what_was_seen_keeps_its_classes() -> None:
    seen = asked_of({"пидпалила", "пидпали", "шафа"}, words=WORDS, stems=STEMS)

    words, stems = thrifty(WORDS, STEMS, seen=seen)

    for key in ("пидпалила", "пидпали", "шафа"):
        assert classes_of(key, words, stems) >= classes_of(key, WORDS, STEMS)


def test_unseen_forms_of_a_seen_word_still_count() -> None:
    words, stems = thrifty(WORDS, STEMS, seen={"пидпалила"})

    assert classes_of("пидпалили", words, stems) == {1}


def test_what_nobody_typed_is_left_out() -> None:
    words, stems = thrifty(WORDS, STEMS, seen={"пидпали"})

    assert words == {"пидпали": {2}}
    assert stems == {}
