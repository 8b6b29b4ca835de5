"""Cleans the polluted copies in ../shared/seeds and compares with proofread texts.

Those were written down by reading the copies, and not taken from what the cleaner made of them. Only
digests are kept: `seeds.json` has for each copy that of every line, and the number of places that nobody
can know (`?` in place of some dot).
"""

from __future__ import annotations

import json
import sys
from hashlib import sha256
from pathlib import Path

from pipelines.clean import clean

HERE = Path(__file__).parent
SEEDS = HERE.parent.parent / "shared" / "seeds"


def digest(line: str) -> str:
    return sha256(line.encode()).hexdigest()[:16]


def complaint(name: str, proof: dict[str, object]) -> str | None:
    """What is wrong with the cleaning of one seed."""
    cleaned = clean((SEEDS / name).read_text("utf-8"))
    lines = [digest(line) for line in cleaned.text.rstrip("\n").split("\n")]
    wanted = str(proof["lines"]).split()
    for number, (found, expected) in enumerate(zip(lines, wanted, strict=False), 1):
        if found != expected:
            return f"line {number} differs from the proofread text"
    if len(lines) != len(wanted):
        return f"{len(lines)} lines for {len(wanted)}"
    if cleaned.pollution.unresolved != proof["unresolved"]:
        return f"{cleaned.pollution.unresolved} places unresolved for {proof['unresolved']}"
    return None


def main() -> int:
    if not SEEDS.is_dir():
        sys.stdout.write("no seeds here, nothing checked\n")
        return 0
    proofs = json.loads((HERE / "seeds.json").read_text("utf-8"))
    complaints = {name: said for name, proof in proofs.items() if (said := complaint(name, proof))}
    for name, said in complaints.items():
        sys.stderr.write(f"{name}: {said}\n")
    exact = len(proofs) - len(complaints)
    sys.stdout.write(f"{exact} of {len(proofs)} polluted copies are cleaned exactly\n")
    return 1 if complaints else 0


if __name__ == "__main__":
    sys.exit(main())
