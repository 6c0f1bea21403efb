"""The programme and the captions of the forum of ``desk_forum.py``: fictitious, of our own."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

CUE_S = 5
CLOSING = "muchas gracias aquí cerramos esta mesa y vamos a un receso"
PROGRAMME = """Foro ficticio de las bodegas
Programa de ejemplo: ninguna de estas personas existe.
Organiza: Instituto Electoral de Ejemplo

12 de marzo de 2026

9:00 – 10:30 Mesa 1. Las bodegas y su vigilancia
Modera: Irene Salto Prado, Consejera Electoral, Instituto Electoral de Ejemplo
Participan:
• Bruno Peñalta Ríos, Secretario Ejecutivo, Instituto de la Costa
• Celia Andujo Mar, Universidad de los Llanos
10:45 – 12:15 Mesa 2. El traslado de las urnas
Modera: Dora Quiroz Lima, Consejera Electoral, Instituto de la Sierra
Participan:
• Efrén Cuevas Toral, Director de Organización, Instituto del Valle
• Fabiola Rentería Sol, Consejera Electoral, Instituto de la Costa
12:30 – 14:00 Mesa 3. Capacitar a quien cuenta los votos
Modera: Gaspar Olmos Vega, Universidad de los Llanos
Participan:
• Hilda Barrios Conde, Vocal de Capacitación, Instituto del Valle
• Ismael Tovar Nieto, Consejero Electoral, Instituto de la Sierra

13 de marzo de 2026

9:00 – 10:30 Mesa 4. Boletas en lenguas originarias
Modera: Julia Montes Arce, Consejera Electoral, Instituto Electoral de Ejemplo
Participan:
• Karim Solís Haro, Traductor, Colegio de Lenguas
• Lorena Vidal Paz, Consejera Electoral, Instituto del Valle
10:45 – 12:15 Mesa 5. Resultados la misma noche
Modera: Mauro Ibarra León, Director de Informática, Instituto de la Costa
Participan:
• Nadia Ferrer Cano, Universidad de los Llanos
• Óscar Lugo Pineda, Consejero Electoral, Instituto de la Sierra
12:30 – 14:00 Mesa 6. Lo que se aprendió
Modera: Paula Rivas Ochoa, Consejera Electoral, Instituto Electoral de Ejemplo
Participan:
• Quirino Salas Mena, Secretario Ejecutivo, Instituto del Valle
• Rebeca Yáñez Toro, Consejera Electoral, Instituto de la Costa
"""
WORDS = """
bodega caja sello candado llave acta traslado ruta camión lluvia camino consejo distrito folio lista firma funcionaria
capacitador simulacro boleta lengua traducción pantalla captura imagen conteo cotejo recuento paquete recibo bitácora
turno guardia cámara puerta informe acuerdo plazo presupuesto vecina escuela
"""
MESA_MINUTES = 90
BREAK_MINUTES = 15

Floors = Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Day:
    """One stream: its captions, and what is in them.

    Attributes:
        date, video: As the programme and the video site have them.
        video_start_s: The second of the video at which the captions begin.
        mesas: Title, second of its first caption, second of the caption that closes it, how it is opened.
        cues: What is said at which second; the number in each is in no other.
    """

    date: str
    video: str
    video_start_s: int
    mesas: tuple[tuple[str, int, int, str], ...]
    cues: tuple[tuple[int, str], ...]

    @property
    def vtt(self) -> bytes:
        """The file."""

        def at(second: int) -> str:
            return f"{second // 3600:02d}:{second // 60 % 60:02d}:{second % 60:02d}.000"

        lines = (f"{at(second)} --> {at(second + CUE_S)}\n{said}\n" for second, said in self.cues)
        return ("WEBVTT\n\nNOTE Texto ficticio, hecho para una prueba\n\n" + "\n".join(lines)).encode()


def day(
    date: str,
    video: str,
    video_start_s: int,
    mesas: tuple[tuple[str, str, tuple[tuple[str, str], ...]], ...],
    serial: int,
) -> Day:
    """The captions of a day: each mesa is opened, its people get the floor by turns, it is closed, there is a break.

    Args:
        date, video, video_start_s: As of ``Day``.
        mesas: Of each its title, how it is opened, and its people with how one gives them the floor.
        serial: The number of its first caption.
    """
    chance = random.Random(serial)
    cues: list[tuple[int, str]] = []

    def say(words: str) -> int:
        second = len(cues) * CUE_S
        cues.append((second, f"{words} {serial + len(cues)}"))
        return second

    def talk(minutes: float) -> None:
        for _ in range(round(minutes * 60 / CUE_S)):
            say(" ".join(chance.choices(WORDS.split(), k=9)))

    placed = []
    talk(10)
    for title, opening, floors in mesas:
        begins = say(opening)
        for _, floor in (*floors, *floors):
            talk((MESA_MINUTES - 2) / len(floors) / 2)
            say(floor)
        talk(2)
        ends = say(CLOSING)
        placed.append((title, begins, ends, opening))
        talk(BREAK_MINUTES)
    return Day(date, video, video_start_s, tuple(placed), tuple(cues))


def floors(*people: str) -> Floors:
    """How the floor is given, in the words of captions."""
    return tuple((who, f"tiene la palabra {who.lower()} adelante por favor") for who in people)


DAYS = (
    day("2026-03-12", "https://www.youtube.com/watch?v=ficticio0a1", 0, (
        ("Las bodegas y su vigilancia", "iniciamos con la mesa uno las bodegas y su vigilancia bienvenidas",
         floors("Irene Salto Prado", "Bruno Peñalta Ríos", "Celia Andujo Mar")),
        ("El traslado de las urnas", "abrimos la segunda mesa el traslado de las urnas",
         floors("Dora Quiroz Lima", "Efrén Cuevas Toral", "Fabiola Rentería Sol")),
        ("Capacitar a quien cuenta los votos", "buenas tardes ahora nos toca hablar de la enseñanza bienvenidos",
         floors("Gaspar Olmos Vega", "Hilda Barrios Conde", "Ismael Tovar Nieto")),
    ), 10_000),
    day("2026-03-13", "https://www.youtube.com/watch?v=ficticio0b2", 754, (
        ("Boletas en lenguas originarias", "damos inicio a la mesa cuatro boletas en lenguas originarias",
         floors("Julia Montes Arce", "Karim Solís Haro", "Lorena Vidal Paz")),
        ("Resultados la misma noche", "seguimos con la mesa resultados la misma noche bienvenidas",
         floors("Mauro Ibarra León", "Nadia Ferrer Cano", "Óscar Lugo Pineda")),
        ("Lo que se aprendió", "buenas tardes ahora sigue la última conversación bienvenidos",
         floors("Paula Rivas Ochoa", "Quirino Salas Mena", "Rebeca Yáñez Toro")),
    ), 50_000),
)  # fmt: skip
