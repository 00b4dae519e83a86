"""Roles, permissions and the one table (permissions.yaml) that joins them."""

from enum import StrEnum
from functools import cache
from pathlib import Path

import yaml

from oberih.core.errors import Refused

TABLE = Path(__file__).with_name("permissions.yaml")


class Role(StrEnum):
    """What a member is on the desk for; a member has exactly one."""

    OFFICER = "officer"
    LEAD = "lead"
    ANALYST = "analyst"
    TRACING = "tracing"
    ADMIN = "admin"
    AUDITOR = "auditor"


class Permission(StrEnum):
    """`thing.verb`: what a member may do; the table in permissions.yaml says who."""

    QUEUE_SEE = "queue.see"
    CASE_READ = "case.read"
    CASE_ANSWER = "case.answer"
    CASE_NOTE = "case.note"
    CASE_ASSIGN = "case.assign"
    CASE_ASSIGN_OTHERS = "case.assign-others"
    CASE_CLOSE = "case.close"
    CASE_TRANSFER = "case.transfer"
    CASE_MERGE = "case.merge"
    CASE_GRANT = "case.grant"
    CASE_ERASE = "case.erase"
    CASE_MINORS = "case.minors"
    CASE_IDENTIFY = "case.identify"
    CASE_BREAK_GLASS = "case.break-glass"
    CALL_TAKE = "call.take"
    ATTACHMENT_SEE = "attachment.see"
    CONSENT_RECORD = "consent.record"
    REFERRAL_MAKE = "referral.make"
    DANGER_DECLARE = "danger.declare"
    ALERT_DRAFT = "alert.draft"
    ALERT_APPROVE = "alert.approve"
    ALERT_CANCEL = "alert.cancel"
    IDENTIFIER_PROPOSE = "identifier.propose"
    IDENTIFIER_CONFIRM = "identifier.confirm"
    CAMPAIGN_SEE = "campaign.see"
    CAMPAIGN_LINK = "campaign.link"
    REGISTER_SEE = "register.see"
    REGISTER_CHANGE = "register.change"
    REGISTER_KIN = "register.kin"
    REGISTER_ERASE = "register.erase"
    REGISTER_WITNESS = "register.witness"
    EVIDENCE_SEE = "evidence.see"
    EVIDENCE_EXPORT = "evidence.export"
    SHIFT_SEE = "shift.see"
    FIGURES_SEE = "figures.see"
    FIGURES_RELEASE = "figures.release"
    AUDIT_READ = "audit.read"
    AUDIT_VERIFY = "audit.verify"
    CARE_SEE = "care.see"
    COMPLAINT_MAKE = "complaint.make"
    COMPLAINT_READ = "complaint.read"
    STAFF_SEE = "staff.see"
    STAFF_INVITE = "staff.invite"
    STAFF_CHANGE = "staff.change"
    STAFF_AGREE = "staff.agree"
    STAFF_TEAMS = "staff.teams"
    DEVICE_APPROVE = "device.approve"
    KEYS_SEE = "keys.see"


class NotPermitted(Refused):
    """Your role does not allow this."""


def may(role: Role, permission: Permission) -> bool:
    """Tell whether the role carries the permission."""
    return role in table()[permission]


@cache
def table() -> dict[Permission, frozenset[Role]]:
    """Return who may do what; every permission stands in the table exactly once."""
    raw = yaml.safe_load(TABLE.read_text())
    read = {
        Permission(name): frozenset(Role(role) for role in roles) for name, roles in raw.items()
    }
    missing = set(Permission) - set(read)
    if missing:
        message = f"permissions.yaml lacks {', '.join(sorted(missing))}."
        raise NotPermitted(message)
    return read
