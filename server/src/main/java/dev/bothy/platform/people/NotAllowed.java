package dev.bothy.platform.people;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Somebody asked for what their roles do not allow. Thrown by [Viewer#require]; nothing has been
/// read or written by then.
public final class NotAllowed extends RuntimeException {
  private static final long serialVersionUID = 1L;

  NotAllowed(List<Role> anyOf) {
    super(
        Stream.concat(Stream.of(Role.OWNER), anyOf.stream())
            .distinct()
            .map(Role::label)
            .collect(Collectors.joining(" or ", "This needs the role ", ".")));
  }
}
