package dev.bothy.platform.people;

import dev.bothy.platform.kernel.PersonId;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.core.authority.AuthorityUtils;

/// Who makes this request, read from their session. It carries no authority: roles belong to a
/// workspace and are asked of the [Viewer].
public final class SignedIn extends AbstractAuthenticationToken {
  private static final long serialVersionUID = 1L;

  private final transient PersonId person;
  private final String name;
  private final transient Sessions.@Nullable Session session;

  /// @param session null for somebody who came without one, by an API token
  SignedIn(PersonId person, String name, Sessions.@Nullable Session session) {
    super(AuthorityUtils.NO_AUTHORITIES);
    this.person = person;
    this.name = name;
    this.session = session;
    setAuthenticated(true);
  }

  /// Who it is.
  public PersonId person() {
    return person;
  }

  /// The session that says so, by which it can be ended; null for an API token.
  public @Nullable UUID session() {
    return session == null ? null : session.id();
  }

  /// How they want pages: `auto`, `light` or `dark`.
  public String theme() {
    return session == null ? "auto" : session.theme();
  }

  /// See [SessionNotices].
  @Nullable String notices() {
    return session == null ? null : session.notices();
  }

  /// Their name, as the identity provider shows it.
  @Override
  public String getName() {
    return name;
  }

  @Override
  public Object getPrincipal() {
    return person;
  }

  /// Nothing: the session's token stays in its cookie.
  @Override
  public String getCredentials() {
    return "";
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof SignedIn that && that.person.equals(person);
  }

  @Override
  public int hashCode() {
    return person.hashCode();
  }
}
