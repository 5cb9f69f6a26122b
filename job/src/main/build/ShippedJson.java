import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * Turns YAML into JSON for the build: lists that each start reads, and that people edit as YAML before.
 *
 * <pre>
 * java -classpath ... ShippedJson.java TO FILE.yaml...
 * </pre>
 */
final class ShippedJson {
  public static void main(String[] arguments) throws IOException {
    Path to = Files.createDirectories(Path.of(arguments[0]));
    for (int i = 1; i < arguments.length; i++) {
      Path file = Path.of(arguments[i]);
      String name = file.getFileName().toString().replaceFirst("\\.yaml$", ".json");
      Files.write(to.resolve(name), new JsonMapper().writeValueAsBytes(new YAMLMapper().readTree(file.toFile())));
    }
  }
}
