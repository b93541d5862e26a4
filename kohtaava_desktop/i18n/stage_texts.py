"""What each step is for, in three short lines, and an example of what to say on the way to the next one.

The wording is this program's own, made from the method's thoughts and not from its sentences. The lines speak to the
expert, the phrase is for the client; both are there to be used or not.
"""

from dataclasses import dataclass

from kohtaava_desktop.domain.stages import Stage
from kohtaava_desktop.i18n import N_, _
from kohtaava_desktop.i18n.sentences import stage_name

_PURPOSES = {
    Stage.EMPATHY: (
        N_("Contact and trust come first, before any matter of business."),
        N_("Say aloud what happens today and how much time there is."),
        N_("Let both of you settle; with someone new this takes longer."),
    ),
    Stage.GUIDANCE: (
        N_("Find where the client is now and which question matters most."),
        N_("Listen, ask openly, draw together; take nothing for granted."),
        N_("The computer waits: looking things up belongs to the next step."),
    ),
    Stage.ADVICE: (
        N_("Now what you know is needed: as much as the client's question asks for."),
        N_("Bad news belongs here, and with it always a way forward."),
        N_("If the picture turns unclear, step back to Guidance for a while."),
    ),
    Stage.FAREWELL: (
        N_("Let the client say in their own words what was agreed."),
        N_("Come back to what you put aside, and mend what was misunderstood."),
        N_("See that you both know what happens next; thank and encourage."),
    ),
}

_WAYS_ON = {
    Stage.EMPATHY: N_("I would like to hear what is most important to you today."),
    Stage.GUIDANCE: N_(
        "Have I understood right that this matters most now? Then let me tell you what I know about it."
    ),
    Stage.ADVICE: N_("We still have a while. Shall we look together at what we agreed on?"),
    Stage.FAREWELL: N_("Thank you for today. You know what happens next, and you are welcome to ask."),
}


@dataclass(frozen=True, slots=True)
class StageText:
    """The card of one step: its name, three lines, what the phrase is for, and the phrase in quotation marks."""

    title: str
    lines: tuple[str, str, str]
    lead: str
    phrase: str

    @property
    def spoken(self) -> str:
        """The card as one text, in the order in which it is read."""
        return " ".join((*self.lines, self.lead, self.phrase))


def stage_text(stage: Stage) -> StageText:
    """The card of ``stage`` in the language in use; from Farewell the way leads to the end of the meeting."""
    first, second, third = (_(line) for line in _PURPOSES[stage])
    return StageText(
        title=stage_name(stage),
        lines=(first, second, third),
        lead=_lead(stage),
        # Translators: quotation marks around what is said aloud
        phrase=_("“{phrase}”").format(phrase=_(_WAYS_ON[stage])),
    )


def _lead(stage: Stage) -> str:
    above = stage.above
    if above is None:
        return _("To close with, for example:")
    return _("On the way to {stage}, for example:").format(stage=stage_name(above))
