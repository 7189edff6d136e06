package dev.bothy.platform.operation;

import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.Counter;
import io.prometheus.client.Gauge;
import io.prometheus.client.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.simpleclient.bridge.SimpleclientCollector;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.springframework.stereotype.Component;

/// What the product counts and measures. The one class that knows the metrics library, so that
/// exchanging it means exchanging this file. `docs/reference/metrics.md` explains each metric.
///
/// ## Labels
///
/// A label has few values, all of them known when the server is built or configured: a network's id
/// (`slack`, `sandbox`), an owner from the egress register, an enum's name in lower case. Never an
/// id, a name or a text of people.
///
/// ## Gauges
///
/// A depth or an age is read from the database by the module that owns the table and set here, at
/// an interval of its own; between two settings the last value stands. Every replica reports the
/// same database, so a query takes their maximum, not their sum.
@Component
public class Metrics {
  /// What became of a request from a chat network.
  public enum Acknowledgement {
    /// It is stored on disk and will be worked on.
    STORED,
    /// The network sent it before; the first one counts.
    REPEATED,
    /// Nothing enabled wants it; nothing was stored.
    IGNORED,
    /// Its signature, time or shape was wrong; nothing was stored.
    REFUSED,
    /// It could not be stored, so it was not acknowledged; the network sends it again.
    FAILED
  }

  /// Why an event was acknowledged and dropped.
  public enum Ignored {
    /// The connector does not know this type of event.
    UNKNOWN_TYPE,
    /// No enabled feature wants it in that conversation.
    NOT_WANTED
  }

  /// What became of one attempt to deliver a message to a chat network.
  public enum Delivery {
    /// The network has it.
    SENT,
    /// The network asked us to wait; it is sent later.
    RATE_LIMITED,
    /// The network refused it for good.
    REJECTED,
    /// The network could not be reached; it is tried again.
    UNREACHABLE,
    /// The network cannot do this.
    UNSUPPORTED
  }

  /// What came of sending to a webhook of the customer's.
  public enum Webhook {
    /// It was taken.
    DELIVERED,
    /// One attempt failed.
    FAILED,
    /// There is no further attempt.
    GIVEN_UP
  }

  /// What came of reading absences where the customer keeps them.
  public enum AbsenceReading {
    /// They were read.
    READ,
    /// There was nothing new.
    UNCHANGED,
    /// They could not be read; what was known stays.
    FAILED
  }

  /// What came of a mail to the customer's relay.
  public enum Mail {
    /// The relay has it.
    SENT,
    /// One attempt failed.
    FAILED,
    /// There is no further attempt.
    GIVEN_UP
  }

  /// What was learned of a message whose earlier attempt may have reached its network.
  public enum InDoubt {
    /// It stands there: it was not sent again.
    FOUND,
    /// It does not: it was sent, for the first time.
    ABSENT,
    /// The network does not let us look: it was sent again, and may stand there twice.
    UNKNOWN
  }

  /// Which bound kept a delivery from being taken in.
  public enum Bound {
    /// More came through one connection than it may bring.
    CONNECTION_RATE,
    /// More came for one workspace than it may have.
    WORKSPACE_RATE,
    /// One workspace has its share of what waits to be stored.
    WORKSPACE_SHARE,
    /// Too much waits to be stored.
    FULL
  }

  /// What became of a duty's hand-off.
  public enum HandOff {
    /// The people concerned were told.
    ANNOUNCED,
    /// A later hand-off was due as well before this one could run: it is logged, not announced.
    MISSED
  }

  /// Where a piece of work stood when its retries ended.
  public enum Queue {
    /// Events that came in.
    INBOX,
    /// Messages that go out.
    OUTBOX
  }

  /// Why a socket to a chat network was opened anew.
  public enum Reconnect {
    /// The network asked for it; the new one was open before the old one was closed.
    REFRESHED,
    /// It was closed or fell silent.
    LOST,
    /// It could not be opened; it is tried again.
    FAILED
  }

  /// What was done with a key.
  public enum Cipher {
    /// Plain text became ciphertext.
    ENCRYPT,
    /// Ciphertext became plain text.
    DECRYPT,
    /// A data key was wrapped by its workspace's key.
    WRAP,
    /// A data key was unwrapped.
    UNWRAP
  }

  /// What came of looking at a person's user in Keycloak.
  public enum UserSync {
    /// They were made.
    MADE,
    /// They were brought to what is wanted.
    CHANGED,
    /// They were so already.
    UNCHANGED,
    /// They are somebody else's, or nobody wants them there, and stay as they are.
    NOT_OURS,
    /// Keycloak does not take what is wanted; given up.
    REFUSED
  }

