"""One node of OpenSearch for the tests: started from Maven's artifacts at its first use, ended with the tests."""

import atexit
import functools
import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path

SOURCES = Path(__file__).parent / "node"
NODE = "CONSTA_PRUEBAS_OPENSEARCH"
"""Names a node that runs already, so that several runs of the tests share it."""
ENDING = ExitStack()
"""What the end of the tests closes."""
atexit.register(ENDING.close)


@functools.cache
def options() -> Mapping[str, str]:
    """How to reach the node; the first call starts it, unless one is named."""
    address = os.environ.get(NODE) or _started()
    return {"servidores": address, "copias": "0", "plazo": "60"}


def _started() -> str:
    work = Path(ENDING.enter_context(tempfile.TemporaryDirectory(prefix="consta-nodo-")))
    shutil.copytree(SOURCES, work, dirs_exist_ok=True)
    subprocess.run(["mvn", "-q", "-B", "dependency:copy-dependencies", "-DoutputDirectory=lib"], cwd=work, check=True)
    subprocess.run(["javac", "-cp", "lib/*", "-d", "classes", "TestNode.java"], cwd=work, check=True)
    http, transport = _free_port(), _free_port()
    command = ["java", "-Xms512m", "-Xmx512m", "-XX:+UseSerialGC", "-Dlog4j.configurationFile=log4j2.properties"]
    command += ["-Dlog4j2.disable.jmx=true", "-Dio.netty.noUnsafe=true", "-cp", "classes:lib/*", "TestNode"]
    command += ["path.home=home", "node.name=n1", "cluster.name=consta-test", "network.host=127.0.0.1"]
    command += [f"http.port={http}", f"transport.port={transport}", "discovery.type=single-node"]
    command += ["action.auto_create_index=false", "cluster.routing.allocation.disk.threshold_enabled=false"]
    node = subprocess.Popen(command, cwd=work, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    ENDING.callback(node.communicate)  # closes its input, which ends it
    assert node.stdout is not None
    assert node.stdout.readline() == "READY\n"
    return f"http://127.0.0.1:{http}"


def _free_port() -> int:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        return int(held.getsockname()[1])
