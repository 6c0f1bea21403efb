"""Words that belong together have a stem in common; words that only look alike have none."""

from __future__ import annotations

import subprocess
import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.language.folding import fold
from indexer.language.lexicon import Lexicon
from indexer.language.spanish import tokens
from indexer.language.stemming import related, stem

WORDS = st.text("aábcdeéghiíjlmnñoópqrstuúvxyz@", min_size=1, max_size=14)


def meet(one: str, other: str) -> bool:
    """Whether a search for either finds the other, by what is known of the words alone."""
    alone = Lexicon()
    there = {stem(other)} & alone.stems(one)
    back = {stem(one)} & alone.stems(other)
    return bool(there) and bool(back)


@pytest.mark.parametrize(
    "family",
    [
        "ir voy vas va vamos van iba fui fue fueron vaya vayan yendo irá",
        "ser soy es somos son era eran fui fue fueron sea sean siendo sido sería",
        "hacer hago hace hizo hicieron hecho hechas haga haciendo hará hacerlo haciéndolo",
        "decir digo dice dijo dijeron dicho diga diciendo diría decirles diciéndonos dígame",
        "poner pongo puso pusieron puesto ponga pondrá póngale",
        "tener tengo tiene tuvo tuvieron tenga tendrá tenido",
        "poder puedo puede pudo pudieron pueda podrá poderes",
        "venir vengo viene vino vinieron venga vendrá viniendo",
        "ver veo ve vio vieron visto vea viendo veía",
        "dar doy da dio dieron dado dé den diera",
        "haber hay ha han hubo hubieron haya habrá hubiera",
        "estar estoy está estuvo estuvieron esté estaba",
        "saber sé sabe supo sepa sabrá",
        "querer quiero quiere quiso quisieron quiera querrá",
        "oír oigo oye oyó oyen oído oiga",
        "traer traigo trae trajo trajeron traiga trayendo",
        "elegir elige elijo eligió eligieron elegido electo electas elija",
        "votar vota votó votaron voten votado votando votación",
        "contar cuenta cuentan contó cuenten contaron contado",
        "resolver resuelve resolvió resuelto resuelta",
        "imprimir imprime imprimió impreso impresas",
        "escribir escribe escribió escrito",
        "abrir abre abrió abierto abierta abrirse",
        "proveer provee proveyó provisto",
        "pedir pide pidió pidieron pidiendo pidiéndole",
        "construir construye construyó construyeron construido",
        "reducir reduzca redujo redujeron reducido",
        "conocer conozco conoce conoció conozcan",
        "jugar juega jugó juegue jugando",
        "iniciar inició inicia iniciaron iniciando",
        "ampliar amplía amplió amplíen",
        "evaluar evalúa evaluó evalúen",
        "buscar busca busqué busquen",
        "dirigir dirige dirijo dirija dirigió",
        "avanzar avanza avance avancen",
        "garantizar garantiza garantice garanticen",
        "verificar verifica verifique verificación verificaciones verificador",
        "declarar declara declaran declaró",
        "consistir consiste consisten consistió",
        "entrar entra entran entró entraron entrando",
        "plantear plantea planteó planteado planteando",
        "cumplir cumple cumplió cumplen cumplido cumpliéndolas",
        "detener detuvo detienen detenernos",
        "mujer mujeres",
        "joven jóvenes",
        "juez jueces jueza juezas",
        "acta actas",
        "urna urnas",
        "voz voces",
        "ley leyes",
        "régimen regímenes",
        "crisis",
        "raíz raíces",
        "índice índices",
        "alcance alcances",
        "huracán huracanes",
        "árbol árboles",
        "lugar lugares",
        "mínimo mínimos mínima",
        "préstamo préstamos",
        "consejera consejero consejeras consejeros consejer@s consejerxs",
        "electora elector electores elector@s electorxs",
        "candidata candidato candidatos candidatxs candidates candidatx",
        "ciudadana ciudadanos ciudadan@s ciudadan@",
        "ellas ellos elles ella él",
        "todas todos todes todxs tod@s",
        "alcalde alcaldesa alcaldesas",
        "OPLE OPLEs OPLES oples OPL",
        "PREP PREPs prep",
        "CAE CAEs CAES",
        "importante importantísima importantísimos",
        "primero primer primeras",
    ],
)
def test_a_family_meets(family: str) -> None:
    head, *others = family.split()
    assert [other for other in others if not meet(head, other)] == []


APART = """
    mesa/mes mesas/meses partido/parte partida/partido cómputo/computadora consejo/consejería consejo/consejera
    casa/caso casas/casos año/ano años/anos hora/oro puerta/puerto banca/banco plaza/plazo cuenta/cuento acta/acto
    acto/acción para/parar sobre/sobrar como/comer género/generar género/general generar/general secreto/secretaría
    mayo/mayoría mayor/mayo senado/seno medio/medida boleta/boleto órgano/organizar comunidad/comunicar común/comunicar
    orden/ordenador libro/libre libro/librería país/paisaje peso/pesar nueve/nuevo verdad/verde carta/carto
    universo/universidad
    modernos/moderar internos/interior parte/parar planta/plantear plan/planta derecho/derecha sindicato/síndico
    presupuesto/presuponer impuesto/imponer madera/madero monte/monto dato/data punta/punto fin/final
"""


@pytest.mark.parametrize(("one", "other"), [tuple(pair.split("/")) for pair in APART.split()])
def test_what_only_looks_alike_stays_apart(one: str, other: str) -> None:
    assert not meet(one, other)


def test_a_form_of_two_verbs_meets_both_and_keeps_them_apart() -> None:
    assert meet("fue", "ir")
    assert meet("fue", "ser")
    assert not meet("ir", "ser")
    assert meet("cuenta", "contar")
    assert not meet("cuento", "contar")


@pytest.mark.parametrize(
    "word", ["régimen", "jóvenes", "pidió", "oyó", "días", "géneros", "país", "evalúa", "hacía", "cómputo"]
)
def test_a_word_of_the_tables_is_found_without_its_accents_and_so_are_captions_without_them(word: str) -> None:
    assert meet(fold(word), word)


def test_clitics_are_not_seen_where_there_are_none() -> None:
    assert not meet("charla", "char")
    assert not meet("modernos", "moder")
    assert meet("órganos", "órgano")
    assert meet("planteles", "plantel")
    assert meet("trámite", "trámites")


@given(WORDS)
def test_a_stem_depends_on_the_word_alone_and_has_no_accents(word: str) -> None:
    found = stem(word)
    assert found == stem(word.upper()) == stem(unicodedata.normalize("NFD", word))
    assert fold(found) == found
    assert " " not in found
    assert found in related(found)


@given(WORDS, WORDS)
def test_meeting_is_mutual(one: str, other: str) -> None:
    assert (stem(one) in related(stem(other))) == (stem(other) in related(stem(one)))


def test_compounds_and_ranges_meet_their_parts() -> None:
    assert [stem(token.text) for token in tokens("2026-2027")] == ["2026", "2027"]
    assert stem(tokens("político-electoral")[0].text) == stem("políticas")
    assert stem(tokens("candidatas/os")[0].text) == stem("candidatos")


def test_another_process_finds_the_same_stems() -> None:
    words = ["fue", "cuenta", "hecho", "vacuna", "mujeres"]
    code = f"from indexer.language.stemming import stem; print(*map(stem, {words}))"
    found = {
        subprocess.run(
            [sys.executable, "-c", code], env={"PYTHONHASHSEED": seed}, capture_output=True, text=True, check=True
        ).stdout
        for seed in "12"
    }
    assert found == {" ".join(map(stem, words)) + "\n"}
