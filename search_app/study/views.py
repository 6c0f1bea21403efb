"""``/en-contexto``, ``/compania``, ``/claves`` and ``/comparar``."""

from flask import Blueprint, Response, render_template, request

from search_app.asking.parameters import choice
from search_app.citations.cited import today
from search_app.exporting.downloads import made_on_disk, named
from search_app.http.answers import asked_separator, base, csv_response, current_index, pairs
from search_app.http.few_at_once import few_at_once
from search_app.study.comparison import comparison_page
from search_app.study.comparison_counts import comparison_csv, read_comparison
from search_app.study.concordance import POSITIONS, ConcordanceAsked, concordance_page, heading, read_concordance
from search_app.study.contrast_page import COMPANY, KEYWORDS, Study, read_study, study_page, study_table
from search_app.study.lines_file import FORMATS, LinesFile, LinesFormat
from search_app.study.words_asked import first_values

study = Blueprint("study", __name__)


@study.get("/en-contexto")
@few_at_once()
def in_context() -> str | Response:
    """Every occurrence of a search, one per line; with ``formato``, all of them as a file."""
    asked, given = read_concordance(pairs()), first_values(pairs())
    if "formato" in given and asked.any:
        return _lines(asked, FORMATS[choice("formato", given["formato"], FORMATS)])
    with current_index().now() as (index, collection):
        page = concordance_page(asked, index, collection)
    return render_template("study/concordance.html", pagina=page, posiciones=POSITIONS)


def _lines(asked: ConcordanceAsked, form: LinesFormat) -> Response:
    with current_index().now() as (index, collection):
        found = index.lines(asked.search.query(), asked.lines())
        lines = LinesFile(found, index, collection, heading(asked), base(), today(), asked_separator())
        name = f"contexto-{asked.name}-{collection.catalogue.edition}"
        return made_on_disk(lambda out: form.write(out, lines), name, form.suffix, form.mimetype)


@study.get(COMPANY.path, defaults={"kind": COMPANY})
@study.get(KEYWORDS.path, defaults={"kind": KEYWORDS})
def of_words(kind: Study) -> str | Response:
    """The words that belong to a search; with ``formato=csv``, all of them as a table."""
    asked, given = read_study(kind, pairs()), first_values(pairs())
    with current_index().now() as (index, collection):
        if choice("formato", given.get("formato", ""), ("", "csv")):
            table = study_table(asked, index, base(), asked_separator())
            answer = Response(table, mimetype="text/csv; charset=utf-8; header=present")
            return named(answer, f"{kind.path[1:]}-{asked.search.text[:40]}-{collection.catalogue.edition}", "csv")
        page = study_page(asked, index, collection)
    return render_template("study/contrast.html", **page)


@study.get("/comparar")
def compare() -> str | Response:
    """Up to four terms over mesas, days, years, people or entities; with ``formato=csv``, every row."""
    comparison = read_comparison(pairs())
    with current_index().now() as (index, collection):
        if request.args.get("formato") == "csv":
            return csv_response(comparison_csv(comparison, index, collection, asked_separator()), "comparar")
        page = comparison_page(comparison, index, collection)
    return render_template("study/comparison.html", pagina=page)
