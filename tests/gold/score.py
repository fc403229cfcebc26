#!/usr/bin/env python3
"""Score a built graph against gold facts, through the stored queries alone.

usage: score.py GOLD_DIR RESULTS_DIR [--texts TEXT_DIR] [--json]

GOLD_DIR     one NAME.json a document: {"document": NAME, "facts": [{"type": ..., fields}]}
RESULTS_DIR  one QUERY.json a stored query, in SPARQL 1.1 Query Results JSON: regulations, agreements,
             agencies, posts, indicators, policies, platforms, statements (columns: see CONTRACT.md)
TEXT_DIR     NAME.txt a document: with it, every row's start/end must cut its evidence out of the text

For each fact type it prints precision, recall and F1 twice. 'core' asks that the fact was found (the
fields in capitals below); 'full' asks that every field which the gold gives agrees too.
    regulation  TITLE area issued inForce          post       PERSON role organization
    agreement   PARTIES (over half) signed         indicator  VALUE MEASURE unit area period status change
    agency      NAME parent area                   policy     MEASURE area target period
    platform    NAME area members                  statement  SPEAKER QUOTE
Pairing is the best possible: each gold fact with at most one row, each row with at most one fact. Rows alike in all
the columns that the contract names, evidence aside, count once. Names that hold different provinces never match
(Shanxi, Shaanxi). Exit status 0; 2 where the input cannot be read or an answer is missing.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import defaultdict
from pathlib import Path
from urllib.parse import unquote

QUERIES = {
    "regulation": "regulations",
    "agreement": "agreements",
    "agency": "agencies",
    "post": "posts",
    "indicator": "indicators",
    "policy": "policies",
    "platform": "platforms",
    "statement": "statements",
}
COLUMNS = {
    "regulation": "title area issued inForce",
    "agreement": "party subject signed",
    "agency": "name parent area",
    "post": "person role organization",
    "indicator": "measure value unit area period status change",
    "policy": "measure area target period",
    "platform": "name area member",
    "statement": "speaker quote",
}
PROVINCES = set(
    """beijing tianjin hebei shanxi mongolia liaoning jilin heilongjiang shanghai jiangsu zhejiang anhui fujian
    jiangxi shandong henan hubei hunan guangdong guangxi hainan chongqing sichuan guizhou yunnan tibet xizang shaanxi gansu
    qinghai ningxia xinjiang taiwan hong macao macau taiyuan datong yangquan changzhi jincheng shuozhou jinzhong yuncheng
    xinzhou linfen lyuliang""".split()
)
STOP = set(
    "the a an of in on for and to by with its their his her that this at as was were is are be been "
    "has have had from or number total".split()
)
AREA_WORDS = set(
    "province provinces provincial municipality municipal city prefecture county district "
    "autonomous region special administrative hui zhuang uygur uyghur north south central "
    "east west northern southern china's chinas s the of".split()
)
QUOTES = str.maketrans({c: None for c in "\"'“”‘’`"})


def words(text):
    text = str(text or "").casefold().translate(QUOTES).replace("&", " and ")
    text = re.sub(r"[-‐-―/_,.;:()\[\]]", " ", text)
    text = re.sub(r"\bintellectual property( rights?)?\b", "ip", text)
    text = re.sub(r"\bipr\b", "ip", text)
    text = re.sub(r"\bgeographic(al)? indications?\b", "gi", text)
    text = re.sub(r"\bgis\b", "gi", text)
    return [stem(w) for w in text.split() if w not in STOP]


def stem(word):
    if word.endswith("ies") and len(word) > 5:
        return word[:-3] + "y"
    if word.endswith(("sses", "xes", "ches", "shes")):
        return word[:-2]
    return word[:-1] if word.endswith("s") and not word.endswith(("ss", "us", "is")) and len(word) > 3 else word


def provinces(text):
    return PROVINCES & set(words(text))


def overlap(a, b):
    """Token F1 of two texts, 0 to 1."""
    a, b = words(a), words(b)
    if not a or not b:
        return float(a == b)
    left = list(b)
    shared = 0
    for w in a:
        if w in left:
            left.remove(w)
            shared += 1
    return 2 * shared / (len(a) + len(b))


def contained(a, b):
    """Share of the shorter text's tokens that stand in the longer one."""
    a, b = set(words(a)), set(words(b))
    return len(a & b) / min(len(a), len(b)) if a and b else float(a == b)


def area(text):
    text = re.sub(r"['’‘]s\b", "", str(text or "").casefold()).translate(QUOTES)
    return " ".join(w for w in re.sub(r"[^\w\s]", " ", text).split() if w not in AREA_WORDS)


def number(text):
    try:
        return float(str(text).replace(",", ""))
    except ValueError:
        return None


