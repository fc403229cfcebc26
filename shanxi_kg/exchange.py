"""Two folders change places in one step, where the operating system and the file system can do that.

Linux has renameat2(2) with RENAME_EXCHANGE, macOS renamex_np(2) with RENAME_SWAP; elsewhere the answer is False.
"""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

_HERE = -100  # AT_FDCWD
_EXCHANGE = 2  # RENAME_EXCHANGE on Linux, RENAME_SWAP on macOS
_CALLS: Mapping[str, tuple[str, Callable[[bytes, bytes], tuple[bytes | int, ...]]]] = {
    "linux": ("renameat2", lambda one, other: (_HERE, one, _HERE, other)),
    "darwin": ("renamex_np", lambda one, other: (one, other)),
}
_NOT_ABLE = {errno.ENOSYS, errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP}


def exchange(one: Path, other: Path) -> bool:
    """Let two paths change places; False, with both as they were, where that cannot be done in one step.

    Raises OSError where one of them is missing or may not be renamed.
    """
    import ctypes  # slow to load

    name, arguments = _CALLS.get(sys.platform, ("", lambda *_: ()))
    library = ctypes.CDLL(None, use_errno=True) if name else None
    if not hasattr(library, name):
        return False
    if getattr(library, name)(*arguments(os.fsencode(one), os.fsencode(other)), ctypes.c_uint(_EXCHANGE)) == 0:
        return True
    number = ctypes.get_errno()
    if number in _NOT_ABLE:
        return False
    raise OSError(number, os.strerror(number), str(one))
