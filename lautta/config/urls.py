"""Every page stands under its language; health and static files alone do not."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from lautta.common import draft_views
from lautta.common import views as common_views
from lautta.publishing.views import front

urlpatterns = [
    path("", common_views.choose_language, name="root"),
    path("healthz", common_views.health, name="health"),
    path("favicon.ico", common_views.favicon, name="favicon"),
    path("sitemap.xml", front.sitemap, name="sitemap"),
    path("robots.txt", front.robots, name="robots"),
]

urlpatterns += i18n_patterns(
    path("account/", include("allauth.account.urls")),
    path("work/drafts/<str:key>/", draft_views.draft, name="draft"),
    path("work/drafts/<str:key>/drop/", draft_views.draft_drop, name="draft_drop"),
    path("work/", include("lautta.workspace.urls")),
    path("work/<str:plan_id>/plan/", include("lautta.plans.urls")),
    path("work/<str:plan_id>/measures/", include("lautta.measures.urls")),
    path("work/<str:plan_id>/clock/", include("lautta.annual_clock.urls")),
    path("calendar/", include("lautta.annual_clock.urls_feeds")),
    path("work/<str:plan_id>/decisions/", include("lautta.decisions.urls")),
    path("work/<str:plan_id>/assessments/", include("lautta.assessments.urls")),
    path("work/<str:plan_id>/voices/", include("lautta.voices.urls")),
    path("", include("lautta.publishing.urls")),
    prefix_default_language=True,
)

handler400 = "lautta.common.views.bad_request"
handler403 = "lautta.common.views.forbidden"
handler404 = "lautta.common.views.not_found"
handler500 = "lautta.common.views.server_error"
