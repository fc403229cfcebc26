"""`python -m shanxi_kg` is `shanxi-kg`."""

from __future__ import annotations

from shanxi_kg.cli import main

if __name__ == "__main__":
    main()
