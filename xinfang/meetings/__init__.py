"""视频接访 视频会议: when leaders receive petitioners, and where. Bookings, rooms and conferences come with later parts.

A leader's day is published before it is held (《信访工作条例》第十八条), so a row never changes: a change is a new row in the
old one's place, and both stay. The room carries no media and knows no petitioner.
"""
