import dev.tare.demo.LoopbackRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What bench/state runs: a number of images, and a number of scans of them. */
final class State {
  public static void main(String[] arguments) throws Exception {
    int images = Integer.parseInt(arguments[0]);
    int scans = Integer.parseInt(arguments[1]);
    Path work = Files.createTempDirectory("tare-bench-state");
    try (LoopbackRegistry loopback = LoopbackRegistry.inMemory()) {
      SmallImages bench = new SmallImages(loopback.host());
      bench.push(images);
      Path state = work.resolve("state");
      long before = 0;
      System.out.println("scan     file bytes  an image besides its layers' facts  growth an image");
      for (int scan = 1; scan <= scans; scan++) {
        scan(bench.scan(state, work.resolve("report")), work.resolve("out"));
        long size = Files.size(state.resolve("tare.mv.db"));
        System.out.printf(
            "%4d  %13d  %35d  %15d%n",
            scan, size, (size - layerFacts(state)) / images, (size - before) / images);
        before = size;
      }
      tables(state)
          .forEach((table, bytes) -> System.out.printf("%-40s%12d%n", table.toLowerCase(), bytes));
    } finally {
      try (Stream<Path> files = Files.walk(work)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
    System.exit(0);
  }

  private static void scan(ProcessBuilder command, Path output) throws Exception {
    Process scan = command.redirectErrorStream(true).redirectOutput(output.toFile()).start();
    if (scan.waitFor() != 0) {
      throw new IllegalStateException(Files.readString(output));
    }
  }

  private static Connection open(Path state) throws Exception {
    return DriverManager.getConnection(
        "jdbc:h2:file:" + state.resolve("tare") + ";ACCESS_MODE_DATA=r;DATABASE_TO_LOWER=TRUE");
  }

  private static long layerFacts(Path state) throws Exception {
    try (Connection connection = open(state);
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery("SELECT SUM(OCTET_LENGTH(content)) FROM tare_layer_facts")) {
      row.next();
      return row.getLong(1);
    }
  }

  private static Map<String, Long> tables(Path state) throws Exception {
    Map<String, Long> tables = new TreeMap<>();
    try (Connection connection = open(state);
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT table_name, DISK_SPACE_USED(table_name) FROM information_schema.tables"
                    + " WHERE table_schema = 'public'")) {
      while (row.next()) {
        tables.put(row.getString(1), row.getLong(2));
      }
    }
    return tables;
  }
}
