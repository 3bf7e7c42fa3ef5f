from xml.etree import ElementTree

from lautta.charts import Point, Series, for_both_widths, line


def test_one_call_draws_for_both_windows_with_ids_apart():
    html = for_both_widths(line, Series("A", [Point(2020, 1)]), key="k", title="t", description="d")
    wide, narrow = ElementTree.fromstring(f"<div>{html}</div>")
    assert (wide.get("class"), narrow.get("class")) == ("graph wide-only", "graph narrow-only")
    assert wide.get("viewBox", "").split()[2:3] == ["640"]
    assert narrow.get("viewBox", "").split()[2:3] == ["340"]
    assert wide.get("aria-labelledby") != narrow.get("aria-labelledby")
