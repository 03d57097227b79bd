"""What is past its time is forgotten in the night."""

from datetime import timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from referral import model
from referral.model import Account, AuditEntry, Draft, Enquiry, SignIn, Token
from referral.moderation import reports
from referral.nightly.night import Night
from tests.make import NOW, make_account
from tests.nightly.nights import make, run


def test_what_is_past_its_time_is_forgotten_and_nothing_else(night: Night) -> None:
    id = make(night.engine)

    def rows(session: Session, name: str, days: int) -> None:
        moment = NOW - timedelta(days)
        used = Account(email=f"{name}@example.org", role="therapist", created_at=moment, last_seen_at=moment)
        unused = Account(email=f"{name}-unused@example.org", role="therapist", created_at=moment)
        session.add_all([used, unused])
        session.flush()
        session.add_all(
            [
                Token(hash=name, purpose="sign_in", address="", made_at=moment, expires_at=moment + timedelta(14)),
                SignIn(account_id=used.id, hash=name, made_at=moment, seen_at=moment),
                Draft(listing_id=id, account_id=used.id, section=name, base=1, fields=[], saved_at=moment),
                AuditEntry(at=moment, action="sign_in", object=f"account:{name}"),
                AuditEntry(at=moment, action="publish", object=f"listing:{name}"),
                Enquiry(listing_id=id, state="waiting", made_at=moment),
            ]
        )

    with Session(night.engine) as session:
        rows(session, "old", 100)
        rows(session, "middle", 13)
        session.commit()

    done = run(night)

    assert done["secrets"] == {"links": 1, "sign-ins": 1}
    assert done["enquiries"] == {"delivered": 0, "failed": 2, "forgotten": 1}  # nobody remembers their letters
    assert [done[job]["forgotten"] for job in ("drafts", "accounts", "security log")] == [1, 1, 1]
    with Session(night.engine) as session:
        left = [
            session.scalar(select(func.count()).select_from(kind)) for kind in (Token, SignIn, Draft, Enquiry, Account)
        ]
        assert left == [1, 1, 1, 1, 3]
        assert "listing:old" in session.scalars(select(AuditEntry.object)).all()


def test_the_words_of_a_closed_report_are_forgotten_after_a_month(night: Night) -> None:
    id = make(night.engine)
    with Session(night.engine) as session:
        moderator = make_account(session, "moderator").id
        for days, closed in ((40, True), (29, True), (40, False)):
            at = NOW - timedelta(days)
            one = reports.report(session, id, "She moved.", "" if closed else "v@example.org", at)
            if closed:
                reports.decide(session, one, moderator, True, "You were right.", at)
        session.commit()

    assert [run(night)["closed reports"]["forgotten"] for _twice in range(2)] == [1, 0]

    with Session(night.engine) as session:
        rows = session.scalars(select(model.Report).order_by(model.Report.id)).all()
        assert [(one.state, one.message, one.outcome) for one in rows] == [
            ("upheld", "", ""),
            ("upheld", "She moved.", "You were right."),
            ("open", "She moved.", ""),
        ]
        assert rows[0].decided_at == NOW - timedelta(40) and rows[2].reply_to == "v@example.org"
