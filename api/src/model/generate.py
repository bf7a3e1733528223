#!/usr/bin/env python3
"""Writes the catalogues of the AWS APIs that Waypost speaks, from service descriptions in botocore's format (service-2.json).

    api/src/model/generate.py FOLDER

FOLDER holds ses.service-2.json, sesv2.service-2.json, mailmanager.service-2.json and sns.service-2.json. What newer clients ask for
stands in API.newer.json beside this script (read from @aws-sdk/client-sesv2 3.1169.0) and is laid over them. What is taken are facts
that a client and a server must agree on: names, types, places on the wire, limits, words and codes of errors. No prose is taken.
A feature that the codecs do not know ends the run, so that a newer description cannot be half understood.
"""

import json
import pathlib
import sys

HERE = pathlib.Path(__file__).resolve().parent
RESOURCES = HERE.parent / "main" / "resources" / "io" / "waypost" / "api" / "aws" / "model"
APIS = ("ses", "sesv2", "sns", "mailmanager")

# Patterns that the service enforces and its description has only in words (SES API reference, CreateReceiptRuleSet, ReceiptRule).
PATTERNS = {
    "ses": {"ReceiptRuleSetName": "^[a-zA-Z0-9_.-]+$", "ReceiptRuleName": "^[a-zA-Z0-9_.-]+$"},
}

# Members with another shape than the description's: Terraform says "behind no rule" with an empty name.
SHAPES = {
    ("CreateReceiptRuleRequest", "After"): "RuleOrRuleSetName",
    ("SetReceiptRulePositionRequest", "After"): "RuleOrRuleSetName",
}

# Routes of older descriptions, of which SDKs are in use (the first three: botocore 1.29). Members of the body are in the query there.
OLDER_ROUTES = {
    "sesv2": {
        "ListContacts": ("GET", "/v2/email/contact-lists/{ContactListName}/contacts"),
        "ListImportJobs": ("GET", "/v2/email/import-jobs"),
        "ListConfigurationSets": ("GET", "/v2/email/configuration-sets"),
        "ListEmailIdentities": ("GET", "/v2/email/identities"),
        "PutEmailIdentityDkimSigningAttributes": ("PUT", "/v1/email/identities/{EmailIdentity}/dkim/signing"),
    },
}

KINDS = {"structure", "list", "map", "string", "integer", "long", "double", "boolean", "blob", "timestamp"}
PROSE = {"documentation", "deprecated", "deprecatedMessage", "box", "exception", "fault", "type", "sensitive", "synthetic"}
KNOWN = {
    "structure": {"members", "required", "union", "error"},
    "list": {"member", "min", "max"},
    "map": {"key", "value", "min", "max"},
    "string": {"enum", "min", "max", "pattern"},
}
MEMBER = {"shape", "documentation", "location", "locationName", "contextParam", "idempotencyToken"}


def refuse(words):
    sys.exit(f"generate.py: {words}")


def limits(shape):
    return {key: shape[key] for key in ("min", "max") if key in shape}


def member(structure, name, description, required):
    if description.keys() - MEMBER:
        refuse(f"{structure}.{name} has {description.keys() - MEMBER}")
    fact = {"shape": SHAPES.get((structure, name), description["shape"])}
    if name in required:
        fact["required"] = True
    place = description.get("location")
    if place:
        if place not in ("uri", "querystring"):
            refuse(f"{structure}.{name} is in {place}")
        fact["in"] = place
        fact["as"] = description["locationName"]
    elif "locationName" in description:
        refuse(f"{structure}.{name} has another name in a body")
    return fact


def fact(api, name, shape):
    kind = shape["type"]
    if kind not in KINDS:
        refuse(f"{name} is a {kind}")
    unknown = shape.keys() - PROSE - KNOWN.get(kind, {"min", "max"})
    if unknown:
        refuse(f"{name} has {unknown}")
    if kind == "structure":
        required = set(shape.get("required", ()))
        found = {"type": kind, "members": {
            key: member(name, key, value, required) for key, value in shape["members"].items()}}
        if shape.get("union"):
            found["union"] = True
        if shape.get("exception"):
            error = shape.get("error", {})
            found["error"] = {
                "code": error.get("code", name),
                "status": error.get("httpStatusCode", 500 if shape.get("fault") else 400),
                "fault": "Receiver" if shape.get("fault") else "Sender",
            }
        return found
    if kind == "list":
        if shape["member"].keys() - {"shape", "documentation"}:
            refuse(f"{name}.member")
        return {"type": kind, "member": shape["member"]["shape"], **limits(shape)}
    if kind == "map":
        return {
            "type": kind,
            "key": shape["key"]["shape"],
            "value": shape["value"]["shape"],
            "keyAs": shape["key"].get("locationName", "key"),
            "valueAs": shape["value"].get("locationName", "value"),
            **limits(shape),
        }
    found = {"type": kind, **limits(shape)}
    if kind == "string":
        pattern = shape.get("pattern") or PATTERNS.get(api, {}).get(name)
        if pattern:
            found["pattern"] = pattern
        if "enum" in shape:
            found["enum"] = shape["enum"]
    return found


