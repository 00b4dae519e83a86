import json
import random
import subprocess
from io import BytesIO
from pathlib import Path

import pytest

from oberih.check.engine import assess
from oberih.check.items import item_of
from oberih.check.readers import read
from oberih.check.values import Message

ROOT = Path(__file__).resolve().parents[3]
VECTORS = ROOT / "vectors" / "assessments.json"
GENERATED = 10_000
TALKS = 1_500

RUN = """
import { readFileSync } from "node:fs";
const { assess } = await import(process.argv[1]);
for (const line of readFileSync(0, "utf8").split("\\n")) {
  if (line) {
    const item = JSON.parse(line);
    console.log(JSON.stringify(assess({ messages: item.messages }, item.answers ?? {})));
  }
}
"""
BUILD = """
import { build } from "esbuild";
const { packedRules } = await import("./web/packing.mjs");
await build({ entryPoints: ["web/src/check.ts"], bundle: true, format: "esm", charset: "utf8",
  outfile: process.argv[1], plugins: [packedRules], logLevel: "error" });
"""


@pytest.fixture(scope="module")
def page_check(tmp_path_factory: pytest.TempPathFactory) -> Path:
    bundle = tmp_path_factory.mktemp("check") / "check.mjs"
    command = ["node", "--input-type=module", "-e", BUILD, str(bundle)]
    subprocess.run(command, cwd=ROOT, check=True)  # noqa: S603  # our own fixed command
    return bundle


def pages_answers(bundle: Path, items: list[dict[str, object]]) -> list[object]:
    lines = "\n".join(json.dumps(item, ensure_ascii=True) for item in items)
    command = ["node", "--input-type=module", "-e", RUN, str(bundle)]
    done = subprocess.run(  # noqa: S603  # our own fixed command
        command, input=lines, capture_output=True, text=True, check=True, encoding="utf-8"
    )
    return [json.loads(line) for line in done.stdout.splitlines()]


def own_answers(items: list[dict[str, object]]) -> list[object]:
    read = [item_of(json.dumps(item), line=1) for item in items]
    return [assess(one.conversation, answers=one.answers).as_json() for one in read]


def vectors() -> list[dict[str, object]]:
    return list(json.loads(VECTORS.read_text(encoding="utf-8"))["vectors"])


def test_python_gives_every_vectors_assessment() -> None:
    known = vectors()

    found = own_answers(known)

    assert len(known) >= 2_000
    assert [one["assessment"] for one in known] == found


def test_the_page_gives_every_vectors_assessment(page_check: Path) -> None:
    known = vectors()

    found = pages_answers(page_check, known)

    assert [one["assessment"] for one in known] == found


def test_page_and_command_agree_on_ten_thousand_generated_texts(page_check: Path) -> None:
    words = [
        word
        for one in vectors()
        for message in one["messages"]  # type: ignore[attr-defined]  # JSON rows
        for word in message["text"].split(" ")
    ]
    chance = random.Random(20261121)  # noqa: S311  # repeatable, nothing secret
    marks = ["", ", ", ". ", " ", "\u200b", "!", "\n", "«", "»", "😀", "\u0301", " й ", "0", "$"]
    items: list[dict[str, object]] = [
        {"messages": [{"from": "them", "text": text_of(chance, words, marks)}]}
        for _ in range(GENERATED)
    ]

    assert pages_answers(page_check, items) == own_answers(items)


def test_page_and_command_agree_on_generated_conversations_of_several_people(
    page_check: Path,
) -> None:
    texts = [one["messages"][0]["text"] for one in vectors() if one["messages"]]  # type: ignore[index]  # JSON rows
    chance = random.Random(20261122)  # noqa: S311  # repeatable, nothing secret

    items: list[dict[str, object]] = [
        {"messages": [turn_of(chance, texts, day) for day in range(chance.randint(2, 9))]}
        for _ in range(TALKS)
    ]

    assert pages_answers(page_check, items) == own_answers(items)


def turn_of(chance: random.Random, texts: list[str], day: int) -> dict[str, object]:
    text = chance.choice(texts)
    at = f"2026-{chance.choice((1, 1, 1, 9)):02}-{day + 1:02}T10:{chance.randint(0, 59):02}:00"
    return {
        "from": chance.choice(("them", "them", "them", "me")),
        "text": chance.choice((text, text, f"> {text}", f"{text}\n> {chance.choice(texts)}")),
        "who": chance.choice("abc") if chance.random() < 0.8 else "",  # mostly
        "at": chance.choice((at, at, None, at + "+02:00")),
        "forwarded": chance.random() < 0.2,  # now and then
    }


def text_of(chance: random.Random, words: list[str], marks: list[str]) -> str:
    chosen = (
        chance.choice(words) + " " + chance.choice(marks) for _ in range(chance.randint(1, 14))
    )
    return "".join(chosen)


