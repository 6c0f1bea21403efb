"""The tables of families and verbs: no line against another, and the forms of the models."""

from __future__ import annotations

from collections import Counter

import pytest

from indexer.language import families
from indexer.language.conjugation import forms
from indexer.language.stemming import stem


def test_no_word_is_in_two_families() -> None:
    heads = Counter(word for words, _, _ in families._families() for word in words)
    assert [word for word, times in heads.items() if times > 1] == []


def test_no_verb_goes_after_two_models_and_every_model_is_known() -> None:
    verbs = [verb for verb, _, _ in families._verbs()]
    assert [verb for verb, times in Counter(verbs).items() if times > 1] == []
    assert all(infinitive in forms(infinitive, kind) for infinitive, kind, _ in families._verbs())


def test_an_unknown_model_is_refused() -> None:
    with pytest.raises(ValueError, match="prevalecer: valer"):
        forms("prevalecer", "valer")


def test_the_stem_of_a_plain_word_is_no_key_of_a_family() -> None:
    keys = {part for words, _, _ in families._families() for part in stem(words[0]).split(families.BOTH)}
    assert any(key.endswith(".") for key in keys)
    assert not any(stem(word).endswith(".") for word in ("casilla", "capacitación", "fiscalizar", "distrito", "I.N.E."))


@pytest.mark.parametrize(
    ("infinitive", "kind", "some", "none"),
    [
        ("contar", "ue", "cuento cuentas contamos cuentan cuente contemos conté contó contado", "conto cuentamos"),
        ("pensar", "ie", "pienso piensa pensamos piense pensemos pensó", "piensamos"),
        ("pedir", "i", "pido pide pedimos pida pidamos pidió pidieron pidiendo pidiera pedido", "pedió pide-"),
        ("sentir", "ie", "siento sentimos sintamos sintió sintieron sintiendo", "sentió"),
        ("dormir", "ue", "duermo durmió durmieron durmamos durmiendo", "dormió"),
        ("jugar", "ui", "juego juegue jugué jugamos", "jugo"),
        ("adquirir", "ii", "adquiero adquiere adquirimos adquiera", ""),
        ("avergonzar", "ue", "avergüenza avergüence avergoncé", ""),
        ("conocer", "zc", "conozco conozca conozcamos conoce conoció", "conoco"),
        ("producir", "duc", "produzco produjo produjeron produjera produciendo", "produció produjieron"),
        ("construir", "y", "construyo construye construimos construyó construyeron construyendo construya", "construó"),
        ("leer", "y", "leo leyó leyeron leyendo leí leído leímos", "leió"),
        ("confiar", "í", "confío confía confíe confiamos confió", "confia"),
        ("evaluar", "í", "evalúo evalúa evaluó", ""),
        ("seguir", "i", "sigo sigue siga siguió seguimos", "siguo"),
        ("dirigir", "regular", "dirijo dirija dirige dirigió", "dirigo"),
        ("vencer", "regular", "venzo venza vence", "venco"),
        ("buscar", "regular", "busqué busque busca", "buscé"),
        ("averiguar", "regular", "averigüe averigua", ""),
        ("oír", "oír", "oigo oyes oye oímos oyen oyó oyeron oyendo oído oiga oirá", "oijo"),
        ("reír", "i", "río ríe reímos ríen rió riendo reído", ""),
        ("caer", "caer", "caigo cae caemos cayó cayendo caído caiga", ""),
        ("mantener", "tener", "mantengo mantiene mantuvo mantendrá mantenga", "mantenió"),
        ("disponer", "poner", "dispongo dispuso dispuesto dispondrá", "disponido"),
        ("deshacer", "hacer", "deshago deshizo deshicieron deshecho deshará", "deshico"),
        ("satisfacer", "facer", "satisfago satisfizo satisfecho satisfará", ""),
        ("prever", "ver", "preveo prevé prevén previó previsto", ""),
        ("describir", "scribir", "describe describió descrito", "describido"),
        ("ser", "suppletive", "soy es fue fuera sea será", ""),
        ("dar", "suppletive", "doy dio diera dé dará", ""),
    ],
)  # fmt: skip
def test_verbs_are_conjugated_as_in_the_grammar(infinitive: str, kind: str, some: str, none: str) -> None:
    found = forms(infinitive, kind)
    assert set(some.split()) - found == set()
    assert set(none.split()) & found == set()
