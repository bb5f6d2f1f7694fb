#!/usr/bin/env python3
"""What the sanitizers of the dev preset find ends a program with 86, and names the line.

    check_sanitizers.py PURSER

A small program that does one thing wrong at a time, built with the preset's flags, in the
surroundings that ctest gives to each test.
"""

import json
import os
import pathlib
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from support.purser import SOURCE, Verdict

PROGRAM = """\
#include <climits>
#include <cstdlib>
int numbers[4];
void* volatile kept;
struct Pair { int first, second; };
int main(int count, char** words) {
    switch (words[1][0]) {
    case 'o': return INT_MAX - 1 + count;
    case 'i': return numbers[count + 2];
    case 's': return 1 << (count + 30);
    case 'n': return static_cast<Pair*>(count == 2 ? nullptr : std::malloc(8))->second;
    case 'h': return static_cast<volatile int*>(std::malloc(4))[count];
    case 'l': for (int i = 0; i < 9; ++i) kept = std::malloc(4);
    }
    return 0;
}
"""
# What is wrong, by its letter; a leak is found at the end and has no line.
WRONG = {"overflow": 8, "index": 9, "shift": 10, "null": 11, "heap": 12, "leak": None}


def main():
    verdict = Verdict()
    presets = json.loads((SOURCE / "CMakePresets.json").read_text())["configurePresets"]
    dev = next(one["cacheVariables"] for one in presets if one["name"] == "dev")
    flags = (dev["CMAKE_CXX_FLAGS"] + " " + dev["CMAKE_CXX_FLAGS_DEBUG"]).split()
    surroundings = os.environ.get("ASAN_OPTIONS", "")
    verdict.expect("exitcode=86" in surroundings, "ctest runs this: ctest -R cmake.sanitizers")
    with tempfile.TemporaryDirectory(prefix="purser-sanitizers-") as place:
        source, program = pathlib.Path(place, "wrong.cpp"), pathlib.Path(place, "wrong")
        source.write_text(PROGRAM)
        subprocess.run(["g++", "-std=c++20", *flags, source, "-o", program], check=True)
        for what, line in WRONG.items():
            done = subprocess.run([program, what], capture_output=True, text=True, check=False)
            told = line is None or f"wrong.cpp:{line}" in done.stderr
            verdict.expect(done.returncode == 86 and told, f"{what} is found: {done}")
        done = subprocess.run([program, "right"], capture_output=True, text=True, check=False)
        verdict.expect(done.returncode == 0 and not done.stderr, f"nothing else is: {done}")
    verdict.finish("sanitizers")


if __name__ == "__main__":
    main()
