package dev.tare.demo;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code /v2/_catalog} and {@code /v2/NAME/tags/list}, page by page. */
final class ListRoutes {
  private static final int LARGEST_PAGE = 1_000;

  private ListRoutes() {}

  static Answer catalog(Call call, List<String> repositories) {
    return page(call, "/v2/_catalog", repositories, List.of(), "repositories");
  }

  static Answer tags(Call call, Repository repository) {
    return page(
        call,
        "/v2/" + call.repository() + "/tags/list",
        repository.tags(),
        List.of(Map.entry("name", call.repository())),
        "tags");
  }

  private static Answer page(
      Call call,
      String path,
      List<String> all,
      List<Map.Entry<String, Object>> head,
      String property) {
    String asked = call.parameter("n");
    int size = LARGEST_PAGE;
    if (asked != null) {
      if (!asked.matches("\\d{1,4}") || Integer.parseInt(asked) > LARGEST_PAGE) {
        return Answer.error(
            400, "PAGINATION_NUMBER_INVALID", "invalid number of results requested");
      }
      size = Integer.parseInt(asked);
    }
    String last = call.parameter("last");
    List<String> rest =
        all.stream().filter(name -> last == null || name.compareTo(last) > 0).toList();
    List<String> page = rest.subList(0, Math.min(size, rest.size()));
    Map<String, Object> document = new LinkedHashMap<>();
    head.forEach(entry -> document.put(entry.getKey(), entry.getValue()));
    document.put(property, page);
    Answer answer = Answer.json(200, document);
    if (page.isEmpty() || page.size() == rest.size()) {
      return answer;
    }
    String next =
        path + "?last=" + URLEncoder.encode(page.getLast(), StandardCharsets.UTF_8) + "&n=" + size;
    return answer.with("Link", "<" + next + ">; rel=\"next\"");
  }
}
