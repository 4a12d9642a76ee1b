"""Runs lint.py on a cluster of its own, kills a worker and a jiaogao in the middle, and counts the answers."""

import argparse
import collections
import contextlib
import json
import os
import pathlib
import re
import signal
import subprocess
import sys
import tempfile
import time
import urllib.parse

import pyspark

HERE = pathlib.Path(__file__).resolve().parent
WORKERS = 3
PARTITIONS = 12
REPORTS = 480
PATIENCE = 600


def write_reports(samples, folder):
    """Reports of all sorts, some of them in GB18030 and one of them no text at all."""
    texts = [path.read_text() for path in sorted(samples.glob("*.*")) if path.suffix in (".md", ".txt")]
    for number in range(REPORTS):
        path = folder / f"{number % 7}" / f"报告{number}.{'md' if number % 2 else 'txt'}"
        path.parent.mkdir(exist_ok=True)
        text = f"第{number}期。。\n\n{texts[number % len(texts)]}"
        path.write_bytes(text.encode("gb18030" if number % 5 == 0 else "utf-8"))
    (folder / "0" / "broken.txt").write_bytes(b"\0\xff\xfe\xff")


class Jiaogao:
    """A script that notes each start before it becomes the real program."""

    def __init__(self, program, folder):
        self.starts = folder / "starts"
        self.starts.touch()
        self.path = folder / "jiaogao"
        self.path.write_text(f'#!/bin/sh\necho $$ >> "{self.starts}"\nexec "{program}" "$@"\n')
        self.path.chmod(0o755)

    def started(self):
        return [int(line) for line in self.starts.read_text().split()]

    def running(self):
        return [process for process in self.started() if is_running(process)]


def is_running(process):
    try:
        return pathlib.Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def lineage(process):
    """A process, its parent, and so on."""
    while process:
        yield process
        process = int(pathlib.Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[1])


@contextlib.contextmanager
def cluster(folder):
    """A master and its workers, each a process of its own; gives the master's address and the workers."""
    home = pathlib.Path(pyspark.__file__).parent
    environment = os.environ | {"SPARK_HOME": str(home), "SPARK_LOCAL_IP": "127.0.0.1", "SPARK_DAEMON_MEMORY": "256m", "PYSPARK_PYTHON": sys.executable}
    started = []

    def start(kind, *arguments):
        log = folder / f"{kind}{len(started)}.log"
        with open(log, "w") as output:
            command = [home / "bin/spark-class", f"org.apache.spark.deploy.{kind.lower()}.{kind}", "--host", "127.0.0.1", "--webui-port", "0", *arguments]
            # A group of its own, so that it can be killed with all that it started.
            started.append(subprocess.Popen(command, stdout=output, stderr=output, env=environment, start_new_session=True))
        return started[-1], log

    try:
        _, log = start("Master", "--port", "0")
        master = wait_for(lambda: re.search(r"Starting Spark master at (spark://\S+)", log.read_text()), "the master").group(1)
        workers = [start("Worker", "--cores", "1", "--memory", "1g", "--work-dir", str(folder / f"work{number}"), master) for number in range(WORKERS)]
        for _, log in workers:
            wait_for(lambda: "Successfully registered with master" in log.read_text(), "a worker")
        yield master, [worker for worker, _ in workers], environment
    finally:
        for process in started:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def wait_for(condition, what):
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if result := condition():
            return result
        time.sleep(0.01)
    raise TimeoutError(what)


def job(name, master, environment, program, reports, folder, meddle):
    """Lints the reports while `meddle` does harm, and gives the answers."""
    answers = folder / f"answers of {name}"
    command = [pathlib.Path(environment["SPARK_HOME"]) / "bin/spark-submit", "--master", master]
    command += ["--conf", "spark.executor.memory=512m", "--conf", "spark.ui.enabled=false"]
    command += [HERE / "lint.py", "--partitions", str(PARTITIONS), "--jiaogao", program.path, reports, answers, "--", "--isolated"]
    with open(folder / f"{name}.log", "w") as log:
        driver = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
        try:
            meddle(driver)
            assert driver.wait(PATIENCE) == 0, f"{name}: the driver failed\n" + (folder / f"{name}.log").read_text()[-5000:]
        finally:
            driver.kill()
            driver.wait()
    assert (answers / "_SUCCESS").exists()
    return [json.loads(line) for part in sorted(answers.glob("part-*")) for line in part.read_text().splitlines()]


def check(name, answers, reports, expected):
    paths = collections.Counter(urllib.parse.unquote(urllib.parse.urlparse(answer["id"]).path) for answer in answers)
    wanted = {str(path) for path in reports.rglob("*.*")}
    assert set(paths) == wanted, f"{name}: {len(wanted - set(paths))} reports without an answer, {len(set(paths) - wanted)} answers without a report"
    twice = [path for path, count in paths.items() if count > 1]
    assert not twice, f"{name}: {len(twice)} reports answered more than once, among them {twice[:3]}"
    found = sum(len(answer["findings"]) for answer in answers)
    assert found == expected, f"{name}: {found} findings instead of {expected}"


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("program", type=pathlib.Path, help="the built jiaogao")
    parser.add_argument("samples", type=pathlib.Path, help="a folder of drafts to make reports from")
    arguments = parser.parse_args()
    # Who ends this ends the cluster, too.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        reports = folder / "reports"
        reports.mkdir()
        write_reports(arguments.samples, reports)
        run(arguments.program.resolve(), reports, folder)


def run(program, reports, folder):
    with cluster(folder) as (master, workers, environment):

        def lint(name, meddle):
            own = folder / name
            own.mkdir()
            wrapped = Jiaogao(program, own)
            begin = time.monotonic()
            answers = job(name, master, environment, wrapped, reports, own, lambda driver: meddle(driver, wrapped))
            retried = len(wrapped.started()) - PARTITIONS
            wait_for(lambda: not wrapped.running(), f"{name}: the end of all jiaogaos")
            print(f"{name}: {len(answers)} answers, {retried} partitions worked on again, {time.monotonic() - begin:.1f} s", flush=True)
            return answers, retried

        undisturbed, retried = lint("undisturbed", lambda driver, wrapped: None)
        assert retried == 0
        expected = sum(len(answer["findings"]) for answer in undisturbed)
        assert expected > REPORTS
        check("undisturbed", undisturbed, reports, expected)

        def kill_jiaogao(driver, wrapped):
            wait_for(lambda: len(wrapped.started()) > PARTITIONS // 2 and wrapped.running(), "work in the middle")
            os.kill(wrapped.running()[-1], signal.SIGKILL)

        answers, retried = lint("a jiaogao killed", kill_jiaogao)
        assert retried > 0, "the kill came too late to test anything"
        check("a jiaogao killed", answers, reports, expected)

        def kill_worker(driver, wrapped):
            process = wait_for(lambda: len(wrapped.started()) > PARTITIONS // 2 and wrapped.running(), "work in the middle")[-1]
            worker = next(worker for worker in workers if worker.pid in lineage(process))
            # The worker goes with its executor. The Python and the jiaogao that they leave must see for themselves that nobody listens any more.
            os.killpg(worker.pid, signal.SIGKILL)

        answers, retried = lint("a worker killed", kill_worker)
        assert retried > 0, "the kill came too late to test anything"
        check("a worker killed", answers, reports, expected)
    print("every report is answered exactly once")


if __name__ == "__main__":
    main()
