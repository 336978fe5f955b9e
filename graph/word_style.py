"""Styles of a Word file: what a paragraph or run does not say itself, its style says, or the base of that."""

from collections.abc import Iterator
from typing import Any

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
"""Namespace of WordprocessingML, as lxml writes it before names."""


class StyleSheet:
    """The styles of one document."""

    def __init__(self, part: Any) -> None:
        root = part.styles.element
        self._styles = {style.get(f"{W}styleId", ""): style for style in root.iter(f"{W}style")}
        self._default = next(
            (
                name
                for name, style in self._styles.items()
                if style.get(f"{W}type") == "paragraph" and style.get(f"{W}default") in ("1", "true")
            ),
            "",
        )
        self._default_font = _font(root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr"))
        self._fonts: dict[str, str] = {}

    def of_paragraph(self, paragraph: Any, path: str) -> list[Any]:
        """Elements at this path in the styles of a paragraph (`w:p`), the nearest style first."""
        found = (style.find(path) for style in self._chain(self._named(paragraph)))
        return [element for element in found if element is not None]

    def font(self, run: Any, paragraph: Any) -> str:
        """Font of a run (`w:r`) of a paragraph (`w:p`): its own, its style's, the paragraph's, the default.

        Empty where none is named: the fonts of a theme are all Unicode fonts.
        """
        own = run.find(f"{W}rPr")
        named = own.find(f"{W}rStyle") if own is not None else None
        return (
            _font(own)
            or (self._font_of(named.get(f"{W}val", "")) if named is not None else "")
            or self._font_of(self._named(paragraph))
            or self._default_font
        )

    def _named(self, paragraph: Any) -> str:
        style = paragraph.find(f"{W}pPr/{W}pStyle")
        return str(style.get(f"{W}val", "")) if style is not None else self._default

    def _font_of(self, name: str) -> str:
        if name not in self._fonts:
            fonts = (_font(style.find(f"{W}rPr")) for style in self._chain(name))
            self._fonts[name] = next((font for font in fonts if font), "")
        return self._fonts[name]

    def _chain(self, name: str) -> Iterator[Any]:
        seen = set()
        while name in self._styles and name not in seen:
            seen.add(name)
            yield self._styles[name]
            base = self._styles[name].find(f"{W}basedOn")
            name = base.get(f"{W}val", "") if base is not None else ""


def _font(properties: Any) -> str:
    fonts = properties.find(f"{W}rFonts") if properties is not None else None
    return str(fonts.get(f"{W}ascii") or fonts.get(f"{W}hAnsi") or "") if fonts is not None else ""
