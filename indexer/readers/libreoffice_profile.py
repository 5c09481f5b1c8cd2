"""What LibreOffice is told before it opens a file that others wrote."""

from __future__ import annotations

SETTINGS = (
    ("Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Common/Security/Scripting", "MacroSecurityLevel", "3"),  # none but of trusted places, of which there are none
    ("Common/Security/Scripting", "DisableActiveContent", "true"),  # since 7.5
    ("Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Common/Misc", "UseLocking", "false"),
    ("Writer/Content/Update", "Link", "0"),  # never
    ("Writer/Content/Update", "Field", "false"),
    ("Calc/Content/Update", "Link", "2"),  # never, here
    ("Calc/Formula/Load", "ODFRecalcMode", "1"),  # never: cells keep what they said when they were saved
    ("Calc/Formula/Load", "OOXMLRecalcMode", "1"),
)
"""(Node below org.openoffice.Office, setting, value). One that a version does not know has no effect there."""

_ITEM = '<item oor:path="/org.openoffice.Office.{}"><prop oor:name="{}" oor:op="fuse"><value>{}</value></prop></item>'
PROFILE = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<oor:items xmlns:oor="http://openoffice.org/2001/registry">'
    + "".join(_ITEM.format(*setting) for setting in SETTINGS)
    + "</oor:items>\n"
)
