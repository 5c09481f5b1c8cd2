"""Whether an export says the same as the model it came from."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from indexer.encoders.base import Rows
from indexer.encoders.card import Precision

LEAST_COSINE = 0.99  # mean over the check sentences; int8 per channel of a sound model reaches 0.993, per tensor 0.96
LEAST_WORST_FP32 = 0.999  # any one sentence: full precision has no reason to differ

_DUTIES = (
    "Access rights are reviewed by the owner of each system every quarter, and withdrawn on the day someone leaves.",
    "Back-up copies of customer records are kept for 35 days in a second region and restored in a test twice a year.",
    "Laptops lock themselves after five minutes; nobody may switch that off.",
    "Visitors sign in at reception, wear a badge, and are never left alone in the server room.",
    "A supplier that processes personal data signs the agreement in annex 3 before it receives any.",
    "Incidents are reported to the security desk within one hour of being noticed, at any time of day.",
    "Keys are generated in the hardware module, rotated every 12 months and destroyed when their system is retired.",
    "Changes to production need a second person's approval, a way back, and an entry in the change log.",
)

CHECK_SENTENCES: tuple[str, ...] = (
    "No.",
    "password length",
    "can i use my own phone for work mail?",
    "who do I tell if I lost my badge",
    "Section 4.2.1 (b): see A.8.13, AC-2(1) and PR.AA-01.",
    "| System | Owner | Recovery time |\n| Payroll | Finance | 4 hours |",
    "GDPR, ISO/IEC 27001:2022 & SOC 2 — 99.95 % availability, €2,500 or £2,100.",
    "https://intranet.example/policies/access-control?version=2.1#reviews",
    "ALL STAFF MUST LOCK THEIR SCREEN",
    "Die Beschäftigten melden Vorfälle unverzüglich an die Stelle für Informationssicherheit.",
    "Les mots de passe sont renouvelés à chaque départ d’un administrateur.",
    "El acceso remoto exige autenticación de dos factores.",
    "Пароль должен содержать не менее двенадцати знаков.",
    "パスワードは12文字以上にしてください。",
    "備份資料必須加密",
    "يجب الإبلاغ عن الحوادث خلال ساعة واحدة",
    "Naïve café résumé ﬁle № 5 – “quoted” 🙂",
    "- first\n- second\n\n\tthird   with   spaces",
    *_DUTIES,
    *(" ".join(_DUTIES[start : start + 3]) for start in range(6)),
    *(" ".join(_DUTIES[::step] * 2) for step in (1, -1)),
    " ".join(_DUTIES * 12),  # about 2,000 tokens: more than models of this kind read, so the cut is checked too
    "the " * 700,
)
"""Short and long ones, more than a model reads, other scripts, ids, table rows: so unequal that the original pads its batches."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """Cosine between the original's and the export's vectors over the check sentences: mean and least, NaN where a vector is unusable."""

    mean: float
    worst: float

    @classmethod
    def between(cls, original: Rows, exported: Rows) -> Agreement:
        """Both (n, dim) with unit rows, in the same order."""
        cosines = np.einsum("ij,ij->i", original, exported, dtype=np.float64)
        return cls(float(cosines.mean()), float(cosines.min()))

    def objection(self, precision: Precision) -> str:
        """Why an export of this precision is not to be trusted; "" when it is."""
        if not self.mean >= LEAST_COSINE:
            return f"mean cosine with the original is {self.mean:.4f}, and {LEAST_COSINE} is needed"
        if precision == "fp32" and not self.worst >= LEAST_WORST_FP32:
            return f"one sentence has a cosine of {self.worst:.4f} with the original, and full precision needs {LEAST_WORST_FP32}"
        return ""
