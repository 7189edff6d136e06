package dev.bothy.operator.backup;

import dev.bothy.operator.api.Backup;
import dev.bothy.operator.api.BackupStatus;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What becomes known of a backup after its run. Each is written under a field manager of its own,
/// so that the run, which writes the rest of the status, takes nothing of it away.
public final class BackupMarks {
  private static final String CLASSES = "bothy-backup-classes";
  private static final String VERIFIED = "bothy-backup-verified";
  private static final Map<Character, String> LETTERS =
      Map.of('D', "Daily", 'W', "Weekly", 'M', "Monthly");

  private final KubernetesClient client;
  private final String namespace;

  public BackupMarks(KubernetesClient client, String namespace) {
    this.client = client;
    this.namespace = namespace;
  }

  /// The Backup with this id was restored, and all of it was well. If there is none, e.g. because
  /// the backup was made outside of the cluster, nothing happens.
  public void verified(String backupId, Instant at) {
    String text = at.truncatedTo(ChronoUnit.SECONDS).toString();
    for (Backup backup : all()) {
      if (backupId.equals(idOf(backup)) && !text.equals(backup.getStatus().verifiedAt())) {
        patch(backup, VERIFIED, BackupStatus.mark(null, text));
      }
    }
  }

  /// What a run found when it cleared up.
  ///
  /// @param kept letters by id: why retention keeps it
  /// @param pruned ids of those whose objects are gone: their Backups go too
  void retention(Map<String, String> kept, List<String> pruned) {
    for (Backup backup : all()) {
      String id = idOf(backup);
      if (id == null) {
        continue;
      }
      String letters = kept.get(id);
      if (pruned.contains(id)) {
        client.resource(backup).delete();
      } else if (letters != null && !words(letters).equals(backup.getStatus().classes())) {
        classes(backup, letters);
      }
    }
  }

  /// The Backup itself, whose status may not have its id yet.
  void classes(Backup backup, String letters) {
    patch(backup, CLASSES, BackupStatus.mark(words(letters), null));
  }

  /// `DW` is `Daily, Weekly`; a letter that is not known stays as it is.
  static String words(String letters) {
    List<String> words = new ArrayList<>();
    for (char letter : letters.toCharArray()) {
      words.add(Objects.requireNonNullElse(LETTERS.get(letter), String.valueOf(letter)));
    }
    return String.join(", ", words);
  }

  private List<Backup> all() {
    return client.resources(Backup.class).inNamespace(namespace).list().getItems();
  }

  private static @Nullable String idOf(Backup backup) {
    return backup.getStatus() == null ? null : backup.getStatus().backupId();
  }

  private void patch(Backup backup, String manager, BackupStatus mark) {
    Backup patch = new Backup();
    patch.getMetadata().setName(backup.getMetadata().getName());
    patch.getMetadata().setNamespace(namespace);
    patch.setStatus(mark);
    try {
      client
          .resource(patch)
          .subresource("status")
          .patch(
              new PatchContext.Builder()
                  .withPatchType(PatchType.SERVER_SIDE_APPLY)
                  .withFieldManager(manager)
                  .withForce(true)
                  .build());
    } catch (KubernetesClientException e) {
      // 404: it was taken away in between.
      if (e.getCode() != 404) {
        throw e;
      }
    }
  }
}
