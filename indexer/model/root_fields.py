"""The fields of a topic of ``vocabulario.toml`` and of a person of ``personas.toml``, each in one table."""

from __future__ import annotations

from indexer.model.page_fields import Field, FieldType

_T = FieldType
TOPIC_FIELDS = (
    Field("id", "Nombre corto", _T.TEXT, "id", "voto-en-el-extranjero", required=True,
          note="Para la dirección: minúsculas sin acento, cifras y guiones. Después no se cambia."),
    Field("etiqueta", "Nombre del tema", _T.TEXT, "label", "Voto en el extranjero", required=True),
    Field("siglas", "Siglas", _T.TEXTS, "acronyms"),
    Field("equivalentes", "Equivalentes", _T.TEXTS, "equivalents",
          note="Otras formas de decir lo mismo: quien busca una encuentra todas."),
    Field("ocultas", "Como las escriben los subtítulos", _T.TEXTS, "hidden",
          note="Equivalentes mal transcritos; se reconocen y no se muestran."),
    Field("signos", "Signos", _T.TEXTS, "signs",
          note="Palabras que revelan el tema sin ser lo mismo: marcan el fragmento, y buscar una no trae las demás."),
    Field("solo_mayusculas", "Solo en mayúsculas", _T.TEXTS, "capitals_only",
          note="De las anteriores, las que en minúsculas son otra palabra (SE, CAE)."),
    Field("excepto", "Excepto en", _T.TEXTS, "exceptions", note="Frases dentro de las cuales ninguna forma cuenta."),
    Field("mas_amplio", "Temas que lo contienen", _T.TEXTS, "broader"),
    Field("relacionado", "Temas relacionados", _T.TEXTS, "related", note="Se anota en los dos."),
    Field("definicion", "Definición", _T.TEXT, "definition", note="Una oración."),
    Field("norma", "Norma", _T.TEXT, "norm", "LGIPE, artículo 219"),
    Field("fuentes", "Fuentes", _T.TEXTS, "sources", note="Direcciones de donde se tomó."),
    Field("verificado", "Se leyó una fuente", _T.FLAG, "verified"),
)  # fmt: skip
PERSON_FIELDS = (
    Field("nombre", "Nombre", _T.TEXT, "name", "Ana Ruiz López", required=True),
    Field("variantes", "Cómo aparece también", _T.TEXTS, "variants",
          note="Otras formas de escribirla: lo dicho con ellas es de esta persona, en todo el acervo."),
    Field("apellidos", "Apellidos", _T.TEXT, "surnames", "Ruiz López", note="Para las citas."),
    Field("cargo", "Cargo", _T.TEXT, "post", "Consejera Electoral", note="Donde ningún texto lo dice."),
)  # fmt: skip
