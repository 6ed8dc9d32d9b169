"""Pack the built book for a memory stick: a zip that opens from disk, and its SHA-256 checksum beside it.

    python tools/archive.py [--built _build/html] [--output dist]

The same pages give the same bytes, whenever and wherever they are packed with one version of Python's zlib.
"""

import argparse
import hashlib
import sys
import tomllib
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGES, START, SUMS = "pages", "START-HERE.html", "SHA256SUMS"
FOR_SERVERS = {"404.html", "robots.txt", "sitemap.xml", "objects.inv", ".buildinfo"}  # no use on a disk
DATE = (1980, 1, 1, 0, 0, 0)  # the first that a zip can hold

WELCOME = f"""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="refresh" content="1; url={PAGES}/book/index.html">
<title>How Convolutional Neural Networks Work</title>
</head>
<body style="max-width: 36rem; margin: 3rem auto; padding: 0 1rem; font: 1.1rem/1.6 sans-serif">
<h1>How Convolutional Neural Networks Work</h1>
<p><a href="{PAGES}/book/index.html">Open the book</a>. It needs a browser and nothing else: no network, no account.</p>
<p>If the browser finds no such file, this page was opened inside the zip: unpack the whole zip first.</p>
<p>Copy the whole folder to pass the book on. <code>sha256sum -c {SUMS}</code> tells whether all of it arrived.</p>
</body>
</html>
"""


def contents(built):
    """What the archive holds, below its one folder: {place: bytes}, sorted, with the checksums of all the others."""
    files = {
        f"{PAGES}/{path.relative_to(built).as_posix()}": path.read_bytes()
        for path in built.rglob("*")
        if path.is_file() and path.relative_to(built).as_posix() not in FOR_SERVERS
    }
    files[START] = WELCOME.encode()
    sums = "".join(f"{hashlib.sha256(files[name]).hexdigest()}  {name}\n" for name in sorted(files))
    return dict(sorted({**files, SUMS: sums.encode()}.items()))


def pack(built, output):
    """Write the zip, and a file with its checksum, into the folder `output`; returns the path of the zip.

    Raises ValueError where `built` holds no book.
    """
    if not (built / "book" / "index.html").exists():
        raise ValueError(f"there is no book in {built}: build it first (make html)")
    version = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    name = f"convnet-book-{version}"
    output.mkdir(parents=True, exist_ok=True)
    path = output / f"{name}.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for place, content in contents(built).items():
            entry = zipfile.ZipInfo(f"{name}/{place}", DATE)
            entry.create_system, entry.external_attr = 3, 0o644 << 16  # the same on Windows
            archive.writestr(entry, content, zipfile.ZIP_DEFLATED, 9)
    checksum = hashlib.sha256(path.read_bytes()).hexdigest()
    path.with_suffix(".zip.sha256").write_text(f"{checksum}  {path.name}\n", encoding="utf-8", newline="\n")
    return path


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--built", type=Path, default=ROOT / "_build" / "html")
    parser.add_argument("--output", type=Path, default=ROOT / "dist")
    options = parser.parse_args()
    try:
        path = pack(options.built, options.output)
    except ValueError as error:
        sys.exit(str(error))
    with zipfile.ZipFile(path) as archive:
        unpacked, count = sum(entry.file_size for entry in archive.infolist()), len(archive.infolist())
    print(f"{path}: {path.stat().st_size / 1e6:.1f} MB; unpacked {unpacked / 1e6:.1f} MB in {count} files")


if __name__ == "__main__":
    main()
