"""Takes everything away from a process that is about to read a stranger's file.

The server loses the network and its environment once, at its start. Each job's child then loses
its rights: as root it becomes nobody, it may use little memory and time, and where the system has
seccomp it may only compute, read and write what is open already. What remains is the kernel's own
surface of those few calls.
"""

import ctypes
import os
import resource
from dataclasses import dataclass
from pathlib import Path

from oberih.system.hardening import forbid_core_files, forbid_new_privileges

try:
    import pyseccomp
except (ImportError, RuntimeError, OSError):  # the system has no libseccomp
    pyseccomp = None

NOBODY = 65534
CLONE_NEWUSER, CLONE_NEWNET = 0x10000000, 0x40000000
MEBIBYTE = 1024 * 1024
STANDARD_FILES = 3
MOST_DESCRIPTORS = 4096

CALLS = (
    "read", "write", "readv", "writev", "close", "lseek", "fstat", "newfstatat", "mmap", "munmap",
    "mremap", "mprotect", "madvise", "brk", "futex", "exit", "exit_group", "rt_sigaction",
    "rt_sigprocmask", "rt_sigreturn", "sigaltstack", "getrandom", "clock_gettime", "gettimeofday",
    "gettid", "getpid", "sched_yield", "sched_getaffinity", "restart_syscall", "sendmsg", "sendto",
)  # fmt: skip
"""What a child may still ask of the kernel; the two sends write the answer into the one socket."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one job may use."""

    cpu_seconds: int = 20
    memory: int = 1536 * MEBIBYTE
    wall_seconds: float = 40.0


def leave_the_network() -> bool:
    """Enter a network of one's own in which nothing exists; tell whether the system allowed it."""
    wanted = CLONE_NEWNET if os.geteuid() == 0 else CLONE_NEWNET | CLONE_NEWUSER
    uid, gid = os.geteuid(), os.getegid()
    if ctypes.CDLL(None, use_errno=True).unshare(wanted) != 0:
        return False
    if wanted & CLONE_NEWUSER:
        Path("/proc/self/setgroups").write_text("deny")
        Path("/proc/self/uid_map").write_text(f"{uid} {uid} 1")
        Path("/proc/self/gid_map").write_text(f"{gid} {gid} 1")
    return True


def forget_everything() -> None:
    """Drop the environment and every open file but the standard ones; leave the folder."""
    os.environ.clear()
    os.closerange(STANDARD_FILES, MOST_DESCRIPTORS)
    os.chdir("/")
    forbid_core_files()
    forbid_new_privileges()


def confine(limits: Limits) -> bool:
    """Take this child's rights away for good; tell whether seccomp holds it too.

    Everything that the job needs must be loaded and open before.
    """
    if os.geteuid() == 0:
        os.setgroups([])
        os.setresgid(NOBODY, NOBODY, NOBODY)
        os.setresuid(NOBODY, NOBODY, NOBODY)
    for kind, most in (
        (resource.RLIMIT_CPU, limits.cpu_seconds),
        (resource.RLIMIT_AS, limits.memory),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NPROC, 0),
        (resource.RLIMIT_NOFILE, 0),
    ):
        resource.setrlimit(kind, (most, most))
    forbid_core_files()
    forbid_new_privileges()
    return _allow_only(CALLS)


def has_seccomp() -> bool:
    """Tell whether the system can filter what a child asks of the kernel."""
    return pyseccomp is not None


def _allow_only(calls: tuple[str, ...]) -> bool:
    """Answer every other call with "not permitted"."""
    if pyseccomp is None:
        return False
    known = (call for call in calls if pyseccomp.resolve_syscall(pyseccomp.Arch.NATIVE, call) >= 0)
    rules = pyseccomp.SyscallFilter(defaction=pyseccomp.ERRNO(1))
    for call in known:
        rules.add_rule(pyseccomp.ALLOW, call)
    rules.load()
    return True
