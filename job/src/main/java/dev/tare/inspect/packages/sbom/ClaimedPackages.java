package dev.tare.inspect.packages.sbom;

import com.github.packageurl.MalformedPackageURLException;
import com.github.packageurl.PackageURL;
import dev.tare.inspect.packages.reader.Evidence;
import dev.tare.inspect.packages.reader.PackageRecord;
import dev.tare.inspect.packages.reader.PackageText;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.json.JsonMapper;

/**
 * The packages of an SBOM, by their package URLs, which is what both formats have in common. One
 * without is the document's own subject or nothing that could be told from others.
 *
 * <pre>
 * {"spdxVersion": "SPDX-2.3", "packages": [{"name": "redis", "externalRefs": [
 *     {"referenceType": "purl", "referenceLocator": "pkg:bitnami/redis@7.2.4-0?arch=amd64"}]}]}
 * {"bomFormat": "CycloneDX", "components": [{"purl": "pkg:npm/a@1", "components": []}]}
 * </pre>
 *
 * @see <a href="https://spdx.github.io/spdx-spec/v2.3/">SPDX 2.3</a>
 * @see <a href="https://cyclonedx.org/docs/1.6/json/">CycloneDX 1.6</a>
 */
final class ClaimedPackages {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** A claim nobody verified: less than anything that was found. */
  private static final double CONFIDENCE = 0.5;

  /** Where a package URL stands: the field, by the array whose objects have it. */
  private static final Map<String, String> FIELDS =
      Map.of("externalRefs", "referenceLocator", "components", "purl");

  /** Arrays in which others of them stand. */
  private static final Set<String> LISTS = Set.of("packages", "externalRefs", "components");

  private static final Set<String> SYSTEM_TYPES = Set.of("deb", "apk", "rpm", "alpm", "opkg");

  /** Where a package was made of, or what image it is in: nothing that is installed. */
  private static final Set<String> SOURCES =
      Set.of("github", "gitlab", "bitbucket", "generic", "oci", "docker");

  private static final int DEEPEST = 32;

  private final Set<String> urls = new LinkedHashSet<>();
  private boolean sbom;

  private ClaimedPackages() {}

  /** Reduces it to {@link PackageText}; to nothing where it is no SBOM. */
  static byte[] reduce(byte[] content) {
    ClaimedPackages claimed = new ClaimedPackages();
    PackageText text = new PackageText();
    try (JsonParser parser = JSON.createParser(content)) {
      if (parser.nextToken() == JsonToken.START_OBJECT) {
        claimed.read(parser, "", 0);
      }
    } catch (JacksonException e) {
      text.addFailure("no JSON: " + e.getOriginalMessage());
      return text.toBytes();
    }
    if (!claimed.sbom) {
      return new byte[0];
    }
    for (String url : claimed.urls) {
      add(text, url);
    }
    if (claimed.urls.isEmpty()) {
      text.addFailure("no package URL in it");
    }
    return text.toBytes();
  }

  /** The fields of an object in an array of this name. */
  private void read(JsonParser parser, String array, int depth) {
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String key = parser.currentName();
      JsonToken value = parser.nextToken();
      if (value == JsonToken.VALUE_STRING) {
        String said = parser.getString();
        sbom |= depth == 0 && isMark(key, said);
        if (key.equals(FIELDS.get(array)) && said.startsWith("pkg:")) {
          urls.add(said);
        }
      } else if (value == JsonToken.START_ARRAY && LISTS.contains(key) && depth < DEEPEST) {
        readList(parser, key, depth + 1);
      } else {
        parser.skipChildren();
      }
    }
  }

  private static boolean isMark(String key, String value) {
    return (key.equals("spdxVersion") && value.startsWith("SPDX-2"))
        || (key.equals("bomFormat") && value.equals("CycloneDX"));
  }

  private void readList(JsonParser parser, String array, int depth) {
    for (JsonToken token = parser.nextToken();
        token != null && token != JsonToken.END_ARRAY;
        token = parser.nextToken()) {
      if (token == JsonToken.START_OBJECT) {
        read(parser, array, depth);
      } else {
        parser.skipChildren();
      }
    }
  }

  private static void add(PackageText text, String written) {
    try {
      PackageURL url = new PackageURL(written);
      String version = url.getVersion();
      if (version == null || version.isEmpty() || SOURCES.contains(url.getType())) {
        return;
      }
      Map<String, String> qualifiers = url.getQualifiers() == null ? Map.of() : url.getQualifiers();
      String epoch = qualifiers.get("epoch");
      text.add(
          new PackageRecord(
              url.getType(),
              asWritten(written, name(url.getType(), url.getNamespace(), url.getName())),
              epoch == null ? version : epoch + ":" + version,
              qualifiers.get("arch"),
              source(qualifiers.get("upstream")),
              null,
              List.of(Evidence.SBOM),
              CONFIDENCE));
    } catch (MalformedPackageURLException e) {
      text.addFailure("no package URL: " + written + ": " + e.getMessage());
    }
  }

  /** {@code lvm2 (2.03.16-2)} of {@code lvm2@2.03.16-2}, as databases state it. */
  private static @Nullable String source(@Nullable String upstream) {
    int at = upstream == null ? -1 : upstream.lastIndexOf('@');
    return upstream == null || at <= 0
        ? upstream
        : upstream.substring(0, at) + " (" + upstream.substring(at + 1) + ")";
  }

  /** In the case that the document has, which matters where names are compared with others. */
  private static String asWritten(String url, String name) {
    int at = url.toLowerCase(Locale.ROOT).indexOf("/" + name + "@");
    return at < 0 ? name : url.substring(at + 1, at + 1 + name.length());
  }

  /** As those who read the packages of this type name them. */
  private static String name(String type, @Nullable String namespace, String name) {
    if (namespace == null || isOfSystem(type)) {
      return name;
    }
    return namespace + (type.equals("maven") ? ":" : "/") + name;
  }

  /** Whether a vendor stands in front of the names of packages of this type. */
  static boolean isOfSystem(String type) {
    return SYSTEM_TYPES.contains(type);
  }
}
