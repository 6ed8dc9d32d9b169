"""Launch and source buttons, shown only where the address of the book's repository is known.

And a notebook that is downloaded from the book, and then runs without its package, names the address.

The address comes from one place: `repository: url` in _config.yml. A build that runs elsewhere can set it in
the environment instead, as REPOSITORY_URL, or as GITHUB_SERVER_URL and GITHUB_REPOSITORY or CI_PROJECT_URL, which
GitHub's and GitLab's own builds set. Where nobody knows the address there are no such buttons.
"""

import os
from pathlib import Path

BINDER = "https://mybinder.org"
FILES = "the book's files"  # in the words of tools/notebooks.py


def repository_url(environment, configured=""):
    """The repository's address without a slash at its end, or "" where it is unknown.

    environment  a mapping of environment variables
    configured   what _config.yml says
    """
    url = environment.get("REPOSITORY_URL", "").strip()
    server, name = environment.get("GITHUB_SERVER_URL", "").strip(), environment.get("GITHUB_REPOSITORY", "").strip()
    if not url and server and name:
        url = f"{server.rstrip('/')}/{name}"
    return (url or environment.get("CI_PROJECT_URL") or configured or "").strip().rstrip("/")


def provider(environment, configured=""):
    """Whose software serves the repository, where its address may not tell: "github", "gitlab", or "" to ask that."""
    if environment.get("GITHUB_REPOSITORY"):
        return "github"
    return "gitlab" if environment.get("CI_PROJECT_URL") else configured or ""


def button_options(url, branch):
    """The theme's options that show the buttons, or take them all away where `url` is ""."""
    known = bool(url)
    return {
        "repository_url": url,
        "repository_branch": branch,
        "use_repository_button": known,
        "use_issues_button": known,
        "launch_buttons": {"binderhub_url": BINDER, "notebook_interface": "jupyterlab"} if known else {},
    }


def set_buttons(app, config):
    options = dict(config.html_theme_options)
    url = repository_url(os.environ, options.get("repository_url"))
    branch = os.environ.get("REPOSITORY_BRANCH") or options.get("repository_branch") or "main"
    config.html_theme_options = options | button_options(url, branch)
    config.html_theme_options["repository_provider"] = provider(os.environ, options.get("repository_provider"))


def add_address(built, url):
    """Tell in the notebooks beside the built pages where the book's files are, if anybody knows."""
    for notebook in (Path(built) / "_sources").rglob("*.ipynb") if url else ():
        text = notebook.read_text(encoding="utf-8")
        notebook.write_text(text.replace(f"{FILES}, type", f"{FILES} ({url}), type"), encoding="utf-8", newline="\n")


def finish(app, exception):
    if exception is None:
        add_address(app.outdir, app.config.html_theme_options["repository_url"])


def setup(app):
    app.connect("config-inited", set_buttons)
    app.connect("build-finished", finish)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