def reachable(shapes, roots):
    found, waiting = {}, list(roots)
    while waiting:
        name = waiting.pop()
        if name in found:
            continue
        found[name] = shape = shapes[name]
        waiting += [value["shape"] for value in shape.get("members", {}).values()]
        waiting += [shape[key]["shape"] for key in ("member", "key", "value") if key in shape]
    return found


def no_circle(shapes, name, above=()):
    if name in above:
        refuse(f"{name} contains itself")
    shape = shapes[name]
    inner = [value["shape"] for value in shape.get("members", {}).values()]
    inner += [shape[key]["shape"] for key in ("member", "key", "value") if key in shape]
    for other in inner:
        no_circle(shapes, other, (*above, name))


def catalogue(api, model):
    meta = model["metadata"]
    operations, roots = {}, set()
    for name, operation in sorted(model["operations"].items()):
        if operation["http"].keys() - {"method", "requestUri"}:
            refuse(f"{name} has {operation['http']}")
        found = {"method": operation["http"]["method"], "path": operation["http"]["requestUri"]}
        for side in ("input", "output"):
            if side in operation:
                found[side] = operation[side]["shape"]
                roots.add(operation[side]["shape"])
        for key, value in model["shapes"][found["output"]]["members"].items() if "output" in found else ():
            if "location" in value:
                refuse(f"{name} answers {key} outside of its body")
        errors = [error["shape"] for error in operation.get("errors", ())]
        roots.update(errors)
        if errors:
            found["errors"] = errors
        if name in OLDER_ROUTES.get(api, {}):
            method, path = OLDER_ROUTES[api][name]
            found["older"] = {"method": method, "path": path}
        operations[name] = found
    roots.update(name for name, shape in model["shapes"].items() if shape.get("exception"))
    for root in roots:
        no_circle(model["shapes"], root)
    shapes = reachable(model["shapes"], roots)
    head = {
        "api": api,
        "version": meta["apiVersion"],
        "namespace": meta.get("xmlNamespace", ""),
        "target": meta.get("targetPrefix", ""),
    }
    return head, operations, {name: fact(api, name, shapes[name]) for name in sorted(shapes)}


def line(value):
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def overlaid(api, model):
    """Newer members, shapes and routes, over the description."""
    path = HERE / f"{api}.newer.json"
    if not path.exists():
        return model
    newer = json.loads(path.read_text("utf-8"))
    for name, operation in newer["operations"].items():
        model["operations"][name] = model["operations"].get(name, {}) | operation
    for name, shape in newer["shapes"].items():
        known = model["shapes"].setdefault(name, shape)
        if "members" in shape:
            known["members"] |= shape["members"]
    return model


def text(head, operations, shapes):
    """One line an operation and a shape: a newer description shows as a short difference."""
    parts = [line(head)[1:-1]]
    for key, values in (("operations", operations), ("shapes", shapes)):
        parts.append(line(key) + ":{\n" + ",\n".join(f"{line(name)}:{line(value)}" for name, value in values.items()) + "}")
    return "{" + ",\n".join(parts) + "}\n"


def main():
    if len(sys.argv) != 2:
        refuse("the folder of descriptions is missing")
    RESOURCES.mkdir(parents=True, exist_ok=True)
    for api in APIS:
        model = json.loads((pathlib.Path(sys.argv[1]) / f"{api}.service-2.json").read_text("utf-8"))
        written = text(*catalogue(api, overlaid(api, model)))
        (RESOURCES / f"{api}.json").write_text(written, "utf-8")
        print(f"{api}: {len(written)} characters")


if __name__ == "__main__":
    main()
