package dev.bothy.platform.keys;

/// A column of ciphertext, declared as a bean by the module that owns the table: what is to be
/// sealed anew when a data key is replaced, and what the schema's comments are compared with. The
/// table's rows have a `workspace_id` and an `id`, and the ciphertext was sealed for that id.
///
/// @param column of type `bytea`; null in a row that has nothing
/// @param purpose what its content was sealed for
/// @param keys whose keys seal it
public record SealedColumn(String table, String column, Purpose purpose, Sealer keys) {
  /// Whose keys seal a column.
  public enum Sealer {
    /// The workspace's, of the purpose's owner.
    WORKSPACE,
    /// The installation's.
    INSTALLATION
  }

  public SealedColumn {
    if (!table.matches("[a-z_]+") || !column.matches("[a-z_]+")) {
      throw new IllegalArgumentException("Not a table and a column: " + table + ", " + column);
    }
  }

  /// A column that is sealed under the workspace's keys.
  public SealedColumn(String table, String column, Purpose purpose) {
    this(table, column, purpose, Sealer.WORKSPACE);
  }

  /// What people call it, from the purpose's name: e.g. `handoff note`.
  public String words() {
    return purpose.name().substring(purpose.name().indexOf('.') + 1).replace('-', ' ');
  }

  @Override
  public String toString() {
    return table + "." + column;
  }
}
