"""The one kind of error a person may read; everything else is a bug and becomes the 500 page."""

from http import HTTPStatus


class UsageError(Exception):
    """Something the person can understand and mend: `text` is one clear sentence for them."""

    def __init__(self, text: str, status: int = HTTPStatus.BAD_REQUEST, field: str = "") -> None:
        super().__init__(text)
        self.text = text
        self.status = int(status)
        """The HTTP status a page answers with; commands exit with 1."""
        self.field = field
        """The field of a form that it is about; empty where it is about none."""
