package dev.bothy.platform.erasure;

import dev.bothy.platform.audit.Actor;
import dev.bothy.platform.audit.Audit;
import dev.bothy.platform.audit.Subject;
import dev.bothy.platform.bin.Bin;
import dev.bothy.platform.bin.BinItem;
import dev.bothy.platform.bin.BinKind;
import dev.bothy.platform.chat.ConnectionState;
import dev.bothy.platform.chat.Connections;
import dev.bothy.platform.chat.Connections.Known;
import dev.bothy.platform.keys.Purpose;
import dev.bothy.platform.workspace.Workspaces;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/// How the workspace goes into the bin and out of it. Meanwhile its connections are ended, so that
/// nothing comes in or goes out; they keep their secrets, and work again when it comes back. Its
/// end is its erasure.
@Component
class WorkspaceBin implements BinKind {
  /// Whose time counts.
  private static final String APP = "workspace";

  /// Why its connections ended.
  private static final String REASON = "workspace-in-bin";

  private static final Duration LOOK_AGAIN = Duration.ofMinutes(1);

  private final Erasures erasures;
  private final Connections connections;
  private final Bin bin;
  private final Audit audit;
  private final Workspaces workspaces;

  WorkspaceBin(
      Erasures erasures, Connections connections, Bin bin, Audit audit, Workspaces workspaces) {
    this.erasures = erasures;
    this.connections = connections;
    this.bin = bin;
    this.audit = audit;
    this.workspaces = workspaces;
  }

  @Override
  public String kind() {
    return Bin.WORKSPACE;
  }

  @Override
  public String noun() {
    return "Workspace";
  }

  @Override
  public Optional<String> name(String subject) {
    return isCurrent(subject) ? Optional.of(workspaces.describeCurrent().name()) : Optional.empty();
  }

  @Override
  public boolean onlyOwners() {
    return true;
  }

  @Override
  public List<String> apps() {
    return List.of(APP);
  }

  @Override
  public String keyOwner(String subject) {
    return Purpose.PLATFORM;
  }

  @Override
  public String loss() {
    return "Everything in this workspace: apps, people's places, connections, keys, the audit log."
        + " Nobody can open it afterwards.";
  }

  @Override
  public Moved putAway(String subject, Actor actor) {
    if (!isCurrent(subject) || bin.goesAt(Bin.WORKSPACE, subject).isPresent()) {
      return new Moved.Unknown();
    }
    connections.list().forEach(each -> connections.end(each.id(), REASON));
    bin.put(new Bin.Deleted(Bin.WORKSPACE, subject, APP, actor));
    record(actor, "bin.workspace-deleted", subject);
    return new Moved.Done();
  }

  @Override
  public Moved bringBack(String subject, Actor actor) {
    if (!bin.takeOut(Bin.WORKSPACE, subject)) {
      return new Moved.Unknown();
    }
    connections.listAll().stream()
        .filter(WorkspaceBin::endedWithIt)
        .forEach(each -> connections.resume(each.connection().id()));
    record(actor, "bin.workspace-restored", subject);
    return new Moved.Done();
  }

  @Override
  public End end(BinItem item, Actor actor, Instant now) {
    if (item.begunAt() == null) {
      erasures.ofWorkspace(item.deletedBy());
      record(actor, "bin.workspace-erased", item.subject());
    }
    return new End.UnderWay(now.plus(LOOK_AGAIN));
  }

  private boolean isCurrent(String subject) {
    return workspaces.current().toString().equals(subject);
  }

  private static boolean endedWithIt(Known known) {
    return known.state() instanceof ConnectionState.Ended(String reason, Instant _)
        && reason.equals(REASON);
  }

  private void record(Actor actor, String action, String subject) {
    audit.record(actor, action, new Subject(Bin.WORKSPACE, subject));
  }
}
