"""Who takes part in publishing the watch list: a look-up in memory, and what families find."""

import os
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from desk_cast import TODAY, Desk, SimulatedFront

from oberih.alerts.services import Grounds
from oberih.alerts.states import Basis
from oberih.core import canonical
from oberih.core.identifiers import Identifier, parse
from oberih.crypto import buckets, trust
from oberih.crypto.manifest import Form, Manifest, verify_manifest
from oberih.crypto.notes import Document, Purpose, verify
from oberih.crypto.voprf import EvaluationKey, Mode, output
from oberih.crypto.watchlist import Verdict, question, verdict
from oberih.desk import watch_services
from oberih.desk.lookup_calls import LookupAway
from oberih.desk.watch_publishing import WatchPublisher
from oberih.desk.watch_services import Proposal
from oberih.desk.watch_states import ReleasePolicy
from oberih.staff.models import Member

NUMBER, OFFICE = "+380 50 000 00 01", "+38 044 287-81-65"
SOURCE = Grounds(Basis.OTHER_SOURCE, source="a public warning of the police")


@dataclass
class SimulatedLookUp:
    """A look-up in memory, which takes keys as the courier hands them over."""

    front: SimulatedFront
    keys: dict[int, EvaluationKey] = field(default_factory=dict)
    lists_at_handover: list[bool] = field(default_factory=list)
    is_away: bool = False

    def post(self, path: str, *, body: bytes) -> bytes:
        del path
        if self.is_away:
            raise LookupAway
        given = canonical.decode(body)
        assert isinstance(given, dict)
        key = EvaluationKey.from_secret(bytes.fromhex(str(given["secret"])), mode=Mode.VOPRF)
        self.keys[int(str(given["epoch"]))] = key
        self.lists_at_handover.append(f"watch-list/{given['epoch']}.bin" in self.front.published)
        return canonical.encode({"epoch": given["epoch"], "key": key.public.hex()})


@dataclass
class Publishing:
    """The publisher with what it talks to, and what a family would find."""

    publisher: WatchPublisher
    lookup: SimulatedLookUp
    desk: Desk
    keys: Path

    def turn(self, now: datetime = TODAY) -> bool:
        return self.publisher.turn(now=now)

    def note(self, path: str, *, purpose: Purpose) -> bytes:
        root = bytes.fromhex((self.keys / "root.pub").read_text())
        note = (self.keys / "delegations.note").read_bytes()
        assert self.desk.front.published[path]
        return trust.verify_delegations(note, root=root, now=TODAY).key(purpose)

    def manifest(self, now: datetime = TODAY) -> Manifest:
        key = self.note("watch-list.note", purpose=Purpose.WATCH_LIST)
        return verify_manifest(self.desk.front.published["watch-list.note"], key=key, now=now)

    def numbers(self) -> Document:
        key = self.note("numbers.note", purpose=Purpose.NUMBERS)
        note = self.desk.front.published["numbers.note"]
        return verify(note, key=key, purpose=Purpose.NUMBERS, now=TODAY)

    def says(self, text: str) -> Verdict | None:
        manifest = self.manifest()
        answer = output(question(parse(text)), key=self.lookup.keys[manifest.epoch])
        return verdict(self.entries(manifest, of=parse(text)), output=answer)

    def entries(self, manifest: Manifest, *, of: Identifier) -> bytes:
        published = self.desk.front.published
        if manifest.form is Form.WHOLE:
            return published[manifest.path]
        bucket = buckets.bucket_of(of, salt=manifest.salt, bits=manifest.bits)
        file = published[manifest.bucket_path(bucket)]
        return buckets.opened(file, bucket=bucket, manifest=manifest)


def add(
    officer: Member, lead: Member, *, number: str, policy: ReleasePolicy = ReleasePolicy.PUBLIC
) -> None:
    what = Proposal(
        identifier=parse(number),
        reason="calls",
        expires_on=TODAY.date() + timedelta(days=90),
        tactics=("P1",),
        policy=policy,
        grounds=SOURCE,
    )
    entry = watch_services.propose(what, by=officer, now=TODAY, entropy=os.urandom)
    watch_services.confirm(entry, only_one=False, by=lead, now=TODAY)
