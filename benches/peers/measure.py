"""Runs jiaogao and its peers on the same drafts, in turn, and prints the best times and their ratios."""

import argparse
import os
import pathlib
import shutil
import subprocess
import threading
import time

# Seconds that a program may take.
PATIENCE = 60

MANY = "many"


def drafts(samples, folder):
    """One draft of ten kilobytes, two thousand of them, and one of ten megabytes: reports whose rarer characters differ from draft to draft.
    Gives what each is called, its path in the folder, and how often it is to be measured."""
    text = "\n".join(path.read_text() for path in sorted(samples.glob("*.md")))
    counts = {}
    for char in text:
        counts[char] = counts.get(char, 0) + 1

    def estranged(char, shift):
        code = ord(char)
        if counts[char] >= 60 or not 0x4E00 <= code < 0x9E00:
            return char
        return chr(0x4E00 + (code - 0x4E00 + shift * 37) % 0x5000)

    def report(number, size):
        start = number * 1699 % len(text)
        piece = (text[start:] + text)[: size // 2]
        return "".join(estranged(char, number) for char in piece).encode()[:size].decode(errors="ignore")

    folder.mkdir(parents=True, exist_ok=True)
    (folder / "one.md").write_text(report(1, 9_500))
    many = folder / MANY
    if not many.exists():
        many.mkdir()
        for number in range(2_000):
            (many / f"{number}.md").write_text(report(number, 9_500))
    with open(folder / "long.md", "w") as long:
        for number in range(1_050):
            long.write(report(number, 9_500) + "\n")
    return [("one draft, 9.5 kB", "one.md", 20), ("2,000 drafts, 19 MB", MANY, 5), ("one draft, 10 MB", "long.md", 3)]


def measure(command, folder):
    """Seconds from start to exit, seconds of processor time, and megabytes at most, or None if it takes too long."""
    begin = time.perf_counter()
    child = subprocess.Popen(command, cwd=folder, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    timer = threading.Timer(PATIENCE, child.kill)
    timer.start()
    _, status, usage = os.wait4(child.pid, 0)
    wall = time.perf_counter() - begin
    timer.cancel()
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode < 0:
        return None
    return wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def programs(jiaogao, peers):
    """How each program is called in the folder of drafts; `path` is relative, which zhlint insists on."""
    venv, node = peers / "venv/bin", peers / "node_modules/.bin"
    programs = {
        "jiaogao": lambda path: [jiaogao, "lint", "--isolated", "--quiet", "--output-format", "concise", path],
        "typos": lambda path: [venv / "typos", "--isolated", path],
        # It looks through no folder but its own.
        "limae": lambda path: [venv / "limae", "--all"] if path == MANY else [venv / "limae", path],
        "autocorrect": lambda path: [node / "autocorrect", "--lint", path],
        "zhlint": lambda path: [node / "zhlint", f"{path}/*.md" if path == MANY else path],
    }
    if shutil.which("rg"):
        programs["rg, two words"] = lambda path: ["rg", "-c", "小麦|全县", path]
    return programs


def main():
    parser = argparse.ArgumentParser()
    for name in ["jiaogao", "peers", "drafts", "samples"]:
        parser.add_argument(f"--{name}", type=lambda path: pathlib.Path(path).resolve(), required=True)
    arguments = parser.parse_args()
    commands = programs(arguments.jiaogao, arguments.peers)
    print(f"{os.cpu_count()} processors, the best of several rounds; ratio: jiaogao to the peer")
    for title, path, rounds in drafts(arguments.samples, arguments.drafts):
        results = {name: [] for name in commands}
        for _ in range(rounds):
            # In turn, so that what else the machine does meets all alike.
            for name, command in commands.items():
                folder = arguments.drafts / MANY if name == "limae" and path == MANY else arguments.drafts
                if None not in results[name]:
                    results[name].append(measure(command(path), folder))
        print(f"\n{title:<22} {'seconds':>9} {'ratio':>7} {'processor':>10} {'ratio':>7} {'MB':>6}")
        best = {name: [min(column) for column in zip(*found)] for name, found in results.items() if None not in found}
        for name in commands:
            if name not in best:
                print(f"{name:<22} {f'> {PATIENCE}':>9}")
                continue
            wall, processor, memory = best[name]
            ratios = [f"{own / max(theirs, 1e-3):>7.2f}" for own, theirs in zip(best["jiaogao"], best[name])]
            print(f"{name:<22} {wall:>9.3f} {ratios[0]} {processor:>10.3f} {ratios[1]} {memory:>6.0f}")


if __name__ == "__main__":
    main()
