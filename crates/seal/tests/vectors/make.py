"""Writes the vectors beside it from a second, independent implementation of the formats.

Needs the Python package `cryptography`. The vectors are committed; run this only when a format is added, and
never to change what an existing vector says: stored data have that form.
"""

import hashlib
import hmac
import json
import pathlib
import struct

from cryptography.hazmat.primitives.ciphers.aead import AESGCMSIV

ALGORITHM = b"\x01"
CHUNK = 64 * 1024


def context(label, *parts):
    return b"".join(struct.pack(">Q", len(part)) + part for part in (label.encode(), *parts))


def digest(key, label, *parts, length=16):
    return hmac.digest(key, context(label, *parts), hashlib.sha256)[:length]


def derive(root, label):
    extracted = hmac.digest(b"saqta-root-key-1", root, hashlib.sha256)
    return hmac.digest(extracted, label.encode() + b"\x01", hashlib.sha256)


def cipher(key, nonce, authenticated, plaintext):
    return nonce + AESGCMSIV(key).encrypt(nonce, plaintext, authenticated)


def binding(label, place):
    return context(
        label,
        ALGORITHM,
        place["key_id"],
        place["subject"],
        place["compartment"].encode(),
        place["attribute"].encode(),
        struct.pack(">I", place["version"]),
    )


def value(place, nonce, plaintext):
    header = ALGORITHM + place["key_id"]
    return header + cipher(place["key"], nonce, binding("saqta/value/1", place), plaintext)


def within(place, nonce, plaintext):
    return cipher(place["key"], nonce, binding("saqta/within/1", place), plaintext)


def chunk(place, document, number, last, nonce, plaintext):
    last = b"\x01" if last else b"\x00"
    authenticated = binding("saqta/chunk/1", place) + context_parts(document, struct.pack(">Q", number), last)
    return ALGORITHM + place["key_id"] + last + cipher(place["key"], nonce, authenticated, plaintext)


def context_parts(*parts):
    return b"".join(struct.pack(">Q", len(part)) + part for part in parts)


def plain(entry):
    return {name: item.hex() if isinstance(item, bytes) else item for name, item in entry.items()}


