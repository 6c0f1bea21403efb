"""The words of posts, courtesies and roles, and how a post is told from its institution."""

from __future__ import annotations

import re

from indexer.readers.labels.names import (
    GIVEN_NAMES,
    PARTICLES,
    is_capitals,
    is_heading_word,
    known_given_name,
    with_one_capital,
)
from indexer.readers.words import fold, phrases, words


def first_of_name(words: list[str]) -> int:
    """Where a name begins in ``CIRUJANO PEDIATRA HUGO VERA``: after the occupations that stand before a given name."""
    place = 0
    while place < len(words) - 2 and is_occupation(words[place]):
        place += 1
    return place if place and known_given_name(words[place:]) else 0


def is_occupation(word: str) -> bool:
    """Whether a word says what somebody is, beside the posts: ``pediatra``, ``madre``, ``historiadora``."""
    folded = fold(word).strip(".,")
    if folded in GIVEN_NAMES:
        return False
    return folded in OCCUPATIONS or role_or_post(folded) or folded.endswith(OCCUPATION_ENDINGS)


ARTICLES = frozenset({"el", "la"})

COURTESIES = words(
    """
    c ciudadano ciudadana sr sra srta senor senora senorita don dona dr dra doctor doctora mtro mtra maestro maestra
    lic licda licenciado licenciada ing ingeniero ingeniera arq arquitecto arquitecta prof profr profa profra
    profesor profesora gral alm cap cp psic abog companero companera mdo mda mgdo mgda d dna dª excmo excma ilmo ilma
    honorable h hc hs hr
    """
)


def _both(stems: str) -> frozenset[str]:
    """``consejer/o/a`` to both genders; a word without a slash is taken as it is."""
    both: set[str] = set()
    for item in stems.split():
        stem, *endings = item.split("/")
        both.update(stem + ending for ending in endings or [""])
    return frozenset(both)


OFFICERS = _both(
    """
    president/e/a vicepresident/e/a consejer/o/a secretari/o/a subsecretari/o/a prosecretari/o/a diputad/o/a
    senador//a ministr/o/a magistrad/o/a gobernador//a alcalde//sa regidor//a sindic/o/a comisionad/o/a fiscal
    procurador//a subprocurador//a director//a subdirector//a dip sen mag vocal coordinador//a canciller concejal//a
    edil legislador//a congresista asambleista intendent/e/a
    """
)
"""Posts of those who hold the floor in sessions: alone they are a label (``El C. Presidente``)."""

POSTS = OFFICERS | _both(
    """
    subcoordinador//a jef/e/a titular representante voce/ro/ra delegad/o/a subdelegad/o/a contralor//a tesorer/o/a
    rector//a embajador//a comandante almirante capitan//a general oficial asesor//a integrante encargad/o/a
    responsable administrador//a investigador//a academic/o/a catedratic/o/a periodista reporter/o/a analista
    consultor//a especialista expert/o/a beneficiari/o/a derechohabiente personal divulgador//a gerente lider
    dirigente candidat/o/a observador//a estudiante ciudadan/o/a juez jueza funcionari/o/a activista escritor//a
    enlace auxiliar supervisor//a capacitador//a secretariado alumn/o/a egresad/o/a enfermer/o/a medic/o/a
    politolog/o/a abogad/o/a fundador//a profesor//a docente representacion portavoz teniente interventor//a
    letrad/o/a personer/o/a parlamentari/o/a decan/o/a vicerrector//a emprendedor//a
    """
)

OCCUPATIONS = _both(
    """
    madre padre hij/o/a herman/o/a espos/o/a ti/o/a abuel/o/a niet/o/a prim/o/a viud/o/a familiar pariente amig/o/a
    hered/ero/era paciente victima habitante usuari/o/a trabajador//a campesin/o/a productor//a artesan/o/a pescador//a
    maestr/o/a cirujan/o/a enfermer/o/a quimic/o/a fisic/o/a matematic/o/a cantante actor actriz bailarin bailarina
    music/o/a pintor//a escultor//a compositor//a cineasta atleta deportista boxeador//a entrenador//a sacerdote obispo
    pastor//a soldado sargento cabo coronel mayor comerciante empresari/o/a empresari/o/a obrer/o/a tecnic/o/a jefa jefe
    comunicador//a columnista editor//a fotograf/o/a intelectual testigo invitad/o/a becari/o/a aprendiz joven nin/o/a
    autor//a premio ganador//a promotor//a gestor//a lider lideresa comisari/o/a ejidatari/o/a
    """
)
"""What somebody is, beside the posts: it stands in a label beside the name (``MADRE DE PACIENTE, …``)."""

OCCUPATION_ENDINGS = (
    *("iatra", "ologo", "ologa", "grafo", "grafa", "onomo", "onoma", "ista", "riador", "riadora", "sofo", "sofa"),
)

