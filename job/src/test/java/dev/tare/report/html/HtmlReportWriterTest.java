package dev.tare.report.html;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tare.finding.JudgedImage;
import dev.tare.finding.RunResults;
import dev.tare.report.ChosenFormats;
import dev.tare.report.ReportInput;
import dev.tare.testing.SampleRun;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class HtmlReportWriterTest {
  private static final Pattern DATA =
      Pattern.compile(
          "<script type=\"application/json\" id=\"data\">(.*?)</script>", Pattern.DOTALL);

  @TempDir Path directory;

  @Test
  void noTextOfAnImageCanEndTheDataOrOpenAnElement() throws IOException {
    String page = page(SampleRun.small(), PageLimits.DEFAULT);
    Matcher data = DATA.matcher(page);
    assertThat(data.find()).isTrue();
    assertThat(data.group(1)).doesNotContain("<").doesNotContain(">").doesNotContain("&");
    assertThat(JsonMapper.shared().readTree(data.group(1)).toString())
        .contains("</script><img src=x onerror=");
    assertThat(Pattern.compile("<script").matcher(page.replace(data.group(), "")).results())
        .as("the page's own script and nothing else")
        .hasSize(1);
  }

  @Test
  void theContentSecurityPolicyNamesExactlyTheInlineStyleAndScript() throws Exception {
    String page = page(SampleRun.small(), PageLimits.DEFAULT);
    assertThat(page)
        .contains("default-src 'none'")
        .contains("style-src '" + hash(between(page, "<style>", "</style>")) + "'")
        .contains("script-src '" + hash(between(page, "\n<script>", "</script>")) + "'")
        .doesNotContain("unsafe-inline");
  }

  @Test
  void thePageAsksForNothingFromTheNetwork() throws IOException {
    String page = page(SampleRun.empty(), PageLimits.DEFAULT);
    assertThat(page).doesNotContainPattern("(src|href)=\"(https?:)?//");
    assertThat(page).doesNotContain("innerHTML").doesNotContain("@import").doesNotContain("url(");
  }

  @Test
  void aThousandImagesAreUnderFiveMegabytes() throws IOException {
    page(SampleRun.of(1_000), PageLimits.DEFAULT);
    assertThat(directory.resolve("index.html"))
        .satisfies(f -> assertThat(Files.size(f)).isLessThan(5_000_000));
  }

  @Test
  void whatIsCutIsCounted() throws IOException {
    JsonNode data = data(SampleRun.of(30), new PageLimits(20, 5, 10, 2, 40));
    assertThat(data.path("images")).hasSize(20);
    assertThat(data.path("imagesLeftOut").asInt()).isEqualTo(10);
    assertThat(data.path("images").valueStream().filter(i -> i.path("detailed").asBoolean()))
        .hasSize(5);
    assertThat(
            data.path("tables").path("evidence").valueStream().map(one -> one.path("items").size()))
        .as("two and the note that says how many more")
        .contains(3)
        .allMatch(size -> size <= 3);
    assertThat(data.path("tables").path("evidence").toString()).contains("{\"cut\":");
    assertThat(data.path("tables").path("messages").valueStream())
        .allSatisfy(message -> assertThat(message.stringValue().length()).isLessThanOrEqualTo(41));
  }

  @Test
  void detailsThatDoNotFitStandInPagesOfTheirOwn() throws IOException {
    SampleRun run = SampleRun.of(30);
    JsonNode main = data(run, new PageLimits(30, 8, 100, 12, 600));
    Map<String, List<String>> linked = new TreeMap<>();
    for (JsonNode image : main.path("images")) {
      assertThat(image.path("detailed").asBoolean()).isEqualTo(!image.has("page"));
      if (image.has("page")) {
        linked
            .computeIfAbsent(image.path("page").stringValue(), page -> new ArrayList<>())
            .add(image.path("digest").stringValue());
      }
    }
    assertThat(linked).containsOnlyKeys("images/1.html", "images/2.html", "images/3.html");
    for (Map.Entry<String, List<String>> page : linked.entrySet()) {
      Matcher data = DATA.matcher(Files.readString(directory.resolve(page.getKey())));
      assertThat(data.find()).isTrue();
      JsonNode part = JsonMapper.shared().readTree(data.group(1));
      assertThat(part.path("part").asBoolean()).isTrue();
      assertThat(part.path("images").valueStream().map(i -> i.path("digest").stringValue()))
          .containsExactlyElementsOf(page.getValue());
      assertThat(part.path("images").valueStream())
          .hasSizeLessThanOrEqualTo(8)
          .allMatch(image -> image.path("detailed").asBoolean());
    }
    page(run, PageLimits.DEFAULT);
    assertThat(directory.resolve("images")).isEmptyDirectory();
  }

  @Test
  void theWorstImagesAreKeptWhereNotAllFit() throws IOException {
    SampleRun run = SampleRun.of(60);
    JsonNode images = data(run, new PageLimits(10, 10, 10, 2, 40)).path("images");
    long failing = run.images().stream().filter(i -> i.verdict().word().equals("failing")).count();
    assertThat(failing).isGreaterThan(10);
    assertThat(images.valueStream().map(image -> image.path("verdict").stringValue()))
        .hasSize(10)
        .containsOnly("failing");
    List<String> order = run.images().stream().map(JudgedImage::digest).toList();
    assertThat(images.valueStream().map(image -> order.indexOf(image.path("digest").stringValue())))
        .as("still in the order of the run")
        .isSorted();
  }

  @Test
  void aCutNeverLeavesHalfACharacter() throws IOException {
    page(SampleRun.small(), new PageLimits(20, 20, 10, 2, 13));
    String text = Files.readString(directory.resolve("index.html"), StandardCharsets.UTF_8);
    assertThat(text).doesNotContain("\uFFFD");
  }

  private JsonNode data(RunResults run, PageLimits limits) throws IOException {
    Matcher data = DATA.matcher(page(run, limits));
    assertThat(data.find()).isTrue();
    return JsonMapper.shared().readTree(data.group(1));
  }

  private String page(RunResults run, PageLimits limits) throws IOException {
    ChosenFormats.of(new HtmlReportWriter(limits))
        .write(ReportInput.of(run), directory, List.of("html"));
    return Files.readString(directory.resolve("index.html"));
  }

  private static String between(String text, String start, String end) {
    int from = text.indexOf(start) + start.length();
    return text.substring(from, text.indexOf(end, from));
  }

  private static String hash(String text) throws Exception {
    return "sha256-"
        + Base64.getEncoder()
            .encodeToString(
                MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
  }
}