  /// From what a call takes to the hours of an outage.
  private static final double[] LAG_SECONDS = {.1, .5, 1, 5, 15, 60, 300, 1800, 7200, 86_400};

  /// From a local database's millisecond to the egress guard's 30 s.
  private static final double[] DELIVERY_SECONDS = {
    .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10, 30
  };

  /// From what a local commit takes to the 3 s after which Slack comes again
  /// (docs.slack.dev/apis/events-api).
  private static final double[] ACKNOWLEDGEMENT_SECONDS = {
    .001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2, 3, 5
  };

  private final CollectorRegistry registry = new CollectorRegistry();

  private final Counter acknowledgements =
      Counter.build("bothy_acknowledgements_total", "Requests from chat networks, by outcome.")
          .labelNames("network", "result")
          .register(registry);
  private final Histogram acknowledgementSeconds =
      Histogram.build(
              "bothy_acknowledgement_duration_seconds", "How long a network waited for its answer.")
          .labelNames("network")
          .buckets(ACKNOWLEDGEMENT_SECONDS)
          .register(registry);
  private final Counter userSyncs =
      Counter.build("bothy_keycloak_users_total", "Looks at users in Keycloak, by outcome.")
          .labelNames("result")
          .register(registry);
  private final Counter userRepairs =
      Counter.build(
              "bothy_keycloak_repairs_total", "Users whom somebody changed, and who were repaired.")
          .register(registry);
  private final Histogram userSyncLag =
      Histogram.build(
              "bothy_keycloak_lag_seconds", "From a change of a member to that of the user.")
          .buckets(LAG_SECONDS)
          .register(registry);
  private final Counter ignoredEvents =
      Counter.build("bothy_ignored_events_total", "Events acknowledged and dropped, by reason.")
          .labelNames("network", "reason")
          .register(registry);
  private final Gauge inboxDepth =
      Gauge.build("bothy_inbox_depth", "Events stored and not yet done.").register(registry);
  private final Gauge inboxAge =
      Gauge.build("bothy_inbox_oldest_age_seconds", "Age of the oldest event not yet done.")
          .register(registry);
  private final Gauge outboxDepth =
      Gauge.build("bothy_outbox_depth", "Messages not yet delivered.").register(registry);
  private final Gauge outboxAge =
      Gauge.build("bothy_outbox_oldest_age_seconds", "Age of the oldest undelivered message.")
          .register(registry);
  private final Counter deliveries =
      Counter.build("bothy_deliveries_total", "Attempts to deliver a message, by outcome.")
          .labelNames("network", "result")
          .register(registry);
  private final Histogram deliverySeconds =
      Histogram.build("bothy_delivery_duration_seconds", "How long an attempt to deliver took.")
          .labelNames("network")
          .buckets(DELIVERY_SECONDS)
          .register(registry);
  private final Counter absenceReadings =
      Counter.build(
              "bothy_absence_readings_total",
              "Readings of calendar feeds and of HR systems, by outcome.")
          .labelNames("source", "result")
          .register(registry);

  private final Gauge absenceSourcesFailing =
      Gauge.build(
              "bothy_absence_sources_failing",
              "Calendar feeds and HR systems that could not be read for three days.")
          .labelNames("source")
          .register(registry);

