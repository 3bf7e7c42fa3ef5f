"""Methods: arrays and a seeded generator in, frozen dataclasses out. No Django, no input or output, no plotting.

What others call (axes are areas × years, or areas × indicators; NaN where no number is known; rates are 0–1):

- `panel`: `Status`, `Panel(values, status, denominators)`, `panel(values, absent=…)`, `panel_of_rows(values)` for a source that
  leaves out zero or suppressed rows.
- `comparison.compare_counts(count, size, reference=…, reference_size=…, status=…, dispersion=…)` and
  `comparison.compare_values(value, reference, deviation=…, freedom=…)` → `Comparison` with `verdict`
  (`comparison.Verdict`), the value's interval and the funnel limits.
- `shrinkage.shrink(count, size, group=…)` → `Shrunk`: rates drawn toward the region, for maps and order.
- `trend.trend_of_counts(count, size, years, span=5, status=…, breaks=…, suppressed_below=…)` and
  `trend.trend_of_values(value, years, span=5, denominators=…, step=…)` → `Trend` with `verdict` (`trend.Verdict`), `change`,
  `detectable`, and `noise_low`/`noise_high` for the chart.
- `noise.noise_of_counts`, `noise.noise_of_values` → `Noise`: `factor` is the `dispersion` of `compare_counts`, or the
  square of the `deviation` of `compare_values`.
- `forecast.forecast(value, horizon, denominators=…, group=…, level=0.95, bounds=(0, None))` → `Forecast` with `point`, `low`,
  `high`; `forecast.probability_of_reaching(made, target, step=…, smaller_is_better=…)`.
- `disclosure.suppress(counts, axes, threshold=5, zeros=True)` → `Suppression` with `hidden`, `status`; `disclosure.Axis(parents)`
  is the tree of an axis.
- `population.scenario(people, horizon, rng=…, group=…, paths=1000)` → `Scenario` with `point`, `paths(ages, areas)` and
  `interval(ages, areas, level)`; before it `boundaries.boundary_changes(people)` → `Boundaries` with `changed`, `smallest` and
  `too_small()`.
- `results.run(method, …, seed=…)` → `Result` with seed, code version and input hash, for storing.
- `intervals.Family`: `BINOMIAL` (people of people) or `POISSON` (events).

Per 100 or per 1,000 is the caller's: multiply rates, changes and limits alike.
"""
