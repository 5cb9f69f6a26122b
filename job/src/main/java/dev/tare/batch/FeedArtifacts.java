package dev.tare.batch;

import dev.tare.batch.artifact.ArtifactPlace;
import dev.tare.batch.artifact.PulledArtifact;
import dev.tare.batch.artifact.PushedArtifact;
import dev.tare.error.FailureKind;
import dev.tare.error.TareException;
import dev.tare.http.FileAddress;
import dev.tare.oci.Descriptor;
import dev.tare.oci.Digest;
import dev.tare.oci.Reference;
import dev.tare.registry.PlainHttp;
import dev.tare.registry.RegistryOptions;
import dev.tare.stop.StopSignal;
import dev.tare.vulnerability.FeedCopy;
import dev.tare.vulnerability.FeedInfo;
import dev.tare.vulnerability.FeedUpdate;
import dev.tare.vulnerability.Feeds;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Feeds as an artifact of a registry, for clusters without a way out: one layer a feed, as it is
 * kept, with what is known of it in an annotation.
 */
public final class FeedArtifacts {
  private static final String WHAT = "feeds";
  private static final String TYPE = "application/vnd.tare.vulnerabilities.v1";
  private static final String LAYER = "application/vnd.tare.feed.v1+deflate";
  private static final String INFO = "dev.tare.feed";
  private static final String TITLE = "org.opencontainers.image.title";
  private static final int MOST_FEEDS = 500;
  private static final int MOST_BYTES = 256 << 20;

  private final Feeds feeds;
  private final RegistryOptions options;
  private final StopSignal stop;

  FeedArtifacts(Feeds feeds, RegistryOptions options, StopSignal stop) {
    this.feeds = feeds;
    this.options = options;
    this.stop = stop;
  }

  /**
   * What was pushed.
   *
   * @param digest of the artifact
   */
  public record Pushed(Digest digest, List<FeedInfo> feeds) {
    /** Copies the list. */
    public Pushed {
      feeds = List.copyOf(feeds);
    }
  }

  /**
   * Stores all feeds that are kept.
   *
   * @param location {@code oci://registry.example.com/tare/feeds:today}
   * @throws TareException USAGE where there are none
   */
  public Pushed push(String location) {
    List<FeedCopy> copies = feeds.copies();
    if (copies.isEmpty()) {
      throw new TareException(
          FailureKind.USAGE,
          "push feeds: none are kept",
          "Fetch them first: tare vulnerabilities update.");
    }
    try (PushedArtifact artifact = PushedArtifact.to(location, WHAT, TYPE, options, stop)) {
      for (FeedCopy copy : copies) {
        artifact.add(LAYER, annotations(copy.info()), copy.content().get());
      }
      return new Pushed(artifact.finish(), copies.stream().map(FeedCopy::info).toList());
    }
  }

  /** In one order, so that the same feeds are the same artifact. */
  private static Map<String, String> annotations(FeedInfo info) {
    ObjectNode said = JsonMapper.shared().valueToTree(info);
    if (!FileAddress.isOne(info.from())) {
      said.put("from", ""); // A path of one machine is nothing to others.
    }
    said.remove(List.of("etag", "lastModified"));
    Map<String, String> annotations = new TreeMap<>();
    annotations.put(TITLE, info.name());
    annotations.put(INFO, said.toString());
    return annotations;
  }

  /** Takes the feeds of an artifact that are newer than what is kept; fetches no others. */
  public FeedUpdate pull(String location) {
    if (!isVouchedFor(ArtifactPlace.reference(location, WHAT))) {
      throw new TareException(
          FailureKind.USAGE,
          "pull feeds " + location + ": nobody vouches for what a tag names on this connection",
          "Name it by the digest that tare vulnerabilities push printed, or use https.");
    }
    try (PulledArtifact artifact = PulledArtifact.open(location, WHAT, MOST_FEEDS, options, stop)) {
      String type = Objects.requireNonNullElse(artifact.manifest().artifactType(), "");
      if (!type.equals(TYPE)) {
        throw new TareException(
            FailureKind.BAD_CONTENT,
            "pull feeds " + location + ": its type is \"" + type + "\", not \"" + TYPE + "\"",
            "Name what tare vulnerabilities push has made, by this version or one that is as new.");
      }
      List<FeedCopy> copies = new ArrayList<>();
      for (Descriptor layer : artifact.manifest().layers()) {
        copies.add(new FeedCopy(info(location, layer), () -> artifact.content(layer, MOST_BYTES)));
      }
      return feeds.take(copies, location);
    }
  }

  /** By its digest, by the registry's certificate, or because it is this machine. */
  private boolean isVouchedFor(Reference reference) {
    boolean checked =
        options.plainHttp() != PlainHttp.ALWAYS && !options.http().tls().insecureSkipVerify();
    return reference.digest() != null || checked;
  }

  private static FeedInfo info(String location, Descriptor layer) {
    try {
      return JsonMapper.shared()
          .readValue(layer.annotations().getOrDefault(INFO, "{}"), FeedInfo.class);
    } catch (JacksonException e) {
      throw new TareException(
          FailureKind.BAD_CONTENT,
          "pull feeds " + location + ": layer " + layer.digest() + " does not say what it is",
          null,
          e);
    }
  }
}
