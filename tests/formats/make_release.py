"""Makes the files of a release, which later ones must read: a fictitious corpus with all that lies beside it, its
index, a backup, and what it answers. The commands of that release write them.

    python tests/formats/make_release.py TARGET.tar.gz [ROOT OF THE RELEASE]

Run it once for each release that changes a format, and keep what it writes beside it.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

TURNS = (
    "MODERADORA: Damos inicio a la mesa ficticia sobre casillas.",
    "CONSEJERA EVA PRUEBA: La palabra xilocopa se dijo aquí, y las casillas abren a las ocho de la mañana.",
    "CONSEJERO LUIS INVENTADO: El conteo rápido termina antes de medianoche, según el acuerdo que no existe.",
    "MODERADORA: Gracias, y hasta aquí llegamos.",
)
PASSWORD = "cuatro palabras bien largas"
JOB = """
import sys
from pathlib import Path
from search_app.desk.jobs.job import CommandCall
from search_app.desk.jobs.job_store import JobStore
store = JobStore(Path(sys.argv[1]))
calls = (CommandCall("agregar", options={"mesa": "foro/mesa-2", "tipo": "descripcion"}, with_file=True),)
store.put(store.new("Ana Ruiz", "10.0.0.7", state="espera", page="foro/mesa-2", calls=calls), b"De que trata.", ".txt")
"""
ANSWERS = """
import json, sys
from pathlib import Path
from indexer.engines import open_index
from indexer.model import PageId
index = open_index(Path(sys.argv[1]))
catalogue = index.overview().catalogue
pages = {name: index.session(PageId.parse(name)) for name in catalogue.pages}
texts = {name: [[one.number, one.text] for one in page.passages] for name, page in pages.items() if page}
print(json.dumps({"edicion": catalogue.edition, "fragmentos": texts}))
"""


def main(target: Path, root: Path) -> None:
    """Write them."""
    with tempfile.TemporaryDirectory() as made:
        work = Path(made)
        corpus, index = work / "corpus", work / "indice"
        corpus.mkdir()

        def run(*words: str, given: str = "", module: bool = True) -> str:
            places = [f"--corpus={corpus}", f"--indice={index}"] if module else []
            line = [sys.executable, *(["-m", "indexer"] if module else ["-c"]), *words, *places]
            return subprocess.run(line, cwd=root, input=given, text=True, check=True, capture_output=True).stdout

        def text(name: str, *turns: str) -> str:
            (work / name).write_text("\n\n".join(turns) + "\n", encoding="utf-8")
            return str(work / name)

        run("nuevo", "foro", "--titulo=Foro ficticio", "--fecha=2025-12-04")
        toml = corpus / "foro/evento.toml"
        toml.write_text(f"{toml.read_text(encoding='utf-8')}\nficticio = true\n", encoding="utf-8")
        run("agregar", text("anuncio.txt", "Habrá dos mesas ficticias."), "--evento=foro", "--tipo=anuncio")
        for number in (1, 2):
            run("agregar", text("voz.txt", *TURNS), f"--mesa=foro/mesa-{number}", f"--titulo=Mesa {number}")
        run("agregar", text("voz.txt", TURNS[0], *TURNS[2:]), "--mesa=foro/mesa-1", "--reemplazar")
        run("retirar", "foro/mesa-2#p3", "--motivo=A petición", "--conservar")
        run("reporte", "foro/mesa-1#p1", given=json.dumps({"frase": "Damos inicio", "texto": "No se oye."}))
        run("cuenta", "Ana Ruiz", "--clave-por-entrada", given=PASSWORD)
        run(JOB, str(corpus), module=False)
        (work / "responde.json").write_text(run(ANSWERS, str(index), module=False), encoding="utf-8")
        kept = ["corpus", "indice", "responde.json"]
        if (root / "indexer/cli/backups.py").is_file():
            run("respaldar", str(work / "respaldo.tar.gz"))
            kept.append("respaldo.tar.gz")
        with tarfile.open(target, "w:gz") as tar:
            for name in kept:
                tar.add(work / name, name)


if __name__ == "__main__":
    main(Path(sys.argv[1]).absolute(), Path(sys.argv[2] if len(sys.argv) > 2 else Path(__file__).parents[2]).absolute())
