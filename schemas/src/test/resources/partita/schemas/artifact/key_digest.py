"""Computes the digest that KeyHasherTest.framingStaysAsItWas expects, from the framing alone.

A frame is a tag byte, the length as a 64-bit big-endian integer, and the content.
Run: python3 key_digest.py   (Python 3.11; standard library only)
"""
import hashlib
import struct

TEST = "partita.schemas.artifact.KeyHasherTest$"


def frame(tag, content):
    return tag.encode() + struct.pack(">q", len(content)) + content


def text(value):
    return frame("S", value.encode())


def integer(value):
    return frame("L", struct.pack(">q", value))


def real(value):
    return frame("F", struct.pack(">d", value))


def record(name, *components):
    content = frame("C", (TEST + name).encode())
    for component, value in components:
        content += frame("N", component.encode()) + value
    return frame("T", content)


everything = record(
    "Everything",
    ("text", text("größer")),
    ("number", integer(-1)),
    ("large", integer(1 << 40)),
    ("real", real(0.1)),
    ("narrow", real(0.5)),
    ("flag", frame("B", b"\1")),
    ("order", frame("E", b"FIRST")),
    ("present", frame("O", text("x"))),
    ("absent", frame("O", b"")),
    ("list", frame("A", integer(1) + integer(2) + integer(3))),
    ("map", frame("M", frame("N", b"a") + integer(1) + frame("N", b"b") + integer(2))),
    ("point", record("Point", ("x", integer(3)), ("y", real(0.0)))),
)
fields = frame("N", b"value") + frame("V", everything)
fields += frame("N", b"raw") + frame("V", frame("R", b"\1\2"))
print(hashlib.sha256(frame("D", b"test") + fields).hexdigest())
