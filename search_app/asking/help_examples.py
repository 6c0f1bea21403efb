"""The searches that the help page shows. A test runs each of them on the shipped corpus."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from indexer.index.facets import FACETS


@dataclass(frozen=True, slots=True)
class Example:
    """A search, and what it asks for."""

    text: str
    says: Markup


EXAMPLES = tuple(
    Example(text, Markup(says))
    for text, says in (
        ("capacitación presupuesto", "Las dos palabras, o alguna."),
        ('"buenas prácticas"', "La frase tal cual, con esas formas exactas. Hasta 8 palabras."),
        ('"paquetes bodega"~8', "Las palabras cerca: con ocho más entre ellas, a lo sumo, en cualquier orden."),
        (
            "simulacro PREP OR cómputos",
            "Una u otra (OR u O, en mayúsculas). OR une más que el espacio: esto es <em>simulacro</em> y además "
            "<em>PREP</em> o <em>cómputos</em>.",
        ),
        ("capacita*", "Lo que empieza así: tres letras o más."),
        ('paquetes -"paquetes electorales"', "Sin lo que sigue al guion: una palabra o una frase."),
        ("PREP mesa:5", "En una mesa: su número o su nombre en la dirección."),
        ('persona:"Consejera A"', "Lo que dijo una persona: su nombre completo, entre comillas."),
        (
            "tema:prep",
            'Los fragmentos de un tema y de los más específicos; sirve también su sigla o su nombre, como en '
            '<code>tema:"conteo rápido"</code>.',
        ),
        (
            "menciona:sonora",
            "Donde se nombra una entidad. <code>entidad:sonora</code>: lo que dijo alguien de ella.",
        ),
        (
            "tipo:transcripcion",
            "Por tipo de texto: <code>anuncio</code>, <code>descripcion</code>, <code>transcripcion</code>.",
        ),
    )
)  # fmt: skip


def other_fields() -> list[Markup]:
    """The fields that no example shows."""
    shown = "".join(example.text + example.says for example in EXAMPLES)
    return [Markup("<code>{}:</code>").format(name) for name in FACETS if f"{name}:" not in shown]
