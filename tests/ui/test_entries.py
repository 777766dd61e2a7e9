from canvas_app.ui.entries import Entry, fit, rank


def entry(title, group="Page", keywords=""):
    return Entry(title, group, lambda: None, keywords=keywords)


TITLES = ("Fill missing values", "Filter rows", "Models", "Formula", "Import a file", "mode_of_travel")


def found(wanted):
    return [one.title for one in rank(wanted, [entry(title) for title in TITLES])]


def test_the_beginning_of_a_title_comes_before_its_middle():
    assert found("mo")[:2] == ["Models", "mode_of_travel"]


def test_letters_that_are_scattered_fit_too():
    assert found("fmv") == ["Fill missing values"]


def test_letters_in_another_order_do_not_fit():
    assert found("swor") == []


def test_nothing_wanted_means_everything_in_its_order():
    assert found("") == list(TITLES)


def test_keywords_count_less_than_titles():
    assert (
        0
        < fit("impute", entry("Fill missing values", keywords="impute blank"))
        < fit("impute", entry("Impute"))
    )
