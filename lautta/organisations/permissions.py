"""Roles are code: what each may do, within its own organisation or in the whole plan."""

from enum import StrEnum

from django.utils.translation import gettext_lazy as _


class Permission(StrEnum):
    VIEW_WORKSPACE = "view_workspace"
    VIEW_ALL_DRAFTS = "view_all_drafts"
    EDIT_PLAN = "edit_plan"
    EDIT_OWN_SECTION = "edit_own_section"
    PUBLISH_PLAN = "publish_plan"
    MANAGE_PEOPLE = "manage_people"
    MANAGE_OWN_PEOPLE = "manage_own_people"
    MANAGE_ROUNDS = "manage_rounds"
    EDIT_MEASURES = "edit_measures"
    PUBLISH_MEASURES = "publish_measures"
    REPORT = "report"
    EVALUATE_YEAR = "evaluate_year"
    ADD_VOICES = "add_voices"
    MODERATE_VOICES = "moderate_voices"
    READ_FEEDBACK = "read_feedback"
    KEEP_FIGURES = "keep_figures"
    FREEZE_VERSIONS = "freeze_versions"
    RECORD_DECISIONS = "record_decisions"
    ASK_STATEMENTS = "ask_statements"
    GIVE_STATEMENTS = "give_statements"
    CONFIRM_STATEMENTS = "confirm_statements"
    COMMENT_VERSIONS = "comment_versions"
    REGISTER_HEARINGS = "register_hearings"
    SEE_AUDIT = "see_audit"
    KEEP_CLOCK = "keep_clock"


class Role(StrEnum):
    COORDINATOR = "coordinator"
    LEAD = "lead"
    CONTRIBUTOR = "contributor"
    DECISION_SECRETARY = "decision_secretary"
    FAMILY_CENTRE_COORDINATOR = "family_centre_coordinator"
    YOUTH_COUNCIL = "youth_council"
    ADMINISTRATOR = "administrator"


ROLE_NAMES = {
    Role.COORDINATOR: _("Koordinaattori"),
    Role.LEAD: _("Organisaation vastuuhenkilö"),
    Role.CONTRIBUTOR: _("Kirjaaja"),
    Role.DECISION_SECRETARY: _("Päätössihteeri"),
    Role.FAMILY_CENTRE_COORDINATOR: _("Perhekeskuskoordinaattori"),
    Role.YOUTH_COUNCIL: _("Nuorisovaltuuston ohjaaja tai täysi-ikäinen jäsen"),
    Role.ADMINISTRATOR: _("Ylläpitäjä"),
}

P = Permission

# In the whole plan, whatever the organisation.
PLAN_WIDE: dict[Role, frozenset[Permission]] = {
    # A youth council's words are confirmed by its own adult, never by the one who asked for them.
    Role.COORDINATOR: frozenset(P) - {P.EDIT_OWN_SECTION, P.MANAGE_OWN_PEOPLE, P.CONFIRM_STATEMENTS},
    Role.ADMINISTRATOR: frozenset(
        {P.VIEW_WORKSPACE, P.MANAGE_PEOPLE, P.SEE_AUDIT, P.READ_FEEDBACK, P.KEEP_FIGURES}
    ),
}

# Within the organisation of the membership only.
_STATES = frozenset({P.GIVE_STATEMENTS, P.COMMENT_VERSIONS})
_CONTRIBUTOR = (
    frozenset({P.VIEW_WORKSPACE, P.EDIT_MEASURES, P.REPORT, P.ADD_VOICES, P.REGISTER_HEARINGS, P.KEEP_CLOCK})
    | _STATES
)
OWN_ORGANISATION: dict[Role, frozenset[Permission]] = {
    Role.CONTRIBUTOR: _CONTRIBUTOR,
    Role.LEAD: _CONTRIBUTOR | {P.EDIT_OWN_SECTION, P.PUBLISH_MEASURES, P.EVALUATE_YEAR, P.MANAGE_OWN_PEOPLE},
    Role.DECISION_SECRETARY: frozenset(
        {P.VIEW_WORKSPACE, P.RECORD_DECISIONS, P.REGISTER_HEARINGS, P.KEEP_CLOCK}
    )
    | _STATES,
    Role.FAMILY_CENTRE_COORDINATOR: _CONTRIBUTOR,
    Role.YOUTH_COUNCIL: frozenset(
        {P.VIEW_WORKSPACE, P.ADD_VOICES, P.CONFIRM_STATEMENTS, P.COMMENT_VERSIONS, P.REGISTER_HEARINGS}
    ),
}
