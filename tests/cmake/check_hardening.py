#!/usr/bin/env python3
"""What is shipped is compiled and linked with what defends it, and tools/hardened sees it missing.

    check_hardening.py PURSER

The release preset is configured, not built: each command in it is read. A small program is then
built with these very words, and again without each of them.
"""

import json
import pathlib
import platform
import re
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from support.purser import SOURCE, Verdict

COMPILED = ["-O2", "-D_GLIBCXX_ASSERTIONS", "-D_FORTIFY_SOURCE=3", "-fstack-protector-strong",
            "-fstack-clash-protection"]
COMPILED += {"x86_64": ["-fcf-protection"], "aarch64": ["-mbranch-protection=standard"]}.get(
    platform.machine(), [])
LINKED = ["-Wl,-z,relro", "-Wl,-z,now"]
UNDONE = re.compile(r" (-O[01g]|-D_FORTIFY_SOURCE=[012]|-fno-stack-protector|-fcf-protection=none|"
                    r"-DNDEBUG|-no-pie|-fno-pie|-fno-PIE|-Wl,-z,(norelro|lazy|execstack))(?= |$)")
LONG = "a name of more than sixteen letters"
PROGRAM = """
#include <cstdio>
#include <cstring>
int main(int, char** words) {
    char name[16];
    std::strcpy(name, words[1]);
    std::puts(name);
}
"""
# What the small program is built with instead, and what is said of it then.
WORSE = [("-fPIE", "-fno-pie", "-pie", "-no-pie", "same address"),
         ("-D_FORTIFY_SOURCE=3", "-D_FORTIFY_SOURCE=0", "", "", "FORTIFY"),
         ("-fstack-protector-strong", "-fno-stack-protector", "", "", "stack is not protected"),
         ("", "", "-Wl,-z,relro", "-Wl,-z,norelro", "RELRO"),
         ("", "", "-Wl,-z,now", "-Wl,-z,lazy", "BIND_NOW"),
         ("", "", "-pie", "-pie -Wl,-z,execstack", "executed")]


def links(folder):
    """Of each program and each library that one loads: its file, and how it is linked."""
    text = (folder / "build.ninja").read_text()
    for found in re.finditer(r"^build (\S+): CXX_(EXECUTABLE|MODULE_LIBRARY)_LINKER__.*\n"
                             r"((?:  .*\n)+)", text, re.MULTILINE):
        words = re.findall(r"^  (?:LINK_FLAGS|LANGUAGE_COMPILE_FLAGS) = (.*)$", found[3], re.MULTILINE)
        yield found[1], found[2] == "EXECUTABLE", " ".join(words)


def build(folder, compiled, linked):
    source, program = folder / "small.cpp", folder / "small"
    source.write_text(PROGRAM)
    subprocess.run(["g++", *compiled.split(), "-c", source, "-o", folder / "small.o"], check=True)
    subprocess.run(["g++", *linked.split(), folder / "small.o", "-o", program], check=True)
    done = subprocess.run([SOURCE / "tools/hardened", program], capture_output=True, text=True,
                          check=False)
    return program, done


def judge_files(verdict, folder, words):
    """The small program, with all of it and without each."""
    linked = " ".join(["-pie", *LINKED])
    program, done = build(folder, words, linked)
    verdict.expect(done.returncode == 0, f"tools/hardened is content: {done.stderr}")
    run = subprocess.run([program, LONG], capture_output=True, text=True, check=False)
    verdict.expect(run.returncode < 0 and "buffer overflow detected" in run.stderr,
                   f"a copy past the end ends the program: {run}")
    for word, other, at_link, other_at_link, says in WORSE:
        _, done = build(folder, words.replace(word, other) if word else words,
                        linked.replace(at_link, other_at_link) if at_link else linked)
        verdict.expect(done.returncode == 1 and says in done.stderr,
                       f"tools/hardened sees {other or other_at_link}: {done}")


def main():
    verdict = Verdict()
    with tempfile.TemporaryDirectory(prefix="purser-hardening-") as place:
        folder = pathlib.Path(place)
        subprocess.run(["cmake", "--preset", "release", "-B", folder], cwd=SOURCE, check=True,
                       stdout=subprocess.DEVNULL)
        commands = json.loads((folder / "compile_commands.json").read_text())
        verdict.expect(len(commands) > 150, f"{len(commands)} files are compiled")
        for one in commands:
            loaded = " -fPIC " in one["command"]
            wanted = COMPILED + ([] if loaded else ["-fPIE"])
            missing = [word for word in wanted if f" {word} " not in one["command"]]
            verdict.expect(not missing and not UNDONE.search(one["command"]),
                           f"{one['file']} is compiled without {missing}: {one['command']}")
        shipped = list(links(folder))
        names = {pathlib.Path(name).name for name, _, _ in shipped}
        verdict.expect({"purser", "libpurser_http.so"} <= names, f"they are linked: {names}")
        for name, program, flags in shipped:
            missing = [word for word in LINKED + ["-pie"] * program if word not in flags.split()]
            verdict.expect(not missing and not UNDONE.search(" " + flags),
                           f"{name} is linked without {missing}: {flags}")
        rules = (folder / "build.ninja").read_text()
        verdict.expect(re.search(r"COMMAND = .*tools/hardened .*purser .*libpurser_http\.so", rules),
                       "the build looks at the files that are shipped")
        judge_files(verdict, folder, " ".join(COMPILED + ["-fPIE"]))
    verdict.finish("hardening")


if __name__ == "__main__":
    main()
