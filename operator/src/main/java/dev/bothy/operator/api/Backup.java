package dev.bothy.operator.api;

import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn.Type;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.Version;
import org.jspecify.annotations.Nullable;

/// One backup of the installation of its namespace. It goes when retention takes its objects away;
/// taking the resource away leaves the objects where they are.
@Group(Bothy.GROUP)
@Version(Bothy.VERSION)
@Plural("backups")
@AdditionalPrinterColumn(name = "Phase", type = Type.STRING, jsonPath = ".status.phase")
@AdditionalPrinterColumn(name = "Progress", type = Type.STRING, jsonPath = ".status.progress")
@AdditionalPrinterColumn(name = "Size", type = Type.STRING, jsonPath = ".status.size")
@AdditionalPrinterColumn(name = "Classes", type = Type.STRING, jsonPath = ".status.classes")
@AdditionalPrinterColumn(name = "Verified", type = Type.DATE, jsonPath = ".status.verifiedAt")
@AdditionalPrinterColumn(
    name = "Message",
    type = Type.STRING,
    jsonPath = ".status.conditions[?(@.type==\"Complete\")].message")
@AdditionalPrinterColumn(
    name = "Id",
    type = Type.STRING,
    jsonPath = ".status.backupId",
    priority = 1)
@AdditionalPrinterColumn(name = "Age", type = Type.DATE, jsonPath = ".metadata.creationTimestamp")
public class Backup extends CustomResource<BackupSpec, BackupStatus> implements Namespaced {
  private static final long serialVersionUID = 1;

  @Override
  protected @Nullable BackupSpec initSpec() {
    return null;
  }

  @Override
  protected @Nullable BackupStatus initStatus() {
    return null;
  }
}
