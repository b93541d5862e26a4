"""The four charts of the window: what each is called, how it is laid out, painted and told as a table."""

from kohtaava_desktop.ui.mirror.charts import Chart
from kohtaava_desktop.ui.mirror.painting import paint_figures, paint_typical
from kohtaava_desktop.ui.team import farewell, months, painting, steps, typical
from kohtaava_desktop.ui.team.shown import TeamShown

CHARTS: dict[str, Chart[TeamShown]] = {
    "typical": Chart(typical.title, typical.subtitle, typical.lay, paint_typical, typical.table, 330, 190),
    "farewell": Chart(farewell.title, farewell.subtitle, farewell.lay, paint_figures, farewell.table, 290, 250),
    "steps": Chart(steps.title, steps.subtitle, steps.lay, painting.paint_steps, steps.table, 330, 270),
    "months": Chart(months.title, months.subtitle, months.lay, painting.paint_months, months.table, 290, 170),
}
"""By name, in the order in which they are read."""
