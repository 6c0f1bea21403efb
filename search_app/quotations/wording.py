"""The verdict in Spanish words: agreement, differences and warnings."""

from indexer.language.inferred_names import INFERRED_NAME_CAUTION
from search_app.citations.cautions import caution
from search_app.quotations.differences import Difference, Nature
from search_app.quotations.place import CAPTIONS, Place
from search_app.shown.formatting import count, listed

NATURES: dict[Nature, str] = {
    "negacion": "una negación",
    "numero": "un número",
    "acento": "un acento",
    "palabra": "una palabra",
    "mayusculas": "una mayúscula",
    "puntuacion": "la puntuación",
}
_VERBS = {"cambia": "Cambia", "falta": "Falta", "sobra": "Sobra"}
_TOLD = {True: "La cita es del texto original, que el personal corrigió", False: "El personal corrigió este texto"}
_LONGEST = 160
"""Characters of one side of a change."""


def summary(place: Place) -> str:
    """In what the quotation agrees with a place, and in what it does not."""
    if place.as_received:
        return "Coincide con el texto original, no con el corregido"
    form = _form(place)
    loose = place.passages[0].version in CAPTIONS
    if place.edits:
        grave = [_VERBS[d.step].lower() + " " + NATURES[n] for d in place.told for n in d.natures if n in _GRAVE]
        said = f"Difiere en {count(place.edits, 'palabra', 'palabras')}"
        return f"{said}: {listed(list(dict.fromkeys(grave)))}" if grave else said
    said = "Coincide palabra por palabra"
    if form:
        counts = "cuenta" if form == ["la puntuación"] else "cuentan"
        said += f", salvo {listed(form)}" + (f", que en los subtítulos no {counts}" if loose else "")
    return said


_GRAVE: tuple[Nature, ...] = ("negacion", "numero", "acento")


def changes(place: Place) -> tuple[str, ...]:
    """Each change in words; in captions, none of punctuation and capitals alone."""
    return tuple(_change(each) for each in place.told)


def warnings(place: Place) -> tuple[str, ...]:
    """What a reader must know before quoting a place."""
    found = [
        f"{_TOLD[place.as_received]}: el original dice «{_cut(was)}»; el texto corregido, «{_cut(reads)}»"
        if reads
        else f"{_TOLD[place.as_received]}: el original dice «{_cut(was)}», que el texto corregido ya no tiene"
        for was, reads in place.corrected
    ]
    if place.left_out:
        words = count(place.left_out, "palabra", "palabras")
        found.append(f"Citada en partes: la marca de omisión deja fuera {words}; las partes están en este orden")
    if place.loses_negation:
        found.append("Lo que se omite es una negación: sin ella la cita puede decir lo contrario")
    if place.turns > 1:
        people = {passage.person for passage in place.passages if passage.identified}
        one = len(people) == 1 and all(passage.identified for passage in place.passages)
        whose = "aunque de la misma persona" if one else "así que no es dicho de una sola persona"
        found.append(f"Abarca {place.turns} intervenciones, {whose}")
    if place.negated_by:
        found.append(
            f"Justo antes, el texto dice «{place.negated_by}»: sin esa palabra la cita puede decir lo contrario"
        )
    if place.asked:
        found.append("En el texto es una pregunta")
    if place.inferred:
        found.append(INFERRED_NAME_CAUTION.rstrip("."))
    if note := caution(place.passages[0], place.event):
        found.append(note.rstrip("."))
    return tuple(found)


def _form(place: Place) -> list[str]:
    natures = {nature for each in place.differences for nature in each.natures}
    named = (("puntuacion", "la puntuación"), ("mayusculas", "las mayúsculas"))
    return [words for nature, words in named if nature in natures]


def _change(each: Difference) -> str:
    named = listed([NATURES[nature] for nature in each.natures if nature != "palabra"])
    verb = f"{_VERBS[each.step]} {named}".rstrip()
    if each.step == "cambia":
        return f"{verb}: la cita dice «{_cut(each.quoted)}»; el texto, «{_cut(each.said)}»"
    return f"{verb}: «{_cut(each.said or each.quoted)}»" if named else f"{verb} «{_cut(each.said or each.quoted)}»"


def _cut(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST].rsplit(' ', 1)[0]}…"
