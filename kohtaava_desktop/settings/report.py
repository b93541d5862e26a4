"""The sentences about settings, in the language in use: what could not be used, why a change was refused."""

from kohtaava_desktop.i18n import sentences
from kohtaava_desktop.settings.errors import SettingError
from kohtaava_desktop.settings.layers import InForce, Wrong

MOST = 20
"""Bad values that are told one by one; nobody reads more of them, least of all in the overlay."""


def complaints(in_force: InForce) -> list[str]:
    """One sentence about each place and each value that was not used; none when all is well.

    Of very many values ``MOST`` are told, and then how many there are beside these.
    """
    places = [sentences.bad_settings_file(bad.place, bad.reason, bad.line, bad.policy) for bad in in_force.bad_places]
    values = [
        sentences.bad_setting(
            bad.place,
            bad.name,
            bad.value,
            bad.allowed,
            "bad-policy" if bad.policy and bad.wrong is Wrong.VALUE else bad.wrong.value,
        )
        for bad in in_force.problems[:MOST]
    ]
    further = len(in_force.problems) - len(values)
    return places + values + ([sentences.further_bad_settings(further)] if further else [])


def refusal(error: SettingError) -> str:
    """Why a setting was not changed, and what is allowed."""
    return sentences.setting_refused(error.code, error.values)
