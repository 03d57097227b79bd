"""Moderators list, write, preview, hide and bring back questions, and go back to what they said before."""

from flask import Blueprint, Response, abort, make_response, request
from wtforms import FieldList

from referral import db
from referral.accounts.permissions import Thing, may
from referral.errors import UsageError
from referral.guidance import counts, keeping, questions, wording
from referral.guidance import views as guidance
from referral.listings.differences import Difference
from referral.model import Question
from referral.moderation.questions import form
from referral.moderation.questions.form import QuestionForm
from referral.moderation.views import me, onward, page
from referral.text import DEFAULT, _, speaking
from referral.web import actor, moderator, now, rooms, today, unseen, writing
from referral.web.audience import carries
from referral.web.numbers import whole

views = Blueprint("questions", __name__, url_prefix="/moderation/questions")


@views.get("")
@moderator
def index() -> Response:
    """List every question with whether it was what people needed."""
    _allowed()
    with db.reading(rooms().engine) as here:
        every = questions.all_of_them(here)
        needed = counts.needed(here, today())
    return page("questions", questions=every, needed=needed, said=request.args.get("said", ""))


@views.get("/new")
@moderator
def new() -> Response:
    """Show an empty form."""
    _allowed()
    return _form(QuestionForm(data=form.empty(today())))


@views.post("")
@carries("more")
@moderator
def add() -> Response:
    """Publish a new question; what cannot be is shown again as it was typed."""
    _allowed()
    filled = QuestionForm(request.form)
    if "more" in request.form:
        return _form(_longer(filled))
    try:
        with writing() as here:
            keeping.add(here, _read(filled), me(), now())
            here.commit()
    except UsageError as error:
        return _form(filled, error=error)
    return onward("questions.index", said="added")


@views.post("/preview")
@carries()
@moderator
def preview() -> Response:
    """Show what was typed as visitors would see it; nothing is kept."""
    _allowed()
    told = wording.checked(_read(QuestionForm(request.form)))
    shown = Question(id=0, slug="", language=DEFAULT, safety=False, texts=[], answers=[])
    for name, value in told.items():
        wording.put(shown, name, value)
    with speaking(DEFAULT):
        return unseen(make_response(guidance.page(shown, [], preview=True)))


@views.get("/<int:number>")
@moderator
def edit(number: int) -> Response:
    """Show one question as a form."""
    _allowed()
    one = _found(number)
    return _form(QuestionForm(data=form.told(wording.wording(one))), one)


@views.post("/<int:number>")
@carries("more")
@moderator
def save(number: int) -> Response:
    """Save a question as a new revision; what cannot be, or meets another change, is shown again as it was typed."""
    _allowed()
    filled, base = QuestionForm(request.form), request.form.get("base", -1, type=whole)
    if "more" in request.form:
        return _form(_longer(filled), _found(number), base=base)
    try:
        with writing() as here:
            keeping.save(here, number, _read(filled), base, me(), now())
            here.commit()
    except keeping.Outdated as late:
        conflict = wording.between(late.current, wording.checked(form.wished(filled)))
        return _form(filled, _found(number), late, conflict)
    except UsageError as error:
        return _form(filled, _found(number), error, base=base)
    return onward("questions.index", said="saved")


@views.get("/<int:number>/history")
@moderator
def history(number: int) -> Response:
    """Show what was changed, and when, with a way back."""
    _allowed()
    one = _found(number)
    with db.reading(rooms().engine) as here:
        rows = keeping.history(here, number)
    entries = [(row, wording.between(row.before, row.content)) for row in rows]
    return page("question_history", question=one, entries=entries)


@views.post("/<int:number>/history/<int:revision>/revert")
@moderator
def revert(number: int, revision: int) -> Response:
    """Let the question say again what it said before this revision."""
    _allowed()
    with writing() as here:
        keeping.go_back(here, number, revision, request.form.get("base", -1, type=whole), me(), now())
        here.commit()
    return onward("questions.index", said="saved")


@views.post("/<int:number>/hide")
@moderator
def hide(number: int) -> Response:
    """Take a question out of sight."""
    return _shown(number, hidden=True)


@views.post("/<int:number>/show")
@moderator
def show(number: int) -> Response:
    """Bring it back."""
    return _shown(number, hidden=False)


def _shown(number: int, *, hidden: bool) -> Response:
    _allowed()
    with writing() as here:
        keeping.hide(here, number, hidden, me(), now())
        here.commit()
    return onward("questions.index", said="saved")


def _allowed() -> None:
    who = actor()
    if who is None or not may(who, "edit", Thing("question")):
        abort(403)


def _found(number: int) -> Question:
    with db.reading(rooms().engine) as here:  # after a refused change the request's own moment may be too old
        return keeping.found(here, number)


def _read(filled: QuestionForm) -> dict[str, object]:
    if not filled.validate():
        raise UsageError(_("Please look at what is marked below."))
    return form.wished(filled)


def _longer(filled: QuestionForm) -> QuestionForm:
    """The form with one answer more."""
    rows = filled["answers"]
    assert isinstance(rows, FieldList)  # as the form declares it
    if len(rows.entries) < wording.MANY:
        rows.append_entry(form.empty(today())["answers"][0])
    return filled


def _form(
    filled: QuestionForm,
    one: Question | None = None,
    error: UsageError | None = None,
    conflict: list[Difference] | None = None,
    base: int | None = None,
) -> Response:
    if error is not None and error.status == 404:
        raise error
    version = one.version if one is not None and base is None else base or 0
    shown = {"form": filled, "one": one, "conflict": conflict or [], "base": version}
    return page("question", error.status if error else 200, **shown, error=error.text if error else "")
