"""Names of persons: whether words may be one, which part is the surname, and how one in capitals is written."""

from __future__ import annotations

import re

from indexer.readers.words import fold, phrases, words

PARTICLES = words("de del la las los y e i da das do dos di van von der den san santa mac mc")

# Common given names in Mexico (folded). They tell `Ana López:` from `Nuevo León:` where nothing else does.
GIVEN_NAMES = words(
    """
    aaron abel abigail abraham adan adela adolfo adrian adriana agustin aida aide alan alba alberto aldo alejandra
    alejandro alex alexis alfonso alfredo alicia alma alonso alvaro amada amalia amanda america amelia amparo ana
    anabel anahi andrea andres angel angela angeles angelica anita antonia antonio araceli arely ariadna ariel
    arlette armando arnulfo arturo astrid aurelio aurora azucena baltazar barbara beatriz belen benito benjamin
    berenice bernardo bertha bianca blanca brenda bruno carla carlos carmen carolina catalina cecilia celeste celia
    cesar christian cinthia ciro clara claudia claudio concepcion consuelo cristian cristina cuauhtemoc cuitlahuac
    cynthia dafne dalia damian dania daniel daniela dario david delfina delia denisse diana diego dolores domingo
    dora edgar edith edmundo edna eduardo efrain elba elena eleazar elia elias elisa elizabeth eloisa elsa elvira
    emilia emiliano emilio emma emmanuel enrique erendira eric erick erik erika ernestina ernesto esmeralda
    esperanza esteban estela esther eugenia eugenio eunice eva evelyn fabian fabiola fatima federico felipe fernanda
    fernando fidel flor florencia francisca francisco frida gabriel gabriela genaro georgina gerardo german gilberto
    gisela gloria gonzalo graciela gregorio griselda guadalupe guillermina guillermo gustavo hector herminia hilda
    horacio hortensia hugo humberto ignacio iliana ilse imelda ines ingrid irene iris irma isaac isabel isaias
    ismael israel itzel ivan ivette ivonne jacobo jacqueline jaime janet javier jazmin jenny jesica jessica jesus
    joaquin joel jorge jose josefina joshua josue juan juana juanita judith julia julian juliana julieta julio karen
    karina karla katia laura leandro leonardo leonel leonor leopoldo leticia lidia liliana lilia lizbeth lizeth
    lorena lorenzo lourdes lucero lucia luciano lucina luis luisa luz magdalena manuel manuela marcela marcelino
    marcelo marco marcos margarita maria mariana mariano maribel maricela marina mario marisa marisol maritza
    marlene marta martha martin mateo matias mauricio maximiliano mayra melissa mercedes michelle miguel mildred
    minerva miriam moises monica monserrat montserrat myriam nadia nadine nallely nancy narciso natalia nayeli nelly
    nestor nicolas noe noemi nora norberto norma octavio ofelia olga olivia omar oscar osvaldo pablo pamela paola
    patricia patricio paul paula paulina pedro perla pilar porfirio rafael ramiro ramon raquel raul raymundo rebeca
    regina rene reyna ricarda ricardo rita roberto rocio rodolfo rodrigo rogelio roman romina rosa rosalba rosalia
    rosalinda rosario roxana ruben ruth salvador samanta samuel sandra santiago sara saul sebastian selene sergio
    silvano silvia simon sofia sonia soledad susana tania teofilo teresa tomas ulises uriel valentin valeria vanessa
    veronica vicente victor victoria violeta virgilio virginia viviana wendy ximena xochitl yadira yaneth yesenia
    yolanda yuri zaira zoe zulema
    """
)

# States and the like (folded): two capitalised words that are no person.
PLACES = phrases(
    """
    aguascalientes; baja california; baja california sur; campeche; chiapas; chihuahua; ciudad de mexico; coahuila;
    coahuila de zaragoza; colima; durango; estado de mexico; guanajuato; guerrero; hidalgo; jalisco; mexico;
    michoacan; michoacan de ocampo; morelos; nayarit; nuevo leon; oaxaca; puebla; queretaro; quintana roo; san luis
    potosi; sinaloa; sonora; tabasco; tamaulipas; tlaxcala; veracruz; veracruz de ignacio de la llave; yucatan;
    zacatecas; estados unidos; estados unidos mexicanos; america latina; toluca de lerdo; distrito federal
    """
)

