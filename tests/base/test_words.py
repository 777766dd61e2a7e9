from canvas_app.base.words import counted


def test_one_is_not_many():
    assert [counted(count, "trial") for count in (0, 1, 2000)] == ["0 trials", "1 trial", "2,000 trials"]
    assert counted(2, "category", "categories") == "2 categories"