def test_page_and_command_agree_on_odd_texts(page_check: Path) -> None:
    tongues = next(one["text"] for one in SAVED if one["name"] == "forty languages")
    demand = "Підпаліть машину біля військкомату, інакше чоловіка більше не побачите"
    odd = [
        *(
            "",
            " ",
            "😀",
            "\u202e\u200f\u2066",
            "\u202e" + demand,
            "<script>alert(1)</script>",
            tongues,
        ),
        *("\ud800 " + demand, f"<b>{demand}</b><script>{demand}</script>", "\0\ufffe" + demand),
        *("Пiдпaлiть мaшину бiля вiйськкoмaту", "> " * 5_000 + demand, "я: " * 9, "»«" * 50),
        "слово " * 833_333 + demand,
    ]

    items: list[dict[str, object]] = [{"messages": [{"from": "them", "text": one}]} for one in odd]

    assert pages_answers(page_check, items) == own_answers(items)


SAVED = json.loads((ROOT / "vectors" / "exports.json").read_text(encoding="utf-8"))["exports"]
EXPORTS = {
    "chat.json": (
        '{"name":"Ihor","type":"personal_chat","id":77,"messages":[{"type":"message","from_id":'
        '"user77","from":"Ihor","text":["a ",{"type":"bold","text":"b"}]},'
        '{"type":"message","from_id":"user5","from":"me","text":"хто це? 😀"}]}'
    ),
    "wa.txt": "20.11.26, 10:01 - Олег: перше\nдруга\n20.11.26, 10:02 - Ви: хто це?\n",
    "sms.xml": (
        "<?xml version='1.0'?><smses><sms address='+380500000001' type='1' body='а &amp; &#1073;'/>"
        "</smses>"
    ),
    "page.html": (
        '<html><div class="page_wrap"><div class="text bold">Олег</div>'
        '<div class="message default"><div class="body"><div class="from_name">Олег</div>'
        '<div class="text">один<br>два</div></div></div></div></html>'
    ),
    "one-line.txt": "слово " * 450_000,
    "pasted.txt": "Він: ваш чоловік у нас\nЯ: 20.11.26 10:00\n",
    "copied.txt": "Олег, [20.11.2026 10:01]\nперше\nВи, [20.11.2026, 9:02:03]: друге\n",
    "odd-days.txt": (
        "30.02.26, 10:01 - Олег: а\n11/12/26, 10:02 - Ви: б\n1.2.2026, 9:03 PM - Ви: в\n"
    ),
    "iso.txt": "2026-11-20, 10.01 - Олег: а\n3.4.26, 7:05 - Ви: б\n",
    "viber.csv": "20.11.2026,10:01:05,Олег,1,а\n20/11/2026,10:02 PM,Ви,2,б\n",
    "signal.json": (
        '[{"sender":"Олег","body":"а","date":"2026-11-20T10:01:00"},{"sender":"me","body":"б"}]'
    ),
    "forwarded.json": (
        '{"name":"Ihor","type":"personal_chat","id":77,"messages":[{"type":"message","from_id":'
        '"user77","from":"Ihor","date":"2026-11-20T10:01:00","forwarded_from":null,"text":"a"},'
        '{"type":"message","from_id":"user77","from":"Ihor 2","forwarded_from":"b","text":"c"}]}'
    ),
    "forwarded.html": (
        '<html><div class="page_wrap"><div class="message default"><div class="body">'
        '<div class="pull_right date details" title="20.11.2026 10:00:05 UTC+02:00">10:00</div>'
        '<div class="from_name">Олег</div><div class="forwarded body"><div class="from_name">Штаб'
        '</div><div class="text">чуже</div></div></div></div>'
        '<div class="message default"><div class="body"><div class="text">своє</div></div></div>'
        "</div></html>"
    ),
    "dated.xml": (
        "<?xml version='1.0'?><smses><sms address='1' type='1' date='1762000000000' body='а'/>"
        "<sms address='1' type='2' date='now' body='б'/></smses>"
    ),
}
READ = """
const { readExport } = await import(process.argv[1]);
const { readFileSync } = await import("node:fs");
const files = JSON.parse(readFileSync(0, "utf8"));
const read = ([name, text]) => readExport(new TextEncoder().encode(text), name)
  .map((chat) => [chat.id, chat.messages.map((one) => [one.from, one.text, one.who ?? "",
    one.at?.slice(0, 16) ?? null, one.forwarded ?? false])]);
console.log(JSON.stringify(Object.entries(files).map(read)));
"""


def marks_of(message: Message) -> list[object]:
    at = message.at.isoformat()[:16] if message.at else None
    return [message.sender, message.text, message.who, at, message.forwarded]


def test_page_and_command_read_the_same_from_the_same_exports(page_check: Path) -> None:
    command = ["node", "--input-type=module", "-e", READ, str(page_check)]
    own = [
        [
            [c.id, [marks_of(m) for m in c.conversation.messages]]
            for c in read(BytesIO(text.encode()))
        ]
        for text in EXPORTS.values()
    ]

    done = subprocess.run(  # noqa: S603  # our own fixed command
        command, input=json.dumps(EXPORTS), capture_output=True, text=True, check=True
    )

    assert json.loads(done.stdout) == own
