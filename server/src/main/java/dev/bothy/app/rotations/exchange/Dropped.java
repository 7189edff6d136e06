package dev.bothy.app.rotations.exchange;

import java.util.List;

/// A member of a file that nothing here stands for.
///
/// @param member its name in an object
/// @param what a sentence that says what is missing here
/// @param why a sentence that says why, and what to do
record Dropped(String member, String what, String why) {
  /// Says what of these the object has.
  static void tell(Report report, String where, Fields object, List<Dropped> dropped) {
    for (Dropped each : dropped) {
      boolean container = object.object(each.member).node().isContainer();
      if (object.has(each.member) && (container || object.text(each.member) != null)) {
        report.add(where, each.what, each.why);
      }
    }
  }
}
