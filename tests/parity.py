"""JavaScript asked beside Python: what a page's modules make of the same numbers."""

import json

import numpy as np

EXACT = 1e-12


def in_the_page(page, modules, helpers=""):
    """`run(body, **given)`: what the JavaScript `body` makes of it, the modules' functions and `helpers` in scope."""
    parts = f"{json.dumps(modules)}.map((name) => window.convnetLabs[name])"
    names = ", ".join(page.evaluate(f"Object.keys(Object.assign({{}}, ...{parts}))"))

    def run(body, **given):
        script = f"""(given) => {{
          const {{ {names} }} = Object.assign({{}}, ...{parts});
          given = JSON.parse(given);
          {helpers}
          const plain = (_, value) => (ArrayBuffer.isView(value) ? Array.from(value) : value);
          return JSON.stringify((() => {{ {body} }})(), plain);
        }}"""
        return json.loads(page.evaluate(script, json.dumps(given)))

    return run


def near(answer, wanted, exact=EXACT):
    """Every number to `exact`, as a share of the largest one where that is above 1."""
    wanted = np.asarray(wanted, float)
    assert np.size(answer) == wanted.size
    difference = np.abs(np.reshape(answer, wanted.shape) - wanted).max(initial=0)
    assert difference <= exact * max(1, np.abs(wanted).max(initial=0))
