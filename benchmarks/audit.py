"""Every audit of the pages and of the API, one after the other; prints a table at the end.

    python benchmarks/audit.py [axe] [html] [peso] [lighthouse] [api]

Without names, all of them (some twenty minutes, most of them Lighthouse's five runs a page). `make audit` installs
what they need. Exit code 1 when a figure is missed, or could not be measured.
"""

from __future__ import annotations

import sys

import audit_api
import audit_axe
import audit_html
import audit_lighthouse
import audit_weight

AUDITS = {
    "axe": (audit_axe.main, "axe-core: 0 violaciones, nada bloqueado, nada más ancho que la ventana"),
    "html": (audit_html.main, "vnu: 0 errores; feedparser: 0 faltas"),
    "peso": (audit_weight.main, f"página de resultados: menos de {audit_weight.MOST:,} bytes en total"),
    "lighthouse": (audit_lighthouse.main, f"Lighthouse, mediana de {audit_lighthouse.RUNS}: {audit_lighthouse.LEAST}"),
    "api": (audit_api.main, f"schemathesis: {audit_api.CASES:,} casos, ningún 500"),
}


def main() -> int:
    """Run those asked for."""
    names = sys.argv[1:] or list(AUDITS)
    if unknown := set(names) - set(AUDITS):
        print(f"No hay estas revisiones: {', '.join(sorted(unknown))}. Las que hay: {', '.join(AUDITS)}.")
        return 2
    passed = {}
    for name in names:
        print(f"== {name}", flush=True)
        passed[name] = AUDITS[name][0](lambda line: print(line, flush=True))
    print("\nRevisión     Cifra")
    for name in names:
        print(f"{'pasa ' if passed[name] else 'FALLA'}  {name:<11} {AUDITS[name][1]}")
    return 0 if all(passed.values()) else 1


if __name__ == "__main__":
    sys.exit(main())
