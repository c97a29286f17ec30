"""The vendor's Python library against vectors.json. Run by `check`."""

import json
import sys

from stripe import SignatureVerificationError, WebhookSignature

file, mode = sys.argv[1:3]


def header(case):
    def sign(secret, scheme):
        signer = type("Signer", (WebhookSignature,), {"EXPECTED_SCHEME": scheme})
        return signer.generate_signature_header(
            case["payload"], secret, case["timestamp"]
        )

    def signature(secret, scheme):
        return sign(secret, scheme).split(",")[1]

    first, *rest = case["secrets"]
    parts = [sign(first, "v1")]
    parts += [signature(secret, "v1") for secret in rest]
    if "other_scheme" in case:
        parts.append(signature(first, case["other_scheme"]))
    return ",".join(parts)


def accepts(case):
    for secret in case["secrets"]:
        try:
            # Without a tolerance the time is not checked.
            WebhookSignature.verify_header(
                case["payload"], case["headers"]["ours"], secret
            )
        except SignatureVerificationError:
            return False
    return True


def fail(name, reason):
    sys.exit(f"python: {name}: {reason}")


with open(file, encoding="utf-8") as source:
    cases = json.load(source)
for case in cases:
    made = header(case)
    if mode == "--write":
        case.setdefault("headers", {})["python"] = made
    if made != case["headers"]["python"]:
        fail(case["name"], "the helper gives another header")
    if not accepts(case):
        fail(case["name"], "our header is refused")
if mode == "--write":
    with open(file, "w", encoding="utf-8") as target:
        json.dump(cases, target, indent=2, ensure_ascii=False)
        target.write("\n")
print(f"python: {len(cases)} cases")
