"""Values of settings as one word of text: how they are typed, and how they stand where there is nothing but text."""

from kohtaava_desktop.settings.schema import Kind, Setting, Value

_MOST_DIGITS = 9
_SWITCH = {"true": True, "false": False}


def value_of(setting: Setting, text: str) -> object:
    """What ``text`` means for ``setting``; ``text`` itself where it means nothing, for ``setting.check`` to refuse."""
    match setting.kind:
        case Kind.SWITCH:
            return _SWITCH.get(text, text)
        case Kind.NUMBER:
            return _number(text)
        case Kind.NUMBERS:
            inside = text.strip().removeprefix("[").removesuffix("]")
            numbers = [_number(part) for part in inside.split(",")]
            return text if any(isinstance(each, str) for each in numbers) else numbers
    return "" if text == '""' else text  # quoted as a sentence quotes it


def text_of(value: Value) -> str:
    """The text that ``value_of`` takes for ``value``."""
    match value:
        case bool():
            return "true" if value else "false"
        case tuple():
            return ",".join(map(str, value))
    return str(value)


def _number(text: str) -> int | str:
    digits = text.strip()
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) <= _MOST_DIGITS else text
