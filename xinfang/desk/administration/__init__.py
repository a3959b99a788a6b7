"""系统管理: units, accounts, categories, the calendar and standing phrases, by pages and by Excel. It opens no petition."""
