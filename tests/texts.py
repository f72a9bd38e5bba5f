"""``python -m tests.texts`` (``make texts``): all texts, Swedish and English side by side.

For whoever reads them as a whole: a text beside its kin, with the forms for one and for many.
It writes one page, ``dist/texts.html``, and says where.
"""

import re
from html import escape
from itertools import groupby
from pathlib import Path

from bot.i18n.catalogues import catalogue
from storage.enums import Language

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "dist" / "texts.html"
STYLE = """
body { font: 16px/1.45 system-ui, sans-serif; margin: 2rem auto; max-width: 80rem; padding: 0 1rem;
  color-scheme: light dark; }
table { border-collapse: collapse; width: 100%; table-layout: fixed; }
th, td { border-top: 1px solid #8886; padding: .4rem .6rem; text-align: left; vertical-align: top;
  white-space: pre-wrap; overflow-wrap: break-word; }
td:first-child { color: #888; font: 13px/1.6 monospace; width: 18rem; }
nav a { margin-right: .7rem; }
"""


def main() -> None:
    """Write the page, and say where it is."""
    PAGE.parent.mkdir(exist_ok=True)
    PAGE.write_text(page(), encoding="utf-8")
    print(PAGE.relative_to(ROOT))


def page() -> str:
    """The page: a table for each beginning of keys, in the catalogues' order."""
    source = (ROOT / "bot" / "i18n" / "sv.po").read_text("utf-8")
    keys = re.findall(r'^msgid "(.+)"$', source, re.MULTILINE)
    groups = [(name, list(kin)) for name, kin in groupby(keys, lambda key: key.partition(".")[0])]
    links = " ".join(f'<a href="#{name}">{name}</a>' for name, _ in groups)
    tables = "\n".join(_table(name, kin) for name, kin in groups)
    return (
        '<!doctype html>\n<html lang="en"><meta charset="utf-8"><title>leda: all texts</title>\n'
        f"<style>{STYLE}</style>\n<h1>{len(keys)} texts</h1>\n<nav>{links}</nav>\n{tables}\n"
        "</html>\n"
    )


def _table(name: str, keys: list[str]) -> str:
    rows = "\n".join(
        f"<tr><td>{escape(key)}</td>"
        f'<td lang="sv">{_said(Language.SV, key)}</td><td>{_said(Language.EN, key)}</td></tr>'
        for key in keys
    )
    head = "<tr><th>key</th><th>svenska</th><th>English</th></tr>"
    return f'<h2 id="{name}">{name}</h2>\n<table>{head}\n{rows}</table>'


def _said(language: Language, key: str) -> str:
    """A text in all its forms, a line between them."""
    forms = dict.fromkeys(catalogue(language).text(key, number) for number in (1, 2))
    return escape("\n\N{EM DASH}\n".join(forms))


if __name__ == "__main__":
    main()
