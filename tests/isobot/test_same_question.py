"""What a question and a heading have in common, and what not."""

from __future__ import annotations

import pytest

from isobot.same_question import is_broader, shares_frame


@pytest.mark.parametrize(
    ("asked", "heading", "broader"),
    [
        ("can i sleep aboard", "Is sleeping aboard in the scope of the insurance?", True),
        ("oars", "Who pays for oars and paint?", True),
        ("can i sleep aboard", "May I sleep aboard on Sundays?", False),  # one word more is a circumstance
        ("lost my boat", "My boat or canoe has been lost or sunk. What now?", False),  # "or" names no part of it
        ("who insures the crew", "Is sleeping aboard in the scope of the insurance?", False),
    ],
)
def test_a_question_on_something_as_a_whole_is_not_one_on_a_part_of_it(asked, heading, broader):
    """Whether one may sleep aboard is not told by whether that is insured."""
    assert is_broader(asked, heading) is broader


@pytest.mark.parametrize(
    ("asked", "frame"),
    [
        ("how long do we keep oars", True),
        ("how long must oars be kept in the shed", True),
        ("how long do we keep letters", False),
        ("how long do we keep post", False),  # which is spoken of below
        ("letters, how long?", False),
        ("how long do we keep", False),
        ("who brings the oars", False),
    ],
)
def test_what_has_only_the_frame_of_a_question_is_about_something_else(asked, frame):
    """"How long is kept" is asked of many a thing."""
    heading = "How long do we keep letters?"
    assert shares_frame(asked, heading, f"{heading} All post is kept for 6 months.") is frame
