"""What root asks for is done by the owner of the folder: files of root would shut the service out of its own corpus."""

from __future__ import annotations

import os
import pwd
from contextlib import suppress
from pathlib import Path


def act_as_owner(folder: Path) -> None:
    """Give up root for good, for the owner of a folder; of the nearest one above it while it is not there.

    Nothing changes for who is not root, for what root owns, and in a container that may not change its user.
    """
    nearest = next(path for path in (folder, *folder.parents) if path.exists())
    owner = nearest.stat()
    if os.geteuid() or not owner.st_uid:
        return
    with suppress(PermissionError):
        try:
            os.initgroups(pwd.getpwuid(owner.st_uid).pw_name, owner.st_gid)
        except KeyError:  # a volume of a user that only another machine knows
            os.setgroups([])
        os.setgid(owner.st_gid)
        os.setuid(owner.st_uid)
