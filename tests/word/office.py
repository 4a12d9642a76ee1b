"""What LibreOffice makes of documents: their comments with the words they are fastened to, their tracked changes, and their print. And what
python-docx makes of them: their paragraphs.

    /usr/bin/python3 read.py FILE...        prints one JSON object a file

It starts an office of its own, without a window and with a profile of its own, and ends it.
"""

import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import docx
import uno
from com.sun.star.beans import PropertyValue
from com.sun.star.connection import NoConnectException

PATIENCE = 60


def main():
    with tempfile.TemporaryDirectory() as profile:
        pipe = f"jiaogao{os.getpid()}"
        office = subprocess.Popen(
            [
                "soffice",
                "--headless",
                "--norestore",
                "--nolockcheck",
                f"-env:UserInstallation={Path(profile).as_uri()}",
                f"--accept=pipe,name={pipe};urp;",
            ],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        try:
            desktop = connect(pipe, office)
            for path in sys.argv[1:]:
                print(json.dumps(read(desktop, path), ensure_ascii=False), flush=True)
            try:
                desktop.terminate()
            except Exception:  # The office may close the pipe before it answers.
                pass
        finally:
            try:
                office.wait(20)
            except subprocess.TimeoutExpired:
                # What was started is a script; the office itself is of its group.
                os.killpg(office.pid, signal.SIGKILL)


def connect(pipe, office):
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    end = time.monotonic() + PATIENCE
    while True:
        try:
            context = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
            return context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
        except NoConnectException:
            if office.poll() not in (None, 81) or time.monotonic() > end:
                raise
            time.sleep(0.2)


def read(desktop, path):
    url = Path(path).resolve().as_uri()
    document = desktop.loadComponentFromURL(url, "_blank", 0, (PropertyValue("Hidden", 0, True, 0),))
    if document is None:
        return {"path": path, "opened": False}
    try:
        comments = {}
        text(document.Text, comments)
        for frame in document.TextFrames:
            text(frame, comments)
        changes = [redline(change) for change in document.Redlines]
        return {
            "path": path,
            "opened": True,
            "comments": [comments[name] for name in comments],
            "changes": changes,
            "print": pdf(document),
            "paragraphs": [paragraph.text for paragraph in docx.Document(path).paragraphs],
        }
    finally:
        document.close(True)


def text(container, comments):
    """Collects the comments of a text and of the tables in it, with what stands between their ends."""
    open_names = set()
    for element in container:
        if element.supportsService("com.sun.star.text.TextTable"):
            for name in element.CellNames:
                text(element.getCellByName(name), comments)
        else:
            portions(element, comments, open_names)


def portions(paragraph, comments, open_names):
    for portion in paragraph:
        kind = portion.TextPortionType
        if kind == "Annotation":
            field = portion.TextField
            comments[field.Name] = {"author": field.Author, "content": field.Content, "anchor": ""}
            open_names.add(field.Name)
        elif kind == "AnnotationEnd":
            open_names.discard(portion.Bookmark.Name)
        elif kind == "ContentControl":
            portions(portion.ContentControl, comments, open_names)
        else:
            for name in open_names:
                comments[name]["anchor"] += portion.String


def redline(change):
    return {"author": change.RedlineAuthor, "kind": change.RedlineType}


def pdf(document):
    """The document printed, and read again from the print."""
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "page.pdf"
        document.storeToURL(target.as_uri(), (PropertyValue("FilterName", 0, "writer_pdf_Export", 0),))
        return subprocess.run(["pdftotext", str(target), "-"], capture_output=True, text=True, check=True).stdout


main()
