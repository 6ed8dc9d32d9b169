"""What publishes the book: the workflows of GitHub and GitLab, how to cite it, and what changed in which version."""

import re
import shutil
import subprocess

import check_jsonschema
import pytest
import yaml

from tests.contents import ROOT
from tests.test_published import VERSION

WORKFLOW = ROOT / ".github" / "workflows" / "book.yml"
PIPELINE, CITATION = ROOT / ".gitlab-ci.yml", ROOT / "CITATION.cff"
PYTHONS = ["3.11", "3.12", "3.13"]


def parsed(path):
    return yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)  # `on` stays a word


@pytest.mark.parametrize(
    ("path", "schema"),
    [(WORKFLOW, "github-workflows"), (PIPELINE, "gitlab-ci"), (CITATION, "citation-file-format")],
    ids=["GitHub", "GitLab", "citation"],
)
def test_the_file_has_the_form_that_its_reader_asks_for(path, schema, capsys):
    with pytest.raises(SystemExit) as done:
        check_jsonschema.main(["--builtin-schema", f"vendor.{schema}", str(path)])
    assert done.value.code == 0, capsys.readouterr().out


def test_actionlint_finds_nothing():
    program = shutil.which("actionlint")
    if program is None:
        pytest.skip("no actionlint on this machine: the workflow's form is checked against GitHub's schema alone")
    done = subprocess.run([program, WORKFLOW], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


# GitHub


def test_each_action_is_pinned_to_a_commit():
    uses = re.findall(r"uses: (\S+)(.*)", WORKFLOW.read_text(encoding="utf-8"))
    assert len(uses) >= 5
    for action, comment in uses:
        assert re.fullmatch(r"actions/[\w-]+@[0-9a-f]{40}", action), action
        assert re.fullmatch(r" # v\d+\.\d+\.\d+", comment), f"{action}: which version is that?"


def test_a_job_may_do_what_it_needs_and_no_more():
    workflow = parsed(WORKFLOW)
    assert workflow["permissions"] == {"contents": "read"}
    allowed = {name: job.get("permissions") for name, job in workflow["jobs"].items()}
    assert allowed == {
        "test": None,
        "build": {"contents": "read", "pages": "read"},
        "deploy": {"pages": "write", "id-token": "write"},
    }


def test_every_python_is_tested_before_anything_is_published():
    jobs = parsed(WORKFLOW)["jobs"]
    assert jobs["test"]["strategy"]["matrix"]["python"] == PYTHONS
    assert [step["run"] for step in jobs["test"]["steps"] if "run" in step] == [".ci/run"]
    assert (jobs["build"]["needs"], jobs["deploy"]["needs"]) == ("test", "build")
    pipeline = parsed(PIPELINE)
    assert pipeline["test"]["parallel"]["matrix"] == [{"PYTHON": PYTHONS}]
    assert pipeline["test"]["script"] == [".ci/run"]
    assert pipeline["stages"].index("test") < pipeline["stages"].index(pipeline["pages"]["stage"])


def test_a_fork_needs_no_edit():
    """No address of anyone's is in the files: both ask the machine that runs them."""
    for path in (WORKFLOW, PIPELINE):
        assert not re.findall(r"https?://|github\.io|gitlab\.io", path.read_text(encoding="utf-8"))


# Versions


def test_the_version_is_the_same_wherever_it_stands():
    assert parsed(CITATION)["version"] == VERSION


def test_the_list_of_changes_names_the_version_or_what_is_not_released_yet():
    changes = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    headings = re.findall(r"^## (.*)$", changes, re.MULTILINE)
    assert headings[0] == "[Unreleased]"
    assert all(re.fullmatch(r"\[\d+\.\d+\.\d+\] - \d{4}-\d{2}-\d{2}", heading) for heading in headings[1:])
    kinds = set(re.findall(r"^### (.*)$", changes, re.MULTILINE))
    assert kinds <= {"Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"}
