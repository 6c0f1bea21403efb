"""How a name that rests on a guess is told: in the same words wherever somebody is named."""

INFERRED_NAME = "nombre inferido"
"""What stands beside the name."""

INFERRED_NAME_MEANS = (
    "El texto no dice con certeza quién habla aquí: el nombre se dedujo al leerlo y nadie lo ha confirmado. "
    "Compruébelo en el video o en la fuente antes de atribuirle estas palabras."
)
"""What it means for whoever wants to quote."""

INFERRED_NAME_CAUTION = f"{INFERRED_NAME.capitalize()}. {INFERRED_NAME_MEANS}"


def called(person: str | None, inferred: bool) -> str | None:
    """``Ana Ruiz``, or ``Ana Ruiz (nombre inferido)``."""
    return f"{person} ({INFERRED_NAME})" if person and inferred else person
