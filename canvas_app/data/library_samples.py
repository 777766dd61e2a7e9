"""The classic tables that scikit-learn carries, with what they hold and where they are from."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class LibrarySample:
    """A table inside scikit-learn: what it holds, and which column is worth predicting."""

    name: str
    title: str
    target: str
    description: str
    origin: str
    """Who measured it, and under what licence it may be used."""


LIBRARY_SAMPLES: tuple[LibrarySample, ...] = (
    LibrarySample(
        "iris",
        "Iris flowers",
        "species",
        "150 flowers by the size of their petals and sepals. Which of three species is it?",
        "Fisher 1936; UCI Machine Learning Repository, CC BY 4.0",
    ),
    LibrarySample(
        "wine",
        "Wine cultivars",
        "cultivar",
        "178 Italian wines by 13 measures of their chemistry. From which of three cultivars?",
        "Forina et al. 1988; UCI Machine Learning Repository, CC BY 4.0",
    ),
    LibrarySample(
        "breast_cancer",
        "Breast cancer diagnosis",
        "diagnosis",
        "569 biopsies by 30 measures of the cells' nuclei. Malignant or benign?",
        "Wolberg, Street and Mangasarian 1993 (Wisconsin); UCI Machine Learning Repository, CC BY 4.0",
    ),
    LibrarySample(
        "diabetes",
        "Diabetes progression",
        "progression",
        "442 patients by age, sex, body mass, blood pressure and serum. How far is it in a year?",
        "Efron, Hastie, Johnstone and Tibshirani 2004 (Least Angle Regression); published for free use",
    ),
    LibrarySample(
        "digits",
        "Handwritten digits",
        "digit",
        "1,797 digits as 8 by 8 pixels, each from 0 to 16. Which digit was written?",
        "Alpaydin and Kaynak 1998; UCI Machine Learning Repository, CC BY 4.0",
    ),
    LibrarySample(
        "linnerud",
        "Exercise and body",
        "Weight",
        "20 men by their chin-ups, sit-ups and jumps, with weight, waist and pulse.",
        "Tenenhaus 1998 (La régression PLS); published for free use",
    ),
)
"""In the order in which they are offered."""