ROLES = _both(
    """
    moderador//a presentador//a ponente panelista conductor//a entrevistador//a interlocutor//a locutor//a
    narrador//a relator//a comentarista orador//a hablante speaker interprete traductor//a entrevistad/o/a
    conferencista anfitrion anfitriona expositor//a disertante tallerista facilitador//a
    """
)
"""Who speaks, whatever the case of the letters."""

CROWD_ROLES = _both(
    """
    pregunta respuesta intervencion publico asistente asistentes participante voces todos coro multitud invitad/o/a
    audiencia reportero reportera periodista voz persona personas auditorio espectador//a vecin/o/a moderacion
    presidencia vicepresidencia relatoria conduccion
    """
)
"""Roles that are common words as well: taken in capitals, in bold, or when they come back."""

CROWD = words("publico auditorio audiencia sala asistentes foro chat plenaria transmision")
"""Where those come from whom nobody knows by name: ``Persona del público``."""

ORDINALS = _both("primer primer/o/a segund/o/a tercer tercer/o/a cuart/o/a quint/o/a sext/o/a septim/o/a octav/o/a")
"""They count posts and people: ``Primera secretaria``, ``Segunda persona del público``."""

INDEFINITE = words("un una otro otra")

_THINGS = words("pregunta respuesta intervencion")

VOICES = words(
    """
    mujer mujeres hombre hombres nino nina ninos ninas joven senor senora femenina masculina femenino masculino off en
    varias voces a coro sin identificar no identificada no identificado de del video
    """
)

POST_WORDS = _both(
    """
    general generales ejecutiv/o/a electoral electorales propietari/o/a suplente nacional local estatal municipal
    federal distrital adjunt/o/a tecnic/o/a interin/o/a provisional legislativ/o/a administrativ/o/a juridic/o/a
    academic/o/a primer primer/o/a segund/o/a honorari/o/a emerit/o/a constitucional regional numerari/o/a
    """
)

_INSTITUTION_HEADS = words(
    """
    instituto tribunal comision congreso camara senado universidad partido organismo organizacion consejo secretaria
    fiscalia suprema sala colegio centro asociacion fundacion gobierno ayuntamiento movimiento observatorio red
    banco procuraduria facultad poder junta grupo unidad direccion coordinacion sistema departamento
    """
)

ACRONYMS = words(
    """
    IMSS ISSSTE INE IEEM OPLE OPLES PRI PAN PRD PT PVEM MC PES RSP FXM UNAM UAEM UAEMEX IPN TEPJF SCJN INFONAVIT
    INMUJERES CENAPRECE BANOBRAS CONAGUA CONAVIM PROFECO SSPC SEDENA SEMAR INEGI INAI IFE FEPADE FISEL ONU OEA PNUD
    UNIORE IDEA TEEM IECM CNDH CEDHJ SEP SAT SHCP CFE PEMEX DIF FGR CIDE COLMEX FLACSO ITESM ITAM UAM BUAP UANL UDG
    IEPC IEPCT IETAM IEEPCO IEEBC IEEQ IEEG IMPEPAC ITE OPLEV CEEPAC IEES IEEPC UTSI DEOE PREP SNTE CNTE AMLO EU EUA
    """
)
PARTIES = phrases(
    """
    morena; verde; partido verde; movimiento ciudadano; movimiento regeneracion nacional; nueva alianza; encuentro
    social; encuentro solidario; vox; podemos; sumar; ciudadanos; junts; compromis; esquerra; bildu; fuerza popular;
    peru libre; accion popular; alianza verde; centro democratico; cambio radical; pacto historico; colombia humana;
    liberal; conservador; independiente; partido conservador; partido liberal; frente amplio; evopoli; renovacion
    nacional; liberacion nacional; hagamos; futuro; podemos; humanista; convergencia
    """
)
"""Parties (folded) that may stand beside a post or a name in parentheses like a name."""

# Acronyms (folded) of things: what a transcript explains, not who speaks.
_NOT_BODIES = words(
    """
    prep tic tics ia lgipe cpeum lgpp lgsmime sije sijes foda pib qr url faq pdf ok vmre vpg vpmrg cae caes ce ces
    ndu pd nota unico unica ultimo ultima ademas logro logros meta metas ventaja ventajas mito mitos dato datos caso
    """
)
_LOCAL_BODY = re.compile(r"(?:IEE|IEPC|TEE|OPLE|IEC|CEE)[A-Z]{0,6}")
_LONGEST_UNKNOWN = 8
_LONGEST_OF_TWO = 4  # OPS/OMS
_LOWER = words("el en para por con contra a al u o ante entre sobre")
_ROMAN = re.compile(r"(?=[IVX])X{0,3}(?:IX|IV|V?I{0,3})")


