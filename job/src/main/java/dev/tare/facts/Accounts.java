package dev.tare.facts;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who stands in etc/passwd. Null is unknown.
 *
 * @param userResolves whether the configured user is one of them, or a number; null also where none
 *     is configured
 */
public record Accounts(List<User> users, @Nullable Boolean userResolves) {
  /** One account; {@code login} where its shell lets it log in. */
  public record User(@Nullable String name, @Nullable Boolean login) {
    static User of(Fields user) {
      return new User(user.text("name"), user.flag("login"));
    }
  }

  static Accounts of(Fields accounts) {
    return new Accounts(accounts.items("users", User::of), accounts.flag("userResolves"));
  }
}
