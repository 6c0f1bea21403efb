"""A cluster that does not answer is an error in words; settings that cannot be meant are refused."""

import socket

import pytest

from indexer.engines.opensearch.client import Client
from indexer.errors import EngineUnavailable, SettingInvalid


def test_hosts_that_do_not_answer_are_an_error_never_an_empty_answer() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # nobody listens there
        client = Client({"servidores": f"http://127.0.0.1:{taken.getsockname()[1]}"})
        with pytest.raises(EngineUnavailable, match="no contesta"):
            client.search("consta-1", {})


@pytest.mark.parametrize(
    "options", [{}, {"servidores": "nodo1:9200"}, {"servidores": "http://n", "copias": "dos"}, {"color": "rojo"}]
)
def test_options_that_cannot_be_meant_are_refused(options: dict[str, str]) -> None:
    with pytest.raises(SettingInvalid, match="CONSTA_OPENSEARCH_"):
        Client(options)
