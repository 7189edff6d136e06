package dev.bothy.preflight;

import java.net.UnknownHostException;
import java.security.GeneralSecurityException;
import java.sql.SQLException;

/// What it means that a role could not use the database, and what to do about it.
final class DatabaseFailure {
  private DatabaseFailure() {}

  static Finding of(String check, Role role, SQLException failure) {
    String state = failure.getSQLState() == null ? "" : failure.getSQLState();
    String said = failure.getMessage() == null ? state : failure.getMessage();
    return switch (state) {
      case "28P01", "28000" ->
          Finding.fail(
              check,
              "PostgreSQL refuses " + role + ": " + said,
              "Put the password that "
                  + role.user()
                  + " has in PostgreSQL into the secret that "
                  + role.setting()
                  + ".password comes from, or give the role that password (\\password "
                  + role.user()
                  + " in psql); look also whether pg_hba.conf lets this role in from here");
      case "3D000" ->
          Finding.fail(
              check,
              "there is no database " + role.database() + " at " + role.place(),
              "Make the database and run db/roles.sql in it, or correct the name in "
                  + role.setting()
                  + ".url");
      case "42501" ->
          Finding.fail(
              check,
              role + " may not use the database " + role.database() + ": " + said,
              "Run db/roles.sql in the database " + role.database() + " as a superuser");
      case "53300" ->
          Finding.fail(
              check,
              "PostgreSQL has no connection left for " + role + ": " + said,
              "Raise max_connections, or end what holds the connections");
      default -> unreached(check, role, failure, said);
    };
  }

  private static Finding unreached(String check, Role role, SQLException failure, String said) {
    if (Words.cause(failure, UnknownHostException.class) != null) {
      return Finding.fail(
          check,
          "the name " + role.host() + " leads nowhere",
          "Correct the host in " + role.setting() + ".url, or enter the name in your DNS");
    }
    if (Words.cause(failure, GeneralSecurityException.class) != null || said.contains("SSL")) {
      return Finding.fail(
          check,
          "no encrypted link to " + role.place() + ": " + Words.deepest(failure).getMessage(),
          "Let PostgreSQL show a certificate that names "
              + role.host()
              + " and has not expired, and give the certificate of the authority that signed it"
              + " (sslrootcert; in the chart caBundle)");
    }
    return Finding.fail(
        check,
        role.place() + " cannot be used: " + Words.of(failure),
        "Look whether PostgreSQL runs there, whether host and port in "
            + role.setting()
            + ".url are right, and whether a firewall or network policy lets this pod through");
  }
}
