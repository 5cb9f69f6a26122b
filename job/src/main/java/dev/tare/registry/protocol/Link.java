package dev.tare.registry.protocol;

import dev.tare.http.HttpAnswer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the header that names the next page:
 *
 * <pre>
 * Link: &lt;/v2/_catalog?last=team%2Fapp&amp;n=1000&gt;; rel="next"
 * </pre>
 *
 * Only the query is taken, whole, since what stands in it differs (Quay's cursor is {@code
 * next_page}). Path and host are often those behind a proxy, or plainly wrong.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8288">RFC 8288</a>
 */
final class Link {
  private static final Pattern NEXT =
      Pattern.compile("<([^>]*)>\\s*;[^<]*\\brel\\s*=\\s*\"?next\\b", Pattern.CASE_INSENSITIVE);

  private Link() {}

  /** The query of the next page, percent-encoded; null where this is the last page. */
  static @Nullable String nextQuery(HttpAnswer response) {
    for (String header : response.headers("Link")) {
      String query = nextQuery(header);
      if (query != null) {
        return query;
      }
    }
    return null;
  }

  static @Nullable String nextQuery(String header) {
    Matcher link = NEXT.matcher(header);
    if (!link.find()) {
      return null;
    }
    String address = link.group(1);
    int question = address.indexOf('?');
    int end = address.indexOf('#') < 0 ? address.length() : address.indexOf('#');
    return question < 0 || question + 1 >= end ? null : address.substring(question + 1, end);
  }
}
