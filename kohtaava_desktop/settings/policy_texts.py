"""What the policy templates say beside the table of settings; here, so that it is translated with everything else.

The program itself does not import this: ``i18n.policy_templates`` makes the templates of it.
"""

from kohtaava_desktop.i18n import N_

NAME = "Kohtaava Desktop"
ABOUT = N_("Settings of Kohtaava Desktop, an overlay for client meetings.")
SUPPORTED = N_("Kohtaava Desktop 0.1 or later")
LOCKS = N_("Once it is set here, users see it but cannot change it.")
SUGGESTS = N_("What is set here takes the place of the default. Users can still choose for themselves.")
LIMITS = N_("Users cannot change this limit. Where several policies set it, the strictest holds.")
ALLOWED = N_("Allowed: {allowed}.")
SWITCH = N_("Enabled: on. Disabled: off.")
FOLDER = N_("The whole path of a folder that the team can read and write, often on a network share.")
LIST = N_("Numbers with commas between them, like {example}.")
