"""Plays an agency: takes consultation letters from its mailbox as they arrive, checks that the draft is
the one its digest names, and replies. Prints a JSON line for each letter and each reply.

    python3 agency.py --address 127.0.0.1:7443 --image gen/image.binpb \
        --ca ca.crt.pem --cert agency.crt.pem --key agency.key.pem --kind consent

With --ask the reply is read from standard input, a line for each letter: `consent`, or
`objection the reasons`. Ends after --count letters; without it, never.
"""

import argparse
import json
import sys

import grpc

from digests import draft_digest
from huiqian import Contracts, ask_again, connect, failure, resumed

KINDS = ("consent", "consent_with_changes", "objection", "not_concerned", "other_reply")


def tell(**facts):
    print(json.dumps(facts, ensure_ascii=False), flush=True)


def draft_of(letter):
    """The draft's digest, computed from what the letter carries."""
    files = [{"digest": one.digest, "name": one.name, "size": one.size} for one in letter.attachments]
    return draft_digest(letter.draft_title, letter.draft_text, files)


def reply_to(letter, args):
    """Kind and reasons of the reply: as the options say, or as a person says now."""
    if not args.ask:
        return args.kind, args.reasons
    kind, _, reasons = sys.stdin.readline().strip().partition(" ")
    return kind, reasons


def answer(consultations, letter, digest, kind, reasons):
    """Gives the opinion. The request id follows from what is said about what: whoever starts this
    program again asks again with the same one, and nothing is given twice."""
    request = {
        "request_id": f"reply-{letter.consultation_id}-{kind}"[:64],
        "consultation_id": letter.consultation_id,
        "draft_digest": digest,
        "opinion": {"kind": f"OPINION_KIND_{kind.upper()}", "reasons": reasons},
    }
    return ask_again(lambda: consultations.GiveOpinion(**request))


def handle(contracts, mailbox, consultations, number, letter_id, args):
    (response, _) = ask_again(lambda: mailbox.GetLetter(letter_id=letter_id))
    letter = response.letter
    digest = draft_of(letter)
    right = digest == letter.draft_digest
    tell(
        letter=letter_id,
        number=number,
        consultation=letter.consultation_id,
        documentNumber=letter.document_number,
        title=letter.draft_title,
        draftDigest=digest,
        digestMatches=right,
    )
    if not right:
        return False  # what is shown is not what would be consented to
    kind, reasons = reply_to(letter, args)
    try:
        given, attempts = answer(consultations, letter, digest, kind, reasons)
    except grpc.RpcError as error:
        tell(consultation=letter.consultation_id, refused=failure(contracts, error))
        return False
    reception = contracts.pool.FindEnumTypeByName("huiqian.coordination.v1.Reception")
    tell(
        consultation=letter.consultation_id,
        opinion=kind,
        attempts=attempts,
        reception=reception.values_by_number[given.reception].name,
        opinionDigest=given.consultation.opinion.digest,
        missing=given.missing_zh,
    )
    return True


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("address", "image", "ca", "cert", "key"):
        parser.add_argument(f"--{name}", required=True)
    parser.add_argument("--server-name")
    parser.add_argument("--kind", choices=KINDS, default="consent")
    parser.add_argument("--reasons", default="")
    parser.add_argument("--ask", action="store_true")
    parser.add_argument("--after", type=int, default=0, help="number of the last letter handled")
    parser.add_argument("--count", type=int, default=0)
    args = parser.parse_args()

    contracts = Contracts(args.image)
    with connect(args.address, args.ca, args.cert, args.key, args.server_name) as channel:
        mailbox = contracts.service(channel, "huiqian.delivery.v1.MailboxService")
        consultations = contracts.service(channel, "huiqian.coordination.v1.ConsultationService")
        kinds = contracts.pool.FindEnumTypeByName("huiqian.delivery.v1.LetterKind")
        consultation_letter = kinds.values_by_name["LETTER_KIND_CONSULTATION_LETTER"].number
        cursor, handled, failed = args.after, 0, 0
        try:
            for response in resumed(lambda: mailbox.WatchMailbox(after=cursor)):
                entry = response.entry
                if entry.kind == consultation_letter:
                    done = handle(contracts, mailbox, consultations, entry.number, entry.letter_id, args)
                    handled, failed = handled + 1, failed + (0 if done else 1)
                cursor = entry.number  # only now: cut off before, the letter is taken up again
                if handled == args.count and handled > 0:
                    break
        except grpc.RpcError as error:
            tell(refused=failure(contracts, error))
            return 1
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