# Words (folded) that headings, greetings and institutions hold and names of persons do not.
_NEVER_IN_NAMES = words(
    """
    acciones accion accesibilidad actividades acta actas acto acuerdo acuerdos adopcion afirmativas agenda agua
    anexo anexos analisis antecedentes anuncio aprobacion articulo articulos asamblea asistencia asunto asuntos asi
    ausencia autoridad autoridades aviso ayuntamiento bien bienvenida bienvenidos bienvenido bloque bueno buena
    buenas buenos calendario camara capacitacion capitulo casilla casillas centro certificacion ciudad ciudadana
    ciudadano clausula cierre codigo comentario comentarios comision comite computo computos con conclusion
    conclusiones congreso consejo considerando consulta consideraciones contexto conteo convenio conferencia
    constitucion costo costos cuadro cuenta datos declaracion democracia derecho derechos descripcion desde dia dias
    diario diapositiva dictamen direccion discurso distrito documento documentos domicilio ejemplo eje ejes eleccion
    elecciones electoral electorales electronica en entidad entonces equipo estado estados estatal estrategia
    estructura estudio etapa evaluacion evento experiencia fase fecha federal figura finalmente foro fraccion fuente
    fuentes fundamento general generales gobierno gracias grafica grupo hora horario igualdad imagen importante
    indicadores informe informacion inicio innovacion innovaciones institucion instituciones instituto
    intervenciones introduccion investigacion invitados justicia legislacion ley leyes lema lineamientos lista local
    locales lugar materia materiales mecanismo mesa mesas metodologia modalidad modelo modulo muchas muchos mujeres
    municipio municipios nacional naciones nombre nombres nota notas numero objetivo objetivos observacion
    observaciones opinion orden ordenamiento organismo organizacion organizaciones otra otras otro otros pagina
    panel parlamentario parlamentaria parte participacion participantes partido partidos pleno plan plataforma poder
    poderes politica politicas porcentaje precedente presencia presentacion presupuesto primer primera primero
    problema procedimiento proceso procesos programa propuesta propuestas proyecto proyectos publica publicas
    publico publicos pueblo punto puntos que recomendaciones reforma reformas registro reglamento representacion
    republica resolucion resolutivo resultado resultados resumen retos reunion sala salud sección seccion secretaria
    sede segunda segundo segundos seguimiento seguridad servicio servicios sesion siguiente sistema sobre subtema
    tabla tecnologia tecnologica tecnicas tema temas tercer tercera tesis texto tiempo titulo tipo todas todos total
    transparencia tribunal universidad unidad urna urnas valores verificacion version video videos violencia
    votacion votaciones voto votos voz si no hola adelante claro por para pero como cuando aqui alli hoy ayer ahora
    sigue siguen presente ausente aprobado aprobada favor contra abstencion unanimidad mayoria receso ok okay
    continua hacienda finanzas bienestar desarrollo
    """
)

_SHORT_NAMES = words("ma fco gpe jr sr hdez glez rdz mtz fdez gtz lpz")
_NAME_TOKEN = re.compile(r"[^\W\d_](?:[^\W\d_]|['’.\-\ufffd]){0,24}")  # U+FFFD: a letter that was lost

# Endings (folded) of nouns and adverbs that headings hold, and the names that have them.
_ABSTRACT = ("cion", "sion", "idad", "mente", "miento", "logia", "encia", "ancia")
_ABSTRACT_NAMES = words(
    """
    concepcion asuncion encarnacion anunciacion consolacion natividad trinidad caridad felicidad sarmiento clemente
    valencia plasencia placencia palencia florencia constancia clemencia prudencia inocencia fulgencia vicente
    """
)


