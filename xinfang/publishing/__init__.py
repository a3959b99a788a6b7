"""信息发布: what may be shown to the public, and how it comes there: draft, redaction, approval, release, withdrawal.

No row here holds a person: a text that names one, or shows a number by which one is found, is refused before it is kept.
"""
