"""In which encoding bytes are written that are no UTF-8: the one whose letters are the likeliest."""

from __future__ import annotations

import codecs
import unicodedata
from dataclasses import dataclass

_ENOUGH = 4_000
"""Letters beyond ASCII that are looked at."""
_MARKS = frozenset("’‘“”„–—…€£°§«»·•²³½¼¾©®™±×µºª¿¡´ ¢¥")
_LATIN = "latin"
_FEW = 3
_PLAUSIBLE = 0.8
"""What so few letters must be worth in Windows-1252 for no other encoding to be asked."""


@dataclass(frozen=True)
class Charset:
    """An encoding, the letters that texts in it are full of, and how likely it is by itself."""

    name: str
    usual: frozenset[str]
    prior: float
    script: str = _LATIN


def _charset(name: str, usual: str, prior: float, script: str = _LATIN) -> Charset:
    both = usual + usual.upper() if script in (_LATIN, "GREEK", "CYRILLIC") else usual
    return Charset(name, frozenset(both), prior, script)


_WESTERN = "éèêëàâäáãåçìíîïñòóôöõøùúûüýÿœæß"
_CENTRAL = "ąćęłńóśźżáčďéěíňřšťúůýžőűöüäăâîşţđ"
_RUSSIAN = "оеаинтсрвлкмдпуяыьгзбчй"
_GREEK = "αοιετσνηυρπκμλςωόίάέήδγθ"
_SINGLE = (
    _charset("cp1252", _WESTERN, 1.0),
    _charset("cp1250", _CENTRAL, 0.95),
    _charset("cp1251", _RUSSIAN, 0.98, "CYRILLIC"),
    _charset("koi8_r", _RUSSIAN, 0.93, "CYRILLIC"),
    _charset("cp866", _RUSSIAN, 0.92, "CYRILLIC"),
    _charset("cp1253", _GREEK, 0.97, "GREEK"),
    _charset("cp1254", "çğıöşüâîİ", 0.96),
    _charset("cp1255", "אבגדהוזחטיךכלםמןנסעףפץצקרשת", 0.96, "HEBREW"),
    _charset("cp1256", "ابتثجحخدذرزسشصضطظعغفقكلمنهويىةأإآءئؤ", 0.96, "ARABIC"),
    _charset("cp1257", "āčēģīķļņšūžąęėįųõäöü", 0.94),
    _charset("mac_roman", _WESTERN, 0.75),
    _charset("cp850", _WESTERN, 0.74),
    _charset("cp437", _WESTERN, 0.73),
    _charset("iso8859_2", _CENTRAL, 0.92),
    _charset("cp874", "กขคงจชซญณดตถทธนบปผพฟมยรลวศสหอะาิีึืุูเแโใไ่้็์ัำ", 0.94, "THAI"),
)
_DOUBLE = ("cp932", "euc_jp", "gb18030", "big5", "euc_kr")


@dataclass(frozen=True)
class Likely:
    """An encoding, and how usual the letters are that it makes of the bytes: 1 is what a text looks like."""

    name: str
    worth: float


def charset_of(sample: bytes) -> Likely:
    """The likeliest encoding of bytes that are no UTF-8; Windows-1252 where nothing speaks for another."""
    some = b"".join(line for line in sample.splitlines(keepends=True) if any(byte > 127 for byte in line))
    scored = [(_single(some, charset) * charset.prior, -place) for place, charset in enumerate(_SINGLE)]
    best, place = max(scored)
    few = sum(byte > 127 for byte in some) <= _FEW
    western = _single(some, _SINGLE[0])
    if few and western >= _PLAUSIBLE:
        return Likely(_SINGLE[0].name, western)
    double = max((_double(some, name), name) for name in _DOUBLE)
    if double[0] > max(best, 0.5):
        return Likely(double[1], double[0])
    return Likely(_SINGLE[-place].name, best) if best > 0 else Likely("cp1252", western)


def is_mostly_utf8(sample: bytes) -> bool:
    """Whether bytes are UTF-8 but for a few odd ones, as where files of two encodings were joined."""
    text = sample.decode("utf-8", errors="replace")
    odd = text.count("\ufffd")
    good = sum(letter > "\x7f" for letter in text) - odd
    return good > 3 * odd


def _single(sample: bytes, charset: Charset) -> float:
    text = sample.decode(charset.name, errors="replace")
    worth, count = 0.0, 0
    before = " "
    run = 0
    for letter in text:
        if letter > "\x7f":
            count += 1
            run = run + 1 if letter.isalpha() else 0
            worth += _worth(letter, before, charset)
            if charset.script == _LATIN and run > 2:
                worth -= 0.8
        else:
            run = 0
        before = letter
        if count > _ENOUGH:
            break
    return worth / count if count else 0.0


def _worth(letter: str, before: str, charset: Charset) -> float:
    if letter == "\ufffd":
        return 0.3
    if letter in _MARKS:
        inside = before.isalpha() and letter not in "’´·°€"
        return 0.4 if inside else 0.9
    if not letter.isalpha():
        return 0.8 if unicodedata.category(letter) in ("Mn", "Mc") and charset.script != _LATIN else -0.3
    worth = 1.0 if letter in charset.usual else 0.25
    if charset.script != _LATIN and charset.script not in unicodedata.name(letter, ""):
        worth = 0.0
    mixed = charset.script != _LATIN and before.isascii() and before.isalpha()
    broken = mixed or (letter.isupper() and before.islower())
    return worth - 0.7 if broken else worth


def _double(sample: bytes, name: str) -> float:
    """The share of usual letters among those that two bytes make; nothing where the bytes don't fit."""
    decoder = codecs.getincrementaldecoder(name)()
    try:
        text = decoder.decode(sample)
    except UnicodeDecodeError:
        return -1.0
    letters = [letter for letter in text if letter > "\x7f"][:_ENOUGH]
    if not letters:
        return -1.0
    return 0.97 * sum(_usual(letter, name) for letter in letters) / len(letters)


def _usual(letter: str, name: str) -> float:
    point = ord(letter)
    if 0x3000 <= point <= 0x303F or 0xFF01 <= point <= 0xFF5E:
        return 0.9
    if name in ("cp932", "euc_jp"):
        if 0x3040 <= point <= 0x30FF:
            return 1.0
        return 0.92 if _lead(letter, "cp932", 0x88, 0x97) else 0.2
    if name == "euc_kr":
        return 1.0 if 0xAC00 <= point <= 0xD7A3 else 0.2
    if 0x3040 <= point <= 0x30FF:
        return 0.3
    if name == "big5":
        return 0.95 if _lead(letter, "big5", 0xA4, 0xC6) else 0.2
    return 0.96 if _lead(letter, "gb2312", 0xB0, 0xD7) else 0.2


def _lead(letter: str, name: str, low: int, high: int) -> bool:
    """Whether the letter is among the common ones, which encodings put first."""
    try:
        return low <= letter.encode(name)[0] <= high
    except UnicodeEncodeError:
        return False
