package dev.tare.report.html;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;

/**
 * The page without its data: the template with style and script in place, cut where the data
 * belongs. Script files share one scope and are joined in the order of {@link #SCRIPTS}; each says
 * which names it adds.
 *
 * @param head everything up to the data, ends inside the data element
 * @param tail everything after it
 */
public record PageAssets(String head, String tail) {
  private static final String FOLDER = "/tare/report/";

  private static final List<String> SCRIPTS =
      List.of(
          "format.js",
          "dom.js",
          "data.js",
          "charts.js",
          "parts.js",
          "past.js",
          "overview.js",
          "images.js",
          "image.js",
          "bases.js",
          "rules.js",
          "coverage.js",
          "tickets.js",
          "app.js");

  private static final String STYLE = "page.css";

  private static final String DATA_MARK = "@data@";

  /** Reads the files from the class path. */
  static PageAssets load() throws IOException {
    StringBuilder script = new StringBuilder("'use strict';\n");
    for (String name : SCRIPTS) {
      script.append("\n/* ").append(name).append(" */\n").append(read(name));
    }
    String style = read(STYLE);
    String page =
        read("page.html")
            .replace("@style-hash@", hash(style))
            .replace("@script-hash@", hash(script.toString()))
            .replace("@style@", style)
            .replace("@script@", script);
    int mark = page.indexOf(DATA_MARK);
    return new PageAssets(page.substring(0, mark), page.substring(mark + DATA_MARK.length()));
  }

  private static String read(String name) throws IOException {
    try (InputStream in = PageAssets.class.getResourceAsStream(FOLDER + name)) {
      if (in == null) {
        throw new IOException("read " + FOLDER + name + ": not on the class path");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /**
   * The source expression that lets exactly this inline text run.
   *
   * @see <a href="https://www.w3.org/TR/CSP3/#grammardef-hash-source">CSP: hash-source</a>
   */
  private static String hash(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return "sha256-" + Base64.getEncoder().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
