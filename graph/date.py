"""Read dates as they are printed: `ngày 3 tháng 6 năm 2013`, `03/6/2013`, `24 - 9 - 2001`, `năm 2013`."""

import re

_D = r"\d{1,2}"
_DATE = re.compile(
    rf"(?:(?:ng[ad]y|ngyay)\s{{0,3}})?(?P<d>{_D})\s{{0,3}}th[ad6]ng\s{{0,3}}(?P<m>{_D})\s{{0,150}},?\s{{0,2}}n[ad6]m\s{{0,3}}(?P<y>(?:19|20)\d\d)"
    rf"|(?:ngay\s{{0,3}})?(?P<d2>{_D})\s{{0,2}}[/.-]\s{{0,2}}(?P<m2>{_D})\s{{0,2}}[/.-]\s{{0,2}}(?P<y2>(?:19|20)\d\d)(?!\d)"
)
_MONTH = re.compile(
    r"(?:thang\s{0,2})?(?P<m>\d{1,2})\s{0,2}(?:/|-|nam)\s{0,2}(?P<y>(?:19|20)\d\d)(?![\d/-])|thang\s{1,2}(?P<m2>\d{1,2})\s{1,2}nam\s{1,2}(?P<y2>(?:19|20)\d\d)"
)
_YEAR = re.compile(r"nam\s{1,2}(?P<y>(?:19|20)\d\d)\b")


def read_date(folded: str, start: int, end: int | None = None) -> tuple[str, int] | None:
    """The date that begins at `start` of folded text: ISO prefix and where it ends, or None.

    >>> read_date("ngay 3 thang 6 nam 2013", 0)
    ('2013-06-03', 23)
    """
    limit = len(folded) if end is None else end
    match = _DATE.match(folded, start, limit)
    if match:
        day, month, year = (match["d"] or match["d2"], match["m"] or match["m2"], match["y"] or match["y2"])
        if 1 <= int(month) <= 12 and 1 <= int(day) <= 31:
            return f"{year}-{int(month):02d}-{int(day):02d}", match.end()
        return None
    match = _MONTH.match(folded, start, limit)
    if match:
        month, year = match["m"] or match["m2"], match["y"] or match["y2"]
        return (f"{year}-{int(month):02d}", match.end()) if 1 <= int(month) <= 12 else None
    match = _YEAR.match(folded, start, limit)
    return (match["y"], match.end()) if match else None
