"""Every format that is read, in one table: what lists, opens, explains or limits formats is made from it.

It stands below every room, so that the web may list the formats without reaching the readers.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Format:
    """One format of file.

    Attributes:
        suffixes: With their dot, in lower case; the first is the one that is named.
        reader: The module and the function of ``indexer.readers`` that read it.
        name: What staff call it.
        reads: What is read from it, for the help page.
        captions: Its cues are timed: ``subtitulos_automaticos`` unless staff say otherwise.
        plain: It is text that does not say how it is encoded.
        once: Words stand in it once, in lines of text: a fragment can be taken out of the file as it is.
        binary: What its first bytes must be, as ``magic`` names it; empty for text.
        usual: Captions that a message proposes.
    """

    suffixes: tuple[str, ...]
    reader: str
    name: str
    reads: str
    captions: bool = False
    plain: bool = False
    once: bool = False
    binary: str = ""
    usual: bool = False


_HTML = "el contenido de la página: párrafos, títulos, listas y tablas; no sus menús, pies ni avisos"
_WORD = "párrafos, tablas, recuadros, cambios aceptados y etiquetas en negritas; no lo borrado, encabezados ni pies"

FORMATS: tuple[Format, ...] = (
    Format((".vtt",), "captions.vtt_srt_sbv.read_vtt",
           "subtítulos WebVTT", "tiempos, texto y voces (también las de Teams y "
           "Zoom); cada frase una sola vez", captions=True, plain=True, once=True, usual=True),
    Format((".srt",), "captions.vtt_srt_sbv.read_srt", "subtítulos SubRip", "tiempos, texto y etiquetas (NOMBRE:)",
           captions=True, plain=True, once=True, usual=True),
    Format((".sbv",), "captions.vtt_srt_sbv.read_sbv", "subtítulos de YouTube (SBV)", "tiempos y texto", captions=True,
           plain=True, once=True, usual=True),
    Format((".json", ".json3"), "captions.caption_json.read_caption_json",
           "subtítulos en JSON", "tiempos, texto y voces de YouTube "
           "(json3, youtube-transcript-api), Whisper, faster-whisper, whisper.cpp, WhisperX, AWS Transcribe, "
           "AssemblyAI, Deepgram, Azure, Google, Rev, Speechmatics, Vosk y podcasts", captions=True, plain=True,
           usual=True),
    Format((".ttml", ".dfxp", ".srv3", ".srv2", ".srv1", ".xml"), "captions.ttml_youtube_elan.read_timed_xml",
           "subtítulos en XML",
           "tiempos, texto y voces de TTML y DFXP; tiempos y texto de los de YouTube (srv1 a srv3)", captions=True),
    Format((".ass", ".ssa"), "captions.substation.read_substation",
           "subtítulos SubStation", "tiempos, texto y el nombre de cada "
           "diálogo; no los comentarios, dibujos ni estilos", captions=True, plain=True),
    Format((".eaf",), "captions.ttml_youtube_elan.read_timed_xml",
           "anotaciones de ELAN", "tiempos y texto de cada línea (tier), "
           "con su participante; no las líneas que dependen de otra", captions=True),
    Format((".tsv", ".csv"), "captions.tables.read_table",
           "tabla de tiempos", "una tabla con columnas de tiempo (reloj, "
           "segundos o milisegundos), de quién habla y de texto, con encabezados o sin ellos", captions=True,
           plain=True),
    Format((".otr",), "documents.html.read_otranscribe",
           "transcripción de oTranscribe", "párrafos, con sus tiempos y etiquetas"),
    Format((".txt",), "documents.text.read_text",
           "texto", "párrafos y etiquetas (NOMBRE: lo que dijo); también lo que se "
           "copia del panel de un video, de Teams, Zoom, Meet u Otter, y los tiempos [0:00 --> 0:05] de Whisper",
           plain=True, once=True),
    Format((".md", ".markdown"), "documents.text.read_markdown",
           "texto (Markdown)", "lo mismo que de un texto, sin las marcas, "
           "las imágenes ni los datos entre «---»", plain=True, once=True),
    Format((".docx", ".docm"), "documents.docx.read_docx", "documento de Word", _WORD, binary="un documento de Word"),
    Format((".odt",), "documents.odt.read_odt", "documento de LibreOffice", _WORD, binary="un documento ODT"),
    Format((".rtf",), "documents.rtf.read_rich_text",
           "documento RTF", "párrafos y tablas; no las notas, encabezados, pies ni "
           "imágenes", binary="un documento RTF"),
    Format((".pdf",), "pdf.pages.read_pdf",
           "PDF", "el texto de cada página, sin los encabezados y pies que se repiten; no "
           "las imágenes", binary="un archivo PDF"),
    Format((".html", ".htm", ".xhtml"), "documents.html.read_html", "página web", _HTML),
    Format((".mhtml", ".mht"), "documents.html.read_web_archive",
           "página web archivada", f"{_HTML}; de sus partes, la página"),
)  # fmt: skip

BY_SUFFIX: dict[str, Format] = {suffix: one for one in FORMATS for suffix in one.suffixes}
"""The format of every suffix that is read."""

USUAL_CAPTIONS = ", ".join(one.suffixes[0] for one in FORMATS if one.usual)
"""What a message proposes where captions are wanted: ``.vtt, .srt``."""


def listed(last: str = " y ") -> str:
    """Every suffix, as a sentence lists them: ``.vtt, .srt y .pdf``."""
    suffixes = list(BY_SUFFIX)
    return ", ".join(suffixes[:-1]) + last + suffixes[-1]
