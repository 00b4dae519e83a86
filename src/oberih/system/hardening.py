"""What a process that holds secrets asks of the system: no core file, no tracer, no swap.

Best effort and no more: root of the same machine reads everything all the same.
"""

import ctypes
import os
import resource
import signal

PR_SET_PDEATHSIG = 1
PR_SET_DUMPABLE = 4
PR_SET_NO_NEW_PRIVS = 38
MCL_CURRENT, MCL_FUTURE = 1, 2


def forbid_core_files() -> None:
    """Let no crash write this process's memory to a disk."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def forbid_tracing() -> bool:
    """Close this process's memory and ptrace to its user's others; tell whether it worked."""
    return bool(_libc().prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) == 0)


def end_with_parent() -> None:
    """Let the system end this process at once when the one that started it is gone."""
    _libc().prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)


def forbid_new_privileges() -> bool:
    """Let no program that this process starts gain rights (setuid); tell whether it worked."""
    return bool(_libc().prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0)


def keep_out_of_swap() -> bool:
    """Lock the memory, now and later; tell whether the system allowed it.

    It is not asked where the limit on locked memory is finite: a later allocation would fail.
    """
    soft, _hard = resource.getrlimit(resource.RLIMIT_MEMLOCK)
    if soft != resource.RLIM_INFINITY and os.geteuid() != 0:
        return False
    return bool(_libc().mlockall(MCL_CURRENT | MCL_FUTURE) == 0)


def harden() -> None:
    """Do all of it; called first in each process that holds keys."""
    os.umask(0o077)
    forbid_core_files()
    forbid_tracing()
    forbid_new_privileges()


def _libc() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)
