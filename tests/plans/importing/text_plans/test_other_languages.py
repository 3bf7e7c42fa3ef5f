"""Swedish and English plans."""

# ruff: noqa: E501 (sentences as the files hold them)

from lautta.plans.importing.markup import text_of
from tests.plans.importing.text_plans.reading import outline, read

SWEDISH = """# Välfärdsplan för barn och unga 2026–2029

## Inledning

Planen gäller alla barn och unga i regionen. Den har gjorts tillsammans med kommunerna.

## Huvudmål

Genomgående målet är att minska ojämlikhet mellan barn.

### Barn och unga mår bra i vardagen

Barn får stöd i tid. Familjer hittar hjälp nära hemma.

### Delaktigheten ökar

- Unga deltar i beslut
- Barnens röst hörs

> Jag vill ha en fritidsgård.

– Elev, 12 år

## Åtgärder

| Mål | Åtgärd | Ansvarig |
|-----|--------|----------|
| Stöd i tid | Familjecenter | Välfärdsområdet |
| Delaktighet | Ungdomsråd | Kommunerna |

## Källor

- Statistikcentralen 2024: Befolkning.
- Institutet för hälsa (2023). Skolhälsa.
"""


def test_swedish_markdown_plan():
    plan = read(SWEDISH, "plan.md")
    assert (plan.language, plan.title, plan.period) == (
        "sv",
        "Välfärdsplan för barn och unga 2026–2029",
        (2026, 2029),
    )
    assert [c.title for c in plan.chapters if c.level == 1] == ["Inledning", "Huvudmål", "Åtgärder", "Källor"]
    assert [(goal.kind, goal.title) for goal in plan.goals if goal.certain] == [
        ("cross_cutting", "Att minska ojämlikhet mellan barn"),
        ("main", "Barn och unga mår bra i vardagen"),
        ("main", "Delaktigheten ökar"),
    ]
    assert plan.goals[2].criteria == ("Unga deltar i beslut", "Barnens röst hörs")
    (quotation,) = plan.quotations
    assert (quotation.text, quotation.role, quotation.speaker) == (
        "Jag vill ha en fritidsgård.",
        "Elev, 12 år",
        "pupil",
    )
    assert plan.tables[0].header == ("Mål", "Åtgärd", "Ansvarig")
    assert len(plan.tables[0].rows) == 2
    assert len(plan.sources) == 2


ENGLISH = """THE NORTHERN CHILDREN'S WELLBEING PLAN

INTRODUCTION

This plan sets out how the county and its towns work together for the wellbeing of chil-
dren and young people in the years 2024-2027. It is a long-
term plan, and it is reviewed every year.

CURRENT STATE

Most children feel well. One in ten feels lonely (Smith & Jones, 2021). Families tell that
help comes late.

    "I like that someone asks me."
    PUPIL

MAIN GOALS

The cross-cutting aim is reducing inequality between children.

Goal 1: Every child has a safe adult
Goal 2: Young people take part in decisions

WORKING GROUP

Ann Example, coordinator, Northern County
Bob Sample, teacher, Easttown School
Cecil Model, nurse

REFERENCES

Smith, A. & Jones, B. (2021). Loneliness in schools. Example Press.
Brown, C. (2019). Early help. Journal of Examples 3, 12–15.
"""


def test_english_plan_with_headings_in_capitals():
    plan = read(ENGLISH)
    assert plan.language == "en"
    assert plan.period == (2024, 2027)
    assert [c.title for c in plan.chapters] == ["INTRODUCTION", "CURRENT STATE", "MAIN GOALS", "REFERENCES"]
    assert "of children and young people" in plan.chapters[0].html
    assert "It is a long-term plan" in plan.chapters[0].html
    assert [(q.role, q.text) for q in plan.quotations] == [("PUPIL", "I like that someone asks me.")]
    assert [goal.title for goal in plan.goals] == [
        "Reducing inequality between children",
        "Every child has a safe adult",
        "Young people take part in decisions",
    ]
    assert [(p.name, p.organisation) for p in plan.participants] == [
        ("Ann Example", "coordinator, Northern County"),
        ("Bob Sample", "teacher, Easttown School"),
        ("Cecil Model", "nurse"),
    ]
    assert not any("Example" in text_of(c.html) for c in plan.chapters)
    assert [s.author for s in plan.sources] == ["Smith & Jones", "Smith, A. & Jones, B.", "Brown, C."]


def test_language_hint_is_followed():
    assert read("Lapset voivat hyvin.", language_hint="sv").language == "sv"
    assert read("Lapset voivat hyvin ja nuoret ovat iloisia.", language_hint="xx").language == "fi"


UNWRAPPED = """VÄLFÄRDSPLAN FÖR BARN OCH UNGA I EXEMPELBYGDEN 2025–2028
1 INLEDNING
Välfärdsplanen för barn och unga är en lagstadgad plan som styr arbetet i kommunerna och välfärdsområdet. Planen godkänns av fullmäktige i varje kommun. Den följs upp varje år.
Planen har beretts av en arbetsgrupp med företrädare för skolan, småbarnspedagogiken och organisationerna.
1.1 Lagstiftning
Barnskyddslagen 12 § förutsätter en plan. Planen ska ses över minst vart fjärde år.
2 MÅL
2.1 Barn och unga är delaktiga
Barn och unga blir hörda i ärenden som gäller dem. Ungdomsfullmäktige deltar i beredningen.
2.2 Familjer får stöd i rätt tid
Stödet är nära och lätt att hitta.
Delmål 1: Familjecentralen finns i varje kommun
3 ÅTGÄRDER
Mål\tÅtgärd\tAnsvarig\tMätare
Delaktighet\tUngdomsforum ordnas\tKommunen\tAntal möten
Stöd\tFamiljecentral\tVälfärdsområdet\tKötid
KÄLLOR
Institutet för hälsa och välfärd 2023. Enkäten Hälsa i skolan.
Statistikcentralen 2024. Befolkningsprognos.
"""


def test_swedish_plan_with_one_line_for_each_paragraph():
    plan = read(UNWRAPPED)
    assert plan.title == "VÄLFÄRDSPLAN FÖR BARN OCH UNGA I EXEMPELBYGDEN 2025–2028"
    assert outline(plan) == [
        (1, "1", "INLEDNING"),
        (2, "1.1", "Lagstiftning"),
        (1, "2", "MÅL"),
        (2, "2.1", "Barn och unga är delaktiga"),
        (2, "2.2", "Familjer får stöd i rätt tid"),
        (1, "3", "ÅTGÄRDER"),
        (1, "", "KÄLLOR"),
    ]
    assert plan.chapters[0].html.count("<p>") == 2
    assert [(goal.kind, goal.title, goal.parent) for goal in plan.goals if goal.certain] == [
        ("main", "Barn och unga är delaktiga", None),
        ("main", "Familjer får stöd i rätt tid", None),
        ("subgoal", "Familjecentralen finns i varje kommun", 1),
    ]
    assert plan.tables[0].header == ("Mål", "Åtgärd", "Ansvarig", "Mätare")
    assert len(plan.sources) == 2
