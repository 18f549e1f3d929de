class PublicHolidays;
