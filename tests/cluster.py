"""A real standalone Spark cluster on loopback: one master, two workers with one core each, from pyspark's own jars."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager, suppress
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from servers import free_port

PATIENCE = 60
TOP = Path(__file__).resolve().parents[1]


@dataclass(frozen=True)
class Cluster:
    """The master's URL, the processes of the workers, and Spark's properties that keep the driver on loopback."""

    master: str
    workers: tuple[subprocess.Popen[bytes], ...]
    configuration: dict[str, str]


@contextmanager
def cluster(folder: Path) -> Iterator[Cluster]:
    """Run a cluster until the block ends."""
    port = free_port()
    master = f"spark://127.0.0.1:{port}"
    with ExitStack() as stack:
        arguments = ["master.Master", "--host", "127.0.0.1", "--port", str(port), "--webui-port", str(free_port())]
        stack.enter_context(_running(arguments, folder / "master", "I have been elected leader"))
        workers = [stack.enter_context(_worker(folder / f"worker-{number}", master)) for number in (1, 2)]
        yield Cluster(
            master,
            tuple(workers),
            {
                "spark.driver.host": "127.0.0.1",
                "spark.driver.bindAddress": "127.0.0.1",
                "spark.executor.memory": "512m",
                "spark.executorEnv.PYTHONPATH": str(TOP),
                "spark.ui.enabled": "false",
                "spark.local.dir": str(folder),
            },
        )


def _worker(folder: Path, master: str) -> AbstractContextManager[subprocess.Popen[bytes]]:
    arguments = ["worker.Worker", "--host", "127.0.0.1", "--webui-port", str(free_port()), "--cores", "1"]
    arguments += ["--memory", "1g", "--work-dir", str(folder / "work"), master]
    return _running(arguments, folder, "Successfully registered with master")


@contextmanager
def _running(arguments: list[str], folder: Path, sign: str) -> Iterator[subprocess.Popen[bytes]]:
    """Run a daemon of Spark in a process group of its own, which ends with the block; wait for its sign of life."""
    spec = find_spec("pyspark")
    assert spec
    assert spec.origin
    home = Path(spec.origin).parent
    folder.mkdir(parents=True)
    daemon, *rest = arguments
    command = [str(home / "bin" / "spark-class"), f"org.apache.spark.deploy.{daemon}", *rest]
    environment = {**os.environ, "SPARK_HOME": str(home), "SPARK_LOCAL_IP": "127.0.0.1", "PYTHONPATH": str(TOP)}
    environment |= {"SPARK_DAEMON_MEMORY": "256m", "PYSPARK_PYTHON": sys.executable}
    log = folder / "output.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            command, env=environment, stdout=output, stderr=output, stdin=subprocess.DEVNULL, start_new_session=True
        )
        try:
            _await(process, log, sign)
            yield process
        finally:
            kill(process)


def kill(process: subprocess.Popen[bytes]) -> None:
    """End a daemon and all that it started, at once."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _await(process: subprocess.Popen[bytes], log: Path, sign: str) -> None:
    last = time.monotonic() + PATIENCE
    while time.monotonic() < last:
        said = log.read_text(errors="replace")
        if sign in said:
            return
        assert process.poll() is None, said
        time.sleep(0.2)
    raise AssertionError(f"{sign!r} was not said in {PATIENCE} s: {log.read_text(errors='replace')}")
