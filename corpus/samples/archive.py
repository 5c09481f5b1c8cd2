"""Office files as archives: the same bytes for the same source, whenever they are written."""

from __future__ import annotations

import zipfile
from io import BytesIO

from corpus.samples.source import Source


def dated(archive: BytesIO, source: Source) -> bytes:
    """The same archive with the source's date on every part, since the libraries write the time of saving."""
    target = BytesIO()
    with zipfile.ZipFile(archive) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            info = zipfile.ZipInfo(part, date_time=(*source.effective.timetuple()[:3], 9, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(info, old.read(part))
    return target.getvalue()
