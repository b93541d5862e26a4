"""What is kept on the workstation: the meeting in hand (``journal``) and the finished ones (``meetings``).

Everything here is synchronous and belongs to one thread; ``worker`` puts it behind ``await``. What each file and column
means is in ``docs/data-format.md``, why there are two files in ``docs/decisions/0003-two-files.md``.
"""
