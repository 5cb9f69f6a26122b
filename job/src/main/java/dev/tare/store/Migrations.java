package dev.tare.store;

import dev.tare.error.FailureKind;
import dev.tare.error.TareException;
import dev.tare.store.file.StateFile;
import java.util.List;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What brings the tables of older versions up to date: a script for each version, {@code
 * tare/migrations/3.sql}, that makes it of the one before. What a script adds is made by {@code
 * schema.sql} afterwards. Loaded only where a version differs.
 */
final class Migrations {
  private static final Logger LOG = LoggerFactory.getLogger(Migrations.class);

  /** The oldest that there is a way from. */
  private static final int OLDEST = 2;

  private Migrations() {}

  /** The scripts that lead from one version to a newer one, in their order. */
  static List<String> since(int from, int to) {
    if (from < OLDEST) {
      throw new TareException(
          FailureKind.ENVIRONMENT,
          "open state: its layout is version " + from + ", and there is no way from that to " + to,
          StateFile.DAMAGED_HINT);
    }
    if (from == OLDEST) {
      LOG.atWarn()
          .log(
              "the state is of layout version 2: layers are read again, earlier runs are"
                  + " forgotten");
    }
    return IntStream.rangeClosed(from + 1, to)
        .mapToObj(version -> StoreSchema.script("/tare/migrations/" + version + ".sql"))
        .toList();
  }
}
