package dev.bothy.chart;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One object that the chart renders.
record Manifest(JsonNode content) {
  String kind() {
    return content.path("kind").asText();
  }

  String name() {
    return content.at("/metadata/name").asText();
  }

  String namespace() {
    return content.at("/metadata/namespace").asText();
  }

  boolean isHook() {
    return content.at("/metadata/annotations").has(Chart.HOOK);
  }

  JsonNode at(String pointer) {
    return content.at(pointer);
  }

  /// The pod that this object is or makes.
  Optional<Pod> pod() {
    return switch (kind()) {
      case "Pod" -> Optional.of(new Pod(this, content.path("metadata"), content.path("spec")));
      case "Deployment", "StatefulSet", "DaemonSet", "Job" ->
          Optional.of(
              new Pod(
                  this, content.at("/spec/template/metadata"), content.at("/spec/template/spec")));
      default -> Optional.empty();
    };
  }

  @Override
  public String toString() {
    return kind() + " " + name();
  }

  /// A pod, or the template of one.
  record Pod(Manifest owner, JsonNode metadata, JsonNode spec) {
    Map<String, String> labels() {
      Map<String, String> labels = new LinkedHashMap<>();
      metadata
          .path("labels")
          .properties()
          .forEach(label -> labels.put(label.getKey(), label.getValue().asText()));
      return labels;
    }

    /// Those that prepare it too.
    List<Container> containers() {
      List<Container> all = new ArrayList<>();
      spec.path("initContainers").forEach(each -> all.add(new Container(this, each)));
      spec.path("containers").forEach(each -> all.add(new Container(this, each)));
      return all;
    }
  }

  /// A container of a pod.
  record Container(Pod pod, JsonNode content) {
    @Override
    public String toString() {
      return pod.owner() + ", container " + content.path("name").asText();
    }
  }
}