def same_number(a, b):
    a, b = number(a), number(b)
    return a is not None and b is not None and abs(a - b) <= 1e-6 * max(abs(a), abs(b), 1)


def same_date(gold, got):
    return str(gold or "") == str(got or "")


def core(kind, gold, row):
    """How well a row answers a gold fact, 0 (not at all) to 1."""
    named = {"regulation": "title", "agency": "name", "platform": "name"}.get(kind)
    if named:
        a, b = provinces(gold[named]), provinces(row.get(named))
        if not (a <= b or b <= a):
            return 0
    if kind == "regulation":
        s = overlap(gold["title"], row.get("title"))
        return s if s >= 0.75 else 0
    if kind == "agreement":
        a, b = {area(p) for p in gold["parties"]}, {area(p) for p in row.get("party", [])}
        s = len(a & b) / len(a | b) if a | b else 0
        return s if s > 0.5 else 0
    if kind in ("agency", "platform"):
        s = overlap(gold["name"], row.get("name"))
        return s if s >= (0.8 if kind == "agency" else 0.67) else 0
    if kind == "post":
        s = overlap(gold["person"], row.get("person"))
        return s if s >= 0.99 else 0
    if kind == "indicator":
        if not same_number(gold["value"], row.get("value")):
            return 0
        s = max(overlap(gold["measure"], row.get("measure")), 0.9 * contained(gold["measure"], row.get("measure")))
        return s if s >= 0.5 else 0
    if kind == "policy":
        s = overlap(gold["measure"], row.get("measure"))
        return s if s >= 0.5 else 0
    s = overlap(gold["quote"], row.get("quote"))
    return s if s >= 0.8 and contained(gold["speaker"], row.get("speaker")) >= 0.99 else 0


def full(kind, gold, row):
    def text(field, least):
        return not gold.get(field) or contained(gold[field], row.get(field)) >= least

    def place(field):
        return not gold.get(field) or area(gold[field]) == area(row.get(field))

    def date(field):
        return not gold.get(field) or same_date(gold[field], row.get(field))

    if kind == "regulation":
        return place("area") and date("issued") and date("inForce")
    if kind == "agreement":
        return {area(p) for p in gold["parties"]} == {area(p) for p in row.get("party", [])} and date("signed")
    if kind == "agency":
        return text("parent", 0.8) and place("area")
    if kind == "platform":
        members = gold.get("members") or []
        found = row.get("member", [])
        return place("area") and all(any(contained(m, f) >= 0.8 for f in found) for m in members)
    if kind == "post":
        return overlap(gold["role"], row.get("role")) >= 0.6 and text("organization", 0.8)
    if kind == "indicator":
        status = (row.get("status") == "target") == (gold.get("status") == "target")
        change = gold.get("change") is None or same_number(gold["change"], row.get("change"))
        return text("unit", 0.5) and place("area") and date("period") and status and change
    if kind == "policy":
        return place("area") and text("target", 0.5) and date("period")
    return True


def bindings(path):
    """Result rows as plain dicts, each with the name of its document's file."""
    for binding in json.loads(path.read_text("utf-8"))["results"]["bindings"]:
        row = {name: term["value"] for name, term in binding.items()}
        segment = re.split(r"[/#]", row.get("document", "").rstrip("/"))[-1]
        row["document"] = unquote(segment).removesuffix(".txt")
        yield row


def rows_of(path, kind):
    """Facts by document: an agreement's parties, a platform's members gathered into one."""
    many = {"agreement": "party", "platform": "member"}.get(kind)
    by_document = defaultdict(dict)
    for i, row in enumerate(bindings(path)):
        key = row.get(kind) or row.get("name") if many else i
        fact = by_document[row["document"]].setdefault(key, {k: v for k, v in row.items() if k != many})
        if many:
            fact.setdefault(many, [])
            if many in row and row[many] not in fact[many]:
                fact[many].append(row[many])
    return {d: list(f.values()) for d, f in by_document.items()}


def distinct(kind, rows):
    """A fact that several sentences give counts once: rows alike in the contract's columns are one."""
    seen = {}
    for row in rows:
        seen.setdefault(json.dumps([row.get(c) for c in COLUMNS[kind].split()]), row)
    return list(seen.values())


