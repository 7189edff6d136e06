package dev.bothy.platform.audit;

import dev.bothy.platform.audit.Verification.Broken;
import dev.bothy.platform.audit.Verification.Fault;
import dev.bothy.platform.kernel.WorkspaceId;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.UUID;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/// Goes along a chain, link by link from its beginning, to the first place where it does not hold.
final class ChainWalk {
  /// Whether an entry from this link on belongs after a hash.
  interface Elsewhere {
    boolean found(WorkspaceId workspace, AuditChain.Linked at, byte[] before);
  }

  private final WorkspaceId workspace;
  private final Instant now;
  private final BiPredicate<Long, String> swept;
  private final Elsewhere elsewhere;

  private byte[] before = Linker.BEGINNING;
  private long last;
  private long first;
  private @Nullable Broken broken;

  /// @param swept whether Bothy itself took away all up to this position with this hash
  ChainWalk(
      WorkspaceId workspace, Instant now, BiPredicate<Long, String> swept, Elsewhere elsewhere) {
    this.workspace = workspace;
    this.now = now;
    this.swept = swept;
    this.elsewhere = elsewhere;
  }

  /// Null as long as all holds.
  @Nullable Broken broken() {
    return broken;
  }

  /// The first position that has its entry; 1 while there is none.
  long first() {
    return Math.max(first, 1);
  }

  /// The last position; 0 while there is none.
  long last() {
    return last;
  }

  /// The next link. After a fault it does nothing.
  void step(AuditChain.Linked link) {
    if (broken != null) {
      return;
    }
    if (last == 0 && isAnchor(link)) {
      advance(link);
      return;
    }
    broken = fault(link);
    if (broken == null) {
      first = first == 0 ? link.position() : first;
      advance(link);
    }
  }

  private void advance(AuditChain.Linked link) {
    last = link.position();
    before = link.hash();
  }

  /// The last one that a sweep took away left its link.
  private boolean isAnchor(AuditChain.Linked link) {
    return link.gone() && swept.test(link.position(), HexFormat.of().formatHex(link.hash()));
  }

  private @Nullable Broken fault(AuditChain.Linked link) {
    if (link.position() != last + 1) {
      return new Broken(now, last == 0 ? Fault.START_CUT : Fault.LINK_MISSING, last + 1, null);
    }
    if (link.gone()) {
      return at(link, Fault.ENTRY_MISSING);
    }
    @Nullable AuditEntry entry = link.entry();
    if (entry == null) {
      return at(link, Fault.ENTRY_CHANGED);
    }
    byte[] hash = Sha256.of(before, EntryBytes.of(workspace, entry));
    if (!Arrays.equals(hash, link.hash())) {
      return at(
          link, elsewhere.found(workspace, link, before) ? Fault.REORDERED : Fault.ENTRY_CHANGED);
    }
    return hasItsAddress(entry.origin()) ? null : at(link, Fault.ENTRY_CHANGED);
  }

  private Broken at(AuditChain.Linked link, Fault fault) {
    UUID entry = link.id();
    return new Broken(now, fault, link.position(), entry);
  }

  /// The chain covers the digest; an address that is still there is the one of the digest.
  private static boolean hasItsAddress(Origin origin) {
    @Nullable String address = origin.address();
    byte @Nullable [] salt = AuditRows.bytes(origin.salt());
    if (address == null) {
      return true;
    }
    return salt != null
        && HexFormat.of().formatHex(Origins.digest(salt, address)).equals(origin.digest());
  }
}
