"""Which font a run of a Word file has: its own, else its style's, its paragraph style's, the default."""

from typing import Any

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


class Fonts:
    """Fonts of one document; "" where none is named (fonts of a theme are all Unicode fonts)."""

    def __init__(self, part: Any) -> None:
        styles = part.styles.element
        self._based_on: dict[str, str | None] = {}
        self._fonts: dict[str, str] = {}
        self._default_style = ""
        for style in styles.iter(f"{_W}style"):
            name = style.get(f"{_W}styleId", "")
            self._fonts[name] = _font(style.find(f"{_W}rPr"))
            base = style.find(f"{_W}basedOn")
            self._based_on[name] = base.get(f"{_W}val") if base is not None else None
            if style.get(f"{_W}type") == "paragraph" and style.get(f"{_W}default") in ("1", "true"):
                self._default_style = name
        self._default = _font(styles.find(f"{_W}docDefaults/{_W}rPrDefault/{_W}rPr"))

    def of_run(self, run: Any, paragraph: Any) -> str:
        """Font of a run (`w:r`) of a paragraph (`w:p`)."""
        own = run.find(f"{_W}rPr")
        named = own.find(f"{_W}rStyle") if own is not None else None
        block = paragraph.find(f"{_W}pPr/{_W}pStyle")
        return (
            _font(own)
            or (self._of_style(named.get(f"{_W}val")) if named is not None else "")
            or self._of_style(block.get(f"{_W}val") if block is not None else self._default_style)
            or self._default
        )

    def _of_style(self, name: str | None) -> str:
        seen = set()
        while name and name not in seen:
            seen.add(name)
            if font := self._fonts.get(name):
                return font
            name = self._based_on.get(name)
        return ""


def _font(properties: Any) -> str:
    fonts = properties.find(f"{_W}rFonts") if properties is not None else None
    return str(fonts.get(f"{_W}ascii") or fonts.get(f"{_W}hAnsi") or "") if fonts is not None else ""