def plausible_name(tokens: list[str], least: int = 2) -> bool:
    """Whether these words may be a person's name: capitalised, with particles inside, no word of a heading.

    Args:
        tokens: The words, without courtesies and posts.
        least: How many words beside the particles it needs.
    """
    if not 1 <= len(tokens) <= 9 or fold(" ".join(tokens)) in PLACES:
        return False
    full = 0
    given = known_given_name(tokens)
    for place, token in enumerate(tokens):
        folded = fold(token).rstrip(".")
        if folded in PARTICLES and not (place == 0 and token[:1].isupper()):
            if place in (0, len(tokens) - 1):
                return False
            continue
        if not token[:1].isupper() or not _NAME_TOKEN.fullmatch(token):
            return False
        if is_heading_word(folded) and not (given and place):  # Casillas and Bueno are surnames too
            return False
        if token.endswith(".") and len(token) > 2 and folded not in _SHORT_NAMES:
            return False
        full += 1
    return full >= least


def is_heading_word(word: str) -> bool:
    """Whether a folded word is one of headings and greetings, not of persons."""
    return word in _NEVER_IN_NAMES or (word.endswith(_ABSTRACT) and word not in _ABSTRACT_NAMES)


def known_given_name(tokens: list[str]) -> bool:
    """Whether the first word is a common given name."""
    return bool(tokens) and fold(tokens[0]) in GIVEN_NAMES


def is_capitals(text: str) -> bool:
    """Whether it holds letters, and none in lower case."""
    return text.upper() == text and text.lower() != text


def person_case(name: str) -> str:
    """A name as it is written in Spanish: words in capitals get one, particles none (``María de la Luz Pérez``).

    What is already in mixed case stays as printed.
    """
    shouted = is_capitals(name)
    return " ".join(_one_word(word, place, shouted) for place, word in enumerate(name.split()))


def _one_word(word: str, place: int, shouted: bool) -> str:
    if not is_capitals(word) or len(word.strip(".")) < 2:
        return word.lower() if shouted and place and fold(word) in PARTICLES else word
    if place and fold(word) in PARTICLES:
        return word.lower()
    return with_one_capital(word)


def with_one_capital(word: str) -> str:
    """A word in capitals with one for each of its parts: ``PÉREZ-LUNA`` as ``Pérez-Luna``."""
    return re.sub(r"[^\W\d_]+", lambda part: part[0][:1] + part[0][1:].lower(), word)


_DON = frozenset({"don", "dona", "d", "da", "dna", "dª"})
_MOST_SURNAMES = 5


def is_don(word: str) -> bool:
    """Whether it is the courtesy that stands before a given name."""
    return fold(word).replace(".", "") in _DON


def turned_round(surnames: list[str], given: list[str]) -> list[str] | None:
    """``Prado Luna, Elvira`` and ``PRADO, doña Elvira`` as ``Elvira Prado Luna``; None where it is not that.

    Args:
        surnames: The words before the comma, without courtesies.
        given: The words after it.
    """
    courtesy = len(given) > 1 and is_don(given[0])
    given = given[1:] if courtesy else given
    if not 1 <= len(given) <= 3 or not surnames or len(surnames) > _MOST_SURNAMES:
        return None
    if not courtesy and not all(fold(word) in GIVEN_NAMES or fold(word) in PARTICLES for word in given):
        return None
    if not courtesy and (fold(surnames[0]) in GIVEN_NAMES and len(surnames) > 2):
        return None
    if not plausible_name(given, least=1) or not is_surname(surnames):
        return None
    return [*given, *surnames]


def turned_name(label: str) -> str:
    """«Pérez Luna, Ana», as meeting programs take it from a directory, the right way round; else the label as it is."""
    surnames, comma, given = label.partition(" (")[0].partition(", ")
    turned = f"{given} {surnames}"
    if not comma or not plausible_name(given.split(), least=1) or not plausible_name(surnames.split(), least=1):
        return label
    return turned if plausible_name(turned.split()) and known_given_name(given.split()) else label


def is_surname(words: list[str]) -> bool:
    """Whether the words may be a surname, a particle in lower case first or not (``de la Torre``)."""
    place = 0
    while place < len(words) - 1 and fold(words[place]) in PARTICLES:
        place += 1
    return plausible_name(words[place:], least=1)
