package dev.bothy.operator.events;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectReferenceBuilder;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import io.fabric8.kubernetes.api.model.events.v1.EventBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;

/// Writes events about a resource. The same words again count the event that is there instead of
/// making another one, and at most once in [#QUIET]: a state that lasts does not fill the list.
///
/// An event that cannot be written is logged, and stops nothing.
public final class EventLog {
  static final Duration QUIET = Duration.ofMinutes(5);

  private static final Logger LOG = Logger.getLogger(EventLog.class.getName());
  private static final String CONTROLLER = "bothy.dev/operator";
  private static final DateTimeFormatter MICROS =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSSXXX");
  private static final int REMEMBERED = 200;
  private static final int LONGEST_NAME = 200;
  private static final int LONGEST_NOTE = 1000;

  private final KubernetesClient client;
  private final String instance;
  private final Clock clock;
  private final Map<String, Seen> seen =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Seen> eldest) {
          return size() > REMEMBERED;
        }
      };

  public EventLog(KubernetesClient client, String instance, Clock clock) {
    this.client = client;
    this.instance = instance;
    this.clock = clock;
  }

  public void normal(HasMetadata about, String reason, String note) {
    write(about, "Normal", reason, note);
  }

  public void warning(HasMetadata about, String reason, String note) {
    write(about, "Warning", reason, note);
  }

  private synchronized void write(HasMetadata about, String type, String reason, String note) {
    ZonedDateTime now = clock.instant().atZone(ZoneOffset.UTC);
    String name = nameOf(about, reason, note);
    Seen before = seen.get(name);
    if (before != null && now.isBefore(before.at().plus(QUIET))) {
      return;
    }
    Event event = event(about, name, type, reason, note, now);
    try {
      int count = before == null ? 1 : before.count() + 1;
      if (count == 1 && !created(event)) {
        // An earlier life of this operator made it.
        count = 2;
      }
      if (count > 1 && !counted(about, name, count, now)) {
        count = 1;
        created(event);
      }
      seen.put(name, new Seen(now, count));
    } catch (KubernetesClientException e) {
      LOG.log(Level.WARNING, "An event could not be written: {0}", e.getMessage());
    }
  }

  /// @return false if it is there already
  private boolean created(Event event) {
    try {
      client.resource(event).create();
      return true;
    } catch (KubernetesClientException e) {
      if (e.getCode() == 409) {
        return false;
      }
      throw e;
    }
  }

  /// @return false if the event is gone, as old ones are
  private boolean counted(HasMetadata about, String name, int count, ZonedDateTime now) {
    String series =
        "{\"series\":{\"count\":%d,\"lastObservedTime\":\"%s\"}}"
            .formatted(count, MICROS.format(now));
    try {
      client
          .events()
          .v1()
          .events()
          .inNamespace(about.getMetadata().getNamespace())
          .withName(name)
          .patch(PatchContext.of(PatchType.JSON_MERGE), series);
      return true;
    } catch (KubernetesClientException e) {
      if (e.getCode() == 404) {
        return false;
      }
      throw e;
    }
  }

  private Event event(
      HasMetadata about, String name, String type, String reason, String note, ZonedDateTime now) {
    return new EventBuilder()
        .withNewMetadata()
        .withName(name)
        .withNamespace(about.getMetadata().getNamespace())
        .endMetadata()
        .withType(type)
        .withReason(reason)
        .withNote(note.length() > LONGEST_NOTE ? note.substring(0, LONGEST_NOTE) + "…" : note)
        .withAction("Reconcile")
        .withReportingController(CONTROLLER)
        .withReportingInstance(instance)
        .withNewEventTime(MICROS.format(now))
        .withRegarding(
            new ObjectReferenceBuilder()
                .withApiVersion(about.getApiVersion())
                .withKind(about.getKind())
                .withNamespace(about.getMetadata().getNamespace())
                .withName(about.getMetadata().getName())
                .withUid(about.getMetadata().getUid())
                .build())
        .build();
  }

  private static String nameOf(HasMetadata about, String reason, String note) {
    String words = about.getMetadata().getUid() + '\n' + reason + '\n' + note;
    String name = about.getMetadata().getName();
    return (name.length() > LONGEST_NAME ? name.substring(0, LONGEST_NAME) : name)
        + '.'
        + UUID.nameUUIDFromBytes(words.getBytes(StandardCharsets.UTF_8));
  }

  private record Seen(ZonedDateTime at, int count) {}
}
