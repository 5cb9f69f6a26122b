package dev.tare.inspect.content;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.yaml.YAMLMapper;

class ShippedConfigTest {
  @ParameterizedTest
  @ValueSource(strings = {"bases", "leftovers", "os-eol", "tools"})
  void whatShipsIsWhatTheFileSays(String name) {
    assertThat(new JsonMapper().readTree(ShippedConfig.read(name + ".json")))
        .isEqualTo(new YAMLMapper().readTree(Path.of("..", "config", name + ".yaml").toFile()));
  }
}
