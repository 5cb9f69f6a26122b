package dev.tare.cli.option;

import dev.tare.error.TareException;
import dev.tare.http.Webhook;
import dev.tare.http.WebhookSecrets;
import dev.tare.report.Digest;
import dev.tare.report.ReportInput;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where people are told what changed. */
public final class DigestOptions {
  private static final String ADDRESS = "TARE_DIGEST_URL";
  private static final String TOKEN = "TARE_DIGEST_TOKEN";

  /** Words for chats and programs. */
  enum Chat {
    slack,
    teams,
    mattermost,
    json,
    none
  }

  @Option(
      names = "--digest",
      paramLabel = "FORMAT",
      defaultValue = "none",
      description =
          "Send one message about what is new and fixed, if something is: slack, teams, mattermost,"
              + " json, or none. Its webhook's address is in TARE_DIGEST_URL, or in the file that"
              + " TARE_DIGEST_URL_FILE names. Default: ${DEFAULT-VALUE}.")
  private Chat format = Chat.none;

  @Option(
      names = "--digest-link",
      paramLabel = "URL",
      description = "Where people find the reports; the message has a link to it. Default: none.")
  private @Nullable String link;

  /**
   * What sends it, and says so.
   *
   * @param told whether others are to be told of the run at all
   * @throws TareException USAGE, before anything is done, where no address is given, or none
   */
  public List<Consumer<ReportInput>> resolve(boolean told, Context context, TlsFileOptions files) {
    if (format == Chat.none) {
      return List.of();
    }
    Map<String, String> environment = context.terminal().environment();
    Digest digest =
        new Digest(
            format.name(),
            address(environment),
            secrets(environment),
            link(),
            files.resolve(environment),
            context.stop());
    return told ? List.of(input -> send(digest, input, context)) : List.of();
  }

  private static void send(Digest digest, ReportInput input, Context context) {
    boolean sent = digest.send(input);
    if (!context.options().quiet) {
      context
          .terminal()
          .out()
          .println("Digest: " + (sent ? "sent to " + digest : "none, as nothing changed"));
    }
  }

  private URI address(Map<String, String> environment) {
    String given = SecretVariable.of(ADDRESS, environment);
    if (given.isEmpty()) {
      throw Usage.error(
          "--digest " + format + ": there is no address",
          "Set " + ADDRESS + ", or " + ADDRESS + "_FILE to the path of a file with it.");
    }
    return Webhook.address(
        given, "the address of the digest", "It is what the chat shows when a webhook is made.");
  }

  /** Chats know a message by its address, programs by its signature. */
  private WebhookSecrets secrets(Map<String, String> environment) {
    if (format != Chat.json) {
      return WebhookSecrets.none();
    }
    String given = SecretVariable.of(TOKEN, environment);
    if (given.isEmpty()) {
      throw Usage.error(
          "--digest json: there is no secret to sign it with",
          "Set " + TOKEN + ", or " + TOKEN + "_FILE to the path of a file with it.");
    }
    return WebhookSecrets.parse(given);
  }

  private @Nullable URI link() {
    String given = link;
    if (given == null || given.isBlank()) {
      return null;
    }
    try {
      URI address = new URI(given.strip());
      if (("https".equals(address.getScheme()) || "http".equals(address.getScheme()))
          && address.getHost() != null) {
        return address;
      }
    } catch (URISyntaxException e) {
      // As any other that is none.
    }
    throw Usage.error(
        "--digest-link: expected an address with https:// or http://",
        "For example --digest-link https://reports.example.com/tare/.");
  }
}
