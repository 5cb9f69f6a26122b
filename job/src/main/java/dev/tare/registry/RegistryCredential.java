package dev.tare.registry;

import dev.tare.http.BasicHeader;

/**
 * What a registry knows its user by. Never written to a log, message, report or database.
 *
 * @param username account, or {@code <token>} where {@code secret} is an identity token
 * @param secret password or token
 */
public record RegistryCredential(String username, String secret) {
  private static final String IDENTITY_TOKEN = "<token>";

  /** One of an identity token. */
  public static RegistryCredential ofIdentityToken(String token) {
    return new RegistryCredential(IDENTITY_TOKEN, token);
  }

  /** Whether the secret is an OAuth 2 refresh token ("identity token" in Docker's config). */
  public boolean isIdentityToken() {
    return username.equals(IDENTITY_TOKEN);
  }

  /** The value of {@code Authorization} for user name and password. */
  public String authorization() {
    return BasicHeader.of(username + ":" + secret);
  }

  /** Does not show the secret. */
  @Override
  public String toString() {
    return "RegistryCredential[" + username + "]";
  }
}
