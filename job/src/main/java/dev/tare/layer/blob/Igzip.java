package dev.tare.layer.blob;

import com.intel.gkl.compression.IntelInflater;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Intel's igzip through the Genomics Kernel Library: about twice as fast as zlib, on x86-64 Linux
 * and macOS only. Loaded once, on first use; whether it is there is logged once.
 *
 * <p>gkl reports through {@code finished()} that the input was used up, not that the deflated data
 * ended, and only {@code reset()} clears that; the handle on its field lets {@link IgzipDecoder}
 * ask anew after each piece of input.
 */
public final class Igzip {
  /** A system property that switches it off where it is {@code false}. */
  static final String SWITCH = "tare.igzip";

  private static final Logger LOG = LoggerFactory.getLogger(Igzip.class);
  private static final @Nullable VarHandle FINISHED = load();

  private Igzip() {}

  public static boolean isAvailable() {
    return FINISHED != null;
  }

  static void clearFinished(IntelInflater inflater) {
    VarHandle finished = FINISHED;
    if (finished == null) {
      throw new IllegalStateException("igzip is not available");
    }
    finished.set(inflater, false);
  }

  private static @Nullable VarHandle load() {
    VarHandle finished = null;
    String why = "platform";
    String platform = System.getProperty("os.name") + "/" + System.getProperty("os.arch");
    if ("false".equals(System.getProperty(SWITCH))) {
      why = SWITCH + " is false";
    } else if (platform.toLowerCase(Locale.ROOT).matches("(linux|mac.*)/(amd64|x86_64)")) {
      try {
        MethodHandles.Lookup lookup =
            MethodHandles.privateLookupIn(IntelInflater.class, MethodHandles.lookup());
        VarHandle field = lookup.findVarHandle(IntelInflater.class, "finished", boolean.class);
        IntelInflater probe = new IntelInflater(true);
        if (probe.load(null)) {
          finished = field;
        } else {
          why = "native library does not load";
        }
        probe.end();
      } catch (ReflectiveOperationException | LinkageError | RuntimeException e) {
        why = e.toString(); // Slower, not wrong: the JDK's decoder takes over.
      }
    }
    if (finished == null) {
      LOG.atInfo()
          .addKeyValue("decoder", "jdk")
          .addKeyValue("platform", platform)
          .addKeyValue("why", why)
          .log("gzip decoder chosen");
    } else {
      LOG.atInfo().addKeyValue("decoder", "igzip").log("gzip decoder chosen");
    }
    return finished;
  }
}
