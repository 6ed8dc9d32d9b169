"""List what the oldest browsers that are meant to work lack, for tests that take it away.

    npm install @mdn/browser-compat-data
    python tools/newer_features.py node_modules/@mdn/browser-compat-data/data.json

Writes tests/golden/newer_features.json: names that a script can use (`AbortSignal.any_static`, `Iterator.map`) and
words of CSS (properties, at-rules, selectors) that at least one of OLDEST has not, and today's Chrome has.
"""

import json
import re
import sys
from pathlib import Path

TARGET = Path(__file__).resolve().parent.parent / "tests" / "golden" / "newer_features.json"
OLDEST = {"safari": "16.4", "safari_ios": "16.4", "firefox": "115", "chrome": "111"}
TODAY = "9999"
RENAMED = {"flags", "prefix", "alternative_name"}


def statements(feature, browser):
    """What is told of the feature under its own name, without a switch that the reader would have to set."""
    told = feature["__compat"]["support"].get(browser, [])
    return [one for one in ([told] if isinstance(told, dict) else told) if not RENAMED & one.keys()]


def has(feature, browser, version):
    """Whether a browser of that version knows the feature, in whole or in part."""
    return any(
        is_number(one["version_added"])
        and number(one["version_added"]) <= number(version)
        and not (is_number(one.get("version_removed")) and number(one["version_removed"]) <= number(version))
        for one in statements(feature, browser)
    )


def is_number(version):
    return isinstance(version, str) and re.fullmatch(r"≤?[\d.]+", version) is not None


def number(version):
    return [int(part) for part in version.lstrip("≤").split(".")]


def is_newer(feature):
    if "__compat" not in feature or not has(feature, "chrome", TODAY):
        return False
    return not all(has(feature, browser, version) for browser, version in OLDEST.items())


def newer_names(interfaces):
    """`Owner` where all of it is newer, else `Owner.member` for each member that is."""
    names = []
    for owner, members in sorted(interfaces.items()):
        if is_newer(members):
            names.append(owner)
            continue
        newer = [name for name, member in sorted(members.items()) if name != "__compat" and is_newer(member)]
        names += [f"{owner}.{name}" for name in newer if re.fullmatch(r"\w+", name) and not name.endswith("_event")]
    return names


def newer_words(features):
    return sorted(name for name, feature in features.items() if is_newer(feature))


def main():
    data = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    css = data["css"]
    listed = {
        "source": f"@mdn/browser-compat-data {data['__meta']['version']}",
        "oldest": OLDEST,
        "scripts": newer_names(data["api"]) + newer_names(data["javascript"]["builtins"]),
        "css": {
            "properties": newer_words(css["properties"]),
            "at-rules": newer_words(css["at-rules"]),
            "selectors": newer_words(css["selectors"]),
        },
    }
    TARGET.write_text(json.dumps(listed, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
