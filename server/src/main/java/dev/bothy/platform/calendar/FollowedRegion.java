package dev.bothy.platform.calendar;

/// A country, or a part of one, whose public holidays a calendar is filled with each year.
///
/// @param region a code of [PublicHolidays], e.g. `DE-BY`
/// @param untilYear the last year that was added
public record FollowedRegion(String region, int untilYear) {}
