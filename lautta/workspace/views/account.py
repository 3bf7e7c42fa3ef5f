"""My own settings and my own data."""

from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from lautta.common.actors import Actor
from lautta.common.problems import Refused
from lautta.organisations.actions import export_person
from lautta.workspace.actions.account import erase_account, update_account
from lautta.workspace.forms import AccountForm, EraseAccountForm


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def settings(request: HttpRequest) -> HttpResponse:
    """Name, language, reminders."""
    form = AccountForm(request.POST or None, instance=request.user)
    if request.method == "POST" and form.is_valid():
        update_account(by=Actor(request.user, "self"), user=request.user, values=form.cleaned_data)
        messages.success(request, _("Tiedot on tallennettu."))
        return redirect("workspace:account")
    return render(request, "workspace/account.html", {"form": form}, status=422 if form.errors else 200)


@require_safe
@login_required
def my_data(request: HttpRequest) -> HttpResponse:
    """Everything Lautta knows of the person, as a file."""
    response = JsonResponse(
        export_person(by=Actor(request.user, "self"), user=request.user),
        json_dumps_params={"ensure_ascii": False, "indent": 1},
    )
    response["Content-Disposition"] = f'attachment; filename="lautta-{timezone.localdate():%Y%m%d}.json"'
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def erase(request: HttpRequest) -> HttpResponse:
    """Erase my account: what goes, what stays, and the password to confirm."""
    form = EraseAccountForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            erase_account(
                by=Actor(request.user, "self"), user=request.user, password=form.cleaned_data["password"]
            )
        except Refused as problem:
            form.add_error(problem.field, problem.message)
        else:
            logout(request)
            messages.success(request, _("Tilisi on poistettu."))
            return redirect("publishing:front")
    return render(request, "workspace/erase_account.html", {"form": form}, status=422 if form.errors else 200)
