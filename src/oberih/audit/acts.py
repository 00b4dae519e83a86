"""Every act that the audit knows, and the one who did it."""

from enum import StrEnum
from typing import NewType
from uuid import UUID

MemberId = NewType("MemberId", UUID)
"""A member of the staff; `None` as an actor is the desk itself (the courier, a timer)."""


class Act(StrEnum):
    """`thing.past-participle`: lower case, a hyphen between words, one dot between thing and verb.

    A name is stored and hashed: it is never changed or used again for something else.
    """

    MEMBER_INVITED = "member.invited"
    MEMBER_JOINED = "member.joined"
    MEMBER_SIGNED_IN = "member.signed-in"
    MEMBER_SIGNED_IN_BY_DEMO_LINK = "member.signed-in-by-demo-link"
    MEMBER_SIGNED_OUT = "member.signed-out"
    MEMBER_REFUSED = "member.refused"
    MEMBER_ROLE_CHANGED = "member.role-changed"
    MEMBER_DEACTIVATED = "member.deactivated"
    PASSKEY_ADDED = "passkey.added"
    PASSKEY_REMOVED = "passkey.removed"

    REPORT_FILED = "report.filed"
    REPORT_REFUSED = "report.refused"
    REPORT_HELD = "report.held"
    NOTE_FILED = "note.filed"
    ATTACHMENT_FILED = "attachment.filed"
    ATTACHMENT_SHOWN = "attachment.shown"
    CASE_OPENED = "case.opened"
    CASE_ASSIGNED = "case.assigned"
    CASE_ANSWERED = "case.answered"
    CASE_NOTED = "case.noted"
    CASE_CLOSED = "case.closed"
    CASE_REOPENED = "case.reopened"
    CASE_GRANTED = "case.granted"
    CASE_ERASED = "case.erased"
    REPLY_TAKEN_BACK = "reply.taken-back"
    CONVERSATION_DELETED = "conversation.deleted"
    CONVERSATION_MOVED = "conversation.moved"
    REQUESTER_VERIFIED = "requester.verified"
    WORDS_DECLARED_KNOWN = "words.declared-known"
    CONSENT_RECORDED = "consent.recorded"
    CONSENT_WITHDRAWN = "consent.withdrawn"
    REFERRAL_MADE = "referral.made"
    DANGER_DECLARED = "danger.declared"
    DANGER_CONFIRMED = "danger.confirmed"

    ALERT_DRAFTED = "alert.drafted"
    ALERT_CHANGED = "alert.changed"
    ALERT_APPROVED = "alert.approved"
    ALERT_REJECTED = "alert.rejected"
    ALERT_PUBLISHED = "alert.published"
    ALERT_CANCELLED = "alert.cancelled"
    IDENTIFIER_PROPOSED = "identifier.proposed"
    IDENTIFIER_CONFIRMED = "identifier.confirmed"
    IDENTIFIER_RELEASED = "identifier.released"
    IDENTIFIER_REJECTED = "identifier.rejected"
    IDENTIFIER_RETIRED = "identifier.retired"
    WATCH_LIST_PUBLISHED = "watchlist.published"

    KEYS_UNLOCKED = "keys.unlocked"
    KEYS_LOCKED = "keys.locked"
    EPOCH_CLOSED = "epoch.closed"
    COURIER_FENCED = "courier.fenced"
    BACKUP_MADE = "backup.made"
    EVENT_ERASED = "event.erased"
