"""schemathesis against the API's own description: made-up requests, lawful and not; none may end in a 500.

python benchmarks/audit_api.py [CASES]
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
import urllib.request
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from audit_site import TOOLS, full_site

SCHEMATHESIS = TOOLS / "venv" / "bin" / "schemathesis"
CASES = 2_000
CHECKS = (
    "not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance,"
    "positive_data_acceptance,unsupported_method,allow_header_conformance"
)
"""What is not asked: that unlawful values be refused. An unknown parameter, or text where a word of a list would be
meant, counts as absent (docs/contract-additions.md)."""
SETTINGS = """
[[operations]]
include-path = "/exportar"
checks.positive_data_acceptance.expected-statuses = ["2xx", "3xx", "4xx"]
"""
"""A file of nothing, or of a fragment that does not exist, is refused: no schema of OpenAPI can say so."""


def main(say: Callable[[str], None] = print, cases: int = CASES) -> bool:
    """Ask; whether there were enough cases and no failure."""
    if not SCHEMATHESIS.exists():
        say("schemathesis: no se midió: falta (make audit lo instala con pip en .auditoria)")
        return False
    with full_site() as address, tempfile.TemporaryDirectory() as work:
        page = f"{address}/api/openapi.json"
        with urllib.request.urlopen(page) as answer:
            operations = len(json.load(answer)["paths"])
        record = Path(work) / "record.ndjson"
        (Path(work) / "schemathesis.toml").write_text(SETTINGS, encoding="utf-8")
        ran = subprocess.run(
            [SCHEMATHESIS, "run", page, "--checks", CHECKS, "--max-examples", str(2 * cases // operations + 1),
             "--phases", "examples,coverage,fuzzing", "--seed", "1", "--continue-on-failure", "--no-color",
             "--generation-database", "none", "--report", "ndjson", "--report-ndjson-path", str(record)],
            capture_output=True, text=True, timeout=3000, cwd=work,
        )  # fmt: skip
        lines = record.read_text(encoding="utf-8") if record.exists() else ""
    statuses = Counter(re.findall(r'"status_code": ?([0-9]{3})', lines))
    told = re.search(r"([0-9,]+) generated", ran.stdout)
    asked = int(told[1].replace(",", "")) if told else 0
    shown = ", ".join(f"{status}: {n}" for status, n in sorted(statuses.items()))
    fives = sum(n for status, n in statuses.items() if status >= "500")
    say(f"schemathesis: {asked:,} casos sobre {operations} direcciones, {fives} respuestas 5xx ({shown})")
    if ran.returncode:
        say(ran.stdout[ran.stdout.find("FAILURES") :][:6000] + ran.stderr[-1000:])
    return ran.returncode == 0 and asked >= cases and not fives


if __name__ == "__main__":
    sys.exit(0 if main(cases=int(sys.argv[1]) if len(sys.argv) > 1 else CASES) else 1)
