package dev.bothy.operator.backup;

import dev.bothy.operator.api.Backup;
import dev.bothy.operator.api.BackupPolicy;
import dev.bothy.operator.api.BackupSchedule;
import dev.bothy.operator.api.BackupSpec;
import dev.bothy.operator.api.Bothy;
import dev.bothy.operator.api.Keep;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// How many backups are kept when one is made. Each run clears up among all of them, so it keeps
/// what any schedule, the installation or the run itself wants kept: the most of each class.
final class Keeping {
  /// The server's own.
  private static final Keep DEFAULT = new Keep(30, 8, 12);

  private Keeping() {}

  /// Arguments of the server's backup; empty leaves it to the server's settings.
  static List<String> arguments(Backup backup, Bothy bothy, List<BackupSchedule> schedules) {
    BackupPolicy policy = bothy.getSpec().backup();
    Keep installation = policy == null ? null : policy.keep();
    List<Keep> wanted = new ArrayList<>();
    add(wanted, installation);
    for (BackupSchedule schedule : schedules) {
      Keep own = schedule.getSpec().keep();
      add(wanted, own == null ? Objects.requireNonNullElse(installation, DEFAULT) : own);
    }
    BackupSpec spec = backup.getSpec();
    add(wanted, spec == null ? null : spec.keep());
    List<String> arguments = new ArrayList<>();
    most(wanted, Keep::daily, DEFAULT.daily())
        .ifPresent(count -> arguments.add("--bothy.backup.keep-daily=" + count));
    most(wanted, Keep::weekly, DEFAULT.weekly())
        .ifPresent(count -> arguments.add("--bothy.backup.keep-weekly=" + count));
    most(wanted, Keep::monthly, DEFAULT.monthly())
        .ifPresent(count -> arguments.add("--bothy.backup.keep-monthly=" + count));
    return arguments;
  }

  private static void add(List<Keep> wanted, @Nullable Keep keep) {
    if (keep != null) {
      wanted.add(keep);
    }
  }

  private static Optional<Integer> most(
      List<Keep> wanted, Function<Keep, @Nullable Integer> kind, @Nullable Integer otherwise) {
    return wanted.stream()
        .map(keep -> Optional.ofNullable(kind.apply(keep)).or(() -> Optional.ofNullable(otherwise)))
        .flatMap(Optional::stream)
        .max(Integer::compare);
  }
}
