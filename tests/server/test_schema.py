"""The API against its own description: whatever is asked, no answer is a defect, and each is as described."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from serving import Served

pytestmark = [pytest.mark.server, pytest.mark.slow]

CHECKS = "not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance"


def test_no_request_that_the_description_allows_or_forbids_finds_a_defect(served: Served, tmp_path: Path) -> None:
    command = [str(Path(sys.executable).parent / "schemathesis"), "run", f"{served.url}/api/openapi.json"]
    options = ["--checks", CHECKS, "--max-examples", "4", "--seed", "1", "--mode", "all", "--no-color"]
    ended = subprocess.run(
        [*command, *options, "--phases", "examples,coverage,fuzzing", "--generation-database", "none"],
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=500,
        cwd=tmp_path,
        env=os.environ | {"PYTHONWARNINGS": "default"},
    )
    assert ended.returncode == 0, ended.stdout[-6000:] + ended.stderr[-2000:]
    generated, passed = re.findall(r"(\d+) generated, (\d+) passed", ended.stdout)[0]
    assert int(passed) == int(generated) > 1000
