"""What a file holds and nobody said is listed before it is published."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from tests.search_app.desk.desk_office import office, sent

pytestmark = pytest.mark.long


def test_the_preview_lists_what_is_left_out_with_its_reason(tmp_path: Path) -> None:
    page = "<nav><a href='/'>Portada</a></nav><p>Moderadora: Buenas tardes.</p><div hidden>Borrador</div>"
    with office(tmp_path, minutes=2) as furnished:
        staff = furnished.client()
        file = (io.BytesIO(page.encode()), "sesion.html")
        shown = staff.get(sent(staff, "/acervo/agregar", {"archivo": file}).headers["Location"]).text
    assert "Lo que no se dijo y se deja fuera" in shown
    assert '<span class="menor">Enlaces de la página web:</span> Portada' in shown
    assert '<span class="menor">Texto oculto:</span> Borrador' in shown
    assert "Se dejó fuera de lo dicho (texto oculto): «Borrador»" in shown
