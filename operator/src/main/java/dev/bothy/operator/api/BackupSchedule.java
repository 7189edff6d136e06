package dev.bothy.operator.api;

import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn.Type;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.Version;
import org.jspecify.annotations.Nullable;

/// Makes a [Backup] at its times. Those stay when it goes.
@Group(Bothy.GROUP)
@Version(Bothy.VERSION)
@Plural("backupschedules")
@AdditionalPrinterColumn(name = "Schedule", type = Type.STRING, jsonPath = ".spec.schedule")
@AdditionalPrinterColumn(
    name = "Fresh",
    type = Type.STRING,
    jsonPath = ".status.conditions[?(@.type==\"Fresh\")].status")
@AdditionalPrinterColumn(name = "Last", type = Type.DATE, jsonPath = ".status.lastSuccessfulAt")
@AdditionalPrinterColumn(name = "Next", type = Type.STRING, jsonPath = ".status.nextAt")
@AdditionalPrinterColumn(
    name = "Message",
    type = Type.STRING,
    jsonPath = ".status.conditions[?(@.type==\"Fresh\")].message")
@AdditionalPrinterColumn(
    name = "Zone",
    type = Type.STRING,
    jsonPath = ".spec.timeZone",
    priority = 1)
@AdditionalPrinterColumn(name = "Age", type = Type.DATE, jsonPath = ".metadata.creationTimestamp")
public class BackupSchedule extends CustomResource<BackupScheduleSpec, BackupScheduleStatus>
    implements Namespaced {
  private static final long serialVersionUID = 1;

  @Override
  protected @Nullable BackupScheduleSpec initSpec() {
    return null;
  }

  @Override
  protected @Nullable BackupScheduleStatus initStatus() {
    return null;
  }
}
