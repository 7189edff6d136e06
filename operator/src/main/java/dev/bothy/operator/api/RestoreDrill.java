package dev.bothy.operator.api;

import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn.Type;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.Version;
import org.jspecify.annotations.Nullable;

/// Restores a backup again and again into a database that is thrown away, to prove that it can be.
@Group(Bothy.GROUP)
@Version(Bothy.VERSION)
@Plural("restoredrills")
@AdditionalPrinterColumn(
    name = "Proven",
    type = Type.STRING,
    jsonPath = ".status.conditions[?(@.type==\"Proven\")].status")
@AdditionalPrinterColumn(name = "LastGood", type = Type.DATE, jsonPath = ".status.lastGoodAt")
@AdditionalPrinterColumn(name = "LastBackup", type = Type.STRING, jsonPath = ".status.lastBackupId")
@AdditionalPrinterColumn(
    name = "Seconds",
    type = Type.INTEGER,
    jsonPath = ".status.lastDurationSeconds")
@AdditionalPrinterColumn(
    name = "Message",
    type = Type.STRING,
    jsonPath = ".status.conditions[?(@.type==\"Proven\")].message")
@AdditionalPrinterColumn(
    name = "Next",
    type = Type.STRING,
    jsonPath = ".status.nextAt",
    priority = 1)
@AdditionalPrinterColumn(name = "Age", type = Type.DATE, jsonPath = ".metadata.creationTimestamp")
public class RestoreDrill extends CustomResource<RestoreDrillSpec, RestoreDrillStatus>
    implements Namespaced {
  private static final long serialVersionUID = 1;

  @Override
  protected @Nullable RestoreDrillSpec initSpec() {
    return null;
  }

  @Override
  protected @Nullable RestoreDrillStatus initStatus() {
    return null;
  }
}
