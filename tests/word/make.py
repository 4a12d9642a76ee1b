"""Writes the draft as a page, and the documents that other programs make of it: with python-docx, and with LibreOffice through its command line.

    python3 make.py        in this folder; needs python-docx and soffice
"""

import re
import subprocess
import tempfile
from html import escape
from pathlib import Path

import docx

DRAFTS = Path(__file__).parent / "drafts"


def lines():
    """The Markdown draft as (kind, content): headings with their level, paragraphs, items, rows."""
    for line in (DRAFTS / "draft.md").read_text(encoding="utf-8").splitlines():
        if not line or re.match(r"\|[-|]+\|$", line):
            continue
        if heading := re.match(r"(#+) (.*)", line):
            yield ("heading", (len(heading[1]), heading[2]))
        elif item := re.match(r"\d+\. (.*)", line):
            yield ("item", item[1])
        elif line.startswith("|"):
            yield ("row", [cell.strip() for cell in line.strip("|").split("|")])
        else:
            yield ("paragraph", line)


def with_python_docx():
    document = docx.Document()
    table = None
    for kind, content in lines():
        if kind == "heading":
            level, text = content
            document.add_heading(text, level - 1)
        elif kind == "item":
            document.add_paragraph(content, style="List Number")
        elif kind == "paragraph":
            document.add_paragraph(content)
        else:
            if table is None:
                table = document.add_table(0, len(content))
            for cell, text in zip(table.add_row().cells, content):
                cell.text = text
    document.save(DRAFTS / "python-docx.docx")


def page():
    """The draft as HTML."""
    html = ["<html><head><meta charset=\"utf-8\"></head><body>"]
    rows = []
    for kind, content in lines():
        if kind != "item" and html[-1].startswith("<li>"):
            html.append("</ol>")
        if kind == "heading":
            level, text = content
            html.append(f"<h{level}>{escape(text)}</h{level}>")
        elif kind == "item":
            if not html[-1].startswith("<li>"):
                html.append("<ol>")
            html.append(f"<li>{escape(content)}</li>")
        elif kind == "paragraph":
            html.append(f"<p>{escape(content)}</p>")
        else:
            cells = "".join(f"<td>{escape(cell)}</td>" for cell in content)
            rows.append(f"<tr>{cells}</tr>")
    html += ['<table border="1">', *rows, "</table></body></html>", ""]
    return "\n".join(html)


def with_libreoffice():
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "libreoffice.html"
        source.write_text(page(), encoding="utf-8")
        command = ["soffice", "--headless", f"-env:UserInstallation={Path(folder, 'profile').as_uri()}", "--infilter=HTML (StarWriter)"]
        for target in ["docx:MS Word 2007 XML", "odt:writer8"]:
            subprocess.run(command + ["--convert-to", target, "--outdir", str(DRAFTS), str(source)], check=True, stdout=subprocess.DEVNULL, timeout=120)


(DRAFTS / "draft.html").write_text(page(), encoding="utf-8")
with_python_docx()
with_libreoffice()
