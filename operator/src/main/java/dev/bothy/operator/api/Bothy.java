package dev.bothy.operator.api;

import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn.Type;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.Version;
import org.jspecify.annotations.Nullable;

/// An installation of Bothy. A namespace has one, and its name is `bothy`. Helm, or whoever applies
/// it, owns `spec`; the operator owns `status` and everything that it makes.
@Group(Bothy.GROUP)
@Version(Bothy.VERSION)
@Plural("bothies")
@AdditionalPrinterColumn(
    name = "Ready",
    type = Type.STRING,
    jsonPath = ".status.conditions[?(@.type==\"Ready\")].status")
@AdditionalPrinterColumn(name = "Phase", type = Type.STRING, jsonPath = ".status.phase")
@AdditionalPrinterColumn(name = "Version", type = Type.STRING, jsonPath = ".status.version")
@AdditionalPrinterColumn(
    name = "Message",
    type = Type.STRING,
    jsonPath = ".status.conditions[?(@.type==\"Ready\")].message")
@AdditionalPrinterColumn(
    name = "Address",
    type = Type.STRING,
    jsonPath = ".spec.publicAddress",
    priority = 1)
@AdditionalPrinterColumn(name = "Age", type = Type.DATE, jsonPath = ".metadata.creationTimestamp")
public class Bothy extends CustomResource<BothySpec, BothyStatus> implements Namespaced {
  public static final String GROUP = "bothy.dev";
  public static final String VERSION = "v1alpha1";

  /// The only name that the definition of the resource allows.
  public static final String NAME = "bothy";

  private static final long serialVersionUID = 1;

  @Override
  protected @Nullable BothySpec initSpec() {
    return null;
  }

  @Override
  protected @Nullable BothyStatus initStatus() {
    return null;
  }
}
