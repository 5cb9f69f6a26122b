package dev.tare.inspect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tare.error.TareException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LeftoverCatalogTest {
  private final LeftoverCatalog.Matcher matcher = LeftoverCatalog.shipped().matcher();

  @ParameterizedTest
  @CsvSource({
    "var/lib/apt/lists/deb.example_Packages.lz4, apt-lists, var/lib/apt/lists",
    "var/lib/dpkg/status-old, dpkg-backup, var/lib/dpkg/status-old",
    "root/.cache/pip/http/a, pip-cache, root/.cache/pip",
    "home/app/.m2/repository/x.jar, jvm-cache, home/app/.m2/repository",
    "app/.git/objects/ab/cd, vcs, app/.git",
    "app/node_modules/.cache/x/y, npm-cache, app/node_modules/.cache",
    "usr/lib/python3/a.pyc, bytecode, usr/lib/python3/a.pyc",
    "usr/share/doc/x/changelog.gz, documentation, usr/share/doc",
    "usr/local/lib/ruby/gems/3.2.0/cache/rack-3.0.gem, ruby-cache, usr/local/lib/ruby/gems/3.2.0/cache/rack-3.0.gem",
    "app/Dockerfile.prod, build-files, app/Dockerfile.prod",
    "opt/jdk/jmods/java.base.jmod, jvm-sources, opt/jdk/jmods",
    "opt/data.tar.gz, archives, opt/data.tar.gz",
    "opt/scripts.tar, archives, opt/scripts.tar",
    "opt/x.bak, backups, opt/x.bak"
  })
  void leftoverIsFoundWithItsPlace(String path, String kind, String place) {
    assertThat(matcher.match(path)).isEqualTo(new LeftoverCatalog.Match(kind, place));
  }

  @ParameterizedTest
  @CsvSource({
    "usr/share/doc/x/copyright",
    "usr/bin/curl",
    "app/node_modules/express/index.js",
    "var/lib/dpkg/status",
    "lib/apk/db/scripts.tar",
    "usr/lib/apk/db/scripts.tar.gz",
    "srv/.github-notes",
    "home/app/data"
  })
  void whatRunsIsNoLeftover(String path) {
    assertThat(matcher.match(path)).isNull();
  }

  @ParameterizedTest
  @CsvSource({"app/x.js.map, maps", "app/compose-a, compose", "app/xü, end", "üx, start"})
  void globFitsByItsBeginningAndItsEnd(String path, String kind) {
    LeftoverCatalog catalog =
        LeftoverCatalog.parse(
            "leftovers.yaml",
            """
            {"leftovers": [
              {"kind": "maps", "files": ["*.js.map"]},
              {"kind": "compose", "files": ["compose-*"]},
              {"kind": "end", "files": ["*ü"]},
              {"kind": "start", "files": ["ü*"]}
            ]}
            """
                .getBytes(StandardCharsets.UTF_8));
    assertThat(catalog.matcher().match(path)).isEqualTo(new LeftoverCatalog.Match(kind, path));
    assertThat(catalog.matcher().match(path + "/other")).isNull();
  }

  @Test
  void misspeltKeyIsAnError() {
    assertThatThrownBy(() ->
            LeftoverCatalog.parse(
                "leftovers.yaml",
                "{\"leftovers\": [{\"kind\": \"a\", \"inn\": [\"tmp\"]}]}"
                    .getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(TareException.class)
        .hasMessageContaining("leftovers.yaml")
        .hasMessageContaining("inn");
  }

  @Test
  void nameInTwoCategoriesIsAnError() {
    assertThatThrownBy(() ->
            ToolCatalog.parse(
                "tools.yaml",
                "{\"categories\": {\"a\": {\"names\": [\"x\"]}, \"b\": {\"names\": [\"x\"]}}}"
                    .getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(TareException.class)
        .hasMessage("read tools.yaml: x is in two categories, a and b");
  }
}
