"""Accounts of the desk: nobody can read a password back, and nobody learns which names there are."""

from __future__ import annotations

import json
import stat
from pathlib import Path

import pytest
from argon2 import PasswordHasher

from indexer.errors import CorpusError
from indexer.operations import accounts as operations
from indexer.operations.accounts import Accounts

pytestmark = pytest.mark.long

PASSWORD = "cuatro palabras bien largas"


@pytest.fixture
def accounts(tmp_path: Path) -> Accounts:
    """One account, Ana's."""
    accounts = Accounts(tmp_path)
    accounts.put("Ana Ruiz", PASSWORD)
    return accounts


@pytest.fixture
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    """Passwords that cost next to nothing to check, where their cost is not the question."""
    monkeypatch.setattr(operations, "_HASHER", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))


def seals(accounts: Accounts) -> dict[str, str]:
    return {one["nombre"]: one["sello"] for one in accounts.told()}


def test_the_right_password_opens_and_others_do_not(accounts: Accounts) -> None:
    assert accounts.check("Ana Ruiz", PASSWORD) == "Ana Ruiz"
    assert accounts.check(" ana  ruiz ", PASSWORD) == "Ana Ruiz"
    for name, password in (("Ana Ruiz", PASSWORD + "."), ("Ana Ruiz", ""), ("Eva", PASSWORD), ("", "")):
        assert accounts.check(name, password) is None


def test_an_accent_is_the_same_however_the_keyboard_composes_it(accounts: Accounts) -> None:
    accounts.put("Inés", "contraseña bien larga")
    assert accounts.check("Ine\u0301s", "contrasen\u0303a bien larga") == "Inés"


def test_nothing_of_the_password_is_on_the_disk_and_only_this_user_reads_it(accounts: Accounts, tmp_path: Path) -> None:
    folder = tmp_path / "_personal"
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    for path in folder.iterdir():
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert b"palabras" not in path.read_bytes()
    assert b"$argon2id$" in (folder / "cuentas.json").read_bytes()
    assert len((folder / "clave").read_bytes()) == 64


