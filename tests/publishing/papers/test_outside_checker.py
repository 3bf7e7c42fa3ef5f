"""Every kind of paper before an outside checker of PDF/UA-1: `pip install page-validation` (it is no part of Lautta's own)."""

import pytest
from django.utils import translation

from lautta.assessments import actions as assessments
from lautta.common.translated import Translated
from lautta.publishing.models import PaperFormat, PaperKind
from lautta.publishing.papers.making import Source
from lautta.publishing.papers.reading import frozen_assessment
from tests.assessments.making import decided
from tests.decisions.asking import Hamina
from tests.decisions.making import make_matter

pytestmark = [pytest.mark.django_db, pytest.mark.verify]
checker = pytest.importorskip("page", reason="the checker of PDF/UA-1 (page-validation) is not installed")


def sources(cast, settings):
    """A version of both parts with a statement, and a public assessment."""
    with translation.override("fi"):
        matter = make_matter(cast, settings)
        version = matter.freeze(kind="whole", round=cast.round, summary=Translated.of("Uutta."))
        Hamina(cast, settings).published(version=version)
        made = decided(cast)
        assessments.publish(by=matter.kaisa, assessment=made, checked=True)
        return [Source(version), Source(frozen_assessment(cast.plan, made.public_id))]


def test_every_paper_passes_an_outside_checker(cast, settings):
    seen = set()
    for source in sources(cast, settings):
        for wanted in source.everything():
            if wanted.format == PaperFormat.PDF:
                report = checker.validate_pdf_bytes(
                    source.bytes_of(wanted), profile=checker.ValidationProfile.PDF_UA_1
                )
                assert report.is_compliant, (wanted, [str(f) for f in report.failures])
                seen.add(wanted.kind)
    assert seen == set(PaperKind) - {PaperKind.WELLBEING}
