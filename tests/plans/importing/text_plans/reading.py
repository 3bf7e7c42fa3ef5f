"""Reading an invented plan: every word of it is in the plan or named as unread."""

from lautta.plans.importing import account, read_plan


def read(text, name="suunnitelma.txt", **kwargs):
    plan = read_plan(text.encode(), name, **kwargs)
    assert account(plan, text) == []
    return plan


def outline(plan):
    return [(chapter.level, chapter.number, chapter.title) for chapter in plan.chapters]


def reasons(plan):
    return [unread.reason for unread in plan.unread]
