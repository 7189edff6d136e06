package dev.bothy.platform.erasure;

import dev.bothy.platform.audit.Actor;
import dev.bothy.platform.audit.Audit;
import dev.bothy.platform.audit.Subject;
import dev.bothy.platform.bin.Bin;
import dev.bothy.platform.bin.BinItem;
import dev.bothy.platform.bin.BinKind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.springframework.stereotype.Component;

/// How an app of a workspace goes into the bin, where it does nothing, and out of it; its end is an
/// erasure of all that it holds.
@Component
class AppBin implements BinKind {
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(10);

  private final Erasures erasures;
  private final Bin bin;
  private final Audit audit;

  AppBin(Erasures erasures, Bin bin, Audit audit) {
    this.erasures = erasures;
    this.bin = bin;
    this.audit = audit;
  }

  @Override
  public String kind() {
    return Bin.APP;
  }

  @Override
  public String noun() {
    return "App";
  }

  @Override
  public Optional<String> name(String app) {
    return Optional.of(app.substring(0, 1).toUpperCase(Locale.ROOT) + app.substring(1));
  }

  /// Its end is an erasure, and those are owners' to decide.
  @Override
  public boolean onlyOwners() {
    return true;
  }

  @Override
  public List<String> apps() {
    return erasures.apps();
  }

  @Override
  public String keyOwner(String app) {
    return app;
  }

  @Override
  public String loss() {
    return "Everything that the app holds in this workspace, and its keys. What was posted in chat"
        + " stays there.";
  }

  @Override
  public Moved putAway(String app, Actor actor) {
    if (!erasures.apps().contains(app) || bin.goesAt(Bin.APP, app).isPresent()) {
      return new Moved.Unknown();
    }
    bin.put(new Bin.Deleted(Bin.APP, app, app, actor));
    record(actor, "bin.app-deleted", app);
    return new Moved.Done();
  }

  @Override
  public Moved bringBack(String app, Actor actor) {
    if (!bin.takeOut(Bin.APP, app)) {
      return new Moved.Unknown();
    }
    record(actor, "bin.app-restored", app);
    return new Moved.Done();
  }

  @Override
  public End end(BinItem item, Actor actor, Instant now) {
    String app = item.subject();
    if (item.begunAt() == null) {
      record(actor, "bin.app-erased", app);
      return erasures.ofApp(app, item.deletedBy()) instanceof Erasures.Outcome.Unknown
          ? new End.Gone()
          : new End.UnderWay(now.plus(LOOK_AGAIN));
    }
    if (isBeingErased(app)) {
      return new End.UnderWay(now.plus(LOOK_AGAIN));
    }
    bin.forget(app);
    return new End.Gone();
  }

  private boolean isBeingErased(String app) {
    return erasures.list().stream()
        .anyMatch(each -> !each.isDone() && each.target().equals(new ErasureTarget.OfApp(app)));
  }

  private void record(Actor actor, String action, String app) {
    audit.record(actor, action, new Subject(Bin.APP, app));
  }
}
