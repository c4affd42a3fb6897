"""What every digest of Huiqian covers, computed with the standard library alone (proto/DIGESTS.md).

    python3 digests.py ../../../proto/digest-vectors.json   checks every vector; exit code 1 where one differs
"""

import hashlib
import json
import struct
import sys
import unicodedata


def canonical(value):
    """RFC 8785 for what Huiqian's forms hold: texts, whole numbers, booleans, null, lists, objects."""
    if value is None or isinstance(value, (bool, str)):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, int):
        if abs(value) > 2**53 - 1:
            raise ValueError(f"{value} is no exact number of JSON")
        return str(value)
    if isinstance(value, (list, tuple)):
        return "[" + ",".join(canonical(one) for one in value) + "]"
    if isinstance(value, dict):
        # Keys in the order of their UTF-16 code units.
        keys = sorted(value, key=lambda key: key.encode("utf-16-be"))
        return "{" + ",".join(f"{canonical(key)}:{canonical(value[key])}" for key in keys) + "}"
    raise TypeError(f"{type(value).__name__} has no canonical form here")


def form_digest(form):
    """SHA-256 of a form's canonical bytes, hex."""
    return hashlib.sha256(canonical(form).encode("utf-8")).hexdigest()


def draft_digest(title, text, attachments=()):
    """Digest of a draft: what an agency consents to, and nothing else."""
    files = [{"digest": one["digest"], "name": one["name"], "size": one["size"]} for one in attachments]
    return form_digest({"form": "huiqian-draft-1", "title": title, "text": text, "attachments": files})


def commitment(salt, event):
    """SHA-256(salt || canonical event): what an announcement discloses of an event."""
    return hashlib.sha256(salt + canonical(event).encode("utf-8")).hexdigest()


def chain(before, sequence, announcement):
    """SHA-256(chain of the entry before || sequence as 8 bytes big endian || announcement)."""
    return hashlib.sha256(before + struct.pack(">Q", sequence) + announcement).hexdigest()


def fault_of(text):
    """Why a text is refused, or None: nothing is normalised on the way in."""
    if "\r" in text:
        return "carriage return"
    if "\ufffd" in text:
        return "replacement character"
    if unicodedata.normalize("NFC", text) != text:
        return "not NFC"
    return None


def differences(vectors):
    """Every vector that this code does not agree with, by name."""
    for one in vectors["forms"] + vectors["canonical"]:
        value = one["value"]
        if canonical(value).encode("utf-8").hex() != one["bytes"]:
            yield f"{one['name']}: bytes"
        if form_digest(value) != one["sha256"]:
            yield f"{one['name']}: digest"
    for one in vectors["attachments"]:
        if hashlib.sha256(bytes.fromhex(one["bytes"])).hexdigest() != one["sha256"]:
            yield f"{one['name']}: digest"
    for one in vectors["commitments"]:
        if commitment(bytes.fromhex(one["salt"]), one["event"]) != one["sha256"]:
            yield f"{one['name']}: commitment"
    before = bytes(32)
    for one in vectors["feed"]:
        link = chain(before, one["sequence"], bytes.fromhex(one["announcement"]))
        if link != one["chain"]:
            yield f"feed {one['sequence']}: chain"
        before = bytes.fromhex(one["chain"])
    for one in vectors["refused"]:
        if fault_of(one["text"]) != one["fault"]:
            yield f"{one['name']}: {fault_of(one['text'])}"


def main(path):
    with open(path, encoding="utf-8") as file:
        vectors = json.load(file)
    wrong = list(differences(vectors))
    for one in wrong:
        print(one, file=sys.stderr)
    kinds = ("forms", "canonical", "attachments", "commitments", "feed", "refused")
    print(f"{sum(len(vectors[kind]) for kind in kinds)} vectors, {len(wrong)} differ")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
