package dev.tare.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tare.facts.Fact;
import dev.tare.layer.LayerFacts.GapKind;
import dev.tare.layer.LayerFacts.LayerGap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeptContentTest {
  /** Words that somebody wrote into a layer say nothing about what is missing. */
  @ParameterizedTest
  @CsvSource({
    "REMARK, '', LAYERS_FILES",
    "DIFF_ID, '', LAYERS_DIFF_ID",
    "ENTRY, etc/passwd, ACCOUNTS",
    "ENTRY, etc/os-release, BASE_OS",
    "ENTRY, var/lib/dpkg/status, PACKAGES",
    "ENTRY, usr/bin/tool, TOOLS",
    "ENTRY, usr/lib/libx.so, LAYERS_FILES",
    "CAPABILITIES, usr/bin/ping, PRIVILEGED",
    "MORE_ENTRIES, '', TOOLS"
  })
  void kindAndPathOfAGapTellWhichFactIsIncomplete(GapKind kind, String path, Fact fact) {
    KeptContent content = new KeptContent();
    for (String reason : new String[] {"x", "file capabilities", "9 more entries with gaps"}) {
      assertThat(content.factOf(new LayerGap(kind, path, reason))).isEqualTo(fact);
    }
  }
}
