"""Speaks HTTP to a cluster. What fails on one host is asked of the next one: every request of ours may be repeated."""

import base64
import http.client
import json
import ssl
import time
import urllib.error
import urllib.request
from collections.abc import Iterable, Mapping
from typing import Any

from indexer.errors import EngineUnavailable, SettingInvalid

Body = Mapping[str, Any]
ROUNDS = 2
"""How often every host is asked."""
PAUSE_S = 0.2
_BUSY = frozenset({429, 500, 502, 503, 504})
_OPTIONS = frozenset({"servidores", "ca", "usuario", "clave", "llave", "plazo", "prefijo", "particiones", "copias"})
_LONG_S = 120


class Client:
    """The hosts of one cluster, and how to be let in. Threads may share it."""

    def __init__(self, options: Mapping[str, str]) -> None:
        """Read the options of ``docs/cluster.md``.

        Raises:
            SettingInvalid: One is unknown, missing or cannot be read.
        """
        if unknown := set(options) - _OPTIONS:
            raise SettingInvalid(
                f"CONSTA_OPENSEARCH_{min(unknown).upper()}: no hay esa opción. Las hay: {', '.join(sorted(_OPTIONS))}"
            )
        self.options = options
        self._hosts = [host.strip().rstrip("/") for host in options.get("servidores", "").split(",") if host.strip()]
        if not self._hosts or not all(host.startswith(("http://", "https://")) for host in self._hosts):
            raise SettingInvalid(
                "CONSTA_OPENSEARCH_SERVIDORES: escriba las direcciones del clúster, separadas por comas; por ejemplo: "
                "https://nodo1:9200,https://nodo2:9200"
            )
        self.shards, self.copies = self._number("particiones", 1), self._number("copias", 1)
        self._deadline_s = self._number("plazo", 10)
        self._headers = {"Content-Type": "application/json"}
        if user := options.get("usuario"):
            secret = base64.b64encode(f"{user}:{options.get('clave', '')}".encode()).decode()
            self._headers["Authorization"] = f"Basic {secret}"
        elif key := options.get("llave"):
            self._headers["Authorization"] = f"ApiKey {key}"
        try:
            trust = ssl.create_default_context(cafile=options.get("ca"))
        except OSError as error:
            raise SettingInvalid(f"CONSTA_OPENSEARCH_CA: no se puede leer «{options.get('ca')}»") from error
        self._opener = urllib.request.build_opener(
            urllib.request.ProxyHandler({}), urllib.request.HTTPSHandler(context=trust)
        )

    def _number(self, name: str, default: int) -> int:
        said = str(self.options.get(name, default))
        if not (said.isascii() and said.isdecimal() and len(said) < 5):
            raise SettingInvalid(f"CONSTA_OPENSEARCH_{name.upper()}: «{said}» no es un número entero")
        return int(said)

    def ask(
        self, method: str, path: str, body: Body | None = None, *, missing: bool = False, long: bool = False
    ) -> Any:
        """Send one request and return its answer; None where ``missing`` is allowed and the answer is 404.

        Raises:
            EngineUnavailable: No host answered it in full.
        """
        data = None if body is None else json.dumps(body).encode("utf-8", "surrogatepass")
        return self._send(method, path, data, missing, _LONG_S if long else self._deadline_s)

    def search(self, index: str, body: Body) -> Any:
        """Search an index: all of its shards, or an error."""
        found = self.ask("POST", f"/{index}/_search?allow_partial_search_results=false", body)
        if found["timed_out"] or found["_shards"]["failed"]:
            raise EngineUnavailable("El clúster de OpenSearch contestó solo en parte: no se muestra nada incompleto.")
        return found

    def bulk(self, index: str, documents: Iterable[tuple[str, Body]]) -> None:
        """Write documents under their names; what the cluster puts off for lack of room is sent once more."""
        left = list(documents)
        for attempt in range(4):
            if not left:
                return
            time.sleep(PAUSE_S * attempt)
            lines = (json.dumps(part) for name, document in left for part in ({"index": {"_id": name}}, document))
            data = ("\n".join(lines) + "\n").encode("utf-8", "surrogatepass")
            items = self._send("POST", f"/{index}/_bulk", data, False, _LONG_S)["items"]
            for item in items:
                if item["index"]["status"] >= 400 and item["index"]["status"] not in _BUSY:
                    raise EngineUnavailable(f"OpenSearch no aceptó un fragmento: {item['index']['error']['reason']}")
            left = [one for one, item in zip(left, items, strict=True) if item["index"]["status"] >= 400]
        raise EngineUnavailable("OpenSearch está saturado: no aceptó todos los fragmentos. Vuelva a intentarlo.")

    def _send(self, method: str, path: str, data: bytes | None, missing: bool, deadline_s: float) -> Any:
        reason = ""
        for attempt in range(ROUNDS * len(self._hosts)):
            host = self._hosts[attempt % len(self._hosts)]
            if attempt >= len(self._hosts):
                time.sleep(PAUSE_S)
            asked = urllib.request.Request(host + path, data, self._headers, method=method)
            try:
                with self._opener.open(asked, timeout=deadline_s) as answer:
                    return json.load(answer)
            except urllib.error.HTTPError as error:
                with error:
                    text = error.read().decode("utf-8", "replace")
                if error.code == 404 and missing:
                    return None
                reason = f"{host}: {error.code}, {text[:300]}"
                if error.code not in _BUSY:
                    break
            except (OSError, http.client.HTTPException, ValueError) as error:
                reason = f"{host}: {getattr(error, 'reason', error)}"
        raise EngineUnavailable(f"El clúster de OpenSearch no contesta como debe ({reason}). Vuelva a intentarlo.")
