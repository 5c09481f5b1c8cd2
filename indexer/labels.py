"""Labels: the words by which documents name the facts that they state of themselves, in English, German and French."""

from __future__ import annotations

import re
from enum import StrEnum


class Fact(StrEnum):
    """What can be stated."""

    TITLE = "title"
    REFERENCE = "reference"
    VERSION = "version"
    STATUS = "status"
    DRAFT = "draft"
    OWNER = "owner"
    APPROVER = "approver"
    AUDIENCE = "audience"
    COLLECTION = "collection"
    EFFECTIVE = "effective date"
    REVIEW = "review date"
    EXPIRY = "expiry date"
    FRAMEWORK = "framework"
    CONTROLS = "controls"


_SYNONYMS = {
    Fact.TITLE: "title|document title|document name|policy title|policy name|name of document",
    Fact.REFERENCE: "reference|document reference|reference number|reference no|document id|document number|document no|document code|"
    "policy reference|policy id|policy number|policy no|doc id|doc no|doc ref|dokumentennummer|"
    "dokument nr|référence|référence du document",
    Fact.VERSION: "version|revision|version number|version no|document version|policy version|current version|rev|ver|revision number|"
    "issue|issue number|issue no|edition|versionsnummer|ausgabe|fassung|numéro de version",
    Fact.STATUS: "status|state|document status|policy status|content status|contentstatus|dokumentenstatus|statut|"
    "statut du document|état du document",
    Fact.DRAFT: "draft",
    Fact.OWNER: "owner|document owner|policy owner|policy lead|policy custodian|document custodian|responsible officer|responsible owner|"
    "responsible office|responsible department|"
    "owned by|owners|standard owner|procedure owner|information owner|content owner|"
    "dokumenteneigner|dokumentenverantwortlich|dokumentenverantwortlicher|dokumentenverantwortliche|verantwortlich|verantwortlicher|"
    "richtlinieneigner|eigentümer|responsable|responsable du document|propriétaire|propriétaire du document",
    Fact.APPROVER: "approved by|approver|authorised by|authorized by|signed off by|approving authority|approval authority|"
    "freigegeben durch|freigegeben von|genehmigt durch|genehmigt von|approuvé par|validé par",
    Fact.AUDIENCE: "audience|access|readers|restricted to|document audience|intended audience|visible to|readable by",
    Fact.COLLECTION: "collection",
    Fact.EFFECTIVE: "effective|effective date|effective from|effective as of|date in force|date of effect|implementation date|"
    "commencement date|valid from|in force from|date effective|comes into force|"
    "gültig ab|in kraft ab|in kraft seit|date d'entrée en vigueur|entrée en vigueur|en vigueur depuis|applicable à partir du",
    Fact.REVIEW: "review date|next review|review by|review due|next review date|next review due|date of next review|due for review|"
    "review before|scheduled review|to be reviewed by|date for review|date for next review|next revision|next revision date|"
    "next policy review|policy review date|review due date|due date for review|date due for review|planned review|next planned review|"
    "next scheduled review|nächste prüfung|nächste überprüfung|nächste revision|"
    "überprüfung bis|wiedervorlage|prochaine révision|prochain examen|date de prochaine révision|révision prévue",
    Fact.EXPIRY: "expires|valid until|expiry|expiry date|expiration date|expires on|valid to|expiration|gültig bis|ablaufdatum|"
    "valable jusqu'au|date d'expiration|fin de validité",
    Fact.FRAMEWORK: "framework|standard|frameworks|standards",
    Fact.CONTROLS: "controls|implements|control|iso controls|annex a controls|control ids|control references|iso 27001 controls",
}
FACTS = {synonym: fact for fact, synonyms in _SYNONYMS.items() for synonym in synonyms.split("|")}
DATES = frozenset({Fact.EFFECTIVE, Fact.REVIEW, Fact.EXPIRY})


def fact_of(key: str) -> Fact | None:
    """The fact that a key names, in whatever case and with "_" or "-" for spaces; None for any other word."""
    plain = " ".join(re.sub(r"[_-]", " ", key.replace("’", "'")).strip(" :.*").lower().split())
    return FACTS.get(plain) or FACTS.get(plain.removeprefix("dc.").removeprefix("dcterms."))