  private final Counter webhooks =
      Counter.build("bothy_webhook_deliveries_total", "Events sent to webhooks, by outcome.")
          .labelNames("result")
          .register(registry);
  private final Counter mails =
      Counter.build("bothy_mails_total", "Mails to the customer's relay, by outcome.")
          .labelNames("result")
          .register(registry);
  private final Counter rateLimitedSeconds =
      Counter.build("bothy_rate_limited_seconds_total", "Time messages were told to wait.")
          .labelNames("network")
          .register(registry);
  private final Counter inDoubt =
      Counter.build("bothy_messages_in_doubt_total", "Messages looked up before a resend.")
          .labelNames("network", "result")
          .register(registry);
  private final Counter intakeRefusals =
      Counter.build("bothy_intake_refusals_total", "Deliveries not taken in, by bound.")
          .labelNames("network", "bound")
          .register(registry);
  private final Gauge deadLettersWaiting =
      Gauge.build(
              "bothy_dead_letters_waiting", "Work put aside that nobody has retried or dropped.")
          .labelNames("queue")
          .register(registry);
  private final Gauge scheduleLag =
      Gauge.build("bothy_schedule_lag_seconds", "How long the longest overdue work has waited.")
          .register(registry);
  private final Counter handOffs =
      Counter.build("bothy_hand_offs_total", "Hand-offs of a duty, by outcome.")
          .labelNames("result")
          .register(registry);
  private final Counter breakGlassSignIns =
      Counter.build(
              "bothy_break_glass_sign_ins_total", "Sign-ins by a code, past the sign-on service.")
          .register(registry);
  private final Counter limitRefusals =
      Counter.build("bothy_limit_refusals_total", "Requests that came too often, by limit.")
          .labelNames("limit")
          .register(registry);
  private final Counter deadLetters =
      Counter.build("bothy_dead_letters_total", "Work whose retries ended without success.")
          .labelNames("queue")
          .register(registry);
  private final Gauge openSockets =
      Gauge.build("bothy_sockets_open", "Sockets to chat networks that this replica holds.")
          .labelNames("network")
          .register(registry);
  private final Counter reconnects =
      Counter.build("bothy_socket_reconnects_total", "Sockets opened anew, by reason.")
          .labelNames("network", "reason")
          .register(registry);
  private final Counter envelopes =
      Counter.build("bothy_socket_envelopes_total", "Deliveries that came over sockets.")
          .labelNames("network", "result")
          .register(registry);
  private final Counter cipherOperations =
      Counter.build("bothy_cipher_operations_total", "Uses of a key, by outcome.")
          .labelNames("operation", "result")
          .register(registry);
  private final Counter reencryptedRows =
      Counter.build("bothy_reencrypted_rows_total", "Rows for which a new data key was tried.")
          .labelNames("result")
          .register(registry);
  private final Gauge rowsToReencrypt =
      Gauge.build(
              "bothy_rows_to_reencrypt", "Rows that older data keys sealed and a new one is to.")
          .register(registry);
  private final Counter rewrappedKeys =
      Counter.build("bothy_rewrapped_keys_total", "Data keys that were wrapped anew.")
          .register(registry);
  private final Gauge retentionOverdue =
      Gauge.build(
              "bothy_retention_overdue_rows", "Rows whose time is over and that are still here.")
          .labelNames("table")
          .register(registry);
  private final Gauge retentionLag =
      Gauge.build(
              "bothy_retention_lag_seconds", "How long the oldest of them should have been gone.")
          .labelNames("table")
          .register(registry);
  private final Counter retentionSwept =
      Counter.build("bothy_retention_swept_rows_total", "Rows that a sweep removed or emptied.")
          .labelNames("table")
          .register(registry);
  private final Counter egressRefusals =
      Counter.build("bothy_egress_refusals_total", "Outbound calls that were refused, by reason.")
          .labelNames("owner", "reason")
          .register(registry);

  private final Gauge auditUnlinked =
      Gauge.build("bothy_audit_unlinked", "Entries of audit logs not yet linked.")
          .register(registry);
  private final Gauge auditUnlinkedAge =
      Gauge.build("bothy_audit_unlinked_oldest_age_seconds", "Age of the oldest of them.")
          .register(registry);
  private final Gauge auditChainsBroken =
      Gauge.build("bothy_audit_chains_broken", "Workspaces whose audit log was tampered with.")
          .register(registry);
  private final Gauge auditVerified =
      Gauge.build(
              "bothy_audit_verified_timestamp_seconds",
              "When the audit chain was verified that waits longest.")
          .register(registry);
  private final Gauge databaseLoginEnd =
      Gauge.build(
              "bothy_database_credentials_expiry_timestamp_seconds",
              "When the login to the database ends that Vault gave.")
          .register(registry);
  private final Gauge newestBackup =
      Gauge.build("bothy_backup_newest_seconds", "When the newest whole backup was taken.")
          .register(registry);
  private final Gauge newestGoodDrill =
      Gauge.build("bothy_drill_newest_good_seconds", "When the newest good drill ended.")
          .register(registry);
  private final Gauge recoveryState =
      Gauge.build("bothy_recovery_state", "Whether work is held after a restore.")
          .register(registry);
  private final Gauge aotCacheInUse =
      Gauge.build("bothy_aot_cache_in_use", "Whether this process runs on its AOT cache.")
          .register(registry);

  /// Used for every text that is sealed or opened, so the child of each is looked up once.
  private final Map<Cipher, Counter.Child> ciphersDone = cipherChildren("done");

