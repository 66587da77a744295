"""Refuses every dependency whose licence deny.toml does not allow (an expression with OR needs one that is allowed)."""

import json
import re
import sys
import tomllib

with open(sys.argv[1], "rb") as file:
    rules = tomllib.load(file)
allowed = set(rules["licenses"]["allow"])
banned = {entry["crate"] if isinstance(entry, dict) else entry for entry in rules["bans"]["deny"]}


def holds(expression):
    """An SPDX expression, with AND before OR, as the crates write it."""
    expression = expression.replace("/", " OR ")
    tokens = re.findall(r"\(|\)|[^\s()]+", expression)

    def either(position):
        value, position = both(position)
        while position < len(tokens) and tokens[position] == "OR":
            other, position = both(position + 1)
            value = value or other
        return value, position

    def both(position):
        value, position = one(position)
        while position < len(tokens) and tokens[position] == "AND":
            other, position = one(position + 1)
            value = value and other
        return value, position

    def one(position):
        if tokens[position] == "(":
            value, position = either(position + 1)
            return value, position + 1
        name = tokens[position]
        position += 1
        if position + 1 < len(tokens) and tokens[position] == "WITH":
            name = f"{name} WITH {tokens[position + 1]}"
            position += 2
        return name in allowed, position

    return either(0)[0]


metadata = json.load(sys.stdin)
used = {node["id"] for node in metadata["resolve"]["nodes"]}
faults = []
for package in metadata["packages"]:
    if package["id"] not in used or package["source"] is None:
        continue
    name = f"{package['name']} {package['version']}"
    if package["name"] in banned:
        faults.append(f"{name} is banned in deny.toml")
    elif not package["license"]:
        if package["name"] not in {entry["crate"] for entry in rules["licenses"].get("clarify", [])}:
            faults.append(f"{name} states no licence")
    elif not holds(package["license"]):
        faults.append(f"{name}: {package['license']} is not allowed")
for fault in faults:
    print(fault)
print(f"{len(used)} packages, {len(faults)} refused")
sys.exit(1 if faults else 0)
