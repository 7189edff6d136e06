package dev.bothy.platform.workspace;

import dev.bothy.platform.kernel.Ids;
import dev.bothy.platform.kernel.WorkspaceId;
import jakarta.persistence.EntityManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/// The one way to the database: every transaction says whose rows it means.
///
/// ## Nesting
///
/// A call inside a call for the same workspace joins its transaction. A call for another workspace,
/// or one that mixes a workspace with the installation, is a bug and throws
/// [IllegalStateException]: two scopes in one transaction would blur what row-level security
/// guards.
///
/// ## Errors
///
/// An exception rolls the transaction back and goes on to the caller. A refusal (a sealed result)
/// commits; a method that refuses after having written calls [#rollBack].
///
/// ## Changed in the same moment
///
/// Work of a workspace that finds, by a row's version, that somebody else changed the row meanwhile
/// is rolled back and done again on what is there now, at most [#ATTEMPTS] times in all: what was
/// asked for is neither lost nor an error that people see. So the work keeps nothing outside of the
/// database that counts twice when it is done twice. A transaction under settings of its own is not
/// repeated here; its caller has a way of its own.
@Service
public class Workspaces {
  /// How often work is done that others keep getting ahead of; twice is rare.
  static final int ATTEMPTS = 4;

  private static final Logger LOG = LoggerFactory.getLogger(Workspaces.class);
  private static final ScopedValue<TransactionStatus> STATUS = ScopedValue.newInstance();

  private final TransactionTemplate transactions;
  private final JdbcClient jdbc;
  private final EntityManager entities;
  private final Clock clock;

  Workspaces(
      PlatformTransactionManager manager, JdbcClient jdbc, EntityManager entities, Clock clock) {
    this.transactions = new TransactionTemplate(manager);
    this.jdbc = jdbc;
    this.entities = entities;
    this.clock = clock;
  }

  /// Runs the work in a transaction that sees the rows of this workspace alone; again if somebody
  /// else changed the same rows in the same moment.
  public <T> T inWorkspace(WorkspaceId id, Supplier<T> work) {
    Scope.OfWorkspace wanted = new Scope.OfWorkspace(id);
    if (joins(wanted)) {
      return work.get();
    }
    for (int attempt = 1; attempt < ATTEMPTS; attempt++) {
      try {
        return begin(wanted, Map.of(), work);
      } catch (OptimisticLockingFailureException e) {
        LOG.debug("Somebody else was faster; it is done again", e);
      }
    }
    return begin(wanted, Map.of(), work);
  }

  /// Begins a transaction that sees the rows of this workspace alone, under settings of PostgreSQL
  /// that end with it, such as `lock_timeout`.
  ///
  /// @throws IllegalStateException within a transaction, whose settings are already chosen
  public <T> T inWorkspace(WorkspaceId id, Map<String, String> settings, Supplier<T> work) {
    Scope.OfWorkspace wanted = new Scope.OfWorkspace(id);
    if (joins(wanted)) {
      throw new IllegalStateException("A transaction for " + wanted + " runs already");
    }
    return begin(wanted, settings, work);
  }

  private <T> T begin(Scope.OfWorkspace wanted, Map<String, String> settings, Supplier<T> work) {
    return ScopedValue.where(Scope.CURRENT, wanted)
        .call(() ->
            transactions.execute(status -> {
              bind(wanted.id(), settings);
              return ScopedValue.where(STATUS, status).call(work::get);
            }));
  }

  /// Runs the work in a transaction that sees the rows of this workspace alone; see
  /// [#inWorkspace(WorkspaceId, Supplier)].
  public void inWorkspace(WorkspaceId id, Runnable work) {
    inWorkspace(
        id,
        () -> {
          work.run();
          return true;
        });
  }

  /// Runs the work in a transaction without a workspace: for the tables that carry none and for the
  /// narrow functions that cross workspaces. It sees no row of any workspace.
  public <T> T forInstallation(Supplier<T> work) {
    Scope.OfInstallation wanted = new Scope.OfInstallation();
    if (joins(wanted)) {
      return work.get();
    }
    return ScopedValue.where(Scope.CURRENT, wanted)
        .call(() ->
            transactions.execute(status -> ScopedValue.where(STATUS, status).call(work::get)));
  }

  /// Runs the work in a transaction without a workspace; see [#forInstallation(Supplier)].
  public void forInstallation(Runnable work) {
    forInstallation(() -> {
      work.run();
      return true;
    });
  }

  /// Runs one statement for the installation, as [#forInstallation(Supplier)] does, that is a
  /// transaction by itself: PostgreSQL is not told of its beginning and its end, which spares a
  /// round trip.
  ///
  /// @param statement a single one; a second would be a transaction of its own
  /// @throws IllegalStateException within a transaction
  public <T> T inOneStatement(Supplier<T> statement) {
    Scope.OfInstallation wanted = new Scope.OfInstallation();
    if (joins(wanted)) {
      throw new IllegalStateException("A transaction for " + wanted + " runs already");
    }
    return ScopedValue.where(Scope.CURRENT, wanted).call(statement::get);
  }