  private final Map<Cipher, Counter.Child> ciphersFailed = cipherChildren("failed");

  /// @param scrape the registry behind `/actuator/prometheus`, which also carries the metrics of
  ///   the JVM, HTTP and the connection pool
  public Metrics(PrometheusRegistry scrape) {
    SimpleclientCollector.builder().collectorRegistry(registry).register(scrape);
  }

  /// For a program that nobody scrapes.
  public static Metrics unscraped() {
    return new Metrics(new PrometheusRegistry());
  }

  /// Counts what came of an attempt to send a mail, or of the last.
  public void mail(Mail result) {
    mails.labels(label(result)).inc();
  }

  /// Counts what came of reading absences.
  ///
  /// @param source `icalendar` or `hibob`
  public void absencesRead(String source, AbsenceReading result) {
    absenceReadings.labels(source, label(result)).inc();
  }

  /// Sets how many sources of absences could not be read for three days, in all workspaces.
  ///
  /// @param source `icalendar` or `hibob`
  public void absenceSourcesFailing(String source, long failing) {
    absenceSourcesFailing.labels(source).set(failing);
  }

  /// Counts what came of an attempt to send to a webhook, or of the last.
  public void webhook(Webhook result) {
    webhooks.labels(label(result)).inc();
  }

  /// Counts somebody who signed in by a break-glass code.
  public void signedInByBreakGlass() {
    breakGlassSignIns.inc();
  }

  /// Counts a request that came too often.
  ///
  /// @param limit the tier that was used up, e.g. `api-address`
  public void refusedByLimit(String limit) {
    limitRefusals.labels(limit).inc();
  }

  /// Counts a request from a network.
  public void acknowledged(String network, Acknowledgement result) {
    acknowledgements.labels(network, label(result)).inc();
  }

  /// Notes how long a network waited, whatever it was answered.
  ///
  /// @param took from when the request was read to when its answer was known
  public void acknowledgedAfter(String network, Duration took) {
    acknowledgementSeconds.labels(network).observe(seconds(took));
  }

  /// Counts an event that was acknowledged and dropped.
  public void ignored(String network, Ignored reason) {
    ignoredEvents.labels(network, label(reason)).inc();
  }

  /// Sets how much waits in the inbox.
  ///
  /// @param depth events stored and not yet done
  /// @param oldest the age of the oldest of them; zero when there is none
  public void inbox(long depth, Duration oldest) {
    inboxDepth.set(depth);
    inboxAge.set(seconds(oldest));
  }

  /// Sets how much waits in the outbox.
  ///
  /// @param depth messages not yet delivered
  /// @param oldest the age of the oldest of them; zero when there is none
  public void outbox(long depth, Duration oldest) {
    outboxDepth.set(depth);
    outboxAge.set(seconds(oldest));
  }

  /// Counts one attempt to deliver a message.
  ///
  /// @param took from the call to the network's answer, or to giving up
  public void delivered(String network, Delivery result, Duration took) {
    deliveries.labels(network, label(result)).inc();
    deliverySeconds.labels(network).observe(seconds(took));
  }

  /// Counts the time that a message was told to wait, by the network or by a limit known to us.
  public void rateLimited(String network, Duration time) {
    rateLimitedSeconds.labels(network).inc(seconds(time));
  }

  /// Counts a message whose earlier attempt may have reached its network.
  public void inDoubt(String network, InDoubt result) {
    inDoubt.labels(network, label(result)).inc();
  }

  /// Counts a delivery that was not taken in; the network sends it again.
  public void intakeRefused(String network, Bound bound) {
    intakeRefusals.labels(network, label(bound)).inc();
  }

  /// Sets how many dead letters wait for somebody to look at them.
  public void deadLettersWaiting(Queue queue, long waiting) {
    deadLettersWaiting.labels(label(queue)).set(waiting);
  }

  /// Sets how long the longest overdue piece of scheduled work has waited; zero when none is due.
  public void scheduleLag(Duration longest) {
    scheduleLag.set(seconds(longest));
  }

  /// Counts a hand-off of a duty.
  public void handedOff(HandOff result) {
    handOffs.labels(label(result)).inc();
  }

  /// Counts a piece of work that was put aside after its last retry.
  public void deadLettered(Queue queue) {
    deadLetters.labels(label(queue)).inc();
  }

  /// A socket to a network was opened here.
  public void socketOpened(String network) {
    openSockets.labels(network).inc();
  }

  /// A socket to a network is closed.
  public void socketClosed(String network) {
    openSockets.labels(network).dec();
  }

