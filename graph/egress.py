"""No way out: a process gives up, for good, its right to open connections.

A filter in the kernel refuses new sockets whatever a query says, so that reading its text
(`graph.query_text`) is not the only guard. It needs no privileges and cannot be undone. Linux only, on
x86-64 and ARM64; elsewhere the text is all there is.

Source: seccomp(2), prctl(2); numbers of system calls: the kernel's tables for the two machines.
"""

import ctypes
import errno
import platform
import struct
import sys

_MACHINES = {"x86_64": (0xC000003E, 41), "aarch64": (0xC00000B7, 198)}
"""Number of the machine in an audit record, and of its call `socket`."""
_IO_URING_SETUP = 425
_SET_SECCOMP, _FILTER, _NO_NEW_PRIVILEGES = 22, 2, 38
_LOAD, _EQUAL, _AT_LEAST, _RETURN = 0x20, 0x15, 0x35, 0x06
_ALLOW, _REFUSE = 0x7FFF0000, 0x00050000 | errno.EACCES
_X32 = 0x40000000


def forbid_connections() -> bool:
    """Refuse this thread, and whatever it starts from now on, every new socket with "permission denied".

    Called before a process starts its threads, it binds them all. Sockets and pipes it has stay usable.

    Returns:
        Whether the kernel took the filter.
    """
    machine = _MACHINES.get(platform.machine())
    if not sys.platform.startswith("linux") or machine is None:
        return False
    audit, socket_call = machine
    program = b"".join(
        (
            _step(_LOAD, 4),  # which machine's numbers are these?
            _step(_EQUAL, audit, 1, 0),
            _step(_RETURN, _REFUSE),
            _step(_LOAD, 0),  # which call?
            _step(_AT_LEAST, _X32, 2, 0),
            _step(_EQUAL, socket_call, 1, 0),
            _step(_EQUAL, _IO_URING_SETUP, 0, 1),  # a ring opens sockets without that call
            _step(_RETURN, _REFUSE),
            _step(_RETURN, _ALLOW),
        )
    )
    steps = ctypes.create_string_buffer(program, len(program))
    described = ctypes.create_string_buffer(struct.pack("@HP", len(program) // 8, ctypes.addressof(steps)))
    control = ctypes.CDLL(None).prctl
    control.argtypes = [ctypes.c_int, *[ctypes.c_ulong] * 4]
    if control(_NO_NEW_PRIVILEGES, 1, 0, 0, 0) != 0:
        return False
    return bool(control(_SET_SECCOMP, _FILTER, ctypes.addressof(described), 0, 0) == 0)


def _step(code: int, value: int, if_true: int = 0, if_false: int = 0) -> bytes:
    return struct.pack("@HBBI", code, if_true, if_false, value)
