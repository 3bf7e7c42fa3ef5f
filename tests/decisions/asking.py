"""A request for a statement, on its way from the asking to the public page."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from lautta.common.translated import Translated
from lautta.decisions.actions import links
from lautta.decisions.actions import statements as actions
from lautta.decisions.actions.asking import ask_statement
from lautta.decisions.models import StatementRequest, Version
from tests.cast import Cast

QUESTIONS = [
    Translated.of("Mikä suunnitelmassa on hyvää?", sv="Vad är bra i planen?"),
    Translated.of("Mitä puuttuu?", sv="Vad saknas?"),
]


@dataclass
class Hamina:
    """Hamina's youth council is asked: Kaisa asks, the council answers through a link, Nelli confirms."""

    cast: Cast
    settings: Any
    version: Version | None = None

    @property
    def kaisa(self):
        return self.cast.actor(self.cast.kaisa)

    @property
    def nelli(self):
        return self.cast.actor(self.cast.nelli, self.cast.hamina)

    @property
    def hannes(self):
        return self.cast.actor(self.cast.hannes, self.cast.hamina)

    def go_to(self, day: dt.date) -> None:
        self.settings.DEMO_DAY = day

    def ask(self, **given: Any) -> StatementRequest:
        values = {
            "council_kind": "youth_council", "organisation": self.cast.hamina, "matter": Translated.of("Suunnitelma 2025"),
            "council_name": Translated.of("Haminan nuorisovaltuusto"), "due": dt.date(2024, 4, 10), "questions": QUESTIONS,
            "languages": ["fi", "sv"], "version": self.version,
        }  # fmt: skip
        return ask_statement(**({"by": self.kaisa, "plan": self.cast.plan} | values | given))

    def ask_organisation(self, **given: Any) -> StatementRequest:
        return self.ask(council_kind="organisation", council_name=None, **given)

    def link(self, request: StatementRequest) -> str:
        return links.renew_link(by=self.kaisa, request=request)

    def said(self, request: StatementRequest, *texts: str) -> list[actions.Said]:
        """The first texts answer the questions, the rest stand by themselves."""
        questions = list(request.questions.all())
        return [
            actions.Said(text, questions[n] if n < len(questions) else None) for n, text in enumerate(texts)
        ]

    def answer(self, request: StatementRequest, *texts: str) -> StatementRequest:
        """Through the link."""
        texts = texts or ("Kerhot ovat hyviä.", "Bussi puuttuu.")
        secret = self.link(request)
        actions.give_by_link(
            request=request, link_hash=links.hash_of(secret), language="fi", said=self.said(request, *texts)
        )
        return self.now(request)

    def confirm(self, request: StatementRequest, **given: Any) -> StatementRequest:
        request = self.now(request)
        return actions.confirm_statement(
            by=self.nelli, request=request, row_version=request.row_version, **given
        )

    def given(self, **asked: Any) -> StatementRequest:
        """Asked, answered through the link, confirmed."""
        return self.now(self.confirm(self.answer(self.ask(**asked))))

    def answer_all(self, request: StatementRequest, taken: str = "taken") -> StatementRequest:
        for point in request.statement.points.all():
            actions.answer_point(
                by=self.kaisa, point=point, row_version=point.row_version, taken=taken,
                answer=Translated.of("Lisäsimme tämän lukuun 2."),
            )  # fmt: skip
        return self.now(request)

    def publish(self, request: StatementRequest) -> StatementRequest:
        request = self.now(request)
        return actions.publish_statement(by=self.kaisa, request=request, row_version=request.row_version)

    def published(self, **asked: Any) -> StatementRequest:
        return self.publish(self.answer_all(self.given(**asked)))

    @staticmethod
    def now(request: StatementRequest) -> StatementRequest:
        return StatementRequest.objects.select_related("plan", "organisation").get(pk=request.pk)