def pairing(weights):
    """The assignment of rows to columns with the greatest sum (Hungarian method): [(i, j)] of positive weight."""
    if not weights or not weights[0]:
        return []
    n = max(len(weights), len(weights[0]))
    cost = [[-weights[i][j] if i < len(weights) and j < len(weights[0]) else 0.0 for j in range(n)] for i in range(n)]
    u, v, match = [0.0] * (n + 1), [0.0] * (n + 1), [0] * (n + 1)
    for i in range(1, n + 1):
        match[0], j0, way = i, 0, [0] * (n + 1)
        least, used = [float("inf")] * (n + 1), [False] * (n + 1)
        while match[j0]:
            used[j0] = True
            delta, j1 = float("inf"), 0
            for j in range(1, n + 1):
                if not used[j]:
                    reduced = cost[match[j0] - 1][j - 1] - u[match[j0]] - v[j]
                    if reduced < least[j]:
                        least[j], way[j] = reduced, j0
                    if least[j] < delta:
                        delta, j1 = least[j], j
            for j in range(n + 1):
                if used[j]:
                    u[match[j]] += delta
                    v[j] -= delta
                else:
                    least[j] -= delta
            j0 = j1
        while j0:
            match[j0] = match[way[j0]]
            j0 = way[j0]
    return [
        (match[j] - 1, j - 1)
        for j in range(1, n + 1)
        if match[j] <= len(weights) and j <= len(weights[0]) and weights[match[j] - 1][j - 1] > 0
    ]


def score(gold, results):
    table = {}
    misses = []
    for kind, query in QUERIES.items():
        found = rows_of(results / f"{query}.json", kind)
        n_gold = n_row = n_core = n_full = 0
        for document, facts in gold.items():
            wanted = [f for f in facts if f["type"] == kind]
            rows = distinct(kind, found.get(document, []))
            weights = [
                [(10 + core(kind, g, r) + full(kind, g, r)) if core(kind, g, r) else 0.0 for r in rows] for g in wanted
            ]
            pairs = pairing(weights)
            complete = [(i, j) for i, j in pairs if full(kind, wanted[i], rows[j])]
            n_gold, n_row = n_gold + len(wanted), n_row + len(rows)
            n_core, n_full = n_core + len(pairs), n_full + len(complete)
            misses += [(document, kind, "incomplete", wanted[i], rows[j]) for i, j in pairs if (i, j) not in complete]
            misses += [
                (document, kind, "missed", g, None) for i, g in enumerate(wanted) if i not in {p[0] for p in pairs}
            ]
            misses += [
                (document, kind, "spurious", None, r) for j, r in enumerate(rows) if j not in {p[1] for p in pairs}
            ]
        table[kind] = (n_gold, n_row, n_core, n_full)
    return table, misses


def prf(n_gold, n_row, hits):
    p = hits / n_row if n_row else 0.0
    r = hits / n_gold if n_gold else 0.0
    return p, r, 2 * p * r / (p + r) if p + r else 0.0


def grounding(results, texts):
    """Result rows whose start/end cut exactly their evidence out of the document's text, of all rows with a text."""
    cached, good, total = {}, 0, 0
    for query in QUERIES.values():
        for row in bindings(results / f"{query}.json"):
            path = texts / f"{row['document']}.txt"
            if path not in cached:
                cached[path] = path.read_bytes().decode("utf-8") if path.exists() else None
            text = cached[path]
            if text is None:
                continue
            total += 1
            try:
                start, end = int(row["start"]), int(row["end"])
                good += 0 <= start < end <= len(text) and text[start:end] == row["evidence"]
            except (KeyError, ValueError):
                pass
    return good, total


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("gold", type=Path)
    ap.add_argument("results", type=Path)
    ap.add_argument("--texts", type=Path)
    ap.add_argument("--json", action="store_true", help="print one JSON object")
    ap.add_argument("--misses", action="store_true", help="list every missed, spurious and incomplete fact")
    args = ap.parse_args()
    try:
        gold = {p.stem: json.loads(p.read_text("utf-8"))["facts"] for p in sorted(args.gold.glob("*.json"))}
        if not gold:
            raise ValueError(f"no *.json in {args.gold}")
        table, misses = score(gold, args.results)
        ground = grounding(args.results, args.texts) if args.texts else None
    except (OSError, ValueError, KeyError) as error:
        print(f"score: {error}", file=sys.stderr)
        return 2
    table["all"] = tuple(sum(col) for col in zip(*table.values()))
    if args.json:
        print(
            json.dumps(
                {
                    k: {"gold": g, "rows": n, "core": prf(g, n, c), "full": prf(g, n, f)}
                    for k, (g, n, c, f) in table.items()
                }
                | ({"grounded": ground} if ground else {})
            )
        )
        return 0
    if args.misses:
        for document, kind, what, g, r in misses:
            print(
                f"{document} {kind} {what}: gold={json.dumps(g, ensure_ascii=False)} row={json.dumps(r, ensure_ascii=False)}"
            )
    print(f"{'type':11} {'gold':>5} {'rows':>5}   core P    R    F1     full P    R    F1")
    for kind, (g, n, c, f) in table.items():
        print(
            f"{kind:11} {g:5} {n:5}   "
            + " ".join(f"{x:5.2f}" for x in prf(g, n, c))
            + "    "
            + " ".join(f"{x:5.2f}" for x in prf(g, n, f))
        )
    if ground:
        print(f"grounded rows: {ground[0]} of {ground[1]}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
