"""A disk that remembers every write and every flush, as dm-log-writes does, in user space. power_cut.py runs it.

    logdisk.py FOLDER MEGABYTES LOG      FOLDER/disk is the disk, FOLDER/pos the number of events so far

Each event is appended to LOG: b"W", offset (u64), length (u32), the bytes; or b"F" for a flush.
"""

import errno
import stat
import struct
import sys

from fuse import FUSE, FuseOSError, Operations


class Disk(Operations):
    """One file in memory, its writes and flushes on record."""

    def __init__(self, size: int, log: str) -> None:
        self.data, self.events = bytearray(size), 0
        self.log = open(log, "wb", buffering=0)  # noqa: SIM115

    def _note(self, event: bytes) -> None:
        self.log.write(event)
        self.events += 1

    def getattr(self, path, fh=None):
        if path == "/":
            return {"st_mode": stat.S_IFDIR | 0o700, "st_nlink": 2}
        if path == "/disk":
            return {"st_mode": stat.S_IFREG | 0o600, "st_nlink": 1, "st_size": len(self.data)}
        if path == "/pos":
            return {"st_mode": stat.S_IFREG | 0o400, "st_nlink": 1, "st_size": 32}
        raise FuseOSError(errno.ENOENT)

    def readdir(self, path, fh):
        return [".", "..", "disk", "pos"]

    def open(self, path, flags):
        return 0

    def read(self, path, size, offset, fh):
        data = (b"%d" % self.events).ljust(32) if path == "/pos" else self.data
        return bytes(data[offset : offset + size])

    def write(self, path, data, offset, fh):
        self.data[offset : offset + len(data)] = data
        self._note(b"W" + struct.pack("<QI", offset, len(data)) + data)
        return len(data)

    def fsync(self, path, datasync, fh):
        self._note(b"F")
        return 0

    def flush(self, path, fh):
        return 0

    def truncate(self, path, length, fh=None):
        return 0


if __name__ == "__main__":
    FUSE(
        Disk(int(sys.argv[2]) << 20, sys.argv[3]),
        sys.argv[1],
        foreground=True,
        nothreads=True,
        big_writes=True,
        max_read=131072,
    )
