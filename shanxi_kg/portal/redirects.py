"""How the permanent addresses lead to a portal: its address goes in, an .htaccess for w3id.org comes out.

They answer a thing (`id/…`, `ontology`) with 303 and the document that the reader accepts; all other paths lead to the
same path of the portal.
"""

from __future__ import annotations

ACCEPTED = {"ttl": r"text/turtle|application/x-turtle|text/n3", "jsonld": r"application/ld\+json|application/json"}
"""The RDF files of a thing by their ending, and the media types that ask for them."""


def redirects(address: str) -> bytes:
    """Return the rules as Apache's mod_rewrite reads them in a folder's .htaccess."""
    lines = [
        "# Leads the permanent addresses to the portal. For the folder shanxi-kg of https://w3id.org/.",
        "Options -MultiViews",
        "RewriteEngine on",
        "",
    ]
    for ending, types in ACCEPTED.items():
        for thing, document in (("id/(.+)", "doc/$1"), ("ontology(?:/[0-9.]+)?", "ontology")):
            lines += [
                f"RewriteCond %{{HTTP_ACCEPT}} ^(?:{types}) [NC]",
                f"RewriteRule ^{thing}$ {address}{document}.{ending} [R=303,L]",
            ]
    for thing, document in (("id/(.+)", "doc/$1.html"), ("ontology(?:/[0-9.]+)?", "ontology.html")):
        lines += [
            "RewriteCond %{HTTP:Accept-Language} ^zh [NC]",
            f"RewriteRule ^{thing}$ {address}zh/{document} [R=303,L]",
            f"RewriteRule ^{thing}$ {address}{document} [R=303,L]",
        ]
    lines += [f"RewriteRule ^(.*)$ {address}$1 [R=302,L]", ""]
    return "\n".join(lines).encode()
