"""A thread that has nobody above it says what went wrong, and nothing of whom."""

from structlog.testing import capture_logs

from referral.beside import surviving


def test_what_went_wrong_is_said_without_its_message_and_the_thread_goes_on() -> None:
    with capture_logs() as lines:
        for _look in range(2):
            with surviving("letters"):
                raise ValueError("@".join(("ann", "example.org")))

    assert [(line["event"], line["kind"], line["log_level"]) for line in lines] == [
        ("letters", "ValueError", "error")
    ] * 2
    assert __file__ in lines[0]["trace"][-1] and "ann@example.org" not in str(lines)
