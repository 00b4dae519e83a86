"""Secrets that a parent hands to its child over an inherited file descriptor."""

import os
import stat

from oberih.sites.environment import BadSetting, number

KEY_SIZE = 32


class RawKey:
    """The 32 bytes that open the desk's database; shows itself to nobody."""

    __slots__ = ("__key",)

    def __init__(self, key: bytes) -> None:
        """Take exactly 32 bytes; raises BadSetting for any other length."""
        if len(key) != KEY_SIZE:
            message = "The desk's database key must be 32 bytes."
            raise BadSetting(message)
        self.__key = key

    def __repr__(self) -> str:
        """Say what it is, never what is in it."""
        return "RawKey(hidden)"

    def __deepcopy__(self, memo: object) -> "RawKey":
        """Django copies its settings; the key itself never changes."""
        return self

    def __reduce__(self) -> str:
        """Refuse to be pickled: a key has no business in a queue or a cache."""
        message = "A key is never written down."
        raise TypeError(message)

    def pragma(self) -> str:
        """Return the statement that gives the key to SQLCipher."""
        return f"PRAGMA key = \"x'{self.__key.hex()}'\""


def inherited_key(setting: str) -> RawKey:
    """Read the key from the descriptor that the setting names; raises BadSetting without one.

    A pipe gives its bytes once, so they move into a nameless file in memory, which the setting
    names from then on: a worker that is forked later reads the same key.
    """
    descriptor = number(setting, -1)
    if descriptor < 0:
        message = f"{setting} does not name a descriptor: the desk is locked."
        raise BadSetting(message)
    try:
        return RawKey(_read(descriptor, setting=setting))
    except OSError as error:
        message = f"{setting} names a descriptor that cannot be read."
        raise BadSetting(message) from error


def _read(descriptor: int, *, setting: str) -> bytes:
    if stat.S_ISREG(os.fstat(descriptor).st_mode):
        return os.pread(descriptor, KEY_SIZE + 1, 0)
    key = os.read(descriptor, KEY_SIZE + 1)
    os.close(descriptor)
    os.environ[setting] = str(lend(key))
    return key


def lend(key: bytes) -> int:
    """Return an inheritable descriptor of a nameless file in memory that holds the key."""
    descriptor = os.memfd_create("oberih", 0)
    os.write(descriptor, key)
    os.set_inheritable(descriptor, True)  # noqa: FBT003  # the standard library's signature
    return descriptor
