package dev.bothy.platform.kernel;

/// Something that only the person who runs the installation can put right, so that starting makes
/// no sense before. Its message is all they get to read: no stack trace goes with it.
public final class StartRefused extends IllegalStateException {
  private static final long serialVersionUID = 1L;

  private final String why;
  private final String fix;

  /// @param why what is so, naming the setting; never a secret
  /// @param fix what to do next
  public StartRefused(String why, String fix) {
    super(why + " " + fix);
    this.why = why;
    this.fix = fix;
  }

  /// What is so.
  public String why() {
    return why;
  }

  /// What to do next.
  public String fix() {
    return fix;
  }
}
