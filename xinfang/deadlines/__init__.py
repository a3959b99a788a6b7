"""期限: how long the law gives, which days count, and the dates that were promised.

`terms` holds each clock's length and article, `calendar` the working days, `arithmetic` turns both into dates without a
database or a clock. A date is worked out once, when its clock starts, and kept as a `Promise`: it does not move when a
calendar or a law does. The room does not know what a petition is; a promise names its subject by a word and an id.
"""
