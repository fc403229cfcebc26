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

PATIENCE, LOG = 60, "output.log"
TOP = Path(__file__).resolve().parents[1]
LIGHT = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto")
"""Options for Java machines that live for seconds: a third of the time that they take to start otherwise."""
QUICK = {
    "spark.driver.extraJavaOptions": " ".join(LIGHT),
    "spark.executor.extraJavaOptions": " ".join(LIGHT),
    "spark.shuffle.io.retryWait": "200ms",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
}
"""Properties of Spark that make small jobs quick; what is computed does not depend on them."""


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
        master_process = stack.enter_context(_running(arguments, folder / "master"))
        _await(master_process, folder / "master" / LOG, "I have been elected leader")
        workers = [stack.enter_context(_worker(folder / f"worker-{number}", master)) for number in (1, 2)]
        for number, worker in enumerate(workers, 1):
            _await(worker, folder / f"worker-{number}" / LOG, "Successfully registered with master")
        yield Cluster(
            master,
            tuple(workers),
            {
                **QUICK,
                "spark.driver.host": "127.0.0.1",
                "spark.driver.bindAddress": "127.0.0.1",
                "spark.executor.memory": "512m",
                "spark.executorEnv.PYTHONPATH": str(TOP),
                "spark.local.dir": str(folder),
            },
        )


def _worker(folder: Path, master: str) -> AbstractContextManager[subprocess.Popen[bytes]]:
    arguments = ["worker.Worker", "--host", "127.0.0.1", "--webui-port", str(free_port()), "--cores", "1"]
    arguments += ["--memory", "1g", "--work-dir", str(folder / "work"), master]
    return _running(arguments, folder)


@contextmanager
def _running(arguments: list[str], folder: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Run a daemon of Spark in a process group of its own, which ends with the block.

    Java is started with Spark's jars at once, since Spark's own script starts a second one only to find that out.
    """
    spec = find_spec("pyspark")
    assert spec
    assert spec.origin
    home = Path(spec.origin).parent
    folder.mkdir(parents=True)
    daemon, *rest = arguments
    command = [_java(), *LIGHT, "-Xmx256m", "-cp", str(home / "jars" / "*"), f"org.apache.spark.deploy.{daemon}", *rest]
    environment = {**os.environ, "SPARK_HOME": str(home), "SPARK_LOCAL_IP": "127.0.0.1", "PYTHONPATH": str(TOP)}
    scala = next((home / "jars").glob("spark-core_*.jar")).name.removeprefix("spark-core_").partition("-")[0]
    environment |= {"PYSPARK_PYTHON": sys.executable, "SPARK_SCALA_VERSION": scala}
    with (folder / LOG).open("wb") as output:
        process = subprocess.Popen(
            command, env=environment, stdout=output, stderr=output, stdin=subprocess.DEVNULL, start_new_session=True
        )
    try:
        yield process
    finally:
        kill(process)


def _java() -> str:
    """Return the Java that Spark would take."""
    home = os.environ.get("JAVA_HOME")
    return str(Path(home) / "bin" / "java") if home else "java"


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
