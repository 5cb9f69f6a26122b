package dev.tare.registry.auth;

import dev.tare.registry.CredentialSource;
import dev.tare.registry.RegistryCredential;
import dev.tare.registry.auth.TokenServer.Token;
import dev.tare.registry.wire.KnownSecrets;
import dev.tare.registry.wire.RegistryHost;
import dev.tare.registry.wire.Request;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Answers a registry's challenges: one token for each scope, kept until it expires. Safe for
 * concurrent use; requests of one scope wait for one token.
 */
public final class Authenticator {
  /** Tokens kept; a registry may have any number of repositories, each with its own scope. */
  private static final int MOST_TOKENS = 1_000;

  /** A token that is about to expire may expire on the way. */
  private static final Duration MARGIN = Duration.ofSeconds(5);

  private static final String BEARER = "Bearer ";

  private final RegistryHost host;
  private final CredentialSource source;
  private final TokenServer tokens;
  private final InstantSource clock;

  private final Map<SlotKey, Slot> slots =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<SlotKey, Slot> eldest) {
          return size() > MOST_TOKENS;
        }
      };

  /** Those that were sent. */
  private final Set<RegistryCredential> used = ConcurrentHashMap.newKeySet();

  /** Of which repositories; empty for the registry. */
  private final Set<String> withLogin = ConcurrentHashMap.newKeySet();

  /** The last challenge; null while the registry has not asked for anything. */
  private volatile @Nullable Challenge challenge;

  public Authenticator(
      RegistryHost host, CredentialSource source, TokenServer tokens, InstantSource clock) {
    this.host = host;
    this.source = source;
    this.tokens = tokens;
    this.clock = clock;
  }

  /** Remembers how the registry wants to be asked, before it asks for the first scope. */
  public void learn(@Nullable Challenge seen) {
    challenge = seen;
  }

  /** Whether there is a credential for a request, as far as one was looked for. */
  public boolean hasCredential(Request request) {
    return withLogin.contains(login(request));
  }

  /** Whether repositories may have different logins, as far as one was looked for. */
  public boolean partsRepositories() {
    return source.partsRepositories(host.name());
  }

  /** The credential and the tokens in use, which no message may hold. */
  public KnownSecrets secrets() {
    KnownSecrets secrets = new KnownSecrets(null);
    used.forEach(secrets::add);
    synchronized (slots) {
      for (Slot slot : slots.values()) {
        String kept = slot.authorization;
        if (kept != null) {
          secrets.add(kept.substring(BEARER.length()));
        }
      }
    }
    return secrets;
  }

  /** What to send with a request; null for nothing. */
  @Nullable
  public String authorization(Request request, boolean secure)
      throws IOException, TokenServer.Refused {
    return switch (challenge) {
      case null -> null;
      case Challenge.Basic() -> basic(request);
      case Challenge.Bearer bearer -> slot(request).kept(bearer, request, secure);
    };
  }

  /**
   * What to send after the registry answered {@code seen} to {@code refused}; null where nothing
   * else is to be tried.
   */
  @Nullable
  public String renewed(Challenge seen, Request request, @Nullable String refused, boolean secure)
      throws IOException, TokenServer.Refused {
    challenge = seen;
    String fresh =
        switch (seen) {
          case Challenge.Basic() -> basic(request);
          case Challenge.Bearer bearer -> slot(request).fresh(bearer, request, refused, secure);
        };
    return fresh == null || fresh.equals(refused) ? null : fresh;
  }

  private @Nullable String basic(Request request) {
    return credential(request)
        .filter(one -> !one.isIdentityToken())
        .map(RegistryCredential::authorization)
        .orElse(null);
  }

  private Slot slot(Request request) {
    String scope = request.scope();
    SlotKey key = new SlotKey(scope == null ? "" : scope, login(request));
    synchronized (slots) {
      return slots.computeIfAbsent(key, any -> new Slot());
    }
  }

  private static String login(Request request) {
    String repository = request.login();
    return repository == null ? "" : repository;
  }

  private Optional<RegistryCredential> credential(Request request) {
    Optional<RegistryCredential> found = source.credential(host.name(), request.login());
    found.ifPresent(credential -> {
      used.add(credential);
      withLogin.add(login(request));
    });
    return found;
  }

  /** What a token is for, and who it was given to. */
  private record SlotKey(String scope, String login) {}

  /** The token of one scope. */
  private final class Slot {
    private volatile @Nullable String authorization;
    private Instant until = Instant.MIN;

    /** What the registry itself asked for; some name a scope of their own. */
    private @Nullable String namedScope;

    private synchronized String kept(Challenge.Bearer to, Request asked, boolean secure)
        throws IOException, TokenServer.Refused {
      String kept = authorization;
      if (kept != null && clock.instant().isBefore(until)) {
        return kept;
      }
      return request(to, asked, secure);
    }

    private synchronized String fresh(
        Challenge.Bearer to, Request asked, @Nullable String refused, boolean secure)
        throws IOException, TokenServer.Refused {
      String kept = authorization;
      if (kept != null && !kept.equals(refused) && clock.instant().isBefore(until)) {
        return kept; // Another thread was here first.
      }
      namedScope = to.scope();
      return request(to, asked, secure);
    }

    private String request(Challenge.Bearer to, Request asked, boolean secure)
        throws IOException, TokenServer.Refused {
      String scope = namedScope == null ? asked.scope() : namedScope;
      Token token = tokens.token(to, scope, credential(asked).orElse(null), secure);
      String value = BEARER + token.value();
      authorization = value;
      until = clock.instant().plus(token.validFor()).minus(MARGIN);
      return value;
    }
  }
}