def test_an_unknown_name_costs_one_verification_as_a_known_one_does(
    accounts: Accounts, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What takes the time is counted, since time itself cannot be asserted."""
    seen: list[str] = []
    real_verify, real_hash = PasswordHasher.verify, PasswordHasher.hash

    def verify(self: PasswordHasher, hashed: str, password: str) -> bool:
        seen.append(hashed.rpartition("$")[0].rpartition("$")[0])
        return bool(real_verify(self, hashed, password))

    def hashing(self: PasswordHasher, password: str) -> str:
        seen.append("hash")
        return real_hash(self, password)

    monkeypatch.setattr(PasswordHasher, "verify", verify)
    monkeypatch.setattr(PasswordHasher, "hash", hashing)
    for name, password in (("Ana Ruiz", PASSWORD), ("Ana Ruiz", "otra cosa distinta"), ("Nadie", PASSWORD)):
        accounts.check(name, password)
    assert len(seen) == 3
    assert len(set(seen)) == 1


@pytest.mark.parametrize(
    ("name", "password", "match"),
    [
        ("ana", "corta", "12 o más"),
        ("ana", "x" * 1_001, "use una más corta"),
        ("ana", "mi clave ana larga", "lleva el nombre"),
        ("", PASSWORD, "no sirve como nombre"),
        ("../x", PASSWORD, "no sirve como nombre"),
        ("a\u202eb", PASSWORD, "no sirve como nombre"),
        ("a" * 61, PASSWORD, "no sirve como nombre"),
    ],
)
def test_what_is_no_good_is_refused_with_the_cure(tmp_path: Path, name: str, password: str, match: str) -> None:
    with pytest.raises(CorpusError, match=match):
        Accounts(tmp_path).put(name, password)
    assert Accounts(tmp_path).told() == []


def test_an_account_gets_another_password_and_goes(accounts: Accounts) -> None:
    accounts.put("ana ruiz", "otras palabras bien largas")
    assert roles(accounts) == {"ana ruiz": "responsable"}
    assert accounts.check("Ana Ruiz", PASSWORD) is None
    accounts.remove("ANA RUIZ")
    assert roles(accounts) == {}
    with pytest.raises(CorpusError, match="No hay una cuenta"):
        accounts.remove("ana ruiz")


@pytest.mark.parametrize("damage", [b"{}", b'{"cuentas": {"\xff": {}}}'])
def test_a_damaged_file_lets_nobody_in(accounts: Accounts, tmp_path: Path, damage: bytes) -> None:
    (tmp_path / "_personal/cuentas.json").write_bytes(damage)
    with pytest.raises(CorpusError, match="recupérelo"):
        accounts.check("Ana Ruiz", PASSWORD)


def test_every_damaged_byte_is_told_or_makes_no_difference(accounts: Accounts, tmp_path: Path) -> None:
    path = tmp_path / "_personal/cuentas.json"
    good, held = path.read_bytes(), accounts._read()
    for at in range(len(good)):
        path.write_bytes(good[:at] + bytes([good[at] ^ (1 << at % 8)]) + good[at + 1 :])
        try:
            now = accounts._read()
        except CorpusError as error:
            assert "está dañado" in str(error)  # noqa: PT017
        else:
            assert (now.decoy, now.accounts) == (held.decoy, held.accounts), at


def test_a_file_of_an_older_version_serves_and_has_a_hash_once_it_is_written(
    accounts: Accounts, tmp_path: Path
) -> None:
    path = tmp_path / "_personal/cuentas.json"
    values = json.loads(path.read_bytes())
    assert values.pop("suma")
    path.write_text(json.dumps(values), encoding="utf-8")
    assert roles(accounts) == {"Ana Ruiz": "responsable"}
    accounts.put("Luis Mora", "cuatro palabras de prueba")
    assert json.loads(path.read_bytes())["suma"]
    assert accounts.check("Ana Ruiz", PASSWORD) == "Ana Ruiz"


def test_another_password_is_another_seal_and_the_others_keep_theirs(accounts: Accounts) -> None:
    accounts.put("Luis Mora", "cuatro palabras de prueba")
    before = seals(accounts)
    accounts.put("ana ruiz", PASSWORD)
    after = seals(accounts)
    assert after["Luis Mora"] == before["Luis Mora"]
    assert after["ana ruiz"] not in before.values()
    assert "" not in after.values()


def roles(accounts: Accounts) -> dict[str, str]:
    return {one["nombre"]: one["papel"] for one in accounts.told()}


def test_the_first_account_is_a_responsables_and_later_ones_are_editors(cheap: None, accounts: Accounts) -> None:
    accounts.link("luis")
    accounts.link("eva", "responsable")
    assert roles(accounts) == {"Ana Ruiz": "responsable", "eva": "responsable", "luis": "editor"}
    with pytest.raises(CorpusError, match="No hay un evento «otro»"):
        accounts.change("luis", None, ("otro",), end=False)


def test_the_last_who_manages_all_accounts_stays(cheap: None, accounts: Accounts, tmp_path: Path) -> None:
    (tmp_path / "foro").mkdir()
    (tmp_path / "foro/evento.toml").touch()
    accounts.link("eva", "responsable")  # who never chose a password cannot take her place
    for role, events, enabled in (("editor", None, None), (None, ("foro",), None), (None, None, False)):
        with pytest.raises(CorpusError, match="último responsable"):
            accounts.change("Ana Ruiz", role, events, enabled=enabled, end=False)
    with pytest.raises(CorpusError, match="último responsable"):
        accounts.remove("Ana Ruiz")
    accounts.put("eva", PASSWORD)
    accounts.change("Ana Ruiz", "editor", ("foro",), end=False)
    assert roles(accounts) == {"Ana Ruiz": "editor", "eva": "responsable"}


def test_an_account_of_an_event_stays_so_when_that_is_called_otherwise(accounts: Accounts, tmp_path: Path) -> None:
    for name in ("foro", "otro"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "evento.toml").touch()
    accounts.link("Eva Sol", "editor", ["foro", "otro"])

    def events() -> list[str]:
        return next(one["eventos"] for one in accounts.told() if one["nombre"] == "Eva Sol")

    (tmp_path / "redirecciones.toml").write_text('"foro" = "foro-2025"\n"foro/a" = "otro/a"\n')
    assert events() == ["foro-2025", "otro"]
    (tmp_path / "redirecciones.toml").write_text('"foro" = ')
    assert events() == ["foro", "otro"], "whom nobody can follow stays where it was"


def test_a_link_lets_its_account_choose_a_password_once_and_is_not_on_the_disk(
    cheap: None, accounts: Accounts, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old, link = accounts.link("luis"), accounts.link("luis")
    assert link not in (tmp_path / "_personal/cuentas.json").read_text()
    assert accounts.check("luis", "") is None
    for wrong in (old, "", link[:-1], link + "x"):
        with pytest.raises(CorpusError, match="ya se usó, venció"):
            accounts.redeem(wrong, PASSWORD)
    with pytest.raises(CorpusError, match="12 o más"):
        accounts.redeem(link, "corta")
    assert accounts.redeem(link, PASSWORD) == "luis"
    assert accounts.check("luis", PASSWORD) == "luis"
    with pytest.raises(CorpusError, match="ya se usó, venció"):
        accounts.redeem(link, PASSWORD)
    monkeypatch.setattr(operations, "LINK_HOURS", 0)
    with pytest.raises(CorpusError, match="ya se usó, venció"):
        accounts.redeem(accounts.link("luis"), PASSWORD)


def test_a_name_written_otherwise_does_not_take_the_account_that_is_there(cheap: None, accounts: Accounts) -> None:
    with pytest.raises(CorpusError, match="Ya hay una cuenta «Ana Ruiz»"):
        accounts.link("ＡＮＡ ruiz", "editor")
    assert roles(accounts) == {"Ana Ruiz": "responsable"}


def test_a_disabled_account_is_out_with_its_sessions_and_its_link(cheap: None, accounts: Accounts) -> None:
    accounts.put("luis", PASSWORD)
    link, before = accounts.link("luis"), seals(accounts)["luis"]
    accounts.change("luis", None, None, enabled=False, end=False)
    assert accounts.check("luis", PASSWORD) is None
    assert seals(accounts)["luis"] != before
    accounts.change("luis", None, None, enabled=True, end=False)
    with pytest.raises(CorpusError, match="ya se usó, venció"):
        accounts.redeem(link, PASSWORD)
    assert accounts.check("luis", PASSWORD) == "luis"
