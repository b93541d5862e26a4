"""The real program up to its first frame and no further. Run by path, as ``python -P bench/first_frame.py``."""

import os

from kohtaava_desktop.__main__ import window

window(first_frame=lambda: os._exit(0))
