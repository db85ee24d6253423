"""120 hostile texts: markup, scripts, template syntax, formulas, reversed, endless, joined and invisible characters."""

from __future__ import annotations

HIT = "window.hit = 1"

MARKUP = (
    f"</script><script>{HIT}</script>",
    f"<img src=x onerror='{HIT}'>",
    "<!--<script>",
    f'"><svg onload="{HIT}">',
    f"' onmouseover='{HIT}",
    "]]>",
    "<b>not bold</b>",
    "&lt;b&gt;not bold&lt;/b&gt;",
    "<base href=//evil.example>",
    f"<iframe srcdoc='<script>{HIT}</script>'>",
    f"<svg><script>{HIT}</script></svg>",
    "<style>*{display:none}</style>",
    "<meta http-equiv=refresh content=0>",
    "<link rel=stylesheet href=//evil.example>",
    "<object data=x>",
    f"<details open ontoggle='{HIT}'>",
    f"<math><mtext><img src=x onerror='{HIT}'>",
    "<plaintext>",
    "<textarea>",
    "</textarea>",
    "</style>",
    "</title>",
    "</body></html>",
    "<a href='javascript:window.hit=1'>a</a>",
    f"<video><source onerror='{HIT}'>",
    f"<body onload='{HIT}'>",
    f"<input autofocus onfocus='{HIT}'>",
    "<![CDATA[x]]>",
    "<?xml version='1.0'?>",
    "<!DOCTYPE html>",
)

SCRIPT = (
    f"}}}}]);{HIT};//",
    "javascript:window.hit=1",
    f"'-({HIT})-'",
    f'"-({HIT})-"',
    f"\\';{HIT}//",
    "\\u003cscript\\u003e",
    "$& $1 \\u003c",
    f"`${{{HIT}}}`",
    f"*/{HIT}/*",
    "__proto__",
    "constructor",
    "prototype",
    "toString",
    "hasOwnProperty",
    "undefined",
    "null",
    "NaN",
    "[object Object]",
    "1e309",
    "0x41",
    "data:text/html,<script>window.hit=1</script>",
    f"eval('{HIT}')",
    f'";{HIT};"',
    "\\",
    "\\\\",
    "'",
    '"',
    "`",
)

TEMPLATE = (
    "{{ 7 * 7 }}{% raw %}",
    "{{ config }}",
    "${7*7}",
    "<%= 7*7 %>",
    "#{7*7}",
    "{0} {name}",
    "%s %d %n",
    "{%",
    "{#",
    "{{",
    "}}",
    "[[7*7]]",
    "{shown} of {all}",
    "%(name)s",
    "\\{name\\}",
)

FORMULA = (
    "=1+1",
    "+1+1",
    "-1+1",
    "@SUM(A1)",
    '=HYPERLINK("//evil.example")',
    "=cmd|' /C calc'!A0",
    "001",
    "\t=1+1",
    "1,000",
    "2026-11-23",
    "TRUE",
)

DIRECTIONS = (
    "\u202egnp.exe",
    "\u202e\u202e\u202e",
    "\u2066abc",
    "\u2067שלום",
    "مرحبا بالعالم",
    "abc שלום def",
    "\u200f.txt",
    "\u202aA\u202bB",
)

INVISIBLE = (
    "A\u2028B\u2029C",
    "A\u200bB",
    "\u200b",
    "\ufeffA",
    "A\u00adB",
    "\u2060",
    "A\u2063B",
    "a\u0301\u0302\u0303\u0304",
    "Z\u0351\u0352\u0353\u0354\u0355a\u0351\u0352l\u0353\u0354g\u0355o",
    "A\u00a0B",
    "\u3000全角\u3000",
    "A\tB",
)

ENDLESS = (
    "漢" * 300,
    "W" * 300,
    "i" * 600,
    "word " * 80,
    "長い名前　" * 60,
    "-" * 200,
    "👩‍👩‍👧‍👦" * 40,
    "‮" + "W" * 100,
)

SIGNS = (
    "👩‍👩‍👧‍👦 Zoë",
    "🇨🇳🇩🇪",
    "👍🏽",
    "𠮷野家",
    "ﷺ",
    "Ａ１",
    "ⅷ",
    "™®©",
)

HOSTILE = (*MARKUP, *SCRIPT, *TEMPLATE, *FORMULA, *DIRECTIONS, *INVISIBLE, *ENDLESS, *SIGNS)