  /// Counts a socket that is, or could not be, opened anew.
  public void reconnected(String network, Reconnect reason) {
    reconnects.labels(network, label(reason)).inc();
  }

  /// Counts a delivery that came over a socket.
  ///
  /// @param acknowledged false when it was left for the network to send again
  public void envelope(String network, boolean acknowledged) {
    envelopes.labels(network, acknowledged ? "acknowledged" : "left").inc();
  }

  /// Counts a use of a key.
  ///
  /// @param succeeded false when the value did not open or the key was not to be had
  public void cipher(Cipher operation, boolean succeeded) {
    Objects.requireNonNull((succeeded ? ciphersDone : ciphersFailed).get(operation)).inc();
  }

  private Map<Cipher, Counter.Child> cipherChildren(String result) {
    Map<Cipher, Counter.Child> children = new EnumMap<>(Cipher.class);
    for (Cipher operation : Cipher.values()) {
      children.put(operation, cipherOperations.labels(label(operation), result));
    }
    return children;
  }

  /// Counts rows that a new data key was to seal.
  ///
  /// @param unreadable rows that opened with no key and stay as they are
  public void reencrypted(long resealed, long unreadable) {
    reencryptedRows.labels("done").inc(resealed);
    reencryptedRows.labels("unreadable").inc(unreadable);
  }

  /// Sets how many rows older data keys have sealed that a new one is to, in all workspaces.
  public void rowsToReencrypt(long left) {
    rowsToReencrypt.set(left);
  }

  /// Counts data keys that were wrapped anew.
  public void rewrapped(int keys) {
    rewrappedKeys.inc(keys);
  }

  /// Sets what of a table should be gone, in all workspaces.
  ///
  /// @param rows counted up to a bound in each workspace
  /// @param lag how long the oldest of them should have been gone; zero when there is none
  public void retention(String table, long rows, Duration lag) {
    retentionOverdue.labels(table).set(rows);
    retentionLag.labels(table).set(seconds(lag));
  }

  /// Counts rows of a table that a sweep removed or emptied.
  public void swept(String table, long rows) {
    retentionSwept.labels(table).inc(rows);
  }

  /// Counts an outbound call that the egress guard refused.
  ///
  /// @param owner on whose behalf the call was made, as the egress register has it
  /// @param reason the refusal's short name, e.g. `not_registered`
  public void egressRefused(String owner, String reason) {
    egressRefusals.labels(owner, reason).inc();
  }

  /// Counts a look at a person's user in Keycloak.
  public void userSynced(UserSync result) {
    userSyncs.labels(label(result)).inc();
  }

  /// Counts a user in Keycloak whom somebody had changed and who was brought back.
  public void userRepaired() {
    userRepairs.inc();
  }

  /// Observes how long Keycloak's user followed a change of a member.
  public void userSyncLag(Duration lag) {
    userSyncLag.observe(seconds(lag));
  }

  /// Sets how many entries of audit logs wait to be linked.
  ///
  /// @param oldest the age of the oldest of them; zero when there is none
  public void auditUnlinked(long waiting, Duration oldest) {
    auditUnlinked.set(waiting);
    auditUnlinkedAge.set(seconds(oldest));
  }

  /// Sets how many workspaces have an audit chain that does not hold.
  public void auditChainsBroken(long workspaces) {
    auditChainsBroken.set(workspaces);
  }

  /// Sets when the audit chain was verified that waits longest for its next look.
  public void auditVerified(Instant at) {
    auditVerified.set(at.getEpochSecond());
  }

  /// Sets when the present login to the database ends.
  public void databaseLoginEnds(Instant end) {
    databaseLoginEnd.set(end.getEpochSecond());
  }

  /// Sets when the newest whole backup was taken.
  public void newestBackup(Instant takenAt) {
    newestBackup.set(takenAt.getEpochSecond());
  }

  /// Sets when the newest good drill ended.
  public void newestGoodDrill(Instant endedAt) {
    newestGoodDrill.set(endedAt.getEpochSecond());
  }

  /// Sets what keeps work up after a restore: 0 nothing, 1 the preparation, 2 nobody said go yet.
  public void recovery(int state) {
    recoveryState.set(state);
  }

  /// Sets whether this process runs on the cache of classes that was made ahead of time.
  void aotCacheInUse(boolean used) {
    aotCacheInUse.set(used ? 1 : 0);
  }

  private static String label(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  private static double seconds(Duration duration) {
    return duration.toNanos() / 1e9;
  }
}
