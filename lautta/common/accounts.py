"""Signing in: closed sign-up, guessing slowed per account."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.forms import LoginForm as AllauthLoginForm
from django.http import HttpRequest


def no_address(request: HttpRequest) -> None:
    """The visitor's address is not stored (see docs on personal data)."""
    return


class AccountAdapter(DefaultAccountAdapter):
    """People are invited by their coordinator; nobody signs up alone."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False


class LoginForm(AllauthLoginForm):
    """Hands axes what it needs to count failures by account."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # The page has its own way to a new password, and every label stands above its field.
        self.fields["password"].help_text = ""
        for name in ("login", "password"):
            self.fields[name].widget.attrs.pop("placeholder", None)

    def user_credentials(self) -> dict[str, str]:
        credentials = super().user_credentials()
        credentials["login"] = credentials.get("email") or credentials.get("username") or ""
        return credentials