  /// The workspace of the current transaction.
  ///
  /// @throws WorkspaceNotBound outside of [#inWorkspace]
  public WorkspaceId current() {
    if (Scope.CURRENT.isBound() && Scope.CURRENT.get() instanceof Scope.OfWorkspace bound) {
      return bound.id();
    }
    throw new WorkspaceNotBound("No workspace is bound to this transaction.");
  }

  /// Runs the action once the current transaction has committed; never if it rolls back.
  public void afterCommit(Runnable action) {
    TransactionSynchronizationManager.registerSynchronization(
        new TransactionSynchronization() {
          @Override
          public void afterCommit() {
            action.run();
          }
        });
  }

  /// What many pieces of work in one transaction need alike, read for the first of them. What the
  /// transaction itself changes later on is not seen.
  ///
  /// @param key names it; compared by identity of the object
  public <T> T once(Object key, Supplier<T> read) {
    @SuppressWarnings("unchecked")
    T known = (T) TransactionSynchronizationManager.getResource(key);
    if (known != null) {
      return known;
    }
    T now = read.get();
    TransactionSynchronizationManager.bindResource(key, now);
    TransactionSynchronizationManager.registerSynchronization(
        new TransactionSynchronization() {
          @Override
          public void afterCompletion(int status) {
            TransactionSynchronizationManager.unbindResource(key);
          }
        });
    return now;
  }

  /// Lets what comes next in the current transaction see all that came before it, whichever of
  /// Hibernate and SQL wrote and reads it.
  ///
  /// @throws IllegalStateException after a [#rollBack], since what comes next would be lost
  public void flush() {
    if (STATUS.get().isRollbackOnly()) {
      throw new IllegalStateException("This transaction is going to be rolled back");
    }
    entities.flush();
    entities.clear();
  }

  /// Marks the current transaction so that nothing it wrote stays, without an exception.
  public void rollBack() {
    STATUS.get().setRollbackOnly();
  }

  /// The workspace with this slug, if there is one.
  public Optional<Workspace> bySlug(String slug) {
    return forInstallation(() ->
        jdbc.sql("select id, slug, name from workspace_by_slug(?)")
            .param(slug)
            .query(Workspaces::toWorkspace)
            .optional());
  }

  /// The workspaces with these ids, by name; ids that no workspace has are left out.
  public List<Workspace> byIds(Collection<WorkspaceId> ids) {
    UUID[] values = ids.stream().map(WorkspaceId::value).toArray(UUID[]::new);
    return forInstallation(() ->
        jdbc.sql("select id, slug, name from workspaces_by_ids(?) order by name")
            .param(values)
            .query(Workspaces::toWorkspace)
            .list());
  }

  /// Every workspace there is, by id. Called outside of any transaction, or in one of the
  /// installation.
  public List<WorkspaceId> ids() {
    return forInstallation(() ->
        jdbc.sql("select id from workspace_ids()")
            .query((row, _) -> new WorkspaceId(row.getObject("id", UUID.class)))
            .list());
  }

  /// The workspace of the current transaction, with its slug and name.
  ///
  /// @throws WorkspaceNotBound outside of [#inWorkspace]
  public Workspace describeCurrent() {
    return jdbc.sql("select id, slug, name from workspaces_by_ids(?)")
        .param(new UUID[] {current().value()})
        .query(Workspaces::toWorkspace)
        .single();
  }

  /// Makes a workspace, or returns the one that has this slug already.
  ///
  /// @param slug 2 to 40 of `a-z`, `0-9` and `-`: it is part of the console's addresses
  /// @param name what people read, 1 to 80 characters
  public Workspace create(String slug, String name) {
    Optional<Workspace> existing = bySlug(slug);
    if (existing.isPresent()) {
      return existing.get();
    }
    WorkspaceId id = new WorkspaceId(Ids.next(clock));
    inWorkspace(
        id,
        () ->
            jdbc.sql(
                    "insert into workspace (id, slug, name, created_at) values (?, ?, ?, ?)"
                        + " on conflict (slug) do nothing")
                .params(id.value(), slug, name, clock.instant().atOffset(ZoneOffset.UTC))
                .update());
    return bySlug(slug).orElseThrow();
  }

  private boolean joins(Scope wanted) {
    if (!Scope.CURRENT.isBound()) {
      return false;
    }
    Scope bound = Scope.CURRENT.get();
    if (!bound.equals(wanted)) {
      throw new IllegalStateException(
          "A transaction for " + bound + " cannot also work for " + wanted);
    }
    return true;
  }

  /// One statement, since each costs a round trip.
  private void bind(WorkspaceId id, Map<String, String> settings) {
    List<String> values = new ArrayList<>(List.of("bothy.workspace", id.toString()));
    settings.forEach((name, value) -> values.addAll(List.of(name, value)));
    String all =
        Stream.generate(() -> "set_config(?, ?, true)")
            .limit(1 + settings.size())
            .collect(Collectors.joining(", "));
    jdbc.sql("select " + all).params(values).query(row -> {});
  }

  private static Workspace toWorkspace(ResultSet row, int number) throws SQLException {
    return new Workspace(
        new WorkspaceId(row.getObject("id", UUID.class)),
        row.getString("slug"),
        row.getString("name"));
  }
}
