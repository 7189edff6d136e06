package dev.bothy.operator.api;

import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn.Type;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.Version;
import org.jspecify.annotations.Nullable;

/// One restore: the data of a backup takes the place of what the installation has. It runs once;
/// another restore is another resource.
@Group(Bothy.GROUP)
@Version(Bothy.VERSION)
@Plural("restores")
@AdditionalPrinterColumn(name = "Phase", type = Type.STRING, jsonPath = ".status.phase")
@AdditionalPrinterColumn(name = "Backup", type = Type.STRING, jsonPath = ".status.backupId")
@AdditionalPrinterColumn(name = "Progress", type = Type.STRING, jsonPath = ".status.progress")
@AdditionalPrinterColumn(
    name = "Message",
    type = Type.STRING,
    jsonPath = ".status.conditions[?(@.type==\"Complete\")].message")
@AdditionalPrinterColumn(
    name = "Taken",
    type = Type.STRING,
    jsonPath = ".status.backupTakenAt",
    priority = 1)
@AdditionalPrinterColumn(name = "Age", type = Type.DATE, jsonPath = ".metadata.creationTimestamp")
public class Restore extends CustomResource<RestoreSpec, RestoreStatus> implements Namespaced {
  private static final long serialVersionUID = 1;

  @Override
  protected @Nullable RestoreSpec initSpec() {
    return null;
  }

  @Override
  protected @Nullable RestoreStatus initStatus() {
    return null;
  }
}
