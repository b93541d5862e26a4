"""What the tests of the language share. The catalogues are compiled before any test runs (``make test``)."""

from collections.abc import Iterator

import pytest

from kohtaava_desktop import i18n


@pytest.fixture(autouse=True)
def own_language(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Whatever language a test chooses, and whatever catalogues it loads, are gone after it."""
    monkeypatch.setattr(i18n, "_catalogues", {})
    before = i18n.language()
    yield
    i18n.set_language(before)


@pytest.fixture(params=sorted(i18n.LANGUAGES))
def tag(request: pytest.FixtureRequest) -> str:
    """Each interface language in turn, already in use."""
    chosen = str(request.param)
    i18n.set_language(chosen)
    return chosen
