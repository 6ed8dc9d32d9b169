"""Completion codes: what a student has solved in a chapter as a short text. codes.js writes and reads the same.

    CNN1-02-4711-7QK3M-0V5RX-9T2

edition, chapter, student number, and in groups of five: two letters of what the chapter holds, the marks (five in a
letter), two letters against slips, three that only the class word gives. Codes deter copying, not cheating: who reads
this file can make one.
"""

from __future__ import annotations

import re
from typing import NamedTuple

EDITION = 1
LONGEST_NUMBER = 12  # letters and digits of a student number
LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # without I, L, O and U, which are misread
MISREAD = str.maketrans("ILO", "110")
BITS = 5  # of a letter
GROUP = 5  # letters
TAG, AGAINST_SLIPS, OF_CLASS = 2, 2, 3  # letters
UNSEEN = re.compile(r"[\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]+")
DASHES = re.compile(r"[\u2010-\u2015\u2212\ufe58\ufe63\uff0d]")
FORM = re.compile(r"\bCNN(\d{1,2})-(\d{1,2})-([A-Z0-9]{1,12})-([A-Z0-9]+(?:-[A-Z0-9]+)*)", re.ASCII)
WORD = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,22}[a-z0-9])?")


class Code(NamedTuple):
    """What a code tells.

    chapter  its number
    number   the student's
    tag      what the chapter held when the code was made: see `tag_of`
    marks    0 or 1 each, and zeros behind them up to a multiple of five
    """

    chapter: int
    number: str
    tag: str
    marks: tuple[int, ...]


def hashed(text: str) -> int:
    """32 bits of a text of ASCII characters (FNV-1a, and the finish of MurmurHash3)."""
    value, low = 0x811C9DC5, 0xFFFFFFFF
    for byte in text.encode("ascii"):
        value = ((value ^ byte) * 0x01000193) & low
    value = ((value ^ (value >> 16)) * 0x85EBCA6B) & low
    value = ((value ^ (value >> 13)) * 0xC2B2AE35) & low
    return value ^ (value >> 16)


def tag_of(names) -> str:
    """Two letters of what a chapter holds: they differ where a code's marks would mean something else."""
    return _letters("|".join(names), TAG)


def encode(code: Code, word: str) -> str:
    """The text of a code in the class of that word."""
    head = f"CNN{EDITION}-{code.chapter:02}-{code.number}-"
    body = code.tag
    for at in range(0, len(code.marks), BITS):
        letter = [*code.marks[at : at + BITS], *[0] * BITS][:BITS]
        body += LETTERS[int("".join(map(str, letter)), 2)]
    body += _letters(head + body, AGAINST_SLIPS)
    body += _letters(f"{word} {head}{body}", OF_CLASS)
    return head + "-".join(body[at : at + GROUP] for at in range(0, len(body), GROUP))


def decode(text: str, word: str) -> Code:
    """The code that stands in a text. Raises ValueError with a sentence where it is none, or bent."""
    plain = DASHES.sub("-", UNSEEN.sub("", text)).upper()
    closed = re.sub(r"\bCNN (?=\d)", "CNN", "-".join(part.strip() for part in plain.split("-")))
    try:
        return _decode_exactly(plain, word)
    except ValueError as problem:
        if closed == plain:
            raise
        try:
            return _decode_exactly(closed, word)
        except ValueError as other:
            raise (problem if FORM.search(plain) else other) from None


def _decode_exactly(plain: str, word: str) -> Code:
    """A code without blanks in it."""
    found = FORM.search(plain)
    if not found:
        raise ValueError("it begins as a code and goes on as none: is a part missing?")
    edition, chapter, number, groups = found.groups()
    if int(edition) != EDITION:
        raise ValueError("it was made by another edition of this book, which writes codes otherwise")
    body = groups.replace("-", "").translate(MISREAD)
    if "U" in body:
        raise ValueError("it has a U in it, and no code has: is it a V?")
    if len(body) < TAG + AGAINST_SLIPS + OF_CLASS:
        raise ValueError("it is too short: is a part missing?")
    head = f"CNN{EDITION}-{int(chapter):02}-{number}-"
    told, slips, of_class = (
        body[: -AGAINST_SLIPS - OF_CLASS],
        body[-AGAINST_SLIPS - OF_CLASS : -OF_CLASS],
        body[-OF_CLASS:],
    )
    if slips != _letters(head + told, AGAINST_SLIPS):
        raise ValueError("a letter is wrong, missing or too many: its check does not fit")
    if of_class != _letters(f"{word} {head}{told}{slips}", OF_CLASS):
        raise ValueError("its last three letters are of another class word, or one of them is mistyped")
    marks = tuple(int(bit) for letter in told[TAG:] for bit in f"{LETTERS.index(letter):0{BITS}b}")
    return Code(int(chapter), number, told[:TAG], marks)


def read_word(text: str) -> str | None:
    """The class word as codes and seeds have it; None where it is none."""
    word = text.strip().lower()
    return word if WORD.fullmatch(word) else None


def read_student(text: str) -> str | None:
    """The student number likewise: spaces, dots, hyphens and strokes between its parts are left out."""
    number = re.sub(r"[\s./_-]+", "", text).upper()
    return number if re.fullmatch(f"[A-Z0-9]{{1,{LONGEST_NUMBER}}}", number) else None


def _letters(text: str, count: int) -> str:
    """So many letters of a hash."""
    bits = hashed(text)
    return "".join(LETTERS[(bits >> (BITS * at)) & 31] for at in range(count))
