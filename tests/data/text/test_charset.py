"""Bytes that are no UTF-8 are read in the encoding whose letters are the likeliest."""

from __future__ import annotations

import pytest

from canvas_app.data.text.charset import charset_of, is_mostly_utf8


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("cp1252", "name,ort\nJosé,Köln\nÜnal,Málaga\n"),
        ("cp1250", "nazwa,miasto\nŁukasz,Łódź\nŻaneta,Kraków\n"),
        ("cp1251", "имя,город\nИван,Москва\nОльга,Казань\n"),
        ("koi8_r", "имя,город\nИван,Москва\nОльга,Казань\n"),
        ("cp1253", "όνομα,πόλη\nΓιώργος,Αθήνα\nΜαρία,Πάτρα\n"),
        ("cp1254", "ad,şehir\nAyşe,İstanbul\nÇağrı,Iğdır\n"),
        ("cp1255", "שם,עיר\nדוד,ירושלים\nרחל,חיפה\n"),
        ("cp1256", "اسم,مدينة\nمحمد,القاهرة\nفاطمة,دمشق\n"),
        ("mac_roman", "name,ort\nJosé,Köln\nJürg,Zürich\nRenée,Genève\n"),
        ("cp932", "名前,都市\n田中,東京\n山田さん,大阪\n"),
        ("euc_jp", "名前,都市\n田中,東京\n山田さん,大阪\n"),
        ("gb18030", "姓名,城市\n王伟,北京\n李娜,上海\n"),
        ("big5", "姓名,城市\n王偉,台北\n李娜,高雄\n"),
        ("euc_kr", "이름,도시\n김철수,서울\n이영희,부산\n"),
    ],
)
def test_the_letters_of_a_language_tell_its_encoding(encoding: str, text: str) -> None:
    assert text.encode(encoding).decode(charset_of(text.encode(encoding)).name) == text


@pytest.mark.parametrize("text", ["5 €", "café’s", "£5", "2°C", "Ångström", "São Paulo, ß"])
def test_a_few_letters_are_western_ones(text: str) -> None:
    assert charset_of(text.encode("cp1252")).name == "cp1252"


def test_a_few_odd_bytes_do_not_make_a_file_another_encoding() -> None:
    assert is_mostly_utf8("José Ünal Köln Málaga\n".encode() + b"Ren\xe9e\n")
    assert not is_mostly_utf8("José Ünal Köln Málaga\n".encode("cp1252"))