def write(name, content):
    path = pathlib.Path(__file__).with_name(name)
    path.write_text(json.dumps(content, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


PLACE = {
    "key": bytes(range(32)),
    "key_id": bytes.fromhex("a0a1a2a3a4a5a6a7"),
    "subject": bytes.fromhex("00112233445566778899aabbccddeeff"),
    "compartment": "shop",
    "attribute": "phone",
    "version": 7,
}
NONCE = bytes.fromhex("0f0e0d0c0b0a090807060504")


def values():
    cyrillic = {**PLACE, "compartment": "дүкен", "attribute": "аты-жөні", "version": 0xFFFFFFFF}
    empty_names = {**PLACE, "compartment": "", "attribute": "", "version": 0}
    good = []
    for name, place, plaintext in [
        ("a short value", PLACE, b"+77010000000"),
        ("an empty value", PLACE, b""),
        ("names in Kazakh and the highest version", cyrillic, "Әлия".encode()),
        ("empty names and version zero", empty_names, bytes(300)),
    ]:
        envelope = value(place, NONCE, plaintext)
        good.append(plain({"name": name, **place, "nonce": NONCE, "plaintext": plaintext, "envelope": envelope}))

    sealed = value(PLACE, NONCE, b"+77010000000")
    changed = lambda at: sealed[:at] + bytes([sealed[at] ^ 1]) + sealed[at + 1 :]
    without_algorithm = binding("saqta/value/1", PLACE).replace(struct.pack(">Q", 1) + ALGORITHM, b"", 1)
    bad = []
    for name, error, place, envelope in [
        ("nothing at all", "Truncated", {}, b""),
        ("cut in the key id", "Truncated", {}, sealed[:5]),
        ("cut in the nonce", "Truncated", {}, sealed[:15]),
        ("cut in the tag of an empty value", "Truncated", {}, value(PLACE, NONCE, b"")[:-1]),
        ("last byte cut off", "NotAuthentic", {}, sealed[:-1]),
        ("one byte more", "NotAuthentic", {}, sealed + b"\x00"),
        ("algorithm zero", "UnknownAlgorithm", {}, b"\x00" + sealed[1:]),
        ("algorithm two", "UnknownAlgorithm", {}, b"\x02" + sealed[1:]),
        ("key id changed in the envelope", "WrongKey", {}, changed(8)),
        ("another key", "WrongKey", {"key": bytes(32), "key_id": bytes(8)}, sealed),
        ("other key bytes under the same id", "NotAuthentic", {"key": bytes(32)}, sealed),
        ("nonce changed", "NotAuthentic", {}, changed(9)),
        ("ciphertext changed", "NotAuthentic", {}, changed(21)),
        ("tag changed", "NotAuthentic", {}, changed(len(sealed) - 1)),
        ("another person", "NotAuthentic", {"subject": bytes(16)}, sealed),
        ("copied to another compartment", "NotAuthentic", {"compartment": "post"}, sealed),
        ("another attribute", "NotAuthentic", {"attribute": "email"}, sealed),
        ("names cut elsewhere", "NotAuthentic", {"compartment": "shopp", "attribute": "hone"}, sealed),
        ("compartment and attribute exchanged", "NotAuthentic", {"compartment": "phone", "attribute": "shop"}, sealed),
        ("an old value put back", "NotAuthentic", {"version": 8}, sealed),
        (
            "sealed as a chunk of a document",
            "NotAuthentic",
            {},
            ALGORITHM + PLACE["key_id"] + cipher(PLACE["key"], NONCE, binding("saqta/chunk/1", PLACE), b"x"),
        ),
        (
            "algorithm not authenticated",
            "NotAuthentic",
            {},
            ALGORITHM + PLACE["key_id"] + cipher(PLACE["key"], NONCE, without_algorithm, b"x"),
        ),
    ]:
        bad.append(plain({"name": name, "error": error, **PLACE, **place, "envelope": envelope}))
    write("value.json", {"good": good, "bad": bad})


def values_within():
    empty_names = {**PLACE, "compartment": "", "attribute": "", "version": 0}
    good = []
    for name, place, plaintext in [
        ("a short value", PLACE, b"+77010000000"),
        ("an empty value", PLACE, b""),
        ("empty names and version zero", empty_names, bytes(300)),
    ]:
        sealed = within(place, NONCE, plaintext)
        good.append(plain({"name": name, **place, "nonce": NONCE, "plaintext": plaintext, "sealed": sealed}))

    sealed = within(PLACE, NONCE, b"+77010000000")
    changed = lambda at: sealed[:at] + bytes([sealed[at] ^ 1]) + sealed[at + 1 :]
    bad = []
    for name, error, place, sealed in [
        ("nothing at all", "Truncated", {}, b""),
        ("cut in the nonce", "Truncated", {}, sealed[:5]),
        ("cut in the tag of an empty value", "Truncated", {}, within(PLACE, NONCE, b"")[:-1]),
        ("last byte cut off", "NotAuthentic", {}, sealed[:-1]),
        ("another key id over the same bytes", "NotAuthentic", {"key_id": bytes(8)}, sealed),
        ("other key bytes under the same id", "NotAuthentic", {"key": bytes(32)}, sealed),
        ("nonce changed", "NotAuthentic", {}, changed(0)),
        ("ciphertext changed", "NotAuthentic", {}, changed(12)),
        ("tag changed", "NotAuthentic", {}, changed(len(sealed) - 1)),
        ("another person", "NotAuthentic", {"subject": bytes(16)}, sealed),
        ("copied to another compartment", "NotAuthentic", {"compartment": "post"}, sealed),
        ("another attribute", "NotAuthentic", {"attribute": "email"}, sealed),
        ("an old value put back", "NotAuthentic", {"version": 8}, sealed),
        ("sealed to stand alone", "NotAuthentic", {}, value(PLACE, NONCE, b"+77010000000")[9:]),
    ]:
        bad.append(plain({"name": name, "error": error, **PLACE, **place, "sealed": sealed}))
    write("within.json", {"good": good, "bad": bad})


def streams():
    place = {**PLACE, "attribute": "scan"}
    document = bytes.fromhex("d0d1d2d3d4d5d6d7d8d9dadbdcdddedf")
    nonces = [bytes([number]) * 12 for number in range(3)]
    short = [chunk(place, document, 0, True, nonces[0], b"a short document")]
    # The opener takes any length up to a full chunk, so the stored parts can be small.
    parts = [b"first part, ", b"second part, ", b"last part"]
    long = [chunk(place, document, n, n == 2, nonces[n], part) for n, part in enumerate(parts)]
    empty = [chunk(place, document, 0, True, nonces[0], b"")]
    other = chunk(place, bytes(16), 1, False, nonces[1], parts[1])

    entry = lambda **more: plain({**place, "document": document, **more})
    hexed = lambda chunks: [part.hex() for part in chunks]
    good = [
        entry(name="one chunk", plaintext=b"a short document", chunks=hexed(short)),
        entry(name="three chunks", plaintext=b"".join(parts), chunks=hexed(long)),
        entry(name="an empty document", plaintext=b"", chunks=hexed(empty)),
    ]
    relabelled = long[1][:9] + b"\x01" + long[1][10:]
    strange = long[0][:9] + b"\x02" + long[0][10:]
    bad = []
    for name, error, change, chunks in [
        ("no chunk", "Unfinished", {}, []),
        ("cut after the first chunk", "Unfinished", {}, long[:1]),
        ("cut before the last chunk", "Unfinished", {}, long[:2]),
        ("a chunk left out", "NotAuthentic", {}, [long[0], long[2]]),
        ("a chunk doubled", "NotAuthentic", {}, [long[0], long[0], long[1], long[2]]),
        ("chunks reordered", "NotAuthentic", {}, [long[1], long[0], long[2]]),
        ("a chunk of another document", "NotAuthentic", {}, [long[0], other, long[2]]),
        ("a middle chunk called the last", "NotAuthentic", {}, [long[0], relabelled]),
        ("an unknown last flag", "NotAuthentic", {}, [strange]),
        ("a chunk after the last", "AfterEnd", {}, [*long, long[2]]),
        ("the last chunk cut", "NotAuthentic", {}, [long[0], long[1], long[2][:-1]]),
        ("a chunk with only its header", "Truncated", {}, [long[0][:10]]),
        ("another document id", "NotAuthentic", {"document": bytes(16)}, long),
        ("another person", "NotAuthentic", {"subject": bytes(16)}, long),
        ("another version", "NotAuthentic", {"version": 8}, long),
        ("another key", "WrongKey", {"key_id": bytes(8)}, long),
        ("a value in place of a chunk", "NotAuthentic", {}, [value(place, NONCE, b"x" * 40)]),
    ]:
        bad.append(entry(name=name, error=error, **change, chunks=hexed(chunks)))
    write("stream.json", {"good": good, "bad": bad})


def custody():
    root = bytes(range(64, 96))
    fingerprint = digest(derive(root, "custody/fingerprint"), "saqta/fingerprint/1")
    epochs = {4: b"\x44" * 32, 5: b"\x55" * 32}

    text = f"saqta-epochs-1\nroot {fingerprint.hex()}\n"
    for number, key in epochs.items():
        authenticated = context("saqta/epoch-key/1", ALGORITHM, struct.pack(">I", number), fingerprint)
        wrapped = ALGORITHM + cipher(derive(root, "custody/epoch-wrapping"), bytes([number]) * 12, authenticated, key)
        text += f"epoch {number} {wrapped.hex()}\n"
    check = digest(derive(root, "custody/epochs-check"), "saqta/epochs-check/1", text.encode(), length=32)
    text += f"check {check.hex()}\n"

    tag_key = b"\x77" * 32
    subject, compartment = PLACE["subject"], "shop"
    payload = PLACE["key_id"] + PLACE["key"] + tag_key

    def wrap(epoch, key):
        authenticated = context(
            "saqta/subject-keys/1", ALGORITHM, struct.pack(">I", epoch), subject, compartment.encode()
        )
        return ALGORITHM + cipher(key, NONCE, authenticated, payload)

    salt, person, record = bytes(range(16)), bytes(range(16, 32)), b"a record of the installation"
    instance = derive(root, "instance/answers")
    pseudonym = derive(root, "instance/pseudonym/shop")
    index = derive(root, "instance/index/shop/email")
    slashed = derive(root, "instance/index/a%2Fb/50%25")
    wrapped, other = wrap(5, epochs[5]), wrap(4, epochs[4])
    entry = {
        "root_file": f"saqta-root-key-1\n{root.hex()}\n",
        "epochs_file": text,
        "fingerprint": fingerprint,
        "current_epoch": 5,
        "living_epochs": [4, 5],
        "subject": subject,
        "compartment": compartment,
        "salt": salt,
        "tag": digest(tag_key, "saqta/tag/1", salt),
        "trail_id": digest(tag_key, "saqta/trail/1"),
        "data_key_id": PLACE["key_id"],
        "person": person,
        "pseudonym_shop": digest(pseudonym, "saqta/pseudonym/1", person),
        "indexed": b"a@example.kz",
        "index_shop_email": digest(index, "saqta/index/1", b"a@example.kz", length=32),
        "index_with_slash": digest(slashed, "saqta/index/1", b"a@example.kz", length=32),
        "record_place": b"row 1",
        "record": record,
        "sealed_answers": ALGORITHM + cipher(instance, NONCE, context("saqta/instance/1", ALGORITHM, b"row 1"), record),
    }
    good = [plain({"epoch": 5, "bytes": wrapped}), plain({"epoch": 4, "bytes": other})]
    bad = []
    for name, error, change in [
        ("an epoch below the living ones", "EpochDestroyed", {"epoch": 3}),
        ("the first epoch", "EpochDestroyed", {"epoch": 1}),
        ("epoch zero", "EpochUnknown", {"epoch": 0}),
        ("an epoch not begun", "EpochUnknown", {"epoch": 6}),
        ("another living epoch", "NotAuthentic", {"epoch": 4}),
        ("bytes of another living epoch", "NotAuthentic", {"bytes": other}),
        ("another person", "NotAuthentic", {"subject": bytes(16)}),
        ("another compartment", "NotAuthentic", {"compartment": "post"}),
        ("last byte cut off", "NotAuthentic", {"bytes": wrapped[:-1]}),
        ("cut in the nonce", "Truncated", {"bytes": wrapped[:9]}),
        ("nothing at all", "Truncated", {"bytes": b""}),
        ("another algorithm", "UnknownAlgorithm", {"bytes": b"\x02" + wrapped[1:]}),
    ]:
        case = {"epoch": 5, "bytes": wrapped, "subject": subject, "compartment": compartment, **change}
        bad.append(plain({"name": name, "error": error, **case}))
    write("custody.json", {**plain(entry), "good": good, "bad": bad})


values()
values_within()
streams()
custody()
