#!/usr/bin/env python3
"""A thousand slow clients, and others who are answered as usual.

    check_slow.py PURSER

slowhttptest sends heads, bodies and reads as slowly as it can; meanwhile somebody else asks for
/health and for a page.
"""

import subprocess
import sys
import threading
import time

from desk import Desk, Judge

# Of 100 answers 97 within the first, all within the second: the program has sanitizers, and the
# machine other things to do.
USUAL_S, LONGEST_S = 0.5, 5
ATTACK_S = 6
KINDS = {"heads": ["-H"], "bodies": ["-B", "-t", "POST"], "reads": ["-X", "-w", "1", "-y", "2", "-k", "3"]}


def waits(visitor, path, ended):
    """How long each answer takes, in seconds, while something else goes on."""
    times = []
    while not ended.is_set():
        begun = time.monotonic()
        page = visitor.get(path)
        times.append(time.monotonic() - begun if page.status == 200 else 99)
        time.sleep(0.05)
    return sorted(times)


def watch(desk, judge, name, attack):
    """Runs the attack; others' answers meanwhile."""
    chair, ended, seen = desk.sign_in("chair"), threading.Event(), {}
    threads = []
    for path, visitor in (("/health", desk.visitor()), ("/SSR2", chair)):
        def look(path=path, visitor=visitor):
            seen[path] = waits(visitor, path, ended)
        threads.append(threading.Thread(target=look))
        threads[-1].start()
    attack()
    ended.set()
    for thread in threads:
        thread.join()
    for path, times in seen.items():
        usual, longest = times[len(times) * 97 // 100], times[-1]
        judge(len(times) > 10 and longest < LONGEST_S and (usual < USUAL_S or path != "/health"),
              f"beside a thousand slow {name} {path} is answered as usual", usual, longest)
        print(f"slow {name}: {path} within {usual:.3f} s, {longest:.3f} s at most of {len(times)}")


def main():
    judge = Judge()
    with Desk(sys.argv[1]) as desk:
        url = f"http://127.0.0.1:{desk.port}/sign-in"
        for name, options in KINDS.items():
            done = []

            def attack(options=options, done=done):
                done.append(subprocess.run(
                    ["slowhttptest", "-c", "1000", "-r", "1000", "-i", "1", "-l", str(ATTACK_S), "-u",
                     url, *options], capture_output=True, text=True, timeout=120))
            watch(desk, judge, name, attack)
            judge(done[0].returncode == 0, f"slowhttptest played slow {name}", done[0].stdout[-800:],
                  done[0].stderr)
        judge(desk.stop() == 0, "and the server ends well", getattr(desk, "said", ""))
    return judge.end(at_least=10)


if __name__ == "__main__":
    sys.exit(main())
