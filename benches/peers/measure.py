"""Runs jiaogao and its peers on the same drafts, in turn, and prints the medians and their ratios."""

import argparse
import os
import pathlib
import resource
import shutil
import statistics
import subprocess
import time

ROUNDS = 5


def drafts(samples, folder):
    """One draft of ten kilobytes, two thousand of them, and one of ten megabytes: reports whose rarer characters differ from draft to draft."""
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
    many = folder / "many"
    if not many.exists():
        many.mkdir()
        for number in range(2_000):
            (many / f"{number}.md").write_text(report(number, 9_500))
    with open(folder / "long.md", "w") as long:
        for number in range(1_050):
            long.write(report(number, 9_500) + "\n")
    return [("one draft, 9.5 kB", folder / "one.md"), ("2,000 drafts, 19 MB", many), ("one draft, 10 MB", folder / "long.md")]


def measure(command, patience):
    """Seconds from start to exit, seconds of processor time, and megabytes, or None if it takes too long."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.perf_counter()
    try:
        subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=patience, check=False)
    except subprocess.TimeoutExpired:
        return None
    wall = time.perf_counter() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return wall, after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime


def main():
    parser = argparse.ArgumentParser()
    for name in ["jiaogao", "peers", "drafts", "samples"]:
        parser.add_argument(f"--{name}", type=pathlib.Path, required=True)
    arguments = parser.parse_args()
    bin, node = arguments.peers / "venv/bin", arguments.peers / "node_modules/.bin"
    programs = {
        "jiaogao": lambda path: [arguments.jiaogao, "lint", "--isolated", "--quiet", "--output-format", "concise", path],
        "typos": lambda path: [bin / "typos", "--isolated", path],
        "limae": lambda path: [bin / "limae", path],
        "autocorrect": lambda path: [node / "autocorrect", "--lint", path],
        "zhlint": lambda path: [node / "zhlint", path / "*.md" if path.is_dir() else path],
    }
    if shutil.which("rg"):
        programs["rg, two words"] = lambda path: ["rg", "-c", "小麦|全县", path]
    print(f"{os.cpu_count()} processors, medians of {ROUNDS} rounds")
    for title, path in drafts(arguments.samples, arguments.drafts):
        results = {name: [] for name in programs}
        for _ in range(ROUNDS):
            # In turn, so that what else the machine does meets all alike.
            for name, command in programs.items():
                found = measure(command(path), 60) if None not in results[name] else None
                results[name].append(found)
        print(f"\n{title:<22} {'seconds':>9} {'processor':>10} {'ratio':>7}")
        medians = {name: found and [statistics.median(column) for column in zip(*found)] for name, found in results.items() if None not in found}
        own = medians["jiaogao"][1]
        for name in programs:
            if name not in medians:
                print(f"{name:<22} {'> 60':>9}")
                continue
            wall, processor = medians[name]
            print(f"{name:<22} {wall:>9.3f} {processor:>10.3f} {own / max(processor, 1e-4):>7.1f}")
    print("\nratio: processor time of jiaogao to that of the peer")


if __name__ == "__main__":
    main()
