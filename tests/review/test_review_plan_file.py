"""PLAN.json, written by us and by strangers."""

import json
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twinlens.domain.errors import PlanInvalid
from twinlens.domain.plan import Plan, PlannedGroup, PlannedRemoval
from twinlens.domain.relation import PhotoClass, Transform
from twinlens.review.plan_file import parse_plan, plan_document, read_plan, write_plan


def _plan(path: str = "/p/b.jpg") -> Plan:
    step = PlannedRemoval(path, 12, "0f" * 16, "A copy.", PhotoClass.IDENTICAL_FILE, 1.0, Transform.ROTATED_90)
    return Plan("suggested", (PlannedGroup("g", PhotoClass.SAME_SHOT, ("/p/a.jpg",), (step,)),))


@pytest.mark.parametrize("path", ["/p/b.jpg", os.fsdecode(b"/p/\xff\n.jpg"), "/p/é😀.jpg"])
def test_there_and_back(tmp_path: Path, path: str) -> None:
    write_plan(_plan(path), str(tmp_path / "plan.json"))
    assert read_plan(str(tmp_path / "plan.json")) == _plan(path)


def test_the_minimal_form_of_the_contract_is_enough() -> None:
    step = {"path": "/b", "bytes": 1, "sha": "00" * 16, "reason": "r", "more": [1]}
    document = {
        "schema": 1,
        "rule": "mine",
        "groups": [{"id": "1", "class": "edited", "keep": ["/a"], "remove": [step]}],
    }
    assert parse_plan(json.dumps(document).encode(), "x").groups[0].remove[0].photo_class is PhotoClass.EDITED


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("bytes", -1),
        ("bytes", "1"),
        ("sha", "zz"),
        ("path", ""),
        ("path", 3),
        ("score", 2),
        ("transform", "melted"),
        ("class", 1),
    ],
)
def test_wrong_values_are_named(key: str, value: object) -> None:
    document = plan_document(_plan())
    document["groups"][0]["remove"][0][key] = value
    with pytest.raises(PlanInvalid, match=r"plan\.json is not a plan"):
        parse_plan(json.dumps(document).encode(), "plan.json")


@given(st.one_of(st.binary(max_size=200), st.text(max_size=50).map(str.encode), st.just(b"[" * 100_000)))
def test_any_bytes_give_a_sentence(data: bytes) -> None:
    with pytest.raises(PlanInvalid):
        parse_plan(data, "plan.json")
