package dev.bothy.platform.bin.web;

import dev.bothy.platform.bin.BinStay;
import io.swagger.v3.oas.annotations.media.Schema;

/// How long an app's things stay in the bin, as programs see it.
@Schema(name = "BinTime", description = "How long an app's things stay in the bin.")
record BinTimeDocument(
    @Schema(description = "Its short name; `workspace` for the workspace itself.") String app,
    @Schema(description = "0 is gone within the hour.") int days,
    @Schema(description = "The same for what a network ended.") int uninstalledDays,
    @Schema(description = "The least that may be chosen.") int shortestDays,
    @Schema(description = "The most that may be chosen.") int longestDays,
    @Schema(description = "Whether somebody chose; else the clock `bin` counts.") boolean chosen) {
  static BinTimeDocument of(BinStay stay) {
    return new BinTimeDocument(
        stay.app(),
        stay.days(),
        stay.uninstalledDays(),
        stay.shortestDays(),
        stay.longestDays(),
        stay.changedAt() != null);
  }
}
