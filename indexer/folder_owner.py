"""What root asks for is done by the owner of the corpus: files of root would shut the service out of it."""

import os
import pwd
from contextlib import suppress
from pathlib import Path


def act_as_owner(corpus: Path, index: Path) -> None:
    """Give up root for good, for the owner of the corpus; of the nearest folder above it while it is not there.

    Nothing changes for who is not root, for what root owns, in a container that may not change its user, and where the
    owner could not go on: the program must be readable, the index writable.
    """
    owner, written = _nearest(corpus).stat(), _nearest(index)
    if os.geteuid() or not owner.st_uid:
        return
    groups = os.getgroups()
    with suppress(PermissionError):
        try:
            os.initgroups(pwd.getpwuid(owner.st_uid).pw_name, owner.st_gid)
        except KeyError:  # a volume of a user that only another machine knows
            os.setgroups([])
        os.setegid(owner.st_gid)
        os.seteuid(owner.st_uid)
        able = all(os.access(*what, effective_ids=True) for what in ((__file__, os.R_OK), (written, os.W_OK)))
        os.seteuid(0)
        os.setegid(0)
        if able:
            os.setgid(owner.st_gid)
            os.setuid(owner.st_uid)
        else:
            os.setgroups(groups)


def _nearest(folder: Path) -> Path:
    return next(path for path in (folder, *folder.parents) if path.exists())
