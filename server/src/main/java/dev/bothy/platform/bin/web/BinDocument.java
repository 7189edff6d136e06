package dev.bothy.platform.bin.web;

import dev.bothy.platform.bin.BinItem;
import dev.bothy.platform.bin.BinLine;
import dev.bothy.platform.kernel.PersonId;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Something in the bin, as programs see it.
@Schema(name = "BinItem", description = "Something that was deleted.")
record BinDocument(
    UUID id,
    @Schema(example = "rotations.rotation") String kind,
    @Schema(description = "Its id among those of its kind.") String subject,
    @Schema(description = "What people call it.") String name,
    @Schema(description = "Whose choice says how long it stays.", example = "rotations") String app,
    @Schema(description = "Whether the network ended it, and nobody here.") boolean uninstalled,
    @Schema(description = "Null for Bothy itself, and for an account of a chat network.")
        @Nullable UUID deletedBy,
    Instant deletedAt,
    @Schema(description = "When it is gone for good.") Instant goesAt,
    @Schema(
            description =
                "`kept`, `keys-destroyed` if it can only be deleted, or `going` once its end has"
                    + " begun.")
        String state) {
  static BinDocument of(BinLine line) {
    BinItem item = line.item();
    PersonId by = item.deletedBy();
    return new BinDocument(
        item.id(),
        item.kind(),
        item.subject(),
        line.name(),
        item.app(),
        item.uninstalled(),
        by == null ? null : by.value(),
        item.deletedAt(),
        item.goesAt(),
        line.isGoing() ? "going" : line.keysDestroyed() ? "keys-destroyed" : "kept");
  }
}
