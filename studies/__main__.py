"""`python -m studies [name …]`: all studies, or those named (trend, forecast, forecast_choice, disclosure, population)."""

from __future__ import annotations

import os
import sys
import time

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[name] = "1"  # before NumPy: two threads are slower than one on arrays of this size


def say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def main() -> int:
    from studies import disclosure, forecast, forecast_choice, population, trend
    from studies.data import SHARED

    if not SHARED.is_dir():
        say(
            f"The real data are not beside the project ({SHARED.parent.name}/{SHARED.name}): nothing to study."
        )
        return 1
    studies = {
        "trend": trend.main,
        "forecast": forecast.main,
        "forecast_choice": forecast_choice.main,
        "disclosure": disclosure.main,
        "population": population.main,
    }
    for name in sys.argv[1:] or studies:
        began = time.process_time()
        say(studies[name]())
        say(f"\n{name}: {time.process_time() - began:.0f} s of CPU\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