def is_institution_word(word: str) -> bool:
    """Whether an institution's name may begin with this word: ``Instituto``, or an acronym."""
    return fold(word) in _INSTITUTION_HEADS or is_acronym(word)


def is_acronym(word: str) -> bool:
    """Whether it is an acronym, in a text that is not in capitals throughout."""
    bare = word.strip("().,")
    return bare in ACRONYMS or (2 <= len(bare) <= 12 and bare.isalpha() and is_capitals(bare))


def is_body(words: list[str]) -> bool:
    """Whether these words are an organisation that may speak: ``INE``, ``IEE Sonora``, ``Comisión de Quejas``.

    In capitals throughout, only what is known to be an acronym or the head of an institution's name tells it from a
    heading (``ORDEN DEL DÍA``); a single word in capitals (``NOTA``) is none when it is a word of headings.
    """
    first = words[0].strip("().,")
    if is_known_acronym(first):
        return True
    if len(words) == 1:
        told = is_heading_word(fold(first)) or fold(first) in _NOT_BODIES | ORDINALS
        return is_acronym(first) and len(first) <= _LONGEST_UNKNOWN and not told
    return is_institution_word(first) and not (is_capitals(" ".join(words)) and fold(first) not in _INSTITUTION_HEADS)


def names_a_thing(word: str) -> bool:
    """Whether it is one of the acronyms and words that a transcript explains: ``PREP``, ``NOTA``."""
    return fold(word) in _NOT_BODIES


def is_known_acronym(word: str) -> bool:
    """Whether it is the acronym of a body that this room knows, as printed."""
    return fold(word) not in _NOT_BODIES and (word in ACRONYMS or _LOCAL_BODY.fullmatch(word) is not None)


def counts_people(word: str, following: str) -> bool:
    """Whether a word before a post or a role is part of it: ``Primera secretaria``, ``Otra persona``."""
    first, second = fold(word).strip("."), fold(following).strip(".")
    if second in CROWD_ROLES:
        return (first in ORDINALS or first in INDEFINITE) and second not in _THINGS
    return first in ORDINALS and (second in OFFICERS or second in ROLES)


def role_or_post(word: str) -> bool:
    """Whether a label or a post may begin with this word."""
    folded = fold(word).strip(".").partition("-")[0]  # Alcalde-Presidente
    return folded in POSTS or folded in ROLES or folded in CROWD_ROLES


_ADDRESS = ARTICLES | {"sr", "sra", "srta", "senor", "senora", "senorita", "c", "ciudadano", "ciudadana"}


def post_case(post: str) -> str:
    """A post as it is written in a sentence: without article and courtesy, capitals only where Spanish has them.

    One in capitals gets a capital a word but for particles and keeps acronyms (``Director General del IMSS``): the
    names of institutions inside it are proper names, and nothing tells where they begin.
    """
    words = post.split()
    while len(words) > 1 and fold(words[0]).replace(".", "") in _ADDRESS:
        words = words[1:]
    if is_capitals(" ".join(words)):
        words = [_one_word(word, place) for place, word in enumerate(words)]
    text = " ".join(words)
    return text[:1].upper() + text[1:]


def _one_word(word: str, place: int) -> str:
    bare = word.strip("().,;")
    acronyms = bare in ACRONYMS or ("/" in bare and max(map(len, bare.split("/"))) <= _LONGEST_OF_TWO)
    if acronyms or (word.startswith("(") and bare.isalpha()) or (_ROMAN.fullmatch(bare) and place):
        return word
    if place and (fold(bare) in PARTICLES or fold(bare) in _LOWER):
        return word.lower()
    return with_one_capital(word)


# A post of these is complete without its institution; of others ("Representante del PRD") it is not.
_COMPLETE = frozenset(_both("consejer/o/a magistrad/o/a"))
_OF = re.compile(r" (?:del|de la|de los|de las|de|al|ante el|ante la) ", re.IGNORECASE)


def split_institution(post: str) -> tuple[str, str | None]:
    """Part ``Consejera Electoral del INE`` into post and institution.

    Args:
        post: As ``post_case`` gives it.

    Returns:
        The post, which keeps the institution where it says nothing without it (``Representante del PRD``,
        ``Director General del IMSS``), and the institution or None.
    """
    for found in _OF.finditer(post):
        tail = post[found.end() :]
        first = tail.split(" ", 1)[0]
        if not is_institution_word(first) or not first[:1].isupper():
            continue
        head = post[: found.start()]
        words = [fold(word) for word in head.split()]
        complete = words[0] in _COMPLETE or (words[0].startswith("secretari") and words[-1].startswith("ejecutiv"))
        return (head if complete else post), tail
    return post, None
