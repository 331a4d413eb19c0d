"""A Word file as an office prints it: LibreOffice to PDF, poppler to letters and ink, all in millimetres."""

import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from html import unescape
from pathlib import Path

import numpy as np
import pytest

# The typefaces of the standard are licensed and not on test machines: a serif and a sans face stand for them.
FACES = {
    "仿宋_GB2312": "Noto Serif CJK SC",
    "楷体_GB2312": "Noto Serif CJK SC",
    "方正小标宋简体": "Noto Serif CJK SC",
    "宋体": "Noto Serif CJK SC",
    "黑体": "Noto Sans CJK SC",
}
DOTS = 10
MM = 25.4 / 72


@dataclass(frozen=True, slots=True)
class Piece:
    """A word of a page with its box in millimetres from the upper left corner."""

    text: str
    left: float
    top: float
    right: float
    bottom: float


def office() -> None:
    """Skip where there is no LibreOffice, no poppler or no Chinese type."""
    for program in ("soffice", "pdftotext", "pdftoppm", "fc-list"):
        if shutil.which(program) is None:
            pytest.skip(f"{program} is not installed")
    listed = subprocess.run(["fc-list", ":lang=zh", "family"], capture_output=True, text=True, check=False).stdout
    if "Noto Serif CJK SC" not in listed or "Noto Sans CJK SC" not in listed:
        pytest.skip("no Chinese type (fonts-noto-cjk) is installed")


def to_pdf(content: bytes, folder: Path, name: str = "page") -> Path:
    """Return the PDF that LibreOffice prints."""
    folder.mkdir(parents=True, exist_ok=True)
    rules = "".join(
        f'<match target="pattern"><test name="family"><string>{face}</string></test>'
        f'<edit name="family" mode="assign" binding="strong"><string>{other}</string></edit></match>'
        for face, other in FACES.items()
    )
    config = folder / "fonts.conf"
    config.write_text(f'<fontconfig><include ignore_missing="yes">/etc/fonts/fonts.conf</include>{rules}</fontconfig>')
    (folder / f"{name}.docx").write_bytes(content)
    profile = f"-env:UserInstallation={(folder / 'office').as_uri()}"
    done = subprocess.run(
        [
            "soffice",
            profile,
            "--headless",
            "--convert-to",
            "pdf",
            "--outdir",
            str(folder),
            str(folder / f"{name}.docx"),
        ],
        env={**os.environ, "FONTCONFIG_FILE": str(config)},
        capture_output=True,
        text=True,
        timeout=180,
        check=False,
    )
    assert (folder / f"{name}.pdf").is_file(), done.stderr
    return folder / f"{name}.pdf"


def read_pages(pdf: Path) -> list[list[Piece]]:
    """Return the words of each page."""
    said = subprocess.run(["pdftotext", "-bbox", str(pdf), "-"], capture_output=True, text=True, check=True).stdout
    box = re.compile(r'<word xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="([\d.-]+)">(.*?)</word>')
    return [
        [Piece(unescape(w[4]), *(float(v) * MM for v in w[:4])) for w in box.findall(page)]
        for page in said.split("<page ")[1:]
    ]


def draw(pdf: Path, page: int) -> np.ndarray:
    """Return one page as pixels, ten a millimetre, red, green and blue."""
    done = subprocess.run(
        ["pdftoppm", "-r", str(25.4 * DOTS), "-f", str(page), "-l", str(page), str(pdf)],
        capture_output=True,
        check=True,
    ).stdout
    header = re.match(rb"P6\s+(\d+)\s+(\d+)\s+255\s", done)
    assert header
    width, height = int(header[1]), int(header[2])
    return np.frombuffer(done, np.uint8, offset=header.end()).reshape(height, width, 3).astype(int)


def ink(pixels: np.ndarray) -> np.ndarray:
    """Return where a page is printed on."""
    return pixels.min(axis=2) < 128


def red(pixels: np.ndarray) -> np.ndarray:
    """Return where a page is printed on in red."""
    return (pixels[..., 0] > 150) & (pixels[..., 1] < 100) & (pixels[..., 2] < 100)


def edges(mask: np.ndarray) -> tuple[float, float, float, float]:
    """Return left, top, right and bottom of what is printed, in millimetres."""
    down, across = np.where(mask.any(axis=1))[0], np.where(mask.any(axis=0))[0]
    assert down.size, "nothing printed here"
    return across[0] / DOTS, down[0] / DOTS, (across[-1] + 1) / DOTS, (down[-1] + 1) / DOTS
