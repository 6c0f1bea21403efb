"""Settings: an option goes before a variable, that before ``consta.toml``, that before the default."""

from __future__ import annotations

import ipaddress
import os
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from indexer.config import NAMED_BY, TABLE, EngineSettings, Settings, config_file, setting
from indexer.console import SpanishGroup, config_option, option, run
from indexer.errors import SettingInvalid


@pytest.fixture(autouse=True)
def working_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty one, where nothing is said of any setting."""
    for name in [name for name in os.environ if name.startswith(("CONSTA_", "XDG_"))]:
        monkeypatch.delenv(name)
    monkeypatch.setenv(NAMED_BY, "")  # so that what --config names is forgotten afterwards
    monkeypatch.setenv("HOME", str(tmp_path / "casa"))
    work = tmp_path / "trabajo"
    work.mkdir()
    monkeypatch.chdir(work)
    return work


def write(file: Path, text: str) -> Path:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return file


def test_the_option_goes_before_the_variable_that_before_the_file_that_before_the_default(
    working_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert setting("puerto") == 8000
    write(working_folder / "consta.toml", "puerto = 1")
    assert setting("puerto") == 1
    monkeypatch.setenv("CONSTA_PUERTO", "2")
    assert setting("puerto") == 2
    assert setting("puerto", "3") == 3
    assert setting("puerto", 0) == 0, "a zero was said as well"
    monkeypatch.setenv("CONSTA_PUERTO", "")
    assert setting("puerto") == 1, "what is empty says nothing"


def test_the_file_is_the_named_one_else_that_of_the_folder_of_the_user_of_the_system(
    working_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert config_file() in (None, Path("/etc/consta/consta.toml"))
    own = write(tmp_path / "casa" / ".config" / "consta" / "consta.toml", "")
    assert config_file() == own
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "otra"))
    other = write(tmp_path / "otra" / "consta" / "consta.toml", "")
    assert config_file() == other
    here = write(working_folder / "consta.toml", "")
    assert config_file() == here
    monkeypatch.setenv("CONSTA_CONFIG", "../dado.toml")
    assert config_file() == working_folder / "../dado.toml"


def test_values_have_their_types_wherever_they_are_said(working_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = 'metricas = true\nespera = 2\nproxies_de_confianza = ["127.0.0.1", "10.1.2.3/8"]\ncorpus = "acervo"\n'
    monkeypatch.setenv("CONSTA_CONFIG", str(write(working_folder / "lejos" / "a.toml", "\ufeff" + file)))
    networks = (ipaddress.ip_network("127.0.0.1"), ipaddress.ip_network("10.0.0.0/8"))
    assert (setting("metricas"), setting("espera"), setting("proxies_de_confianza")) == (True, 2.0, networks)
    assert setting("corpus") == working_folder / "lejos" / "acervo", "a path begins where the file is"
    for name, text in (("METRICAS", "Sí"), ("ESPERA", "2"), ("PROXIES_DE_CONFIANZA", "127.0.0.1, 10.0.0.0/8")):
        monkeypatch.setenv(f"CONSTA_{name}", text)
    assert (setting("metricas"), setting("espera"), setting("proxies_de_confianza")) == (True, 2.0, networks)
    assert setting("corpus", "acervo") == working_folder / "acervo"


@pytest.mark.parametrize("name", TABLE)
def test_every_example_is_a_value_and_every_default_too(name: str) -> None:
    row = TABLE[name]
    assert setting(name, row.example) is not None
    assert row.default in (None, "", []) or setting(name, row.default) is not None


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('puerto = "abc"', "consta.toml: puerto: «abc» no es un número entero de 0 a 65535. Escriba, por ejemplo: p"),
        ("puerto = 70000", "«70000» no es un número entero"),
        ("puerto = true", "«True» no es un número entero"),
        ("hilos = 0", "de 3 a 256"),
        ("corpus = 3", "«3» no es una carpeta"),
        ('proxies_de_confianza = ["proxy"]', '= ["127.0.0.1", "10.0.0.0/8"]'),
        ("metricas = 'quizás'", "«quizás» no es «sí» ni «no»"),
        ("puertos = 1", "no hay un ajuste que se llame «puertos». ¿Quiso escribir «puerto»?"),
        ("xyz = 1", "Los que hay: corpus, indice"),
        ("[servidor]\npuerto = 1", "no hay un ajuste que se llame «servidor»"),
        ("puerto = 1\npuerto: 2", "consta.toml:2: no se entiende como TOML"),
    ],
)  # fmt: skip
def test_a_bad_value_is_told_with_its_file_its_key_and_what_to_write(
    working_folder: Path, text: str, says: str
) -> None:
    write(working_folder / "consta.toml", text)
    with pytest.raises(SettingInvalid) as refused:
        [setting(name) for name in TABLE]
    assert says in str(refused.value)


def test_a_bad_value_of_an_option_or_a_variable_is_told_as_one(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(SettingInvalid, match=r"^--puerto: «x» .* por ejemplo: --puerto 8080$"):
        setting("puerto", "x")
    monkeypatch.setenv("CONSTA_PROXIES_DE_CONFIANZA", "10.0.0.0/33")
    with pytest.raises(SettingInvalid, match=r"CONSTA_PROXIES_DE_CONFIANZA=127\.0\.0\.1,10\.0\.0\.0/8$"):
        setting("proxies_de_confianza")


def test_a_named_file_that_is_not_there_is_wrong_usage(
    capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    @click.group(cls=SpanishGroup)
    def program() -> None: ...

    @program.command()
    @option("puerto")
    @config_option
    def orden(puerto: str | None) -> None:
        setting("puerto", puerto) or setting("hilos")

    monkeypatch.setattr("sys.argv", ["consta", "orden", "--config", "falta.toml"])
    with pytest.raises(SystemExit) as ended:
        run(program, "consta")
    assert ended.value.code == 2
    complaint = capfd.readouterr().err
    assert complaint.startswith("Uso incorrecto: No se puede leer ")
    assert "falta.toml (ya no está ahí). Dé permiso de lectura, o diga otro archivo con --config." in complaint
    assert "En qué puerto se atiende (CONSTA_PUERTO) [8000]." in CliRunner().invoke(program, ["orden", "--help"]).output


def test_the_places_stay_those_of_the_working_folder_with_python_m_or_where_there_is_a_corpus(
    working_folder: Path,
) -> None:
    here = Settings(working_folder / "corpus", working_folder / ".indice")
    assert Settings.make() == here
    (working_folder / "corpus").mkdir()
    assert Settings.make(installed=True) == here


def test_elsewhere_the_installed_command_keeps_its_data_with_the_users_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = tmp_path / "casa" / ".local" / "share" / "consta"
    assert Settings.make(installed=True) == Settings(data / "corpus", data / "indice")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "datos"))
    assert Settings.make(installed=True, corpus="/c") == Settings(Path("/c"), tmp_path / "datos" / "consta" / "indice")


def test_without_a_home_the_installed_command_says_what_to_give_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("HOME")
    with pytest.raises(SettingInvalid, match=r"ni hay HOME\. Dígalo con --corpus y --indice"):
        Settings.make(installed=True)
    assert Settings.make(index="/i", installed=True).index == Path("/i")


def test_an_engine_is_told_its_options_by_the_table_of_its_name(working_folder: Path) -> None:
    write(working_folder / "consta.toml", 'motor = "OpenSearch"\n[opensearch]\nhosts = "https://a:9200"\n')
    around = {"CONSTA_OPENSEARCH_CLAVE": "x"}
    assert EngineSettings.make(around) == EngineSettings("opensearch", {"hosts": "https://a:9200", "clave": "x"})
