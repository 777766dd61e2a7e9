"""The window: the only floor that knows Qt."""

from canvas_app.ui.lasting import keep_singletons

keep_singletons()
