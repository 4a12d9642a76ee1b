"""Lints a folder of reports with Apache Spark: one jiaogao a partition, one answer a report.

    spark-submit --master spark://… lint.py REPORTS ANSWERS

The answers are those of `jiaogao lint --input-format jsonl`, one a line, and stand in the folder ANSWERS when the job has succeeded. A report is
answered exactly once even if a worker, or one of its jiaogaos, dies meanwhile: a partition is handed over whole or not at all, and one that was not
is worked on again.
"""

import argparse
import json
import subprocess
import threading

import pandas
from pyspark.sql import SparkSession

# Drafts that one jiaogao is given at a time. It bounds the memory of a worker.
BATCH = 64


def decoded(content):
    """The text of a report, in the encodings that Chinese reports are kept in."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("gb18030", errors="replace")


def lint(batches, command):
    """Lints batches of reports (`path`, `content`) with one child process, and yields batches of its answers (`value`)."""
    child = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    try:
        for batch in batches:
            yield pandas.DataFrame({"value": answers(child, batch)})
        child.stdin.close()
        # 1 says that something was found, 2 that a line was answered with an error. Anything else is a child that did not come to its end.
        if child.wait() not in (0, 1, 2):
            raise RuntimeError(f"jiaogao ended with {child.returncode}")
    finally:
        child.kill()
        child.wait()


def answers(child, batch):
    # Answers come while there is still something to send, so both must go on at the same time.
    sender = threading.Thread(target=send, args=(child.stdin, batch))
    sender.start()
    received = [child.stdout.readline() for _ in range(len(batch))]
    sender.join()
    for path, answer in zip(batch["path"], received):
        # A child that was killed leaves nothing, or a part of a line. Spark then works on the partition again.
        if not answer.endswith(b"\n") or json.loads(answer)["id"] != path:
            raise RuntimeError(f"no answer to {path}")
    return [answer.decode().rstrip("\n") for answer in received]


def send(stdin, batch):
    try:
        for path, content in zip(batch["path"], batch["content"]):
            line = json.dumps({"id": path, "text": decoded(content)}, ensure_ascii=False)
            # Half of a surrogate pair has no UTF-8.
            stdin.write(line.encode("utf-8", errors="replace") + b"\n")
        stdin.flush()
    except BrokenPipeError:
        # The child is gone, which the answers tell.
        pass


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("reports", help="the folder of reports, where every worker can read it")
    parser.add_argument("answers", help="a folder that is not there yet")
    parser.add_argument("--glob", default="*.{md,txt}", help="which files are reports (%(default)s)")
    parser.add_argument("--partitions", type=int, default=0, help="how many partitions; by default Spark decides")
    parser.add_argument("--jiaogao", default="jiaogao", help="the program, as the workers call it")
    parser.add_argument("option", nargs="*", help="options of jiaogao lint, after --")
    arguments = parser.parse_args()
    # Spark works on the partitions in parallel already.
    command = [arguments.jiaogao, "lint", "--input-format", "jsonl", "--jobs", "1", *arguments.option]

    settings = {
        "spark.sql.execution.arrow.maxRecordsPerBatch": BATCH,
        # The answers of a task appear all at once. The other algorithm, which some versions take by default, may leave them twice.
        "spark.hadoop.mapreduce.fileoutputcommitter.algorithm.version": 1,
    }
    spark = SparkSession.builder.appName("jiaogao").config(map=settings).getOrCreate()
    reports = (
        spark.read.format("binaryFile")
        .option("recursiveFileLookup", True)
        .option("pathGlobFilter", arguments.glob)
        .load(arguments.reports)
        .select("path", "content")
    )
    if arguments.partitions:
        reports = reports.repartition(arguments.partitions)
    reports.mapInPandas(lambda batches: lint(batches, command), "value string").write.text(arguments.answers)
    spark.stop()


if __name__ == "__main__":
    main()
