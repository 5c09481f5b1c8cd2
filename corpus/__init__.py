"""What is known: the vocabulary, the error tree, and the data that ships."""

from corpus.answer import Answer
from corpus.citation import Citation
from corpus.clause import Clause
from corpus.control import Control, ControlKind, ControlLink, Crosswalk, Framework, Provenance, Relation
from corpus.document import Document, Status
from corpus.passage import Passage
from corpus.text import CanonicalText, Page

__all__ = [
    "Answer", "CanonicalText", "Citation", "Clause", "Control", "ControlKind", "ControlLink", "Crosswalk", "Document",
    "Framework", "Page", "Passage", "Provenance", "Relation", "Status",
]
