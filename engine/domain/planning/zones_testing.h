// Fifty zones of every continent and habit: with and without daylight saving, by half an hour, on
// both sides of the equator and of the date line.
#pragma once

namespace gavel::planning_test {

inline constexpr const char* kZones[] = {
    "Africa/Cairo", "Africa/Casablanca", "Africa/Johannesburg", "Africa/Lagos", "Africa/Nairobi",
    "America/Anchorage", "America/Argentina/Buenos_Aires", "America/Asuncion", "America/Bogota",
    "America/Caracas", "America/Chicago", "America/Denver", "America/Halifax", "America/Havana",
    "America/Lima", "America/Los_Angeles", "America/Mexico_City", "America/Montevideo",
    "America/New_York", "America/Nuuk", "America/Phoenix", "America/Santiago", "America/Sao_Paulo",
    "America/St_Johns", "Asia/Beirut", "Asia/Dhaka", "Asia/Dubai", "Asia/Gaza", "Asia/Jerusalem",
    "Asia/Kabul", "Asia/Kathmandu", "Asia/Kolkata", "Asia/Seoul", "Asia/Shanghai", "Asia/Tehran",
    "Asia/Tokyo", "Atlantic/Azores", "Australia/Adelaide", "Australia/Lord_Howe",
    "Australia/Sydney", "Europe/Berlin", "Europe/Chisinau", "Europe/Dublin", "Europe/Istanbul",
    "Europe/London", "Pacific/Apia", "Pacific/Auckland", "Pacific/Chatham", "Pacific/Honolulu",
    "Pacific/Kiritimati"};

}  // namespace gavel::planning_test
