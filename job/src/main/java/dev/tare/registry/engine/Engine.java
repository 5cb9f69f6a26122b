package dev.tare.registry.engine;

import dev.tare.error.FailureKind;
import dev.tare.error.TareException;
import dev.tare.oci.Digest;
import dev.tare.stop.StopSignal;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A container engine of this machine. Nothing is changed in it: it is asked which images it has,
 * and for an image as an archive. Safe for concurrent use; each question has a connection of its
 * own.
 *
 * @see <a href="https://docs.docker.com/reference/api/engine/">Docker Engine API</a>
 */
public final class Engine {
  private static final int LONGEST_LIST_BYTES = 64 << 20;
  private static final int LONGEST_MESSAGE_BYTES = 64 << 10;
  private static final int LONGEST_SHOWN = 300;

  /** An engine before Docker 25 makes the whole archive before it sends the first byte. */
  private static final Duration EXPORT_PATIENCE = Duration.ofMinutes(10);

  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private final EngineKind kind;
  private final Map<String, String> environment;
  private final Duration patience;
  private final StopSignal stop;

  /**
   * The one that this environment names, or that has one of the usual sockets; it is not asked
   * anything yet.
   *
   * @param patience how long it may send nothing
   * @param stop cuts off every answer
   */
  public Engine(
      EngineKind kind, Map<String, String> environment, Duration patience, StopSignal stop) {
    this.kind = kind;
    this.environment = Map.copyOf(environment);
    this.patience = patience;
    this.stop = stop;
  }

  public EngineKind kind() {
    return kind;
  }

  /**
   * The images that it has, those that only others are built on left out.
   *
   * @throws TareException ENVIRONMENT where there is no engine or it does not let this user ask
   */
  public List<EngineImage> images() {
    EngineAddress address = EngineAddress.find(kind, environment);
    String action = "list images of " + kind.title() + " at " + address.shown();
    JsonNode list;
    try (EngineAnswer answer = ask(address, "/images/json", patience)) {
      if (answer.status() != 200) {
        throw new TareException(
            FailureKind.ENVIRONMENT,
            action + ": HTTP " + answer.status() + message(answer),
            checkHint());
      }
      byte[] content = answer.readNBytes(LONGEST_LIST_BYTES + 1);
      if (content.length > LONGEST_LIST_BYTES) {
        throw new TareException(
            FailureKind.LIMIT, action + ": a list of more than " + LONGEST_LIST_BYTES + " bytes");
      }
      list = MAPPER.readTree(content);
    } catch (JacksonException e) {
      throw noEngine(action, "the answer is not JSON", e);
    } catch (IOException e) {
      throw unreachable(action, e);
    }
    if (!list.isArray()) {
      throw noEngine(action, "the answer is no list of images", null);
    }
    List<EngineImage> images = new ArrayList<>();
    list.forEach(image -> images.add(image(action, image)));
    return images;
  }

  private EngineImage image(String action, JsonNode image) {
    List<String> names = new ArrayList<>();
    image.path("RepoTags").forEach(name -> names.add(name.asString("")));
    // Older engines write "<none>:<none>" where there is none.
    names.removeIf(name -> name.isEmpty() || name.contains("<none>"));
    String id = image.path("Id").asString("");
    try {
      return new EngineImage(Digest.parse(id.contains(":") ? id : "sha256:" + id), names);
    } catch (TareException e) {
      throw noEngine(action, "an image has the ID \"" + cut(id) + "\"", e);
    }
  }

  /**
   * An image as {@code docker save} writes it. The caller closes the stream, at any point of it.
   * Reading throws a TareException of kind TRANSIENT where the engine does not send all of it.
   *
   * @throws TareException NOT_FOUND where it does not have the image any more
   */
  public InputStream export(Digest id) {
    EngineAddress address = EngineAddress.find(kind, environment);
    String action = "export image " + id + " from " + kind.title();
    try {
      EngineAnswer answer = ask(address, "/images/" + id + "/get", EXPORT_PATIENCE);
      if (answer.status() == 200) {
        return new Export(action, answer);
      }
      try (answer) {
        throw new TareException(
            answer.status() == 404 ? FailureKind.NOT_FOUND : FailureKind.TRANSIENT,
            action + ": HTTP " + answer.status() + message(answer));
      }
    } catch (IOException e) {
      throw unreachable(action, e);
    }
  }

  private EngineAnswer ask(EngineAddress address, String path, Duration longest)
      throws IOException {
    String question =
        "GET "
            + path
            + " HTTP/1.1\r\nHost: localhost\r\nUser-Agent: tare\r\nConnection: close\r\n\r\n";
    ByteBuffer bytes = ByteBuffer.wrap(question.getBytes(StandardCharsets.US_ASCII));
    EngineSocket socket = EngineSocket.open(address, bytes, longest, stop);
    try {
      EngineAnswer answer = new EngineAnswer(socket);
      socket.waitFor(patience);
      return answer;
    } catch (IOException | RuntimeException e) {
      socket.close();
      throw e;
    }
  }

  /** What an engine says is wrong: {@code {"message":"no such image"}}. */
  private static String message(EngineAnswer answer) throws IOException {
    String said = "";
    try {
      said = MAPPER.readTree(answer.readNBytes(LONGEST_MESSAGE_BYTES)).path("message").asString("");
    } catch (JacksonException e) {
      // Somebody else's page says nothing here.
    }
    return said.isEmpty() ? "" : ": " + cut(said.strip());
  }

  private static String cut(String text) {
    return text.length() > LONGEST_SHOWN ? text.substring(0, LONGEST_SHOWN) + "…" : text;
  }

  private TareException noEngine(String action, String why, @Nullable Throwable cause) {
    return new TareException(
        FailureKind.ENVIRONMENT,
        action + ": what answers there is no container engine: " + why,
        "Set " + kind.variable() + " to where " + kind.title() + " listens.",
        cause);
  }

  private TareException unreachable(String action, IOException e) {
    String why = String.valueOf(e.getMessage());
    String hint;
    if (why.contains("Permission denied")) {
      hint =
          switch (kind) {
            case DOCKER -> "Join the group of the socket, mostly docker, or run Tare as root.";
            case PODMAN -> "Run Tare as the user whose images they are.";
          };
    } else if (why.contains("Connection refused") || why.contains("No such file")) {
      hint = "Start the engine, or set " + kind.variable() + " to where it listens.";
    } else {
      hint = checkHint();
    }
    return new TareException(FailureKind.ENVIRONMENT, action + ": " + why, hint, e);
  }

  private String checkHint() {
    return "Check that " + kind.title() + " answers there: " + kind.program() + " images.";
  }

  /** An archive on its way. */
  private static final class Export extends FilterInputStream {
    private final String action;

    Export(String action, InputStream in) {
      super(in);
      this.action = action;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      try {
        return in.read(bytes, offset, length);
      } catch (IOException e) {
        throw lost(e);
      }
    }

    @Override
    public long skip(long count) throws IOException {
      try {
        return in.skip(count);
      } catch (IOException e) {
        throw lost(e);
      }
    }

    private TareException lost(IOException e) {
      return new TareException(FailureKind.TRANSIENT, action + ": " + e.getMessage(), null, e);
    }
  }
}
